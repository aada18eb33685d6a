"""Cells of a blank form: what each kind of question needs to be answered by pen, and how lines fill up."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from printing.fonts import Face
from printing.geometry import MM, Align, Box, baseline
from printing.page import GREY, Page

LABEL_SIZE = 8.0
CHOICE_SIZE = 8.5
CHOICE_PITCH = 5.0
TICK = 2.3
LABEL_ROOM = 3.6
WRITING_ROOM = 9.0
PADDING = 1.5
BOX_WIDTH, BOX_HEIGHT = 3.3, 5.6
BOXES = {"identity_number": 18, "credit_code": 18, "phone": 11}
WIDTHS = {"count": 30.0, "area": 30.0, "date": 46.0, "yes_no": 28.0, "village": 45.0, "long_text": 83.0}
_GIVES_WAY = 0.7
WORDS_OF_YES_NO = ("是", "否")


@dataclass(frozen=True, slots=True)
class FormQuestion:
    """One question of the form. ``kind`` is text, long_text, choice, choices, yes_no, count and so on."""

    label: str
    kind: str
    choices: tuple[str, ...] = ()
    most: int = 20
    unit: str = ""

    @property
    def options(self) -> tuple[str, ...]:
        """Return what may be ticked."""
        if self.kind == "yes_no":
            return self.choices or WORDS_OF_YES_NO
        return self.choices if self.kind in {"choice", "choices"} else ()


@dataclass(frozen=True, slots=True)
class Cell:
    """A question with the room it takes on its line, in mm; one that is written into may give way."""

    question: FormQuestion
    width: float
    least: float
    height: float

    @property
    def is_elastic(self) -> bool:
        return self.least < self.width


def lines_of_cells(page: Page, questions: Sequence[FormQuestion], width: float) -> list[list[Cell]]:
    """Put the questions of a section into lines of a width; each line is filled to its end."""
    lines: list[list[Cell]] = []
    for question in questions:
        cell = _cell(page, question, width)
        if lines and sum(other.least for other in lines[-1]) + cell.least <= width:
            lines[-1].append(cell)
        else:
            lines.append([cell])
    return [_filled(page, line, width) for line in lines]


def draw_cell(page: Page, cell: Cell, box: Box) -> None:
    """Draw the label of a question and what its answer needs."""
    question = cell.question
    x = box.x + PADDING
    page.text(x, baseline(box.y + 2.3, LABEL_SIZE), question.label, Face.HEI, LABEL_SIZE)
    if question.options:
        _draw_options(page, question.options, box)
    elif question.kind in BOXES:
        _draw_boxes(page, x, box.bottom - BOX_HEIGHT - 1.6, BOXES[question.kind])
    elif question.kind == "date":
        _draw_date(page, box)
    elif question.unit:
        page.text(
            box.right - PADDING, box.bottom - 2.4, question.unit, Face.SONG, CHOICE_SIZE, align=Align.RIGHT
        )


def _cell(page: Page, question: FormQuestion, most: float) -> Cell:
    label = page.width(question.label, Face.HEI, LABEL_SIZE) + 2 * PADDING
    width = min(most, max(label, _natural_width(page, question)))
    is_elastic = question.kind not in BOXES and not question.options and question.kind != "date"
    least = max(label, _GIVES_WAY * width) if is_elastic else width
    return Cell(question, width, least, _height(page, question, width))


def _natural_width(page: Page, question: FormQuestion) -> float:
    if question.options:
        whole = sum(_option_width(page, option) for option in question.options) + 2 * PADDING
        return whole if whole <= 125 else 125.0 if whole <= 250 else 1000.0
    if question.kind in BOXES:
        return BOXES[question.kind] * BOX_WIDTH + 2 * PADDING
    if question.kind in WIDTHS:
        return WIDTHS[question.kind]
    return 33.0 if question.most <= 12 else 50.0 if question.most <= 30 else 83.0


def _height(page: Page, question: FormQuestion, width: float) -> float:
    lines = len(_option_lines(page, question.options, width)) if question.options else 1
    return max(LABEL_ROOM + WRITING_ROOM, LABEL_ROOM + 1.5 + lines * CHOICE_PITCH)


def _filled(page: Page, line: list[Cell], width: float) -> list[Cell]:
    """Bring the cells of a line to its whole width, those that are written into first, and to one height."""
    spare = width - sum(cell.width for cell in line)
    giving = [cell for cell in line if cell.is_elastic] or line
    share = sum(cell.width - (cell.least if spare < 0 else 0.0) for cell in giving)
    set_cells = []
    for cell in line:
        part = cell.width - (cell.least if spare < 0 else 0.0) if cell in giving else 0.0
        set_cells.append(replace(cell, width=cell.width + spare * part / share if share else cell.width))
    height = max(_height(page, cell.question, cell.width) for cell in set_cells)
    return [replace(cell, height=height) for cell in set_cells]


def _option_width(page: Page, option: str) -> float:
    return TICK + 0.8 + page.width(option, Face.SONG, CHOICE_SIZE) + 2.6


def _option_lines(page: Page, options: Sequence[str], width: float) -> list[list[str]]:
    lines: list[list[str]] = [[]]
    room = width - 2 * PADDING
    for option in options:
        used = sum(_option_width(page, other) for other in lines[-1])
        if lines[-1] and used + _option_width(page, option) > room + 2.7:
            lines.append([])
        lines[-1].append(option)
    return lines


def _draw_options(page: Page, options: Sequence[str], box: Box) -> None:
    lines = _option_lines(page, options, box.width)
    spare = box.height - LABEL_ROOM - len(lines) * CHOICE_PITCH
    y = box.y + LABEL_ROOM + max(0.0, spare / 2) + CHOICE_PITCH / 2
    for line in lines:
        x = box.x + PADDING
        for option in line:
            page.frame(Box(x, y - TICK / 2, TICK, TICK), weight=0.5)
            page.text(x + TICK + 0.8, baseline(y, CHOICE_SIZE), option, Face.SONG, CHOICE_SIZE)
            x += _option_width(page, option)
        y += CHOICE_PITCH


def _draw_boxes(page: Page, x: float, y: float, count: int) -> None:
    width = count * BOX_WIDTH
    for place in range(1, count):
        page.line((x + place * BOX_WIDTH, y), (x + place * BOX_WIDTH, y + BOX_HEIGHT), weight=0.35, ink=GREY)
    page.frame(Box(x, y, width, BOX_HEIGHT), weight=0.42)


def _draw_date(page: Page, box: Box) -> None:
    """Leave 10 mm for the year and 7 for month and day."""
    em = CHOICE_SIZE / MM
    x = box.x + PADDING + 11 + em
    for word, room in (("年", 8.0), ("月", 8.0), ("日", 0.0)):
        page.text(x, box.bottom - 2.4, word, Face.SONG, CHOICE_SIZE, align=Align.RIGHT)
        x += room + em
