"""The official layout of a table: title, sender line, header, data, totals, footer, ready for A4 paper."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from enum import Enum, auto
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from desktop.sheets.new_workbook import new_workbook

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

Value: TypeAlias = str | int | Decimal | date | None

_FORBIDDEN_IN_NAMES = str.maketrans("[]:*?/\\", "（）：＊？／＼")
_MOST_LETTERS_IN_NAME = 31
_WIDTH_OF_PAPER = 190
"""Characters that stand side by side on A4 landscape before the print gets too small to read."""

_FONT, _TITLE_FONT = "宋体", "黑体"
_TITLE_HEIGHT, _SENDER_HEIGHT, _HEADER_HEIGHT, _ROW_HEIGHT = 34, 21, 36, 21


class Shape(Enum):
    """How a column is written: texts and numbers of people and papers as text, so that no digit is lost."""

    TEXT = auto()
    COUNT = auto()
    AREA = auto()
    DAY = auto()


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column: its head, its width in characters, its shape, and whether the totals row adds it up."""

    header: str
    width: float
    shape: Shape = Shape.TEXT
    is_added: bool = False


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends the table: office, person, telephone and day."""

    unit: str
    person: str
    phone: str
    on: date

    @property
    def parts(self) -> tuple[str, ...]:
        day = f"{self.on.year}年{self.on.month}月{self.on.day}日"
        return (
            f"填报单位（盖章）：{self.unit}",
            f"填报人：{self.person}",
            f"联系电话：{self.phone}",
            f"填报日期：{day}",
        )


@dataclass(frozen=True, slots=True)
class OfficialTable:
    """One sheet in the official layout; its rows may come from a generator and are walked through once."""

    name: str
    title: str
    sender: Sender
    columns: Sequence[TableColumn]
    rows: Iterable[Sequence[Value]]
    unit: str = "户"


def numbered(lines: Iterable[Any]) -> Iterator[tuple[Value, ...]]:
    """Return dataclasses as rows: a number, then the fields, which stand as the columns do."""
    for number, line in enumerate(lines, 1):
        yield number, *(getattr(line, field.name) for field in fields(line))


def write_tables(tables: Sequence[OfficialTable], target: Path, *, made_at: datetime) -> int:
    """Write the tables, the first one in front, and return how many rows of data there are."""
    with new_workbook(target) as workbook:
        workbook.set_properties({"created": made_at.replace(tzinfo=None)})
        looks = _Looks.of(workbook)
        return sum(_write(workbook, looks, table) for table in tables)


@dataclass(frozen=True, slots=True)
class _Looks:
    """The formats of the cells, made once for each workbook."""

    title: "Format"
    sender: "Format"
    header: "Format"
    total: "Format"
    shapes: dict[Shape, "Format"]

    @classmethod
    def of(cls, workbook: "Workbook") -> "_Looks":
        cell = {"font_name": _FONT, "font_size": 10, "border": 1, "valign": "vcenter", "text_wrap": True}
        middle = {**cell, "align": "center"}
        return cls(
            title=workbook.add_format(
                {"font_name": _TITLE_FONT, "font_size": 18, "align": "center", "valign": "vcenter"}
            ),
            sender=workbook.add_format({"font_name": _FONT, "font_size": 11, "valign": "vcenter"}),
            header=workbook.add_format({**middle, "bold": True, "bg_color": "#EDEDED"}),
            total=workbook.add_format({**middle, "bold": True}),
            shapes={
                Shape.TEXT: workbook.add_format({**cell, "num_format": "@"}),
                Shape.COUNT: workbook.add_format({**middle, "num_format": "0"}),
                Shape.AREA: workbook.add_format({**middle, "num_format": "0.##"}),
                Shape.DAY: workbook.add_format({**middle, "num_format": "yyyy-mm-dd"}),
            },
        )


def _write(workbook: "Workbook", looks: _Looks, table: OfficialTable) -> int:
    """Write one sheet from top to bottom, as little memory needs it; return its rows of data."""
    from desktop.sheets.long_sheet import LongSheet

    sheet: LongSheet = workbook.add_worksheet(sheet_name(table.name), LongSheet)
    for number, column in enumerate(table.columns):
        sheet.set_column(number, number, column.width)
    sheet.set_row(0, _TITLE_HEIGHT)
    sheet.merge_range(0, 0, 0, _last_on_first_page(table.columns), "", looks.title)
    sheet.write_string(0, 0, table.title, looks.title)
    _write_parts(sheet, 1, table.sender.parts, table.columns, looks.sender)
    sheet.set_row(2, _HEADER_HEIGHT)
    for number, column in enumerate(table.columns):
        sheet.write_string(2, number, column.header, looks.header)
    added: list[Decimal | int] = [0] * len(table.columns)
    row = 2
    shapes = [looks.shapes[column.shape] for column in table.columns]
    to_add = [number for number, column in enumerate(table.columns) if column.is_added]
    for values in table.rows:
        row += 1
        sheet.write_line(row, values, shapes)
        for number in to_add:
            value = values[number]
            if isinstance(value, int | Decimal):
                added[number] += value
    count = row - 2
    _write_totals(sheet, row + 1, table, added, count, looks.total)
    _write_parts(sheet, row + 2, ("审核人：", "负责人："), table.columns, looks.sender)
    _set_up_page(sheet, row + 2, table.columns)
    return count


def _write_parts(
    sheet: "Worksheet", row: int, parts: Sequence[str], columns: Sequence[TableColumn], look: "Format"
) -> None:
    """Spread short texts over the width of the table; the cells right of each stay empty for it."""
    sheet.set_row(row, _SENDER_HEIGHT)
    total = sum(column.width for column in columns) / _pages_across(columns)
    places = _places(columns, [total * number / len(parts) for number in range(len(parts))])
    for place, part in zip(places, parts, strict=True):
        sheet.write_string(row, place, part, look)


def _places(columns: Sequence[TableColumn], wanted: Sequence[float]) -> list[int]:
    """Return for each distance from the left the column that begins there, each at least one further."""
    places: list[int] = []
    for distance in wanted:
        position, left = 0, 0.0
        while left < distance and position < len(columns) - 1:
            left += columns[position].width
            position += 1
        places.append(max(position, places[-1] + 1 if places else 0))
    return places


def _write_totals(
    sheet: "Worksheet",
    row: int,
    table: OfficialTable,
    added: Sequence[Decimal | int],
    count: int,
    look: "Format",
) -> None:
    """Write the totals as values: a table of ours has no formula at all."""
    sheet.set_row(row, _ROW_HEIGHT)
    for number, column in enumerate(table.columns):
        if number == 0:
            sheet.write_string(row, number, "合计", look)
        elif number == 1:
            sheet.write_string(row, number, f"{count} {table.unit}", look)
        elif column.is_added:
            sheet.write_number(row, number, float(added[number]), look)
        else:
            sheet.write_blank(row, number, None, look)


def _pages_across(columns: Sequence[TableColumn]) -> int:
    return max(1, ceil(sum(column.width for column in columns) / _WIDTH_OF_PAPER))


def _last_on_first_page(columns: Sequence[TableColumn]) -> int:
    """Return the last column that stands on the first page: a title over all would be cut in two."""
    room = sum(column.width for column in columns) / _pages_across(columns)
    position, used = 0, columns[0].width
    while position < len(columns) - 1 and used + columns[position + 1].width <= room:
        position += 1
        used += columns[position].width
    return max(position, 1)


def _set_up_page(sheet: "Worksheet", last_row: int, columns: Sequence[TableColumn]) -> None:
    across = _pages_across(columns)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.fit_to_pages(across, 0)
    sheet.repeat_rows(0, 2)
    if across > 1:
        sheet.repeat_columns(0, 2)
    sheet.print_area(0, 0, last_row, len(columns) - 1)
    sheet.freeze_panes(3, min(3, len(columns) - 1))
    sheet.set_footer("&C第 &P 页，共 &N 页")
    sheet.hide_gridlines(1)


def sheet_name(name: str) -> str:
    """Return a name that a sheet may have."""
    return name.translate(_FORBIDDEN_IN_NAMES).strip("'")[:_MOST_LETTERS_IN_NAME] or "Sheet1"
