"""Merging workbooks that come back: in one transaction or not at all, and taken back as an import."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any, Self
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.act import Actor
from desktop.domain.lifecycle import OperatingStatus
from desktop.domain.mending import Mend
from desktop.errors import UserError
from desktop.models.establishment import Establishment
from desktop.models.exchange import ExchangeConflict, ExchangeRow
from desktop.models.imports import ImportRun
from desktop.services.exchange.answers import MergeAnswer, answer_of
from desktop.services.exchange.bases import Bases, book_in
from desktop.services.exchange.months import other_side
from desktop.services.exchange.planning import PlannedFile, PlannedReturn, ReturnedFile, ReturnPlanner
from desktop.services.exchange.reading import RowsOfBooks
from desktop.services.imports.planning import Planner
from desktop.services.imports.writing import Sent, Taken, Writer, note_mends
from desktop.services.office.uncollected import uncollected
from desktop.services.office.villages import VillageRow, villages_of
from desktop.services.open_office import OpenOffice
from desktop.services.rights import Right, require, require_village, require_whole_town
from desktop.services.survey.answers import stored_answers
from desktop.services.survey.survey_warnings import SurveyWarnings
from desktop.services.survey.surveys import Surveys
from desktop.sheets.exchange_book import STATUS
from desktop.sheets.exchange_reading import ReturnedBook, is_exchange_book, read_book
from desktop.sheets.mending import mended
from desktop.sheets.untrusted import WorkbookReader, file_content
from desktop.storage.database import WritingSession


class _NothingMerged(Exception):
    """Leaves the writing block without keeping anything; the answer says why."""

    def __init__(self, answer: MergeAnswer) -> None:
        super().__init__()
        self.answer = answer


@dataclass(frozen=True, slots=True)
class _Read:
    taken: Taken
    returned: ReturnedBook


@dataclass(frozen=True, slots=True)
class _Waiting:
    """What waits for somebody's word: a row with what clashes in it, or one that was taken out."""

    identity: str
    record: Establishment | None
    sheet: str
    row: int | None
    base: dict[str, Any]
    theirs: dict[str, Any]
    note: str

    @classmethod
    def of(cls, row: PlannedReturn) -> Self:
        """Return what waits of a row; a field that was emptied is kept as such."""
        said = {clash.field: clash.theirs for clash in row.clashes}
        return cls(
            identity=row.identity,
            record=row.planned.record,
            sheet=row.planned.place.sheet,
            row=row.planned.place.row,
            base=stored_answers({clash.field: clash.base for clash in row.clashes}),
            theirs=dict.fromkeys(said) | stored_answers(said),
            note=row.note,
        )

    @classmethod
    def taken_out(cls, identity: str, sheet: str, record: Establishment, note: str) -> Self:
        """Return what a row that is missing asks: whether the trade is gone."""
        base, theirs = {STATUS: record.operating_status}, {STATUS: OperatingStatus.NOT_FOUND.value}
        return cls(identity, record, sheet, None, base, theirs, note)


@dataclass(frozen=True, slots=True)
class _Done:
    back: ReturnedFile
    planned: PlannedFile
    import_id: int | None


