"""The number ledger: every serial is accounted for, and a gap without a word is listed as one."""

from collections import Counter
from contextlib import suppress
from datetime import date
from pathlib import Path
from threading import Thread

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import integers, lists, sampled_from, tuples

from desktop.domain.act import Role
from desktop.domain.ledger import NumberState
from desktop.domain.lifecycle import PaperStatus
from desktop.domain.paper_life import PaperAct
from desktop.errors import NotAllowedError, RuleError, UserError
from desktop.services.numbers.keeping import NumberKeeping
from desktop.services.numbers.ledger import NumberLedger
from desktop.services.numbers.next_numbers import Numbers
from desktop.services.office.trail import Trail
from desktop.services.papers.papers import Papers
from desktop.services.register.establishments import Establishments
from desktop.services.registration.registrations import Choice, Registrations
from tests.examples import examples
from tests.lives import enter, issue, issued, printed, take
from tests.offices import TODAY, TestOffice, open_made_office, stall

SAND, TOWER = 3, 1  # 沙湖村, 白塔村
SCOPE = "township=320413100/year=2018/trade=stall"


def states(desk: TestOffice, scope: str = SCOPE) -> list[NumberState]:
    return [line.state for line in NumberLedger(desk.office).lines(scope, by=desk.clerk)]


def reserve(desk: TestOffice, count: int = 3, village: int = SAND) -> int:
    keeping = NumberKeeping(desk.office)
    return keeping.reserve("stall", village, count, on=TODAY, reason="集市当天发", by=desk.clerk).id


def register(desk: TestOffice) -> list[str]:
    batch = Registrations(desk.office).register_all(Choice(), decided_on=TODAY, by=desk.clerk)
    return [one.number[-4:] for one in batch.issued]


def take_in(desk: TestOffice, shop: int, number: str, **dates: date | None) -> str:
    chosen = {"issued_on": date(2018, 3, 1), "valid_until": date(2019, 2, 28)} | dates
    return NumberKeeping(desk.office).take_in(shop, number, by=desk.clerk, **chosen).number


def test_every_serial_says_what_became_of_it(desk: TestOffice) -> None:
    issued(desk, 1)
    take(desk, PaperAct.VOIDING, issued(desk, 2), reason="姓名打错")
    take(desk, PaperAct.REISSUE, printed(desk, issued(desk, 3)), reason="遗失")

    first, second, third = NumberLedger(desk.office).lines(SCOPE, by=desk.clerk)

    assert [one.number[-4:] for one in (first, second, third)] == ["0001", "0002", "0003"]
    assert (first.state, first.paper_status) == (NumberState.ISSUED, PaperStatus.VALID)
    assert (second.state, second.note) == (NumberState.VOID, "姓名打错")
    assert (third.state, third.editions) == (NumberState.ISSUED, 2)
    (sequence,) = NumberLedger(desk.office).sequences(by=desk.clerk)
    assert (sequence.title, sequence.account.issued, sequence.account.void, sequence.account.gaps) == (
        "食品摊贩登记卡 2018年",
        2,
        1,
        0,
    )


def test_a_reserved_range_is_passed_over_by_the_sequence(desk: TestOffice) -> None:
    reserve(desk, 3)
    enter(desk, number=9)

    assert register(desk) == ["0004"]
    assert states(desk) == [NumberState.RESERVED] * 3 + [NumberState.ISSUED]


def test_what_a_village_issued_offline_is_put_down_and_the_rest_returned(desk: TestOffice) -> None:
    one = reserve(desk, 3)
    keeping = NumberKeeping(desk.office)
    shop = enter(desk)
    desk.clock.day = date(2018, 6, 11)

    paper = keeping.record_issued(one, " tf32041310020180002 ", shop, on=date(2018, 6, 9), by=desk.clerk)
    returned = keeping.return_rest(one, on=desk.clock.day, reason="集市散了", by=desk.clerk)

    assert (paper.number[-4:], paper.valid_from, returned) == ("0002", date(2018, 6, 9), 2)
    assert states(desk) == [NumberState.RETURNED, NumberState.ISSUED, NumberState.RETURNED]
    (row,) = NumberLedger(desk.office).ranges(by=desk.clerk)
    assert (row.village, row.count, row.left, row.returned_on) == ("沙湖村", 3, 0, desk.clock.day)
    assert Trail(desk.office).check(by=desk.clerk) == ()
    with pytest.raises(RuleError, match="已经退回"):
        keeping.return_rest(one, on=desk.clock.day, reason="", by=desk.clerk)


