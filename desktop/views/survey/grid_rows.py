"""The rows of the entry grid: what was typed, what is wrong with it, how far each row is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from uuid import UUID

from desktop.domain.errors import WrongValue
from desktop.domain.folding import fold_name
from desktop.domain.forms import Problem, Question, Severity, SurveyForm, read_answer, read_answers
from desktop.services.register.duplicates import Alike
from desktop.views.kit.chips import ChipText
from desktop.views.kit.tokens import Status
from desktop.views.survey.sheet import CARRIED

_FIRST = ("operator_name", "operator_id_number", "phone", "products", "address")
_IN_ONE_BATCH = {"operator_id_number": "身份证号", "phone": "电话"}


class RowState(Enum):
    """How far a row is, with the chip that says so."""

    EMPTY = ChipText("", "plus", Status.NEUTRAL, is_quiet=True)
    CHECKING = ChipText("在查", "loader", Status.NEUTRAL, is_quiet=True)
    GOOD = ChipText("可存", "circle-check", Status.SUCCESS, is_quiet=True)
    WARNED = ChipText("提醒", "triangle-alert", Status.WARNING, is_quiet=True)
    ALIKE = ChipText("疑重", "copy", Status.WARNING, is_quiet=True)
    WRONG = ChipText("要改", "circle-x", Status.DANGER, is_quiet=True)

    @property
    def is_savable(self) -> bool:
        return self in {RowState.GOOD, RowState.WARNED}


@dataclass(slots=True)
class GridRow:
    """One row; ``problems`` are what the cells themselves tell, ``told`` what the register added."""

    identity: UUID
    typed: dict[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    told: tuple[Problem, ...] = ()
    alike: tuple[Alike, ...] = ()
    decided: set[int] = field(default_factory=set)
    is_checked: bool = False

    @property
    def is_empty(self) -> bool:
        return not any(value.strip() for value in self.typed.values())

    @property
    def undecided(self) -> Alike | None:
        """The likely duplicate that somebody still has to decide about."""
        return next((one for one in self.alike if one.id not in self.decided), None)

    @property
    def state(self) -> RowState:
        if self.is_empty:
            return RowState.EMPTY
        said = (*self.problems, *self.told)
        if any(problem.severity is Severity.ERROR for problem in said):
            return RowState.WRONG
        if not self.is_checked:
            return RowState.CHECKING
        if self.undecided is not None:
            return RowState.ALIKE
        return RowState.WARNED if said else RowState.GOOD

    def problem_at(self, code: str) -> Problem | None:
        """Return what is wrong with a cell, errors before warnings."""
        mine = [problem for problem in (*self.problems, *self.told) if problem.field == code]
        return min(mine, key=lambda problem: problem.severity is not Severity.ERROR, default=None)


def grid_questions(form: SurveyForm) -> tuple[Question, ...]:
    """Return the columns: what tells who and where first, the rest as on paper, what is carried last."""
    # A stall has seldom a name; where one is required it stands in front.
    codes = ("name", *_FIRST) if "name" in form.required else (*_FIRST, "name")
    first = [form.question(code) for code in codes if form.has(code)]
    carried = [form.question(code) for code in CARRIED if form.has(code)]
    rest = [question for question in form.questions if question not in (*first, *carried)]
    return (*first, *rest, *carried)


def whole(row: GridRow, carried: Mapping[str, str]) -> dict[str, object]:
    """Return the answers of a row; what it does not say itself is carried from above."""
    return {**carried, **{code: value for code, value in row.typed.items() if value.strip()}}


def check_cells(row: GridRow, form: SurveyForm, carried: Mapping[str, str]) -> tuple[Problem, ...]:
    """Check a row by the rules of the form alone; this is fast enough for each keystroke."""
    if row.is_empty:
        return ()
    return read_answers(form, whole(row, carried)).problems


def check_cell(question: Question, typed: str) -> str:
    """Return what is wrong with a text while it is typed, or an empty text."""
    try:
        read_answer(question, typed)
    except WrongValue as wrong:
        return str(wrong)
    return ""


def same_in_batch(rows: Sequence[GridRow]) -> dict[int, tuple[Problem, ...]]:
    """Return for each row what it shares with an earlier one; the register knows neither of them yet."""
    found: dict[int, list[Problem]] = {}
    for code, label in _IN_ONE_BATCH.items():
        first: dict[str, int] = {}
        for place, row in enumerate(rows):
            key = fold_name(row.typed.get(code, ""))
            if not key:
                continue
            earlier = first.setdefault(key, place)
            if earlier != place:
                sentence = f"{label}与第 {earlier + 1} 行相同，是同一户就删掉一行，不是就核对这一格"
                problem = Problem(code, "same_in_batch", sentence, Severity.WARNING)
                found.setdefault(place, []).append(problem)
    return {place: tuple(problems) for place, problems in found.items()}


@dataclass(frozen=True, slots=True)
class Pasted:
    """What became of a block from a spreadsheet; what found no place is told, never left out in silence."""

    rows: int
    columns: int
    rows_left: int = 0
    columns_left: int = 0
    unknown_titles: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        parts = [f"已从表格贴入 {self.rows} 行 {self.columns} 列"]
        if self.columns_left:
            parts.append(f"右边 {self.columns_left} 列超出表格，没有贴入，请从左边的列开始贴")
        if self.unknown_titles:
            parts.append(f"认不出的列没有贴入：{'、'.join(self.unknown_titles)}")
        if self.rows_left:
            parts.append(f"还有 {self.rows_left} 行放不下，没有贴入，请用“从表格导入”")
        return "；".join(parts)


def pasted_cells(text: str) -> list[list[str]]:
    """Return a block from a spreadsheet as rows of cells; quoted cells may hold line breaks."""
    rows: list[list[str]] = [[]]
    cell, is_quoted, place = "", False, 0
    text = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n")
    while place < len(text):
        char = text[place]
        if char == '"' and is_quoted and text[place + 1 : place + 2] == '"':
            cell, place = cell + char, place + 1
        elif char == '"' and (is_quoted or not cell):
            is_quoted = not is_quoted
        elif char in "\t\n" and not is_quoted:
            rows[-1].append(" ".join(cell.split("\n")).strip())
            cell = ""
            if char == "\n":
                rows.append([])
        else:
            cell += char
        place += 1
    rows[-1].append(" ".join(cell.split("\n")).strip())
    return rows


def columns_of_header(cells: Sequence[str], questions: Iterable[Question]) -> list[str] | None:
    """Return the question of each column where the first pasted line is a header, else ``None``."""
    named: dict[str, str] = {}
    for question in questions:
        for word in (question.label, question.header, *question.words):
            named.setdefault(fold_name(word), question.code)
    found = [named.get(fold_name(cell), "") for cell in cells]
    known = [code for code in found if code]
    return found if len(known) >= 2 and len(known) * 2 >= len(cells) else None
