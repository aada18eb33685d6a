"""The trail: who did what, when, from which desk, and what changed from what to what; chained by hashes."""

from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.base import Base


class AuditEntry(Base):
    """One thing that somebody did; it is never changed, and its hash holds the one before it."""

    __tablename__ = "audit_entry"
    is_audited = False

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    on: Mapped[date] = mapped_column("worked_on")
    account: Mapped[str]
    roles: Mapped[list[str]]
    desk: Mapped[str]
    action: Mapped[str]
    reason: Mapped[str]
    object_type: Mapped[str] = mapped_column(index=True)
    object_id: Mapped[str] = mapped_column(index=True)
    establishment_id: Mapped[int | None] = mapped_column(index=True)
    changes: Mapped[dict[str, Any]]
    hash: Mapped[str]


class AuditHead(Base):
    """One row: the newest hash; taking it is what puts two writers in order."""

    __tablename__ = "audit_head"
    is_audited = False

    id: Mapped[int] = mapped_column(primary_key=True)
    count: Mapped[int]
    hash: Mapped[str]
