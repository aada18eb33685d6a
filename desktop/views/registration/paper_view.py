"""Papers besides cards as they will be printed: the very pages, then one PDF, each copy in the log."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from desktop.clock import Clock
from desktop.domain.act import Actor
from desktop.services.papers.papers import PrintOutcome, Wanted
from desktop.services.papers.paperwork import Paperwork
from desktop.views.jobs import Jobs, Progress
from desktop.views.kit.arrange import Grow, box, column, hold, row
from desktop.views.kit.buttons import Button, PrimaryButton, SmallButton
from desktop.views.kit.fields import TextField
from desktop.views.kit.panels import Banner, PageHead, Panel, page
from desktop.views.kit.tokens import Status
from desktop.views.kit.words import ShortWords, Words
from desktop.views.registration.pdf_bytes import drawn
from desktop.views.registration.print_tab import free_place
from desktop.views.registration.sheet_pane import SheetPane


class PrintsPapers(Protocol):
    """What the view works with; every desk that prints papers has it."""

    @property
    def paperwork(self) -> Paperwork: ...
    @property
    def actor(self) -> Actor: ...
    @property
    def clock(self) -> Clock: ...
    @property
    def jobs(self) -> Jobs: ...
    @property
    def exports(self) -> Path: ...
    @property
    def scratch(self) -> Path: ...


@dataclass(frozen=True, slots=True)
class _Look:
    turn: int
    outcome: PrintOutcome
    pdf: bytes


class PaperView(QWidget):
    """Look at papers, then print them into one file; what was printed before asks for its reason."""

    back_asked = Signal()
    shown = Signal()
    printed = Signal(str)

    def __init__(self, desk: PrintsPapers) -> None:
        super().__init__()
        self._desk = desk
        self._wanted: Wanted | None = None
        self._title = ""
        self._turn = 0
        self._is_again = False
        self._file = ""
        self.back_button = Button("返回", "arrow-left", shortcut="Esc", key_only=True)
        self.head = PageHead("", self.back_button)
        self._open_file = SmallButton("打开文件", "external-link")
        self.banner = Banner(Status.SUCCESS, "", self._open_file)
        self.refused = Banner(Status.WARNING)
        self.pages = SheetPane("预览", desk.jobs, note="所见就是要打的 PDF")
        self.settings = Panel("打印")
        self.reason = TextField("再打的原因", most=60, required=True, placeholder="如 原件遗失，已收回")
        self.button = PrimaryButton("打印成 PDF", "printer", shortcut="Ctrl+P")
        self._hint = Words(role="muted", wraps=True)

        self._arrange()

        self.back_button.clicked.connect(self.back_asked)
        self.button.clicked.connect(self._print_pressed)
        self._open_file.clicked.connect(self._open_file_pressed)

    def show_papers(self, wanted: Wanted, title: str, subtitle: str, *, reason: str = "") -> None:
        """Draw papers; ``reason`` is offered for those that were printed before."""
        self._wanted, self._title = wanted, title
        self.head.set_title(title)
        self.head.set_subtitle(subtitle)
        self.banner.hide()
        self.reason.set_value(reason)
        self.reason.clear_error()
        self._look()

    def take_focus(self) -> None:
        """Put the keyboard where the next thing is done."""
        if self._is_again and not self.reason.value():
            self.reason.setFocus()
        else:
            self.button.setFocus()

    def _arrange(self) -> None:
        folder = ShortWords(str(self._desk.exports), role="muted")
        self.settings.add(self._hint, self.reason, Words("存到"), folder, self.button)
        side = hold(box(column(self.settings, None)), width="print_settings")
        self.setLayout(
            page(self.head, self.banner, self.refused, Grow(row(Grow(self.pages), side, gap="medium")))
        )
        for part in (self.banner, self.refused, self.reason):
            part.hide()
        self.button.setEnabled(False)

    def _look(self) -> None:
        desk, wanted = self._desk, self._wanted
        if wanted is None:
            return
        self._turn += 1
        turn = self._turn
        self.button.setEnabled(False)
        self.refused.hide()
        self.pages.show_nothing("正在排版……")

        def draw(progress: Progress) -> _Look:
            def write(target: Path) -> PrintOutcome:
                return desk.paperwork.preview(wanted, target, by=desk.actor)

            return _Look(turn, *drawn(desk.scratch, write))

        desk.jobs.run(draw, owner=self, done=self._drawn, failed=self._failed)

    def _drawn(self, seen: _Look) -> None:
        if seen.turn != self._turn:
            return
        papers = seen.outcome.papers
        if seen.pdf:
            self.pages.show_pdf(seen.pdf)
        else:
            self.pages.show_nothing("这些都不能打，原因在上面。")
        self._say_refused(seen.outcome)
        again = sum(one.copy > 1 for one in papers)
        self._is_again = bool(again)
        self.reason.setVisible(self._is_again)
        self._hint.setText(
            f"{len(papers)} 份，其中 {again} 份以前打过，要写明原因。" if again else "打印就记入台账。"
        )
        self.button.setText(f"打印 {len(papers)} 份" if papers else "打印成 PDF")
        self.button.setEnabled(bool(papers))
        if papers:
            self.take_focus()
        else:
            self.back_button.setFocus()
        self.shown.emit()

    def _say_refused(self, outcome: PrintOutcome) -> None:
        reasons = list(dict.fromkeys(one.reason for one in outcome.refused))
        self.refused.setVisible(bool(reasons))
        if reasons:
            self.refused.tell(Status.WARNING, "；".join(reasons))

    def _print_pressed(self) -> None:
        desk, wanted = self._desk, self._wanted
        if wanted is None:
            return
        reason = self.reason.value() if self._is_again else ""
        if self._is_again and not reason:
            self.reason.show_error("请写明再打的原因。")
            self.reason.setFocus()
            return
        name = f"{desk.clock.today():%Y-%m-%d} {self._title}"

        def work(progress: Progress) -> PrintOutcome:
            desk.exports.mkdir(parents=True, exist_ok=True)
            return desk.paperwork.print(
                wanted, free_place(desk.exports, name), by=desk.actor, skip_refused=True, reason=reason
            )

        self.button.setEnabled(False)
        desk.jobs.run(work, owner=self, done=self._is_printed, failed=self._not_printed, label="打印文书")

    def _is_printed(self, outcome: PrintOutcome) -> None:
        if not outcome.file:
            self.button.setEnabled(True)
            self._say_refused(outcome)
            return
        self._file = outcome.file
        said = f"{len(outcome.papers)} 份、{outcome.pages} 页已存成 {outcome.file}，每份都记入了打印台账。"
        self._open_file.show()
        self.banner.tell(Status.SUCCESS, said)
        self.back_button.setFocus()
        self.printed.emit(outcome.file)

    def _not_printed(self, error: Exception) -> None:
        self.button.setEnabled(True)
        self._open_file.hide()
        self.banner.tell(Status.DANGER, str(error))

    def _failed(self, error: Exception) -> None:
        self._open_file.hide()
        self.banner.tell(Status.DANGER, str(error))
        self.pages.show_nothing(str(error))
        self.back_button.setFocus()
        self.shown.emit()

    def _open_file_pressed(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(self._file))
