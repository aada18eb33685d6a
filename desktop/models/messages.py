"""Who was told of what: by telephone, by a message, in person."""

from datetime import date

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models import establishment  # noqa: F401 - its table is referred to
from desktop.models.base import Base, Entered


class MessageEntry(Entered, Base):
    """One time that somebody was told (通知记录) of a case that is due, or of a paper.

    ``subject_id`` is the case or the paper, as the occasion says.
    """

    __tablename__ = "message_entry"
    __table_args__ = (Index("ix_message_entry_subject", "occasion", "subject_id"),)
    topic = "messages"

    id: Mapped[int] = mapped_column(primary_key=True)
    establishment_id: Mapped[int] = mapped_column(ForeignKey("establishment.id"), index=True)
    occasion: Mapped[str]
    subject_id: Mapped[int]
    means: Mapped[str]
    told_on: Mapped[date]
