"""Where the header of a ledger stands: below titles and sender lines, often on two lines, often merged."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from desktop.domain.folding import fold, half_width
from desktop.domain.forms import Question
from desktop.sheets.cells import Cell, SheetCells, is_blank
from desktop.sheets.looks import FindVillage, is_telling
from desktop.sheets.words import GENERIC_BELOW, HEADER_WORDS, IGNORED, KIND, SOMEBODY_ELSE

SURE = 1.0
"""The score of a column whose words are just the words of a question."""

LEAST = 0.6
"""Below this score a word says nothing."""

_LOOKED_AT_ROWS = 40
_LEAST_WORDS = 3
_MOST_LETTERS = 24
_MOST_LINES = 4
_THE_OPERATOR = ("被调查人", "当家人")
"""Words for the operator that have a word for somebody else inside."""

_IN_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^】]*】|〔[^〕]*〕")


@dataclass(frozen=True, slots=True)
class Label:
    """What stands over one column: its own line and the lines above it."""

    own: str
    above: str = ""


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a ledger: the lines it takes and the label of each column, counted from 1."""

    first_row: int
    last_row: int
    labels: Mapping[int, Label]

    def words_over(self, column: int) -> str:
        """Return what stands over a column as a person reads it, from top to bottom."""
        label = self.labels.get(column)
        return f"{label.above}{label.own}" if label else ""


class Words:
    """The words over columns: general ones and those of the rule pack's questions."""

    def __init__(self, questions: Iterable[Question]) -> None:
        self._fields: dict[str, dict[str, float]] = {}
        known: dict[str, list[str]] = {KIND: [*HEADER_WORDS[KIND]], IGNORED: [*HEADER_WORDS[IGNORED]]}
        for question in questions:
            general = HEADER_WORDS.get(question.code, ())
            known[question.code] = [
                question.header or question.label,
                question.label,
                *question.words,
                *general,
            ]
        for field, words in known.items():
            for rank, word in enumerate(dict.fromkeys(fold(word) for word in words if fold(word))):
                self._fields.setdefault(word, {})[field] = SURE - min(rank, 90) / 1_000
        self._cached = lru_cache(maxsize=4_096)(self._scores)

    def scores(self, label: Label) -> Mapping[str, float]:
        """Return how well each field fits what stands over a column."""
        return self._cached(label)

    def is_known(self, text: str) -> bool:
        """Tell whether a cell could stand over a column."""
        return any(score >= LEAST for score in self.scores(Label(text)).values())

    def _scores(self, label: Label) -> Mapping[str, float]:
        own = self._of(label.own)
        if not label.above:
            return own
        together = self._of(label.above + label.own)
        is_generic = fold(_without_brackets(label.own)) in GENERIC_BELOW
        scores = {field: score * (0.9 if is_generic else 1.0) for field, score in own.items()}
        for field, score in together.items():
            scores[field] = max(scores.get(field, 0.0), score if is_generic else score - 0.06)
        return scores

    def _of(self, text: str) -> dict[str, float]:
        scores: dict[str, float] = {}
        for spelled in {fold(text), fold(_without_brackets(text))} - {""}:
            for field, score in self._fields.get(spelled, {}).items():
                scores[field] = max(scores.get(field, 0.0), score)
            for field, score in self._contained(spelled).items():
                scores[field] = max(scores.get(field, 0.0), score)
        return scores

    def _contained(self, text: str) -> dict[str, float]:
        """Score words inside a longer label; what stands last says what it is: 负责人电话 is a phone."""
        scores: dict[str, float] = {}
        for start in range(len(text)):
            for end in range(start + 2, len(text) + 1):
                word = text[start:end]
                for field in self._fields.get(word, ()):
                    score = 0.45 + 0.3 * len(word) / len(text) + (0.22 if end == len(text) else 0.0)
                    scores[field] = max(scores.get(field, 0.0), score)
        return scores


def find_header(sheet: SheetCells, words: Words, find_village: FindVillage) -> Header | None:
    """Return the header of a sheet, or ``None`` where no line looks like one."""
    rows = range(1, min(len(sheet.rows), _LOOKED_AT_ROWS) + 1)
    counted = {row: _known_words(sheet.rows[row - 1], words, find_village) for row in rows}
    best = max(rows, key=lambda row: (counted[row], -row), default=0)
    if not best or counted[best] < _LEAST_WORDS:
        best = _row_above_data(sheet, find_village)
    if not best:
        return None
    first, last = _lines(sheet, best, words, find_village)
    return Header(first, last, _labels(sheet, first, last))


def is_somebody_elses(label: Label | None) -> bool:
    """Tell whether a column is about somebody beside the operator: 填表人电话, 紧急联系电话."""
    if label is None:
        return False
    words = label.above + label.own
    for own in _THE_OPERATOR:
        words = words.replace(own, "")
    return any(word in words for word in SOMEBODY_ELSE)


def repeats(header: Header, cells: Sequence[Cell]) -> bool:
    """Tell whether a line below is the header again, as printed pages carry it."""
    filled = ((column, cell) for column, cell in enumerate(cells, 1) if not is_blank(cell))
    texts = list(islice(filled, 2))
    if len(texts) < 2 or not any(_says_the_same(header, *text) for text in texts):
        return False  # nearly every line ends here
    texts += filled
    return sum(_says_the_same(header, column, cell) for column, cell in texts) >= 0.7 * len(texts)


def _says_the_same(header: Header, column: int, cell: Cell) -> bool:
    label = header.labels.get(column)
    return label is not None and isinstance(cell, str) and "".join(cell.split()) == label.own


