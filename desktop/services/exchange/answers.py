"""What merging workbooks of the exchange answers: the command line's contract, also what the window shows."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from desktop.domain.act import Actor
from desktop.domain.forms import Answer
from desktop.services.exchange.planning import PlannedFile, PlannedReturn, ReturnedFile
from desktop.services.imports.answers import (
    Counts,
    FileAnswer,
    ImportAnswer,
    NotImported,
    RowProblem,
    SheetAnswer,
)
from desktop.services.imports.reporting import changes_of, duplicate_of, problems_of
from desktop.services.rights import village_scope
from desktop.sheets.exchange_book import NOTE
from desktop.sheets.exchange_reading import BookPage


@dataclass(frozen=True, slots=True)
class MergeConflict:
    """One field that waits; of two villages that name one shop it is the village."""

    id: int | None
    field: str
    base: Answer
    here: Answer
    theirs: Answer
    sheet: str
    row: int
    is_parked: bool = False
    """Whether it is a new row that waits among the likely duplicates."""


@dataclass(frozen=True, slots=True)
class MergedFile:
    """What one workbook came to; a row counts once, one of which something waits by what was taken of it."""

    file: str
    import_id: int | None
    village: str | None
    """Whose it was; none of the workbook of all villages that came from the county."""

    month: date
    sender: str
    new: int
    changed: int
    same: int
    deleted: int
    conflicts: tuple[MergeConflict, ...]
    errors: tuple[RowProblem, ...]


@dataclass(frozen=True, slots=True)
class MergeAnswer:
    """What all workbooks came to; ``review`` says the same in the words of an import."""

    files: tuple[MergedFile, ...]
    review: ImportAnswer

    @property
    def merged(self) -> bool:
        return self.review.imported


def answer_of(
    back: Sequence[ReturnedFile], planned: Sequence[PlannedFile], ids: Sequence[int | None] | None, by: Actor
) -> MergeAnswer:
    """Say what was planned, and under which imports it was written."""
    scope = village_scope(by)
    files = []
    reviews = []
    for number, (one, plan) in enumerate(zip(back, planned, strict=True)):
        import_id = ids[number] if ids is not None else None
        review = _review(one, plan, import_id, scope)
        outcomes = Counter(row.planned.outcome for row in plan.rows)
        doubled = sum(row.planned.is_sure_duplicate for row in plan.rows)
        files.append(
            MergedFile(
                file=one.taken.name,
                import_id=import_id,
                village=one.book.village.name if one.book.village else None,
                month=one.book.month,
                sender=one.returned.sender,
                new=outcomes["new"],
                changed=outcomes["changed"],
                same=outcomes["same"] + doubled,
                deleted=len(plan.newly_gone),
                conflicts=tuple(found for row in plan.rows for found in _conflicts(row, scope)),
                errors=tuple(problem for problem in review.problems if problem.severity == "error"),
            )
        )
        reviews.append(review)
    return MergeAnswer(tuple(files), ImportAnswer(tuple(reviews), imported=ids is not None))


def _conflicts(row: PlannedReturn, scope: int | None) -> Iterator[MergeConflict]:
    planned = row.planned
    place, record_id = planned.place, planned.record.id if planned.record is not None else None
    if planned.outcome == "error":
        return
    for clash in row.clashes:
        yield MergeConflict(
            record_id, clash.field, clash.base, clash.here, clash.theirs, place.sheet, place.row
        )
    if row.note and not row.clashes:
        yield MergeConflict(record_id, NOTE, None, None, row.note, place.sheet, place.row)
    if planned.outcome == "duplicate" and not planned.is_sure_duplicate:
        yield _doubled(row, scope)


def _doubled(row: PlannedReturn, scope: int | None) -> MergeConflict:
    """Name what a new row may be; a village is not told which one of another village it is."""
    planned = row.planned
    match = planned.there or planned.inside
    own = planned.village.name if planned.village else ""
    traits = match.candidate.traits if match else None
    is_beyond = traits is not None and scope not in {None, traits.village_id}
    if match is None or traits is None or is_beyond:
        return MergeConflict(
            None, "village", None, None, own, planned.place.sheet, planned.place.row, is_parked=True
        )
    is_ours = planned.village is not None and traits.village_id == planned.village.id
    field = match.alike[0] if is_ours and match.alike else "village"
    here: Answer = row.other_village if field == "village" else planned.answers.get(field)
    theirs: Answer = own if field == "village" else planned.answers.get(field)
    place = planned.place
    return MergeConflict(
        match.candidate.id, field, None, here, theirs, place.sheet, place.row, is_parked=True
    )


def _review(one: ReturnedFile, plan: PlannedFile, import_id: int | None, scope: int | None) -> FileAnswer:
    of_page = {
        page.name: [row.planned for row in plan.rows if row.planned.place.sheet == page.name]
        for page in one.returned.pages
    }
    rows = [row.planned for row in plan.rows]
    return FileAnswer(
        file=one.taken.name,
        import_id=import_id,
        sheets=tuple(
            _sheet(page, Counter(row.outcome for row in of_page[page.name])) for page in one.returned.pages
        ),
        not_imported=tuple(NotImported(left.sheet, left.reason) for left in one.returned.left),
        problems=tuple(found for name, own in of_page.items() for found in problems_of(name, own)),
        duplicates=tuple(duplicate_of(row, scope) for row in rows if row.outcome == "duplicate"),
        changes=tuple(change for row in rows if row.outcome == "changed" for change in changes_of(row)),
    )


def _sheet(page: BookPage, outcomes: Counter[str]) -> SheetAnswer:
    return SheetAnswer(
        name=page.name,
        kind=page.kind,
        header_row=page.header_row,
        columns=page.letters,
        confidence=dict.fromkeys(page.letters, 1.0),
        counts=Counts(
            rows=sum(outcomes.values()),
            new=outcomes["new"],
            changed=outcomes["changed"],
            same=outcomes["same"],
            duplicate=outcomes["duplicate"] + outcomes["conflict"],
            error=outcomes["error"],
        ),
        unread={},
    )
