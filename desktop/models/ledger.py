"""The number ledger (号码台账): ranges set aside, serials accounted for, and what became of the blanks."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models import registration  # noqa: F401 - their tables are referred to
from desktop.models.base import Base, Entered, Versioned


class NumberRange(Versioned, Entered, Base):
    """Serials set aside for a village that issues offline (预留号段); what is left over is returned."""

    __tablename__ = "number_range"
    __table_args__ = (CheckConstraint("first <= last", name="order"),)
    topic = "numbers"

    id: Mapped[int] = mapped_column(primary_key=True)
    scope: Mapped[str] = mapped_column(index=True)
    kind: Mapped[str]
    village_id: Mapped[int] = mapped_column(ForeignKey("village.id"))
    first: Mapped[int]
    last: Mapped[int]
    reserved_on: Mapped[date]
    returned_on: Mapped[date | None]
    reason: Mapped[str]


class NumberMark(Entered, Base):
    """Why a serial has no paper: spoilt, returned, or a gap that was explained."""

    __tablename__ = "number_mark"
    __table_args__ = (UniqueConstraint("scope", "serial"),)
    topic = "numbers"

    id: Mapped[int] = mapped_column(primary_key=True)
    scope: Mapped[str]
    serial: Mapped[int]
    mark: Mapped[str]
    marked_on: Mapped[date]
    reason: Mapped[str]


class BlankLot(Entered, Base):
    """A delivery of pre-printed blanks (空白证): their printed serials from the first to the last."""

    __tablename__ = "blank_lot"
    __table_args__ = (CheckConstraint("first <= last", name="order"),)
    topic = "blanks"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    prefix: Mapped[str] = mapped_column(index=True)
    digits: Mapped[int]
    first: Mapped[int]
    last: Mapped[int]
    received_on: Mapped[date]
    note: Mapped[str]


class BlankUse(Entered, Base):
    """What became of one blank: printed with a paper, or spoilt with its reason; never both, never twice."""

    __tablename__ = "blank_use"
    __table_args__ = (UniqueConstraint("lot_id", "serial"),)
    topic = "blanks"

    id: Mapped[int] = mapped_column(primary_key=True)
    lot_id: Mapped[int] = mapped_column(ForeignKey("blank_lot.id"))
    serial: Mapped[int]
    state: Mapped[str]
    used_on: Mapped[date]
    reason: Mapped[str]
    number: Mapped[str]
    paper_id: Mapped[int | None] = mapped_column(ForeignKey("paper.id"), index=True)
    print_entry_id: Mapped[int | None] = mapped_column(ForeignKey("print_entry.id"), index=True)
