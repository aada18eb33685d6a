"""Establishments (三小主体), what surveys said of them, what changed, and how they are found."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models import office  # noqa: F401 - their tables are referred to
from desktop.models.base import Base, CodePointText, Entered, Versioned


class Survey(Versioned, Base):
    """A survey round (摸底调查)."""

    __tablename__ = "survey"
    topic = "surveys"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    is_closed: Mapped[bool] = mapped_column(default=False)


_FILTERED = ("village_id", "kind", "registration_status", "operating_status")


class Establishment(Versioned, Entered, Base):
    """A small workshop, stall, eatery or whatever else the rule pack calls a trade."""

    __tablename__ = "establishment"
    __table_args__ = (
        CheckConstraint("employee_count >= 0", name="employees"),
        CheckConstraint("health_certificate_count <= employee_count", name="certificates"),
        # Three orders to walk in; what is filtered by stands beside, so that no record is read on the way.
        Index("ix_establishment_name_sort", "name_sort", "id", *_FILTERED),
        Index("ix_establishment_surveyed", "surveyed_sort", "id", *_FILTERED),
        Index("ix_establishment_village", "village_id", "id", *_FILTERED[1:], "surveyed_on"),
        Index("ix_establishment_kind", "kind", "id"),
        Index("ix_establishment_registration", "registration_status", "id"),
        Index("ix_establishment_place", "kind", "place_key"),
        # A record that was joined to another one comes back under its own id: nobody gets it meanwhile.
        {"sqlite_autoincrement": True},
    )
    topic = "establishments"

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(unique=True)
    archive_number: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    name: Mapped[str | None]
    name_sort: Mapped[str] = mapped_column(CodePointText)
    village_id: Mapped[int] = mapped_column(ForeignKey("village.id"))
    address: Mapped[str]
    place_key: Mapped[str] = mapped_column(CodePointText)
    operator_name: Mapped[str]
    operator_id_number: Mapped[str | None] = mapped_column(index=True)
    phone: Mapped[str | None] = mapped_column(index=True)
    business_licence: Mapped[bool | None]
    business_licence_number: Mapped[str | None]
    stated_paper_number: Mapped[str | None] = mapped_column(index=True)
    products: Mapped[str | None]
    employee_count: Mapped[int | None]
    health_certificate_count: Mapped[int | None]
    area_m2: Mapped[Decimal | None] = mapped_column(Numeric(8, 2))
    surveyed_on: Mapped[date | None]
    surveyed_sort: Mapped[date]
    surveyor: Mapped[str | None]
    remark: Mapped[str | None]
    answers: Mapped[dict[str, Any]]
    operating_status: Mapped[str]
    registration_status: Mapped[str]
    route: Mapped[str]
    disposition: Mapped[str | None]
    banned_until: Mapped[date | None]
    ban_basis: Mapped[str] = mapped_column(default="")
    opened_on: Mapped[date]
    """The working day on which the file was opened (建档日期); the moment of entry is the machine's."""


class SurveyResponse(Entered, Base):
    """One filled survey sheet, as it was answered on that day."""

    __tablename__ = "survey_response"
    topic = "surveys"

    id: Mapped[int] = mapped_column(primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"))
    establishment_id: Mapped[int] = mapped_column(ForeignKey("establishment.id"), index=True)
    surveyed_on: Mapped[date | None]
    surveyor: Mapped[str | None]
    answers: Mapped[dict[str, Any]]


class EstablishmentChange(Entered, Base):
    """A line of the change log: newly set up, moved, paused, closed, met again (新设立、搬迁、关停)."""

    __tablename__ = "establishment_change"
    topic = "establishments"

    id: Mapped[int] = mapped_column(primary_key=True)
    establishment_id: Mapped[int] = mapped_column(ForeignKey("establishment.id"), index=True)
    change: Mapped[str]
    changed_on: Mapped[date]
    old_value: Mapped[str | None]
    new_value: Mapped[str | None]
    note: Mapped[str]


class Photo(Entered, Base):
    """A photograph, re-encoded so that it carries no place and no device."""

    __tablename__ = "photo"
    topic = "photos"

    id: Mapped[int] = mapped_column(primary_key=True)
    establishment_id: Mapped[int] = mapped_column(ForeignKey("establishment.id"), index=True)
    caption: Mapped[str]
    taken_on: Mapped[date]
    sha256: Mapped[str]
    picture: Mapped[bytes]
    thumbnail: Mapped[bytes]


class SearchKey(Base):
    """Endings of names and initials, numbers backwards: any search is a range of one index."""

    __tablename__ = "search_key"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 - SQLAlchemy reads it from the class
    is_audited = False

    key: Mapped[str] = mapped_column(CodePointText, primary_key=True)
    establishment_id: Mapped[int] = mapped_column(
        ForeignKey("establishment.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class JoinedEstablishment(Entered, Base):
    """A record that turned out to be another one's second (并档): all it said, and what went over with it.

    ``establishment_id`` is the record that was kept. ``said`` holds every column of the other one, ``moved``
    by table the ids of what was written about it, ``before`` what the kept one said, ``state`` how all of it
    stood afterwards: as long as it stands so, the two can be told apart again.
    """

    __tablename__ = "joined_establishment"
    topic = "establishments"

    id: Mapped[int] = mapped_column(primary_key=True)
    establishment_id: Mapped[int] = mapped_column(ForeignKey("establishment.id"), index=True)
    archive_number: Mapped[str] = mapped_column(index=True)
    title: Mapped[str]
    said: Mapped[dict[str, Any]]
    moved: Mapped[dict[str, Any]]
    before: Mapped[dict[str, Any]]
    state: Mapped[dict[str, Any]]
    joined_on: Mapped[date]
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[str | None]


class ToldApart(Entered, Base):
    """Somebody's word that two records that are alike are two establishments (认定不同户).

    It stands with both of them, so that a joining takes it along and a separation gives it back. The other
    one is named by its id, which nobody else ever gets, also where it has gone by now.
    """

    __tablename__ = "told_apart"
    __table_args__ = (Index("ix_told_apart_establishment", "establishment_id", "other_id"),)
    topic = "duplicates"

    id: Mapped[int] = mapped_column(primary_key=True)
    establishment_id: Mapped[int] = mapped_column(ForeignKey("establishment.id"))
    other_id: Mapped[int]
