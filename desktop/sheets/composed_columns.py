"""Answers that a ledger spreads over several columns: 年 月 日, a tick under 有 or 无, one under each trade.

They are put together into the first of their columns, so that whoever reads rows sees one answer in one cell.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from desktop.domain.folding import chinese_number, fold, half_width
from desktop.domain.forms import Question, QuestionType
from desktop.sheets.cells import Cell, is_blank, shown
from desktop.sheets.headers import LEAST, Header, Label, Words
from desktop.sheets.ledger_rows import DataRow
from desktop.sheets.looks import is_day
from desktop.sheets.trades import TradeWords

_MARKS = frozenset({"√", "✓", "✔", "☑", "●", "v", "1"})
_TICKS = _MARKS | {"是", "有", "y", "yes", "对"}
_CROSSES = frozenset({"×", "✗", "✘", "x", "否", "无", "0"})
_YES = ("有", "是", "已", "能", "符合", "合格")
_NO = ("无", "没有", "没", "否", "未", "不", "不是")
_MOSTLY = 0.8
_SPREAD = frozenset({QuestionType.CHOICE, QuestionType.CHOICES, QuestionType.LONG_TEXT})
_YEAR = re.compile(r"(?:19|20)?\d{2}(?:\.0)?年?", re.ASCII)
_GROUP_WORDS = frozenset(
    {"组", "组别", "组号", "小组", "村民小组", "村民组", "所在组", "所属组", "生产队", "队别"}
)
_IS_GROUP = re.compile("[组队]$")
_HAS_GROUP = re.compile(r"[0-9〇零一二三四五六七八九十百]+(?:号)?(?:村民小组|小组|生产队|组|队)")
Compose = Callable[[Sequence[Cell]], Cell]


@dataclass(frozen=True, slots=True)
class Span:
    """Columns that hold one answer, what stands over it, and how a row's cells become it."""

    columns: tuple[int, ...]
    label: Label
    compose: Compose


