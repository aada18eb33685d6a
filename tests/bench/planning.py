"""How long plans, campaigns, draws and what is to be visited take to answer on a busy county's register."""

from functools import partial
from random import Random

from desktop.domain.campaigns import Phase
from desktop.domain.draws import Quota
from desktop.domain.scope import Scope
from desktop.domain.visits import VisitReason
from desktop.domain.wall import WallFilters
from desktop.domain.year_plan import PlanTimes
from desktop.services.planning.campaign_counts import CampaignShows
from desktop.services.planning.campaigns import CampaignDraft, Campaigns
from desktop.services.planning.draws import Draws
from desktop.services.planning.visits import Visits
from desktop.services.planning.year_plans import PlanPart, PlanShows, YearPlans
from tests.bench.timing import Times, Work, interleaved
from tests.offices import TODAY, TestOffice

TIMES = PlanTimes({"A": 1, "B": 2, "C": 3, "D": 4}, {"D": 2})


def plans(desk: TestOffice, runs: int, *, chance: Random) -> dict[str, Times]:
    """Decide a plan, begin a campaign, draw; then ask for the figures and the pages of each."""
    office, by, everywhere = desk.office, desk.clerk, WallFilters()
    year, campaigns, draws, visits = YearPlans(office), Campaigns(office), Draws(office), Visits(office)
    year.decide(TODAY.year, TIMES, on=TODAY, by=by)
    phases = (Phase("集中整治", TODAY.replace(day=1), TODAY.replace(month=12, day=31)),)
    campaign = campaigns.save(CampaignDraft("专项整治", phases, Scope()), by=by).id
    drawing = partial(draws.draw, Scope(), Quota(count=10), on=TODAY, with_inspectors=False, by=by)
    number = drawing(seed="0").draw.id
    left = PlanPart(PlanShows.LEFT)
    works: dict[str, Work] = {
        "plan of a year, its figures": partial(year.plan, TODAY.year, by=by),
        "plan of a year, who is left": partial(year.page, TODAY.year, left, by=by),
        "campaign, its figures": partial(campaigns.detail, campaign, by=by),
        "campaign, who is left": partial(campaigns.page, campaign, CampaignShows.LEFT, by=by),
        "drawing ten": partial(drawing, seed="1"),
        "draws, with what is left": partial(draws.all, by=by),
        "draw, whom it drew": partial(draws.page, number, by=by),
        "to be visited, all counts": partial(visits.counts, everywhere, by=by),
        "visits, as the workbench asks": partial(visits.today, by=by),
    }
    for reason in VisitReason:
        works[f"to be visited, {reason.label}"] = partial(visits.page, reason, everywhere, by=by)
    return interleaved({name: [work] * runs for name, work in works.items()}, chance=chance)
