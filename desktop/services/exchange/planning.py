"""Decides for each row of a workbook that came back what it is to the register; nothing is written here."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy.orm import Session

from desktop.domain.act import Actor
from desktop.domain.forms import Answer, SurveyForm
from desktop.domain.lifecycle import OperatingStatus
from desktop.domain.three_way import Clash, Fate, Merged, MergedRow, merge_tables, three_way
from desktop.models.establishment import Establishment
from desktop.services.exchange.bases import Bases, BookFacts
from desktop.services.exchange.books import STATUSES, blank_identities
from desktop.services.exchange.reading import RowOfBook, RowsOfBooks
from desktop.services.imports.matching import RowPlace
from desktop.services.imports.planning import PlannedRow, Planner
from desktop.services.imports.writing import Taken
from desktop.services.office.villages import VillageRow
from desktop.services.rights import require_village
from desktop.sheets.exchange_book import NOTE, STATUS
from desktop.sheets.exchange_reading import BookPage, BookRow, ReturnedBook
from desktop.sheets.ledger import reading_form

ASKED = frozenset({STATUS, NOTE})
"""What a workbook says of the trade itself is never written without somebody's word."""

_FOR_NEW = frozenset(status.value for status in STATUSES if status.is_trading)


@dataclass(frozen=True, slots=True)
class ReturnedFile:
    """A workbook that came back, and which one it is."""

    taken: Taken
    book: BookFacts
    returned: ReturnedBook


@dataclass(slots=True)
class PlannedReturn:
    """A row, what is to be written of it, and what waits for somebody's word."""

    planned: PlannedRow
    identity: str
    version: int
    theirs: dict[str, Answer]
    is_edited: bool
    """Whether it says anything else than when it last came back: the base of the next merge."""

    clashes: tuple[Clash[Answer], ...] = ()
    note: str = ""
    other_village: str = ""
    """The village of what a new row may be."""

    @property
    def waits(self) -> bool:
        return bool(self.clashes or self.note)


@dataclass(slots=True)
class PlannedFile:
    """What one workbook comes to; ``gone`` are records whose rows were taken out."""

    asked_before: frozenset[str]
    rows: list[PlannedReturn] = field(default_factory=list)
    gone: list[tuple[str, BookPage, Establishment]] = field(default_factory=list)

    @property
    def has_errors(self) -> bool:
        return any(row.planned.outcome == "error" for row in self.rows)

    @property
    def newly_gone(self) -> list[tuple[str, BookPage, Establishment]]:
        """Rows that were taken out since the workbook came the last time."""
        return [one for one in self.gone if one[0] not in self.asked_before]

    @property
    def says_something(self) -> bool:
        """Whether it says anything that the register has not heard from this workbook before."""
        return bool(self.newly_gone) or any(
            row.is_edited and row.planned.outcome != "error" for row in self.rows
        )


