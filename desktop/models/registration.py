"""From application to paper: applications, papers, the serials behind their numbers, who was given what."""

from datetime import date
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models import establishment  # noqa: F401 - their tables are referred to
from desktop.models.base import Base, CodePointText, Entered, Versioned


class Application(Versioned, Entered, Base):
    """One application for registration; its steps keep the statutory clock."""

    __tablename__ = "application"
    topic = "applications"

    id: Mapped[int] = mapped_column(primary_key=True)
    establishment_id: Mapped[int] = mapped_column(ForeignKey("establishment.id"), index=True)
    status: Mapped[str] = mapped_column(index=True)
    applied_on: Mapped[date]
    accepted_on: Mapped[date | None]
    site_checked_on: Mapped[date | None]
    decided_on: Mapped[date | None]
    materials: Mapped[list[str]]
    missing_materials: Mapped[list[str]]
    note: Mapped[str]


class ApplicationStep(Entered, Base):
    """One step of an application: what was done, on which day, by whom; its paper's number, if it has one.

    ``answers`` of a site check says of each item of the check list whether it was met.
    """

    __tablename__ = "application_step"
    topic = "applications"

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("application.id"), index=True)
    step: Mapped[str]
    number: Mapped[str]
    done_on: Mapped[date]
    people: Mapped[list[str]]
    note: Mapped[str]
    answers: Mapped[dict[str, Any]] = mapped_column(default=dict)


class Paper(Versioned, Entered, Base):
    """A certificate or card that was issued; its number is never given again, whatever becomes of it.

    A renewal, amendment or reissue that keeps the number is the next ``edition`` of it and follows the
    paper before. ``serial`` is empty for a number that was given on paper under another rule. Of the papers
    of an establishment one is the newest, by the database itself (``ix_paper_newest`` in ``register``).
    """

    __tablename__ = "paper"
    __table_args__ = (
        UniqueConstraint("scope", "serial", "edition"),
        UniqueConstraint("number", "edition"),
        UniqueConstraint("follows_id"),
        # One living paper per place and trade, by the database itself: the key is emptied when it ends.
        UniqueConstraint("living_place"),
        Index("ix_paper_establishment", "establishment_id", "id"),
        Index("ix_paper_issued_on", "issued_on", "id"),
        Index("ix_paper_valid_until", "status", "valid_until", "establishment_id", "kind", "is_newest"),
    )
    topic = "papers"

    id: Mapped[int] = mapped_column(primary_key=True)
    establishment_id: Mapped[int] = mapped_column(ForeignKey("establishment.id"))
    application_id: Mapped[int | None] = mapped_column(ForeignKey("application.id"))
    code: Mapped[str]
    kind: Mapped[str]
    number: Mapped[str] = mapped_column(CodePointText)
    edition: Mapped[int] = mapped_column(default=1)
    act: Mapped[str] = mapped_column(default="issue")
    follows_id: Mapped[int | None] = mapped_column(ForeignKey("paper.id"))
    scope: Mapped[str]
    serial: Mapped[int | None]
    issued_on: Mapped[date]
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]
    status: Mapped[str]
    status_on: Mapped[date]
    status_reason: Mapped[str]
    living_place: Mapped[str | None]
    is_newest: Mapped[bool] = mapped_column(default=True)
    facts: Mapped[dict[str, Any]]
    signed_code: Mapped[str] = mapped_column(default="")


class Serial(Base):
    """The last serial given in each scope; it moves only inside the transaction that issues."""

    __tablename__ = "serial"
    is_audited = False

    scope: Mapped[str] = mapped_column(primary_key=True)
    last: Mapped[int]


class PrintEntry(Entered, Base):
    """A line of the print log: which copy of what went onto paper, and the fingerprint of the file."""

    __tablename__ = "print_entry"
    topic = "prints"

    id: Mapped[int] = mapped_column(primary_key=True)
    paper_id: Mapped[int | None] = mapped_column(ForeignKey("paper.id"), index=True)
    establishment_id: Mapped[int | None] = mapped_column(ForeignKey("establishment.id"), index=True)
    document: Mapped[str]
    number: Mapped[str]
    copy_number: Mapped[int]
    printed_on: Mapped[date]
    reason: Mapped[str]
    file: Mapped[str]
    file_sha256: Mapped[str]
    facts_sha256: Mapped[str]


class PaperCollection(Entered, Base):
    """Who took a paper home, when, and with whose authority (领取)."""

    __tablename__ = "paper_collection"
    topic = "collections"

    id: Mapped[int] = mapped_column(primary_key=True)
    paper_id: Mapped[int] = mapped_column(ForeignKey("paper.id"), unique=True)
    establishment_id: Mapped[int] = mapped_column(ForeignKey("establishment.id"), index=True)
    collected_on: Mapped[date]
    collector: Mapped[str]
    is_agent: Mapped[bool]
    authority: Mapped[str]
