"""The cells and rows that record forms are put together from, in millimetres and points."""

from dataclasses import dataclass
from datetime import date

from printing.fonts import Face
from printing.geometry import Align

LEFT, RIGHT = 20.0, 190.0
WIDTH = RIGHT - LEFT
ROW = 9.0
LABEL_WIDTH = 26.0
TEXT_SIZE = 11.0


@dataclass(frozen=True, slots=True)
class Label:
    """What the cells beside or under it are about; ``is_head`` keeps it together in the middle."""

    text: str
    width: float = LABEL_WIDTH
    is_head: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """Paragraphs that wrap and make their row grow; a word too wide shrinks them to 8.5 points.

    An empty text is room to write by hand.
    """

    paragraphs: tuple[str, ...] = ()
    width: float = 0.0
    align: Align = Align.LEFT
    face: Face = Face.KAI
    about: str = ""
    size: float = TEXT_SIZE


@dataclass(frozen=True, slots=True)
class Tick:
    """One box in the middle of its cell, under a head that says what a tick means."""

    width: float
    is_ticked: bool = False


@dataclass(frozen=True, slots=True)
class Ticks:
    """Boxes to tick; those of ``chosen`` are ticked already. What is no option is refused, never dropped."""

    options: tuple[str, ...]
    chosen: tuple[str, ...] = ()
    width: float = 0.0


@dataclass(frozen=True, slots=True)
class Signing:
    """An opinion with places to sign under it; ``day`` stands at the lower right, else room for it."""

    paragraphs: tuple[str, ...] = ()
    signatures: tuple[str, ...] = ()
    day: date | None = None
    width: float = 0.0
    about: str = ""


Cell = Label | Text | Tick | Ticks | Signing


@dataclass(frozen=True, slots=True)
class Row:
    """Cells side by side; those without a width share what the others leave of the line.

    ``head`` is the row that stands over it again when it begins a further page.
    """

    cells: tuple[Cell, ...]
    height: float = ROW
    head: "Row | None" = None

    def widths(self) -> tuple[float, ...]:
        """Return the width of each cell in mm; together they fill the line."""
        open_cells = sum(1 for cell in self.cells if not cell.width)
        taken = sum(cell.width for cell in self.cells)
        share = (WIDTH - taken) / open_cells if open_cells else 0.0
        return tuple(cell.width or share for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Form:
    """A whole form. ``reference`` says which case or order it belongs to; ``note`` stands at its foot.

    ``qr_text`` (at most 15 plain characters) finds the record again when the form is typed in.
    """

    title: str
    issuer: str
    reference: str
    rows: tuple[Row, ...]
    note: str = ""
    qr_text: str = ""


def pair(label: str, text: str, *, width: float = 0.0) -> tuple[Cell, Cell]:
    """Return a label and the text beside it."""
    return Label(label), Text((text,) if text else (), width, about=label)


def pairs(first: tuple[str, str], second: tuple[str, str], *, width: float = 47) -> Row:
    """Return a row of two labels with the texts beside them; ``width`` is that of the second text."""
    return Row((*pair(*first), *pair(*second, width=width)))


def passage(label: str, *paragraphs: str, height: float = ROW) -> Row:
    """Return a row of a label and a text of some paragraphs."""
    return Row((Label(label), Text(paragraphs, about=label)), height)
