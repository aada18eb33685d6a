"""A campaign: what counts towards it, full coverage, the three routes, its end; its paper and workbook."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook

from desktop.domain.act import Role
from desktop.domain.campaigns import Phase, Task
from desktop.domain.lifecycle import Route
from desktop.domain.scope import Scope
from desktop.domain.visits import VisitReason
from desktop.domain.wall import WallFilters
from desktop.errors import NotAllowedError, RuleError, UserError
from desktop.services.papers.papers import Wanted
from desktop.services.papers.paperwork import Paperwork
from desktop.services.planning.campaign_counts import CampaignShows
from desktop.services.planning.campaigns import CampaignDetail, CampaignDraft, Campaigns
from desktop.services.planning.risks import Risks
from desktop.services.planning.visits import Visits
from desktop.services.rectification.rectifications import Rectifications
from desktop.services.rectification.shutdowns import Shutdowns
from desktop.services.register.establishments import Establishments
from tests.offices import TODAY, TestOffice
from tests.printing.reading import whole_text
from tests.services.asked_planning import a_campaign
from tests.visits import enter, ordered, registered, reinspect, visit

DRAFT = CampaignDraft(
    name="2018年食品三小专项整治",
    phases=(
        Phase("调查摸底", date(2018, 4, 1), date(2018, 5, 31)),
        Phase("集中整治", date(2018, 6, 1), date(2018, 12, 31)),
    ),
    scope=Scope(kinds=("stall",)),
    tasks=(Task(None, date(2018, 4, 30), "召开动员部署会", "逐村摸清底数"),),
    basis="金城镇专项整治工作方案（2018）",
)


def begin(desk: TestOffice, draft: CampaignDraft = DRAFT) -> CampaignDetail:
    return Campaigns(desk.office).save(draft, by=desk.clerk)


def detail(desk: TestOffice) -> CampaignDetail:
    return Campaigns(desk.office).detail(1, by=desk.clerk)


def part(desk: TestOffice, shows: CampaignShows) -> list[int]:
    return [row.who.id for row in Campaigns(desk.office).page(1, shows, by=desk.clerk)]


def test_what_happens_in_its_days_and_scope_counts_towards_it(desk: TestOffice) -> None:
    put_right, closed, left = enter(desk, 1), enter(desk, 2), enter(desk, 3)
    card = registered(desk, 4)
    begin(desk)
    case = ordered(desk, put_right, "S05", "S06").case_id
    reinspect(desk, case, on=TODAY)
    Rectifications(desk.office).close_out(case, on=TODAY, by=desk.clerk)
    Campaigns(desk.office).decide(1, [closed], "close_by_date", by=desk.clerk)
    closing = Shutdowns(desk.office)
    closing.order_to_close(closed, close_by=TODAY, on=TODAY, reason="不具备条件", by=desk.clerk)
    closing.verify(closed, on=TODAY, reason="已停业", by=desk.clerk)

    now = detail(desk)

    assert now.countdown.words == "“集中整治”还有 206 天"
    counts = now.counts
    assert (counts.total, counts.covered, counts.visits) == (4, 1, 1)
    assert (counts.findings, counts.orders, counts.closed_out, counts.open) == (2, 1, 1, 0)
    assert (counts.registered, counts.closed, counts.shut_down) == (1, 1, 0)
    assert counts.left == 2
    assert part(desk, CampaignShows.LEFT) == [left, card]
    assert part(desk, CampaignShows.UNDECIDED) == [put_right, left]
    assert part(desk, CampaignShows.ALL) == [put_right, closed, left, card]


def test_what_lies_before_its_days_or_outside_its_scope_does_not_count(desk: TestOffice) -> None:
    one = enter(desk)
    visit(desk, one, "S05")
    tomorrow = TODAY + timedelta(days=1)
    begin(desk, replace(DRAFT, phases=(Phase("集中整治", tomorrow, date(2018, 12, 31)),)))
    begin(desk, replace(DRAFT, name="小作坊", scope=Scope(kinds=("workshop",))))

    later, other = (Campaigns(desk.office).detail(number, by=desk.clerk).counts for number in (1, 2))

    assert (later.total, later.covered, later.findings) == (1, 0, 0)
    assert (other.total, other.findings) == (0, 0)


def test_who_is_found_out_does_not_leave_a_campaign_by_the_higher_risk_that_follows(
    desk: TestOffice,
) -> None:
    found_out, other = enter(desk, 1), enter(desk, 2)
    begin(desk, replace(DRAFT, scope=Scope(levels=("A",))))

    visit(desk, found_out, "S10")

    assert Risks(desk.office).of(found_out, by=desk.clerk).level == "B"
    counts = detail(desk).counts
    assert (counts.total, counts.covered, counts.findings) == (2, 1, 1)
    assert part(desk, CampaignShows.LEFT) == [other]


def test_who_is_left_is_on_the_list_of_visits_until_it_is_ended(desk: TestOffice) -> None:
    one = enter(desk)
    begin(desk)

    def waiting() -> list[tuple[int, date | None]]:
        rows = Visits(desk.office).page(VisitReason.CAMPAIGN, WallFilters(), by=desk.clerk)
        return [(row.establishment_id, row.due_on) for row in rows]

    assert waiting() == [(one, date(2018, 12, 31))]
    Campaigns(desk.office).decide(1, [one], "督促办证", by=desk.clerk)
    Campaigns(desk.office).end(1, on=TODAY, by=desk.clerk)
    assert waiting() == []


def test_it_is_not_ended_while_anybody_stands_on_no_route(desk: TestOffice) -> None:
    shops = [enter(desk, number) for number in range(1, 6)]
    registered(desk, 6)
    begin(desk)
    kept = Campaigns(desk.office)

    with pytest.raises(RuleError, match="等 5 户还没有定处置意见"):
        kept.end(1, on=TODAY, by=desk.clerk)
    kept.decide(1, shops[:4], "put_right_first", by=desk.clerk)
    with pytest.raises(UserError, match="没有“undecided”这种处置意见；可用：urge_registration（督促办证）"):
        kept.decide(1, shops[4:], "undecided", by=desk.clerk)
    kept.decide(1, shops[4:], "限期关停", by=desk.clerk)
    ended = kept.end(1, on=TODAY, conclusion="全部定下", by=desk.clerk)

    assert (ended.ended_on, ended.ended_by, ended.conclusion) == (TODAY, "周敏", "全部定下")
    assert ended.countdown.words == "2018-06-08 已收尾"
    record = Establishments(desk.office).detail(shops[0], by=desk.clerk)
    assert record.route == Route.PUT_RIGHT_FIRST
    with pytest.raises(RuleError, match="已在 2018-06-08 收尾，不能再改"):
        kept.save(DRAFT, campaign_id=1, by=desk.clerk)
    with pytest.raises(RuleError, match="已在 2018-06-08 收尾"):
        kept.end(1, on=TODAY, by=desk.clerk)


def test_a_campaign_that_makes_no_sense_is_refused(desk: TestOffice) -> None:
    begin(desk)
    for wrong, why in (
        (replace(DRAFT, name=" "), "要有名称"),
        (DRAFT, "已经有“2018年食品三小专项整治”"),
        (replace(DRAFT, name="甲", phases=()), "至少要有一个阶段"),
        (replace(DRAFT, name="甲", scope=Scope(kinds=("shop",))), "没有“shop”这个类别"),
    ):
        with pytest.raises(UserError, match=why):
            begin(desk, wrong)
    with pytest.raises(RuleError, match="从 2018-04-01 开始，不能在 2018-03-01 收尾"):
        Campaigns(desk.office).end(1, on=date(2018, 3, 1), by=desk.clerk)
    villager = desk.somebody("沙湖村干部", Role.VILLAGE, village_id=3)
    with pytest.raises(NotAllowedError):
        Campaigns(desk.office).save(replace(DRAFT, name="甲"), by=villager)


def test_two_desks_do_not_overwrite_each_other(desk: TestOffice) -> None:
    first = begin(desk)
    kept = Campaigns(desk.office)
    kept.save(replace(DRAFT, basis="新方案"), campaign_id=1, version=first.version, by=desk.clerk)

    with pytest.raises(UserError, match="刚被别人改过"):
        kept.save(DRAFT, campaign_id=1, version=first.version, by=desk.clerk)
    assert detail(desk).draft.basis == "新方案"


def test_a_village_sees_its_own_part_of_a_campaign(desk: TestOffice) -> None:
    enter(desk, 1)
    enter(desk, 2, village="白塔村")
    begin(desk)
    a_campaign(desk, 1)
    villager = desk.somebody("沙湖村干部", Role.VILLAGE, village_id=3)

    (seen,) = Campaigns(desk.office).all(by=villager)

    assert (seen.id, seen.counts.total) == (1, 1)


def test_its_schedule_is_printed_and_its_workbook_has_three_sheets(
    desk: TestOffice, tmp_path: Path, assets: Path
) -> None:
    enter(desk)
    begin(desk)

    papers = Paperwork(desk.office, assets / "fonts")
    papers.print(Wanted("campaign_schedule", ids=(1,)), tmp_path / "配档表.pdf", by=desk.clerk)
    text = whole_text(tmp_path / "配档表.pdf")
    for words in ("2018年食品三小专项整治推进配档表", "2018年4月底前", "召开动员部署会"):
        assert words in text

    assert Campaigns(desk.office).export(1, tmp_path / "专项整治.xlsx", by=desk.clerk) == 1
    book = load_workbook(tmp_path / "专项整治.xlsx")
    assert book.sheetnames == ["配档表", "进展情况", "全覆盖名单"]
    assert [cell.value for cell in book["配档表"][4]][:2] == ["2018年4月底前", "召开动员部署会"]
    figures = {row[1].value: row[3].value for row in book["进展情况"].iter_rows(min_row=4)}
    assert (figures["范围内"], figures["未定处置意见"]) == (1, 1)


def test_pages_of_visits_go_from_one_campaign_into_the_next(desk: TestOffice) -> None:
    shops = [enter(desk, number) for number in range(1, 6)]
    begin(desk, replace(DRAFT, name="后收尾"))
    begin(desk, replace(DRAFT, name="先收尾", phases=(Phase("六月", TODAY, date(2018, 6, 30)),)))
    visits = Visits(desk.office)

    pages = [
        visits.page(VisitReason.CAMPAIGN, WallFilters(), by=desk.clerk, offset=start, limit=4)
        for start in (0, 4, 8, 12)
    ]

    expected = [(name, shop) for name in ("先收尾", "后收尾") for shop in shops]
    assert [(row.about, row.establishment_id) for page in pages for row in page] == expected
    assert visits.counts(WallFilters(), by=desk.clerk)[VisitReason.CAMPAIGN] == len(expected)
