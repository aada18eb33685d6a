"""Blanks: received, used, spoilt and left add up; a printed serial is used once, and tied to its paper."""

from contextlib import suppress
from datetime import date
from pathlib import Path
from threading import Thread

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import integers, lists, sampled_from, tuples
from sqlalchemy import select

from desktop.domain.ledger import BlankState
from desktop.errors import RuleError, UserError
from desktop.models.ledger import BlankUse
from desktop.services.numbers.blanks import Blanks
from desktop.services.office.trail import Trail
from desktop.services.papers.papers import Papers, Sheet, Wanted
from tests.examples import examples
from tests.lives import enter, issue, issued, newest
from tests.offices import TODAY, TestOffice, open_made_office, workshop

UNPRINTED = Wanted("card", is_unprinted=True)


def receive(desk: TestOffice, first: str = "金A0001", last: str = "金A0010", kind: str = "stall") -> int:
    return Blanks(desk.office).receive(kind, first, last, on=TODAY, by=desk.clerk)


def test_a_print_onto_blanks_ties_each_to_its_paper_and_its_print(
    desk: TestOffice, assets: Path, tmp_path: Path
) -> None:
    lot = receive(desk)
    for number in (1, 2, 3):
        issued(desk, number)
    sheet = Sheet(onto_preprinted=True, blanks_from="金A0002")

    done = Papers(desk.office, assets / "fonts").print(
        UNPRINTED, tmp_path / "卡.pdf", sheet=sheet, by=desk.clerk
    )

    lines = Blanks(desk.office).lines(lot, by=desk.clerk)
    assert [(line.serial, line.number) for line in reversed(lines)] == [
        (f"金A000{place}", paper.number) for place, paper in enumerate(done.papers, 2)
    ]
    (row,) = Blanks(desk.office).stock(by=desk.clerk)
    assert (row.received, row.used, row.spoilt, row.left, row.next) == (10, 3, 0, 7, "金A0005")
    with desk.office.db.reading() as session:
        assert sorted(session.scalars(select(BlankUse.print_entry_id))) == [1, 2, 3]


def test_a_blank_that_was_used_stops_the_print_and_leaves_neither_file_nor_log(
    desk: TestOffice, assets: Path, tmp_path: Path
) -> None:
    receive(desk)
    issued(desk, 1)
    Blanks(desk.office).spoil("金A0001", on=TODAY, reason="卡纸", by=desk.clerk)
    papers = Papers(desk.office, assets / "fonts")

    for first, said in (("金A0001", r"2018-06-08 损坏（卡纸），一张只用一次"), ("金A0099", "没有入库")):
        sheet = Sheet(onto_preprinted=True, blanks_from=first)
        with pytest.raises(RuleError, match=said):
            papers.print(UNPRINTED, tmp_path / "卡.pdf", sheet=sheet, by=desk.clerk)

    assert not (tmp_path / "卡.pdf").exists()
    assert papers.count(by=desk.clerk, is_unprinted=True) == 1


def test_blanks_are_counted_one_paper_to_a_sheet_on_preprinted_paper_only(
    desk: TestOffice, tmp_path: Path
) -> None:
    for sheet in (Sheet(blanks_from="金A0001"), Sheet(4, onto_preprinted=True, blanks_from="金A0001")):
        with pytest.raises(UserError, match="套打、一页一张"):
            Papers(desk.office, tmp_path).print(UNPRINTED, tmp_path / "卡.pdf", sheet=sheet, by=desk.clerk)


def test_a_spoilt_sheet_says_why_and_what_it_was_meant_for(desk: TestOffice) -> None:
    lot = receive(desk)
    shop = enter(desk)
    issue(desk, shop)
    number = newest(desk, shop).number

    count = Blanks(desk.office).spoil(
        "金A0004", last="金A0005", on=TODAY, reason="墨污", number=number, by=desk.clerk
    )

    lines = Blanks(desk.office).lines(lot, by=desk.clerk)
    assert count == 2
    assert {(line.state, line.reason, line.number) for line in lines} == {(BlankState.SPOILT, "墨污", number)}


def test_a_delivery_that_overlaps_another_is_refused_with_that_one(desk: TestOffice) -> None:
    receive(desk)

    with pytest.raises(RuleError, match="金A0001 至 金A0010 已在 2018-06-08 入库"):
        receive(desk, "金A0010", "金A0020")
    receive(desk, "金A00010", "金A00020")  # five digits: another print run


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("金A", "金B", "不是印刷流水号"),
        ("金A0001", "金B0002", "不是一段流水号"),
        ("金A0002", "金A0001", "不是一段流水号"),
        ("1", "9999999", "不是一段流水号"),
        ("0000001", "9999999", "一批最多"),
    ],
)
def test_serials_that_are_no_range_are_refused(desk: TestOffice, first: str, last: str, said: str) -> None:
    with pytest.raises(UserError, match=said):
        receive(desk, first, last)


