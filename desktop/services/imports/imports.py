"""Taking in what villages send: read, compared, written in one go or not at all, and taken back later."""

from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from uuid import UUID

from sqlalchemy import select

from desktop.domain.act import Actor
from desktop.domain.mending import Mend
from desktop.errors import UserError
from desktop.models.exchange import ExchangeBook
from desktop.services.imports.answers import (
    Counts,
    FileAnswer,
    ImportAnswer,
    NotImported,
    SheetAnswer,
    Undone,
)
from desktop.services.imports.columns import Choices, chosen_columns, remember_columns
from desktop.services.imports.planning import PlannedRow, Planner
from desktop.services.imports.reporting import changes_of, duplicate_of, problems_of
from desktop.services.imports.undoing import undo_in
from desktop.services.imports.writing import Taken, Writer, note_mends
from desktop.services.office.uncollected import uncollected
from desktop.services.office.villages import VillageRow, find_village, villages_of, written_villages
from desktop.services.open_office import OpenOffice
from desktop.services.rights import Right, require, village_scope
from desktop.services.survey.survey_warnings import SurveyWarnings
from desktop.services.survey.surveys import Surveys
from desktop.sheets.exchange_reading import read_book
from desktop.sheets.files import replacing
from desktop.sheets.ledger import Ledger, LedgerBook, Wanted, read_ledgers
from desktop.sheets.mending import mended
from desktop.sheets.named_villages import VillageNames
from desktop.sheets.untrusted import file_content


class _NothingTaken(Exception):
    """Leaves the writing block without keeping anything; the answer says why."""

    def __init__(self, answer: ImportAnswer) -> None:
        super().__init__()
        self.answer = answer


class Imports:
    """Workbooks into the register, and out of it again."""

    def __init__(self, office: OpenOffice, surveys: Surveys, new_identity: Callable[[], UUID]) -> None:
        self.office = office
        self.surveys = surveys
        self.new_identity = new_identity

    @uncollected()
    def take_in(
        self,
        files: Sequence[Path],
        *,
        by: Actor,
        kind: str | None = None,
        village: VillageRow | None = None,
        is_dry_run: bool = False,
        good_rows_only: bool = False,
        mends: Sequence[Mend] = (),
        columns: Choices = MappingProxyType({}),
    ) -> ImportAnswer:
        """Take in workbooks in one transaction; with any error nothing, unless only the good rows are wanted.

        A dry run does the same work and rolls it back. ``mends`` are read in place of what the cells say,
        ``columns`` are taken for what a person says; an import remembers them for the next such header.
        """
        require(by, Right.IMPORT)
        taken = [Taken(path.name, file_content(path)) for path in files]
        with self.office.db.reading() as session:
            villages = villages_of(session)
            sent_out = frozenset(session.scalars(select(ExchangeBook.identity)))
            said = chosen_columns(session, villages, columns)
        wanted = Wanted(kind, village.name if village else None, said)
        books = [
            self._read(one, villages, wanted, sent_out, [mend for mend in mends if mend.file == number])
            for number, one in enumerate(taken)
        ]
        today = self.office.clock.today()
        planner = Planner(self.office.profile, villages, SurveyWarnings(self.office.profile, today).of, today)
        writer = Writer(self.office, self.surveys, villages, self.new_identity)
        try:
            act = self.office.act(by, "import.take_in")
            with self.office.db.writing(act, keep=not is_dry_run) as session:
                planned = planner.plan(session, books, by=by)
                has_errors = any(row.outcome == "error" for rows in planned for row in rows)
                has_rows = any(row.outcome != "error" for rows in planned for row in rows)
                if not is_dry_run and (not has_rows or (has_errors and not good_rows_only)):
                    raise _NothingTaken(_answer(taken, books, planned, None, by))
                ids = writer.write(session, taken, planned, by=by)
                note_mends(session, ids, mends)
                remember_columns(session, self.office, columns, _villages_of_shapes(books, villages), by)
                return _answer(taken, books, planned, None if is_dry_run else ids, by)
        except _NothingTaken as nothing:
            return nothing.answer

    def mark(self, file: Path, answer: FileAnswer, target: Path) -> None:
        """Write the village's own workbook with each problem marked in its cell."""
        from desktop.sheets.marking import Mark

        marks = [
            Mark(problem.sheet, problem.row, problem.column, problem.message, problem.severity == "error")
            for problem in answer.problems
        ]
        marks += [Mark(one.sheet, one.row, None, one.note, is_error=False) for one in answer.duplicates]
        headers = {sheet.name: sheet.header_row for sheet in answer.sheets}
        copy = self.office.workbooks.marked(file_content(file), file.name, marks, headers)
        with replacing(target) as path:
            path.write_bytes(copy)

    def undo(self, import_id: int, *, reason: str, by: Actor) -> Undone:
        """Take one import back; rows that somebody changed or built upon since are kept and named."""
        require(by, Right.IMPORT)
        if not reason.strip():
            raise UserError("撤回导入要写明原因（--reason）")
        act = self.office.act(by, "import.undo", reason=reason.strip())
        with self.office.db.writing(act) as session:
            return undo_in(session, self.office, import_id, by=by)

    def _read(
        self,
        taken: Taken,
        villages: tuple[VillageRow, ...],
        wanted: Wanted,
        sent_out: frozenset[str],
        mends: Sequence[Mend],
    ) -> LedgerBook:
        @lru_cache(maxsize=4_096)
        def find(typed: str) -> str | None:
            found = find_village(villages, typed)
            return found.name if found else None

        read = lru_cache(maxsize=4_096)(written_villages(villages, self.office.profile).read)
        names = VillageNames(tuple(one.name for one in villages), find, read)
        sheets = self.office.workbooks.sheets(taken.content, taken.name)
        returned = read_book(sheets)
        if returned is not None and returned.books & sent_out:
            raise UserError(
                f"{taken.name} 是本机发出的月度交换表，要按交换表合并（exchange merge），不能当台账导入"
            )
        return read_ledgers(mended(sheets, mends), Path(taken.name).stem, self.office.profile, names, wanted)


