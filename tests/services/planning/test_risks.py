"""Risk levels: where a trade begins, what raises it; pages say what a slow count finds."""

from datetime import date, timedelta
from random import Random
from uuid import UUID

import pytest
from sqlalchemy import select

from desktop.domain.rectification import InspectionMode
from desktop.domain.risk import Happened, RiskRules, RiskSign
from desktop.domain.scope import Scope
from desktop.domain.year_plan import PlanTimes, standing
from desktop.errors import UserError
from desktop.models.establishment import Establishment
from desktop.models.planning import RiskDecision
from desktop.models.rectification import Finding, Inspection, RectificationCase
from desktop.services.planning.risks import Risks
from desktop.services.planning.scoping import is_in
from desktop.services.planning.year_plans import PlanPart, PlanShows, YearPlans
from desktop.services.survey.surveys import Surveys
from tests.offices import TODAY, TestOffice, workshop
from tests.visits import enter, ordered

_SELLS = ("馄饨", "速冻 水饺", "凉　拌菜、卤味", "肉制品", "豆腐", "面")


def level(desk: TestOffice, establishment: int) -> tuple[str, str]:
    row = Risks(desk.office).of(establishment, by=desk.clerk)
    return row.level, row.reasons


def make(desk: TestOffice, number: int, **told: object) -> int:
    typed = workshop(address=f"沙湖村{number}组23号", operator_id_number=None, **told)
    return Surveys(desk.office).save("workshop", typed, by=desk.clerk, identity=UUID(int=number)).id


def test_a_trade_begins_at_its_level_and_each_sign_raises_it(desk: TestOffice) -> None:
    assert level(desk, enter(desk, 1, products="馄饨")) == ("A", "")
    assert level(desk, make(desk, 2, products="挂面")) == ("B", "")
    assert level(desk, enter(desk, 3, products="凉 拌菜、卤　味")) == ("B", "高风险品种")
    both = enter(desk, 4, products="速冻水饺", school_distance_m="150")
    assert level(desk, both) == ("C", "冷链食品、校园周边")
    assert level(desk, make(desk, 5, products="米面", food_categories="速冻食品")) == ("C", "冷链食品")


def test_a_school_at_the_very_distance_is_not_near(desk: TestOffice) -> None:
    assert level(desk, enter(desk, 1, school_distance_m="200")) == ("A", "")


def test_what_happened_raises_it_and_the_highest_is_the_end(desk: TestOffice) -> None:
    one = make(desk, 1, products="肉制品")
    ordered(desk, one, "W14", on=TODAY)
    desk.clock.day = TODAY + timedelta(days=30)

    words = "冷链食品、高风险品种、一年内查出重点问题、整改逾期未改"
    assert level(desk, one) == ("D", words)


def test_a_decision_stands_above_the_facts_until_it_is_taken_back(desk: TestOffice) -> None:
    one = enter(desk, 1, products="卤味")
    Risks(desk.office).decide(one, "D", on=TODAY, reason="举报多", by=desk.clerk)
    assert level(desk, one) == ("D", "评定（高风险品种）")

    Risks(desk.office).decide(one, "", on=TODAY, reason="已整改", by=desk.clerk)
    assert level(desk, one) == ("B", "高风险品种")
    with pytest.raises(UserError, match="没有“Z”这个风险等级"):
        Risks(desk.office).decide(one, "Z", on=TODAY, reason="甲", by=desk.clerk)


def test_what_the_database_answers_is_what_a_slow_count_finds(desk: TestOffice) -> None:
    chance = Random(7)
    rules = desk.office.profile.risk
    ids = [_somebody(desk, number, chance) for number in range(1, 19)]
    _happens(desk, ids, chance)
    times = PlanTimes({"A": 1, "B": 2, "C": 3, "D": 12}, {"C": 1, "D": 2})
    YearPlans(desk.office).decide(2018, times, on=date(2018, 3, 5), by=desk.clerk)

    rows = YearPlans(desk.office).page(2018, by=desk.clerk, limit=None)

    slow = {one: _slowly(desk, rules, one) for one in ids}
    assert {row.who.id: (row.risk.level.code, row.risk.signs) for row in rows} == slow
    assert {row.who.id: (row.wanted, row.done, row.due_on) for row in rows} == {
        one: _stands(desk, one, times, code) for one, (code, _) in slow.items()
    }
    order = [(row.due_on is None, row.due_on or date.max, row.who.archive_number) for row in rows]
    assert order == sorted(order)
    pages = [YearPlans(desk.office).page(2018, by=desk.clerk, offset=n, limit=7) for n in range(0, 21, 7)]
    assert tuple(row for page in pages for row in page) == rows
    for shows, meant in (
        (PlanShows.LATE, [row for row in rows if row.due_on and row.due_on < TODAY]),
        (PlanShows.LEFT, [row for row in rows if row.left or row.samples_wanted > row.samples_done]),
    ):
        assert list(YearPlans(desk.office).page(2018, PlanPart(shows), by=desk.clerk)) == meant
    for marks in (("C",), ("cold_chain",), ("A", "late_case")):
        marked = [
            row.who.id for row in rows if {row.risk.level.code, *(s.code for s in row.risk.signs)} & {*marks}
        ]
        found = YearPlans(desk.office).page(2018, PlanPart(marks=marks), by=desk.clerk)
        assert [row.who.id for row in found] == marked
    for scope in (
        Scope(levels=("B", "D")),
        Scope(signs=("high_risk_food",)),
        Scope(("stall",), levels=("A",)),
    ):
        with desk.office.db.reading() as session:
            query = select(Establishment.id).where(is_in(desk.office, scope, desk.clerk))
            chosen = set(session.scalars(query))
        assert chosen == {row.who.id for row in rows if _fits(scope, row.who.kind, slow[row.who.id])}


