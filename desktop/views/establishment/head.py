"""The head of a dossier: its name, where it stands in the register, and the way to its neighbours."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.profile import Trade
from desktop.services.register.dossiers import Dossier
from desktop.views.kit.arrange import Grow, column, row
from desktop.views.kit.buttons import Button, IconButton, LinkButton
from desktop.views.kit.chips import Chip, ChipText
from desktop.views.kit.tokens import Status
from desktop.views.kit.words import ShortWords, Words


class DossierHead(QWidget):
    """Two lines: the name with its buttons, and the way there with whom to ask."""

    stepped = Signal(int)
    edit_asked = Signal()
    standing_asked = Signal()
    list_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._previous_id: int | None = None
        self._next_id: int | None = None
        self.title = ShortWords(size="type_title", strong=True)
        self._kind = Chip(ChipText("", "store", Status.NEUTRAL))
        self.previous = IconButton("上一户", "chevron-left", shortcut="Alt+Left", measure="control")
        self._where = Words(role="muted")
        self.next = IconButton("下一户", "chevron-right", shortcut="Alt+Right", measure="control")
        self._edit = Button("修改", "pencil", shortcut="F2")
        self.standing = Button("定状态", "store", shortcut="F4")
        self._list = LinkButton("摸底调查")
        self._crumbs = ShortWords(role="muted")

        steps = row(self.previous, self._where, self.next)
        line = row(self.title, self._kind, None, steps, self.standing, self._edit)
        crumbs = row(self._list, Grow(self._crumbs), gap="tiny")
        self.setLayout(column(line, crumbs, gap="tiny", margins="none small none none"))

        self.previous.clicked.connect(self._previous_pressed)
        self.next.clicked.connect(self._next_pressed)
        self._edit.clicked.connect(self.edit_asked)
        self.standing.clicked.connect(self.standing_asked)
        self._list.clicked.connect(self.list_asked)

    def show_dossier(self, dossier: Dossier, trade: Trade) -> None:
        shown, place = dossier.row, dossier.place
        self._previous_id, self._next_id = place.previous_id, place.next_id
        self.title.setText(shown.title)
        self._kind.set_chip(ChipText(trade.label, "store", Status.NEUTRAL))
        self._where.setText(f"{place.position} / {place.count}")
        self.previous.setEnabled(place.previous_id is not None)
        self.next.setEnabled(place.next_id is not None)
        told = (shown.operator_name, shown.phone, shown.address)
        self._crumbs.setText(f"› {shown.village} › {shown.archive_number}　{'　'.join(filter(None, told))}")

    def _previous_pressed(self) -> None:
        if self._previous_id is not None:
            self.stepped.emit(self._previous_id)

    def _next_pressed(self) -> None:
        if self._next_id is not None:
            self.stepped.emit(self._next_id)