def _known_words(cells: Sequence[Cell], words: Words, find_village: FindVillage) -> int:
    """Count the cells that may stand over a column; a line with data in it counts for nothing."""
    texts = [cell.strip() for cell in cells if isinstance(cell, str) and cell.strip()]
    telling = sum(1 for cell in cells if not is_blank(cell) and is_telling(cell, find_village))
    known = sum(1 for text in texts if _is_label(text) and words.is_known(text))
    return known if telling <= len(texts) // 4 and known * 2 >= len(texts) else 0


def _is_label(text: str) -> bool:
    compact = "".join(text.split())
    return len(compact) <= _MOST_LETTERS and not re.search(r"[:：].", compact)


def _row_above_data(sheet: SheetCells, find_village: FindVillage) -> int:
    """Find a header of unknown words: the line of texts right above lines of unmistakable data."""
    for row, cells in enumerate(sheet.rows[:_LOOKED_AT_ROWS], 1):
        if sum(1 for cell in cells if not is_blank(cell) and is_telling(cell, find_village)) < 2:
            continue
        above = sheet.rows[row - 2] if row > 1 else ()
        texts = [cell for cell in above if isinstance(cell, str) and cell.strip()]
        is_header = len(texts) >= _LEAST_WORDS and all(_is_label(text) for text in texts)
        return row - 1 if is_header and not any(is_telling(text, find_village) for text in texts) else 0
    return 0


def _lines(sheet: SheetCells, best: int, words: Words, find_village: FindVillage) -> tuple[int, int]:
    """Return the first and last line of the header around its best line."""
    first = last = best
    while last - first + 1 < _MOST_LINES and last < len(sheet.rows):
        if not _goes_on(sheet, first, last, words, find_village):
            break
        last += 1
    while last - first + 1 < _MOST_LINES and first > 1 and _begins_above(sheet, first):
        first -= 1
    return first, last


def _goes_on(sheet: SheetCells, first: int, last: int, words: Words, find_village: FindVillage) -> bool:
    cells = sheet.rows[last]
    filled = [cell for cell in cells if not is_blank(cell)]
    if any(is_telling(cell, find_village) for cell in filled):
        return False
    is_merged_into = any(
        first <= area.first_row <= last < area.last_row and area.last_row - area.first_row < _MOST_LINES
        for area in sheet.merged
    )
    if is_merged_into or _stands_under_groups(sheet, last):
        return True
    known = _known_words(cells, words, find_village)
    is_partly_blank = len(filled) < sum(1 for cell in sheet.rows[last - 1] if not is_blank(cell)) + 1
    return known >= 2 and is_partly_blank and known * 3 >= len(filled) * 2


def _stands_under_groups(sheet: SheetCells, last: int) -> bool:
    """Tell whether the next line only parts what spreads over columns: 年 月 日 below 调查日期."""
    header = sheet.rows[last - 1]
    parts = [(column, cell) for column, cell in enumerate(sheet.rows[last], 1) if not is_blank(cell)]
    if len(parts) < 2 or not all(isinstance(cell, str) and _is_label(cell) for _, cell in parts):
        return False
    spread = {
        column
        for area in sheet.merged
        if area.first_row == last and area.last_column > area.first_column
        for column in range(area.first_column, area.last_column + 1)
    }
    if not sheet.merged:
        blank = [is_blank(cell) for cell in header] + [True] * (len(sheet.rows[last]) - len(header))
        spread = {
            column
            for column, is_empty in enumerate(blank, 1)
            if (is_empty and column > 1) or (not is_empty and column < len(blank) and blank[column])
        }
    return all(column in spread for column, _ in parts)


def _begins_above(sheet: SheetCells, first: int) -> bool:
    """Tell whether the line above belongs to the header: it reaches down, or groups columns below."""
    above = first - 1
    filled = [cell for cell in sheet.rows[above - 1] if not is_blank(cell)]
    if len(filled) < 2 or not all(isinstance(cell, str) and _is_label(cell) for cell in filled):
        return False
    reaches = any(area.first_row <= above < first <= area.last_row for area in sheet.merged)
    groups = any(
        area.first_row == area.last_row == above and area.last_column > area.first_column
        for area in sheet.merged
    )
    return reaches or groups


def _labels(sheet: SheetCells, first: int, last: int) -> dict[int, Label]:
    labels = {}
    for column in range(1, sheet.width + 1):
        parts: list[str] = []
        for row in range(first, last + 1):
            text = _header_text(sheet, row, column, last)
            if text and text not in parts:
                parts.append(text)
        if parts:
            labels[column] = Label(parts[-1], "".join(parts[:-1]))
    return labels


def _header_text(sheet: SheetCells, row: int, column: int, last: int) -> str:
    """Return what a person reads over a column on one line; merged cells speak for all they cover."""
    cell = sheet.cell(row, column)
    if not is_blank(cell):
        return "".join(str(cell).split())
    for area in sheet.merged:
        if area.first_row <= row <= area.last_row and area.first_column <= column <= area.last_column:
            inside = sheet.cell(area.first_row, area.first_column)
            return "".join(str(inside).split()) if not is_blank(inside) else ""
    if row < last and not sheet.merged and not is_blank(sheet.cell(last, column)):
        left = next((c for c in range(column - 1, 0, -1) if not is_blank(sheet.cell(row, c))), 0)
        if left and not is_blank(sheet.cell(last, left)):
            return "".join(str(sheet.cell(row, left)).split())
    return ""


def _without_brackets(text: str) -> str:
    return _IN_BRACKETS.sub("", half_width(text))