def _somebody(desk: TestOffice, number: int, chance: Random) -> int:
    told = {"products": chance.choice(_SELLS), "surveyed_on": f"2018.{chance.randint(1, 6)}.5"}
    if number % 2:
        told["school_distance_m"] = str(chance.choice((100, 199, 200, 400)))
        return enter(desk, number, **told)
    if chance.random() < 0.3:
        told["food_categories"] = chance.choice(("速冻食品", "糕点"))
    return make(desk, number, **told)


def _happens(desk: TestOffice, ids: list[int], chance: Random) -> None:
    """Let this and that have happened, straight into the register: the rules would take a year of visits."""
    entered = {"entered_at": desk.clock.now(), "entered_by": "甲"}
    with desk.office.db.writing(desk.office.act(desk.clerk, "test")) as session:
        for one in ids:
            for _ in range(chance.randint(0, 4)):
                day = TODAY - timedelta(days=chance.randint(0, 400))
                item, starred = chance.choice("甲乙"), chance.random() < 0.3
                told = {"text": "", "is_starred": starred, "found_on": day, **entered}
                session.add(Finding(establishment_id=one, item=item, **told))
                mode = chance.choice(("routine", "self"))
                nothing = dict.fromkeys(("signature", "refusal_reason", "witness", "late_reason"), "")
                told = {"inspectors": [], "not_applicable": [], "late_approved_by": "", **nothing, **entered}
                session.add(Inspection(establishment_id=one, inspected_on=day, mode=mode, **told))
            if chance.random() < 0.4:
                due = TODAY + timedelta(days=chance.randint(-2, 2))
                stage = chance.choice(("ordered", "closed_out"))
                told = {"family": "township", "is_starred": False, "due_on": due, "closed_out_on": None}
                session.add(RectificationCase(establishment_id=one, stage=stage, **told, **entered))
            for _ in range(chance.choice((0, 0, 1, 2))):
                chosen = chance.choice(("", "A", "D"))
                day = TODAY - timedelta(days=chance.randint(0, 1))
                told = {"level": chosen, "decided_on": day, "reason": "甲", **entered}
                session.add(RiskDecision(establishment_id=one, **told))


def _slowly(desk: TestOffice, rules: RiskRules, one: int) -> tuple[str, tuple[RiskSign, ...]]:
    with desk.office.db.reading() as session:
        record = session.get(Establishment, one)
        lately = [
            finding
            for finding in session.scalars(select(Finding).where(Finding.establishment_id == one))
            if (TODAY - finding.found_on).days < 365
        ]
        cases = session.scalars(select(RectificationCase).where(RectificationCase.establishment_id == one))
        items = [finding.item for finding in lately]
        happened = {
            Happened.STARRED: any(finding.is_starred for finding in lately),
            Happened.REPEATED: len(items) > len(set(items)),
            Happened.LATE: any(case.stage == "ordered" and case.due_on < TODAY for case in cases),
        }
        decisions = session.scalars(select(RiskDecision).where(RiskDecision.establishment_id == one))
        decided = sorted(decisions, key=lambda kept: (kept.decided_on, kept.id))
    sold, kept = record.products.replace(" ", "").replace("\u3000", ""), record.answers
    shown = tuple(
        sign
        for sign in rules.signs
        if any(word in sold for word in sign.words)
        or set(sign.food_categories) & set(kept.get("food_categories") or ())
        or (
            sign.nearer_to_school_m is not None
            and kept.get("school_distance_m", 999) < sign.nearer_to_school_m
        )
        or (sign.happened is not None and happened[sign.happened])
    )
    codes = [level.code for level in rules.levels]
    if decided and decided[-1].level:
        return decided[-1].level, shown
    begins = {"stall": 0, "workshop": 1}[record.kind]
    return codes[min(begins + sum(sign.raises for sign in shown), len(codes) - 1)], shown


def _stands(desk: TestOffice, one: int, times: PlanTimes, code: str) -> tuple[int, int, date | None]:
    with desk.office.db.reading() as session:
        query = select(Inspection).where(Inspection.establishment_id == one)
        days = sorted(
            visit.inspected_on
            for visit in session.scalars(query)
            if InspectionMode(visit.mode).is_supervision
        )
        since = max(date(2018, 3, 5), session.get(Establishment, one).surveyed_on)
    found = standing(2018, times.of(code)[0], since, days)
    return found.wanted, found.done, found.due_on


def _fits(scope: Scope, kind: str, risk: tuple[str, tuple[RiskSign, ...]]) -> bool:
    code, signs = risk
    return (
        (not scope.kinds or kind in scope.kinds)
        and (not scope.levels or code in scope.levels)
        and (not scope.signs or bool({sign.code for sign in signs} & set(scope.signs)))
    )
