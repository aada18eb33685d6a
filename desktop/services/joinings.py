"""Two records of one establishment become one (并档), and are told apart again.

What was written about the other one goes over to the record that is kept; the other one itself is set aside
with all it said. So every list, count and table is right without knowing of it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Date, Numeric, delete, select
from sqlalchemy.orm import Session

from desktop.domain.act import Actor
from desktop.domain.forms import Answer, check_across
from desktop.domain.lifecycle import OperatingStatus, RegistrationStatus
from desktop.domain.masking import mask
from desktop.errors import ChangedMeanwhileError, UserError
from desktop.models.base import Moment
from desktop.models.establishment import Establishment, JoinedEstablishment, SearchKey
from desktop.models.exchange import ExchangeConflict, ExchangeRow
from desktop.models.imports import ImportRow, ParkedDuplicate
from desktop.models.register import Base
from desktop.models.registration import Paper
from desktop.services.answers import answers_of, put_answers, restored_answers, stored, stored_answers
from desktop.services.cases import Casework
from desktop.services.dossiers import answer_words
from desktop.services.establishments import called, reachable
from desktop.services.finding import put_search_keys
from desktop.services.import_planning import is_no_change
from desktop.services.open_office import OpenOffice
from desktop.services.rights import Right, require, require_village
from desktop.services.standing_changes import log_change
from desktop.services.villages import villages_of
from desktop.sheets.ledger import reading_form

_BOOKKEEPING = (ImportRow, ParkedDuplicate, ExchangeRow, ExchangeConflict)
"""What others said of a record: it changes nothing about it."""

_IN_HAND = frozenset(
    {
        RegistrationStatus.APPLIED,
        RegistrationStatus.TO_COMPLETE,
        RegistrationStatus.ACCEPTED,
        RegistrationStatus.SITE_CHECK,
    }
)
_DECIDED = ("registration_status", "route", "disposition", "banned_until")
_TEXTS = ("operator_name", "address")


@dataclass(frozen=True, slots=True)
class JoinField:
    """One answer of both records, in words; personal numbers are masked."""

    code: str
    label: str
    kept: str
    other: str
    differs: bool


@dataclass(frozen=True, slots=True)
class JoinSide:
    """One of the two, as it stands now."""

    id: int
    version: int
    archive_number: str
    title: str
    village: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Both records side by side; ``refusal`` says what must be settled before they can be joined."""

    kept: JoinSide
    other: JoinSide
    fields: tuple[JoinField, ...]
    refusal: str


@dataclass(frozen=True, slots=True)
class JoinedRecord:
    """A record that was joined to another one."""

    id: int
    archive_number: str
    title: str
    joined_on: date
    joined_by: str


