"""Reads the ledgers of a workbook: which sheets they are, their columns, and each row with its problems."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import sha256
from itertools import islice

from desktop.domain.errors import WrongValue
from desktop.domain.folding import fold
from desktop.domain.forms import Answers, Question, QuestionType, SurveyForm, read_answer
from desktop.domain.profile import Profile
from desktop.sheets.cells import Cell, SheetCells, column_letter, column_number, from_1904, is_blank
from desktop.sheets.column_layout import ColumnLayout
from desktop.sheets.columns import Column, Guess, guess_columns, label_columns
from desktop.sheets.composed_columns import Composer
from desktop.sheets.headers import Header, Words, find_header, is_somebody_elses
from desktop.sheets.ledger_rows import DataRow, data_rows
from desktop.sheets.looks import looks_of
from desktop.sheets.name_and_phone import is_both, parted, person_alone
from desktop.sheets.named_villages import VillageNames
from desktop.sheets.row_reading import CellProblem, RowCells, RowReader
from desktop.sheets.second_tables import beside, second_header, without_aside
from desktop.sheets.shop_and_operator import taken_apart
from desktop.sheets.trades import TradeWords
from desktop.sheets.words import KIND

_SAMPLE_ROWS = 200
_LONGEST_HEADING = 20
_IDENTIFYING = frozenset({"name", "operator_name", "operator_id_number"})
_DESCRIBING = frozenset({"address", "phone", "products", "operator_id_number", "village", "surveyed_on"})


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """One row of a ledger as it will be stored, and what is wrong with it."""

    row: int
    kind: str
    answers: Answers
    problems: tuple[CellProblem, ...]

    @property
    def has_error(self) -> bool:
        return any(problem.severity == "error" for problem in self.problems)


@dataclass(frozen=True, slots=True)
class Ledger:
    """One sheet that is a ledger."""

    name: str
    kind: str | None
    header_row: int
    columns: Mapping[str, str]
    confidence: Mapping[str, float]
    rows: tuple[LedgerRow, ...]
    shape: str
    """What the header looks like: the words over its columns, in short."""

    unread: Mapping[str, str]
    """The columns that nobody asks for, by their letter, with what stands over them."""

    def column_of(self, field: str) -> str | None:
        return next((column for column, code in self.columns.items() if code == field), None)


@dataclass(frozen=True, slots=True)
class LeftSheet:
    """A sheet that is not imported, and why."""

    sheet: str
    reason: str


@dataclass(frozen=True, slots=True)
class LedgerBook:
    """A workbook as it was understood."""

    ledgers: tuple[Ledger, ...]
    left: tuple[LeftSheet, ...]


@dataclass(frozen=True, slots=True)
class Chosen:
    """What somebody said of the columns under a header: the field by letter, empty for none."""

    shape: str
    village: str | None
    columns: Mapping[str, str]
    is_said_now: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the person said beside the file: the trade, the village, and which column is which."""

    kind: str | None = None
    village: str | None = None
    columns: tuple[Chosen, ...] = ()

    def fields_of(self, shape: str, village: str | None) -> Mapping[str, str]:
        """Return what was said of a header: now, before for its village, before for any, in this order."""
        of_shape = [one for one in self.columns if one.shape == shape]
        before = [one for one in of_shape if not one.is_said_now]
        own = [one for one in before if one.village == village and village is not None]
        now = {letter: field for one in of_shape if one.is_said_now for letter, field in one.columns.items()}
        return {**(own or before)[0].columns, **now} if before else now


def read_ledgers(
    sheets: Sequence[SheetCells], stem: str, profile: Profile, villages: VillageNames, wanted: Wanted
) -> LedgerBook:
    """Read each sheet that is a ledger; every other one is named with its reason."""
    reader = _BookReader(profile, villages, wanted, stem)
    ledgers: list[Ledger] = []
    left: list[LeftSheet] = []
    for sheet in sheets:
        read = reader.read(sheet)
        if isinstance(read, Ledger):
            ledgers.append(read)
        else:
            left.append(LeftSheet(sheet.name, read))
    return LedgerBook(tuple(ledgers), tuple(left))


