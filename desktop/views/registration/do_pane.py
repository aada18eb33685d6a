"""A pane that does one thing about what is chosen beside it: its fields, its refusal, its button."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from desktop.views.jobs import Progress
from desktop.views.kit.arrange import Grow, box, column, rule
from desktop.views.kit.buttons import PrimaryButton
from desktop.views.kit.field import Field
from desktop.views.kit.forms import FormGrid
from desktop.views.kit.panels import Banner
from desktop.views.kit.scrolling import scrolling
from desktop.views.kit.tokens import Status
from desktop.views.kit.words import Words
from desktop.views.registration.desk import RegistrationDesk

Work = Callable[[], str]
"""Does it and returns the sentence that tells of it; runs off the window thread."""


class DoPane(QFrame):
    """Shows what it is about, asks what is missing, does it; a refusal stands above the button."""

    told = Signal(str)

    def __init__(self, desk: RegistrationDesk, word: str) -> None:
        super().__init__()
        self.desk = desk
        self.title = Words(size="type_record", strong=True, wraps=True)
        self.facts = Words(role="muted", wraps=True)
        self.form = FormGrid()
        self.refusal = Banner(Status.DANGER)
        self.button = PrimaryButton(word, shortcut="Ctrl+Enter")
        self.setObjectName("panel")
        self.refusal.setVisible(False)

        self.button.clicked.connect(self._pressed)

    def arrange_pane(self, *above: QWidget) -> None:
        """Lay the pane out: head, what stands above the form, the form; the button stays in sight."""
        body = column(self.title, self.facts, *above, self.form, None, gap="medium", margins="medium")
        foot = column(self.refusal, self.button, margins="medium small")
        self.setLayout(column(Grow(scrolling(body)), rule(), box(foot), gap="none", margins="hair"))

    def work(self) -> Work | None:
        """Return what the button does with what was typed; ``None`` where something is missing."""
        raise NotImplementedError

    def finished(self) -> None:
        """Take back what was typed, once it is done."""

    def demand(self, *fields: Field) -> bool:
        """Show an error at each field that is seen, required and empty; False where there is one."""
        self.form.clear_errors()
        for field in fields:
            if not field.isHidden() and field.is_required and not field.value_text():
                field.show_error(f"请填{field.label}。")
        return not self.form.show_first_error()

    def refuse(self, sentence: str) -> None:
        self.refusal.tell(Status.DANGER, sentence)

    def _pressed(self) -> None:
        self.refusal.setVisible(False)
        work = self.work()
        if work is None:
            return

        def do(progress: Progress) -> str:
            return work()

        self.button.setEnabled(False)
        self.desk.jobs.run(
            do, owner=self, done=self._is_done, failed=self._is_refused, label=self.button.text()
        )

    def _is_done(self, sentence: str) -> None:
        self.button.setEnabled(True)
        self.finished()
        self.told.emit(sentence)

    def _is_refused(self, error: Exception) -> None:
        self.button.setEnabled(True)
        self.refuse(str(error))
