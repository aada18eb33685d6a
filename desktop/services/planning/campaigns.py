"""Campaigns (专项整治): begun, worked through, and ended only when nobody is left undecided."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.act import Actor
from desktop.domain.campaigns import (
    Countdown,
    Phase,
    Task,
    countdown,
    disorder,
)
from desktop.domain.lifecycle import Disposition, Route
from desktop.domain.scope import Scope
from desktop.errors import RuleError, UserError
from desktop.models.planning import Campaign
from desktop.services.open_office import OpenOffice
from desktop.services.planning.campaign_counts import (
    PAGE,
    CampaignCounts,
    CampaignQuestion,
    CampaignRow,
    CampaignShows,
)
from desktop.services.planning.scoping import refuse_unknown, scope_words
from desktop.services.rectification.cases import Casework
from desktop.services.rights import Right, require, village_scope
from desktop.services.survey.standing_changes import put_on_route
from desktop.sheets.campaign_table import CampaignLine, counts_table, coverage_table, schedule_table
from desktop.sheets.files import replacing
from desktop.sheets.layout import Sender, write_tables

MOST_LETTERS = 32
"""A longer name would not stand in one line over its schedule."""

MOST_OF_BASIS = 60


@dataclass(frozen=True, slots=True)
class CampaignDraft:
    """What somebody decides about a campaign."""

    name: str
    phases: tuple[Phase, ...]
    scope: Scope
    tasks: tuple[Task, ...] = ()
    basis: str = ""


@dataclass(frozen=True, slots=True)
class CampaignDetail:
    """One campaign: what was decided, how long it still runs, what counts towards it."""

    id: int
    version: int
    draft: CampaignDraft
    scope: str
    ended_on: date | None
    ended_by: str
    conclusion: str
    countdown: Countdown
    counts: CampaignCounts

    @property
    def starts_on(self) -> date:
        return self.draft.phases[0].starts_on

    @property
    def ends_on(self) -> date:
        return self.draft.phases[-1].ends_on


class Campaigns:
    """The office's campaigns."""

    def __init__(self, office: OpenOffice) -> None:
        self.office = office

    def save(
        self, draft: CampaignDraft, *, by: Actor, campaign_id: int | None = None, version: int | None = None
    ) -> CampaignDetail:
        """Begin a campaign, or change one that was not ended."""
        require(by, Right.PLAN)
        self._refuse_odd(draft)
        with self.office.db.writing(self.office.act(by, "campaign.save")) as session:
            if campaign_id is None:
                record = Campaign(ended_on=None, ended_by="", conclusion="")
                record.entered_at, record.entered_by = self.office.clock.now(), by.name
                session.add(record)
            else:
                record = _found(session, campaign_id, by)
                _refuse_ended(record)
                if version is not None and version != record.version:
                    raise UserError(f"“{record.name}”刚被别人改过，请刷新看过再改")
            with session.no_autoflush:
                _refuse_taken(session, draft.name.strip(), campaign_id)
            record.name, record.basis = draft.name.strip(), draft.basis.strip()
            record.scope = draft.scope.as_json()
            record.phases = [phase.as_json() for phase in draft.phases]
            record.tasks = [task.as_json() for task in draft.tasks]
            session.flush()
            return detail_of(session, self.office, record, by)

    def end(self, campaign_id: int, *, on: date, by: Actor, conclusion: str = "") -> CampaignDetail:
        """Bring a campaign to its end; refused while anybody in its scope stands on no route."""
        require(by, Right.PLAN)
        with self.office.db.writing(self.office.act(by, "campaign.end")) as session:
            self.office.refuse_future(on)
            record = _found(session, campaign_id, by)
            _refuse_ended(record)
            detail = detail_of(session, self.office, record, by)
            if on < detail.starts_on:
                raise RuleError(f"“{record.name}”从 {detail.starts_on} 开始，不能在 {on} 收尾，请核对日期")
            undecided = detail.counts.undecided
            if undecided:
                asked = question(self.office, record, by)
                rows = asked.rows(session, CampaignShows.UNDECIDED, limit=3)
                some = "、".join(row.who.title for row in rows)
                more = f"等 {undecided} 户" if undecided > 3 else ""
                raise RuleError(
                    f"“{some}”{more}还没有定处置意见（督促办证、整改后登记、限期关停），"
                    f"“{record.name}”不能收尾；请先逐户定下"
                )
            record.ended_on, record.ended_by = on, by.name
            record.conclusion = conclusion.strip()
            counts = {code: getattr(detail.counts, code) for code in CampaignCounts.__slots__}
            session.trail.note("Campaign", record.id, counts)
            session.flush()
            return detail_of(session, self.office, record, by)

    def decide(self, campaign_id: int, ids: Sequence[int], route: str, *, by: Actor) -> CampaignDetail:
        """Put several on one of the three routes at once; the batch of each stays as it is."""
        require(by, Right.SURVEY)
        chosen = _route(route)
        with self.office.db.writing(self.office.act(by, "establishment.route")) as session:
            record = _found(session, campaign_id, by)
            _refuse_ended(record)
            work = Casework(session, self.office, by)
            for one in dict.fromkeys(ids):
                whose = work.establishment(one)
                batch = Disposition(whose.disposition) if whose.disposition else None
                put_on_route(work, whose, chosen, batch)
            session.flush()
            return detail_of(session, self.office, record, by)

    def all(self, *, by: Actor) -> tuple[CampaignDetail, ...]:
        """Return the campaigns that concern this person's villages, those that run in front."""
        require(by, Right.SEE)
        with self.office.db.reading() as session:
            return tuple(detail_of(session, self.office, record, by) for record in running_first(session, by))

    def detail(self, campaign_id: int, *, by: Actor) -> CampaignDetail:
        """Return one campaign with everybody it is about."""
        require(by, Right.SEE)
        with self.office.db.reading() as session:
            return detail_of(session, self.office, _found(session, campaign_id, by), by)

    def page(
        self,
        campaign_id: int,
        shows: CampaignShows = CampaignShows.ALL,
        *,
        by: Actor,
        offset: int = 0,
        limit: int | None = PAGE,
    ) -> tuple[CampaignRow, ...]:
        """Return a page of whom a campaign is about, by archive number; without a limit all that follow."""
        require(by, Right.SEE)
        with self.office.db.reading() as session:
            asked = question(self.office, _found(session, campaign_id, by), by)
            return tuple(asked.rows(session, shows, offset=offset, limit=limit))

    def ids(self, campaign_id: int, shows: CampaignShows, *, by: Actor) -> tuple[int, ...]:
        """Return who belongs to a part of a campaign."""
        require(by, Right.SEE)
        with self.office.db.reading() as session:
            return question(self.office, _found(session, campaign_id, by), by).ids(session, shows)

    def export(self, campaign_id: int, target: Path, *, by: Actor) -> int:
        """Write a campaign as a workbook: its schedule, its figures, who was visited and who is left."""
        require(by, Right.EXPORT)
        profile = self.office.profile
        sender = Sender(profile.office, by.name, "", self.office.clock.today())
        with replacing(target) as path:
            with self.office.db.reading() as session:
                record = _found(session, campaign_id, by)
                detail = detail_of(session, self.office, record, by)
                name = detail.draft.name
                tasks = [(task.when, task.focus, task.measures, task.remark) for task in detail.draft.tasks]
                rows = question(self.office, record, by).rows(session, CampaignShows.ALL, limit=None)
                lines = (_line(row, profile.trade(row.who.kind).short_label) for row in rows)
                tables = [
                    schedule_table(f"{name}推进配档表", sender, tasks),
                    counts_table(f"{name}进展情况", sender, detail.counts.lines),
                    coverage_table(f"{name}全覆盖检查名单", sender, lines),
                ]
                write_tables(tables, path, made_at=self.office.clock.now())
            count = detail.counts.total
            with self.office.db.writing(self.office.act(by, "export")) as session:
                session.trail.note("Campaign", campaign_id, {"rows": count, "file": target.name})
        return count

    def _refuse_odd(self, draft: CampaignDraft) -> None:
        if not draft.name.strip() or len(draft.name.strip()) > MOST_LETTERS:
            raise UserError(f"专项整治要有名称，最多 {MOST_LETTERS} 个字")
        if len(draft.basis.strip()) > MOST_OF_BASIS:
            raise UserError(f"依据最多 {MOST_OF_BASIS} 个字，写文件名称和文号就够了")
        refuse_unknown(self.office, draft.scope)
        wrong = disorder(draft.phases, draft.tasks)
        if wrong:
            raise UserError(wrong)


