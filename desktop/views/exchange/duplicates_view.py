"""疑似重复: what imports have parked, decided one after the other; the next one comes by itself."""

from functools import partial

from PySide6.QtCore import Signal

from desktop.services.register.duplicates import Alike
from desktop.services.register.parked_duplicates import Decided, ParkedRow
from desktop.services.rights import Right, may
from desktop.views.exchange.desk import ExchangeDesk
from desktop.views.exchange.duplicate_compare import ALIKE, DuplicateCompare
from desktop.views.exchange.waiting_view import WaitingView
from desktop.views.jobs import Progress
from desktop.views.kit.arrange import Grow, box, row
from desktop.views.kit.buttons import Button, PrimaryButton, SmallButton
from desktop.views.kit.fields import TextField
from desktop.views.kit.tokens import Status
from desktop.views.kit.words import Words
from desktop.views.registration.short_model import ShortColumn, ShortRow

COLUMNS = (
    ShortColumn("疑似重复的户", 8, is_strong=True, grows=True),
    ShortColumn("村", 5),
    ShortColumn("把握", 4),
)
_LABEL = "认定疑似重复"


class DuplicatesView(WaitingView):
    """The two side by side, and three ways to decide; a third that is alike may be joined first."""

    join_asked = Signal(int, str)
    """The record that is kept, and the archive number of the other one."""

    def __init__(self, desk: ExchangeDesk) -> None:
        super().__init__(desk, "疑似重复", COLUMNS)
        self.compare = DuplicateCompare()
        self.reason = TextField("为什么不收", most=300, required=True)
        self.same_button = PrimaryButton("是同一户", "refresh-cw", shortcut="Alt+S")
        self.different_button = Button("是另一户", "plus", shortcut="Alt+N")
        self.drop_button = Button("不收", "x", shortcut="Alt+D")

        self.other = Words(wraps=True)
        self.join_button = SmallButton("并档…", "git-merge", shortcut="Alt+J")
        self._other: Alike | None = None
        self._beside = box(row(Grow(self.other), self.join_button, gap="small"))

        buttons = (self.same_button, self.different_button, self.drop_button)
        self._arrange(self.compare, buttons, self._beside, self.reason)
        self.list.set_empty("没有等着认的。导入时拿不准的行会放在这里，等你定夺。")

        self.same_button.clicked.connect(self._same_pressed)
        self.different_button.clicked.connect(self._different_pressed)
        self.drop_button.clicked.connect(self._drop_pressed)
        self.join_button.clicked.connect(self._join_pressed)

    def _ask(self, progress: Progress) -> tuple[ParkedRow, ...]:
        return self._desk.parked.waiting(by=self._desk.actor)

    def _line(self, waiting: ParkedRow) -> ShortRow:
        certainty = "确定" if waiting.is_sure else "拿不准"
        return ShortRow(waiting.id, (waiting.title, waiting.village, certainty))

    def _show(self, current: ParkedRow | None) -> None:
        self.compare.setVisible(current is not None)
        self._beside.hide()
        if current is None:
            self.reason.hide()
            return
        self._ask_for_others(current)
        if self.compare.row is None or self.compare.row.id != current.id:
            self.reason.hide()
            self.reason.set_value("")
        self.compare.show_row(current)
        self.same_button.setEnabled(current.may_decide and current.match is not None)
        self.different_button.setEnabled(current.may_decide)
        self.drop_button.setEnabled(current.may_decide)

    def _ask_for_others(self, current: ParkedRow) -> None:
        """Ask whether the row is like a third one, too; only who may join is told."""
        desk = self._desk
        if current.match is None or not may(desk.actor, Right.JOIN):
            return

        def ask(progress: Progress) -> tuple[int, tuple[Alike, ...]]:
            return current.id, desk.parked.others(current.id, by=desk.actor)

        desk.jobs.run(ask, owner=self, done=self._others_found)

    def _others_found(self, found: tuple[int, tuple[Alike, ...]]) -> None:
        row_id, others = found
        shown = self.compare.row
        if shown is None or shown.id != row_id or shown.match is None:
            return
        self._other = others[0] if others else None
        self._beside.setVisible(self._other is not None)
        if other := self._other:
            same = "、".join(ALIKE[code] for code in other.alike if code in ALIKE)
            who = f"{other.archive_number} {other.title}（{other.village}，{same}相同）"
            self.other.setText(
                f"表里这一行也像 {who}；它和 {shown.match.archive_number} 要是同一户登了两次，先并档。"
            )

    def _join_pressed(self) -> None:
        shown = self.compare.row
        if shown is not None and shown.match is not None and self._other is not None:
            self.join_asked.emit(shown.match.id, self._other.archive_number)

    def _same_pressed(self) -> None:
        desk, current = self._desk, self.compare.row
        if current is not None and current.match is not None:
            decide = partial(
                desk.parked.decide_same,
                current.id,
                version=current.version,
                record_version=current.match.version,
                take=self.compare.taken(),
                by=desk.actor,
            )
            self._decide(decide, self._is_decided, _LABEL)

    def _different_pressed(self) -> None:
        desk, current = self._desk, self.compare.row
        if current is not None:
            decide = partial(desk.parked.decide_different, current.id, version=current.version, by=desk.actor)
            self._decide(decide, self._is_decided, _LABEL)

    def _drop_pressed(self) -> None:
        """Ask for the reason first; pressed again with a reason, the row is left out."""
        desk, current, reason = self._desk, self.compare.row, self.reason.value()
        if current is None:
            return
        if not reason:
            if self.reason.isVisible():
                self.reason.show_error("请写明为什么不收，操作日志里要记。")
            self.reason.show()
            self.reason.setFocus()
            return
        decide = partial(desk.parked.drop, current.id, version=current.version, reason=reason, by=desk.actor)
        self._decide(decide, self._is_decided, _LABEL)

    def _is_decided(self, decided: Decided) -> None:
        where = f"：{decided.archive_number}" if decided.archive_number else ""
        sentence = f"已认定{decided.decision.label}{where}。"
        status = Status.WARNING if decided.next_step else Status.SUCCESS
        self.news.tell(status, f"{sentence}{decided.next_step}")
        self.refresh()
