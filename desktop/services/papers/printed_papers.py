"""The print log (打印记录) as a list: who printed what and when, which copy, why, into which file."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, or_, select

from desktop.domain.act import Actor
from desktop.domain.called import called
from desktop.models.establishment import Establishment
from desktop.models.registration import PrintEntry
from desktop.services.open_office import OpenOffice
from desktop.services.rights import Right, require, village_scope


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """One copy of one paper; a list of many establishments belongs to none of them."""

    id: int
    document: str
    number: str
    copy_number: int
    printed_on: date
    printed_at: datetime
    printed_by: str
    reason: str
    file: str
    file_sha256: str
    facts_sha256: str
    establishment_id: int | None
    title: str


class PrintedPapers:
    """Questions to the print log; nothing in it is ever changed."""

    def __init__(self, office: OpenOffice) -> None:
        self.office = office

    def page(
        self, search: str = "", *, offset: int = 0, limit: int = 200, by: Actor
    ) -> tuple[PrintedRow, ...]:
        """Return prints, the newest first; ``search`` is part of what a row says, or begins a digest."""
        require(by, Right.SEE)
        query = self._matching(
            select(PrintEntry, Establishment.name, Establishment.operator_name, Establishment.products),
            search,
            by,
        )
        query = query.order_by(PrintEntry.id.desc()).offset(offset).limit(limit)
        titles = _titles()
        with self.office.db.reading() as session:
            return tuple(
                PrintedRow(
                    id=entry.id,
                    document=titles.get(entry.document, entry.document),
                    number=entry.number,
                    copy_number=entry.copy_number,
                    printed_on=entry.printed_on,
                    printed_at=entry.entered_at,
                    printed_by=entry.entered_by,
                    reason=entry.reason,
                    file=entry.file,
                    file_sha256=entry.file_sha256,
                    facts_sha256=entry.facts_sha256,
                    establishment_id=entry.establishment_id,
                    title=called(name, operator, products) if entry.establishment_id is not None else "",
                )
                for entry, name, operator, products in session.execute(query)
            )

    def count(self, search: str = "", *, by: Actor) -> int:
        """Return how many prints there are behind the list."""
        require(by, Right.SEE)
        with self.office.db.reading() as session:
            return session.scalar(self._matching(select(func.count(PrintEntry.id)), search, by)) or 0

    def _matching(self, query: Any, search: str, by: Actor) -> Any:  # noqa: ANN401 - rows or their count
        query = query.select_from(PrintEntry).outerjoin(
            Establishment, PrintEntry.establishment_id == Establishment.id
        )
        scope = village_scope(by)
        if scope is not None:
            query = query.where(Establishment.village_id == scope)
        if wanted := search.strip():
            codes = [code for code, title in _titles().items() if wanted in title]
            parts = (
                PrintEntry.number,
                PrintEntry.entered_by,
                PrintEntry.reason,
                PrintEntry.file,
                Establishment.name,
                Establishment.operator_name,
            )
            query = query.where(
                or_(
                    PrintEntry.document.in_(codes),
                    PrintEntry.file_sha256.startswith(wanted.lower(), autoescape=True),
                    PrintEntry.facts_sha256.startswith(wanted.lower(), autoescape=True),
                    *(part.contains(wanted, autoescape=True) for part in parts),
                )
            )
        return query


def _titles() -> dict[str, str]:
    from printing.catalogue import documents  # ReportLab is slow to load

    return {code: document.title for code, document in documents().items()}
