from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from desktop.domain.act import Role
from desktop.domain.late_entry import LateEntry
from desktop.domain.today import Subject
from desktop.domain.wall import Column, WallFilters
from desktop.services.exchange.books import ExchangeBooks
from desktop.services.exchange.merging import ExchangeMerges
from desktop.services.office.villages import Villages
from desktop.services.rectification.inspections import Fault, Inspections
from desktop.services.rectification.rectifications import Rectifications, Until
from desktop.services.rectification.wall import Wall
from desktop.services.registration.registrations import Choice, Registrations
from desktop.services.survey.drafts import Drafts
from desktop.services.survey.surveys import Surveys
from desktop.services.workbench import Workbench
from tests.offices import stall
from tests.visits import enter

ORDERED_ON = date(2018, 5, 21)


@pytest.fixture
def entered(desk):
    for number in (1, 2, 3, 4):
        enter(desk, number)
    complete = stall(village="前庄村", surveyed_on="2018.6.5")
    Surveys(desk.office).save("stall", complete, by=desk.clerk, identity=UUID(int=5))
    return (1, 2, 3, 4, 5)


def found(desk, establishment_id, *items, on=ORDERED_ON):
    faults = [Fault(item.code) for item in (items or desk.office.profile.items("stall")[:1])]
    return Inspections(desk.office).record(
        establishment_id,
        on=on,
        inspectors=["赵学军", "陈国华"],
        faults=faults,
        late=LateEntry("补录", "赵学军"),
        by=desk.clerk,
    )


def ordered(desk, establishment_id, due_on):
    inspected = found(desk, establishment_id)
    findings = [one.id for one in inspected.findings]
    return Rectifications(desk.office).order(
        findings, until=Until(due_on=due_on), on=ORDERED_ON, by=desk.clerk
    )


def test_the_tiles_count_what_is_late_due_soon_and_waiting_for_reinspection(desk, entered):
    today = desk.clock.today()
    ordered(desk, 1, today - timedelta(days=1))
    ordered(desk, 2, today)
    reported = ordered(desk, 3, today + timedelta(days=20))
    Rectifications(desk.office).report(reported.case_id, on=today, by=desk.clerk)

    counts = Workbench(desk.office).today(by=desk.clerk).counts

    assert (counts.late, counts.longest_late_workdays) == (1, 1)
    assert (counts.due_soon, counts.due_today) == (1, 1)
    assert counts.to_reinspect == 1


def test_things_to_do_begin_with_what_is_late_and_name_what_was_found(desk, entered):
    today = desk.clock.today()
    ordered(desk, 2, today + timedelta(days=3))
    ordered(desk, 1, today - timedelta(days=4))
    found(desk, 3)

    to_do = Workbench(desk.office).today(by=desk.clerk).to_do

    assert [(one.subject, one.establishment_id) for one in to_do] == [
        (Subject.CASE, 1),
        (Subject.FINDING, 3),
        (Subject.CASE, 2),
    ]
    assert to_do[0].is_late
    assert to_do[0].text == desk.office.profile.items("stall")[0].finding


def test_a_case_due_soon_that_was_reported_is_listed_once(desk, entered):
    today = desk.clock.today()
    case = ordered(desk, 1, today + timedelta(days=1))
    Rectifications(desk.office).report(case.case_id, on=today, by=desk.clerk)

    to_do = Workbench(desk.office).today(by=desk.clerk).to_do

    assert [one.id for one in to_do if one.subject is Subject.CASE] == [case.case_id]


def test_the_rate_of_a_village_counts_those_that_trade(desk, entered):
    Registrations(desk.office).register_all(Choice(ids=(5,)), decided_on=desk.clock.today(), by=desk.clerk)

    rates = {rate.village: rate for rate in Workbench(desk.office).rates(by=desk.clerk)}

    assert (rates["前庄村"].registered, rates["前庄村"].trading) == (1, 1)
    assert (rates["沙湖村"].registered, rates["沙湖村"].trading) == (0, 4)
    assert len(rates) == 8


def test_a_village_that_sent_nothing_this_month_is_silent(desk, tmp_path):
    village = Villages(desk.office).named("沙湖村")
    ExchangeBooks(desk.office, uuid4).make(village, tmp_path / "a.xlsx", by=desk.clerk)
    ExchangeMerges(desk.office, Surveys(desk.office), uuid4).merge([tmp_path / "a.xlsx"], by=desk.clerk)

    counts = Workbench(desk.office).today(by=desk.clerk).counts

    assert (counts.silent_villages, counts.villages) == (7, 8)


def test_drafts_are_counted_for_their_own_person_only(desk):
    Drafts(desk.office).save(key="survey:new", label="钱杰永", typed={}, by=desk.clerk)
    other = desk.somebody("赵学军", Role.CLERK)

    assert Workbench(desk.office).today(by=desk.clerk).counts.drafts == 1
    assert Workbench(desk.office).today(by=other).counts.drafts == 0


def test_a_village_account_sees_its_own_village(desk, entered):
    village = next(rate for rate in Workbench(desk.office).rates(by=desk.clerk) if rate.village == "前庄村")
    ordered(desk, 1, desk.clock.today() - timedelta(days=1))
    hers = desk.somebody("前庄", Role.VILLAGE, village_id=village.village_id)

    today = Workbench(desk.office).today(by=hers)

    assert today.to_do == ()
    assert [rate.village for rate in today.rates] == ["前庄村"]


def test_the_wall_says_what_was_found_on_which_paper_and_by_whom(desk, entered):
    items = desk.office.profile.items("stall")[:2]
    inspected = found(desk, 1, *items)
    order = Rectifications(desk.office).order(
        [one.id for one in inspected.findings],
        until=Until(due_on=date(2018, 6, 7)),
        on=ORDERED_ON,
        by=desk.clerk,
    )

    board = Wall(desk.office).board(WallFilters(), by=desk.clerk)

    (card,) = board.cards[Column.LATE]
    assert board.counts[Column.LATE] == 1
    assert card.words.more == 1
    assert card.words.number == order.number
    assert card.words.inspectors == ("赵学军", "陈国华")


def test_a_column_of_the_wall_comes_page_by_page(desk, entered):
    cases = [ordered(desk, place, date(2018, 6, day)).case_id for place, day in ((1, 4), (2, 5), (3, 6))]
    wall = Wall(desk.office)
    late = WallFilters(column=Column.LATE)

    pages = [wall.cards(late, by=desk.clerk, offset=start, limit=2) for start in (0, 2)]

    assert [[card.row.case_id for card in page] for page in pages] == [cases[:2], cases[2:]]
