"""A campaign as tables: its schedule (配档表), its figures, and whom it has covered."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from desktop.sheets.layout import OfficialTable, Sender, Shape, TableColumn, numbered

_SCHEDULE = (
    TableColumn("时间", 18),
    TableColumn("工作重点", 44),
    TableColumn("推进措施", 74),
    TableColumn("备注", 16),
)
_COUNTS = (
    TableColumn("序号", 7, Shape.COUNT),
    TableColumn("项目", 28),
    TableColumn("单位", 10),
    TableColumn("数量", 12, Shape.COUNT),
)
_COVERAGE = (
    TableColumn("序号", 6, Shape.COUNT),
    TableColumn("档案编号", 13),
    TableColumn("类别", 9),
    TableColumn("名称", 22),
    TableColumn("经营者", 10),
    TableColumn("村（社区）", 12),
    TableColumn("地址", 28),
    TableColumn("检查日期", 12, Shape.DAY),
    TableColumn("未销号", 8, Shape.COUNT, is_added=True),
    TableColumn("登记、处置意见", 14),
    TableColumn("备注", 14),
)


@dataclass(frozen=True, slots=True)
class CampaignLine:
    """One establishment of a campaign."""

    archive_number: str
    kind: str
    name: str
    operator_name: str
    village: str
    address: str
    visited_on: date | None
    open_count: int
    standing: str
    remark: str | None = None


def schedule_table(title: str, sender: Sender, tasks: Iterable[Sequence[str]]) -> OfficialTable:
    """Return the schedule: time, focus, measures, remark."""
    return OfficialTable("配档表", title, sender, _SCHEDULE, [tuple(task) for task in tasks], unit="项")


def counts_table(title: str, sender: Sender, counts: Iterable[tuple[str, str, int]]) -> OfficialTable:
    """Return the figures."""
    rows = [(number, *count) for number, count in enumerate(counts, 1)]
    return OfficialTable("进展情况", title, sender, _COUNTS, rows, unit="项")


def coverage_table(title: str, sender: Sender, lines: Iterable[CampaignLine]) -> OfficialTable:
    """Return whom the campaign has covered, and who is left: there the day is empty."""
    return OfficialTable("全覆盖名单", title, sender, _COVERAGE, numbered(lines))
