"""Decides for each row of the workbooks what it is to the register; nothing is written here."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.act import Actor
from desktop.domain.folding import fold, fold_address
from desktop.domain.forms import Answer, Answers, Problem, Severity, check_across, check_days
from desktop.domain.phones import phones_of
from desktop.domain.profile import Profile
from desktop.models.establishment import Establishment
from desktop.services.imports.matching import Candidate, Known, Match, RowPlace, Traits, Verdict, known_in
from desktop.services.office.villages import VillageRow
from desktop.services.registration.bans import why_not_another
from desktop.services.rights import require_village
from desktop.services.survey.answers import answers_of, with_texts
from desktop.sheets.cells import column_number
from desktop.sheets.ledger import Ledger, LedgerBook, LedgerRow, reading_form
from desktop.sheets.row_reading import CellProblem

_BATCH = 500
_FOLDED = frozenset({"name", "operator_name", "surveyor"})
Warn = Callable[[str, Answers], Iterable[Problem]]


@dataclass(slots=True)
class PlannedRow:
    """A row, what it is to the register, and what will be written."""

    place: RowPlace
    kind: str
    answers: Answers
    village: VillageRow | None
    problems: list[CellProblem]
    outcome: str = "new"
    inside: Match | None = None
    there: Match | None = None
    record: Establishment | None = None
    changes: dict[str, tuple[Answer, Answer]] = field(default_factory=dict)
    merged: dict[str, Any] = field(default_factory=dict)
    identity: UUID | None = None
    """The identity that a new record gets, where the row brings one along."""

    @property
    def is_sure_duplicate(self) -> bool:
        return self.outcome == "duplicate" and _is_sure(self.inside)


@dataclass(frozen=True, slots=True)
class Planner:
    """Knows the rule pack and the villages; each plan is made inside an open block."""

    profile: Profile
    villages: tuple[VillageRow, ...]
    warnings: Warn
    today: date

    def plan(self, session: Session, books: Sequence[LedgerBook], *, by: Actor) -> list[list[PlannedRow]]:
        """Return the planned rows of each book in their order."""
        planned = [
            [self._read(number, ledger, row) for ledger in book.ledgers for row in ledger.rows]
            for number, book in enumerate(books)
        ]
        good = [row for rows in planned for row in rows if row.outcome != "error"]
        for village_id in {row.village.id for row in good if row.village}:
            require_village(by, village_id)
        self.match(session, good)
        self._compare(session, [row for row in good if row.outcome == "same"])
        return planned

    def _read(self, file: int, ledger: Ledger, row: LedgerRow) -> PlannedRow:
        village = next((one for one in self.villages if one.name == row.answers.get("village")), None)
        planned = PlannedRow(
            RowPlace(file, ledger.name, row.row), row.kind, row.answers, village, list(row.problems)
        )
        if village is None and not row.has_error:
            sentence = "看不出是哪个村（社区），请补上村一栏，或用 --village 指定"
            planned.problems.append(_problem(ledger, row.row, Problem("village", "missing", sentence), ""))
        said = {problem.field for problem in planned.problems}
        form = reading_form(self.profile, row.kind)
        for wrong in check_days(form, row.answers, self.today):
            stated = str(row.answers.get(wrong.field))
            planned.problems.append(_problem(ledger, row.row, wrong, stated))
        for warning in self.warnings(row.kind, row.answers):
            if warning.field not in said:
                value = row.answers.get(warning.field)
                planned.problems.append(_problem(ledger, row.row, warning, str(value)))
        if any(problem.severity == "error" for problem in planned.problems):
            planned.outcome = "error"
        return planned

    def match(
        self, session: Session, rows: Sequence[PlannedRow], *, taken: Collection[int] = frozenset()
    ) -> None:
        """Look for each row among the rows before it and in the register.

        A record that is taken already, by a row before or by its id, is somebody's: the row waits.
        """
        traits = [Traits.of(row.kind, row.answers, row.village, self.profile) for row in rows]
        known = known_in(session, traits, self.today)
        earlier = Known()
        claimed = set(taken)
        for row, own in zip(rows, traits, strict=True):
            row.inside = earlier.best(own)
            row.there = known.best(own) or known.closed(own)
            candidate = row.there.candidate if row.there else None
            if _is_sure(row.inside):
                row.outcome = "duplicate"
                continue
            is_this = (
                row.there is not None
                and row.there.verdict is not Verdict.UNSURE
                and candidate is not None
                and not candidate.has_ended
                and candidate.id not in claimed
            )
            if is_this and candidate is not None and candidate.id is not None:
                claimed.add(candidate.id)
                row.outcome = "same"
                earlier.add(Candidate(own, id=candidate.id, place=row.place))
            elif row.there or row.inside:
                row.outcome = "duplicate"
            else:
                earlier.add(Candidate(own, place=row.place))

    def _compare(self, session: Session, rows: Sequence[PlannedRow]) -> None:
        """Tell same from changed, field by field; what is not stated stays as it is."""
        forms = {kind: reading_form(self.profile, kind) for kind in {row.kind for row in rows}}
        names = {village.id: village.name for village in self.villages}
        for start in range(0, len(rows), _BATCH):
            batch = rows[start : start + _BATCH]
            ids = [row.there.candidate.id for row in batch if row.there]
            query = select(Establishment).where(Establishment.id.in_(ids))
            records = {record.id: record for record in session.scalars(query)}
            for row in batch:
                record = records[row.there.candidate.id or 0] if row.there else None
                if record is None:
                    continue
                row.record = record
                has = answers_of(record, forms[row.kind], names[record.village_id])
                row.changes = {
                    code: (has.get(code), stated)
                    for code, stated in row.answers.items()
                    if stated is not None and not is_no_change(code, has.get(code), stated)
                }
                row.merged = {
                    **record.answers,
                    **has,
                    **{code: new for code, (_, new) in row.changes.items()},
                }
                if row.changes:
                    row.outcome = "changed"
                    self.check_merged(row, record)

    def check_merged(self, row: PlannedRow, record: Establishment) -> None:
        """Refuse a changed row whose answers do not go together, or that takes a ban off its person."""
        problems = list(check_across(reading_form(self.profile, row.kind), row.merged))
        if barred := why_not_another(record, row.merged, self.today):
            problems.append(Problem("operator_name", "met_again", barred))
        for problem in problems:
            row.outcome = "error"
            value = str(row.merged.get(problem.field) or "")
            row.problems.append(
                CellProblem(row.place.row, None, problem.field, value, "error", problem.code, problem.message)
            )


def _is_sure(match: Match | None) -> bool:
    return match is not None and match.verdict is Verdict.SURE


def is_no_change(code: str, one: Answer, another: Answer) -> bool:
    """Compare two answers; spellings that fold into one are no change."""
    if isinstance(one, str) and isinstance(another, str):
        if code == "address":
            return fold_address(one) == fold_address(another)
        if code == "phone":
            return set(phones_of(another)) <= set(phones_of(one))  # one of two that we have is no change
        return one == another or (code in _FOLDED and fold(one) == fold(another))
    return one == another


def _problem(ledger: Ledger, row: int, problem: Problem, value: str) -> CellProblem:
    severity = "error" if problem.severity is Severity.ERROR else "warning"
    return CellProblem(
        row, ledger.column_of(problem.field), problem.field, value, severity, problem.code, problem.message
    )


def in_reading_order(problems: Iterable[CellProblem]) -> list[CellProblem]:
    """Order problems as a person walks through a sheet: down the rows, along the columns."""
    return sorted(problems, key=lambda one: (one.row, column_number(one.column) if one.column else 0))


def merged_answers(row: PlannedRow) -> Mapping[str, Any]:
    """Return what will stand in the register; a column that was not there leaves an empty text."""
    return with_texts(row.merged or row.answers)