class ExchangeMerges:
    """Workbooks of the exchange, back into the register."""

    def __init__(self, office: OpenOffice, surveys: Surveys, new_identity: Callable[[], UUID]) -> None:
        self.office = office
        self.surveys = surveys
        self.new_identity = new_identity

    @uncollected()
    def merge(
        self,
        files: Sequence[Path],
        *,
        by: Actor,
        is_dry_run: bool = False,
        good_rows_only: bool = False,
        mends: Sequence[Mend] = (),
    ) -> MergeAnswer:
        """Merge workbooks three-way in one transaction; with any error nothing, or the good rows only.

        What clashes waits and blocks nothing. A dry run does the same work and rolls it back. ``mends``
        are read in place of what the cells say.
        """
        require(by, Right.IMPORT)
        read = [
            _read(self.office.workbooks, path, [mend for mend in mends if mend.file == number])
            for number, path in enumerate(files)
        ]
        act = self.office.act(by, "exchange.merge")
        try:
            with self.office.db.writing(act, keep=not is_dry_run) as session:
                done = [self._file(session, one, by) for one in read]
                back, planned = [one.back for one in done], [one.planned for one in done]
                if any(plan.has_errors for plan in planned) and not is_dry_run and not good_rows_only:
                    raise _NothingMerged(answer_of(back, planned, None, by))
                ids = [one.import_id for one in done]
                note_mends(session, ids, mends)
                return answer_of(back, planned, None if is_dry_run else ids, by)
        except _NothingMerged as nothing:
            return nothing.answer

    def is_book(self, file: Path) -> bool:
        """Tell whether a file is a workbook of the exchange; one that cannot be read is refused."""
        return is_exchange_book(self.office.workbooks.sheets(file_content(file), file.name))

    def _file(self, session: WritingSession, read: _Read, by: Actor) -> _Done:
        """Plan and write one workbook; the next one finds what this one wrote."""
        villages = villages_of(session)
        known = {village.id: village for village in villages}
        book = book_in(session, read.returned.books, read.taken.name, known)
        if book.village is None:
            require_whole_town(by)
        else:
            require_village(by, book.village.id)
        sent = Sent(book.village_id, book.month, read.returned.sender, book.id)
        returned = read.returned if book.village is None else read.returned.of_one_village()
        back = ReturnedFile(replace(read.taken, sent=sent), book, returned)
        planned = self._planner(villages).plan(session, back, by=by)
        return _Done(back, planned, self._write(session, back, planned, villages, by))

    def _planner(self, villages: tuple[VillageRow, ...]) -> ReturnPlanner:
        office, today = self.office, self.office.clock.today()
        warn = SurveyWarnings(office.profile, today).of
        planner = Planner(office.profile, villages, warn, today)
        rows = RowsOfBooks(office.profile, villages, warn, today)
        return ReturnPlanner(planner, rows, Bases({village.id: village for village in villages}))

    def _write(
        self,
        session: WritingSession,
        back: ReturnedFile,
        planned: PlannedFile,
        villages: tuple[VillageRow, ...],
        by: Actor,
    ) -> int | None:
        """Write what was planned; a file that says nothing new and was taken before is not taken again."""
        if not planned.says_something and _was_taken(session, back):
            return None
        writer = Writer(self.office, self.surveys, villages, self.new_identity)
        rows = [row.planned for row in planned.rows]
        (import_id,) = writer.write(session, [back.taken], [rows], by=by)
        self._keep(session, back, planned, import_id, by)
        session.flush()
        return import_id

    def _keep(
        self, session: WritingSession, one: ReturnedFile, planned: PlannedFile, import_id: int, by: Actor
    ) -> None:
        """Keep what each row said, as the base of the next merge, and what waits for somebody's word."""
        run = session.get(ImportRun, import_id)
        if run is not None:
            waits = sum(row.waits for row in planned.rows) + len(planned.gone)
            run.counts = {**run.counts, "deleted": len(planned.gone), "waiting": waits}
        for row in planned.rows:
            if row.planned.outcome == "error":
                continue
            record = row.planned.record
            if row.is_edited:
                session.add(
                    ExchangeRow(
                        book_id=one.book.id,
                        import_id=import_id,
                        identity=row.identity,
                        version=row.version,
                        establishment_id=record.id if record is not None else None,
                        answers=stored_answers(row.theirs),
                    )
                )
            if row.waits:
                session.add(self._conflict(one, _Waiting.of(row), import_id, by))
        side = other_side(self.office.profile, one.book.village_id)
        for identity, page, record in planned.newly_gone:
            waiting = _Waiting.taken_out(identity, page.name, record, f"{side}的交换表里没有这一行了")
            session.add(self._conflict(one, waiting, import_id, by))

    def _conflict(self, one: ReturnedFile, waiting: _Waiting, import_id: int, by: Actor) -> ExchangeConflict:
        return ExchangeConflict(
            import_id=import_id,
            book_id=one.book.id,
            identity=waiting.identity,
            establishment_id=waiting.record.id if waiting.record is not None else None,
            sheet=waiting.sheet,
            row=waiting.row,
            base=waiting.base,
            theirs=waiting.theirs,
            note=waiting.note,
            resolution=None,
            decided_at=None,
            decided_by=None,
            entered_at=self.office.clock.now(),
            entered_by=by.name,
        )


def _read(workbooks: WorkbookReader, path: Path, mends: Sequence[Mend]) -> _Read:
    content = file_content(path)
    returned = read_book(mended(workbooks.sheets(content, path.name), mends))
    if returned is None:
        raise UserError(f"{path.name} 不是月度交换表（没有找到交换表的标记）；村里自己的台账请用导入台账")
    return _Read(Taken(path.name, content), returned)


def _was_taken(session: Session, one: ReturnedFile) -> bool:
    query = select(ImportRun.id).where(
        ImportRun.book_id == one.book.id,
        ImportRun.sha256 == sha256(one.taken.content).hexdigest(),
        ImportRun.undone_at.is_(None),
    )
    return session.scalar(query.limit(1)) is not None
