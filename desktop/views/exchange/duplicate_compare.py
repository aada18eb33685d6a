"""A row of a workbook beside the record that it may be: what differs is marked, each side can be chosen."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.services.parked_duplicates import ParkedField, ParkedRow
from desktop.views.kit.arrange import Grow, box, column, grid, hold
from desktop.views.kit.chips import Chip
from desktop.views.kit.choices import Choice, Segmented
from desktop.views.kit.panels import Banner, Panel
from desktop.views.kit.scrolling import scrolling
from desktop.views.kit.statuses import OPERATING
from desktop.views.kit.tokens import Status
from desktop.views.kit.words import Words

STATED, HAS = "stated", "has"
_SIDES = (Choice(STATED, "取表里"), Choice(HAS, "留档案"))
_ALIKE = {"operator_id_number": "身份证号", "phone": "电话", "address": "地址", "name": "名称"}


class DuplicateCompare(Panel):
    """The two side by side; choosing changes nothing before the decision."""

    def __init__(self) -> None:
        self._chip = Chip(next(iter(OPERATING.values())))
        super().__init__("", self._chip, margins="none", ruled=True)
        self.row: ParkedRow | None = None
        self.sides: dict[str, Segmented] = {}
        self.note = Banner(Status.WARNING, closes=False)
        self.reason = Words(role="muted", wraps=True)
        self._inside: QWidget | None = None
        self._place = column(gap="none")

        body = column(self.note, self.reason, self._place, None, gap="small", margins="medium")
        self.add(Grow(scrolling(body)))

    def show_row(self, row: ParkedRow) -> None:
        """Show a row; the same row again leaves what was chosen."""
        if row == self.row:
            return
        self.row = row
        self.set_title(f"{row.title}（{row.village}）")
        self.set_note(f"{row.file} · {row.sheet} 第 {row.row} 行")
        self._chip.setVisible(row.match is not None)
        if row.match is not None:
            self._chip.set_chip(OPERATING[row.match.operating_status])
        self.note.setVisible(bool(row.note))
        if row.note:
            self.note.tell(Status.WARNING, row.note)
        same = "、".join(_ALIKE[code] for code in row.alike)
        self.reason.setVisible(bool(same))
        self.reason.setText(f"{same}相同，{'应是同一户' if row.is_sure else '可能是同一户'}")
        self._fill(row)

    def taken(self) -> tuple[str, ...]:
        """Return the codes of what is to be taken out of the workbook."""
        return tuple(code for code, side in self.sides.items() if side.value() == STATED)

    def _fill(self, parked: ParkedRow) -> None:
        if self._inside is not None:
            self._place.removeWidget(self._inside)
            self._inside.hide()
            self._inside.deleteLater()
        self.sides = {}
        lines = grid(gap="close")
        match = parked.match
        lines.addWidget(Words("表里的", role="muted"), 0, 1)
        if match is not None:
            lines.addWidget(Words(f"档案 {match.archive_number}", role="muted"), 0, 2)
        for place, field in enumerate(parked.fields):
            self._add_line(lines, 2 * place + 1, field, has_match=match is not None)
        lines.setColumnStretch(1, 1)
        lines.setColumnStretch(2, 1)
        self._inside = box(lines)
        self._place.addWidget(self._inside)

    def _add_line(self, lines: QGridLayout, place: int, field: ParkedField, *, has_match: bool) -> None:
        """Add one answer, and below it the choice; where both say the same there is nothing to choose."""
        top = Qt.AlignmentFlag.AlignTop
        is_same = has_match and not field.differs
        stated = Words(
            field.stated, role="muted" if is_same else "warning" if has_match else "text", wraps=True
        )
        lines.addWidget(
            hold(Words(field.label, role="muted", wraps=True), width="facts_label"), place, 0, top
        )
        lines.addWidget(stated, place, 1, top)
        if not has_match:
            return
        lines.addWidget(
            Words(field.has or "—", role="muted" if is_same else "text", wraps=True), place, 2, top
        )
        if field.differs:
            side = Segmented(_SIDES, small=True)
            side.setAccessibleName(field.label)
            side.set_value(HAS if field.has else STATED)
            self.sides[field.code] = side
            lines.addWidget(side, place + 1, 1, 1, 2, Qt.AlignmentFlag.AlignLeft)