def test_a_number_beside_its_range_is_refused_with_the_way_out(desk: TestOffice) -> None:
    one = reserve(desk, 2)
    keeping = NumberKeeping(desk.office)
    shop, second = enter(desk, number=1), enter(desk, number=2)
    tower = enter(desk, stall(village="白塔村", address="白塔村1号"), number=3)
    good = "TF32041310020180001"
    refusals = {
        ("TF32041310020180003", shop): "不在这个号段里（TF32041310020180001 至 TF32041310020180002）",
        ("TF32041310020190001", shop): "不在这个号段里",
        (good, tower): "留给沙湖村，这户在白塔村",
    }

    for (number, who), said in refusals.items():
        with pytest.raises(RuleError, match=said):
            keeping.record_issued(one, number, who, on=TODAY, by=desk.clerk)
    keeping.record_issued(one, good, shop, on=TODAY, by=desk.clerk)

    with pytest.raises(RuleError, match=r"已经是“已发”.*一个号只用一次"):
        keeping.record_issued(one, good, second, on=TODAY, by=desk.clerk)


def test_an_old_number_of_todays_rule_takes_its_place_and_the_sequence_goes_on_behind_it(
    desk: TestOffice,
) -> None:
    shop = enter(desk, number=1)
    enter(desk, number=2)

    assert take_in(desk, shop, "TF 320413100 2018 0003") == "TF32041310020180003"

    assert register(desk) == ["0004"]
    assert states(desk) == [
        NumberState.GAP,
        NumberState.GAP,
        NumberState.TAKEN_IN,
        NumberState.ISSUED,
    ]
    assert [one.number[-4:] for one in NumberLedger(desk.office).gaps(by=desk.clerk)] == ["0001", "0002"]
    assert "有 2 个空号没有说明" in Trail(desk.office).check(by=desk.clerk)[0].sentence


def test_a_number_that_the_register_states_waits_until_its_paper_is_taken_in(desk: TestOffice) -> None:
    shop = enter(desk, stall(paper_number="TF 320413100 2018 0007"), number=1)
    enter(desk, number=2)
    ledger = NumberLedger(desk.office)

    (line,) = ledger.stated(by=desk.clerk)
    assert (line.establishment_id, line.number, line.state) == (
        shop,
        "TF 320413100 2018 0007",
        NumberState.STATED,
    )

    take_in(desk, shop, line.number)
    assert ledger.stated(by=desk.clerk) == ()


def test_a_gap_is_explained_once_and_then_counts_no_more(desk: TestOffice) -> None:
    take_in(desk, enter(desk), "TF32041310020180002")
    keeping = NumberKeeping(desk.office)

    keeping.explain(SCOPE, 1, mark=NumberState.EXPLAINED, on=TODAY, reason="存根已毁", by=desk.clerk)

    assert NumberLedger(desk.office).gaps(by=desk.clerk) == ()
    assert Trail(desk.office).check(by=desk.clerk) == ()
    for serial, said in ((1, "不是空号"), (2, "是“补录”"), (3, "还没有给出去")):
        with pytest.raises(UserError, match=said):
            keeping.explain(SCOPE, serial, mark=NumberState.EXPLAINED, on=TODAY, reason="甲", by=desk.clerk)
    with pytest.raises(UserError, match="写明原因"):
        keeping.explain(SCOPE, 1, mark=NumberState.SPOILT, on=TODAY, reason=" ", by=desk.clerk)