class Joinings:
    """Compares two records, joins them, and takes a joining back."""

    def __init__(self, office: OpenOffice) -> None:
        self.office = office

    def compare(self, kept_id: int, archive_number: str, *, by: Actor) -> Comparison:
        """Return both side by side; the other one is named by its archive number."""
        require(by, Right.JOIN)
        with self.office.db.reading() as session:
            kept = reachable(session, kept_id, by)
            number = archive_number.strip()
            other = session.scalar(select(Establishment).where(Establishment.archive_number == number))
            if other is None:
                raise UserError(f"没有档案编号为“{number}”的户，请核对后再填")
            require_village(by, other.village_id)
            names = {village.id: village.name for village in villages_of(session)}
            return Comparison(
                kept=_side(kept, names),
                other=_side(other, names),
                fields=tuple(self._fields(kept, other, names)) if kept.kind == other.kind else (),
                refusal=_refusal(session, kept, other),
            )

    def join(
        self, kept_id: int, other_id: int, *, versions: tuple[int, int], take: Iterable[str], by: Actor
    ) -> str:
        """Join the other one to the kept one, with the chosen answers of it; return its archive number."""
        require(by, Right.JOIN)
        with self.office.db.writing(self.office.act(by, "establishment.join")) as session:
            kept, other = reachable(session, kept_id, by), reachable(session, other_id, by)
            if (kept.version, other.version) != versions:
                raise ChangedMeanwhileError("两户中有一户刚被别人改过，没有并档；请看过现在的内容再定")
            if refusal := _refusal(session, kept, other):
                raise UserError(refusal)
            before = {
                **self._take(session, kept, other, set(take)),
                "newest": _leave_one(session, kept, other),
            }
            title = called(other.name, other.operator_name, other.products)
            joined = JoinedEstablishment(
                establishment_id=kept.id,
                archive_number=other.archive_number,
                title=title,
                said={column.key: stored(getattr(other, column.key)) for column in _columns()},
                moved=_move(session, _written_about(session, other.id), kept.id),
                before=before,
                state={},
                undone_at=None,
                undone_by=None,
                entered_at=self.office.clock.now(),
                entered_by=by.name,
            )
            number = other.archive_number
            self._log(session, kept, "joined", f"{number} {title}", kept.archive_number, by)
            session.execute(delete(SearchKey).where(SearchKey.establishment_id == other.id))
            session.flush()
            session.delete(other)
            session.flush()
            joined.state = _state(session, kept)
            session.add(joined)
            session.flush()
            put_search_keys(session, kept)
            return number

    def of(self, establishment_id: int, *, by: Actor) -> tuple[JoinedRecord, ...]:
        """Return what was joined to a record, the newest first."""
        require(by, Right.SEE)
        with self.office.db.reading() as session:
            record = reachable(session, establishment_id, by)
            query = select(JoinedEstablishment).where(
                JoinedEstablishment.establishment_id == record.id, JoinedEstablishment.undone_at.is_(None)
            )
            return tuple(
                JoinedRecord(one.id, one.archive_number, one.title, one.entered_at.date(), one.entered_by)
                for one in session.scalars(query.order_by(JoinedEstablishment.id.desc()))
            )

    def separate(self, joined_id: int, *, by: Actor) -> str:
        """Tell the two apart again, as they were; refused where anything was changed since."""
        require(by, Right.JOIN)
        with self.office.db.writing(self.office.act(by, "establishment.separate")) as session:
            joined = session.get(JoinedEstablishment, joined_id)
            if joined is None:
                raise UserError(f"没有编号为 {joined_id} 的并档，请刷新后再看")
            kept = reachable(session, joined.establishment_id, by)
            if joined.undone_at is not None:
                raise UserError(f"{joined.archive_number} 的并档已经撤回过了，没有再动")
            if joined.state != _state(session, kept, without=joined.id):
                raise UserError(
                    f"并档以后 {kept.archive_number} 又办过事，{joined.archive_number} 不能再分出来；"
                    "要改的请在现在的档案里改"
                )
            other = _as_it_was(joined.said)
            session.add(other)
            _say_newest(session, _papers(session, kept), [])
            _move_back(session, joined.moved, other, joined.said["version"])
            papers = [*_papers(session, kept), *_papers(session, other)]
            _say_newest(session, papers, joined.before["newest"])
            self._restore(session, kept, joined.before)
            self._log(session, kept, "separated", kept.archive_number, joined.archive_number, by)
            joined.undone_at, joined.undone_by = self.office.clock.now(), by.name
            session.flush()
            for record in (kept, other):
                put_search_keys(session, record)
            return joined.archive_number

    def _fields(
        self, kept: Establishment, other: Establishment, villages: Mapping[int, str]
    ) -> Iterable[JoinField]:
        masking = self.office.profile.masking
        presets = {"operator_id_number": masking.identity_number, "phone": masking.phone}
        form = reading_form(self.office.profile, kept.kind)
        here = answers_of(kept, form, villages[kept.village_id])
        there = answers_of(other, form, villages[other.village_id])
        for question in form.questions:
            code = question.code
            sides = [answer_words(question, answers.get(code)) for answers in (here, there)]
            if not any(sides):
                continue
            if preset := presets.get(code):
                sides = [mask(text, preset) if text else "" for text in sides]
            differs = not is_no_change(code, here.get(code), there.get(code))
            yield JoinField(code, question.header or question.label, sides[0], sides[1], differs)

    def _take(
        self, session: Session, kept: Establishment, other: Establishment, take: set[str]
    ) -> dict[str, Any]:
        """Write the chosen answers into the kept one; return what it said before."""
        villages = {village.id: village for village in villages_of(session)}
        form = reading_form(self.office.profile, kept.kind)
        has = answers_of(kept, form, villages[kept.village_id].name)
        theirs = answers_of(other, form, villages[other.village_id].name)
        was: dict[str, Answer] = {**kept.answers, **has}
        before = {
            "answers": stored_answers(was),
            **{column: stored(getattr(kept, column)) for column in _DECIDED},
        }
        merged = {**was, **{code: theirs[code] for code in take if code in theirs}}
        merged |= {code: merged.get(code) or "" for code in _TEXTS}
        if problems := check_across(form, merged):
            raise UserError(f"{problems[0].message}；请改选这一项取哪一户的")
        put_answers(kept, merged, villages[other.village_id if "village" in take else kept.village_id])
        if _living(session, other) or kept.registration_status == RegistrationStatus.UNREGISTERED:
            kept.registration_status = other.registration_status
        if kept.route == "undecided":
            kept.route, kept.disposition = other.route, other.disposition
        kept.banned_until = max(filter(None, (kept.banned_until, other.banned_until)), default=None)
        return before

    def _restore(self, session: Session, kept: Establishment, before: Mapping[str, Any]) -> None:
        form = reading_form(self.office.profile, kept.kind)
        answers = restored_answers(form, before["answers"])
        village = next(one for one in villages_of(session) if one.name == answers["village"])
        put_answers(kept, {**answers, **{code: answers.get(code) or "" for code in _TEXTS}}, village)
        for column in _DECIDED:
            setattr(kept, column, _restored(column, before[column]))

    def _log(self, session: Session, kept: Establishment, change: str, old: str, new: str, by: Actor) -> None:
        work = Casework(session, self.office, by)
        log_change(work, kept, change, old, new, on=self.office.clock.today(), note="")


