"""Taking one import back: what will happen, the reason that the trail keeps, and what stayed."""

from PySide6.QtCore import Signal

from desktop.errors import UserError
from desktop.services.imports.answers import Undone
from desktop.services.imports.runs import ImportRunRow
from desktop.views.exchange.desk import ExchangeDesk
from desktop.views.jobs import Progress
from desktop.views.kit.arrange import Grow, column, hold, row
from desktop.views.kit.buttons import Button, PrimaryButton
from desktop.views.kit.fields import TextAreaField
from desktop.views.kit.panels import Banner, Panel
from desktop.views.kit.scrolling import scrolling
from desktop.views.kit.tokens import Status
from desktop.views.kit.words import Words

_MOST_KEPT = 200


class UndoPane(Panel):
    """Beside the list of imports; hidden until one is to be taken back."""

    undone = Signal(object)
    closed = Signal()

    def __init__(self, desk: ExchangeDesk) -> None:
        super().__init__("撤回导入", ruled=False)
        self._desk = desk
        self._run: ImportRunRow | None = None
        self.what = Words(wraps=True)
        self.reason = TextAreaField("为什么撤回", most=300, required=True, lines=3)
        self.refused = Banner(Status.DANGER)
        self.undo_button = PrimaryButton("撤回", "undo-2", shortcut="Ctrl+Enter")
        self.close_button = Button("不撤了")
        self.kept = Words(role="muted", wraps=True)

        inside = column(self.what, self.reason, self.refused, self.kept, None, gap="medium")
        self.add(Grow(scrolling(inside)), row(None, self.close_button, self.undo_button))
        hold(self, width="side_pane")
        self.refused.hide()
        self.hide()

        self.undo_button.clicked.connect(self._undo_pressed)
        self.close_button.clicked.connect(self._close_pressed)

    def ask(self, run: ImportRunRow) -> None:
        """Say what taking this import back will do, and ask for the reason."""
        self._run = run
        self.what.setText(
            f"{run.file}（{run.imported_on}，{run.by}）：新增的 {run.new} 户删去，"
            f"改动的 {run.changed} 户恢复原样。这份表里认定过的疑似重复一并退回。"
            "之后又改过、发过证卡或检查过的户不动，并逐户列出。"
        )
        self.reason.set_value("")
        self.reason.clear_error()
        self.refused.hide()
        self.kept.setText("")
        self._show_asking(is_asking=True)
        self.show()
        self.reason.setFocus()

    def _undo_pressed(self) -> None:
        desk, run, reason = self._desk, self._run, self.reason.value()
        if run is None:
            return
        if not reason:
            self.reason.show_error("请写明为什么撤回，操作日志里要记。")
            self.reason.setFocus()
            return
        import_id = run.id

        def undo(progress: Progress) -> Undone:
            return desk.imports.undo(import_id, reason=reason, by=desk.actor)

        self.undo_button.setEnabled(False)
        desk.jobs.run(undo, owner=self, done=self._is_undone, failed=self._is_refused, label="撤回导入")

    def _is_undone(self, undone: Undone) -> None:
        self._show_asking(is_asking=False)
        self.what.setText(f"已撤回：删去 {undone.removed} 户，恢复 {undone.restored} 户。")
        lines = [f"第 {one.row} 行：{one.reason}" for one in undone.kept[:_MOST_KEPT]]
        if lines:
            self.kept.setText("\n".join([f"保留 {len(undone.kept)} 户：", *lines]))
        self.close_button.setFocus()
        self.undone.emit(undone)

    def _is_refused(self, error: Exception) -> None:
        self.undo_button.setEnabled(True)
        sentence = str(error) if isinstance(error, UserError) else "没有撤回成，什么都没有动；请再试一次。"
        self.refused.tell(Status.DANGER, sentence)

    def _show_asking(self, *, is_asking: bool) -> None:
        self.reason.setVisible(is_asking)
        self.undo_button.setVisible(is_asking)
        self.undo_button.setEnabled(is_asking)
        self.close_button.setText("不撤了" if is_asking else "关闭")

    def _close_pressed(self) -> None:
        self.hide()
        self.closed.emit()
