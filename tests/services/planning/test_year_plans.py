"""The plan of a year: decided, derived from risk and inspections, with what is left; first inspections."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from openpyxl import load_workbook

from desktop.domain.act import Role
from desktop.domain.draws import Quota
from desktop.domain.scope import Scope
from desktop.domain.visits import VisitReason, VisitRow
from desktop.domain.wall import WallFilters
from desktop.domain.year_plan import PlanTimes, SamplingResult
from desktop.errors import NotAllowedError, UserError
from desktop.services.planning.draws import Draws
from desktop.services.planning.risks import Risks
from desktop.services.planning.samplings import Samplings
from desktop.services.planning.visits import Visits
from desktop.services.planning.year_plans import PlanDetail, PlanRow, YearPlans
from desktop.services.rectification.inspections import Inspections
from desktop.services.register.dossiers import Dossiers
from desktop.services.registration.registrations import Choice, Registrations
from desktop.services.survey.surveys import Surveys
from desktop.services.tables.tables import Tables
from tests.offices import TODAY, TestOffice, open_test_office, stall
from tests.visits import PAIR, enter, registered, visit

TIMES = PlanTimes({"A": 1, "B": 2, "C": 3, "D": 4}, {"D": 1})


def decide(desk: TestOffice, times: PlanTimes = TIMES, **told: object) -> PlanDetail:
    told = {"on": TODAY, "by": desk.clerk, **told}
    return YearPlans(desk.office).decide(2018, times, **told)


def plan(desk: TestOffice) -> PlanDetail:
    return YearPlans(desk.office).plan(2018, by=desk.clerk)


def rows(desk: TestOffice) -> tuple[PlanRow, ...]:
    return YearPlans(desk.office).page(2018, by=desk.clerk)


def waiting(desk: TestOffice, reason: VisitReason) -> list[VisitRow]:
    found = Visits(desk.office).page(reason, WallFilters(), by=desk.clerk)
    assert len(found) == Visits(desk.office).counts(WallFilters(), by=desk.clerk)[reason]
    return list(found)


def test_before_a_plan_is_decided_nothing_is_due_and_the_rule_pack_offers_times(
    desk: TestOffice,
) -> None:
    enter(desk)

    before = plan(desk)

    assert (before.decided_on, before.left, before.times.inspections["D"]) == (None, 0, 4)
    assert waiting(desk, VisitReason.PLANNED) == []


def test_what_is_left_follows_from_risk_and_inspections(desk: TestOffice) -> None:
    low, high, gone = enter(desk, 1), enter(desk, 2), enter(desk, 3)
    Risks(desk.office).decide(high, "D", on=TODAY, reason="举报多", by=desk.clerk)
    decide(desk)
    visit(desk, gone)

    found = {row.who.id: row for row in rows(desk)}

    assert (found[low].wanted, found[low].done, found[low].due_on) == (1, 0, date(2018, 12, 31))
    assert (found[high].wanted, found[high].due_on, found[high].samples_wanted) == (3, date(2018, 6, 30), 1)
    assert (found[gone].left, found[gone].due_on, found[gone].last_on) == (0, None, TODAY)
    assert (plan(desk).covered, plan(desk).left) == (1, 4)
    assert [row.establishment_id for row in waiting(desk, VisitReason.PLANNED)] == [high, low]


def test_what_one_checks_oneself_or_pays_for_is_no_inspection_of_the_plan(desk: TestOffice) -> None:
    one = enter(desk)
    decide(desk)
    for mode in ("self", "third_party"):
        Inspections(desk.office).record(one, on=TODAY, inspectors=PAIR, mode=mode, by=desk.clerk)

    assert rows(desk)[0].done == 0


def test_a_starred_finding_raises_the_level_and_so_what_is_due(desk: TestOffice) -> None:
    one = enter(desk)
    decide(desk)
    visit(desk, one, "S10")

    (row,) = rows(desk)

    assert (row.risk.level.code, row.risk.reasons) == ("B", "一年内查出重点问题")
    assert (row.wanted, row.done, row.due_on) == (2, 1, date(2018, 12, 31))


def test_a_plan_is_decided_anew_by_whoever_saw_it_last(desk: TestOffice) -> None:
    first = decide(desk)
    second = decide(desk, PlanTimes({"A": 2}, {}), version=first.version, kinds=["stall"])

    assert (second.times.inspections, second.kinds) == ({"A": 2}, ("stall",))
    with pytest.raises(UserError, match="刚被“周敏”改过"):
        decide(desk, version=first.version)


def test_a_plan_that_makes_no_sense_is_refused(desk: TestOffice) -> None:
    with pytest.raises(UserError, match="每一级都不检查"):
        decide(desk, PlanTimes({"A": 0}, {}))
    with pytest.raises(UserError, match="应为 0 到 12，现为 13"):
        decide(desk, PlanTimes({"A": 13}, {}))
    with pytest.raises(UserError, match="没有“E”这个风险等级"):
        decide(desk, PlanTimes({"E": 1}, {}))
    with pytest.raises(NotAllowedError):
        decide(desk, by=desk.somebody("沙湖村干部", Role.VILLAGE, village_id=3))


def test_a_sample_counts_when_it_is_taken_and_its_result_comes_later(desk: TestOffice) -> None:
    one = enter(desk)
    Risks(desk.office).decide(one, "D", on=TODAY, reason="举报多", by=desk.clerk)
    decide(desk)
    taken = Samplings(desk.office).take(one, on=TODAY, product="馄饨", by=desk.clerk)
    assert (taken.result, rows(desk)[0].samples_done) == (SamplingResult.WAITING, 1)

    Samplings(desk.office).tell(taken.id, "不合格", by=desk.clerk)

    (row,) = Samplings(desk.office).of(one, by=desk.clerk)
    assert row.result is SamplingResult.BAD
    with pytest.raises(UserError, match="没有“好”这种抽检结果"):
        Samplings(desk.office).tell(taken.id, "好", by=desk.clerk)
    with pytest.raises(UserError, match="要写明抽的是什么品种"):
        Samplings(desk.office).take(one, on=TODAY, product=" ", by=desk.clerk)


def test_the_dossier_tells_of_levels_draws_and_samples(desk: TestOffice) -> None:
    one = enter(desk)
    Risks(desk.office).decide(one, "D", on=TODAY, reason="举报多", by=desk.clerk)
    told = {"seed": "1", "on": TODAY, "title": "六月双随机", "with_inspectors": False, "by": desk.clerk}
    Draws(desk.office).draw(Scope(), Quota(count=1), **told)
    Samplings(desk.office).take(one, on=TODAY, product="馄饨", result="bad", by=desk.clerk)

    titles = [entry.title for entry in Dossiers(desk.office).timeline(one, by=desk.clerk)]

    assert titles[:3] == ["抽检馄饨，不合格", "随机抽到", "评定为D级风险"]


def test_the_workbook_of_a_plan_adds_up(desk: TestOffice, tmp_path: Path) -> None:
    for number in (1, 2):
        enter(desk, number)
    decide(desk)

    assert YearPlans(desk.office).export(2018, tmp_path / "计划.xlsx", by=desk.clerk) == 2
    sheet = load_workbook(tmp_path / "计划.xlsx")["年度计划"]
    assert [cell.value for cell in sheet[4]][6:11] == ["A级", None, 1, 0, sheet["K4"].value]
    assert sheet["I6"].value == 2, "the totals"


def test_the_ledger_of_supervision_says_the_level_and_the_next_visit(
    desk: TestOffice, tmp_path: Path
) -> None:
    enter(desk)
    decide(desk)

    Tables(desk.office).export("ledger", tmp_path / "台账.xlsx", by=desk.clerk)

    sheet = load_workbook(tmp_path / "台账.xlsx").worksheets[0]
    line = {sheet.cell(3, cell.column).value: cell.value for cell in sheet[4]}
    assert (line["风险等级"], line["下次检查"].date()) == ("A级", date(2018, 12, 31))


@pytest.fixture
def wuzhi(tmp_path: Path) -> Iterator[TestOffice]:
    """An office of a province that sets a time for the first inspection."""
    desk = open_test_office(tmp_path / "wuzhi.db", profile="wuzhi-2022")
    yield desk
    desk.office.db.close()


def test_the_first_inspection_is_due_two_months_after_the_issue_where_the_province_says_so(
    wuzhi: TestOffice,
) -> None:
    wuzhi.clock.day = issued_on = date(2022, 12, 30)
    shop = stall(trading_hours="06:00-09:00")
    one = Surveys(wuzhi.office).save("stall", shop, by=wuzhi.clerk, identity=UUID(int=1)).id
    choice = Choice(ids=(one,))
    assert Registrations(wuzhi.office).register_all(choice, decided_on=issued_on, by=wuzhi.clerk).issued

    (row,) = waiting(wuzhi, VisitReason.FIRST)
    assert (row.establishment_id, row.due_on) == (one, date(2023, 2, 28))

    visit(wuzhi, one, on=wuzhi.clock.day)
    assert waiting(wuzhi, VisitReason.FIRST) == []


def test_no_first_inspection_where_the_province_sets_none(desk: TestOffice) -> None:
    registered(desk, 1)

    assert waiting(desk, VisitReason.FIRST) == []