def running_first(session: Session, by: Actor) -> list[Campaign]:
    """Return the campaigns that concern a person's villages, those that were not ended in front."""
    records = session.scalars(select(Campaign).order_by(Campaign.ended_on.is_not(None), Campaign.id.desc()))
    return [record for record in records if _concerns(record, by)]


def detail_of(session: Session, office: OpenOffice, record: Campaign, by: Actor) -> CampaignDetail:
    """Return a campaign inside an open block."""
    scope = Scope.of_json(record.scope)
    phases = tuple(map(Phase.of_json, record.phases))
    today = office.clock.today()
    ended = Countdown(f"{record.ended_on} 已收尾") if record.ended_on else None
    return CampaignDetail(
        id=record.id,
        version=record.version,
        draft=CampaignDraft(record.name, phases, scope, tuple(map(Task.of_json, record.tasks)), record.basis),
        scope=scope_words(session, office, scope),
        ended_on=record.ended_on,
        ended_by=record.ended_by,
        conclusion=record.conclusion,
        countdown=ended or countdown(phases, today),
        counts=question(office, record, by).counts(session),
    )


def question(office: OpenOffice, record: Campaign, by: Actor) -> CampaignQuestion:
    """Ask whom a campaign is about, in its days."""
    phases = tuple(map(Phase.of_json, record.phases))
    first, last = phases[0].starts_on, record.ended_on or phases[-1].ends_on
    return CampaignQuestion(office, Scope.of_json(record.scope), by, first, last)


