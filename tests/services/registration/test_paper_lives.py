"""The life of a paper: what each act does to number, dates and wording; what is refused, with its way out."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import Thread

import pytest

from desktop.domain.act import Role
from desktop.domain.lifecycle import PaperStatus, RegistrationStatus
from desktop.domain.paper_life import PaperAct
from desktop.errors import ChangedMeanwhileError, NotAllowedError, RuleError, UserError
from desktop.services.numbers.keeping import NumberKeeping
from desktop.services.office.trail import Trail
from desktop.services.papers.papers import Papers, Wanted
from desktop.services.papers.print_log import refuse_printed_meanwhile
from desktop.services.papers.printing_facts import registration_facts
from desktop.services.register.establishments import Establishments
from desktop.services.register.leafing import Filters
from desktop.services.registration.applications import Applications, Step
from desktop.services.registration.paper_lives import PaperLives
from desktop.services.registration.registrations import Choice, Registrations
from tests.lives import change, enter, issue, issued, newest, printed, take
from tests.offices import TODAY, TestOffice, open_made_office, stall, workshop
from tests.printing.reading import whole_text


def test_a_reissue_keeps_number_and_dates_and_ends_the_sheet_that_was_lost(desk: TestOffice) -> None:
    old = printed(desk, issued(desk))
    desk.clock.day = date(2018, 9, 1)

    step = take(desk, PaperAct.REISSUE, old, reason="遗失")

    assert step.number == step.was_number == "TF32041310020180001"
    assert (step.issued_on, step.valid_from, step.valid_until) == (
        date(2018, 9, 1),
        TODAY,
        date(2019, 6, 7),
    )
    lost, found = Papers(desk.office, Path()).page(by=desk.clerk)[::-1]
    assert (lost.status, found.status) == (PaperStatus.REPLACED, PaperStatus.VALID)


def test_an_establishment_stands_where_its_newest_paper_stands(desk: TestOffice) -> None:
    take(desk, PaperAct.REISSUE, printed(desk, issued(desk)), reason="遗失")

    register = Establishments(desk.office)
    held = {status: register.count(Filters(statuses=(status,)), by=desk.clerk) for status in PaperStatus}
    assert {status for status, count in held.items() if count} == {PaperStatus.VALID}


def test_reissue_and_its_day_stand_on_the_new_paper_and_its_first_print_asks_no_reason(
    desk: TestOffice, assets: Path, tmp_path: Path
) -> None:
    old = issued(desk)
    papers = Papers(desk.office, assets / "fonts")
    papers.print(Wanted("card", is_unprinted=True), tmp_path / "一.pdf", by=desk.clerk)
    desk.clock.day = date(2018, 9, 1)
    number = take(desk, PaperAct.REISSUE, old, reason="遗失").number

    again = papers.print(Wanted("card", numbers=(number,)), tmp_path / "二.pdf", by=desk.clerk)

    assert [(one.number, one.copy) for one in again.papers] == [(number, 1)]
    assert "2018年9月1日（补发）" in whole_text(tmp_path / "二.pdf")
    assert "2018年6月8日至2019年6月7日" in whole_text(tmp_path / "二.pdf")
    assert "（" not in whole_text(tmp_path / "一.pdf").split("发卡日期")[1].split("日")[1][:1]


def test_nothing_is_reissued_that_was_never_handed_out(desk: TestOffice) -> None:
    old = issued(desk)

    (reissue,) = (
        one for one in PaperLives(desk.office).possible(old, by=desk.clerk) if one.act is PaperAct.REISSUE
    )
    with pytest.raises(RuleError, match="还没有打印过"):
        take(desk, PaperAct.REISSUE, old, reason="遗失")

    assert "还没有打印过" in reissue.refusal


def test_the_first_sheet_that_anybody_gets_bears_no_mark_of_an_amendment(desk: TestOffice) -> None:
    shop = enter(desk)
    old = issue(desk, shop)
    change(desk, shop, stall(address="沙湖村1组1号", products="包子"))
    (advice,) = (
        one.advice
        for one in PaperLives(desk.office).possible(old, by=desk.clerk)
        if one.act is PaperAct.AMENDMENT
    )
    first = take(desk, PaperAct.AMENDMENT, old).paper_id
    unmarked = mark(desk, shop)

    printed(desk, first)
    change(desk, shop, stall(address="沙湖村1组1号", products="烧饼"))
    take(desk, PaperAct.AMENDMENT, first)

    assert "不印“变更”" in advice
    assert (unmarked, mark(desk, shop)) == ("", "变更")


def test_a_mark_follows_a_sheet_that_the_program_never_printed(desk: TestOffice) -> None:
    """One taken in is older than the register; one out of a village's range was written by hand."""
    keeping = NumberKeeping(desk.office)
    old, village = enter(desk, number=1), enter(desk, number=2)
    here = Establishments(desk.office).detail(village, by=desk.clerk).village_id
    keeping.take_in(old, "旧1号", issued_on=TODAY, valid_until=None, by=desk.clerk)
    reserved = keeping.reserve("stall", here, 1, on=TODAY, reason="", by=desk.clerk)
    keeping.record_issued(reserved.id, reserved.first, village, on=TODAY, by=desk.clerk)
    assert Papers(desk.office, Path()).page(is_unprinted=True, by=desk.clerk) == ()

    for shop in (old, village):
        take(desk, PaperAct.REISSUE, newest(desk, shop).id, reason="遗失")

    assert [mark(desk, shop) for shop in (old, village)] == ["补发", "补发"]
    assert len(Papers(desk.office, Path()).page(is_unprinted=True, by=desk.clerk)) == 2


