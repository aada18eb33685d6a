"""A sheet to be filled in, as a person sees it: which labels stand where, and which cells are empty."""

from re import fullmatch

from desktop.domain.folding import half_width
from desktop.sheets.cells import Area, SheetCells, is_blank

_NUMBERS_AND_STROKES = r"[\W\d_〇一二三四五六七八九十百①-⑳]*"
Place = tuple[int, int]


class FormGrid:
    """A sheet as a person sees it: merged cells speak for all that they cover."""

    def __init__(self, sheet: SheetCells) -> None:
        self.sheet = sheet
        self.rows, self.columns = len(sheet.rows) + 1, sheet.width + 1
        self._areas: dict[Place, Area] = {}
        for area in sheet.merged:
            for row in range(area.first_row, min(area.last_row, self.rows) + 1):
                for column in range(area.first_column, min(area.last_column, self.columns) + 1):
                    self._areas[row, column] = area

    def text(self, row: int, column: int) -> str:
        """Return what stands there as a label; a number, a stroke or a formula is none."""
        at = self.first_of(row, column)
        cell = self.sheet.cell(*at)
        if not isinstance(cell, str) or at in self.sheet.formulas:
            return ""
        if fullmatch(_NUMBERS_AND_STROKES, cell) and cell.strip() not in {"%", "％"}:
            return ""
        return " ".join(cell.split())

    def first_of(self, row: int, column: int) -> Place:
        area = self._areas.get((row, column))
        return (area.first_row, area.first_column) if area is not None else (row, column)

    def width_at(self, row: int, column: int) -> int:
        area = self._areas.get((row, column))
        return area.last_column - area.first_column + 1 if area is not None else 1

    def is_open(self, row: int, column: int) -> bool:
        """Tell whether something may be written there: nothing stands in it, and it is a cell of its own."""
        is_own = self.first_of(row, column) == (row, column)
        place = (row, column)
        return is_own and place not in self.sheet.formulas and is_blank(self.sheet.cell(row, column))

    def is_inside(self, row: int, column: int) -> bool:
        """Tell whether others stand further down or to the right: not the first place outside of all."""
        return row < self.rows and column < self.columns

    def texts_of(self, row: int) -> list[tuple[str, int]]:
        """Return the different texts of a row with their columns."""
        found: dict[Place, tuple[str, int]] = {}
        for column in range(1, self.columns + 1):
            if text := self.text(row, column):
                found.setdefault(self.first_of(row, column), (text, column))
        return list(found.values())


def has_colon(text: str) -> bool:
    """Tell what is filled in behind its words, in the same cell, from a label; 其中：小作坊 is one."""
    return ":" in half_width(text) and not fullmatch(r"其中[:：].+", text)
