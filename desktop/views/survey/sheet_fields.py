"""All fields of one sheet, a page for each section; knows what was typed, what is wrong, what is empty."""

from collections.abc import Iterable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QScrollArea, QStackedWidget, QWidget

from desktop.domain.errors import WrongValue
from desktop.domain.forms import Problem, QuestionType, Section, Severity, SurveyForm, read_answer
from desktop.domain.identity import facts, is_old_number
from desktop.views.kit.arrange import box, column, row
from desktop.views.kit.buttons import LinkButton
from desktop.views.kit.forms import FormGrid
from desktop.views.kit.words import Words
from desktop.views.survey.answer_fields import AnswerField, Offers, answer_field, as_typed
from desktop.views.survey.section_list import SectionState

MISSING = "missing"


class SheetFields(QStackedWidget):
    """The questions of a form as fields; an error shows only where somebody has been."""

    changed = Signal(str)
    left = Signal(str)
    section_finished = Signal(int)

    def __init__(self, form: SurveyForm, offers: Offers) -> None:
        super().__init__()
        self.form = form
        self._today = offers.today
        self._problems: tuple[Problem, ...] = ()
        self._visited: set[str] = set()
        self.sections: tuple[Section, ...] = tuple(s for s in form.sections if form.in_section(s.code))
        self.fields: dict[str, AnswerField] = {
            question.code: answer_field(question, required=question.code in form.required, offers=offers)
            for question in form.questions
        }
        self._grids: list[FormGrid] = []

        for place, section in enumerate(self.sections):
            self.addWidget(self._section_page(place, section))

        for code, asked in self.fields.items():
            asked.field.setProperty("code", code)
            asked.field.changed.connect(self._field_changed)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._focus_changed)

    def typed(self) -> dict[str, object]:
        """Return all that was typed, by question; empty answers too, so that one can be taken away."""
        return {code: asked.typed() for code, asked in self.fields.items()}

    def tidy(self, code: str) -> object:
        """Return an answer as it was understood, such as 2018.5.29 as 2018-05-29; else as it was typed."""
        asked = self.fields[code]
        try:
            return as_typed(read_answer(asked.question, asked.typed()))
        except WrongValue:
            return asked.typed()

    def show_typed(self, typed: Mapping[str, object]) -> None:
        """Show another sheet; nobody has been in its fields yet."""
        self._visited.clear()
        self._problems = ()
        for code, asked in self.fields.items():
            asked.show(typed.get(code, ""))
            asked.field.clear_error()
            asked.field.show_warning("")
            asked.field.set_hint(asked.question.hint)
            self._tell_identity(asked)

    def fill(self, typed: Mapping[str, object]) -> None:
        """Put values into some fields as if they had been typed, and check them."""
        for code, value in typed.items():
            if code in self.fields and value:
                self.fields[code].show(value)
                self.fields[code].field.clear_error()
                self.changed.emit(code)
                self._leave(self.fields[code])

    def focus_first(self) -> None:
        """Put the keyboard into the first field that is still empty, else into the first one."""
        self._focus(next((a for a in self.fields.values() if a.is_empty), next(iter(self.fields.values()))))

    def focus_code(self, code: str) -> None:
        if code in self.fields:
            self._focus(self.fields[code])

    def current_code(self) -> str:
        """Return the question under the keyboard, or an empty text."""
        return self._code_of(QApplication.focusWidget())

    def show_problems(self, problems: Iterable[Problem], *, everywhere: bool = False) -> None:
        """Show each problem at its field; what is still missing is said only once somebody has been there."""
        self._problems = tuple(problems)
        if everywhere:
            self._visited.update(self.fields)
        for code, asked in self.fields.items():
            mine = [problem for problem in self._problems if problem.field == code]
            errors = [p.message for p in mine if p.severity is Severity.ERROR and self._is_due(p)]
            warnings = [p.message for p in mine if p.severity is Severity.WARNING]
            asked.field.show_error(errors[0] if errors else "")
            asked.field.show_warning("；".join(warnings))

    def first_error(self) -> str:
        """Return the question of the first error shown, or an empty text."""
        return next((code for code, asked in self.fields.items() if asked.field.error), "")

    def state(self, place: int) -> tuple[SectionState, int]:
        """Return how far a section is, and how many errors it shows."""
        asked = [self.fields[q.code] for q in self.form.in_section(self.sections[place].code)]
        errors = sum(bool(one.field.error) for one in asked)
        if errors:
            return SectionState.WRONG, errors
        filled = [one for one in asked if not one.is_empty]
        if not filled:
            return SectionState.EMPTY, 0
        required = [one for one in asked if one.question.code in self.form.required]
        is_done = not any(one.is_empty for one in required)
        return (SectionState.FILLED if is_done else SectionState.BEGUN), 0

    def place_of(self, code: str) -> int:
        section = self.form.question(code).section
        return next(place for place, one in enumerate(self.sections) if one.code == section)

    def show_place(self, place: int, *, focus: bool = True) -> None:
        """Open a section."""
        self.setCurrentIndex(place)
        if focus:
            self._grids[place].fields[0].setFocus(Qt.FocusReason.TabFocusReason)

    def _section_page(self, place: int, section: Section) -> QWidget:
        grid = FormGrid()
        for question in self.form.in_section(section.code):
            asked = self.fields[question.code]
            grid.add(asked.field, wide=asked.is_wide)
        self._grids.append(grid)
        grid.finished.connect(self._grid_finished)
        parts: list[QWidget] = [Words(section.label, size="type_record", strong=True), grid]
        inside = column(*parts, self._onward(place), None, gap="medium", margins="large")
        scroll = _Scroll()
        scroll.setWidget(box(inside, name="scrolled"))
        return scroll

    def _onward(self, place: int) -> QWidget:
        is_last = place + 1 == len(self.sections)
        link = LinkButton(
            "" if is_last else f"下一段：{self.sections[place + 1].label}", "chevron-right", icon_after=True
        )
        link.setProperty("place", place + 1)
        link.setEnabled(not is_last)
        link.clicked.connect(self._onward_pressed)
        holder = box(row(None, link))
        holder.setVisible(not is_last)
        return holder

    def _onward_pressed(self) -> None:
        sender = self.sender()
        if isinstance(sender, LinkButton):
            self.section_finished.emit(int(sender.property("place")) - 1)

    def _grid_finished(self) -> None:
        grid = self.sender()
        if isinstance(grid, FormGrid):
            self.section_finished.emit(self._grids.index(grid))

    def _focus(self, asked: AnswerField) -> None:
        self.show_place(self.place_of(asked.question.code), focus=False)
        asked.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _is_due(self, problem: Problem) -> bool:
        """Say what is missing only where somebody has been; what is wrong, always."""
        return problem.code != MISSING or problem.field in self._visited

    def _field_changed(self) -> None:
        field = self.sender()
        if field is not None:
            self.changed.emit(str(field.property("code")))

    def _focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        left, entered = self._code_of(old), self._code_of(new)
        if left and left != entered and self.isVisible():
            self._leave(self.fields[left])
        if entered:
            page = self.currentWidget()
            if isinstance(page, QScrollArea):
                page.ensureWidgetVisible(self.fields[entered].field)

    def _code_of(self, widget: QWidget | None) -> str:
        while widget is not None and widget is not self:
            code = widget.property("code")
            if isinstance(code, str) and code in self.fields:
                return code
            widget = widget.parentWidget()
        return ""

    def _leave(self, asked: AnswerField) -> None:
        """Read what was typed at once; what only the register knows is asked by who listens."""
        code = asked.question.code
        self._visited.add(code)
        try:
            read_answer(asked.question, asked.typed())
        except WrongValue as wrong:
            asked.field.show_error(str(wrong))
        else:
            asked.field.clear_error()
            if code in self.form.required and asked.is_empty:
                asked.field.show_error(f"“{asked.question.label}”还空着，请填写")
        self._tell_identity(asked)
        self.left.emit(code)

    def _tell_identity(self, asked: AnswerField) -> None:
        """Say under a right identity number what it tells; the reader looks at the card and agrees."""
        if asked.question.type is not QuestionType.IDENTITY_NUMBER:
            return
        try:
            number = read_answer(asked.question, asked.typed())
        except WrongValue:
            return
        if not isinstance(number, str):
            asked.field.set_hint(asked.question.hint)
            return
        told = facts(number)
        parts = [told.region_hint, told.born_on.isoformat(), told.sex, f"{told.age(self._today())} 岁"]
        old = f"15 位旧号码，按 {number} 保存；" if is_old_number(asked.typed()) else ""
        asked.field.set_hint(old + "、".join(filter(None, parts)))


class _Scroll(QScrollArea):
    """A section higher than the window scrolls; its fields take the width that is there."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
