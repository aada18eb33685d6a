"""Rows of workbooks that may be there already (疑似重复): shown beside what they may be, and decided."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.act import Actor
from desktop.domain.called import called
from desktop.domain.duplicates import Decision
from desktop.domain.forms import CORE_FIELDS, Answer, Answers, SurveyForm, check_across
from desktop.domain.lifecycle import OperatingStatus
from desktop.domain.masking import mask
from desktop.errors import ChangedMeanwhileError, NotAllowedError, UserError
from desktop.models.establishment import Establishment
from desktop.models.imports import ImportRow, ImportRun, ParkedDuplicate
from desktop.services.imports.matching import Traits, Verdict, judge
from desktop.services.imports.planning import is_no_change
from desktop.services.imports.writing import import_row_of, remember_taken, sheet_of
from desktop.services.office.villages import VillageRow, villages_of
from desktop.services.open_office import OpenOffice
from desktop.services.rectification.cases import Casework
from desktop.services.register.alike_records import are_told_apart
from desktop.services.register.dossiers import answer_words
from desktop.services.register.duplicates import Alike, alike_in
from desktop.services.rights import Right, require, village_scope
from desktop.services.survey.answers import answers_of, restored, stored_answers, with_texts
from desktop.services.survey.closed_before import met_elsewhere
from desktop.services.survey.met_again import met_by_sheet
from desktop.services.survey.rounds import current_round_id
from desktop.services.survey.surveys import Surveys
from desktop.sheets.ledger import reading_form

_ELSEWHERE = "可能是登记在别村的一户，只能由镇食安办认定；请报镇食安办"


@dataclass(frozen=True, slots=True)
class ParkedField:
    """One answer of a row beside that of the record, in words; personal numbers are masked."""

    code: str
    label: str
    stated: str
    has: str
    differs: bool


@dataclass(frozen=True, slots=True)
class ParkedMatch:
    """The record that a row may be, as it stands now."""

    id: int
    version: int
    archive_number: str
    title: str
    village: str
    operating_status: OperatingStatus


@dataclass(frozen=True, slots=True)
class ParkedRow:
    """A row that waits for somebody's word; ``note`` says what whoever decides must know."""

    id: int
    version: int
    file: str
    sheet: str
    row: int
    kind: str
    title: str
    village: str
    alike: tuple[str, ...]
    is_sure: bool
    fields: tuple[ParkedField, ...]
    match: ParkedMatch | None
    note: str
    may_decide: bool


@dataclass(frozen=True, slots=True)
class Decided:
    """What a decision came to: the record that the row went into, if any, and what is to be done next."""

    decision: Decision
    establishment_id: int | None
    archive_number: str
    next_step: str