def is_ledger(fields: Collection[str]) -> bool:
    """Tell whether columns with these fields are a list of establishments."""
    named = set(fields)
    return bool(named & _IDENTIFYING) and len(named & (_DESCRIBING | _IDENTIFYING)) >= 3


def shape_of(header: Header) -> str:
    """Return in short what a header looks like; the same words over the same columns are one shape."""
    words = "|".join(f"{number}:{fold(header.words_over(number))}" for number in sorted(header.labels))
    return sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def reading_form(profile: Profile, kind: str) -> SurveyForm:
    """Return the form of a trade with every core question, also those that the trade is not asked."""
    form = profile.form(kind)
    questions = tuple(q for q in profile.questions if kind in q.trades or q.is_core)
    return SurveyForm(form.kind, form.title, form.sections, questions, form.required)


class _BookReader:
    """Reads sheet after sheet with the same words."""

    def __init__(self, profile: Profile, villages: VillageNames, wanted: Wanted, stem: str) -> None:
        self.profile = profile
        self.villages = villages
        self.wanted = wanted
        self.stem = stem
        self.trades = TradeWords.of(profile.trades)
        self.named_by = lru_cache(maxsize=256)(villages.named_by)  # a heading stands for all rows below it
        self.words = Words(profile.questions)
        asked = {question.code: question for question in profile.questions}
        self.days = frozenset(code for code, one in asked.items() if one.type is QuestionType.DATE)
        self.composer = Composer(self.words, asked, self.trades, villages.names)
        self.rows = RowReader(profile, villages.read, self.trades, reading_form)

    def read(self, sheet: SheetCells) -> Ledger | str:
        """Return the ledger, or the reason why this sheet is none."""
        if sheet.is_hidden:
            return "工作表是隐藏的，没有导入；需要时请取消隐藏后再导入"
        if not sheet.is_table:
            return "不是普通工作表（图表等），没有导入"
        if not any(not is_blank(cell) for cells in sheet.rows for cell in cells):
            return "工作表是空的"
        header = find_header(sheet, self.words, self.villages.find)
        if header is None:
            return "没有找到台账的表头（如 姓名、身份证号、地址），按说明页处理，没有导入"
        if other := second_header(sheet, header, self.words, self.villages.find):
            first, second = sorted((header.last_row, other))
            return (
                f"一张工作表里有两个表（第 {first} 行和第 {second} 行都是表头），"
                "分不清哪一行归哪个表，没有导入；"
                "请把它们分到两张工作表里再导入"
            )
        rows = tuple(data_rows(sheet, header))
        if side := beside(header, rows, self.words):
            return (
                f"一张工作表里左右并排着两个表（从 {column_letter(side)} 列起又是一样的表头），没有导入；"
                "请把它们上下接成一个表，或者分到两张工作表里再导入"
            )
        shape = shape_of(header)
        header, rows, aside = without_aside(header, rows)
        made = self.composer.composed(header, rows)
        header, rows = made.header, made.rows
        kind = self._kind(sheet, header, rows)
        columns = self._columns(sheet, header, rows, kind)
        guesses = self._said_otherwise(self._guesses(columns, kind), columns, sheet, header, kind, shape)
        fields = {guess.field for guess in guesses}
        if not is_ledger(fields):
            return "不像经营户台账：没有姓名或名称、地址、电话等栏目，没有导入"
        if kind is None and KIND not in fields and not all(self._under(row) for row in rows):
            return "看不出是哪一类（小作坊、小摊贩等），请用 --kind 指定类别后再导入"
        if self.wanted.kind and kind not in {None, self.wanted.kind}:
            return f"这张表是“{self.profile.trade(kind or '').label}”，与指定的类别不同，没有导入"
        return self._ledger(sheet, header, rows, ColumnLayout.of(columns, guesses, made, aside), kind, shape)

    def _ledger(
        self,
        sheet: SheetCells,
        header: Header,
        rows: Sequence[DataRow],
        layout: ColumnLayout,
        kind: str | None,
        shape: str,
    ) -> Ledger | str:
        village = self.wanted.village or self._village_of(sheet, header)
        read = _with_hidden(sheet, list(self._rows(sheet, rows, layout, kind, village)), layout)
        if not read:
            return "只有表头，没有数据"
        without = sum(1 for one in read if one.answers.get("village") is None)
        if "village" not in layout.columns and without * 2 > len(read):
            return "没有村（社区）一栏，地址里也看不出是哪个村，请用 --village 指定村后再导入"
        kinds = {one.kind for one in read}
        return Ledger(
            name=sheet.name,
            kind=kinds.pop() if len(kinds) == 1 else None,
            header_row=header.last_row,
            columns={column_letter(guess.column): guess.field for guess in layout.guesses},
            confidence={column_letter(guess.column): guess.confidence for guess in layout.guesses},
            rows=tuple(read),
            shape=shape,
            unread=layout.unread,
        )

    def _rows(
        self,
        sheet: SheetCells,
        rows: Sequence[DataRow],
        layout: ColumnLayout,
        kind: str | None,
        village: str | None,
    ) -> Iterator[LedgerRow]:
        columns, fields = layout.columns, layout.fields if sheet.formulas else ()
        for row in rows:
            typed = {field: row.cell(column) for field, column in columns.items()}
            if sheet.is_1904:
                typed |= {field: from_1904(typed[field]) for field in self.days & typed.keys()}
            phones = {column: row.cell(column) for column in layout.more_phones}
            if layout.of_shop:
                typed |= taken_apart(typed["operator_name"])
            if layout.of_both:
                typed |= parted(typed["operator_name"])
            elif is_both(typed.get("operator_name")):  # one village wrote it so where it had no other phone
                both = parted(typed["operator_name"])
                typed["operator_name"] = both["operator_name"]
                phones[columns["operator_name"]] = both["phone"]
            if "operator_name" in typed:
                typed["operator_name"] = person_alone(typed["operator_name"])
            if self.rows.is_empty(typed):
                continue
            formulas = frozenset(
                (field, column) for field, column in fields if (row.row, column) in sheet.formulas
            )
            derived = None if "village" in columns else self._derived_village(typed, row, village)
            place = RowCells(row.row, typed, columns, formulas, phones)
            read = self.rows.read(place, self._under(row) or kind, derived)
            yield LedgerRow(row.row, read.kind, read.answers, read.problems)

    def _under(self, row: DataRow) -> str | None:
        """Return the trade of a line such as 二、小餐饮 between the rows: it says what those under it are."""
        return self.trades.named(row.heading) if len(row.heading) <= _LONGEST_HEADING else None

    def _derived_village(self, typed: Mapping[str, Cell], row: DataRow, village: str | None) -> str | None:
        address = typed.get("address")
        by_address = self.villages.beginning(address) if isinstance(address, str) else None
        under = self.named_by(row.heading) if row.heading else None
        return by_address or under or village

    def _village_of(self, sheet: SheetCells, header: Header) -> str | None:
        """Return the village that the sheet, its title or sender line, or the file names."""
        for text in (sheet.name, *_texts_above(sheet, header), self.stem):
            if village := self.named_by(text):
                return village
        return None

    def _kind(self, sheet: SheetCells, header: Header, rows: Sequence[DataRow]) -> str | None:
        """Return the trade of the sheet; what names it outweighs the person's word, hints do not."""
        for text in (sheet.name, *_texts_above(sheet, header), self.stem):
            if named := self.trades.named(text):
                return named
        if self.wanted.kind:
            return self.wanted.kind
        names = [
            column
            for column, scores in label_columns(header, self.words).items()
            if scores.get("name", 0.0) >= 0.8
        ]
        shops = (str(row.cell(column) or "") for row in rows[:_SAMPLE_ROWS] for column in names[:1])
        return self.trades.likely((label.own for label in header.labels.values()), shops)

    def _questions(self, kind: str | None) -> tuple[Question, ...]:
        return reading_form(self.profile, kind).questions if kind else self.profile.questions

    def _columns(
        self, sheet: SheetCells, header: Header, rows: Sequence[DataRow], kind: str | None
    ) -> list[Column]:
        """Look at every column that has words over it or something in it."""
        questions = self._questions(kind)
        labelled = label_columns(header, self.words)
        columns = []
        for number in range(1, sheet.width + 1):
            filled = (cell for row in rows if not is_blank(cell := row.cell(number)))
            cells = list(islice(filled, _SAMPLE_ROWS))
            label = header.labels.get(number)
            if not cells and (label is None or label == header.labels.get(number - 1)):
                continue  # nothing, or the rest of cells that were merged with the column before
            scores = labelled.get(number, {})
            fits = self._fits(scores, cells, questions)
            is_others = is_somebody_elses(header.labels.get(number))
            columns.append(Column(number, scores, looks_of(cells, self.villages.find), fits, is_others))
        return columns

    def _guesses(self, columns: Sequence[Column], kind: str | None) -> tuple[Guess, ...]:
        guesses = guess_columns(columns, self._questions(kind))
        kinds = {one.number: one.choices_fit.get(KIND, 0.0) for one in columns}
        return tuple(g for g in guesses if g.field != KIND or kinds[g.column] >= 0.5)

    def _said_otherwise(
        self,
        guesses: Sequence[Guess],
        columns: Sequence[Column],
        sheet: SheetCells,
        header: Header,
        kind: str | None,
        shape: str,
    ) -> tuple[Guess, ...]:
        """Put what a person said in the place of what was guessed; a field has one column only."""
        village = self.wanted.village or self._village_of(sheet, header)
        said = {
            column_number(letter): field for letter, field in self.wanted.fields_of(shape, village).items()
        }
        asked = {question.code for question in self._questions(kind)} | {KIND}
        there = {column.number for column in columns}
        own = [
            Guess(number, field, 1.0) for number, field in said.items() if number in there and field in asked
        ]
        fields = {guess.field for guess in own}
        kept = [one for one in guesses if one.column not in said and one.field not in fields]
        return tuple(sorted((*kept, *own), key=lambda guess: guess.column))

    def _fits(
        self, scores: Mapping[str, float], cells: Sequence[Cell], questions: Sequence[Question]
    ) -> dict[str, float]:
        """Return for closed lists which share of the values stands in them."""
        if not cells:
            return {}
        fits = {}
        for question in questions:
            if question.code in scores and question.type in {QuestionType.CHOICE, QuestionType.CHOICES}:
                fits[question.code] = sum(_is_offered(question, cell) for cell in cells) / len(cells)
        if KIND in scores:
            meant = sum(self.trades.meant(cell) is not None for cell in cells if isinstance(cell, str))
            fits[KIND] = meant / len(cells)
        return fits


def _with_hidden(sheet: SheetCells, rows: list[LedgerRow], layout: ColumnLayout) -> list[LedgerRow]:
    """Say at the first of the rows that nobody sees that they are read like all others."""
    unseen = [one.row for one in rows if one.row in sheet.hidden_rows]
    if not unseen:
        return rows
    guess = layout.guesses[0]
    sentence = (
        f"第 {unseen[0]} 行等 {len(unseen)} 行在表里是隐藏的（或被筛选掉了），也一起读了；"
        "不该收的请在表里删去再导入"
    )
    letter = column_letter(guess.column)
    problem = CellProblem(unseen[0], letter, guess.field, "", "warning", "hidden_row", sentence)
    return [replace(one, problems=(*one.problems, problem)) if one.row == unseen[0] else one for one in rows]


def _is_offered(question: Question, cell: Cell) -> bool:
    try:
        return read_answer(question, cell) is not None
    except WrongValue:
        return False


def _texts_above(sheet: SheetCells, header: Header) -> list[str]:
    return [
        cell
        for cells in sheet.rows[: header.first_row - 1]
        for cell in cells
        if isinstance(cell, str) and cell.strip()
    ]
