"""A likely duplicate beside what is being entered, with three clear ways out."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea

from desktop.services.register.duplicates import Alike
from desktop.views.kit.arrange import Grow, box, column, grid, hold, rule
from desktop.views.kit.buttons import Button, PrimaryButton
from desktop.views.kit.chips import Chip
from desktop.views.kit.panels import Banner
from desktop.views.kit.statuses import OPERATING
from desktop.views.kit.tokens import Status
from desktop.views.kit.words import Words

_COMPARED = ("operator_name", "operator_id_number", "phone", "village", "address")
_PERSONAL = frozenset({"operator_id_number", "phone"})
_SHORT = {
    "operator_name": "姓名",
    "operator_id_number": "身份证",
    "phone": "电话",
    "village": "村",
    "address": "地址",
}


class DuplicatePane(QFrame):
    """Compares the sheet with one establishment; the next one comes when this one is decided."""

    same_asked = Signal(object)
    other_asked = Signal(object)
    later_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._alike: Alike | None = None
        self._banner = Banner(Status.WARNING, "可能已有档案", closes=False)
        self._reason = Words(role="muted", wraps=True)
        self._chip = Chip(next(iter(OPERATING.values())))
        self._number = Words(strong=True)
        self._cells: dict[str, tuple[Words, Words]] = {
            code: (Words(wraps=True), Words(wraps=True)) for code in _COMPARED
        }
        self.same_button = PrimaryButton("是同一户，更新它", "refresh-cw", shortcut="Alt+S")
        self.other_button = Button("不是同一户，另建档案", "plus", shortcut="Alt+N")
        self.later_button = Button("先搁置，以后再认", "clock", shortcut="Alt+L")
        self.setObjectName("panel")

        self._arrange()

        self.same_button.clicked.connect(self._same_pressed)
        self.other_button.clicked.connect(self._other_pressed)
        self.later_button.clicked.connect(self._later_pressed)

    @property
    def alike(self) -> Alike | None:
        """The establishment that is compared, if there is one."""
        return self._alike

    def show_alike(self, alike: Alike | None, typed: Mapping[str, object], *, title: str = "") -> None:
        """Compare with an establishment, or hide."""
        self._alike = alike
        self.setVisible(alike is not None)
        if alike is None:
            return
        head = title or ("这户已有档案" if alike.is_sure else "可能已有档案")
        self._banner.tell(Status.WARNING, head)
        same = "、".join(_SHORT[code] for code in alike.alike if code in _SHORT)
        self._reason.setText(f"{same}相同：{alike.title}")
        self._number.setText(alike.archive_number)
        self._chip.set_chip(OPERATING[alike.operating_status])
        theirs = {
            "operator_name": alike.operator_name,
            "village": alike.village,
            "address": alike.address,
        }
        for code, (mine, other) in self._cells.items():
            is_same = code in alike.alike
            said = str(typed.get(code) or "")
            mine.setText(_tail(said) if code in _PERSONAL else said or "—")
            other.setText(theirs.get(code, "相同" if is_same else "不同" if said else "—"))
            differs = not is_same and other.text() != mine.text()
            other.set_role("warning" if differs else "text")

    def _arrange(self) -> None:
        lines = grid(gap="close")
        for place, word in enumerate(("", "这一张")):
            lines.addWidget(Words(word, role="muted"), 0, place)
        lines.addWidget(self._number, 0, 2)
        for place, (code, cells) in enumerate(self._cells.items(), 1):
            lines.addWidget(Words(_SHORT[code], role="muted"), place, 0, Qt.AlignmentFlag.AlignTop)
            for side, cell in enumerate(cells, 1):
                lines.addWidget(cell, place, side, Qt.AlignmentFlag.AlignTop)
        place = len(self._cells) + 1
        lines.addWidget(Words("存续", role="muted"), place, 0)
        lines.addWidget(self._chip, place, 2)
        lines.setColumnStretch(1, 1)
        lines.setColumnStretch(2, 1)
        buttons = column(self.same_button, self.other_button, self.later_button, margins="medium")
        body = column(self._reason, box(lines), None, gap="small", margins="medium")
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(box(body, name="scrolled"))
        self.setLayout(column(self._banner, Grow(scroll), rule(), box(buttons), gap="none", margins="hair"))
        hold(self, width="side_pane")

    def _same_pressed(self) -> None:
        self.same_asked.emit(self._alike)

    def _other_pressed(self) -> None:
        self.other_asked.emit(self._alike)

    def _later_pressed(self) -> None:
        self.later_asked.emit(self._alike)


def _tail(number: str) -> str:
    """Return the end of a number, enough to compare and not to copy."""
    return f"…{number[-4:]}" if number else "—"
