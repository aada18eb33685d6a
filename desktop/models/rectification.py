"""Putting right: inspections, findings, cases with their orders, and each step that was taken."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models import establishment  # noqa: F401 - their tables are referred to
from desktop.models.base import Base, Document, Entered, Versioned


class Inspection(Entered, Base):
    """One visit by at least two inspectors."""

    __tablename__ = "inspection"
    # How often somebody was visited is asked of everybody at once: nothing but the index is read for it.
    __table_args__ = (Index("ix_inspection_establishment", "establishment_id", "inspected_on", "mode"),)
    topic = "inspections"

    id: Mapped[int] = mapped_column(primary_key=True)
    establishment_id: Mapped[int] = mapped_column(ForeignKey("establishment.id"))
    inspected_on: Mapped[date]
    mode: Mapped[str]
    inspectors: Mapped[list[str]]
    not_applicable: Mapped[list[str]]
    signature: Mapped[str]
    refusal_reason: Mapped[str]
    witness: Mapped[str]
    late_reason: Mapped[str]
    late_approved_by: Mapped[str]


class RectificationCase(Versioned, Entered, Base):
    """Findings that are put right together (整改), from the finding to the closing out."""

    __tablename__ = "rectification_case"
    __table_args__ = (
        Index("ix_rectification_case_stage_due", "stage", "due_on"),
        CheckConstraint("stage <> ''", name="stage"),
    )
    topic = "rectifications"

    id: Mapped[int] = mapped_column(primary_key=True)
    establishment_id: Mapped[int] = mapped_column(ForeignKey("establishment.id"), index=True)
    stage: Mapped[str]
    family: Mapped[str]
    is_starred: Mapped[bool]
    due_on: Mapped[date | None]
    closed_out_on: Mapped[date | None]
    follows_id: Mapped[int | None] = mapped_column(ForeignKey("rectification_case.id"))


class Finding(Versioned, Entered, Base):
    """One thing that is not as it must be (问题)."""

    __tablename__ = "finding"
    __table_args__ = (
        Index("ix_finding_establishment", "establishment_id", "item", "found_on", "is_starred"),
    )
    topic = "findings"

    id: Mapped[int] = mapped_column(primary_key=True)
    establishment_id: Mapped[int] = mapped_column(ForeignKey("establishment.id"))
    inspection_id: Mapped[int | None] = mapped_column(ForeignKey("inspection.id"))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("rectification_case.id"), index=True)
    item: Mapped[str]
    text: Mapped[str]
    is_starred: Mapped[bool]
    found_on: Mapped[date]
    is_corrected: Mapped[bool] = mapped_column(default=False)


class RectificationOrder(Entered, Base):
    """An order to put right by a date; the second one follows a reinspection that was not good.

    ``party`` keeps name, operator and address as they stood when it was given.
    """

    __tablename__ = "rectification_order"
    topic = "rectifications"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("rectification_case.id"), index=True)
    number: Mapped[str] = mapped_column(unique=True)
    family: Mapped[str]
    ordered_on: Mapped[date]
    within_days: Mapped[int | None]
    within_workdays: Mapped[int | None]
    due_on: Mapped[date]
    party: Mapped[dict[str, Any]]


class RectificationStep(Entered, Base):
    """One step of a case: the day that is claimed and the moment of entry, both kept.

    A step that goes out as a letter has its number, and to whom it went. A reinspection that was partly good
    names in ``unmet`` the findings that were not put right.
    """

    __tablename__ = "rectification_step"
    topic = "rectifications"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("rectification_case.id"), index=True)
    step: Mapped[str]
    stage: Mapped[str]
    done_on: Mapped[date]
    people: Mapped[list[str]]
    result: Mapped[str | None]
    old_due_on: Mapped[date | None]
    new_due_on: Mapped[date | None]
    note: Mapped[str]
    number: Mapped[str]
    addressee: Mapped[str]
    unmet: Mapped[list[Any]] = mapped_column(Document)


class InspectionPhoto(Entered, Base):
    """A photograph that an inspection took, or that shows what was put right after it (佐证照片)."""

    __tablename__ = "inspection_photo"
    topic = "photos"

    id: Mapped[int] = mapped_column(primary_key=True)
    photo_id: Mapped[int] = mapped_column(ForeignKey("photo.id"), unique=True)
    inspection_id: Mapped[int] = mapped_column(ForeignKey("inspection.id"), index=True)
    moment: Mapped[str]


class ShutdownDecision(Entered, Base):
    """One step of closing down: ordered by a date, found closed, or shut down by the authority (取缔)."""

    __tablename__ = "shutdown_decision"
    topic = "shutdowns"

    id: Mapped[int] = mapped_column(primary_key=True)
    establishment_id: Mapped[int] = mapped_column(ForeignKey("establishment.id"), index=True)
    kind: Mapped[str]
    decided_on: Mapped[date]
    close_by: Mapped[date | None]
    is_unmet: Mapped[bool]
    """True where the ground is an order that was not met, not route three (处置意见“限期关停”)."""

    authority: Mapped[str]
    document: Mapped[str]
    reason: Mapped[str]


class LookBack(Entered, Base):
    """One unannounced look at who was registered or closed before (回头看)."""

    __tablename__ = "look_back"
    topic = "look_backs"

    id: Mapped[int] = mapped_column(primary_key=True)
    establishment_id: Mapped[int] = mapped_column(ForeignKey("establishment.id"), index=True)
    looked_on: Mapped[date]
    inspectors: Mapped[list[str]]
    outcome: Mapped[str]
    note: Mapped[str]
    case_id: Mapped[int | None] = mapped_column(ForeignKey("rectification_case.id"))