class ParkedDuplicates:
    """Says what is parked, and takes one decision at a time; each is one transaction."""

    def __init__(self, office: OpenOffice, surveys: Surveys, new_identity: Callable[[], UUID]) -> None:
        self.office = office
        self.surveys = surveys
        self.new_identity = new_identity

    def waiting(self, *, by: Actor, limit: int = 500) -> tuple[ParkedRow, ...]:
        """Return what waits, the sure ones first; a village sees its own rows and no other's records."""
        require(by, Right.IMPORT)
        with self.office.db.reading() as session:
            villages = villages_of(session)
            query = (
                select(ParkedDuplicate, ImportRun.file, Establishment)
                .outerjoin(ImportRun, ParkedDuplicate.import_id == ImportRun.id)
                .outerjoin(Establishment, ParkedDuplicate.establishment_id == Establishment.id)
                .where(ParkedDuplicate.resolution.is_(None))
                .order_by(ParkedDuplicate.id)
                .limit(limit)
            )
            scope = village_scope(by)
            if scope is not None:
                own = next(village.name for village in villages if village.id == scope)
                query = query.where(ParkedDuplicate.answers["village"].as_string() == own)
            rows = [
                self._row(_Parked.of(self.office, parked, record, villages), file or "", by)
                for parked, file, record in session.execute(query)
            ]
        return tuple(sorted(rows, key=lambda row: (not row.is_sure, row.id)))

    def others(self, parked_id: int, *, by: Actor) -> tuple[Alike, ...]:
        """Return further records that a row is alike to: it and its match may be one, entered twice."""
        require(by, Right.JOIN)
        with self.office.db.reading() as session:
            villages = villages_of(session)
            parked = session.get(ParkedDuplicate, parked_id)
            record = session.get(Establishment, (parked.establishment_id if parked else None) or 0)
            if parked is None or record is None or parked.resolution is not None:
                return ()
            one = _Parked.of(self.office, parked, record, villages)
            found = alike_in(session, self.office, parked.kind, one.answers, villages, except_id=record.id)
            return tuple(other for other in found if not are_told_apart(session, record.id, other.id))

    def decide_same(
        self, parked_id: int, *, version: int, record_version: int, take: Iterable[str], by: Actor
    ) -> Decided:
        """Take the chosen answers of a row into the record; one met on a later day than it ended opens again.

        Raises ``ChangedMeanwhileError`` where row or record are not as they were shown.
        """
        require(by, Right.IMPORT)
        with self.office.db.writing(self.office.act(by, "duplicate.same")) as session:
            villages = villages_of(session)
            one = self._open(session, parked_id, version, villages, by)
            record = one.record
            if record is None:
                raise UserError("对照的档案已经不在；这一行可以按另一户收入，或者不收")
            if record.version != record_version:
                raise ChangedMeanwhileError(
                    f"{record.archive_number} 刚被别人改过，这一行还没有认；请看过现在的内容再定"
                )
            is_one_trade = record.kind == one.parked.kind
            self._take(session, one, record, set(take) if is_one_trade else set(), villages, by)
            self._close(one.parked, Decision.SAME, record.id, "", by)
            met_on = one.answers.get("surveyed_on")
            said = met_by_sheet(Casework(session, self.office, by), record, met_on)
            next_step = said[0].message if said else ""
            return Decided(Decision.SAME, record.id, record.archive_number, next_step)

    def decide_different(self, parked_id: int, *, version: int, by: Actor) -> Decided:
        """Take a row in as an establishment of its own; refused where it surely is one that has ended."""
        require(by, Right.IMPORT)
        with self.office.db.writing(self.office.act(by, "duplicate.different")) as session:
            villages = villages_of(session)
            one = self._open(session, parked_id, version, villages, by)
            if one.is_sure and one.record is not None and _has_ended(one.record):
                raise UserError(
                    f"这一行和 {one.record.archive_number} 是同一户，它已关停或取缔，再出现属“死灰复燃”，"
                    "不能另建一户；请按“是同一户”认定，再录入“回头看”"
                )
            answers = with_texts(one.answers)
            record = self.surveys.add_in(
                session, one.parked.kind, answers, one.village, by=by, identity=self._identity(session, one)
            )
            self._count_for_round(session, one, record, answers)
            session.flush()
            if row := _row_of(session, one.parked):
                row.outcome, row.establishment_id, row.version_after = "new", record.id, record.version
            self._close(one.parked, Decision.DIFFERENT, record.id, "", by)
            said = met_elsewhere(session, self.office.profile, record, self.office.clock.today())
            next_step = "；".join(problem.message for problem in said)
            return Decided(Decision.DIFFERENT, record.id, record.archive_number, next_step)

    def drop(self, parked_id: int, *, version: int, reason: str, by: Actor) -> Decided:
        """Leave a row out; the reason is kept."""
        require(by, Right.IMPORT)
        if not reason.strip():
            raise UserError("不收这一行要写明原因，操作日志里要记")
        act = self.office.act(by, "duplicate.drop", reason=reason.strip())
        with self.office.db.writing(act) as session:
            one = self._open(session, parked_id, version, villages_of(session), by)
            self._close(one.parked, Decision.DROP, one.parked.establishment_id, reason.strip(), by)
            return Decided(Decision.DROP, None, "", "")

    def _row(self, one: "_Parked", file: str, by: Actor) -> ParkedRow:
        parked, record = one.parked, one.record
        is_elsewhere = one.is_beyond(village_scope(by))
        if is_elsewhere:
            record = None
        fields = tuple(self._fields(one, with_record=record is not None))
        answers = one.answers
        name, operator, products = (answers.get(code) for code in ("name", "operator_name", "products"))
        return ParkedRow(
            id=parked.id,
            version=parked.version,
            file=file,
            sheet=parked.sheet,
            row=parked.row,
            kind=parked.kind,
            title=called(str(name or ""), str(operator or ""), str(products or "")),
            village=one.village.name,
            alike=() if is_elsewhere else one.alike,
            is_sure=not is_elsewhere and one.is_sure,
            fields=fields,
            match=_match(record, one.record_village) if record is not None else None,
            note=_ELSEWHERE if is_elsewhere else _note(record),
            may_decide=not is_elsewhere,
        )

    def _fields(self, one: "_Parked", *, with_record: bool) -> Iterable[ParkedField]:
        masking = self.office.profile.masking
        presets = {"operator_id_number": masking.identity_number, "phone": masking.phone}
        has = one.has if with_record else {}
        for question in one.form.questions:
            stated, there = one.answers.get(question.code), has.get(question.code)
            if stated is None:
                continue
            words, other = answer_words(question, stated), answer_words(question, there)
            if preset := presets.get(question.code):
                words, other = (mask(text, preset) if text else "" for text in (words, other))
            differs = with_record and not is_no_change(question.code, there, stated)
            is_one_trade = one.record is not None and one.record.kind == one.parked.kind
            yield ParkedField(
                question.code, question.header or question.label, words, other, differs and is_one_trade
            )

    def _open(
        self,
        session: Session,
        parked_id: int,
        version: int,
        villages: tuple[VillageRow, ...],
        by: Actor,
    ) -> "_Parked":
        """Return a row that waits and that this person may decide, held until the end of the block."""
        query = select(ParkedDuplicate).where(ParkedDuplicate.id == parked_id).with_for_update()
        parked = session.scalar(query)
        if parked is None:
            raise UserError(f"没有编号为 {parked_id} 的疑似重复，那次导入可能已经撤回；请刷新后再看")
        record = session.get(Establishment, parked.establishment_id or 0)
        one = _Parked.of(self.office, parked, record, villages)
        if village_scope(by) not in {None, one.village.id}:
            raise NotAllowedError(f"“{by.name}”是村级账号，只能办本村的事；请报镇食安办办理")
        if one.is_beyond(village_scope(by)):
            raise NotAllowedError(f"这一行{_ELSEWHERE}")
        if parked.resolution is not None:
            word = Decision(parked.resolution).label
            raise ChangedMeanwhileError(f"这一行已由“{parked.decided_by}”认定为“{word}”，没有再动")
        if parked.version != version:
            raise ChangedMeanwhileError("这一行刚被别人改过，还没有认；请刷新后再定")
        return one

    def _take(
        self,
        session: Session,
        one: "_Parked",
        record: Establishment,
        take: set[str],
        villages: tuple[VillageRow, ...],
        by: Actor,
    ) -> None:
        """Write the chosen answers over the record as an import does, so that an undo finds what was."""
        was: dict[str, Any] = {**record.answers, **one.has}
        changes = {
            code: stated
            for code, stated in one.answers.items()
            if code in take and stated is not None and not is_no_change(code, one.has.get(code), stated)
        }
        row = _row_of(session, one.parked)
        if not changes:
            if row is not None:
                row.establishment_id = record.id
            return
        merged = with_texts({**was, **changes})
        if problems := check_across(one.form, merged):
            raise UserError(f"{problems[0].message}；请改选这一项取哪一边")
        village = next(village for village in villages if village.name == merged["village"])
        before = record.version
        self.surveys.change_in(session, record, merged, village, by=by)
        self._count_for_round(session, one, record, merged)
        session.flush()
        if row is not None:
            remember_taken(session, row, record, before, stored_answers(was))

    def _count_for_round(
        self, session: Session, one: "_Parked", record: Establishment, answers: Answers
    ) -> None:
        run = session.get(ImportRun, one.parked.import_id or 0)
        round_id = current_round_id(session, self.office.clock.today())
        if run is not None and round_id is not None:
            session.add(sheet_of(run, round_id, record, answers))

    def _identity(self, session: Session, one: "_Parked") -> UUID:
        """Return the identity that the row brings along, so that its workbook finds the record again."""
        own = one.parked.identity
        is_free = own and session.scalar(select(Establishment.id).where(Establishment.uuid == own)) is None
        return UUID(own) if own and is_free else self.new_identity()

    def _close(
        self, parked: ParkedDuplicate, decision: Decision, record_id: int | None, reason: str, by: Actor
    ) -> None:
        parked.resolution = decision
        parked.establishment_id = record_id
        parked.reason = reason
        parked.decided_at = self.office.clock.now()
        parked.decided_by = by.name