def mark(desk: TestOffice, shop: int) -> str:
    return registration_facts(newest(desk, shop), desk.office.profile).date_word


def test_what_was_ended_while_it_was_drawn_is_no_print(desk: TestOffice) -> None:
    paper = issued(desk)
    take(desk, PaperAct.VOIDING, paper, reason="打错")

    with (
        desk.office.db.writing(desk.office.act(desk.clerk, "paper.print")) as session,
        pytest.raises(ChangedMeanwhileError, match="刚变为“作废”"),
    ):
        refuse_printed_meanwhile(session, {paper: 1})


def test_a_reissue_shows_what_the_lost_paper_showed_although_the_register_says_otherwise_by_now(
    desk: TestOffice,
) -> None:
    shop = enter(desk)
    old = printed(desk, issue(desk, shop))
    change(desk, shop, stall(address="沙湖村1组1号", products="包子"))

    take(desk, PaperAct.REISSUE, old, reason="污损")

    assert newest(desk, shop).facts["products"] == "馄饨"


def test_an_amendment_keeps_number_and_dates_and_shows_what_the_register_says(desk: TestOffice) -> None:
    shop = enter(desk)
    old = issue(desk, shop)
    change(desk, shop, stall(address="沙湖村1组1号", products="包子"))
    desk.clock.day = date(2018, 9, 1)

    step = take(desk, PaperAct.AMENDMENT, old)

    assert (step.number, step.valid_from, step.valid_until) == (step.was_number, TODAY, date(2019, 6, 7))
    assert newest(desk, shop).facts["products"] == "包子"
    assert newest(desk, shop).edition == 2


def test_a_new_place_needs_a_paper_of_its_own_and_the_old_number_lapses(desk: TestOffice) -> None:
    shop = enter(desk)
    old = issue(desk, shop)
    change(desk, shop, stall(address="沙湖村8组8号"))
    desk.clock.day = date(2018, 9, 1)

    step = take(desk, PaperAct.AMENDMENT, old)

    assert (step.was_number[-4:], step.number[-4:]) == ("0001", "0002")
    assert (step.valid_from, step.valid_until) == (date(2018, 9, 1), date(2019, 8, 31))
    assert newest(desk, shop).follows_id == old
    assert Trail(desk.office).check(by=desk.clerk) == ()


