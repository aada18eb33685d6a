"""Writes planned rows into the register: records, search keys, what was parked, what an undo needs."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.act import Actor
from desktop.domain.forms import Answers
from desktop.domain.mending import Mend
from desktop.models.establishment import Establishment, SurveyResponse
from desktop.models.imports import ImportRow, ImportRun, ParkedDuplicate
from desktop.services.imports.planning import PlannedRow, merged_answers
from desktop.services.numbers.serials import next_serials
from desktop.services.office.villages import VillageRow
from desktop.services.open_office import OpenOffice
from desktop.services.rectification.cases import Casework
from desktop.services.register.finding import put_many_search_keys, put_new_search_keys
from desktop.services.survey.answers import search_keys_of, stored_answers
from desktop.services.survey.rounds import current_round_id
from desktop.services.survey.standing_changes import put_anew
from desktop.services.survey.surveys import Surveys
from desktop.storage.database import WritingSession
from desktop.storage.many import insert_rows

_BATCH = 1_000
_KEPT = ("import_id", "sheet", "row", "outcome", "establishment_id", "version_after", "before")
_MOST_KEYS = 100_000
"""Search keys that are put into their order together: some five thousand establishments."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What a file is to the monthly exchange: whose it is, for which month, who filled it in."""

    village_id: int | None
    month: date
    sender: str = ""
    book_id: int | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """One file as it came in; a ledger of one village counts as what that village sent this month."""

    name: str
    content: bytes
    sent: Sent | None = None


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes what was planned, all of it in the one block that the caller opened."""

    office: OpenOffice
    surveys: Surveys
    villages: tuple[VillageRow, ...]
    new_identity: Callable[[], UUID]

    def write(
        self,
        session: WritingSession,
        files: Sequence[Taken],
        planned: Sequence[Sequence[PlannedRow]],
        *,
        by: Actor,
    ) -> list[int]:
        """Write all files and return the id of each import."""
        everything = [row for rows in planned for row in rows]
        befores = self._befores(everything)
        self._add(session, [row for row in everything if row.outcome == "new"], by)
        self._change(session, [row for row in everything if row.outcome == "changed"], by)
        runs = [self._run(taken, rows, by) for taken, rows in zip(files, planned, strict=True)]
        session.add_all(runs)
        session.flush()
        self._respond(session, runs, everything)
        self._park(session, runs, everything, by)
        self._remember(session, runs, everything, befores)
        return [run.id for run in runs]

    def _run(self, taken: Taken, rows: Sequence[PlannedRow], by: Actor) -> ImportRun:
        sent = taken.sent or Sent(_only_village(rows), self.office.clock.today().replace(day=1))
        return ImportRun(
            village_id=sent.village_id,
            month=sent.month,
            sender=sent.sender,
            book_id=sent.book_id,
            file=taken.name,
            sha256=sha256(taken.content).hexdigest(),
            imported_on=self.office.clock.today(),
            counts=dict(Counter(row.outcome for row in rows)),
            undone_at=None,
            entered_at=self.office.clock.now(),
            entered_by=by.name,
        )

    def _add(self, session: WritingSession, rows: Sequence[PlannedRow], by: Actor) -> None:
        serials = next_serials(session, "archive", len(rows)) if rows else range(0)
        keys: list[tuple[str, int]] = []
        for start in range(0, len(rows), _BATCH):
            batch = rows[start : start + _BATCH]
            for row, serial in zip(batch, serials[start:], strict=False):
                row.record = self._new(row, serial, by)
            records = _records(batch)
            session.add_many(records)
            # Now, while the readings of their names are at hand; written later, many in one order.
            keys += [(key, record.id) for record in records for key in search_keys_of(record)]
            if len(keys) >= _MOST_KEYS or start + _BATCH >= len(rows):
                put_new_search_keys(session, keys)
                keys.clear()

    def _new(self, row: PlannedRow, serial: int, by: Actor) -> Establishment:
        if row.village is None:
            raise ValueError(f"row {row.place.row} has no village")
        identity = row.identity or self.new_identity()
        answers = merged_answers(row)
        return self.surveys.new_record(
            row.kind, answers, row.village, serial=serial, by=by, identity=identity
        )

    def _change(self, session: WritingSession, rows: Sequence[PlannedRow], by: Actor) -> None:
        work = Casework(session, self.office, by)
        for row in rows:
            if row.record is None or row.village is None:
                raise ValueError(f"row {row.place.row} has no record")
            put_anew(work, row.record, merged_answers(row), row.village)
        session.flush()
        put_many_search_keys(session, _records(rows))

    def _respond(
        self, session: WritingSession, runs: Sequence[ImportRun], rows: Sequence[PlannedRow]
    ) -> None:
        """Let each written row count for the round under way, entered at the moment of its import."""
        round_id = current_round_id(session, self.office.clock.today())
        if round_id is None:
            return
        sheets = []
        for row in rows:
            if row.record is not None and row.outcome in {"new", "changed"}:
                run = runs[row.place.file]
                sheets.append(sheet_of(run, round_id, row.record, merged_answers(row)))
        session.add_many(sheets)

    def _befores(self, rows: Sequence[PlannedRow]) -> dict[int, dict[str, Any]]:
        """Keep what the changed records said before, as JSON holds it."""
        befores = {}
        for row in rows:
            if row.outcome == "changed" and row.record is not None:
                was: Mapping[str, Any] = {
                    **row.merged,
                    **{code: old for code, (old, _) in row.changes.items()},
                }
                befores[id(row)] = stored_answers(was)
        return befores

    def _park(
        self, session: WritingSession, runs: Sequence[ImportRun], rows: Sequence[PlannedRow], by: Actor
    ) -> None:
        """Park what may be there already; a row that waits or was decided is not parked again."""
        unsure = [row for row in rows if row.outcome == "duplicate" and not row.is_sure_duplicate]
        if not unsure:
            return
        known = session.execute(select(ParkedDuplicate.kind, ParkedDuplicate.answers))
        waiting = {_digest(kind, answers) for kind, answers in known}
        ids = {row.place: row.record.id for row in rows if row.record is not None}
        for row in unsure:
            answers = stored_answers(row.answers)
            digest = _digest(row.kind, answers)
            if digest in waiting:
                continue
            waiting.add(digest)
            match = row.there or row.inside
            place = match.candidate.place if match else None
            session.add(
                ParkedDuplicate(
                    import_id=runs[row.place.file].id,
                    establishment_id=(match.candidate.id if match else None)
                    or (ids.get(place) if place else None),
                    identity=str(row.identity) if row.identity else None,
                    kind=row.kind,
                    answers=answers,
                    alike=list(match.alike) if match else [],
                    sheet=row.place.sheet,
                    row=row.place.row,
                    resolution=None,
                    reason="",
                    decided_at=None,
                    decided_by=None,
                    entered_at=self.office.clock.now(),
                    entered_by=by.name,
                )
            )
        session.flush()

    def _remember(
        self,
        session: WritingSession,
        runs: Sequence[ImportRun],
        rows: Sequence[PlannedRow],
        befores: Mapping[int, dict[str, Any]],
    ) -> None:
        """Keep for each row what it did; nothing in it is personal beyond the register itself."""
        kept = [
            (
                runs[row.place.file].id,
                row.place.sheet,
                row.place.row,
                row.outcome,
                row.record.id if row.record is not None else None,
                row.record.version if row.record is not None else None,
                befores.get(id(row)),
            )
            for row in rows
            if row.outcome != "error"
        ]
        insert_rows(session, ImportRow, _KEPT, kept)


def sheet_of(run: ImportRun, round_id: int, record: Establishment, answers: Answers) -> SurveyResponse:
    """Return the survey sheet that a row is for a round; it came in with the import and goes with it."""
    return SurveyResponse(
        survey_id=round_id,
        establishment_id=record.id,
        surveyed_on=record.surveyed_on,
        surveyor=record.surveyor,
        answers=stored_answers(answers),
        entered_at=run.entered_at,
        entered_by=run.entered_by,
    )


def note_mends(session: WritingSession, ids: Sequence[int | None], mends: Sequence[Mend]) -> None:
    """Put into the trail which cells somebody mended before their file came in."""
    for number, import_id in enumerate(ids):
        cells = {f"{mend.sheet}!{mend.column}{mend.row}": mend.value for mend in mends if mend.file == number}
        if cells and import_id is not None:
            session.trail.note("ImportRun", import_id, {"mended": cells})


def import_row_of(session: Session, import_id: int | None, sheet: str, row: int) -> ImportRow | None:
    """Return what an import remembers of a row."""
    query = select(ImportRow).where(
        ImportRow.import_id == import_id, ImportRow.sheet == sheet, ImportRow.row == row
    )
    return session.scalar(query)


def remember_taken(
    session: Session, row: ImportRow, record: Establishment, before: int, was: dict[str, Any]
) -> None:
    """Keep what an undo needs; where the same import wrote the record last, its own row goes on to do so."""
    query = select(ImportRow).where(
        ImportRow.import_id == row.import_id,
        ImportRow.establishment_id == record.id,
        ImportRow.version_after == before,
        ImportRow.outcome.in_(("new", "changed")),
    )
    row.establishment_id = record.id
    if earlier := session.scalar(query):
        earlier.version_after = record.version
    else:
        row.outcome, row.version_after, row.before = "changed", record.version, was


def _only_village(rows: Sequence[PlannedRow]) -> int | None:
    ids = {row.village.id for row in rows if row.village is not None}
    return ids.pop() if len(ids) == 1 else None


def _records(rows: Sequence[PlannedRow]) -> list[Establishment]:
    return [row.record for row in rows if row.record is not None]


def _digest(kind: str, answers: Mapping[str, Any]) -> str:
    return sha256(repr((kind, sorted(answers.items()))).encode("utf-8", "surrogatepass")).hexdigest()
