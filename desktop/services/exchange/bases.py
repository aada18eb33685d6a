"""What a merge knows beforehand: whose a workbook is, what its rows began with, what stands here."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from desktop.domain.duplicates import Decision
from desktop.domain.forms import Answer, SurveyForm
from desktop.errors import UserError
from desktop.models.establishment import Establishment
from desktop.models.exchange import ExchangeBook, ExchangeConflict, ExchangeRow
from desktop.models.imports import ImportRun, ParkedDuplicate
from desktop.models.registration import Paper
from desktop.services.office.villages import VillageRow
from desktop.services.survey.answers import answers_of, restored_answers
from desktop.sheets.exchange_book import STATUS

_BATCH = 500
Key = TypeVar("Key", str, int)
_WRITTEN = (Decision.SAME, Decision.DIFFERENT)


@dataclass(frozen=True, slots=True)
class BookFacts:
    """A workbook that was made here; the one for the county is of no village."""

    id: int
    identity: str
    village: VillageRow | None
    month: date

    @property
    def village_id(self) -> int | None:
        return self.village.id if self.village is not None else None

    def is_of(self, village_id: int) -> bool:
        """Tell whether records of a village stand in it."""
        return self.village is None or self.village.id == village_id


@dataclass(slots=True)
class Bases:
    """The bases of rows by workbook and identity, and their records, loaded in a few questions."""

    villages: Mapping[int, VillageRow]
    records: dict[str, Establishment] = field(default_factory=dict)
    _of_book: dict[tuple[int, str], dict[str, Any]] = field(default_factory=dict)
    _as_made: dict[tuple[str, int], dict[str, Any]] = field(default_factory=dict)
    _links: dict[str, int] = field(default_factory=dict)
    deleted: set[tuple[int, str]] = field(default_factory=set)
    """Rows that were taken out before, for which somebody's word is asked or was given."""

    papered: set[int] = field(default_factory=set)
    """Records with a paper that stands: it names their place."""

    def load(self, session: Session, books: Iterable[BookFacts], identities: Iterable[str]) -> None:
        """Load what is known of these workbooks and of rows that came from others."""
        ids = [book.id for book in books]
        named = set(identities)
        for batch in _batches(sorted(named)):
            self._load_rows(session, ExchangeRow.identity.in_(batch))
        self._load_rows(session, ExchangeRow.book_id.in_(ids))
        self._load_deleted(session, ids)
        self._load_records(session, named | {identity for _, identity in self._of_book})
        self._load_papers(session)

    def base(
        self, form: SurveyForm, book: BookFacts, identity: str, version: int
    ) -> dict[str, Answer] | None:
        """Return what a row began with; one of another month's workbook began as that was made."""
        raw = self._of_book.get((book.id, identity))
        if raw is None:
            raw = self._as_made.get((identity, version))
        return restored_answers(form, raw) if raw is not None else None

    def here(self, form: SurveyForm, identity: str) -> dict[str, Answer] | None:
        """Return what stands in the register, the operating status beside the answers."""
        record = self.records.get(identity)
        if record is None:
            return None
        has = answers_of(record, form, self.villages[record.village_id].name)
        return {**has, STATUS: record.operating_status}

    def of_book(self, book: BookFacts) -> Iterator[str]:
        """Return the identities of all rows that a workbook has had."""
        return (identity for book_id, identity in self._of_book if book_id == book.id)

    def _load_rows(self, session: Session, condition: Any) -> None:  # noqa: ANN401 - any clause
        query = (
            select(ExchangeRow)
            .outerjoin(ImportRun, ExchangeRow.import_id == ImportRun.id)
            .where(condition, or_(ExchangeRow.import_id.is_(None), ImportRun.undone_at.is_(None)))
            .order_by(ExchangeRow.id)
        )
        for row in session.scalars(query):
            self._of_book[row.book_id, row.identity] = row.answers
            if row.import_id is None:
                self._as_made[row.identity, row.version] = row.answers
            if row.establishment_id is not None:
                self._links[row.identity] = row.establishment_id

    def _load_deleted(self, session: Session, books: Sequence[int]) -> None:
        query = (
            select(ExchangeConflict.book_id, ExchangeConflict.identity)
            .join(ImportRun, ExchangeConflict.import_id == ImportRun.id)
            .where(
                ExchangeConflict.book_id.in_(books),
                ExchangeConflict.row.is_(None),
                ImportRun.undone_at.is_(None),
            )
        )
        self.deleted |= {(book_id, identity) for book_id, identity in session.execute(query)}

    def _load_papers(self, session: Session) -> None:
        for batch in _batches(sorted({record.id for record in self.records.values()})):
            living = select(Paper.establishment_id).where(
                Paper.establishment_id.in_(batch), Paper.living_place.is_not(None)
            )
            self.papered |= set(session.scalars(living))

    def _load_records(self, session: Session, identities: set[str]) -> None:
        """Load records by identity; a row that was decided into another record is that one."""
        for batch in _batches(sorted(identities)):
            for record in session.scalars(select(Establishment).where(Establishment.uuid.in_(batch))):
                self.records[record.uuid] = record
            parked = select(ParkedDuplicate.identity, ParkedDuplicate.establishment_id).where(
                ParkedDuplicate.identity.in_(batch), ParkedDuplicate.resolution.in_(_WRITTEN)
            )
            for identity, record_id in session.execute(parked):
                if identity is not None and record_id is not None:
                    self._links.setdefault(identity, record_id)
        wanted = {identity: self._links[identity] for identity in identities if identity in self._links}
        linked = {identity: one for identity, one in wanted.items() if identity not in self.records}
        for batch in _batches(sorted(linked)):
            ids = [linked[identity] for identity in batch]
            found = {
                record.id: record
                for record in session.scalars(select(Establishment).where(Establishment.id.in_(ids)))
            }
            self.records |= {
                identity: found[linked[identity]] for identity in batch if linked[identity] in found
            }


def book_in(
    session: Session, identities: frozenset[str], file: str, villages: Mapping[int, VillageRow]
) -> BookFacts:
    """Return the workbook that a file is; refused where it is none of this register."""
    if len(identities) > 1:
        raise UserError(f"{file} 里有两份交换表的工作表，分不清是哪一份；请把它们分成两个文件再合并")
    (identity,) = identities
    book = session.scalar(select(ExchangeBook).where(ExchangeBook.identity == identity))
    if book is None:
        raise UserError(
            f"{file} 不是这本登记册做的交换表（或者做它以后恢复过旧备份）；请重新做一份，或者按普通台账导入"
        )
    village = villages[book.village_id] if book.village_id is not None else None
    return BookFacts(book.id, book.identity, village, book.month)


def _batches(items: Sequence[Key]) -> Iterator[Sequence[Key]]:
    return (items[start : start + _BATCH] for start in range(0, len(items), _BATCH))