@pytest.mark.parametrize("typed", [{"operator_name": "张😀"}, {"address": "沙湖村" + "东" * 90}])
def test_no_sheet_is_ended_for_one_that_could_not_be_printed(
    desk: TestOffice, assets: Path, typed: dict[str, object]
) -> None:
    shop = enter(desk)
    old = issue(desk, shop)
    change(desk, shop, stall(**{"address": "沙湖村1组1号", **typed}))
    lives = PaperLives(replace(desk.office, fonts=assets / "fonts"))

    with pytest.raises(RuleError, match=r"变更以后的一张打印不出来，请先把档案改好"):
        lives.take(PaperAct.AMENDMENT, old, on=TODAY, by=desk.clerk)

    assert (newest(desk, shop).id, newest(desk, shop).status) == (old, PaperStatus.VALID)
    possible = {one.act: one.refusal for one in lives.possible(old, by=desk.clerk)}
    assert "打印不出来" in possible[PaperAct.AMENDMENT]


def test_a_new_place_that_has_a_living_paper_already_is_refused_with_its_number(desk: TestOffice) -> None:
    issued(desk, 2)
    shop = enter(desk)
    old = issue(desk, shop)
    change(desk, shop, stall(address="沙湖村2组2号"))

    with pytest.raises(RuleError, match="TF32041310020180001"):
        take(desk, PaperAct.AMENDMENT, old)


def test_an_amendment_without_a_change_is_refused_with_what_to_do_first(desk: TestOffice) -> None:
    with pytest.raises(RuleError, match="先把档案改对"):
        take(desk, PaperAct.AMENDMENT, issued(desk))


@pytest.mark.parametrize(
    ("act", "becomes"),
    [
        (PaperAct.DEREGISTRATION, PaperStatus.DEREGISTERED),
        (PaperAct.WITHDRAWAL, PaperStatus.WITHDRAWN),
        (PaperAct.REVOCATION, PaperStatus.REVOKED),
        (PaperAct.VOIDING, PaperStatus.VOID),
    ],
)
def test_an_ended_paper_frees_the_place_keeps_its_number_and_is_not_printed_any_more(
    desk: TestOffice, assets: Path, tmp_path: Path, act: PaperAct, becomes: PaperStatus
) -> None:
    shop = enter(desk)
    old = issue(desk, shop)
    with pytest.raises(RuleError, match="要写明原因"):
        take(desk, act, old, reason=" ")

    step = take(desk, act, old, reason="情况属实")

    outcome = Papers(desk.office, assets / "fonts").print(
        Wanted("card", numbers=(step.number,)), tmp_path / "不.pdf", by=desk.clerk
    )
    row = Establishments(desk.office).detail(shop, by=desk.clerk).row
    assert (step.status, outcome.file, [one.code for one in outcome.refused]) == (becomes, "", ["not_living"])
    assert (row.paper_status, row.registration_status) == (becomes, RegistrationStatus.UNREGISTERED)
    with pytest.raises(RuleError, match=f"已{becomes.label}，不能补发"):
        take(desk, PaperAct.REISSUE, old, reason="遗失")
    desk.clock.day = free = date(2019, 6, 8) if act is PaperAct.REVOCATION else TODAY
    again = Registrations(desk.office).register_all(Choice(ids=(shop,)), decided_on=free, by=desk.clerk)
    assert [one.number != step.number for one in again.issued] == [True]
    assert Trail(desk.office).check(by=desk.clerk) == ()


def test_an_older_sheet_of_a_number_is_pointed_to_the_new_one(desk: TestOffice) -> None:
    old = printed(desk, issued(desk))
    take(desk, PaperAct.REISSUE, old, reason="遗失")

    with pytest.raises(RuleError, match="请在新的一张上办"):
        take(desk, PaperAct.REISSUE, old, reason="又遗失")


@pytest.mark.parametrize(
    ("on", "said"),
    [(date(2018, 6, 9), "还没有到"), (date(2018, 6, 7), "早于 TF32041310020180001 的发证日期")],
)
def test_days_to_come_and_days_before_the_paper_are_refused(desk: TestOffice, on: date, said: str) -> None:
    with pytest.raises(UserError, match=said):
        take(desk, PaperAct.VOIDING, issued(desk), on=on, reason="打错")


