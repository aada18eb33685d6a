"""Message lists: who is to be told of what, in the office's words, and that they were told."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from desktop.domain.act import Role
from desktop.domain.messages import Means, Occasion
from desktop.domain.wall import WallFilters
from desktop.errors import NotAllowedError, RuleError, UserError
from desktop.models.audit import AuditEntry
from desktop.services.office.villages import Villages
from desktop.services.rectification import messages as module
from desktop.services.rectification.messages import MessageRow, Messages
from desktop.services.rectification.rectifications import Until
from tests.lives import issued
from tests.offices import TODAY, TestOffice
from tests.visits import enter, ordered, reinspect

ALL = WallFilters()
_FOUND = ((1, "S05"), (2, "S07"))


def listed(desk: TestOffice, occasion: Occasion, filters: WallFilters = ALL) -> tuple[MessageRow, ...]:
    return Messages(desk.office).waiting(occasion, filters, by=desk.clerk)


def test_who_is_due_is_told_in_the_words_of_the_rule_pack_without_a_number_of_a_person(
    desk: TestOffice,
) -> None:
    one = enter(desk, name="钱家馄饨")
    due = ordered(desk, one, until=Until(days=3))
    ordered(desk, enter(desk, 2), until=Until(days=60))

    (row,) = listed(desk, Occasion.DUE)

    assert (row.subject_id, row.phone, row.is_late, row.told) == (due.case_id, "179****5136", False, None)
    assert row.text.startswith(f"钱杰永您好：钱家馄饨的食品安全隐患（{due.number}）最迟要在2018年6月11日改好")
    assert "17921275136" not in row.text


def test_who_is_late_is_told_so(desk: TestOffice) -> None:
    ordered(desk, enter(desk), until=Until(days=3))
    desk.clock.day = TODAY + timedelta(days=4)

    (row,) = listed(desk, Occasion.DUE)

    assert row.is_late
    assert "现在已经过期" in row.text


def test_only_those_are_told_whom_the_wall_shows(desk: TestOffice) -> None:
    one, other = (ordered(desk, enter(desk, number), item, until=Until(days=3)) for number, item in _FOUND)

    def asked(**filters: object) -> list[int]:
        return [row.subject_id for row in listed(desk, Occasion.DUE, WallFilters(**filters))]

    assert asked(items=("S05",)) == [one.case_id]
    assert asked(items=("S05", "S07")) == [one.case_id, other.case_id]
    assert asked(inspectors=("史国平",), items=("S07",)) == [other.case_id]
    assert asked(inspectors=("没有这个人",)) == []


def test_a_case_that_was_put_right_leaves_the_list_and_cannot_be_noted_any_more(desk: TestOffice) -> None:
    case = ordered(desk, enter(desk), until=Until(days=3)).case_id
    messages = Messages(desk.office)
    reinspect(desk, case, on=TODAY)

    assert listed(desk, Occasion.DUE) == ()
    with pytest.raises(RuleError, match="“整改到期”名单上没有"):
        messages.told(Occasion.DUE, [case], means=Means.PHONE, on=TODAY, by=desk.clerk)


def test_told_says_who_when_how_and_how_often(desk: TestOffice) -> None:
    case = ordered(desk, enter(desk), until=Until(days=3)).case_id
    messages = Messages(desk.office)

    messages.told(Occasion.DUE, [case], means=Means.TEXT, on=TODAY - timedelta(days=1), by=desk.clerk)
    messages.told(Occasion.DUE, [case, case], means=Means.PHONE, on=TODAY, by=desk.clerk)

    (row,) = listed(desk, Occasion.DUE)
    assert row.told is not None
    assert row.told.words == "6月8日 周敏 电话，第 2 次"


def test_a_card_that_expires_soon_stands_on_its_list_until_it_has_expired(desk: TestOffice) -> None:
    paper = issued(desk)

    def days(day: date) -> list[int]:
        desk.clock.day = day
        return [row.subject_id for row in listed(desk, Occasion.EXPIRING)]

    assert [days(day) for day in (TODAY, date(2019, 6, 7), date(2019, 6, 8))] == [[], [paper], []]


def test_filters_of_the_wall_hold_here_too(desk: TestOffice) -> None:
    ordered(desk, enter(desk), until=Until(days=3))

    assert len(listed(desk, Occasion.DUE, WallFilters(kinds=("stall",)))) == 1
    assert listed(desk, Occasion.DUE, WallFilters(kinds=("eatery",))) == ()
    assert listed(desk, Occasion.DUE, WallFilters(village_ids=(2,))) == ()


def test_whole_phones_are_shown_to_who_may_see_them_and_the_trail_says_whose(desk: TestOffice) -> None:
    one = enter(desk)
    messages = Messages(desk.office)
    villager = desk.somebody("村干部", Role.VILLAGE, village_id=1)

    assert messages.phones([one, one], by=desk.clerk) == {one: "17921275136"}
    with pytest.raises(NotAllowedError):
        messages.phones([one], by=villager)

    with desk.office.db.reading() as session:
        entries = session.scalars(select(AuditEntry).where(AuditEntry.action == "message.phones")).all()
    assert [entry.changes.get("shown_in_full") for entry in entries] == [[one]]


def test_nobody_is_told_on_a_day_to_come_and_never_nobody(desk: TestOffice) -> None:
    case = ordered(desk, enter(desk), until=Until(days=3)).case_id
    messages = Messages(desk.office)

    with pytest.raises(UserError, match="还没有到"):
        messages.told(Occasion.DUE, [case], means=Means.PHONE, on=TODAY + timedelta(days=1), by=desk.clerk)
    with pytest.raises(UserError, match="没有勾选"):
        messages.told(Occasion.DUE, [], means=Means.PHONE, on=TODAY, by=desk.clerk)


def test_a_full_list_keeps_out_nobody_who_was_not_told_and_whoever_is_due_can_be_noted(
    desk: TestOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second, third = (
        ordered(desk, enter(desk, number), until=Until(days=number)).case_id for number in (1, 2, 3)
    )
    monkeypatch.setattr(module, "MOST", 2)
    monkeypatch.setattr(module, "_BATCH", 1)
    messages = Messages(desk.office)

    def shown(filters: WallFilters = ALL) -> list[int]:
        return [row.subject_id for row in listed(desk, Occasion.DUE, filters)]

    assert shown() == [first, second]
    assert messages.told(Occasion.DUE, [first, third], means=Means.PHONE, on=TODAY, by=desk.clerk) == 2
    assert shown() == [second, first]


def test_filters_hold_before_the_list_is_cut(desk: TestOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    ordered(desk, enter(desk, 1), until=Until(days=1))
    other = ordered(desk, enter(desk, 2, village="后阳村"), until=Until(days=2)).case_id
    village = next(one.id for one in Villages(desk.office).all() if one.name == "后阳村")
    monkeypatch.setattr(module, "MOST", 1)

    rows = listed(desk, Occasion.DUE, WallFilters(village_ids=(village,)))
    assert [row.subject_id for row in rows] == [other]
