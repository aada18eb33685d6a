"""The ledger of findings put right (隐患整改销号台账): one line for each finding."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from desktop.sheets.layout import OfficialTable, Sender, Shape, TableColumn, Value

_COLUMNS = (
    TableColumn("序号", 6, Shape.COUNT),
    TableColumn("发现日期", 12, Shape.DAY),
    TableColumn("发现方式", 10),
    TableColumn("对象", 20),
    TableColumn("村（社区）", 11),
    TableColumn("问题描述", 28),
    TableColumn("问题类别", 20),
    TableColumn("风险程度", 8),
    TableColumn("整改措施", 16),
    TableColumn("整改责任人", 11),
    TableColumn("督办责任人", 11),
    TableColumn("整改时限", 12, Shape.DAY),
    TableColumn("文书号", 20),
    TableColumn("送达日期", 12, Shape.DAY),
    TableColumn("送达方式", 10),
    TableColumn("延期", 18),
    TableColumn("整改完成日期", 12, Shape.DAY),
    TableColumn("复查日期", 12, Shape.DAY),
    TableColumn("复查人", 14),
    TableColumn("复查结果", 10),
    TableColumn("销号日期", 12, Shape.DAY),
    TableColumn("销号批准人", 11),
    TableColumn("巩固复查日期", 12, Shape.DAY),
    TableColumn("巩固复查结果", 12),
    TableColumn("当前状态", 12),
    TableColumn("佐证照片", 10),
    TableColumn("备注", 14),
)


@dataclass(frozen=True, slots=True)
class RectificationLine:
    """One finding with what became of it; the measures are filled in by hand."""

    found_on: date
    mode: str
    establishment: str
    village: str
    finding: str
    item: str
    is_starred: bool
    responsible: str
    due_on: date | None
    number: str
    served_on: date | None
    served_how: str
    extensions: str
    reported_on: date | None
    reinspected_on: date | None
    reinspectors: str
    result: str
    closed_out_on: date | None
    closed_out_by: str
    consolidated_on: date | None
    consolidation: str
    stage: str
    photographs: str
    remark: str


def rectification_table(
    name: str, title: str, sender: Sender, lines: Iterable[RectificationLine]
) -> OfficialTable:
    """Return the ledger of findings."""
    return OfficialTable(name, title, sender, _COLUMNS, _rows(lines), unit="件")


def _rows(lines: Iterable[RectificationLine]) -> Iterator[tuple[Value, ...]]:
    for number, line in enumerate(lines, 1):
        yield (
            number,
            line.found_on,
            line.mode,
            line.establishment,
            line.village,
            line.finding,
            line.item,
            "重点" if line.is_starred else "一般",
            None,
            line.responsible,
            None,
            line.due_on,
            line.number,
            line.served_on,
            line.served_how,
            line.extensions,
            line.reported_on,
            line.reinspected_on,
            line.reinspectors,
            line.result,
            line.closed_out_on,
            line.closed_out_by,
            line.consolidated_on,
            line.consolidation,
            line.stage,
            line.photographs,
            line.remark or None,
        )
