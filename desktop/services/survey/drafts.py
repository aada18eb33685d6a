"""Drafts (草稿): what somebody typed and has not saved yet, kept so that no crash takes it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select

from desktop.domain.act import Actor
from desktop.models.office import Draft
from desktop.services.open_office import OpenOffice


@dataclass(frozen=True, slots=True)
class DraftRow:
    """One draft of one person."""

    key: str
    label: str
    typed: Mapping[str, Any]
    saved_at: datetime


class Drafts:
    """Everybody has drafts of their own; nobody sees another's."""

    def __init__(self, office: OpenOffice) -> None:
        self.office = office

    def save(self, *, key: str, label: str, typed: Mapping[str, Any], by: Actor) -> datetime:
        """Keep a draft under its key, in place of an older one; return the moment, for the note beside it.

        ``typed`` holds what JSON holds; a draft is no record, so the trail does not speak of it.
        """
        now = self.office.clock.now()
        with self.office.db.writing(self.office.act(by, "draft.save")) as session:
            draft = session.scalar(select(Draft).where(Draft.account_id == by.account_id, Draft.key == key))
            if draft is None:
                draft = Draft(account_id=by.account_id, key=key, label=label, typed=dict(typed), saved_at=now)
                session.add(draft)
            else:
                draft.label, draft.typed, draft.saved_at = label, dict(typed), now
            return now

    def list(self, prefix: str = "", *, by: Actor) -> tuple[DraftRow, ...]:
        """Return this person's drafts whose keys begin so, the newest first."""
        query = (
            select(Draft.key, Draft.label, Draft.typed, Draft.saved_at)
            .where(Draft.account_id == by.account_id, Draft.key.startswith(prefix, autoescape=True))
            .order_by(Draft.saved_at.desc(), Draft.id.desc())
        )
        with self.office.db.reading() as session:
            return tuple(DraftRow(*row) for row in session.execute(query))

    def discard(self, key: str, *, by: Actor) -> None:
        """Throw a draft away, because it was saved or is not wanted; one that is gone already is no error."""
        with self.office.db.writing(self.office.act(by, "draft.discard")) as session:
            session.execute(delete(Draft).where(Draft.account_id == by.account_id, Draft.key == key))
            session.trail.topics.add(Draft.topic)