def _side(record: Establishment, villages: Mapping[int, str]) -> JoinSide:
    title = called(record.name, record.operator_name, record.products)
    return JoinSide(record.id, record.version, record.archive_number, title, villages[record.village_id])


def _refusal(session: Session, kept: Establishment, other: Establishment) -> str:
    """Return what must be settled first; empty where the two can be joined."""
    both = f"{kept.archive_number} 和 {other.archive_number}"
    if kept.id == other.id:
        return f"{kept.archive_number} 就是这一户，请填另一户的档案编号"
    if kept.kind != other.kind:
        return f"{both} 类别不同，各办各的登记，不能并档"
    ended = [record for record in (kept, other) if OperatingStatus(record.operating_status).has_ended]
    if len(ended) == 1:
        return (
            f"{ended[0].archive_number} 已关停或取缔，另一户还在经营，属“死灰复燃”，不能并档；请录入“回头看”"
        )
    papers = [paper for record in (kept, other) if (paper := _living(session, record))]
    if len(papers) == 2:
        numbers = "、".join(paper.number for paper in papers)
        return f"{both} 各有一张有效的证卡（{numbers}），一处只能有一张；请先决定作废或注销哪一张，再并档"
    if all(record.registration_status in _IN_HAND for record in (kept, other)):
        return f"{both} 都有在办的登记申请；请先办结或撤回其中一件，再并档"
    return ""


def _living(session: Session, record: Establishment) -> Paper | None:
    query = select(Paper).where(Paper.establishment_id == record.id, Paper.living_place.is_not(None))
    return session.scalars(query.limit(1)).first()


