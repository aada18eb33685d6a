"""The one mechanism that writes the trail: it watches what a session changes, callers need not."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from sqlalchemy import event, inspect, select, update
from sqlalchemy.orm import Session, UOWTransaction

from desktop.domain.act import Act
from desktop.domain.masking import mask_all
from desktop.models.audit import AuditEntry, AuditHead
from desktop.models.base import Base
from desktop.storage.many import insert_rows

FIRST_HASH = "0" * 64
_NEVER_WRITTEN = frozenset({"password_hash", "picture", "thumbnail", "candidates"})
"""Secrets, and what is large: of the lists that a draw was made from the trail keeps the digest."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What a commit touched: screens that show one of these topics ask again."""

    topics: frozenset[str]

    def __bool__(self) -> bool:
        return bool(self.topics)


@dataclass(slots=True)
class Trail:
    """What one transaction did so far; it is written at its end."""

    act: Act
    entries: list[dict[str, Any]] = field(default_factory=list)
    topics: set[str] = field(default_factory=set)

    def note(
        self,
        object_type: str,
        object_id: object,
        changes: Mapping[str, object],
        *,
        establishment_id: int | None = None,
        action: str = "",
    ) -> None:
        """Write down something that is no change of a record: a print, an export, a look at a full number."""
        self.entries.append(
            {
                "action": action or self.act.action,
                "object_type": object_type,
                "object_id": str(object_id),
                "establishment_id": establishment_id,
                "changes": _plain(changes),
            }
        )

    def watch(self, session: Session) -> None:
        """Follow every record that the session adds, changes or deletes."""
        event.listen(session, "before_flush", self._before_flush)
        event.listen(session, "after_flush", self._after_flush)

    def _before_flush(self, session: Session, context: UOWTransaction, instances: object) -> None:
        for record in session.dirty:
            if isinstance(record, Base) and record.is_audited and session.is_modified(record):
                self._remember(record, "changed", _differences(record))
            self._touch(record)
        for record in session.deleted:
            if isinstance(record, Base) and record.is_audited:
                self._remember(record, "deleted", _contents(record))
            self._touch(record)

    def _after_flush(self, session: Session, context: UOWTransaction) -> None:
        self.added(session.new)  # only now do new records have their ids

    def added(self, records: Iterable[object]) -> None:
        """Write down new records that have their ids; of many at once the session cannot tell by itself."""
        for record in records:
            if isinstance(record, Base) and record.is_audited:
                self._remember(record, "added", _contents(record))
            self._touch(record)

    def _touch(self, record: object) -> None:
        if isinstance(record, Base) and record.topic:
            self.topics.add(record.topic)

    def _remember(self, record: Base, how: str, contents: Mapping[str, object]) -> None:
        object_type = type(record).__name__
        identity = inspect(record).identity or (getattr(record, "id", ""),)
        whose = record if object_type == "Establishment" else None
        establishment_id = whose.id if whose is not None else getattr(record, "establishment_id", None)  # type: ignore[attr-defined]
        self.note(
            object_type,
            "/".join(map(str, identity)),
            {"how": how, **contents},
            establishment_id=establishment_id,
        )

    def write(self, session: Session) -> None:
        """Append all entries to the chain; the head row keeps two writers in order."""
        if not self.entries:
            return
        head = session.execute(select(AuditHead).with_for_update()).scalar_one()
        rows = []
        newest = head.hash
        for position, entry in enumerate(self.entries, head.count + 1):
            row = {
                "id": position,
                "at": self.act.at,
                "on": self.act.on,
                "account": self.act.by.name,
                "roles": sorted(self.act.by.roles),
                "desk": self.act.by.desk,
                "reason": mask_all(self.act.reason),
                **entry,
            }
            newest = chained(newest, row)
            rows.append((*row.values(), newest))
        insert_rows(session, AuditEntry, (*row, "hash"), rows)
        session.execute(
            update(AuditHead).values(count=head.count + len(rows), hash=newest),
            execution_options={"synchronize_session": False},
        )


_AS_TEXT = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=lambda day: day.isoformat()
)


def chained(previous: str, row: Mapping[str, Any]) -> str:
    """Return the hash of an entry: SHA-256 over the hash before it and all that the entry says."""
    said = {key: value for key, value in row.items() if key != "hash"}
    text = _AS_TEXT.encode(said)
    return hashlib.sha256(f"{previous}\n{text}".encode()).hexdigest()


def broken_at(entries: Iterable[AuditEntry], head: AuditHead) -> int | None:
    """Return the number of the first entry that is not as it was written; ``None`` when all are."""
    newest, count = FIRST_HASH, 0
    for entry in entries:
        count += 1
        row = {
            column.key: getattr(entry, column.key)
            for column in inspect(AuditEntry).column_attrs
            if column.key != "hash"
        }
        newest = chained(newest, row)
        if entry.id != count or entry.hash != newest:
            return count
    return None if (count, newest) == (head.count, head.hash) else count + 1


def _differences(record: Base) -> dict[str, object]:
    changed: dict[str, object] = {}
    state = inspect(record)
    for attribute in state.mapper.column_attrs:
        history = state.attrs[attribute.key].history
        if attribute.key not in _NEVER_WRITTEN and history.has_changes():
            changed[attribute.key] = [
                history.deleted[0] if history.deleted else None,
                history.added[0] if history.added else None,
            ]
    return changed


def _contents(record: Base) -> dict[str, object]:
    said = inspect(record).dict
    return {key: said[key] for key in _written_keys(type(record)) if said.get(key) is not None}


@cache
def _written_keys(mapped: type[Base]) -> tuple[str, ...]:
    keys = (attribute.key for attribute in inspect(mapped).column_attrs)
    return tuple(key for key in keys if key not in _NEVER_WRITTEN)


def _plain(values: Mapping[str, object]) -> dict[str, Any]:
    return {key: _plain_value(value) for key, value in values.items()}


def _plain_value(value: object) -> Any:  # noqa: ANN401 - what JSON can hold
    """Write a value as JSON holds it, personal numbers masked: the trail must give nobody away."""
    match value:
        case str():
            return mask_all(value)
        case None | int():
            return value
        case datetime() | date():
            return value.isoformat()
        case Decimal():
            return str(value)
        case Mapping():
            return {str(key): _plain_value(inner) for key, inner in value.items()}
        case list() | tuple() | set() | frozenset():
            return [_plain_value(inner) for inner in value]
        case _:
            return value
