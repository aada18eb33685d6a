"""The imports of the past: which workbooks were taken in, what they came to, which were taken back."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from desktop.domain.act import Actor
from desktop.models.imports import ImportRun
from desktop.services.open_office import OpenOffice
from desktop.services.rights import Right, require, village_scope


@dataclass(frozen=True, slots=True)
class ImportRunRow:
    """One workbook that was taken in."""

    id: int
    file: str
    imported_on: date
    by: str
    new: int
    changed: int
    duplicate: int
    error: int
    is_undone: bool


class ImportRuns:
    """Questions about imports; taking in and taking back is the work of ``Imports``."""

    def __init__(self, office: OpenOffice) -> None:
        self.office = office

    def recent(self, *, by: Actor, limit: int = 100) -> tuple[ImportRunRow, ...]:
        """Return the newest imports first; a village account sees those that it made itself."""
        require(by, Right.IMPORT)
        query = select(ImportRun).order_by(ImportRun.id.desc()).limit(limit)
        if village_scope(by) is not None:
            query = query.where(ImportRun.entered_by == by.name)
        with self.office.db.reading() as session:
            return tuple(_row(run) for run in session.scalars(query))


def _row(run: ImportRun) -> ImportRunRow:
    return ImportRunRow(
        id=run.id,
        file=run.file,
        imported_on=run.imported_on,
        by=run.entered_by,
        new=run.counts.get("new", 0),
        changed=run.counts.get("changed", 0),
        duplicate=run.counts.get("duplicate", 0),
        error=run.counts.get("error", 0),
        is_undone=run.undone_at is not None,
    )