def _villages_of_shapes(
    books: Sequence[LedgerBook], villages: tuple[VillageRow, ...]
) -> dict[str, int | None]:
    """Return for each header the one village whose ledger it heads; none where there are several."""
    ids = {village.name: village.id for village in villages}
    of_shape: dict[str, set[int | None]] = {}
    for book in books:
        for ledger in book.ledgers:
            named = {ids.get(str(row.answers.get("village"))) for row in ledger.rows}
            of_shape.setdefault(ledger.shape, set()).update(named)
    return {shape: named.pop() if len(named) == 1 else None for shape, named in of_shape.items()}


def _answer(
    taken: Sequence[Taken],
    books: Sequence[LedgerBook],
    planned: Sequence[Sequence[PlannedRow]],
    ids: Sequence[int] | None,
    by: Actor,
) -> ImportAnswer:
    scope = village_scope(by)
    files = tuple(
        _file_answer(one.name, book, rows, ids[number] if ids else None, scope)
        for number, (one, book, rows) in enumerate(zip(taken, books, planned, strict=True))
    )
    return ImportAnswer(files, imported=ids is not None)


def _file_answer(
    file: str, book: LedgerBook, rows: Sequence[PlannedRow], import_id: int | None, scope: int | None
) -> FileAnswer:
    of_sheet = {
        ledger.name: [row for row in rows if row.place.sheet == ledger.name] for ledger in book.ledgers
    }
    return FileAnswer(
        file=file,
        import_id=import_id,
        sheets=tuple(_sheet_answer(ledger, of_sheet[ledger.name]) for ledger in book.ledgers),
        not_imported=tuple(NotImported(left.sheet, left.reason) for left in book.left),
        problems=tuple(one for sheet, own in of_sheet.items() for one in problems_of(sheet, own)),
        duplicates=tuple(duplicate_of(row, scope) for row in rows if row.outcome == "duplicate"),
        changes=tuple(change for row in rows if row.outcome == "changed" for change in changes_of(row)),
    )


def _sheet_answer(ledger: Ledger, rows: Sequence[PlannedRow]) -> SheetAnswer:
    counts = Counter(row.outcome for row in rows)
    return SheetAnswer(
        name=ledger.name,
        kind=ledger.kind,
        header_row=ledger.header_row,
        columns=ledger.columns,
        confidence=ledger.confidence,
        counts=Counts(
            rows=len(rows),
            new=counts["new"],
            changed=counts["changed"],
            same=counts["same"],
            duplicate=counts["duplicate"],
            error=counts["error"],
        ),
        unread=ledger.unread,
        shape=ledger.shape,
    )
