"""Ledgers of stalls as villages write them, and what is counted and compared after they came in."""

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import func, select

from desktop.models.establishment import Establishment
from desktop.services.imports.answers import Counts
from tests.offices import TestOffice

HEAD = ("序号", "姓名", "身份证号", "电话", "村", "摊位位置", "经营品种", "人数", "健康证数", "调查日期")
ZHANG = (1, "张三", "320413196207227743", "13761529721", "白塔村", "白塔村1组2号", "煎饼", 3, 2, "2018.5.1")
LI = (2, "李四", "340824200108147266", "18970735877", "后阳村", "后阳村3组4号", "豆浆", 1, 1, "2018.5.2")
Ledger = Callable[..., Path]


def changed(row: tuple[object, ...], **cells: object) -> tuple[object, ...]:
    return tuple(cells.get(head, value) for head, value in zip(HEAD, row, strict=True))


def counts(*, new: int = 0, changed: int = 0, same: int = 0, duplicate: int = 0, error: int = 0) -> Counts:
    return Counts(new + changed + same + duplicate + error, new, changed, same, duplicate, error)


def everything(desk: TestOffice) -> list[tuple[object, ...]]:
    """Return all that the register says of its establishments."""
    columns = [column for column in Establishment.__table__.columns if column.name not in {"id", "version"}]
    with desk.office.db.reading() as session:
        return [tuple(row) for row in session.execute(select(*columns).order_by(Establishment.uuid))]


def counted(desk: TestOffice, what: type) -> int:
    with desk.office.db.reading() as session:
        return session.scalar(select(func.count()).select_from(what)) or 0
