"""Chooses one establishment inside a pane: a few letters, the list of what was found, the one chosen."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.services.register.establishments import Hit
from desktop.views.jobs import Progress
from desktop.views.kit.arrange import column, hold
from desktop.views.kit.search_field import SearchField
from desktop.views.kit.words import Words
from desktop.views.registration.desk import RegistrationDesk
from desktop.views.registration.short_model import ShortColumn, ShortRow
from desktop.views.registration.short_table import ShortTable

_FOUND = (ShortColumn("名称", 6, is_strong=True, grows=True), ShortColumn("村（社区）", 5, is_muted=True))


class WhoField(QWidget):
    """``who`` is the chosen establishment; whatever is typed afterwards forgets it."""

    changed = Signal()

    def __init__(self, desk: RegistrationDesk, name: str) -> None:
        super().__init__()
        self._desk = desk
        self._turn = 0
        self._hits: dict[int, Hit] = {}
        self.who: Hit | None = None
        self.search = SearchField("店名、姓名、电话尾号", name=name)
        self.found = ShortTable("找到的", _FOUND)
        self._chosen = Words(strong=True, wraps=True)

        self.setLayout(
            column(Words(name), self.search, self._chosen, hold(self.found, height="short_list"), gap="tiny")
        )
        self.clear()

        self.search.searched.connect(self._search_asked)
        self.search.entered.connect(self._entered)
        self.search.stepped.connect(self.found.step)
        self.found.opened.connect(self._opened)

    def clear(self) -> None:
        """Begin anew with an empty search."""
        self.search.clear()
        self._show(None)

    def choose(self, establishment_id: int, title: str, village: str) -> None:
        """Take somebody whom another list has named."""
        self.search.clear()
        self._show(Hit(establishment_id, "", "", title, "", village))

    def _show(self, who: Hit | None) -> None:
        self.who = who
        self._chosen.setText(f"{who.title}（{who.village}）" if who is not None else "")
        self._chosen.setVisible(who is not None)
        self.found.setVisible(who is None and bool(self._hits))
        self.changed.emit()

    def _search_asked(self, text: str) -> None:
        self._turn += 1
        turn, desk = self._turn, self._desk
        if not text:
            self._hits = {}
            self._show(None)
            return

        def find(progress: Progress) -> tuple[int, tuple[Hit, ...]]:
            return turn, desk.establishments.find(text, by=desk.actor)

        desk.jobs.run(find, owner=self, done=self._found_some)

    def _found_some(self, answer: tuple[int, tuple[Hit, ...]]) -> None:
        turn, hits = answer
        if turn != self._turn:
            return
        self._hits = {hit.id: hit for hit in hits}
        self.found.show_rows([ShortRow(hit.id, (hit.title, hit.village)) for hit in hits])
        self._show(None)

    def _entered(self) -> None:
        chosen = self.found.current_id()
        if chosen is not None and self.who is None:
            self._opened(chosen)

    def _opened(self, establishment_id: int) -> None:
        if establishment_id in self._hits:
            self._show(self._hits[establishment_id])
