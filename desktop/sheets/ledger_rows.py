"""The rows of a ledger that are data: without totals, notes, footers, blank lines and repeated headers."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop.domain.folding import fold, half_width
from desktop.sheets.cells import Cell, SheetCells, is_blank
from desktop.sheets.headers import Header, repeats
from desktop.sheets.words import EXAMPLE_WORDS, FOOTER_WORDS, NOTE_BEGINNINGS, TOTAL_WORDS, UNIT_WORDS

_AS_ABOVE = frozenset({"同上", "〃", "″", "同前", "同上行"})
_MOST_MERGED_ROWS = 5_000
_FRONT = 4
_MAY_BE_TOTAL = re.compile("[计共总]")
"""Every word for a total has one of these, which nothing else folds into."""

_MAY_BE_AS_ABOVE = re.compile("[同〃″]")
_IN_EXAMPLES = "例"
"""Every word for an example has it."""

_MOST_IN_NOTE = 8
_TOTAL = re.compile(r".{0,8}(?:合计|小计|总计)(?:\d*[户家个人]?)?|(?:合计|总计|共计|累计|共)\d+[户家个].*")
_COUNTED = re.compile(r"\d+[户家个人张份]?")
_STAMPED = re.compile(r"(?:盖章|公章|签章|签字|签名)$")
_NUMBERED = re.compile(r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})[、.．)）]\s*\S{8,}")
_SENTENCE = re.compile("[，。；：,;:]")
_LONGEST = 20
_IN_BRACKETS = re.compile(r"[(\[【][^()\[\]【】]*[)\]】]")
_INSIDE_BRACKETS = re.compile(r"[(\[【]([^()\[\]【】]*)[)\]】]")
_COLON = re.compile(r"[:：]")


@dataclass(frozen=True, slots=True)
class DataRow:
    """One row of data; ``heading`` is the line above that groups it, such as the name of a village."""

    row: int
    cells: tuple[Cell, ...]
    heading: str = ""

    def cell(self, column: int) -> Cell:
        return self.cells[column - 1] if column <= len(self.cells) else None


def data_rows(sheet: SheetCells, header: Header) -> Iterator[DataRow]:
    """Return the rows below the header in which somebody wrote down an establishment."""
    spread = _merged_downwards(sheet, header.last_row)
    heading = ""
    above: tuple[Cell, ...] = ()
    for row in range(header.last_row + 1, len(sheet.rows) + 1):
        cells = sheet.rows[row - 1]
        filled = [cell for cell in cells if not is_blank(cell)]
        if not filled or _is_note(filled) or repeats(header, cells):
            continue
        written = "\n".join([cell for cell in filled if isinstance(cell, str)])
        if _MAY_BE_TOTAL.search(written) and _is_total(cells):
            continue
        if row == header.last_row + 1 and (_numbers_columns(filled) or _states_units(filled)):
            continue
        if _IN_EXAMPLES in written and _is_example(filled):
            continue
        if len(filled) == 1 and isinstance(filled[0], str):
            heading = filled[0].strip()
            continue
        cells = _with_merged(cells, row, spread, sheet)
        if spread or _MAY_BE_AS_ABOVE.search(written):
            cells = tuple(
                above[position] if _is_as_above(cell) and position < len(above) else cell
                for position, cell in enumerate(cells)
            )
        above = cells
        yield DataRow(row, cells, heading)


def _is_total(cells: Sequence[Cell]) -> bool:
    """Tell 合计, 小计：12 户 or 共 40 户 from an establishment.

    It stands in front, or anywhere in a line that has nothing but numbers beside it.
    """
    texts = [cell for cell in cells if isinstance(cell, str) and cell.strip()]
    if not texts:
        return False
    if cells.index(texts[0]) < _FRONT and _says_total(texts[0]):
        return True
    words = [text for text in texts if not _COUNTED.fullmatch(fold(text))]
    return len(words) == 1 and fold(words[0]) in TOTAL_WORDS


def _says_total(text: str) -> bool:
    folded = fold(_COLON.split(text)[0])
    return folded in TOTAL_WORDS or bool(_TOTAL.fullmatch(folded))


def _is_note(filled: Sequence[Cell]) -> bool:
    """Tell 注：… and 填报人：… 审核人：… from data: few cells, and what stands before the colon."""
    if len(filled) > _MOST_IN_NOTE:
        return False
    texts = [cell.strip() for cell in filled if isinstance(cell, str)]
    if not texts or len(texts) < len(filled) - 1:
        return False
    first = texts[0]
    has_colon = bool(_COLON.search(first[:12]))
    if len(filled) <= 2 and first.startswith(NOTE_BEGINNINGS) and (has_colon or len(first) > 12):
        return True
    if len(filled) <= 2 and fold(first) in NOTE_BEGINNINGS:
        return True
    if len(filled) <= 2 and _NUMBERED.match(first) and (_SENTENCE.search(first) or len(first) > _LONGEST):
        return True  # 一、后阳村（共2户） heads its rows
    footers = sum(1 for text in texts if _is_footer(text))
    return footers > 0 and footers * 2 >= len(texts)


def _is_footer(text: str) -> bool:
    """Tell 填报人：李四, and 填报单位（盖章） with nothing behind it."""
    if _COLON.search(text):
        before = fold(_COLON.split(text)[0])
        return any(before.endswith(word) or before.startswith(word) for word in FOOTER_WORDS if before)
    return _STAMPED.sub("", fold(text)) in FOOTER_WORDS


def _numbers_columns(filled: Sequence[Cell]) -> bool:
    """Tell the line 1 2 3 4 … (or 甲 乙 1 2 …) right below a header, which numbers its columns."""
    if len(filled) < 3:
        return False
    numbers = [_whole(cell) for cell in filled]
    counted = [number for number in numbers if number is not None]
    return len(counted) >= len(filled) - 2 and counted == list(range(counted[0], counted[0] + len(counted)))


def _states_units(filled: Sequence[Cell]) -> bool:
    """Tell the line (18位) (㎡) (人) right below a header, which says how its columns are to be filled in."""
    texts = [half_width(cell).strip() for cell in filled if isinstance(cell, str)]
    return len(texts) == len(filled) and all(
        _IN_BRACKETS.fullmatch(text) or text in UNIT_WORDS for text in texts
    )


def _is_example(filled: Sequence[Cell]) -> bool:
    """Tell a line that was filled in beforehand to show how: 例, 例：张三, 张三（示例）."""
    texts = [half_width(cell) for cell in filled[:_FRONT] if isinstance(cell, str)]
    said = [part for text in texts for part in (_COLON.split(text)[0], *_INSIDE_BRACKETS.findall(text))]
    return any(fold(part) in EXAMPLE_WORDS for part in said)


def _whole(cell: Cell) -> int | None:
    if isinstance(cell, int | float) and not isinstance(cell, bool) and float(cell).is_integer():
        return int(cell)
    text = str(cell).strip("()（） ")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else None


def _is_as_above(cell: Cell) -> bool:
    return isinstance(cell, str) and cell.strip() in _AS_ABOVE


def _merged_downwards(sheet: SheetCells, header_row: int) -> dict[tuple[int, int], tuple[int, int]]:
    """Return for each cell covered by a merge that runs down where its text stands."""
    spread = {}
    for area in sheet.merged:
        height = area.last_row - area.first_row
        if area.first_row > header_row and 0 < height <= _MOST_MERGED_ROWS:
            for row in range(area.first_row + 1, area.last_row + 1):
                spread[row, area.first_column] = (area.first_row, area.first_column)
    return spread


def _with_merged(
    cells: tuple[Cell, ...], row: int, spread: dict[tuple[int, int], tuple[int, int]], sheet: SheetCells
) -> tuple[Cell, ...]:
    if not spread:
        return cells
    return tuple(
        sheet.cell(*spread[row, column]) if is_blank(cell) and (row, column) in spread else cell
        for column, cell in enumerate(cells, 1)
    )
