"""The office itself: which rule pack it works under, its villages, its accounts, what people prefer."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.base import Base, Versioned


class Office(Versioned, Base):
    """One row: the identity of this register."""

    __tablename__ = "office"
    topic = "office"

    id: Mapped[int] = mapped_column(primary_key=True)
    register_id: Mapped[str] = mapped_column(unique=True)
    profile: Mapped[str]
    township: Mapped[str]
    made_at: Mapped[datetime]
    is_sample: Mapped[bool] = mapped_column(default=False)


class Village(Versioned, Base):
    """A village or community (村、社区) of the township."""

    __tablename__ = "village"
    topic = "villages"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    position: Mapped[int]


class Account(Versioned, Base):
    """A person who signs in; never deleted, only closed, because the trail names them."""

    __tablename__ = "account"
    topic = "accounts"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    password_hash: Mapped[str]
    roles: Mapped[list[str]]
    village_id: Mapped[int | None] = mapped_column(ForeignKey("village.id"))
    is_closed: Mapped[bool] = mapped_column(default=False)
    failed_count: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None]


class Preference(Base):
    """What one person chose for a table or page: columns, filters, folders."""

    __tablename__ = "preference"
    __table_args__ = (UniqueConstraint("account_id", "key"),)
    is_audited = False

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    key: Mapped[str]
    value: Mapped[dict[str, Any]]


class PrinterOffset(Base):
    """How far one printer of one desk is off on one kind of paper (套打), in tenths of a millimetre."""

    __tablename__ = "printer_offset"
    __table_args__ = (UniqueConstraint("desk", "printer", "paper"),)
    topic = "printer_offsets"

    id: Mapped[int] = mapped_column(primary_key=True)
    desk: Mapped[str]
    printer: Mapped[str]
    paper: Mapped[str]
    right_tenths: Mapped[int]
    down_tenths: Mapped[int]


class Draft(Base):
    """What somebody typed and has not saved yet; offered again after a crash."""

    __tablename__ = "draft"
    __table_args__ = (UniqueConstraint("account_id", "key"),)
    is_audited = False
    topic = "drafts"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    key: Mapped[str]
    label: Mapped[str]
    typed: Mapped[dict[str, Any]]
    saved_at: Mapped[datetime]


class CalendarYear(Versioned, Base):
    """A year of days off and working weekends that the office loaded beyond those that ship."""

    __tablename__ = "calendar_year"
    topic = "calendar"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    text: Mapped[str]
    loaded_on: Mapped[date]