@dataclass(slots=True)
class ReturnPlanner:
    """Plans one workbook."""

    planner: Planner
    rows: RowsOfBooks
    bases: Bases
    written: dict[int, dict[str, Answer]] = field(default_factory=dict)
    """What an earlier row of the workbook makes of a record."""

    def plan(self, session: Session, one: ReturnedFile, *, by: Actor) -> PlannedFile:
        """Say of each row what it is to the register as it stands inside an open block."""
        identities = {row.identity for page in one.returned.pages for row in page.rows}
        self.bases.load(session, [one.book], identities - {""})
        planned = self._file(one, by)
        fresh = [row for row in planned.rows if row.planned.outcome in {"new", "duplicate"}]
        taken = {record.id for record in self.bases.records.values()}
        self.planner.match(session, [row.planned for row in fresh], taken=taken)
        for row in fresh:
            if row.planned.outcome == "same":
                self._join(session, row)
            elif match := row.planned.there or row.planned.inside:
                row.other_village = self.bases.villages[match.candidate.traits.village_id].name
        return planned

    def _file(self, one: ReturnedFile, by: Actor) -> PlannedFile:
        asked = (identity for book_id, identity in self.bases.deleted if book_id == one.book.id)
        done = PlannedFile(frozenset(asked))
        for page in one.returned.pages:
            form = reading_form(self.planner.profile, page.kind)
            rows = list(self._rows(page, one.book, form))
            good = {row.identity: row for row in rows if not row.has_error}
            base = {
                identity: known
                for identity in self._expected(one.book, page, form, rows)
                if (known := self._base(form, one.book, identity, good.get(identity))) is not None
            }
            here = {
                identity: stands
                for identity in {*base, *good}
                if (stands := self._here(form, identity, page.kind)) is not None
            }
            merged = merge_tables(base, here, {identity: row.answers for identity, row in good.items()})
            for row in rows:
                place = RowPlace(0, page.name, row.at.row)
                done.rows.append(
                    self._planned(place, page, one.book, form, row, merged.get(row.identity), by)
                )
            # Of two records that were joined one row may go; the establishment is gone with the last of them.
            stays = {record.id for row in rows if (record := self.bases.records.get(row.identity))}
            deleted = [identity for identity, result in merged.items() if result.fate is Fate.DELETED]
            done.gone += [
                (identity, page, record)
                for identity, record in ((one, self.bases.records[one]) for one in deleted)
                if record.id not in stays
            ]
        return done

    def _rows(self, page: BookPage, book: BookFacts, form: SurveyForm) -> Iterator[RowOfBook]:
        """Read the rows that say anything, each under an identity of its own."""
        blanks = {str(blank) for blank in blank_identities(book.identity, page.kind)}
        groups: dict[str, list[tuple[BookRow, dict[str, Answer] | None]]] = {}
        for at in page.rows:
            if at.is_blank:
                continue
            identity, base = at.identity, self.bases.base(form, book, at.identity, at.version)
            record = self.bases.records.get(identity)
            is_known = identity in blanks or base is not None
            if not is_known or (record is not None and record.kind != page.kind):
                identity, base = _identity_of(at, page, book), None
                base = self.bases.base(form, book, identity, 0)
            groups.setdefault(identity, []).append((at, base))
        for identity, group in groups.items():
            # A row that was copied brings the identity along: the one that was changed least is the record.
            group.sort(key=lambda one: self.rows.edits(page, form, *one))
            for place, (at, base) in enumerate(group):
                own = identity if place == 0 else _identity_of(at, page, book)
                known = base if place == 0 else self.bases.base(form, book, own, 0)
                village = book.village.name if book.village is not None else None
                yield self.rows.read(page, form, at, own, known, village)

    def _expected(
        self, book: BookFacts, page: BookPage, form: SurveyForm, rows: Sequence[RowOfBook]
    ) -> Iterator[str]:
        """Return the rows that have a base: those that came back, and those that should have."""
        wrong = {row.identity for row in rows if row.has_error}
        came = {row.identity for row in rows}
        yield from came - wrong
        for identity in self.bases.of_book(book):
            record = self.bases.records.get(identity)
            if identity in came or record is None or record.kind != page.kind:
                continue
            if book.is_of(record.village_id) and record.operating_status in _LIVING:
                yield identity

    def _base(
        self, form: SurveyForm, book: BookFacts, identity: str, row: RowOfBook | None
    ) -> dict[str, Answer] | None:
        return row.base if row is not None else self.bases.base(form, book, identity, 0)

    def _here(self, form: SurveyForm, identity: str, kind: str) -> dict[str, Answer] | None:
        record = self.bases.records.get(identity)
        if record is None or record.kind != kind:
            return None
        return self.written.get(record.id) or self.bases.here(form, identity)

    def _planned(
        self,
        place: RowPlace,
        page: BookPage,
        book: BookFacts,
        form: SurveyForm,
        row: RowOfBook,
        merged: MergedRow[Answer] | None,
        by: Actor,
    ) -> PlannedReturn:
        answers = {code: value for code, value in row.answers.items() if code not in ASKED}
        village = book.village or self._named(row.answers.get("village"))
        if village is not None:
            answers["village"] = village.name
        planned = PlannedRow(place, page.kind, answers, village, list(row.problems))
        done = PlannedReturn(planned, row.identity, row.at.version, row.answers, row.is_edited)
        record = self.bases.records.get(row.identity)
        if merged is None:
            planned.outcome = "error"
        elif merged.fate is Fate.NEW:
            planned.identity = UUID(row.identity)
            self._said_of_new(done)
        elif record is None:
            planned.identity = UUID(row.identity)
            planned.outcome = "duplicate" if merged.merged.clashes else "same"
        else:
            require_village(by, record.village_id)
            self._settle(done, form, record, merged.merged)
        return done

    def _settle(
        self,
        done: PlannedReturn,
        form: SurveyForm,
        record: Establishment,
        merged: Merged[Answer],
    ) -> None:
        """Take what the other side alone changed; of a record that stands in two rows the second waits.

        To another village it is not moved under a paper that stands: the paper names the place.
        """
        planned, theirs = done.planned, done.theirs
        village = self.bases.villages[record.village_id]
        stands = self.written.get(record.id)
        has: dict[str, Answer] = stands or self.bases.here(form, done.identity) or {}
        asked_of = ASKED | {"village"} if record.id in self.bases.papered else ASKED
        waits = set(merged.taken) if stands is not None else set(merged.taken) & asked_of
        asked: list[Clash[Answer]] = [
            Clash(code, has.get(code), has.get(code), theirs[code]) for code in merged.taken if code in waits
        ]
        clashes = (*merged.clashes, *asked)
        done.clashes = tuple(one for one in clashes if one.field != NOTE)
        done.note = next((str(one.theirs) for one in clashes if one.field == NOTE and one.theirs), "")
        planned.changes = {code: (has.get(code), theirs[code]) for code in merged.taken if code not in waits}
        planned.record = record
        planned.village = self._named(theirs["village"]) if "village" in planned.changes else village
        new: dict[str, Any] = {code: value for code, (_, value) in planned.changes.items()}
        answers = {code: value for code, value in has.items() if code not in ASKED}
        planned.merged = {**record.answers, **answers, **new}
        planned.outcome = "changed" if new else "conflict" if done.waits else "same"
        if new:
            self.written[record.id] = {**has, **new}
        if new:
            self.planner.check_merged(planned, record)

    def _named(self, name: Answer) -> VillageRow | None:
        return next((one for one in self.planner.villages if one.name == name), None)

    def _join(self, session: Session, done: PlannedReturn) -> None:
        """Merge a new row into the record that it is: it has no base, so what differs waits."""
        match = done.planned.there
        record = session.get(Establishment, match.candidate.id if match else None)
        if record is None:
            return
        self.bases.records[done.identity] = record
        form = reading_form(self.planner.profile, record.kind)
        has = self.bases.here(form, done.identity) or {}
        self._settle(done, form, record, three_way({}, has, done.theirs))

    def _said_of_new(self, done: PlannedReturn) -> None:
        """Keep what was said of a new one beside its answers; that it trades is nothing new."""
        status, note = done.theirs.get(STATUS), done.theirs.get(NOTE)
        if status and status not in _FOR_NEW:
            done.clashes = (Clash(STATUS, None, None, status),)
        done.note = str(note or "")


_LIVING = frozenset(
    status for status in OperatingStatus if not status.ends_paper and status is not OperatingStatus.NOT_FOUND
)
"""Whose row must come back; who was not found need not be taken out once more."""


def _identity_of(at: BookRow, page: BookPage, book: BookFacts) -> str:
    """Return the identity of a row that brings none along: what it says, in this workbook."""
    said = repr((page.kind, sorted((code, str(cell)) for code, cell in at.cells.items())))
    digest = sha256(said.encode("utf-8", "surrogatepass")).hexdigest()
    return str(uuid5(UUID(book.identity), digest))
