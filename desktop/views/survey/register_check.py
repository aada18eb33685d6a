"""Asks the register what no field can know by itself: villages, products that are prohibited, duplicates."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.domain.forms import Problem, SurveyForm, read_answers
from desktop.services.register.duplicates import Alike
from desktop.views.jobs import Progress
from desktop.views.survey.desk import SurveyDesk
from desktop.views.survey.sheet import Sheet

PAUSE_MS = 200
"""The rest after leaving a field before the register is asked."""

_KEYS = {"operator_id_number": "身份证号", "phone": "电话", "address": "地址"}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the register says of a sheet, and which of its answers were compared with all others."""

    problems: tuple[Problem, ...]
    alike: tuple[Alike, ...]
    compared: tuple[str, ...]

    def in_words(self, decided: frozenset[int]) -> str:
        """Say that nothing is alike, naming only what was really compared."""
        if not self.compared or any(one.id not in decided for one in self.alike):
            return ""
        words = "、".join(self.compared)
        return f"{words}{'都' if len(self.compared) > 1 else ''}没有与现有档案重复"


class RegisterCheck(QObject):
    """Asks after a rest; an answer to a sheet that is no longer on the desk is dropped."""

    answered = Signal(object)
    failed = Signal(Exception)

    def __init__(
        self,
        desk: SurveyDesk,
        form: SurveyForm,
        on_desk: Callable[[], tuple[Sheet, dict[str, object]]],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._form = form
        self._on_desk = on_desk
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)

        self._pause.timeout.connect(self.ask_now)

    def ask(self) -> None:
        self._pause.start()

    def ask_now(self) -> None:
        """Ask about the sheet as it is typed now."""
        self._pause.stop()
        sheet, typed = self._on_desk()
        surveys, form, actor = self._desk.surveys, self._form, self._desk.actor

        def ask(progress: Progress) -> tuple[Sheet, Verdict]:
            known = sheet.establishment_id
            problems = surveys.check(sheet.kind, typed, establishment_id=known, by=actor)
            progress.check()
            answers = read_answers(form, typed).answers
            alike = surveys.alike(sheet.kind, answers, except_id=known, by=actor)
            compared = tuple(word for code, word in _KEYS.items() if answers.get(code))
            return sheet, Verdict(problems, alike, compared)

        self._desk.jobs.run(ask, owner=self, done=self._answered, failed=self.failed.emit)

    def _answered(self, found: tuple[Sheet, Verdict]) -> None:
        sheet, verdict = found
        if sheet.identity == self._on_desk()[0].identity:
            self.answered.emit(verdict)
