"""Workbooks that were taken in, row by row, and the rows that wait for somebody's word."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models import establishment, exchange  # noqa: F401 - their tables are referred to
from desktop.models.base import Base, Entered, Versioned


class ImportRun(Entered, Base):
    """One workbook that was taken in."""

    __tablename__ = "import_run"
    topic = "imports"

    id: Mapped[int] = mapped_column(primary_key=True)
    file: Mapped[str]
    sha256: Mapped[str]
    imported_on: Mapped[date]
    counts: Mapped[dict[str, Any]]
    village_id: Mapped[int | None] = mapped_column(ForeignKey("village.id"))
    """The one village that sent it; none where rows of several stand in it."""

    month: Mapped[date]
    """The first day of the month that it reports."""

    sender: Mapped[str]
    book_id: Mapped[int | None] = mapped_column(ForeignKey("exchange_book.id"))
    undone_at: Mapped[datetime | None]


class ImportRow(Base):
    """What one row of a workbook did to the register, so that it can be taken back."""

    __tablename__ = "import_row"
    is_audited = False

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("import_run.id"), index=True)
    sheet: Mapped[str]
    row: Mapped[int]
    outcome: Mapped[str]
    establishment_id: Mapped[int | None] = mapped_column(ForeignKey("establishment.id"))
    version_after: Mapped[int | None]
    before: Mapped[dict[str, Any] | None]


class ParkedDuplicate(Versioned, Entered, Base):
    """A row that may be an establishment we have: it waits for somebody's word and blocks nothing."""

    __tablename__ = "parked_duplicate"
    topic = "duplicates"

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int | None] = mapped_column(ForeignKey("import_run.id"))
    establishment_id: Mapped[int | None] = mapped_column(ForeignKey("establishment.id"))
    identity: Mapped[str | None]
    """The identity that its row has in a workbook of the exchange."""

    kind: Mapped[str]
    answers: Mapped[dict[str, Any]]
    alike: Mapped[list[str]]
    sheet: Mapped[str]
    row: Mapped[int]
    resolution: Mapped[str | None]
    reason: Mapped[str]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str | None]


class ColumnChoice(Versioned, Entered, Base):
    """Which column somebody said is which, under a header that may come again (栏目对应)."""

    __tablename__ = "column_choice"
    __table_args__ = (Index("ix_column_choice_shape", "shape"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    shape: Mapped[str]
    village_id: Mapped[int | None] = mapped_column(ForeignKey("village.id"))
    columns: Mapped[dict[str, Any]]
    """The field of a column by its letter; empty where it is not to be read."""
