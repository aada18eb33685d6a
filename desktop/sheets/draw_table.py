"""The list of a draw (随机抽查对象名单), and beside it the list that it was drawn from."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from desktop.sheets.layout import OfficialTable, Sender, Shape, TableColumn, Value, numbered

_COLUMNS = (
    TableColumn("序号", 6, Shape.COUNT),
    TableColumn("档案编号", 14),
    TableColumn("类别", 9),
    TableColumn("名称", 22),
    TableColumn("经营者", 10),
    TableColumn("村（社区）", 12),
    TableColumn("地址", 28),
    TableColumn("检查人员", 18),
    TableColumn("检查日期", 12, Shape.DAY),
    TableColumn("结果", 16),
    TableColumn("备注", 14),
)
_CANDIDATES = (
    TableColumn("序号", 7, Shape.COUNT),
    TableColumn("档案编号", 18),
    TableColumn("摘要（种子、换行、档案编号的 SHA-256，从小到大取）", 72),
)


@dataclass(frozen=True, slots=True)
class DrawLine:
    """One that was drawn; the last three cells of who is left are filled in by hand."""

    archive_number: str
    kind: str
    name: str
    operator_name: str
    village: str
    address: str
    inspectors: str
    done_on: date | None
    result: str
    remark: str | None = None


def draw_table(title: str, purpose: str, sender: Sender, lines: Iterable[DrawLine]) -> OfficialTable:
    """Return the list of whom a draw drew."""
    return OfficialTable("抽取名单", f"{title}（{purpose}对象名单）", sender, _COLUMNS, numbered(lines))


def candidate_table(title: str, seed: str, sender: Sender, candidates: Iterable[str]) -> OfficialTable:
    """Return the list that was drawn from, each with its digest: anybody can work the draw out again."""
    name = f"{title}候选名单　种子：{seed}"
    return OfficialTable("候选名单", name, sender, _CANDIDATES, _digests(seed, candidates))


def _digests(seed: str, candidates: Iterable[str]) -> Iterator[tuple[Value, ...]]:
    for number, one in enumerate(candidates, 1):
        yield number, one, sha256(f"{seed}\n{one}".encode()).hexdigest()
