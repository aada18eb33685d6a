"""Whose a figure is whose own labels name no trade: that of a label before it, of all trades, or open.

小作坊总数, 已登记数, 小餐饮总数, 已登记数: what is asked for each trade belongs to the one before it. What is
asked once, after several trades, may be of the last one or of all, and is left to a person. A label that only
names a trade is a part of what stands before it and owns nothing behind it.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from desktop.sheets.county_labels import Said

LEFT, TOP = "left", "top"


@dataclass(frozen=True, slots=True)
class FigureCell:
    """An empty cell and what its labels say it holds."""

    sheet: str
    row: int
    column: int
    label: str
    said: Said
    is_of_form: bool = False
    """Whether its label stands right beside it, and no table leads to it."""

    head: tuple[int, int] = (0, 0)
    """Of a table: the row of the nearest label above it and the column of the nearest one at its left."""

    head_rows: Collection[int] = ()
    """Of a table: all rows in which labels stand above it."""

    owned_at: str = ""
    """Of a table: at which of its sides a label names a trade together with what is counted of it."""

    all_at: Collection[str] = ()
    """Of a table: at which of its sides a label says that all are meant."""


def with_kinds(cells: Sequence[FigureCell]) -> list[FigureCell]:
    """Give cells the trade that is meant; those of which it is open are left out."""
    tables = {cell.head for cell in cells if not cell.is_of_form}
    done = _of_form([cell for cell in cells if cell.is_of_form])
    for head in sorted(tables):
        done += _of_table([cell for cell in cells if not cell.is_of_form and cell.head == head])
    return sorted(done, key=lambda cell: (cell.row, cell.column))


def without_heads(cells: Sequence[FigureCell]) -> list[FigureCell]:
    """Leave out the empty cells between the heads of a table: what stands beside them is no form's label."""
    heads = {row for cell in cells for row in cell.head_rows}
    return [cell for cell in cells if not cell.is_of_form or cell.row not in heads]


def _of_form(cells: Sequence[FigureCell]) -> list[FigureCell]:
    kinds = {cell.said.kind for cell in cells} - {""}
    asked = Counter(cell.label for cell in cells)
    done = []
    for cell in cells:
        if not cell.said.is_kind_open or not kinds:
            done.append(cell)
        elif kind := _kind_before(cell, cells, kinds) if asked[cell.label] >= len(kinds) else "":
            done.append(_of_kind(cell, kind))
    return done


def _kind_before(cell: FigureCell, of_form: Sequence[FigureCell], kinds: Collection[str]) -> str:
    """Return the trade of the nearest cell before that names one; empty where left and above differ."""
    if len(kinds) == 1:
        return next(iter(kinds))
    named = [one for one in of_form if one.said.kind]
    left = [one for one in named if one.row == cell.row and one.column < cell.column]
    above = [one for one in named if one.column == cell.column and one.row < cell.row]
    found = {max(side, key=lambda one: (one.row, one.column)).said.kind for side in (left, above) if side}
    return found.pop() if len(found) == 1 else ""


def _of_table(cells: Sequence[FigureCell]) -> list[FigureCell]:
    """Settle a table: where heads name trades, those that name none belong to the head before them."""
    for side, place in ((TOP, _column), (LEFT, _row)):
        if any(cell.owned_at == side for cell in cells):
            return list(_settled(cells, side, {place(cell): cell for cell in cells}))
    return list(cells)


def _settled(cells: Sequence[FigureCell], side: str, heads: Mapping[int, FigureCell]) -> Iterable[FigureCell]:
    """Give each cell what its column or row is of; ``heads`` are these, each by one of its cells."""
    marks = {at: one for at, one in heads.items() if one.owned_at == side or side in one.all_at}
    kinds = {one.said.kind for one in marks.values()}
    asked = Counter(one.said.fact for at, one in heads.items() if at not in marks)
    for cell in cells:
        at = _column(cell) if side == TOP else _row(cell)
        if at in marks or cell.said.kind:
            yield cell
            continue
        before = [place for place in marks if place < at]
        if before and (len(kinds) == 1 or asked[cell.said.fact] >= len(kinds)):
            yield _of_kind(cell, marks[max(before)].said.kind)


def _of_kind(cell: FigureCell, kind: str) -> FigureCell:
    return replace(cell, said=replace(cell.said, kind=kind))


def _column(cell: FigureCell) -> int:
    return cell.column


def _row(cell: FigureCell) -> int:
    return cell.row
