"""Reads one row of a ledger through the readers of the form; every problem stays with its cell."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial

from desktop.domain.errors import WrongValue
from desktop.domain.forms import (
    Answer,
    Answers,
    Problem,
    Question,
    QuestionType,
    SurveyForm,
    read_answer,
    read_answers,
)
from desktop.domain.phones import phones_of
from desktop.domain.profile import Profile
from desktop.domain.values import read_text
from desktop.domain.village_names import WrittenVillage, with_rest
from desktop.sheets.cells import Cell, column_letter, is_blank, shown
from desktop.sheets.trades import TradeWords
from desktop.sheets.words import KIND, NOTHING_WORDS

_STATES_SOMETHING = (
    "name",
    "operator_name",
    "operator_id_number",
    "phone",
    "address",
    "products",
    "business_licence_number",
    "paper_number",
)
_STROKES = frozenset({"/", "\\", "-", "--", "—", "——", "―", "／", "－", "×", "、", ".", "。"})
_NOTHING = _STROKES | NOTHING_WORDS
_WITHOUT_END = frozenset({"长期", "长期有效", "永久", "永久有效", "无期限"})
_MAY_SAY_NO = frozenset(
    {
        QuestionType.YES_NO,
        QuestionType.CHOICE,
        QuestionType.CHOICES,
        QuestionType.COUNT,
        QuestionType.LONG_TEXT,
    }
)
_REMEMBERED = 2_048
"""Cells of each question that are read once: 有 and 无, trades, foods and days repeat from row to row."""

_LICENCE_PROBLEMS = ("credit_code_shape", "credit_code_check_digit")


@dataclass(frozen=True, slots=True)
class CellProblem:
    """What is wrong with one cell, where the person finds it, and the way out."""

    row: int
    column: str | None
    field: str
    value: str
    severity: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class RowReading:
    """A row as the form reads it."""

    kind: str
    answers: Answers
    problems: tuple[CellProblem, ...]


class RowReader:
    """Reads rows of all trades of a rule pack."""

    def __init__(
        self,
        profile: Profile,
        read_village: Callable[[str], WrittenVillage | None],
        trades: TradeWords,
        form_of: Callable[[Profile, str], SurveyForm],
    ) -> None:
        self._read_village = read_village
        self._trades = trades
        self._forms = {trade.code: form_of(profile, trade.code) for trade in profile.trades}
        self._labels = "、".join(trade.label for trade in profile.trades)
        self._first_kind = profile.trades[0].code
        self._readers: dict[str, Callable[[object], Answer]] = {}

    def is_empty(self, typed: Mapping[str, Cell]) -> bool:
        """Tell a line of which only number, village or the like were filled in beforehand."""
        return all(_is_nothing(typed.get(field)) for field in _STATES_SOMETHING)

    def read(self, at: "RowCells", kind: str | None, village: str | None) -> RowReading:
        """Read one row; a formula is refused and its result not looked at."""
        typed, formulas = at.typed, frozenset(field for field, column in at.formulas if at.is_own(column))
        sentence = "这一格是公式或者错误值（如 #N/A），没有读取；请改成算好的值再导入"
        problems = [
            at.problem(Problem(field, "formula", sentence), column=column)
            for field, column in sorted(at.formulas)
        ]
        row_kind, wrong_kind = self._kind(typed, formulas, kind)
        if wrong_kind:
            problems.append(at.problem(wrong_kind))
        form = self._forms[row_kind]
        cells = {
            question.code: typed[question.code]
            for question in form.questions
            if question.code in typed and question.code not in formulas
        }
        if village is not None:
            cells["village"] = village
        reading = read_answers(form, cells, self._answer)
        answers = dict(reading.answers)
        for problem in reading.problems:
            if problem.code == "missing" and not self._counts(problem.field, at.columns, formulas):
                continue
            if problem.code in _LICENCE_PROBLEMS:
                cell = cells.get(problem.field)
                answers[problem.field] = _as_written(_stated(cell, QuestionType.CREDIT_CODE))
                problems.append(at.problem(problem, severity="warning"))
                continue
            problems.append(at.problem(problem))
        problems += self._village(at, answers)
        problems += _more_phones(at, form, answers)
        return RowReading(row_kind, answers, _one_for_each_cell(problems))

    def _answer(self, question: Question, cell: object) -> Answer:
        """Read a cell as what it states; the same cell of a question is read once."""
        read = self._readers.get(question.code)
        if read is None:
            # 1, 1.0 and True are three cells
            remembering = lru_cache(maxsize=_REMEMBERED, typed=True)
            read = self._readers[question.code] = remembering(partial(_answer_of, question))
        return read(cell)

    def _kind(
        self, typed: Mapping[str, Cell], formulas: frozenset[str], kind: str | None
    ) -> tuple[str, Problem | None]:
        """Return the trade of the row; a wrong word in its cell is a problem of that cell."""
        cell = typed.get(KIND)
        if KIND in formulas or (is_blank(cell) and kind):
            return kind or self._first_kind, None
        if is_blank(cell) and KIND not in typed:
            return kind or self._first_kind, None
        meant = self._trades.meant(str(cell)) if not is_blank(cell) else None
        if meant:
            return meant, None
        sentence = f"没有“{shown(cell)}”这个类别，可填：{self._labels}"
        return kind or self._first_kind, Problem(KIND, "unknown_value", sentence)

    def _counts(self, field: str, columns: Mapping[str, int], formulas: frozenset[str]) -> bool:
        """Tell whether an empty answer is a problem: the column is there, or nothing else says it."""
        if field == "village":
            return field not in formulas
        return field in columns and field not in formulas

    def _village(self, at: "RowCells", answers: dict[str, Answer]) -> list[CellProblem]:
        stated = answers.get("village")
        if not isinstance(stated, str):
            return []
        found = self._read_village(stated)
        if found is not None:
            answers["village"] = found.name
            if found.rest:
                stands = {field: answer for field, answer in answers.items() if field in at.columns}
                answers.update(with_rest(stands, found, stated))
            return []
        sentence = f"没有“{stated}”这个村（社区），请对照本镇村名单改正"
        answers["village"] = None
        return [at.problem(Problem("village", "unknown_village", sentence))]


def _more_phones(at: "RowCells", form: SurveyForm, answers: dict[str, Answer]) -> list[CellProblem]:
    """Take the phones of further columns behind the first; each is wrong at its own cell."""
    problems = []
    found = list(phones_of(str(answers.get("phone") or "")))
    for column, cell in at.phones.items():
        if ("phone", column) in at.formulas:
            continue
        try:
            read = read_answer(form.question("phone"), _stated(cell, QuestionType.PHONE))
        except WrongValue as wrong:
            problems.append(at.problem(Problem("phone", wrong.code, str(wrong)), column=column))
            continue
        found += phones_of(str(read or ""))
    if found:
        answers["phone"] = "、".join(dict.fromkeys(found))
    return problems


@dataclass(frozen=True, slots=True)
class RowCells:
    """The cells of one row and where they stand; ``phones`` are those of further columns of phones."""

    row: int
    typed: Mapping[str, Cell]
    columns: Mapping[str, int]
    formulas: frozenset[tuple[str, int]]
    phones: Mapping[int, Cell]

    def is_own(self, column: int) -> bool:
        return column not in self.phones

    def problem(self, problem: Problem, *, severity: str = "", column: int | None = None) -> CellProblem:
        """Return a problem at its cell; without a column at the one that answers its question."""
        column = column or self.columns.get(problem.field)
        cell = self.typed.get(problem.field)
        if column is not None and column in self.phones:
            cell = self.phones[column]
        return CellProblem(
            row=self.row,
            column=column_letter(column) if column else None,
            field=problem.field,
            value=shown(cell) if problem.code != "formula" else "",
            severity=severity or problem.severity.value,
            code=problem.code,
            message=problem.message,
        )


def _one_for_each_cell(problems: list[CellProblem]) -> tuple[CellProblem, ...]:
    """Keep the first problem of each cell; errors come before warnings."""
    ordered = sorted(problems, key=lambda problem: problem.severity != "error")
    kept: dict[tuple[str, str | None], CellProblem] = {}
    for problem in ordered:
        kept.setdefault((problem.field, problem.column), problem)
    return tuple(kept.values())


def _is_nothing(cell: object) -> bool:
    return cell is None or (isinstance(cell, str) and (not cell.strip() or cell.strip() in _NOTHING))


def _answer_of(question: Question, cell: object) -> Answer:
    return read_answer(question, _stated(cell, question.type))


def _stated(cell: object, kind: QuestionType) -> object:
    """Return what a cell states; a stroke or 无 where a number belongs states nothing."""
    if kind is QuestionType.COUNT and isinstance(cell, str) and cell.strip() in {"无", "没有"}:
        return 0
    if kind is QuestionType.DATE and isinstance(cell, str) and cell.strip() in _WITHOUT_END:
        return None
    if _is_nothing(cell) and kind not in _MAY_SAY_NO:
        return None
    if isinstance(cell, str) and cell.strip() in _STROKES and kind is not QuestionType.YES_NO:
        return None
    return cell


def _as_written(cell: object) -> str | None:
    """Keep a licence number that nobody can check; one that lost its digits is gone."""
    if isinstance(cell, int | float):
        return None
    return read_text(cell)[:40] or None if cell is not None else None