@dataclass(frozen=True, slots=True)
class Composed:
    """The header and the rows with each answer in one column; ``parts`` tells which columns it came from."""

    header: Header
    rows: tuple[DataRow, ...]
    parts: Mapping[int, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Composer:
    """Knows the words over columns, the questions and the trades of a rule pack, and the villages."""

    words: Words
    questions: Mapping[str, Question]
    trades: TradeWords
    villages: Sequence[str]

    def composed(self, header: Header, rows: Sequence[DataRow]) -> Composed:
        """Put together what is spread over columns; most ledgers have none and stay as they are."""
        spans = list(self._spans(header, rows))
        if not spans:
            return Composed(header, tuple(rows), {})
        labels = dict(header.labels)
        for span in spans:
            for column in span.columns:
                labels.pop(column, None)
            labels[span.columns[0]] = span.label
        return Composed(
            replace(header, labels=dict(sorted(labels.items()))),
            tuple(_row(row, spans) for row in rows),
            {span.columns[0]: span.columns for span in spans},
        )

    def _spans(self, header: Header, rows: Sequence[DataRow]) -> Iterator[Span]:
        taken: set[int] = set()
        for column in sorted(header.labels):
            if column in taken:
                continue
            for look in (self._day, self._pair, self._kinds, self._list, self._tick):
                if span := look(header.labels, rows, column):
                    taken.update(span.columns)
                    yield span
                    break
        if (span := self._grouped_address(header.labels)) and taken.isdisjoint(span.columns):
            yield span

    def _day(self, labels: Mapping[int, Label], rows: Sequence[DataRow], column: int) -> Span | None:
        """Find 年, 月 and 日 side by side, each with its own numbers below."""
        three = tuple(labels.get(number) for number in range(column, column + 3))
        if any(label is None for label in three):
            return None
        year, month, day = (fold(label.own) for label in three if label is not None)
        before = re.sub("年(?:份)?$", "", year)
        is_three = (
            before != year
            and month in {"月", "月份", f"{before}月", f"{before}月份"}
            and day in {"日", "号", f"{before}日", f"{before}号"}
        )
        if not is_three:
            return None
        years = _filled(rows, column)
        if sum(_is_year(cell) or is_day(cell) for cell in years) < _MOSTLY * len(years):
            return None
        above = three[0].above if three[0] is not None else ""
        return Span((column, column + 1, column + 2), Label(above or f"{before}日期"), _as_day)

    def _pair(self, labels: Mapping[int, Label], rows: Sequence[DataRow], column: int) -> Span | None:
        """Find 有 and 无 side by side, ticked one or the other."""
        yes, no = labels.get(column), labels.get(column + 1)
        if yes is None or no is None or yes.above != no.above:
            return None
        words = _opposites(fold(yes.own), fold(no.own))
        if words is None or not (words or yes.above):
            return None
        own = {fold(yes.own), fold(no.own)}
        cells = [*_filled(rows, column), *_filled(rows, column + 1)]
        if not cells or not all(_is_tick(cell) or _is_cross(cell) or _word(cell) in own for cell in cells):
            return None
        label = Label(yes.own, yes.above) if words else Label(yes.above)
        return Span((column, column + 1), label, _as_yes_no)

    def _kinds(self, labels: Mapping[int, Label], rows: Sequence[DataRow], column: int) -> Span | None:
        """Find a column for each trade, of which one is ticked."""
        found: dict[int, str] = {}
        while (label := labels.get(column + len(found))) and (meant := self.trades.meant(label.own)):
            found[column + len(found)] = meant
        cells = [cell for number in found for cell in _filled(rows, number)]
        if len(set(found.values())) < 2 or not cells or not all(self._says_trade(cell) for cell in cells):
            return None
        return Span(tuple(found), Label("类别"), _trade([labels[number].own for number in found]))

    def _says_trade(self, cell: Cell) -> bool:
        return _is_tick(cell) or _is_cross(cell) or self.trades.meant(shown(cell)) is not None

    def _list(self, labels: Mapping[int, Label], rows: Sequence[DataRow], column: int) -> Span | None:
        """Find columns for the possible answers to one question, each ticked or not."""
        above = labels[column].above
        columns = [column]
        while (label := labels.get(columns[-1] + 1)) and label.above == above:
            columns.append(columns[-1] + 1)
        question = self._question(Label(above)) if above else None
        if len(columns) < 2 or question is None or question.type not in _SPREAD:
            return None
        if not _are_ticked(rows, columns):
            return None
        return Span(tuple(columns), Label(above), _ticked([labels[number].own for number in columns]))

    def _tick(self, labels: Mapping[int, Label], rows: Sequence[DataRow], column: int) -> Span | None:
        """Find a lone column of ticks: where none stands, the answer is no."""
        question = self._question(labels[column])
        if question is None or question.type is not QuestionType.YES_NO:
            return None
        ticks = 0
        for row in rows:
            if not is_blank(cell := row.cell(column)):
                if _word(cell) not in _MARKS:
                    return None
                ticks += 1
        return Span((column,), labels[column], _as_tick) if 0 < ticks < len(rows) else None

    def _grouped_address(self, labels: Mapping[int, Label]) -> Span | None:
        """Find a column of groups beside one of addresses: 2组 and 12号 are one place."""
        groups = [number for number, label in labels.items() if fold(label.own) in _GROUP_WORDS]
        scores = {number: self.words.scores(label).get("address", 0.0) for number, label in labels.items()}
        best = max(scores, key=lambda number: scores[number], default=0)
        if len(groups) != 1 or not best or scores[best] < LEAST or best in groups:
            return None
        return Span((best, groups[0]), labels[best], self._with_group)

    def _with_group(self, cells: Sequence[Cell]) -> Cell:
        address, group = cells[0], _group(cells[1])
        stated = shown(address).strip()
        if not group or not stated or _HAS_GROUP.search(half_width(stated)):
            return address
        village = next((name for name in self.villages if stated.startswith(name)), "")
        return f"{village}{group}{stated.removeprefix(village)}"

    def _question(self, label: Label) -> Question | None:
        scores = self.words.scores(label)
        best = max(scores, key=lambda field: scores[field], default="")
        return self.questions.get(best) if best and scores[best] >= LEAST else None


def _row(row: DataRow, spans: Sequence[Span]) -> DataRow:
    cells = list(row.cells)
    for span in spans:
        answer = span.compose([row.cell(column) for column in span.columns])
        for column in span.columns:
            if column <= len(cells):
                cells[column - 1] = None
        first = span.columns[0]
        cells += [None] * (first - len(cells))
        cells[first - 1] = answer
    return replace(row, cells=tuple(cells))


def _as_day(cells: Sequence[Cell]) -> Cell:
    """Write the three as one day; what is missing stays missing."""
    if all(is_blank(cell) for cell in cells):
        return None
    if not is_blank(cells[0]) and not _is_year(cells[0]):
        return cells[0]  # the whole day, as somebody wrote or mended it
    parts = (re.sub(r"[年月日号\s]", "", half_width(shown(cell))) for cell in cells)
    return "".join(f"{part}{unit}" for part, unit in zip(parts, "年月日", strict=True) if part)


def _is_year(cell: Cell) -> bool:
    return _YEAR.fullmatch(half_width(shown(cell)).strip()) is not None


def _as_yes_no(cells: Sequence[Cell]) -> Cell:
    yes, no = cells
    if isinstance(yes, str) and _word(yes) in {"有", "无"}:
        return yes  # the answer itself, as somebody wrote or mended it
    says_yes = not is_blank(yes) and not _is_cross(yes)
    says_no = not is_blank(no) or (not is_blank(yes) and _is_cross(yes))
    if says_yes and says_no:
        return f"{shown(yes)} {shown(no)}"  # whoever ticks both is asked again
    return "有" if says_yes else "无" if says_no else None


def _as_tick(cells: Sequence[Cell]) -> Cell:
    return "无" if is_blank(cells[0]) else "有"


def _ticked(words: Sequence[str]) -> Compose:
    """Return what writes down the words that are ticked, and what stands in place of a tick."""

    def compose(cells: Sequence[Cell]) -> Cell:
        said = [
            word if _is_tick(cell) or _word(cell) == fold(word) else shown(cell).strip()
            for word, cell in zip(words, cells, strict=True)
            if not is_blank(cell) and not _is_cross(cell)
        ]
        return "、".join(said) or None

    return compose


def _trade(words: Sequence[str]) -> Compose:
    """Return what writes down the trade that is ticked, or that somebody wrote into the first column."""
    ticked = _ticked(words)

    def compose(cells: Sequence[Cell]) -> Cell:
        first = cells[0]
        is_word = not is_blank(first) and not _is_tick(first) and not _is_cross(first)
        return first if is_word else ticked(cells)

    return compose


def _opposites(yes: str, no: str) -> str | None:
    """Return what two words say yes and no of, often nothing more; ``None`` where they are no such two."""
    for one in _YES:
        for other in sorted(_NO, key=len, reverse=True):
            if yes.startswith(one) and no.startswith(other):
                about = yes.removeprefix(one)
                if no.removeprefix(other) == about or no == f"{other}{yes}":
                    return about
    return None


def _are_ticked(rows: Sequence[DataRow], columns: Sequence[int]) -> bool:
    cells = [cell for column in columns for cell in _filled(rows, column)]
    ticks = sum(_is_tick(cell) or _is_cross(cell) for cell in cells)
    return bool(cells) and ticks >= _MOSTLY * len(cells)


def _filled(rows: Sequence[DataRow], column: int) -> list[Cell]:
    return [cell for row in rows if not is_blank(cell := row.cell(column))]


def _word(cell: Cell) -> str:
    typed = half_width(shown(cell)).strip().casefold()
    return fold(typed) or typed


def _is_tick(cell: Cell) -> bool:
    return _word(cell) in _TICKS or cell is True


def _is_cross(cell: Cell) -> bool:
    return _word(cell) in _CROSSES or cell is False


def _group(cell: Cell) -> str:
    """Return a group as it stands in an address: 3 and 三 are 3组 and 三组; anything else says nothing."""
    typed = "".join(half_width(shown(cell)).split())
    if _IS_GROUP.search(typed):
        return typed
    is_number = (typed.isascii() and typed.isdigit()) or chinese_number(typed) is not None
    return f"{typed}组" if typed and is_number else ""
