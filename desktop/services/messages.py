"""Message lists: whom to tell that something is due, expires or lies ready, and who was told."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from desktop.domain.act import Actor
from desktop.domain.lifecycle import PaperStatus
from desktop.domain.masking import mask
from desktop.domain.messages import Means, Occasion
from desktop.domain.paperwork import filled
from desktop.domain.wall import WallFilters
from desktop.errors import RuleError, UserError
from desktop.models.establishment import Establishment
from desktop.models.messages import MessageEntry
from desktop.models.office import Village
from desktop.models.registration import Paper
from desktop.services.deadlines import Deadlines
from desktop.services.establishments import called, reachable
from desktop.services.open_office import OpenOffice
from desktop.services.paper_collections import PaperCollections
from desktop.services.rights import Right, require, village_scope
from desktop.services.wall import words_of

MOST = 1000
"""Nobody calls more people than this in one go; what is beyond comes when these were told."""


@dataclass(frozen=True, slots=True)
class Told:
    """The last time that somebody was told, and how often it was in all."""

    on: date
    by: str
    means: Means
    count: int

    @property
    def words(self) -> str:
        """Say who told them when, as the list shows it."""
        often = f"，第 {self.count} 次" if self.count > 1 else ""
        return f"{self.on.month}月{self.on.day}日 {self.by} {self.means.label}{often}"


@dataclass(frozen=True, slots=True)
class MessageRow:
    """One person to be told: about which case or paper, with which words; the phone is masked."""

    subject_id: int
    establishment_id: int
    kind: str
    title: str
    operator_name: str
    village: str
    phone: str
    number: str
    on: date
    is_late: bool
    text: str
    told: Told | None


@dataclass(frozen=True, slots=True)
class _Subject:
    id: int
    establishment_id: int
    number: str
    on: date
    is_late: bool = False


class Messages:
    """What the office says to people, and that it has said it; it sends nothing by itself."""

    def __init__(self, office: OpenOffice) -> None:
        self.office = office

    def waiting(self, occasion: Occasion, filters: WallFilters, *, by: Actor) -> tuple[MessageRow, ...]:
        """Return whom to tell, the most urgent first; who was told already stays, with the day."""
        require(by, Right.SEE)
        subjects = self._subjects(occasion, by)
        with self.office.db.reading() as session:
            if occasion is Occasion.EXPIRING:
                subjects = tuple(self._expiring(session, by))
            records = _records(session, [one.establishment_id for one in subjects])
            told = _told(session, occasion, [one.id for one in subjects])
            numbers = words_of(session, [one.id for one in subjects]) if occasion is Occasion.DUE else {}
            return tuple(
                self._row(occasion, one, records[one.establishment_id], told.get(one.id), number)
                for one in subjects
                if _is_wanted(records[one.establishment_id][0], filters)
                for number in [numbers[one.id].number if one.id in numbers else one.number]
            )[:MOST]

    def phones(self, establishment_ids: Sequence[int], *, by: Actor) -> Mapping[int, str]:
        """Return whole telephone numbers, to call or to send to; the trail names whose were seen."""
        require(by, Right.REVEAL)
        with self.office.db.writing(self.office.act(by, "message.phones")) as session:
            found = [reachable(session, one, by) for one in dict.fromkeys(establishment_ids)]
            session.trail.note("Establishment", "", {"shown_in_full": [record.id for record in found]})
            return {record.id: record.phone or "" for record in found}

    def told(
        self, occasion: Occasion, subject_ids: Sequence[int], *, means: Means, on: date, by: Actor
    ) -> int:
        """Put down that people were told; only who stands on the list can have been told of it."""
        require(by, Right.INSPECT)
        if not subject_ids:
            raise UserError("没有勾选通知了谁，请先勾选")
        if on > self.office.clock.today():
            raise UserError(f"通知日期 {on} 还没有到，请填今天或以前的日期")
        rows = {row.subject_id: row for row in self.waiting(occasion, WallFilters(), by=by)}
        gone = [one for one in subject_ids if one not in rows]
        if gone:
            raise RuleError(
                f"“{occasion.label}”名单上没有编号为 {'、'.join(map(str, gone))} 的（办完了或者改了期限），"
                "请刷新后再记"
            )
        with self.office.db.writing(self.office.act(by, "message.told")) as session:
            for subject_id in dict.fromkeys(subject_ids):
                session.add(
                    MessageEntry(
                        establishment_id=rows[subject_id].establishment_id,
                        occasion=occasion,
                        subject_id=subject_id,
                        means=means,
                        told_on=on,
                        entered_at=self.office.clock.now(),
                        entered_by=by.name,
                    )
                )
        return len(dict.fromkeys(subject_ids))

    def _subjects(self, occasion: Occasion, by: Actor) -> tuple[_Subject, ...]:
        match occasion:
            case Occasion.DUE:
                today = self.office.clock.today()
                rows = Deadlines(self.office).overdue(today, by=by)
                return tuple(
                    _Subject(row.case_id, row.establishment_id, "", row.due_on, is_late=row.is_overdue)
                    for row in rows
                    if row.due_on is not None
                )
            case Occasion.COLLECT:
                papers = PaperCollections(self.office).waiting(by=by, limit=MOST)
                return tuple(
                    _Subject(row.paper_id, row.establishment_id, row.number, row.printed_on) for row in papers
                )
            case Occasion.EXPIRING:
                return ()

    def _expiring(self, session: Session, by: Actor) -> Iterator[_Subject]:
        """Return papers that expire within the days that the rule pack names for their trade."""
        today = self.office.clock.today()
        soon = [
            and_(
                Paper.kind == trade.code,
                Paper.valid_until <= today + days,
            )
            for trade in self.office.profile.trades
            for days in [timedelta(days=trade.paper.expiring_days)]
        ]
        query = (
            select(Paper.id, Paper.establishment_id, Paper.number, Paper.valid_until)
            .join(Establishment, Paper.establishment_id == Establishment.id)
            .where(Paper.status == PaperStatus.VALID, Paper.valid_until >= today, or_(*soon))
            .order_by(Paper.valid_until, Paper.id)
        )
        scope = village_scope(by)
        if scope is not None:
            query = query.where(Establishment.village_id == scope)
        for paper_id, establishment_id, number, until in session.execute(query):
            if until is not None:
                yield _Subject(paper_id, establishment_id, number, until)

    def _row(
        self,
        occasion: Occasion,
        subject: _Subject,
        found: tuple[Establishment, str],
        told: Told | None,
        number: str,
    ) -> MessageRow:
        record, village = found
        title = called(record.name, record.operator_name, record.products)
        return MessageRow(
            subject_id=subject.id,
            establishment_id=record.id,
            kind=record.kind,
            title=title,
            operator_name=record.operator_name,
            village=village,
            phone=mask(record.phone, self.office.profile.masking.phone) if record.phone else "",
            number=number,
            on=subject.on,
            is_late=subject.is_late,
            text=self._text(occasion, subject, record, number),
            told=told,
        )

    def _text(self, occasion: Occasion, subject: _Subject, record: Establishment, number: str) -> str:
        """Return the words of the rule pack; the first is for who is in time, the second for who is late."""
        wording = self.office.profile.wording(occasion.wording)
        if wording is None:
            return ""
        family = self.office.profile.family("township")
        words = {
            "经营者": record.operator_name,
            "名称": called(record.name, record.operator_name, record.products),
            "编号": number,
            "证卡": self.office.profile.trade(record.kind).paper.title,
            "日期": f"{subject.on.year}年{subject.on.month}月{subject.on.day}日",
            "联系单位": family.contact or family.issuer,
        }
        chosen = wording.paragraphs[-1 if subject.is_late else 0]
        return filled((chosen,), words, {})[0]


def _records(session: Session, ids: Sequence[int]) -> dict[int, tuple[Establishment, str]]:
    query = select(Establishment, Village.name).join(Village).where(Establishment.id.in_(ids))
    return {record.id: (record, village) for record, village in session.execute(query)}


def _told(session: Session, occasion: Occasion, subject_ids: Sequence[int]) -> dict[int, Told]:
    """Return for each subject the last time and how often it was."""
    query = (
        select(MessageEntry)
        .where(MessageEntry.occasion == occasion, MessageEntry.subject_id.in_(subject_ids))
        .order_by(MessageEntry.told_on, MessageEntry.id)
    )
    last: dict[int, Told] = {}
    for one in session.scalars(query):
        before = last[one.subject_id].count if one.subject_id in last else 0
        last[one.subject_id] = Told(one.told_on, one.entered_by, Means(one.means), before + 1)
    return last


def _is_wanted(record: Establishment, filters: WallFilters) -> bool:
    return (not filters.kinds or record.kind in filters.kinds) and (
        not filters.village_ids or record.village_id in filters.village_ids
    )
