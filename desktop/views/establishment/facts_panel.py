"""What is known of an establishment; personal numbers are masked, and shown in full only for a while."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from desktop.services.register.dossiers import Fact
from desktop.services.register.establishment_rows import EstablishmentRow
from desktop.views.establishment.desk import EstablishmentDesk
from desktop.views.jobs import Progress
from desktop.views.kit.arrange import Grow, box, column, grid, hold, row
from desktop.views.kit.buttons import IconButton, LinkButton
from desktop.views.kit.panels import Panel
from desktop.views.kit.scrolling import scrolling
from desktop.views.kit.words import Words

SHOWN_IN_FULL_MS = 30_000
"""How long a number stays readable before it is masked again."""
_REVEALABLE = ("operator_id_number", "phone")


class FactsPanel(Panel):
    """Labels and words; the eye beside a number shows it in full, and the trail says who looked."""

    failed = Signal(str)

    def __init__(self, desk: EstablishmentDesk) -> None:
        self._everything = LinkButton("全部")
        super().__init__("基本资料", self._everything, margins="none", ruled=True)
        self._desk = desk
        self._establishment_id: int | None = None
        self._facts: tuple[Fact, ...] = ()
        self._shows_empty = False
        self._inside: QWidget | None = None
        self.words: dict[str, Words] = {}
        self._eyes: dict[str, IconButton] = {}
        self._place = column(margins="medium small")
        self._mask_again = QTimer(self)
        self._mask_again.setSingleShot(True)
        self._mask_again.setInterval(SHOWN_IN_FULL_MS)

        self.add(Grow(scrolling(self._place)))

        self._everything.clicked.connect(self._everything_pressed)
        self._mask_again.timeout.connect(self.mask_again)

    def show_facts(self, establishment_id: int, facts: Sequence[Fact]) -> None:
        """Show the facts of an establishment; whatever was shown in full of another is masked."""
        if (establishment_id, tuple(facts)) == (self._establishment_id, self._facts):
            return
        self._establishment_id, self._facts = establishment_id, tuple(facts)
        self._mask_again.stop()
        self._fill()

    def mask_again(self) -> None:
        """Hide the numbers that were shown in full."""
        self._mask_again.stop()
        for fact in self._facts:
            if fact.code in self.words:
                self.words[fact.code].setText(fact.words or "—")
        self._show_eyes("eye", "查看完整的")

    def _fill(self) -> None:
        if self._inside is not None:
            self._place.removeWidget(self._inside)
            self._inside.hide()
            self._inside.deleteLater()
        self.words, self._eyes = {}, {}
        lines = grid(gap="close")
        shown = [fact for fact in self._facts if fact.words or self._shows_empty]
        for place, fact in enumerate(shown):
            label = hold(Words(fact.label, role="muted", wraps=True), width="facts_label")
            value = Words(fact.words or "—", wraps=True, role="text" if fact.words else "muted")
            self.words[fact.code] = value
            lines.addWidget(label, place, 0, Qt.AlignmentFlag.AlignTop)
            lines.addWidget(self._with_eye(fact, value), place, 1)
        lines.setColumnStretch(1, 1)
        self._inside = box(column(lines, None, gap="none"))
        self._place.addWidget(self._inside)
        self._everything.setText("只看填了的" if self._shows_empty else f"全部 {len(self._facts)} 项")

    def _with_eye(self, fact: Fact, value: Words) -> QWidget:
        if fact.code not in _REVEALABLE or not fact.words:
            return value
        eye = IconButton(f"查看完整的{fact.label}", "eye", measure="key")
        self._eyes[fact.code] = eye
        eye.clicked.connect(self._eye_pressed)
        value.setWordWrap(False)
        return box(row(value, eye, None, gap="tiny"))

    def _show_eyes(self, icon: str, verb: str) -> None:
        labels = {fact.code: fact.label for fact in self._facts}
        for code, eye in self._eyes.items():
            eye.set_icon(icon)
            eye.setAccessibleName(f"{verb}{labels[code]}")

    def _eye_pressed(self) -> None:
        if self._mask_again.isActive():
            self.mask_again()
            return
        desk, establishment_id = self._desk, self._establishment_id
        if establishment_id is None:
            return

        def reveal(progress: Progress) -> EstablishmentRow:
            return desk.establishments.reveal(establishment_id, by=desk.actor)

        desk.jobs.run(reveal, owner=self, done=self._revealed, failed=self._refused)

    def _revealed(self, found: EstablishmentRow) -> None:
        if found.id != self._establishment_id:
            return
        for code in _REVEALABLE:
            if code in self.words:
                self.words[code].setText(getattr(found, code) or "—")
        self._show_eyes("eye-off", "再遮住")
        self._mask_again.start()

    def _refused(self, error: Exception) -> None:
        self.failed.emit(str(error))

    def _everything_pressed(self) -> None:
        self._shows_empty = not self._shows_empty
        self._mask_again.stop()
        self._fill()