def test_the_blank_of_another_trade_and_a_day_before_its_delivery_are_refused(desk: TestOffice) -> None:
    receive(desk)
    shop = enter(desk, workshop(), "workshop")
    issue(desk, shop)
    blanks = Blanks(desk.office)

    with pytest.raises(RuleError, match="是食品摊贩登记卡，ZF32041310020180001 是食品小作坊登记证"):
        blanks.use("金A0001", newest(desk, shop).number, on=TODAY, by=desk.clerk)
    with pytest.raises(UserError, match="早于空白证 金A0001 入库的日期"):
        blanks.spoil("金A0001", on=date(2018, 6, 7), reason="水浸", by=desk.clerk)
    with pytest.raises(UserError, match="写明原因"):
        blanks.spoil("金A0001", on=TODAY, reason=" ", by=desk.clerk)


def test_a_blank_that_jammed_after_printing_is_spoilt_and_its_paper_takes_the_next(desk: TestOffice) -> None:
    receive(desk)
    issued(desk)
    number, blanks = newest(desk, 1).number, Blanks(desk.office)
    blanks.use("金A0001", number, on=TODAY, by=desk.clerk)

    blanks.spoil("金A0001", on=TODAY, reason="卡纸", by=desk.clerk)
    blanks.use("金A0002", number, on=TODAY, by=desk.clerk)

    (lot,) = blanks.stock(by=desk.clerk)
    spoilt = blanks.lines(lot.id, by=desk.clerk)[1]
    assert (lot.used, lot.spoilt) == (1, 1)
    assert (spoilt.serial, spoilt.state, spoilt.number, spoilt.reason) == (
        "金A0001", BlankState.SPOILT, number, "卡纸",
    )  # fmt: skip
    with pytest.raises(RuleError, match="已登记损坏（卡纸）"):
        blanks.spoil("金A0001", on=TODAY, reason="又卡", by=desk.clerk)


def test_two_desks_do_not_use_one_blank(desk: TestOffice, place: Path | str) -> None:
    receive(desk)
    for shop in (1, 2):
        issued(desk, shop)
    papers = [newest(desk, shop).number for shop in (1, 2)]
    other = open_made_office(place)
    said: list[str] = []

    def use(office: TestOffice, number: str) -> None:
        try:
            Blanks(office.office).use("金A0001", number, on=TODAY, by=office.clerk)
        except UserError as refusal:
            said.append(str(refusal))

    desks = [Thread(target=use, args=pair) for pair in zip((desk, other), papers, strict=True)]
    for one in desks:
        one.start()
    for one in desks:
        one.join()
    other.office.db.close()

    assert [("一张只用一次" in one) for one in said] == [True]


@pytest.mark.property
@settings(max_examples=examples(5), deadline=None, suppress_health_check=list(HealthCheck))
@given(
    doings=lists(
        tuples(sampled_from(("receive", "use", "spoil")), integers(0, 30), integers(0, 6)), max_size=20
    )
)
def test_whatever_is_done_received_is_used_and_spoilt_and_left(
    made_file: Path, tmp_path_factory: pytest.TempPathFactory, doings: list[tuple[str, int, int]]
) -> None:
    path = tmp_path_factory.mktemp("blanks") / "register.db"
    path.write_bytes(made_file.read_bytes())
    desk = open_made_office(path)
    blanks = Blanks(desk.office)
    issued(desk)
    number = newest(desk, 1).number
    ours: dict[str, str] = {}
    for doing, start, count in doings:
        first, last = f"A{start:03d}", f"A{start + count:03d}"
        with suppress(UserError):  # refused: the count must add up all the same
            if doing == "receive":
                receive(desk, first, last)
                ours |= {f"A{serial:03d}": "left" for serial in range(start, start + count + 1)}
            elif doing == "use":
                blanks.use(first, number, on=TODAY, by=desk.clerk)
                assert ours[first] == "left"
                ours[first] = "used"
            else:
                blanks.spoil(first, last=last, on=TODAY, reason="甲", by=desk.clerk)
                for serial in range(start, start + count + 1):
                    assert ours[f"A{serial:03d}"] in ("left", "used")
                    ours[f"A{serial:03d}"] = "spoilt"

    rows = blanks.stock(by=desk.clerk)
    for state, count in (
        ("left", sum(row.left for row in rows)),
        ("used", sum(row.used for row in rows)),
        ("spoilt", sum(row.spoilt for row in rows)),
    ):
        assert count == list(ours.values()).count(state)
    assert Trail(desk.office).check(by=desk.clerk) == ()
    desk.office.db.close()
