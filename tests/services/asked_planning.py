"""What is asked of risk, inspectors and draws; and one of each in another village."""

from collections.abc import Callable, Iterator
from pathlib import Path

from desktop.domain.act import Actor
from desktop.domain.campaigns import Phase
from desktop.domain.draws import Quota
from desktop.domain.scope import Scope
from desktop.domain.visits import VisitReason
from desktop.domain.wall import WallFilters
from desktop.domain.year_plan import PlanTimes
from desktop.services.open_office import OpenOffice
from desktop.services.planning.campaign_counts import CampaignShows
from desktop.services.planning.campaigns import CampaignDraft, Campaigns
from desktop.services.planning.draws import Draws
from desktop.services.planning.risks import Risks
from desktop.services.planning.samplings import Samplings
from desktop.services.planning.visits import Visits
from desktop.services.planning.year_plans import YearPlans
from desktop.services.rectification.inspectors import Inspectors
from tests.offices import TODAY, TestOffice

Ask = Callable[[Actor], object]


def planning_happens(desk: TestOffice, shop: int, village: int) -> None:
    """Let one be drawn in a village, of whom an inspector must stay away."""
    people = Inspectors(desk.office)
    for name in ("甲一", "乙二", "丙三"):
        people.add(name, by=desk.clerk)
    people.keep_away("甲一", shop, reason="亲属", by=desk.clerk)
    scope = Scope(village_ids=(village,))
    a_campaign(desk, village)
    Samplings(desk.office).take(shop, on=TODAY, product="豆腐", by=desk.clerk)
    Draws(desk.office).draw(scope, Quota(per_cent=100), seed="1", on=TODAY, by=desk.clerk)


def a_campaign(desk: TestOffice, village: int) -> None:
    """Let a campaign begin that is about one village."""
    phase = Phase("集中整治", TODAY, TODAY.replace(month=12))
    draft = CampaignDraft("本村整治", (phase,), Scope(village_ids=(village,)))
    Campaigns(desk.office).save(draft, by=desk.clerk)


def planning_questions(office: OpenOffice, folder: Path) -> Iterator[tuple[str, Ask]]:
    """Return every question that names no record."""
    yield "Campaigns.all", lambda by: Campaigns(office).all(by=by)
    yield "Draws.all", lambda by: Draws(office).all(by=by)
    yield "Draws.left", lambda by: Draws(office).left(by=by)
    yield "YearPlans.plan", lambda by: YearPlans(office).plan(2018, by=by)
    yield "YearPlans.page", lambda by: YearPlans(office).page(2018, by=by)
    yield "YearPlans.export", lambda by: YearPlans(office).export(2018, folder / "计划.xlsx", by=by)
    yield "Visits.today", lambda by: Visits(office).today(by=by)
    yield "Visits.counts", lambda by: sum(Visits(office).counts(WallFilters(), by=by).values())
    for reason in VisitReason:
        yield "Visits.page", lambda by, why=reason: Visits(office).page(why, WallFilters(), by=by)
    # who is on the list is no village's; whom they stay away from is
    yield "Inspectors.all", lambda by: [one.recusals for one in Inspectors(office).all(by=by) if one.recusals]


def planning_acts(desk: TestOffice, shop: int, file: Path) -> Iterator[tuple[str, Ask]]:
    """Return everything that names a record of the other village, or that a village may not do."""
    office, day = desk.office, desk.clock.today()
    risks, draws, people = Risks(office), Draws(office), Inspectors(office)
    plans, samplings = YearPlans(office), Samplings(office)
    yield "Risks.of", lambda by: risks.of(shop, by=by)
    yield "Risks.decide", lambda by: risks.decide(shop, "D", on=day, reason="甲", by=by)
    yield "Draws.draw", lambda by: draws.draw(Scope(), Quota(count=1), seed="1", on=day, by=by)
    yield "Draws.detail", lambda by: draws.detail(1, by=by)
    yield "Draws.page", lambda by: draws.page(1, by=by)
    yield "Draws.repeat", lambda by: draws.repeat(1, by=by)
    yield "Draws.export", lambda by: draws.export(1, file, by=by)
    yield "YearPlans.decide", lambda by: plans.decide(2018, PlanTimes({"A": 1}, {}), on=day, by=by)
    yield "Samplings.take", lambda by: samplings.take(shop, on=day, product="甲", by=by)
    yield "Samplings.tell", lambda by: samplings.tell(1, "good", by=by)
    yield "Samplings.of", lambda by: samplings.of(shop, by=by)
    campaigns, draft = Campaigns(office), CampaignDraft("甲", (Phase("乙", day, day),), Scope())
    yield "Campaigns.save", lambda by: campaigns.save(draft, by=by)
    yield "Campaigns.end", lambda by: campaigns.end(1, on=day, by=by)
    yield "Campaigns.detail", lambda by: campaigns.detail(1, by=by)
    yield "Campaigns.page", lambda by: campaigns.page(1, by=by)
    yield "Campaigns.ids", lambda by: campaigns.ids(1, CampaignShows.ALL, by=by)
    yield "Campaigns.decide", lambda by: campaigns.decide(1, [shop], "限期关停", by=by)
    yield "Campaigns.export", lambda by: campaigns.export(1, file, by=by)
    yield "Inspectors.add", lambda by: people.add("丁四", by=by)
    yield "Inspectors.leave", lambda by: people.leave("甲一", on=day, by=by)
    yield "Inspectors.keep_away", lambda by: people.keep_away("乙二", shop, reason="甲", by=by)