def test_a_reserved_number_that_a_village_spoilt_is_never_issued(desk: TestOffice) -> None:
    one = reserve(desk, 2)
    keeping = NumberKeeping(desk.office)
    keeping.explain(SCOPE, 1, mark=NumberState.SPOILT, on=TODAY, reason="写坏", by=desk.clerk)

    with pytest.raises(RuleError, match="已经是“废号”"):
        keeping.record_issued(one, "TF32041310020180001", enter(desk), on=TODAY, by=desk.clerk)
    assert states(desk) == [NumberState.SPOILT, NumberState.RESERVED]


def test_an_old_number_of_another_rule_is_kept_as_it_stands_on_the_paper(desk: TestOffice) -> None:
    shop = enter(desk)

    number = take_in(desk, shop, "金城2017-7")

    row = Establishments(desk.office).detail(shop, by=desk.clerk).row
    assert (row.paper_number, row.paper_status, row.valid_until) == (
        number,
        PaperStatus.VALID,
        date(2019, 2, 28),
    )
    assert [one.number for one in NumberLedger(desk.office).old_numbers(by=desk.clerk)] == [number]
    assert NumberLedger(desk.office).find("金城 2017-7", by=desk.clerk).establishment_id == shop
    assert Trail(desk.office).check(by=desk.clerk) == ()


def test_an_old_paper_waits_for_no_print_because_it_is_on_paper_already(desk: TestOffice) -> None:
    take_in(desk, enter(desk), "金城2017-7")

    assert Papers(desk.office, Path()).count(by=desk.clerk, is_unprinted=True) == 0


def test_an_old_paper_that_has_run_out_leaves_the_place_to_a_new_one(desk: TestOffice) -> None:
    shop = enter(desk)
    take_in(desk, shop, "旧1", issued_on=date(2017, 1, 1), valid_until=date(2017, 12, 31))

    assert register(desk) == ["0001"]
    with pytest.raises(RuleError, match="已有有效的证"):
        take_in(desk, shop, "旧2", issued_on=date(2016, 1, 1))


def test_an_old_number_that_somebody_has_or_that_lies_in_a_range_is_refused(desk: TestOffice) -> None:
    issued(desk, 1)
    reserve(desk, 1)
    shop = enter(desk, number=2)

    with pytest.raises(RuleError, match="一个号只属于一张证"):
        take_in(desk, shop, "TF32041310020180001")
    with pytest.raises(RuleError, match="留给沙湖村"):
        take_in(desk, shop, "TF32041310020180002")
    for number, said in (("", "1 到 40 个字"), ("旧" * 41, "1 到 40 个字")):
        with pytest.raises(UserError, match=said):
            take_in(desk, shop, number)


def test_a_number_that_a_village_ledger_states_is_not_given_to_anybody_else(desk: TestOffice) -> None:
    holder = enter(desk, stall(paper_number="TF 320413100 2018 0001"), number=1)
    enter(desk, number=2)
    assert Numbers(desk.office).next("stall", SAND, by=desk.clerk).number[-4:] == "0002"
    (line,) = Registrations(desk.office).candidates(Choice(ids=(2,)), by=desk.clerk)

    batch = Registrations(desk.office).register_all(Choice(ids=(2,)), decided_on=TODAY, by=desk.clerk)

    assert batch.issued[0].number == line.number == "TF32041310020180002"
    assert states(desk) == [NumberState.STATED, NumberState.ISSUED]
    take_in(desk, holder, "TF32041310020180001")
    assert states(desk) == [NumberState.TAKEN_IN, NumberState.ISSUED]
    assert Trail(desk.office).check(by=desk.clerk) == ()


@pytest.mark.parametrize("count", [0, -1, 501])
def test_a_range_of_nobody_and_one_of_too_many_are_refused(desk: TestOffice, count: int) -> None:
    with pytest.raises(UserError, match="一次预留 1 到 500 个号"):
        reserve(desk, count)