@dataclass(frozen=True, slots=True)
class _Parked:
    """A parked row with its answers read, and the record that it may be."""

    parked: ParkedDuplicate
    record: Establishment | None
    form: SurveyForm
    answers: Answers
    village: VillageRow
    has: Mapping[str, Answer]
    record_village: str
    alike: tuple[str, ...]
    is_sure: bool

    @classmethod
    def of(
        cls,
        office: OpenOffice,
        parked: ParkedDuplicate,
        record: Establishment | None,
        villages: Sequence[VillageRow],
    ) -> "_Parked":
        form = reading_form(office.profile, parked.kind)
        types = {question.code: question.type for question in form.questions}
        answers = {
            code: restored(types[code], value) for code, value in parked.answers.items() if code in types
        }
        village = next(one for one in villages if one.name == answers["village"])
        has: Mapping[str, Answer] = {}
        record_village, alike, verdict = "", tuple(parked.alike), Verdict.UNSURE
        if record is not None:
            its_village = next(one for one in villages if one.id == record.village_id)
            record_village = its_village.name
            its_form = reading_form(office.profile, record.kind)
            has = {
                code: answer
                for code, answer in answers_of(record, its_form, record_village).items()
                if record.kind == parked.kind or code in CORE_FIELDS
            }
            verdict, alike = judge(
                Traits.of(parked.kind, answers, village, office.profile),
                Traits.of(record.kind, has, its_village, office.profile),
            )
        is_sure = verdict in {Verdict.SURE, Verdict.SAME}
        return cls(parked, record, form, answers, village, has, record_village, alike, is_sure)

    def is_beyond(self, scope: int | None) -> bool:
        """Tell whether the record lies beyond a village scope: who has it may not know the record."""
        return scope is not None and self.record is not None and self.record.village_id != scope


def _has_ended(record: Establishment) -> bool:
    return OperatingStatus(record.operating_status).has_ended


def _match(record: Establishment, village: str) -> ParkedMatch:
    return ParkedMatch(
        id=record.id,
        version=record.version,
        archive_number=record.archive_number,
        title=called(record.name, record.operator_name, record.products),
        village=village,
        operating_status=OperatingStatus(record.operating_status),
    )


def _note(record: Establishment | None) -> str:
    if record is None:
        return "对照的档案已经不在；可以按另一户收入，或者不收"
    if _has_ended(record):
        return "档案里已关停或取缔的户又出现了（死灰复燃）；认定为同一户后，关停以后调查的另立整改"
    return ""


def _row_of(session: Session, parked: ParkedDuplicate) -> ImportRow | None:
    """Return what the import remembers of a parked row."""
    return import_row_of(session, parked.import_id, parked.sheet, parked.row)
