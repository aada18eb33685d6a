"""The draw: recorded, repeated years later, ticked off by inspections; related inspectors stay away."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from desktop.domain.act import Role
from desktop.domain.draws import DrawPurpose, Quota
from desktop.domain.lifecycle import OperatingStatus
from desktop.domain.scope import Scope
from desktop.errors import NotAllowedError, RuleError, UserError
from desktop.models.audit import AuditEntry
from desktop.models.planning import RandomDraw
from desktop.services.office.villages import Villages
from desktop.services.planning.draws import DrawDetail, Draws
from desktop.services.planning.risks import Risks
from desktop.services.rectification.inspections import Inspections
from desktop.services.rectification.inspectors import Inspectors
from desktop.services.rectification.look_backs import LookBacks
from desktop.services.register.joinings import Joinings
from desktop.services.survey.surveys import Surveys
from tests.offices import TODAY, TestOffice
from tests.visits import PAIR, enter, ordered, registered, visit

PEOPLE = ("赵学军", "史国平", "钱进")
FIVE = Quota(count=5)


@pytest.fixture
def shops(desk: TestOffice) -> list[int]:
    for name in PEOPLE:
        Inspectors(desk.office).add(name, unit="金城分局", by=desk.clerk)
    return [enter(desk, number) for number in range(1, 9)]


def drawn(desk: TestOffice, quota: Quota = FIVE, **told: object) -> DrawDetail:
    told = {"seed": "20180608", "on": TODAY, "by": desk.clerk, **told}
    return Draws(desk.office).draw(told.pop("scope", Scope()), quota, **told)


def test_a_draw_can_be_repeated_years_later_whatever_became_of_the_register(
    desk: TestOffice, shops: list[int]
) -> None:
    detail = drawn(desk)
    desk.clock.day = date(2026, 11, 29)
    enter(desk, 77)
    Inspectors(desk.office).leave("钱进", on=desk.clock.day, by=desk.clerk)

    again = Draws(desk.office).repeat(detail.draw.id, by=desk.clerk)

    assert (again.is_intact, again.is_same, again.differences) == (True, True, ())
    assert (detail.draw.candidates, detail.draw.total, detail.draw.left) == (8, 5, 5)
    assert all(len(set(row.inspectors)) == 2 and set(row.inspectors) <= set(PEOPLE) for row in detail.rows)


def test_a_record_that_was_tampered_with_is_seen(desk: TestOffice, shops: list[int]) -> None:
    number = drawn(desk).draw.id
    with desk.office.db.writing(desk.office.act(desk.clerk, "test")) as session:
        record = session.get(RandomDraw, number)
        record.candidates = record.candidates[1:]

    again = Draws(desk.office).repeat(number, by=desk.clerk)

    assert (again.is_intact, again.is_same) == (False, False)
    assert "被改动过" in again.words


def test_only_an_inspection_in_the_mode_of_the_draw_ticks_one_off(desk: TestOffice, shops: list[int]) -> None:
    rows = drawn(desk).rows
    first, second = rows[0].establishment_id, rows[1].establishment_id

    visit(desk, second)
    Inspections(desk.office).record(first, on=TODAY, inspectors=PAIR, mode="random", by=desk.clerk)

    after = Draws(desk.office).detail(1, by=desk.clerk)
    assert [(row.done_on, row.result) for row in after.rows[:2]] == [(TODAY, "没有查出问题"), (None, "")]
    assert (after.draw.done, after.draw.left) == (1, 4)
    assert first not in [row.establishment_id for row in Draws(desk.office).left(by=desk.clerk)]


def test_what_was_inspected_before_the_draw_does_not_count(desk: TestOffice, shops: list[int]) -> None:
    for shop in shops:
        Inspections(desk.office).record(shop, on=TODAY, inspectors=PAIR, mode="random", by=desk.clerk)
    desk.clock.day = TODAY + timedelta(days=1)

    assert drawn(desk, on=desk.clock.day).draw.left == 5


def test_a_related_inspector_is_never_drawn_and_may_not_inspect(desk: TestOffice, shops: list[int]) -> None:
    for shop in shops:
        Inspectors(desk.office).keep_away("赵学军", shop, reason="业主是其表兄", by=desk.clerk)

    assert {name for row in drawn(desk).rows for name in row.inspectors} == {"史国平", "钱进"}
    with pytest.raises(RuleError, match="“赵学军”登记了对这一户回避（业主是其表兄）"):
        visit(desk, shops[0])


def test_too_few_inspectors_are_refused_with_the_way_out(desk: TestOffice, shops: list[int]) -> None:
    for name in ("赵学军", "史国平"):
        Inspectors(desk.office).keep_away(name, shops[0], reason="亲属", by=desk.clerk)
    with pytest.raises(RuleError, match="除去回避的人，名录里不足两名检查人员"):
        drawn(desk, Quota(per_cent=100))
    for name in ("赵学军", "史国平"):
        Inspectors(desk.office).leave(name, on=TODAY, by=desk.clerk)
    with pytest.raises(RuleError, match="在岗的只有 1 人"):
        drawn(desk)
    assert drawn(desk, with_inspectors=False).rows[0].inspectors == ()


def test_a_scope_chooses_by_village_risk_and_registration(desk: TestOffice, shops: list[int]) -> None:
    one, white = registered(desk, 1), enter(desk, 9, village="白塔村")
    Risks(desk.office).decide(shops[2], "D", on=TODAY, reason="群众举报多", by=desk.clerk)
    ordered(desk, shops[4], "S10")
    all_of = Quota(per_cent=100)

    def chosen(**scope: object) -> set[int]:
        rows = drawn(desk, all_of, scope=Scope(**scope)).rows
        return {row.establishment_id for row in rows}

    assert chosen(village_ids=(Villages(desk.office).named("白塔村").id,)) == {white}
    assert chosen(is_registered=True) == {one}
    assert chosen(levels=("D",)) == {shops[2]}
    assert chosen(signs=("starred_finding",)) == {shops[4]}
    with pytest.raises(UserError, match="没有“Z”这个风险等级；可用：A、B、C、D"):
        drawn(desk, scope=Scope(levels=("Z",)))
    with pytest.raises(UserError, match="一户可抽的也没有"):
        drawn(desk, scope=Scope(kinds=("workshop",)))
    with pytest.raises(UserError, match="有 10 户，不能抽 11 户"):
        drawn(desk, Quota(count=11))


def test_a_round_of_look_backs_is_drawn_the_same_way(desk: TestOffice, shops: list[int]) -> None:
    one = registered(desk, 1)
    detail = drawn(desk, Quota(count=1), purpose=DrawPurpose.LOOK_BACK)
    assert [row.establishment_id for row in detail.rows] == [one]

    LookBacks(desk.office).record(one, on=TODAY, inspectors=PAIR, outcome="kept", by=desk.clerk)

    (row,) = Draws(desk.office).detail(1, by=desk.clerk).rows
    assert (row.done_on, row.result, row.is_left) == (TODAY, "保持良好", False)


def test_an_inspection_that_meets_a_closed_one_trading_is_its_look_back(
    desk: TestOffice, shops: list[int]
) -> None:
    one, open_one = shops[0], registered(desk, 1)
    told = {"on": TODAY, "note": "回乡", "by": desk.clerk}
    Surveys(desk.office).change_operating_status(one, OperatingStatus.CLOSED, **told)
    drawn(desk, Quota(per_cent=100), purpose=DrawPurpose.LOOK_BACK)
    desk.clock.day = TODAY + timedelta(days=1)

    for each in (one, open_one):
        visit(desk, each, on=desk.clock.day)

    rows = {row.establishment_id: row for row in Draws(desk.office).detail(1, by=desk.clerk).rows}
    assert (rows[one].done_on, rows[one].result) == (desk.clock.day, "检查时又在经营")
    assert not rows[one].is_left
    assert rows[open_one].is_left, "what is registered is looked back at by a look-back"


def test_a_drawn_record_that_was_joined_to_another_is_looked_for_there(
    desk: TestOffice, shops: list[int]
) -> None:
    drawn(desk, Quota(per_cent=100))
    kept, other = shops[0], shops[1]
    Joinings(desk.office).join(kept, other, versions=(1, 1), take=(), by=desk.clerk)

    rows = Draws(desk.office).detail(1, by=desk.clerk).rows
    assert [row.establishment_id for row in rows].count(kept) == 2
    assert Draws(desk.office).repeat(1, by=desk.clerk).is_same

    Inspections(desk.office).record(kept, on=TODAY, inspectors=PAIR, mode="random", by=desk.clerk)
    assert Draws(desk.office).detail(1, by=desk.clerk).draw.left == 6


def test_the_trail_keeps_the_digest_and_not_the_lists(desk: TestOffice, shops: list[int]) -> None:
    detail = drawn(desk)

    with desk.office.db.reading() as session:
        query = select(AuditEntry).where(AuditEntry.object_type == "RandomDraw")
        (entry,) = session.scalars(query)
    assert entry.changes["digest"] == detail.draw.digest
    assert entry.changes["seed"] == "20180608"
    assert "candidates" not in entry.changes


def test_the_workbook_has_the_result_and_what_it_was_drawn_from(
    desk: TestOffice, shops: list[int], tmp_path: Path
) -> None:
    drawn(desk)

    assert Draws(desk.office).export(1, tmp_path / "抽取.xlsx", by=desk.clerk) == 5
    book = load_workbook(tmp_path / "抽取.xlsx")
    names, candidates = book["抽取名单"], book["候选名单"]
    digests = {candidates.cell(row, 2).value: candidates.cell(row, 3).value for row in range(4, 12)}
    smallest = sorted(digests, key=lambda number: digests[number])[:5]
    assert [names.cell(row, 2).value for row in range(4, 9)] == smallest


def test_a_seed_is_needed_and_a_village_may_not_draw(desk: TestOffice, shops: list[int]) -> None:
    with pytest.raises(UserError, match="要写种子"):
        drawn(desk, seed="  ")
    with pytest.raises(UserError, match="还没有到"):
        drawn(desk, on=TODAY + timedelta(days=1))
    with pytest.raises(UserError, match="名单是今天的，不能记成 2018-06-07 抽的"):
        drawn(desk, on=TODAY - timedelta(days=1))
    with pytest.raises(NotAllowedError):
        drawn(desk, by=desk.somebody("沙湖村干部", Role.VILLAGE, village_id=3))


def test_the_list_of_inspectors_names_each_once(desk: TestOffice, shops: list[int]) -> None:
    people = Inspectors(desk.office)
    with pytest.raises(UserError, match="已经在检查人员名录里"):
        people.add("赵 学军", by=desk.clerk)
    with pytest.raises(UserError, match="没有“李四”"):
        people.leave("李四", on=TODAY, by=desk.clerk)

    people.leave("钱进", on=TODAY, by=desk.clerk)
    assert [(one.name, one.left_on) for one in people.all(by=desk.clerk)][-1] == ("钱进", TODAY)
    people.add("钱进", by=desk.clerk)
    assert [one.left_on for one in people.all(by=desk.clerk)] == [None] * 3
