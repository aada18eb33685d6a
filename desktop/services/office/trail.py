"""Reads the trail and checks what can be checked: the chain of hashes, the numbers, the database itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import ColumnElement, select, text, true
from sqlalchemy.orm import Session

from desktop.domain.act import Actor
from desktop.models.audit import AuditEntry, AuditHead
from desktop.models.establishment import Establishment
from desktop.services.numbers.accounts import read_accounts
from desktop.services.open_office import OpenOffice
from desktop.services.rights import Right, require, village_scope
from desktop.storage.audit import broken_at


@dataclass(frozen=True, slots=True)
class TrailRow:
    """One line of the trail."""

    id: int
    at: datetime
    on: date
    account: str
    roles: tuple[str, ...]
    desk: str
    action: str
    object: str
    changes: Mapping[str, Any]
    reason: str


@dataclass(frozen=True, slots=True)
class CheckFinding:
    """Something that is not as it must be."""

    code: str
    sentence: str


class Trail:
    """Questions to the trail."""

    def __init__(self, office: OpenOffice) -> None:
        self.office = office

    def entries(
        self, *, by: Actor, since: date | None = None, object_id: str | None = None, limit: int = 1000
    ) -> tuple[TrailRow, ...]:
        """Return the newest entries first; an object is named as ``Paper/3`` or by its id alone."""
        require(by, Right.AUDIT)
        query = select(AuditEntry).order_by(AuditEntry.id.desc()).limit(limit)
        if since is not None:
            query = query.where(AuditEntry.at >= datetime.combine(since, datetime.min.time(), UTC))
        if object_id:
            kind, _, number = object_id.rpartition("/")
            query = query.where(AuditEntry.object_id == number)
            if kind:
                query = query.where(AuditEntry.object_type == kind)
        with self.office.db.reading() as session:
            return tuple(_row(entry) for entry in session.scalars(query))

    def of_establishment(self, establishment_id: int, *, by: Actor, limit: int = 200) -> tuple[TrailRow, ...]:
        """Return what was done about one establishment, for its page."""
        require(by, Right.SEE)
        query = (
            select(AuditEntry)
            .where(AuditEntry.establishment_id == establishment_id, _visible(by))
            .order_by(AuditEntry.id.desc())
            .limit(limit)
        )
        with self.office.db.reading() as session:
            return tuple(_row(entry) for entry in session.scalars(query))

    def recent(self, *, by: Actor, limit: int = 8) -> tuple[TrailRow, ...]:
        """Return the last things done in the office, for the workbench."""
        require(by, Right.SEE)
        query = select(AuditEntry).where(_visible(by)).order_by(AuditEntry.id.desc()).limit(limit)
        with self.office.db.reading() as session:
            return tuple(_row(entry) for entry in session.scalars(query))

    def check(self, *, by: Actor) -> tuple[CheckFinding, ...]:
        """Check database, chain and numbers; empty means that all is well."""
        require(by, Right.BACK_UP)
        with self.office.db.reading() as session:
            return (*_database(session), *_chain(session), *_numbers(session))


def _visible(by: Actor) -> ColumnElement[bool]:
    """Return what a person may see of the trail: a village account only what was done in its village."""
    scope = village_scope(by)
    if scope is None:
        return true()
    own = select(Establishment.id).where(Establishment.village_id == scope)
    return AuditEntry.establishment_id.in_(own)


def _database(session: Session) -> list[CheckFinding]:
    if session.get_bind().dialect.name != "sqlite":
        return []
    answers = session.execute(text("PRAGMA integrity_check")).scalars().all()
    if answers == ["ok"]:
        return []
    return [CheckFinding("database", f"数据文件不完好（{answers[0]}），请用备份恢复")]


def _chain(session: Session) -> list[CheckFinding]:
    head = session.scalars(select(AuditHead)).one()
    query = select(AuditEntry).order_by(AuditEntry.id).execution_options(yield_per=1000)
    with session.scalars(query) as entries:
        broken = broken_at(entries, head)
    if broken is None:
        return []
    return [CheckFinding("audit", f"操作日志从第 {broken} 条起与原来写下的不符，可能被人改过")]


def _numbers(session: Session) -> list[CheckFinding]:
    """Check that every serial up to the counter is accounted for, and that none lies beyond it."""
    findings = []
    for one in read_accounts(session):
        if one.highest > one.last:
            sentence = f"编号“{one.scope}”已发到第 {one.highest} 号，计数只到 {one.last}；请用备份核对"
            findings.append(CheckFinding("numbers", sentence))
        elif one.gaps:
            sentence = f"编号“{one.scope}”共 {one.last} 个，有 {one.gaps} 个空号没有说明；请在号码台账里说明"
            findings.append(CheckFinding("numbers", sentence))
    return findings


def _row(entry: AuditEntry) -> TrailRow:
    return TrailRow(
        id=entry.id,
        at=entry.at,
        on=entry.on,
        account=entry.account,
        roles=tuple(entry.roles),
        desk=entry.desk,
        action=entry.action,
        object=f"{entry.object_type}/{entry.object_id}",
        changes=entry.changes,
        reason=entry.reason,
    )
