"""What a workbook and the office say differently (交换冲突): shown with its base, decided field by field."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.act import Actor
from desktop.domain.called import called
from desktop.domain.forms import check_across
from desktop.domain.lifecycle import OperatingStatus
from desktop.domain.masking import mask
from desktop.errors import ChangedMeanwhileError, UserError
from desktop.models.establishment import Establishment
from desktop.models.exchange import ExchangeBook, ExchangeConflict
from desktop.models.imports import ImportRun
from desktop.services.exchange.months import month_words, other_side
from desktop.services.imports.writing import import_row_of, remember_taken
from desktop.services.office.villages import VillageRow, villages_of
from desktop.services.open_office import OpenOffice
from desktop.services.rectification.cases import Casework
from desktop.services.register.dossiers import answer_words
from desktop.services.register.joining_comparison import living_paper
from desktop.services.rights import Right, require, require_village, require_whole_town, village_scope
from desktop.services.survey.answers import answers_of, restored_answers, stored_answers, with_texts
from desktop.services.survey.standing_changes import change_by_survey
from desktop.services.survey.surveys import Surveys
from desktop.sheets.exchange_book import STATUS
from desktop.sheets.ledger import reading_form

THEIRS, HERE, BOTH = "theirs", "here", "both"
_STATUS_LABEL = "经营状态"


@dataclass(frozen=True, slots=True)
class ConflictField:
    """One field in words: what both began with, what stands here now, what the workbook says."""

    code: str
    label: str
    base: str
    here: str
    theirs: str


@dataclass(frozen=True, slots=True)
class ConflictRow:
    """A row that waits; without a record it is one that is parked or gone, and only its note is left."""

    id: int
    version: int
    record_id: int | None
    record_version: int
    title: str
    archive_number: str
    village: str
    side: str
    """Who says otherwise: 村里, or 区里 where it was the county."""

    month: date
    file: str
    sheet: str
    row: int | None
    fields: tuple[ConflictField, ...]
    note: str
    warning: str
    """What whoever decides must know: a paper that stands names the place."""

    @property
    def where(self) -> str:
        gone = f"{self.sheet}，{self.side}删去了这一行"
        place = f"{self.sheet} 第 {self.row} 行" if self.row is not None else gone
        return f"{self.file} · {place}"


@dataclass(frozen=True, slots=True)
class Settled:
    """What a decision came to: how many fields were taken from the village."""

    archive_number: str
    taken: int


class ExchangeConflicts:
    """Says what waits, and takes one decision at a time; each is one transaction."""

    def __init__(self, office: OpenOffice, surveys: Surveys) -> None:
        self.office = office
        self.surveys = surveys

    def waiting(self, *, by: Actor, limit: int = 500) -> tuple[ConflictRow, ...]:
        """Return what waits, the oldest first; a village sees its own only, and nothing of the county's."""
        require(by, Right.IMPORT)
        query = (
            select(ExchangeConflict, ExchangeBook, ImportRun.file, Establishment)
            .join(ExchangeBook, ExchangeConflict.book_id == ExchangeBook.id)
            .join(ImportRun, ExchangeConflict.import_id == ImportRun.id)
            .outerjoin(Establishment, ExchangeConflict.establishment_id == Establishment.id)
            .where(ExchangeConflict.resolution.is_(None))
            .order_by(ExchangeConflict.id)
            .limit(limit)
        )
        scope = village_scope(by)
        if scope is not None:
            query = query.where(ExchangeBook.village_id == scope)
        with self.office.db.reading() as session:
            villages = {village.id: village for village in villages_of(session)}
            return tuple(
                self._row(session, conflict, book, file, record, villages)
                for conflict, book, file, record in session.execute(query)
                if scope in {None, record.village_id if record is not None else scope}
            )

    def decide(
        self, conflict_id: int, *, version: int, record_version: int, take: Iterable[str], by: Actor
    ) -> Settled:
        """Take the chosen fields from the workbook and leave the others as they stand here.

        Raises ``ChangedMeanwhileError`` where conflict or record are not as they were shown.
        """
        require(by, Right.IMPORT)
        with self.office.db.writing(self.office.act(by, "exchange.decide")) as session:
            conflict = self._open(session, conflict_id, version, by)
            chosen = [code for code in conflict.theirs if code in set(take)]
            record = session.get(Establishment, conflict.establishment_id or 0)
            if record is not None:
                require_village(by, record.village_id)
                if record.version != record_version:
                    raise ChangedMeanwhileError(
                        f"{record.archive_number} 刚被别人改过，这一户还没有定；请看过现在的内容再定"
                    )
                self._take(session, conflict, record, chosen, by)
            conflict.resolution = (
                HERE if not chosen else THEIRS if len(chosen) == len(conflict.theirs) else BOTH
            )
            conflict.decided_at, conflict.decided_by = self.office.clock.now(), by.name
            return Settled(record.archive_number if record is not None else "", len(chosen))

    def _open(self, session: Session, conflict_id: int, version: int, by: Actor) -> ExchangeConflict:
        """Return a conflict that waits and that this person may decide, held until the end of the block."""
        query = select(ExchangeConflict).where(ExchangeConflict.id == conflict_id).with_for_update()
        conflict = session.scalar(query)
        if conflict is None:
            raise UserError(f"没有编号为 {conflict_id} 的交换冲突，那次合并可能已经撤回；请刷新后再看")
        village_id = session.get_one(ExchangeBook, conflict.book_id).village_id
        require_whole_town(by) if village_id is None else require_village(by, village_id)
        if conflict.resolution is not None:
            raise ChangedMeanwhileError(f"这一户已由“{conflict.decided_by}”定过，没有再动")
        if conflict.version != version:
            raise ChangedMeanwhileError("这一户刚被别人定过一部分，请刷新后再定")
        return conflict

    def _take(
        self,
        session: Session,
        conflict: ExchangeConflict,
        record: Establishment,
        chosen: list[str],
        by: Actor,
    ) -> None:
        """Write the chosen fields as the merge would have, so that an undo finds what was."""
        villages = {village.id: village for village in villages_of(session)}
        form = reading_form(self.office.profile, record.kind)
        theirs = restored_answers(form, conflict.theirs)
        has = answers_of(record, form, villages[record.village_id].name)
        changes = {code: theirs[code] for code in chosen if code != STATUS and theirs[code] != has.get(code)}
        if changes:
            was = {**record.answers, **has}
            merged = {**was, **changes}
            if problems := check_across(form, merged):
                raise UserError(f"{problems[0].message}；请改选这一项取哪一边")
            before = record.version
            village = next(one for one in villages.values() if one.name == merged["village"])
            self.surveys.change_in(session, record, with_texts(merged), village, by=by)
            row = import_row_of(session, conflict.import_id, conflict.sheet, conflict.row or 0)
            if row is not None:
                remember_taken(session, row, record, before, stored_answers(was))
        if STATUS in chosen:
            self._change_status(session, conflict, record, OperatingStatus(str(theirs[STATUS])), by)

    def _change_status(
        self,
        session: Session,
        conflict: ExchangeConflict,
        record: Establishment,
        to: OperatingStatus,
        by: Actor,
    ) -> None:
        book = session.get(ExchangeBook, conflict.book_id)
        month = month_words(book.month) if book is not None else ""
        note = f"{month}交换表：{conflict.note}" if conflict.note else ""
        work = Casework(session, self.office, by)
        change_by_survey(work, record, to, on=self.office.clock.today(), note=note)

    def _row(
        self,
        session: Session,
        conflict: ExchangeConflict,
        book: ExchangeBook,
        file: str,
        record: Establishment | None,
        villages: Mapping[int, VillageRow],
    ) -> ConflictRow:
        fields: tuple[ConflictField, ...] = ()
        title = f"{conflict.sheet} 第 {conflict.row} 行"
        if record is not None:
            fields = tuple(self._fields(conflict, record, villages[record.village_id].name))
            title = called(record.name, record.operator_name, record.products)
        return ConflictRow(
            id=conflict.id,
            version=conflict.version,
            record_id=record.id if record is not None else None,
            record_version=record.version if record is not None else 0,
            title=title,
            archive_number=record.archive_number if record is not None else "",
            village=_village(villages, book, record),
            side=other_side(self.office.profile, book.village_id),
            month=book.month,
            file=file,
            sheet=conflict.sheet,
            row=conflict.row,
            fields=fields,
            note=conflict.note,
            warning=_warning(session, conflict, record),
        )

    def _fields(
        self, conflict: ExchangeConflict, record: Establishment, village: str
    ) -> Iterator[ConflictField]:
        form = reading_form(self.office.profile, record.kind)
        masking = self.office.profile.masking
        presets = {"operator_id_number": masking.identity_number, "phone": masking.phone}
        base, theirs = restored_answers(form, conflict.base), restored_answers(form, conflict.theirs)
        has = answers_of(record, form, village)
        for question in form.questions:
            code = question.code
            if code not in conflict.theirs:
                continue
            words = [answer_words(question, one.get(code)) for one in (base, has, theirs)]
            if preset := presets.get(code):
                words = [mask(text, preset) if text else "" for text in words]
            yield ConflictField(code, question.header or question.label, *words)
        if STATUS in conflict.theirs:
            said = [base.get(STATUS), record.operating_status, theirs[STATUS]]
            yield ConflictField(
                STATUS, _STATUS_LABEL, *(OperatingStatus(str(one)).label if one else "" for one in said)
            )


def _village(villages: Mapping[int, VillageRow], book: ExchangeBook, record: Establishment | None) -> str:
    """Return the village that a row is of: its workbook's, or in the county's workbook its record's."""
    village_id = book.village_id or (record.village_id if record is not None else None)
    return villages[village_id].name if village_id is not None else ""


def _warning(session: Session, conflict: ExchangeConflict, record: Establishment | None) -> str:
    """Say which paper stands at the place from which a record would be moved."""
    paper = living_paper(session, record) if record is not None and "village" in conflict.theirs else None
    if paper is None:
        return ""
    return f"证卡 {paper.number} 写的是现在的地方；取改后的村，还要办这张证卡的变更。"