def test_who_decides_about_papers_and_who_does_not(desk: TestOffice) -> None:
    old = issued(desk)
    lives = PaperLives(desk.office)
    clerk = desk.somebody("录入", Role.CLERK)
    administrator = desk.somebody("管理", Role.ADMINISTRATOR, Role.AUDITOR)

    for act in (PaperAct.REISSUE, PaperAct.VOIDING):
        with pytest.raises(NotAllowedError):
            lives.take(act, old, on=TODAY, reason="打错", by=clerk)
    with pytest.raises(NotAllowedError):
        lives.take(PaperAct.REISSUE, old, on=TODAY, reason="打错", by=administrator)

    assert lives.possible(old, by=clerk) == ()
    assert lives.take(PaperAct.VOIDING, old, on=TODAY, reason="打错", by=administrator).status == "void"


def test_what_is_possible_says_what_it_will_do_and_what_stands_against_it(desk: TestOffice) -> None:
    shop = enter(desk)
    old = issue(desk, shop)
    change(desk, shop, stall(address="沙湖村1组1号", products="包子"))

    found = {one.act: one for one in PaperLives(desk.office).possible(old, by=desk.clerk)}

    assert "2019-03-09 起才能延续" in found[PaperAct.RENEWAL].refusal
    assert "经营品种：馄饨 → 包子" in found[PaperAct.AMENDMENT].advice
    assert "“未登记”" in found[PaperAct.VOIDING].advice


def test_every_act_stands_in_the_trail_with_its_reason(desk: TestOffice) -> None:
    old = printed(desk, issued(desk))

    take(desk, PaperAct.REISSUE, old, reason="遗失，登报声明")

    (entry, *_) = Trail(desk.office).entries(by=desk.clerk)
    assert (entry.action, entry.reason) == ("paper.reissue", "遗失，登报声明")


def test_of_two_desks_that_reissue_the_same_paper_one_is_refused(desk: TestOffice, place: Path | str) -> None:
    old = printed(desk, issued(desk))
    other = open_made_office(place)
    said: list[str] = []

    def reissue(office: TestOffice) -> None:
        try:
            said.append(take(office, PaperAct.REISSUE, old, reason="遗失").number)
        except UserError as refusal:
            said.append(str(refusal))

    desks = [Thread(target=reissue, args=(one,)) for one in (desk, other)]
    for one in desks:
        one.start()
    for one in desks:
        one.join()
    other.office.db.close()

    number, refusal = sorted(said, key=len)
    assert number == "TF32041310020180001"
    assert "已换发或补发" in refusal
    assert len(Papers(desk.office, Path()).page(by=desk.clerk)) == 2


@pytest.mark.parametrize(("kind", "typed"), [("stall", stall()), ("workshop", workshop())])
def test_only_who_holds_a_permit_is_told_of_the_law_of_permits(
    desk: TestOffice, kind: str, typed: dict[str, object]
) -> None:
    """A card says of itself that it is none; the rule pack knows which clause is about which trade."""
    shop = enter(desk, typed, kind)
    applications, said = Applications(desk.office), []
    one = applications.apply(shop, on=TODAY, materials=[], by=desk.clerk)
    applications.take_step(one, Step.ACCEPT, on=TODAY, by=desk.clerk)

    def try_it(work: Callable[[], object]) -> None:
        with pytest.raises(RuleError) as refused:
            work()
        said.append(str(refused.value))

    try_it(lambda: applications.take_step(one, Step.SITE_CHECK, on=TODAY, people=("甲",), by=desk.clerk))
    try_it(lambda: applications.take_step(one, Step.REFUSE, on=TODAY, by=desk.clerk))
    paper = applications.approve(one, on=TODAY, by=desk.clerk).number
    held = PaperLives(desk.office).find(paper, by=desk.clerk)
    for act in (PaperAct.DEREGISTRATION, PaperAct.WITHDRAWAL):
        try_it(lambda act=act: take(desk, act, held))
    take(desk, PaperAct.VOIDING, held, reason="打错")
    try_it(lambda: take(desk, PaperAct.DEREGISTRATION, held, reason="歇业"))

    assert ["行政许可法" in one for one in said] == [kind == "workshop"] * len(said)


def test_half_a_character_in_a_reason_is_refused_in_words(desk: TestOffice) -> None:
    paper = issued(desk)

    with pytest.raises(UserError, match="损坏的字"):
        take(desk, PaperAct.VOIDING, paper, reason="丢\ud842失")

    assert take(desk, PaperAct.VOIDING, paper, reason="丢失").status is PaperStatus.VOID
