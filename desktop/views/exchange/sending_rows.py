"""Who has sent, as lines: a chip for each village and month, and the files of one village."""

from collections.abc import Sequence
from datetime import date

from desktop.services.exchange.sendings import VillageLine, VillageMonth
from desktop.views.kit.chips import ChipText
from desktop.views.kit.tokens import Status
from desktop.views.registration.short_model import Cell, ShortColumn, ShortRow

FILE_COLUMNS = (
    ShortColumn("月份", 5),
    ShortColumn("第几份", 4),
    ShortColumn("收到", 6),
    ShortColumn("文件", 12, is_strong=True, grows=True),
    ShortColumn("填报人", 12, tight=8, is_spare=True),
    ShortColumn("新增", 4),
    ShortColumn("改动", 4),
    ShortColumn("相同", 4, is_spare=True),
    ShortColumn("删去", 4, is_spare=True),
    ShortColumn("等着定", 5),
    ShortColumn("经手", 5, is_spare=True),
)
_SENT = ChipText("", "circle-check", Status.SUCCESS, is_quiet=True)
_LATE = ChipText("没有报", "circle-alert", Status.DANGER)
_REMINDED = ChipText("", "mail", Status.WARNING)
_OUT = ChipText("已发，等报", "file-output", Status.INFO, is_quiet=True)
COUNTY = 0
"""The row of the county, which is no village."""


def month_columns(months: Sequence[date]) -> tuple[ShortColumn, ...]:
    """Return the columns of the board: the village, then its months; the oldest go where room is short."""
    last = months[-2:]
    return (
        ShortColumn("村（社区）", 7, is_strong=True, grows=True),
        *(
            ShortColumn(f"{month.year % 100}年{month.month}月", 8, tight=7, is_spare=month not in last)
            for month in months
        ),
    )


def line_of(line: VillageLine) -> ShortRow:
    """Return a village with what it did in each month."""
    return ShortRow(line.village.id, (line.village.name, *(_cell(month) for month in line.months)))


def county_line(county: Sequence[VillageMonth], side: str) -> ShortRow:
    """Return what went to the county and came back; nobody waits for it, so it cannot be ticked."""
    cells = tuple(_cell(month) for month in county)
    out = tuple(_OUT.saying("已做，等回") if cell is _OUT else cell for cell in cells)
    return ShortRow(COUNTY, (f"{side}（全部村）", *out), can_be_ticked=False)


def file_rows(months: Sequence[VillageMonth]) -> tuple[ShortRow, ...]:
    """Return the files of a village or of the county, the newest first."""
    rows = []
    for month in reversed(months):
        for one in reversed(month.sendings):
            cells: tuple[Cell, ...] = (
                f"{month.month:%Y-%m}",
                f"第 {one.number} 份",
                f"{one.on:%m-%d}",
                one.file,
                one.sender or "—",
                *(str(count) for count in (one.new, one.changed, one.same, one.deleted, one.waiting)),
                one.by,
            )
            rows.append(ShortRow(one.import_id, cells))
    return tuple(rows)


def _cell(month: VillageMonth) -> Cell:
    if month.sendings:
        last = month.sendings[-1]
        count = f" 共 {last.number} 份" if last.number > 1 else ""
        return _SENT.saying(f"{last.on:%m-%d}{count}")
    if month.reminded_on is not None:
        return _REMINDED.saying(f"已催 {month.reminded_on:%m-%d}")
    if month.is_late and month.has_book:
        return _LATE
    if month.is_late:
        return "—"
    return _OUT if month.has_book else ""
