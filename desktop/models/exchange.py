"""Workbooks that go out each month: what stood in them, what came back, and what clashes."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models import establishment, imports  # noqa: F401 - their tables are referred to
from desktop.models.base import Base, Entered, Versioned


class ExchangeBook(Entered, Base):
    """One workbook that was made for a month (月度交换表): of a village, or of all for the county."""

    __tablename__ = "exchange_book"
    topic = "exchange"

    id: Mapped[int] = mapped_column(primary_key=True)
    identity: Mapped[str] = mapped_column(unique=True)
    village_id: Mapped[int | None] = mapped_column(ForeignKey("village.id"))
    """Whose it is; none of the workbook of all villages that the county gets."""

    month: Mapped[date]
    """The first day of the month."""

    file: Mapped[str]
    row_count: Mapped[int]


class ExchangeRow(Base):
    """What one row said when its workbook was made, or when it came back with an import.

    The newest one whose import stands is the base of the next merge; an import that was taken back is no
    longer one.
    """

    __tablename__ = "exchange_row"
    __table_args__ = (Index("ix_exchange_row_identity", "identity", "book_id"),)
    is_audited = False

    id: Mapped[int] = mapped_column(primary_key=True)
    book_id: Mapped[int] = mapped_column(ForeignKey("exchange_book.id"), index=True)
    import_id: Mapped[int | None] = mapped_column(ForeignKey("import_run.id"))
    identity: Mapped[str]
    version: Mapped[int]
    establishment_id: Mapped[int | None] = mapped_column(ForeignKey("establishment.id"))
    answers: Mapped[dict[str, Any]]


class ExchangeConflict(Versioned, Entered, Base):
    """A row that was changed here and in a workbook in different ways: it waits for a word (交换冲突)."""

    __tablename__ = "exchange_conflict"
    topic = "conflicts"

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("import_run.id"))
    book_id: Mapped[int] = mapped_column(ForeignKey("exchange_book.id"))
    identity: Mapped[str]
    establishment_id: Mapped[int | None] = mapped_column(ForeignKey("establishment.id"))
    sheet: Mapped[str]
    row: Mapped[int | None]
    """The row of the workbook; none where the row was taken out of it."""

    base: Mapped[dict[str, Any]]
    theirs: Mapped[dict[str, Any]]
    """Base and theirs of the fields that clash; what stands here is read when somebody looks."""

    note: Mapped[str]
    resolution: Mapped[str | None]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str | None]


class ExchangeReminder(Entered, Base):
    """A letter that asks a village for a month's workbook (催报函); its number was given with it."""

    __tablename__ = "exchange_reminder"
    topic = "exchange"

    id: Mapped[int] = mapped_column(primary_key=True)
    village_id: Mapped[int] = mapped_column(ForeignKey("village.id"))
    month: Mapped[date]
    number: Mapped[str]
    reminded_on: Mapped[date]
