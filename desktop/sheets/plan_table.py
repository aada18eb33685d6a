"""The plan of a year as a table (年度监督检查和抽检计划): who, how often, how far, by when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from desktop.sheets.layout import OfficialTable, Sender, Shape, TableColumn, numbered

_COLUMNS = (
    TableColumn("序号", 6, Shape.COUNT),
    TableColumn("档案编号", 13),
    TableColumn("类别", 9),
    TableColumn("名称", 22),
    TableColumn("经营者", 10),
    TableColumn("村（社区）", 12),
    TableColumn("风险等级", 9),
    TableColumn("等级依据", 20),
    TableColumn("应检查次数", 8, Shape.COUNT, is_added=True),
    TableColumn("已检查次数", 8, Shape.COUNT, is_added=True),
    TableColumn("下次检查期限", 12, Shape.DAY),
    TableColumn("最近检查日期", 12, Shape.DAY),
    TableColumn("应抽检批次", 8, Shape.COUNT, is_added=True),
    TableColumn("已抽检批次", 8, Shape.COUNT, is_added=True),
    TableColumn("备注", 12),
)


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One establishment of a plan."""

    archive_number: str
    kind: str
    name: str
    operator_name: str
    village: str
    level: str
    reasons: str
    wanted: int
    done: int
    due_on: date | None
    last_on: date | None
    samples_wanted: int
    samples_done: int
    remark: str | None = None


def plan_table(title: str, sender: Sender, lines: Iterable[PlanLine]) -> OfficialTable:
    """Return the table of a plan."""
    return OfficialTable("年度计划", title, sender, _COLUMNS, numbered(lines))
