"""Which paper to print of an establishment: a button that asks what can be made, and a menu of that."""

from typing import Protocol

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from desktop.domain.act import Actor
from desktop.services.papers.paperwork import Paperwork, PossiblePaper
from desktop.views.jobs import Jobs, Progress
from desktop.views.kit.buttons import SmallButton


class AsksForPapers(Protocol):
    """What the button works with; every desk that carries paperwork has it."""

    @property
    def paperwork(self) -> Paperwork: ...
    @property
    def actor(self) -> Actor: ...
    @property
    def jobs(self) -> Jobs: ...


class PaperButton(SmallButton):
    """Opens the menu of the papers that can be made of one establishment today."""

    chosen = Signal(str, str)
    failed = Signal(str)
    offered = Signal()

    def __init__(self, desk: AsksForPapers, word: str = "印文书", *, shortcut: str = "") -> None:
        super().__init__(word, "printer", shortcut=shortcut)
        self._desk = desk
        self._id: int | None = None
        self._first: PossiblePaper | None = None
        self.menu_of_papers = QMenu(self)

        self.clicked.connect(self._pressed)
        self.menu_of_papers.triggered.connect(self._triggered)

    def set_establishment(self, establishment_id: int | None, first: PossiblePaper | None = None) -> None:
        """Say whose papers are meant; ``first`` stands above what the service offers."""
        self._id, self._first = establishment_id, first
        self.setEnabled(establishment_id is not None)

    def _pressed(self) -> None:
        desk, establishment_id = self._desk, self._id
        if establishment_id is None:
            return

        def ask(progress: Progress) -> tuple[PossiblePaper, ...]:
            return desk.paperwork.possible(establishment_id, by=desk.actor)

        desk.jobs.run(ask, owner=self, done=self._known, failed=self._refused)

    def _known(self, papers: tuple[PossiblePaper, ...]) -> None:
        menu = self.menu_of_papers
        menu.clear()
        offered = (self._first, *papers) if self._first is not None else papers
        for paper in offered:
            menu.addAction(paper.title).setData(paper.code)
        menu.popup(self.mapToGlobal(QPoint(0, self.height())))
        if offered:
            menu.setActiveAction(menu.actions()[0])
        self.offered.emit()

    def _refused(self, error: Exception) -> None:
        self.failed.emit(str(error))

    def _triggered(self, action: QAction) -> None:
        self.chosen.emit(str(action.data()), action.text())
