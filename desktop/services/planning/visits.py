"""Who is still to be visited (待检查), and for what: asked of draws, plans and what was inspected."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from desktop.domain.act import Actor
from desktop.domain.campaigns import Phase, countdown
from desktop.domain.draws import DrawPurpose
from desktop.domain.rectification import InspectionMode
from desktop.domain.scope import Scope
from desktop.domain.today import RunningCampaign, VisitsToday
from desktop.domain.visits import VisitReason, VisitRow
from desktop.domain.wall import WallFilters
from desktop.models.establishment import Establishment
from desktop.models.planning import Campaign, YearPlan
from desktop.services.open_office import OpenOffice
from desktop.services.planning.campaign_counts import CampaignRow, CampaignShows
from desktop.services.planning.campaigns import question, running_first
from desktop.services.planning.drawn_rows import DrawnRow, count_left, drawn_rows, is_left
from desktop.services.planning.first_visits import count_first_visits, first_visits
from desktop.services.planning.scoping import is_in
from desktop.services.planning.year_plans import PlanPart, PlanRow, PlanShows, plan_count, plan_rows
from desktop.services.rights import Right, require

PAGE = 60
"""How many visits of one reason are asked for at once."""

COUNTED_UP_TO = 20_000
"""So large a register is counted for the workbench within a fifth of a second; a larger one is not."""


class Visits:
    """Questions about visits that are due; for each reason a count and pages, never everybody at once."""

    def __init__(self, office: OpenOffice) -> None:
        self.office = office

    def counts(self, filters: WallFilters, *, by: Actor) -> Mapping[VisitReason, int]:
        """Return how many are to be visited for each reason."""
        require(by, Right.SEE)
        who = self._who(filters, by)
        with self.office.db.reading() as session:
            campaigns = sum(
                question(self.office, record, by).count(session, CampaignShows.LEFT, who)
                for record in self._running(session, by)
            )
            return {
                VisitReason.DRAWN: count_left(session, who),
                VisitReason.FIRST: count_first_visits(session, self.office, who),
                VisitReason.PLANNED: plan_count(session, self.office, self._year, _of_wall(filters), by),
                VisitReason.CAMPAIGN: campaigns,
            }

    def page(
        self,
        reason: VisitReason,
        filters: WallFilters,
        *,
        by: Actor,
        offset: int = 0,
        limit: int | None = PAGE,
    ) -> tuple[VisitRow, ...]:
        """Return a page of whom to visit for one reason, the most urgent first."""
        require(by, Right.SEE)
        who = self._who(filters, by)
        with self.office.db.reading() as session:
            match reason:
                case VisitReason.DRAWN:
                    drawn = drawn_rows(session, by, is_left(), who, offset=offset, limit=limit)
                    return tuple(map(_of_draw, drawn))
                case VisitReason.FIRST:
                    return tuple(first_visits(session, self.office, who, offset=offset, limit=limit))
                case VisitReason.PLANNED:
                    asked = self._year, _of_wall(filters), by
                    rows = plan_rows(session, self.office, *asked, offset=offset, limit=limit)
                    return tuple(map(_of_plan, rows))
                case VisitReason.CAMPAIGN:
                    return tuple(self._of_campaigns(session, who, by, offset, limit))

    def today(self, *, by: Actor) -> VisitsToday:
        """Return what the workbench says of visits: counts alone, and how long the campaigns still run."""
        require(by, Right.SEE)
        who, today = self._who(WallFilters(), by), self.office.clock.today()
        has_rule = self.office.profile.risk.first_inspection is not None
        with self.office.db.reading() as session:
            is_counted = (
                session.scalar(select(func.count()).select_from(Establishment)) or 0
            ) <= COUNTED_UP_TO
            has_plan = session.get(YearPlan, self._year) is not None
            part = PlanPart(PlanShows.THIS_MONTH)
            return VisitsToday(
                drawn=count_left(session, who),
                first=count_first_visits(session, self.office, who) if has_rule else None,
                planned=plan_count(session, self.office, self._year, part, by)
                if has_plan and is_counted
                else None,
                campaigns=tuple(_running(one, today) for one in self._running(session, by)),
            )

    @property
    def _year(self) -> int:
        return self.office.clock.today().year

    def _who(self, filters: WallFilters, by: Actor) -> ColumnElement[bool]:
        return is_in(self.office, Scope(kinds=filters.kinds, village_ids=filters.village_ids), by)

    def _running(self, session: Session, by: Actor) -> Sequence[Campaign]:
        """Return the campaigns that run today, the one that ends first in front."""
        today = self.office.clock.today()
        running = [record for record in running_first(session, by) if record.ended_on is None]
        running = [one for one in running if Phase.of_json(one.phases[0]).starts_on <= today]
        return sorted(running, key=lambda one: (Phase.of_json(one.phases[-1]).ends_on, one.id))

    def _of_campaigns(
        self, session: Session, who: ColumnElement[bool], by: Actor, offset: int, limit: int | None
    ) -> list[VisitRow]:
        """Return a page of who is left of the campaigns that run, one campaign after the other."""
        found: list[VisitRow] = []
        for record in self._running(session, by):
            asked = question(self.office, record, by)
            room = None if limit is None else limit - len(found)
            if room == 0:
                break
            here = list(asked.rows(session, CampaignShows.LEFT, who, offset=offset, limit=room))
            found += [_of_campaign(record, row) for row in here]
            if here:
                offset = 0
            elif offset:  # the page begins in a later campaign
                offset = max(offset - asked.count(session, CampaignShows.LEFT, who), 0)
        return found


def _running(campaign: Campaign, today: date) -> RunningCampaign:
    time = countdown(tuple(map(Phase.of_json, campaign.phases)), today)
    return RunningCampaign(campaign.id, campaign.name, time.words, time.is_late)


def _of_wall(filters: WallFilters) -> PlanPart:
    return PlanPart(PlanShows.TO_INSPECT, kinds=filters.kinds, village_ids=filters.village_ids)


def _of_plan(row: PlanRow) -> VisitRow:
    often = f"今年第 {row.done + 1} 次，共 {row.wanted} 次" if row.wanted > 1 else "今年 1 次"
    return VisitRow(
        reason=VisitReason.PLANNED,
        establishment_id=row.who.id,
        kind=row.who.kind,
        title=row.who.title,
        operator_name=row.who.operator_name,
        village=row.who.village,
        about=f"{row.risk.level.label}，{often}",
        due_on=row.due_on,
        since=None,
        mode=InspectionMode.ROUTINE,
    )


def _of_campaign(campaign: Campaign, row: CampaignRow) -> VisitRow:
    return VisitRow(
        reason=VisitReason.CAMPAIGN,
        establishment_id=row.who.id,
        kind=row.who.kind,
        title=row.who.title,
        operator_name=row.who.operator_name,
        village=row.who.village,
        about=campaign.name,
        due_on=Phase.of_json(campaign.phases[-1]).ends_on,
        since=None,
        mode=InspectionMode.ROUTINE,
    )


def _of_draw(row: DrawnRow) -> VisitRow:
    is_look_back = row.purpose is DrawPurpose.LOOK_BACK
    return VisitRow(
        reason=VisitReason.DRAWN,
        establishment_id=row.establishment_id,
        kind=row.kind,
        title=row.title,
        operator_name=row.operator_name,
        village=row.village,
        about=row.draw_title,
        due_on=None,
        since=row.drawn_on,
        mode=InspectionMode.RANDOM,
        inspectors=row.inspectors,
        is_look_back=is_look_back,
    )
