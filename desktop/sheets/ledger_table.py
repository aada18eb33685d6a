"""The supervision ledger (监管台账): one line for each establishment with its paper and last visit."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from desktop.sheets.layout import OfficialTable, Sender, Shape, TableColumn, numbered

_COLUMNS = (
    TableColumn("序号", 6, Shape.COUNT),
    TableColumn("类别", 11),
    TableColumn("名称", 22),
    TableColumn("负责人", 10),
    TableColumn("电话", 14),
    TableColumn("地址", 24),
    TableColumn("村（社区）", 11),
    TableColumn("编号", 20),
    TableColumn("发证日期", 12, Shape.DAY),
    TableColumn("有效期至", 12, Shape.DAY),
    TableColumn("品种", 18),
    TableColumn("风险等级", 6),
    TableColumn("最近检查日期", 12, Shape.DAY),
    TableColumn("结果", 9),
    TableColumn("问题数", 7, Shape.COUNT, is_added=True),
    TableColumn("未整改数", 7, Shape.COUNT, is_added=True),
    TableColumn("下次检查", 12, Shape.DAY),
    TableColumn("监管人员", 12),
    TableColumn("备注", 16),
)


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One establishment as the ledger shows it; the next visit is empty where no plan asks for one."""

    kind: str
    name: str
    operator_name: str
    phone: str | None
    address: str
    village: str
    number: str | None
    issued_on: date | None
    valid_until: date | None
    products: str | None
    risk_level: str
    inspected_on: date | None
    result: str
    finding_count: int
    open_count: int
    next_on: date | None
    inspectors: str
    remark: str


def ledger_table(name: str, title: str, sender: Sender, lines: Iterable[LedgerLine]) -> OfficialTable:
    """Return the ledger."""
    return OfficialTable(name, title, sender, _COLUMNS, numbered(lines))