def _concerns(record: Campaign, by: Actor) -> bool:
    village, villages = village_scope(by), record.scope["village_ids"]
    return village is None or not villages or village in villages


def _found(session: Session, campaign_id: int, by: Actor) -> Campaign:
    record = session.get(Campaign, campaign_id)
    if record is None or not _concerns(record, by):
        raise UserError(f"没有编号为 {campaign_id} 的专项整治，请核对后再试")
    return record


def _refuse_ended(record: Campaign) -> None:
    if record.ended_on is not None:
        raise RuleError(f"“{record.name}”已在 {record.ended_on} 收尾，不能再改；要继续整治请另立一个")


def _refuse_taken(session: Session, name: str, campaign_id: int | None) -> None:
    taken = session.scalar(select(Campaign.id).where(Campaign.name == name))
    if taken is not None and taken != campaign_id:
        raise UserError(f"已经有“{name}”这个专项整治，请换一个名称，如加上年份")


def _route(typed: str) -> Route:
    routes = [route for route in Route if route is not Route.UNDECIDED]
    for route in routes:
        if typed.strip() in {route, route.label}:
            return route
    known = "、".join(f"{route}（{route.label}）" for route in routes)
    raise UserError(f"没有“{typed}”这种处置意见；可用：{known}")


def _line(row: CampaignRow, kind: str) -> CampaignLine:
    return CampaignLine(
        archive_number=row.who.archive_number,
        kind=kind,
        name=row.who.title,
        operator_name=row.who.operator_name,
        village=row.who.village,
        address=row.who.address,
        visited_on=row.visited_on,
        open_count=row.open_count,
        standing="已登记" if row.who.is_registered else row.who.route.label,
    )
