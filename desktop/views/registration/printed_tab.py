"""打印记录: every copy of every paper, who printed it and why, and the fingerprint of its file."""

from dataclasses import dataclass
from typing import ClassVar

from PySide6.QtCore import Signal

from desktop.services.papers.printed_papers import PrintedRow
from desktop.views.hub import Screen
from desktop.views.jobs import Progress
from desktop.views.kit.arrange import Grow, box, column, hold, row
from desktop.views.kit.buttons import SmallButton
from desktop.views.kit.panels import Panel
from desktop.views.kit.scroll import Scrolled
from desktop.views.kit.search_field import SearchField
from desktop.views.kit.words import Words
from desktop.views.registration.desk import RegistrationDesk
from desktop.views.registration.short_model import ShortColumn, ShortRow
from desktop.views.registration.short_table import ShortTable

PAGE = 200
_COLUMNS = (
    ShortColumn("时间", 9, is_muted=True),
    ShortColumn("文书", 8, is_spare=True),
    ShortColumn("编号", 13, tight=12, is_strong=True),
    ShortColumn("第几份", 4),
    ShortColumn("名称", 7, grows=True),
    ShortColumn("打印人", 5, is_spare=True),
    ShortColumn("原因", 8, is_muted=True, is_spare=True),
)


@dataclass(frozen=True, slots=True)
class _Answer:
    turn: int
    count: int
    rows: tuple[PrintedRow, ...]


class PrintedTab(Screen):
    """The newest first; the search takes numbers, names, people, reasons, files and digests."""

    topics: ClassVar[frozenset[str]] = frozenset({"prints"})
    open_asked = Signal(int)

    def __init__(self, desk: RegistrationDesk) -> None:
        super().__init__(desk.hub)
        self._desk = desk
        self._rows: dict[int, PrintedRow] = {}
        self._offset = self._turn = 0
        self._typed = ""
        self.search = SearchField("编号、名称、打印人、原因、文件名、指纹", name="查打印记录")
        self._count = Words(role="muted")
        self._newer = SmallButton("更晚的", "chevron-left")
        self._older = SmallButton("更早的", "chevron-right")
        self.table = ShortTable("打印记录", _COLUMNS)
        self.facts = Words(wraps=True)
        self.facts.setTextInteractionFlags(self.facts.textInteractionFlags().TextSelectableByMouse)
        self._open = SmallButton("看这一户", "external-link")

        self.table.set_empty("还没有打印过；打印的每一份都记在这里。")
        side = Panel("这一份", self._open)
        side.add(Grow(Scrolled(self.facts, None)))
        head = row(Grow(self.search), self._count, self._newer, self._older)
        listed = Grow(box(column(head, Grow(self.table), gap="small")))
        self.setLayout(row(listed, hold(side, width="side_pane"), gap="medium"))

        self.search.searched.connect(self._search_asked)
        self.search.stepped.connect(self.table.step)
        self._newer.clicked.connect(self._newer_pressed)
        self._older.clicked.connect(self._older_pressed)
        self.table.selected.connect(self._row_chosen)
        self.table.opened.connect(self._row_opened)
        self._open.clicked.connect(self._open_pressed)

    def refresh(self) -> None:
        self._turn += 1
        desk, turn, typed, offset = self._desk, self._turn, self._typed, self._offset

        def ask(progress: Progress) -> _Answer:
            rows = desk.printed.page(typed, offset=offset, limit=PAGE, by=desk.actor)
            return _Answer(turn, desk.printed.count(typed, by=desk.actor), rows)

        desk.jobs.run(ask, owner=self, done=self._answered)

    def _answered(self, answer: _Answer) -> None:
        if answer.turn != self._turn:
            return
        self._rows = {one.id: one for one in answer.rows}
        self._count.setText(f"共 {answer.count} 份")
        self._newer.setVisible(self._offset > 0)
        self._older.setVisible(self._offset + PAGE < answer.count)
        self.table.set_empty(f"没有“{self._typed}”的打印记录。" if self._typed else "还没有打印过。")
        self.table.show_rows([ShortRow(one.id, _cells(one)) for one in answer.rows])
        self._row_chosen()

    def _search_asked(self, text: str) -> None:
        self._typed, self._offset = text, 0
        self.refresh()

    def _newer_pressed(self) -> None:
        self._offset = max(0, self._offset - PAGE)
        self.refresh()

    def _older_pressed(self) -> None:
        self._offset += PAGE
        self.refresh()

    def _chosen(self) -> PrintedRow | None:
        chosen = self.table.current_id()
        return self._rows.get(chosen) if chosen is not None else None

    def _row_chosen(self) -> None:
        one = self._chosen()
        self._open.setEnabled(one is not None and one.establishment_id is not None)
        self.facts.setText(_told(one) if one is not None else "在左边选一份。")

    def _row_opened(self, _: int) -> None:
        self._open_pressed()

    def _open_pressed(self) -> None:
        one = self._chosen()
        if one is not None and one.establishment_id is not None:
            self.open_asked.emit(one.establishment_id)


def _cells(one: PrintedRow) -> tuple[str, ...]:
    at = f"{one.printed_at.astimezone():%Y-%m-%d %H:%M}"
    return at, one.document, one.number, f"第 {one.copy_number} 份", one.title, one.printed_by, one.reason


def _told(one: PrintedRow) -> str:
    """Say everything about a copy; the fingerprints are those that a file is checked by."""
    lines = [
        f"{one.document}　{one.number}",
        f"第 {one.copy_number} 份，{one.printed_by}，{one.printed_at.astimezone():%Y-%m-%d %H:%M:%S}",
        f"工作日期 {one.printed_on}",
    ]
    lines += [f"原因：{one.reason}"] if one.reason else []
    lines += [f"名称：{one.title}"] if one.title else []
    lines += [f"文件：{one.file}", f"文件指纹（SHA-256）\n{_folded(one.file_sha256)}"]
    lines.append(f"内容和版式指纹（SHA-256）\n{_folded(one.facts_sha256)}")
    return "\n\n".join(lines)


def _folded(digest: str) -> str:
    """Break a digest into groups that a narrow pane can wrap."""
    return " ".join(digest[start : start + 8] for start in range(0, len(digest), 8))
