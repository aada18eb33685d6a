"""Message lists: whom to tell that something is due, expires or lies ready, and who was told."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.act import Actor
from desktop.domain.called import called
from desktop.domain.masking import mask
from desktop.domain.messages import Means, Occasion
from desktop.domain.paperwork import filled
from desktop.domain.wall import WallFilters
from desktop.errors import RuleError, UserError
from desktop.models.establishment import Establishment
from desktop.models.messages import MessageEntry
from desktop.services.open_office import OpenOffice
from desktop.services.rectification.message_subjects import subjects
from desktop.services.rectification.wall import words_of
from desktop.services.register.establishments import reachable
from desktop.services.rights import Right, require

MOST = 1000
"""Nobody calls more people than this in one go; what is beyond comes when these were told."""

_BATCH = 500


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
    number: str
    on: date
    is_late: bool


class Messages:
    """What the office says to people, and that it has said it; it sends nothing by itself."""

    def __init__(self, office: OpenOffice) -> None:
        self.office = office

    def waiting(self, occasion: Occasion, filters: WallFilters, *, by: Actor) -> tuple[MessageRow, ...]:
        """Return whom to tell, first who was not told yet, then the most urgent first.

        Who was told already stays on the list, with the day, behind the others.
        """
        require(by, Right.SEE)
        asked = subjects(self.office, occasion, filters, by)
        today = self.office.clock.today()
        with self.office.db.reading() as session:
            found = [
                (_Subject(subject_id, number, on, is_late=occasion is Occasion.DUE and on < today), *whose)
                for subject_id, number, on, *whose in session.execute(asked.query.limit(MOST))
            ]
            told: dict[int, Told] = {}
            numbers: dict[int, str] = {}
            for batch in _batches([subject.id for subject, *_ in found]):
                told |= _told(session, occasion, batch)
                if occasion is Occasion.DUE:
                    numbers |= {one: words.number for one, words in words_of(session, batch).items()}
            return tuple(
                self._row(occasion, one, (record, village), told.get(one.id), numbers.get(one.id, one.number))
                for one, record, village in found
            )

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
        wanted = list(dict.fromkeys(subject_ids))
        asked = subjects(self.office, occasion, WallFilters(), by)
        with self.office.db.writing(self.office.act(by, "message.told")) as session:
            whose: dict[int, int] = {}
            for batch in _batches(wanted):
                found = session.execute(asked.query.where(asked.id.in_(batch)))
                whose |= {subject_id: record.id for subject_id, _, _, record, _ in found}
            gone = [one for one in wanted if one not in whose]
            if gone:
                numbers = "、".join(map(str, gone))
                raise RuleError(
                    f"“{occasion.label}”名单上没有编号为 {numbers} 的（办完了或者改了期限），请刷新后再记"
                )
            for subject_id in wanted:
                session.add(
                    MessageEntry(
                        establishment_id=whose[subject_id],
                        occasion=occasion,
                        subject_id=subject_id,
                        means=means,
                        told_on=on,
                        entered_at=self.office.clock.now(),
                        entered_by=by.name,
                    )
                )
        return len(wanted)

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


def _batches(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[start : start + _BATCH] for start in range(0, len(ids), _BATCH))


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