def _papers(session: Session, record: Establishment) -> list[Paper]:
    return list(session.scalars(select(Paper).where(Paper.establishment_id == record.id).order_by(Paper.id)))


def _leave_one(session: Session, kept: Establishment, other: Establishment) -> list[int]:
    """Let one paper of both be the newest, the living one before all; return which were."""
    papers = [*_papers(session, kept), *_papers(session, other)]
    were = [paper for paper in papers if paper.is_newest]
    newest = max(were, key=lambda paper: (paper.living_place is not None, paper.id), default=None)
    _say_newest(session, papers, [newest.id] if newest is not None else [])
    return [paper.id for paper in were]


def _say_newest(session: Session, papers: Iterable[Paper], newest: Iterable[int]) -> None:
    known = set(newest)
    for paper in papers:
        paper.is_newest = paper.id in known
    session.flush()


def _columns() -> tuple[Any, ...]:
    return tuple(Establishment.__mapper__.column_attrs)


def _owners() -> tuple[type[Any], ...]:
    """Return every class whose records are about an establishment; a new one is among them by itself."""
    target = Establishment.__table__.c.id
    owners = (mapper.class_ for mapper in Base.registry.mappers)
    found = [
        one
        for one in owners
        if one is not SearchKey
        and "establishment_id" in one.__table__.columns
        and one.__table__.columns["establishment_id"].references(target)
    ]
    return tuple(sorted(found, key=lambda one: str(one.__tablename__)))


def _written_about(session: Session, establishment_id: int) -> dict[str, list[Any]]:
    return {
        one.__tablename__: list(
            session.scalars(select(one).where(one.establishment_id == establishment_id).order_by(one.id))
        )
        for one in _owners()
    }


def _move(session: Session, written: Mapping[str, list[Any]], kept_id: int) -> dict[str, list[int]]:
    """Let the kept one have it all; what an import wrote is nobody's, so that no undo of it reaches here."""
    for records in written.values():
        for record in records:
            record.establishment_id = None if isinstance(record, ImportRow) else kept_id
    session.flush()
    return {table: [record.id for record in records] for table, records in written.items() if records}


def _move_back(session: Session, moved: Mapping[str, list[int]], other: Establishment, version: int) -> None:
    classes = {one.__tablename__: one for one in _owners()}
    for table, ids in moved.items():
        for record in session.scalars(select(classes[table]).where(classes[table].id.in_(ids))):
            record.establishment_id = other.id
            if isinstance(record, ImportRow):  # an import undoes only what it left as it is
                is_as_left = record.version_after == version
                record.version_after = other.version if is_as_left else None
    session.flush()


def _state(session: Session, kept: Establishment, *, without: int | None = None) -> dict[str, Any]:
    """Return how a record and all that was written about it stand: what is there, in which version."""
    state: dict[str, Any] = {"establishment": [[kept.id, kept.version]]}
    for one in _owners():
        if one in _BOOKKEEPING:
            continue
        table = one.__table__.columns
        columns = [table["id"], table["version"]] if "version" in table else [table["id"]]
        rows = session.execute(select(*columns).where(one.establishment_id == kept.id).order_by(one.id))
        is_this = one is JoinedEstablishment
        found = [list(row) for row in rows if not (is_this and row[0] == without)]
        if found:
            state[one.__tablename__] = found
    return state


def _as_it_was(said: Mapping[str, Any]) -> Establishment:
    return Establishment(
        **{code: _restored(code, value) for code, value in said.items() if code != "version"}
    )


def _restored(code: str, value: Any) -> Any:  # noqa: ANN401 - what JSON held
    """Read a column back from JSON."""
    kind = Establishment.__table__.columns[code].type
    match value, kind:
        case str(), Moment():
            return datetime.fromisoformat(value)
        case str(), Date():
            return date.fromisoformat(value)
        case str(), Numeric():
            return Decimal(value)
        case _:
            return value
