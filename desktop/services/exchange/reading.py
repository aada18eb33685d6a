"""Reads the rows of a workbook that came back: unedited cells are the base, edited ones go to the form."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from desktop.domain.errors import WrongValue
from desktop.domain.forms import Answer, Answers, Problem, Question, Severity, SurveyForm, check_days
from desktop.domain.lifecycle import OperatingStatus
from desktop.domain.profile import Profile
from desktop.domain.values import read_text
from desktop.domain.village_names import WrittenVillage
from desktop.services.office.villages import VillageRow, find_village
from desktop.sheets.cells import Cell, is_blank
from desktop.sheets.exchange_book import NOTE, STATUS
from desktop.sheets.exchange_reading import BookPage, BookRow, is_as_written
from desktop.sheets.ledger import reading_form
from desktop.sheets.row_reading import CellProblem, RowCells, RowReader
from desktop.sheets.trades import TradeWords

_MOST_IN_NOTE = 300
_FORMULA = "这一格是公式或者错误值（如 #N/A），没有读取；请改成算好的值再报"
Warn = Callable[[str, Answers], list[Problem]]


@dataclass(frozen=True, slots=True)
class RowOfBook:
    """A row as it states itself: every answer of its columns, and what is wrong with edited ones."""

    at: BookRow
    identity: str
    base: dict[str, Answer] | None
    answers: dict[str, Answer]
    problems: tuple[CellProblem, ...]

    @property
    def has_error(self) -> bool:
        return any(problem.severity == "error" for problem in self.problems)

    @property
    def is_edited(self) -> bool:
        base = self.base
        return base is None or any(base.get(code) != answer for code, answer in self.answers.items())


class RowsOfBooks:
    """Reads rows of all trades; a cell that nobody edited is never read, so nothing can be wrong with it."""

    def __init__(
        self, profile: Profile, villages: tuple[VillageRow, ...], warnings: Warn, today: date
    ) -> None:
        trades = TradeWords.of(profile.trades)
        self._villages = villages
        self._rows = RowReader(profile, self._village, trades, reading_form)
        self._warnings = warnings
        self._today = today

    def read(
        self,
        page: BookPage,
        form: SurveyForm,
        at: BookRow,
        identity: str,
        base: dict[str, Answer] | None,
        village: str | None,
    ) -> RowOfBook:
        """Read one row; without a base all of it is new, without a ``village`` it states its own."""
        edited = {question.code for question in self._edited(page, form, at, base)}
        if village is None and base is not None and "village" not in edited:
            village = str(base["village"])
        columns = {code: page.columns[code] for code in edited}
        formulas = frozenset(
            (code, column) for code, column in columns.items() if page.is_formula(at.row, code)
        )
        typed = {code: at.cells[code] for code in edited}
        cells = RowCells(at.row, typed, columns, formulas, {})
        read = self._rows.read(cells, page.kind, village)
        asked = [question.code for question in form.questions if question.code in at.cells]
        known = base or {}
        answers = {code: read.answers.get(code) if code in edited else known.get(code) for code in asked}
        wrong = [*read.problems, *self._across(cells, page.kind, form, answers, edited)]
        for code, reader in ((STATUS, _status), (NOTE, _note)):
            if code in at.cells:
                answers[code], problem = self._said(page, at, code, reader, known.get(code))
                wrong += [cells.problem(problem, column=page.columns[code])] if problem else []
        return RowOfBook(at, identity, base, answers, tuple(wrong))

    def _village(self, typed: str) -> WrittenVillage | None:
        """Return the village of a cell; it is chosen from a list, and a group behind it has its own cell."""
        found = find_village(self._villages, typed)
        return WrittenVillage(found.name) if found is not None else None

    def edits(self, page: BookPage, form: SurveyForm, at: BookRow, base: dict[str, Answer] | None) -> int:
        """Count the cells that were edited."""
        return sum(1 for _ in self._edited(page, form, at, base))

    def _edited(
        self, page: BookPage, form: SurveyForm, at: BookRow, base: Mapping[str, Answer] | None
    ) -> Iterator[Question]:
        for question in form.questions:
            code = question.code
            if code not in at.cells:
                continue
            is_same = base is not None and is_as_written(question, base.get(code), at.cells[code])
            if not is_same or page.is_formula(at.row, code):
                yield question

    def _across(
        self, cells: RowCells, kind: str, form: SurveyForm, answers: Answers, edited: set[str]
    ) -> Iterator[CellProblem]:
        """Check what was edited against the calendar and the rule pack."""
        if "surveyed_on" in edited:
            for wrong in check_days(form, answers, self._today):
                yield cells.problem(wrong)
        for warning in self._warnings(kind, answers):
            if warning.field in edited:
                yield cells.problem(warning, severity=Severity.WARNING.value)

    def _said(
        self,
        page: BookPage,
        at: BookRow,
        code: str,
        reader: Callable[[Cell], Answer],
        known: Answer,
    ) -> tuple[Answer, Problem | None]:
        """Read a column that is no question of the form; an empty one says nothing."""
        cell = at.cells[code]
        if page.is_formula(at.row, code):
            return known, Problem(code, "formula", _FORMULA)
        if is_blank(cell):
            return known, None
        try:
            return reader(cell), None
        except WrongValue as wrong:
            return known, Problem(code, wrong.code, str(wrong))


def _status(cell: Cell) -> str:
    typed = read_text(cell)
    for status in OperatingStatus:
        if typed in {status.label, status.value}:
            return status.value
    raise WrongValue("unknown_value", f"没有“{typed}”这种经营状态，请从列表里选")


def _note(cell: Cell) -> str:
    typed = read_text(cell)
    if len(typed) > _MOST_IN_NOTE:
        raise WrongValue("out_of_range", f"变动说明有 {len(typed)} 个字，最多 {_MOST_IN_NOTE} 个，请写短些")
    return typed
