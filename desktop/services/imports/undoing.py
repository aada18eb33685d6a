"""Takes an import back: what it added goes, what it changed returns, what was touched since is kept."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from desktop.domain.act import Actor
from desktop.domain.duplicates import Decision
from desktop.errors import NotAllowedError, UserError
from desktop.models.establishment import (
    Establishment,
    EstablishmentChange,
    Photo,
    SurveyResponse,
    ToldApart,
)
from desktop.models.exchange import ExchangeConflict, ExchangeRow
from desktop.models.imports import ImportRow, ImportRun, ParkedDuplicate
from desktop.models.rectification import Finding, Inspection, RectificationCase
from desktop.models.registration import Application, Paper, PrintEntry
from desktop.services.imports.answers import KeptRow, Undone
from desktop.services.office.villages import VillageRow, villages_of
from desktop.services.open_office import OpenOffice
from desktop.services.rectification.cases import Casework
from desktop.services.register.finding import put_many_search_keys
from desktop.services.rights import require_village, village_scope
from desktop.services.survey.answers import restored_answers, with_texts
from desktop.services.survey.standing_changes import put_anew
from desktop.sheets.ledger import reading_form

_BATCH = 500
_WRITTEN = frozenset({Decision.SAME, Decision.DIFFERENT})
_BUILT_UPON: Sequence[tuple[InstrumentedAttribute[Any], str]] = (
    (Paper.establishment_id, "已发证（卡）"),
    (Application.establishment_id, "已有登记申请"),
    (Inspection.establishment_id, "已有检查记录"),
    (Finding.establishment_id, "已有问题记录"),
    (RectificationCase.establishment_id, "已有整改记录"),
    (PrintEntry.establishment_id, "已打印过文书"),
    (Photo.establishment_id, "已有照片"),
    (SurveyResponse.establishment_id, "已有调查记录"),
    (EstablishmentChange.establishment_id, "已有变动记录"),
)
_NAMED_BY: Sequence[InstrumentedAttribute[Any]] = (
    ImportRow.establishment_id,
    ParkedDuplicate.establishment_id,
    ExchangeRow.establishment_id,
    ExchangeConflict.establishment_id,
)


def undo_in(session: Session, office: OpenOffice, import_id: int, *, by: Actor) -> Undone:
    """Take an import back inside an open block."""
    run = session.get(ImportRun, import_id)
    if run is None:
        raise UserError(f"没有编号为 {import_id} 的导入，请核对导入编号")
    if run.undone_at is not None:
        raise UserError(f"导入 {import_id}（{run.file}）已经撤回过了，没有再动")
    rows = session.scalars(
        select(ImportRow)
        .where(ImportRow.import_id == import_id, ImportRow.outcome.in_(("new", "changed")))
        .order_by(ImportRow.id)
    ).all()
    if village_scope(by) is not None and run.entered_by != by.name:
        raise NotAllowedError(f"导入 {import_id} 不是“{by.name}”办的，请报镇食安办撤回")
    records = _records(session, rows)
    for village_id in {record.village_id for record in records.values()}:
        require_village(by, village_id)
    reasons = _reasons(session, run, [row for row in rows if row.outcome == "new"])
    kept: list[KeptRow] = []
    stays: set[int] = set()
    added: list[Establishment] = []
    changed: list[tuple[Establishment, Mapping[str, Any]]] = []
    were: dict[int, int] = {}
    for row in rows:
        record = records.get(row.establishment_id or 0)
        if record is None:
            kept.append(KeptRow(row.row, "档案已不在，无需撤回"))
        elif record.version != row.version_after:
            kept.append(KeptRow(row.row, f"{record.archive_number} 导入后又改过，保留现在的内容"))
            stays.add(record.id)
        elif record.id in reasons:
            kept.append(KeptRow(row.row, f"{record.archive_number} {reasons[record.id]}，不能删去"))
            stays.add(record.id)
        elif row.outcome == "new":
            added.append(record)
        else:
            changed.append((record, row.before or {}))
            were[record.id] = record.version - 1
    _restore(Casework(session, office, by), changed, villages_of(session))
    _hand_back(session, run, [record for record, _ in changed], were)
    _forget_parked(session, run, stays)
    _forget_conflicts(session, run, stays)
    _forget_sheets(session, run, [*added, *(record for record, _ in changed)])
    _remove(session, added)
    run.undone_at = office.clock.now()
    return Undone(import_id, len(added), len(changed), tuple(kept))


def _records(session: Session, rows: Sequence[ImportRow]) -> dict[int, Establishment]:
    ids = [row.establishment_id for row in rows if row.establishment_id is not None]
    found: dict[int, Establishment] = {}
    for start in range(0, len(ids), _BATCH):
        query = select(Establishment).where(Establishment.id.in_(ids[start : start + _BATCH]))
        found.update({record.id: record for record in session.scalars(query)})
    return found


def _reasons(session: Session, run: ImportRun, rows: Sequence[ImportRow]) -> dict[int, str]:
    """Return for each added record on which something was built what that is; not its own sheet."""
    ids = [row.establishment_id for row in rows if row.establishment_id is not None]
    reasons: dict[int, str] = {}
    for column, reason in _BUILT_UPON:
        for start in range(0, len(ids), _BATCH):
            query = select(column).where(column.in_(ids[start : start + _BATCH])).distinct()
            if column.class_ is SurveyResponse:
                query = query.where(SurveyResponse.entered_at != run.entered_at)
            for found in session.scalars(query):
                reasons.setdefault(found, reason)
    return reasons


def _restore(
    work: Casework,
    changed: Sequence[tuple[Establishment, Mapping[str, Any]]],
    villages: tuple[VillageRow, ...],
) -> None:
    """Give changed records the answers back that they had before."""
    for record, before in changed:
        form = reading_form(work.office.profile, record.kind)
        answers = restored_answers(form, before)
        village = next(one for one in villages if one.name == before["village"])
        put_anew(work, record, with_texts(answers), village)
    work.session.flush()
    put_many_search_keys(work.session, [record for record, _ in changed])


def _hand_back(
    session: Session, run: ImportRun, restored: Sequence[Establishment], were: Mapping[int, int]
) -> None:
    """Let the import before have its records back as it left them, so that it can be taken back too."""
    records = {record.id: record for record in restored}
    ids = list(records)
    for start in range(0, len(ids), _BATCH):
        query = (
            select(ImportRow)
            .join(ImportRun, ImportRow.import_id == ImportRun.id)
            .where(
                ImportRow.establishment_id.in_(ids[start : start + _BATCH]),
                ImportRow.outcome.in_(("new", "changed")),
                ImportRow.import_id != run.id,
                ImportRun.undone_at.is_(None),
            )
        )
        for row in session.scalars(query):
            record = records[row.establishment_id or 0]
            if row.version_after == were[record.id]:
                row.version_after = record.version
    session.flush()


def _forget_parked(session: Session, run: ImportRun, stays: set[int]) -> None:
    """Delete the rows that were parked, so that the next import asks again.

    What somebody decided into a record that stays is not asked a second time.
    """
    query = select(ParkedDuplicate.id, ParkedDuplicate.establishment_id, ParkedDuplicate.resolution)
    goes = [
        row.id
        for row in session.execute(query.where(ParkedDuplicate.import_id == run.id))
        if row.resolution not in _WRITTEN or row.establishment_id not in stays
    ]
    for start in range(0, len(goes), _BATCH):
        batch = goes[start : start + _BATCH]
        session.execute(delete(ParkedDuplicate).where(ParkedDuplicate.id.in_(batch)))


def _forget_conflicts(session: Session, run: ImportRun, stays: set[int]) -> None:
    """Delete what waits from a merge; what was decided into a record that stays is not asked again."""
    query = select(ExchangeConflict.id, ExchangeConflict.establishment_id, ExchangeConflict.resolution)
    goes = [
        row.id
        for row in session.execute(query.where(ExchangeConflict.import_id == run.id))
        if row.resolution is None or row.establishment_id not in stays
    ]
    for start in range(0, len(goes), _BATCH):
        batch = goes[start : start + _BATCH]
        session.execute(delete(ExchangeConflict).where(ExchangeConflict.id.in_(batch)))


def _forget_sheets(session: Session, run: ImportRun, records: Sequence[Establishment]) -> None:
    """Delete the sheets that the import itself counted for a round."""
    ids = [record.id for record in records]
    for start in range(0, len(ids), _BATCH):
        query = select(SurveyResponse).where(
            SurveyResponse.establishment_id.in_(ids[start : start + _BATCH]),
            SurveyResponse.entered_at == run.entered_at,
        )
        for sheet in session.scalars(query):
            session.delete(sheet)
    session.flush()


def _remove(session: Session, added: Sequence[Establishment]) -> None:
    """Delete what was added; rows of this and later imports that name it let go of it first."""
    ids = [record.id for record in added]
    for start in range(0, len(ids), _BATCH):
        batch = ids[start : start + _BATCH]
        for column in _NAMED_BY:
            session.execute(
                update(column.class_).where(column.in_(batch)).values(establishment_id=None),
                execution_options={"synchronize_session": False},
            )
        for word in session.scalars(select(ToldApart).where(ToldApart.establishment_id.in_(batch))):
            session.delete(word)
    session.flush()
    for record in added:
        session.delete(record)
    session.flush()
