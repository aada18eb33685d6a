"""The village list of a new register: a file is chosen, read at once, and what is in it is shown."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from desktop.errors import UserError, words_of
from desktop.services.office.villages import read_village_list
from desktop.views.jobs import Jobs, Progress
from desktop.views.kit.arrange import Grow, box, row
from desktop.views.kit.buttons import Button
from desktop.views.kit.field import Field
from desktop.views.kit.words import ShortWords

HINT = "表头 code,name，每行一个村（社区）：代码和村名；UTF-8 或 GB18030 都可以。"
_MOST_SHOWN = 6
Villages = list[tuple[str, str]]


class VillageListField(Field):
    """``villages`` is what the last good file said; a wrong file is refused here with its line."""

    def __init__(self, jobs: Jobs) -> None:
        super().__init__("村名单", required=True, hint=HINT)
        self._jobs = jobs
        self.villages: Villages = []
        self.button = Button("选文件…", "folder-open")
        self._chosen = ShortWords("还没有选", role="muted")

        self.arrange(box(row(self.button, Grow(self._chosen))), self.button)

        self.button.clicked.connect(self._choose_pressed)

    def value_text(self) -> str:
        return self._chosen.text() if self.villages else ""

    def take(self, path: Path) -> None:
        """Read a list; what was read before is forgotten first."""
        self.villages = []
        self._chosen.setText(path.name)

        def read(progress: Progress) -> Villages:
            try:
                return read_village_list(path.read_bytes(), path.name)
            except OSError as failed:
                raise UserError(f"{path.name} 打不开（{words_of(failed)}）；请另选一个") from failed

        self._jobs.run(read, owner=self, done=self._is_read, failed=self._is_refused)

    def _choose_pressed(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "选村名单", "", "CSV (*.csv)")
        if name:
            self.take(Path(name))

    def _is_read(self, villages: Villages) -> None:
        self.villages = villages
        names = "、".join(name for _, name in villages[:_MOST_SHOWN])
        more = "……" if len(villages) > _MOST_SHOWN else ""
        self.clear_error()
        self.set_hint(f"读到 {len(villages)} 个村（社区）：{names}{more}")
        self.changed.emit()

    def _is_refused(self, error: Exception) -> None:
        self.set_hint(HINT)
        self.show_error(str(error) if isinstance(error, UserError) else "这个文件读不了，请另选一个。")
        self.changed.emit()
