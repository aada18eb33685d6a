"""Who is still to be visited (待检查), and for what: computed from draws, plans and what was inspected."""

from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.act import Actor
from desktop.domain.draws import DrawPurpose
from desktop.domain.rectification import InspectionMode
from desktop.domain.visits import VisitReason, VisitRow
from desktop.domain.wall import WallFilters
from desktop.models.office import Village
from desktop.services.campaign_counts import CampaignRow
from desktop.services.campaigns import CampaignDetail, detail_of, running_first
from desktop.services.drawn_rows import DrawnRow, drawn_rows
from desktop.services.first_visits import first_visits
from desktop.services.open_office import OpenOffice
from desktop.services.rights import Right, require
from desktop.services.year_plans import PlanRow, plan_of


class Visits:
    """Questions about visits that are due."""

    def __init__(self, office: OpenOffice) -> None:
        self.office = office

    def waiting(self, filters: WallFilters, *, by: Actor) -> Mapping[VisitReason, tuple[VisitRow, ...]]:
        """Return whom to visit for each reason, the most urgent first."""
        require(by, Right.SEE)
        with self.office.db.reading() as session:
            chosen = select(Village.name).where(Village.id.in_(filters.village_ids))
            villages = frozenset(session.scalars(chosen))
            drawn = [one for one in drawn_rows(session, self.office, by) if one.is_left]
            plan = plan_of(session, self.office, self.office.clock.today().year, by)
            found = {
                VisitReason.DRAWN: [_of_draw(one) for one in drawn],
                VisitReason.FIRST: first_visits(session, self.office, by),
                VisitReason.PLANNED: [_of_plan(one) for one in plan.rows if one.left],
                VisitReason.CAMPAIGN: self._of_campaigns(session, by),
            }
        return {reason: _wanted(rows, filters, villages) for reason, rows in found.items()}

    def _of_campaigns(self, session: Session, by: Actor) -> list[VisitRow]:
        """Return who is left of the campaigns that run today, the one that ends first in front."""
        today = self.office.clock.today()
        running = [
            detail_of(session, self.office, record, by)
            for record in running_first(session, by)
            if record.ended_on is None
        ]
        running = [one for one in running if one.starts_on <= today]
        running.sort(key=lambda one: (one.ends_on, one.id))
        return [_of_campaign(one, row) for one in running for row in one.left]


def _wanted(rows: Iterable[VisitRow], filters: WallFilters, villages: frozenset[str]) -> tuple[VisitRow, ...]:
    return tuple(
        row
        for row in rows
        if (not filters.kinds or row.kind in filters.kinds) and (not villages or row.village in villages)
    )


def _of_plan(row: PlanRow) -> VisitRow:
    often = f"今年第 {row.done + 1} 次，共 {row.wanted} 次" if row.wanted > 1 else "今年 1 次"
    return VisitRow(
        reason=VisitReason.PLANNED,
        establishment_id=row.establishment_id,
        kind=row.kind,
        title=row.title,
        operator_name=row.operator_name,
        village=row.village,
        about=f"{row.risk.level.label}，{often}",
        due_on=row.due_on,
        since=None,
        mode=InspectionMode.ROUTINE,
    )


def _of_campaign(campaign: CampaignDetail, row: CampaignRow) -> VisitRow:
    return VisitRow(
        reason=VisitReason.CAMPAIGN,
        establishment_id=row.establishment_id,
        kind=row.kind,
        title=row.title,
        operator_name=row.operator_name,
        village=row.village,
        about=campaign.draft.name,
        due_on=campaign.ends_on,
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