def test_the_ledger_is_kept_by_the_township_alone(desk: TestOffice) -> None:
    villager = desk.somebody("沙湖村干部", Role.VILLAGE, village_id=SAND)
    clerk = desk.somebody("录入", Role.CLERK)
    ledger, keeping = NumberLedger(desk.office), NumberKeeping(desk.office)

    for ask in (ledger.sequences, ledger.gaps, ledger.ranges, ledger.old_numbers):
        with pytest.raises(NotAllowedError):
            ask(by=villager)
        assert ask(by=clerk) == ()
    with pytest.raises(NotAllowedError):
        keeping.reserve("stall", SAND, 1, on=TODAY, reason="", by=clerk)


def test_two_desks_that_reserve_and_issue_at_once_never_share_a_number(
    desk: TestOffice, place: Path | str
) -> None:
    for number in range(1, 5):
        enter(desk, number=number)
    other = open_made_office(place)

    def reserve_often() -> None:
        for _ in range(4):
            reserve(other, 2)

    other_desk = Thread(target=reserve_often)
    other_desk.start()
    for shop in range(1, 5):
        issue(desk, shop)
    other_desk.join()
    other.office.db.close()

    assert Counter(states(desk)) == {NumberState.ISSUED: 4, NumberState.RESERVED: 8}
    assert Trail(desk.office).check(by=desk.clerk) == ()


DOINGS = lists(
    tuples(
        sampled_from(("issue", "reserve", "record", "return", "take_in", "explain", "void")), integers(1, 12)
    ),
    min_size=3,
    max_size=14,
)


@pytest.mark.property
@settings(max_examples=examples(5), deadline=None, suppress_health_check=list(HealthCheck))
@given(doings=DOINGS)
def test_whatever_is_done_every_serial_is_in_one_state_and_the_account_adds_up(
    made_file: Path, tmp_path_factory: pytest.TempPathFactory, doings: list[tuple[str, int]]
) -> None:
    path = tmp_path_factory.mktemp("random") / "register.db"
    path.write_bytes(made_file.read_bytes())
    desk = open_made_office(path)
    keeping = NumberKeeping(desk.office)
    for place, (doing, number) in enumerate(doings, 1):
        with suppress(UserError):  # refused: the account must add up all the same
            act(desk, keeping, doing, number, place)

    ledger = NumberLedger(desk.office)
    for sequence in ledger.sequences(by=desk.clerk):
        account = sequence.account
        lines = ledger.lines(account.scope, by=desk.clerk)
        assert [line.serial for line in lines] == list(range(1, account.last + 1))
        assert len({line.number for line in lines}) == account.last
        counted = Counter(line.state for line in lines)
        assert counted[NumberState.ISSUED] + counted[NumberState.TAKEN_IN] == account.issued
        assert counted[NumberState.VOID] == account.void
        assert counted[NumberState.RESERVED] == account.reserved
        assert counted[NumberState.GAP] == account.gaps
        assert {state: counted[state] for state in account.marked} == account.marked
    desk.office.db.close()


def act(desk: TestOffice, keeping: NumberKeeping, doing: str, number: int, place: int) -> None:
    """Do one thing to the ledger, with whatever number chance says."""
    written = f"TF3204131002018{number:04d}"
    match doing:
        case "issue":
            issue(desk, enter(desk, number=place))
        case "reserve":
            reserve(desk, number % 4 + 1)
        case "record":
            keeping.record_issued(1, written, enter(desk, number=place), on=TODAY, by=desk.clerk)
        case "return":
            keeping.return_rest(number % 3, on=TODAY, reason="", by=desk.clerk)
        case "take_in":
            take_in(desk, enter(desk, number=place), written)
        case "explain":
            mark = NumberState.SPOILT if number % 2 else NumberState.EXPLAINED
            keeping.explain(SCOPE, number, mark=mark, on=TODAY, reason="甲", by=desk.clerk)
        case "void":
            take(desk, PaperAct.VOIDING, number, reason="打错")
