"""打印中心: what waits, the very PDF that will be printed, and what cannot be printed and why."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QStackedWidget

from desktop.services.papers.papers import PaperFilters, PaperRow, PrintOutcome, ReadyPapers
from desktop.views.hub import Screen
from desktop.views.jobs import CancelledError, Job, Progress
from desktop.views.kit.arrange import Grow, box, column, hold, row, rule
from desktop.views.kit.buttons import SmallButton
from desktop.views.kit.panels import Banner, EmptyState, Panel
from desktop.views.kit.progress import ProgressStrip
from desktop.views.kit.scrolling import scrolling
from desktop.views.kit.tokens import Status
from desktop.views.registration.desk import RegistrationDesk
from desktop.views.registration.job_list import JobList
from desktop.views.registration.narrowing_list import VillageList
from desktop.views.registration.pdf_bytes import drawn
from desktop.views.registration.print_jobs import (
    Offsets,
    PrintJob,
    Setting,
    again,
    jobs_of,
    recall,
    remember,
)
from desktop.views.registration.print_settings import PrintSettings
from desktop.views.registration.printer_field import printers
from desktop.views.registration.refused_list import RefusedList
from desktop.views.registration.sheet_pane import SheetPane

MOST_WAITING = 1000
REST_MS = 200
KEEP_MS = 800
"""An offset that is being found changes several times a second; it is kept when it rests."""


@dataclass(frozen=True, slots=True)
class _Look:
    turn: int
    is_whole: bool
    outcome: PrintOutcome
    pdf: bytes


@dataclass(frozen=True, slots=True)
class _Waiting:
    """What has not been printed yet, of one village or of all; how many there are in all villages."""

    rows: tuple[PaperRow, ...]
    count: int
    offsets: Offsets


class PrintTab(Screen):
    """Choose a kind of paper, look at its pages, print them into one PDF; each copy is logged."""

    topics: ClassVar[frozenset[str]] = frozenset({"papers", "prints", "layouts"})
    counted = Signal(int)
    edit_asked = Signal(int)
    first_step_asked = Signal()

    def __init__(self, desk: RegistrationDesk) -> None:
        super().__init__(desk.hub)
        self._desk = desk
        self._again: dict[str, PrintJob] = {}
        self._pick = ""
        self._titles: dict[str, str] = {}
        self._looked: tuple[PrintJob, Setting] | None = None
        self._work: Job | None = None
        self._turn = 0
        self._file = ""
        self._offsets: Offsets = {}
        self.village = VillageList(desk.villages)
        self.jobs = JobList()
        self.refused = RefusedList()
        self.pages = SheetPane("预览", desk.jobs, note="所见就是要打的 PDF")
        self.settings = PrintSettings(desk.exports)
        self._open_file = SmallButton("打开文件", "external-link")
        self.banner = Banner(Status.SUCCESS, "", self._open_file)
        self.strip = ProgressStrip("正在排版")
        self.empty = EmptyState(
            "printer",
            "没有待打的证卡",
            explanation="登记发证以后，没打过的证卡会排在这里；要补打，到“证卡”里选出来送过来。",
            step="看可登记的",
        )
        self._place = QStackedWidget()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._measured = QTimer(self)
        self._measured.setSingleShot(True)
        self._measured.setInterval(KEEP_MS)

        waiting = Panel("待打", margins="none", ruled=True)
        narrowed = box(row(Grow(self.village), margins="small"))
        waiting.add(narrowed, rule(), Grow(scrolling(column(self.jobs, None, gap="none"))))
        left = hold(box(column(Grow(waiting), Grow(self.refused), gap="medium")), width="print_list")
        middle = column(Grow(self.pages), self.strip)
        desk_row = row(left, Grow(middle), hold(self.settings, width="print_settings"), gap="medium")
        for part in (box(desk_row), self.empty):
            self._place.addWidget(part)
        self.setLayout(column(self.banner, Grow(self._place)))
        self.banner.setVisible(False)
        self.strip.setVisible(False)
        self.refused.show_refused(())

        self.village.activated.connect(self.refresh)
        self.jobs.chosen.connect(self._job_chosen)
        self.settings.changed.connect(self._setting_changed)
        self.settings.print_asked.connect(self._print_asked)
        self.refused.edit_asked.connect(self.edit_asked)
        self.strip.cancel_asked.connect(self._cancel_asked)
        self.empty.step_asked.connect(self.first_step_asked)
        self._open_file.clicked.connect(self._open_file_pressed)
        self._rest.timeout.connect(self._look)
        self._measured.timeout.connect(self._keep_offset)
        self.settings.printer_chosen.connect(self._printer_chosen)

        desk.jobs.run_aside(_printers, owner=self, done=self.settings.printer.show_printers)

    def refresh(self) -> None:
        desk, village_id = self._desk, self.village.village_id
        narrowed = PaperFilters(village_ids=(village_id,) if village_id is not None else ())

        def ask(progress: Progress) -> _Waiting:
            papers, by = desk.papers, desk.actor
            rows = papers.page(narrowed, by=by, is_unprinted=True, limit=MOST_WAITING)
            return _Waiting(rows, papers.count(by=by, is_unprinted=True), desk.offsets.here(by=by))

        desk.jobs.run(ask, owner=self, done=self._answered)

    def add(self, *papers: PaperRow) -> None:
        """Put papers into the queue; those that were printed before will ask for the reason."""
        self.village.setCurrentIndex(0)  # also those of other villages are seen now
        for paper in papers:
            self._titles[paper.number] = paper.title
            self._pick = paper.kind
            if paper.copies:
                job = again(paper, self._desk.profile)
                self._pick = job.key
                known = self._again.get(job.key)
                self._again[job.key] = known.joined(paper.number) if known is not None else job
        self.refresh()

    def _answered(self, waiting: _Waiting) -> None:
        self._offsets = waiting.offsets
        self._looked = None  # papers, layout or scan may be others now
        self._titles |= {row.number: row.title for row in waiting.rows}
        jobs = [*jobs_of(waiting.rows, self._desk.profile), *self._again.values()]
        self.jobs.show_jobs(jobs)
        if self._pick:
            self.jobs.choose(self._pick)
            self._pick = ""
        count = waiting.count + sum(len(job.numbers) for job in self._again.values())
        self._place.setCurrentIndex(0 if count else 1)
        self.counted.emit(count)
        self._job_chosen()
        self._look()

    def _job_chosen(self) -> None:
        job = self.jobs.current()
        setting = recall(job, self._desk.remembered, self._offsets) if job is not None else Setting(1)
        self.settings.show_job(job, setting)
        self._rest.start()

    def _setting_changed(self) -> None:
        job, setting = self.jobs.current(), self.settings.setting()
        if job is not None and setting is not None:
            remember(job, setting, self._desk.remembered)
            self._rest.start()
            self._measured.start()

    def _printer_chosen(self) -> None:
        """Show how far this printer is off on this paper, as it was measured at this desk."""
        job, setting = self.jobs.current(), self.settings.setting()
        if job is not None and setting is not None:
            remember(job, setting, self._desk.remembered)
            self.settings.show_offset(*self._offsets.get((setting.printer, job.code), (0.0, 0.0)))
            self._rest.start()

    def _keep_offset(self) -> None:
        """Keep an offset that rests, for whoever prints at this desk."""
        job, setting = self.jobs.current(), self.settings.setting()
        if job is None or setting is None:
            return
        key, offset = (setting.printer, job.code), (setting.right_mm, setting.down_mm)
        if self._offsets.get(key, (0.0, 0.0)) == offset:
            return
        self._offsets = {**self._offsets, key: offset}
        desk = self._desk

        def keep(progress: Progress) -> None:
            desk.offsets.keep(*key, offset, by=desk.actor)

        desk.jobs.run(keep, owner=self, done=self._offset_kept, failed=self._offset_refused)

    def _offset_kept(self, result: None) -> None:
        """Nothing to show: what was kept is what is seen already."""

    def _offset_refused(self, error: Exception) -> None:
        self.settings.right.show_error(str(error))

    def _look(self) -> None:
        """Draw what would be printed: its first sheet at once, then all of it."""
        job, setting = self.jobs.current(), self.settings.setting()
        if job is None or setting is None:
            self._looked = None
            self.pages.show_nothing("这个村没有要打的。" if self.village.code else "没有要打的。")
            self.settings.show_count(0)
            return
        if self._looked == (job, setting):
            return
        self._looked = (job, setting)
        self._turn += 1
        if self._work is not None:
            self._work.cancel()
        desk, wanted, turn = self._desk, setting.ordered(job.wanted()), self._turn

        def read(progress: Progress) -> tuple[int, ReadyPapers, bytes]:
            ready = desk.papers.ready(wanted, by=desk.actor)
            # Only what goes onto the form alone is seen on it: several on a sheet lie on plain paper.
            is_on_form = setting.onto_preprinted and setting.per_page == 1
            return turn, ready, desk.layouts.scan(job.code, by=desk.actor) if is_on_form else b""

        self.settings.show_count(0)
        desk.jobs.run(read, owner=self, done=self._is_read, failed=self._not_drawn)

    def _is_read(self, answer: tuple[int, ReadyPapers, bytes]) -> None:
        turn, ready, scan = answer
        if turn != self._turn or self._looked is None:
            return
        self.pages.lay_on(scan)
        _, setting = self._looked
        first = setting.per_page
        if len(ready.good) > first:
            self._draw(ready, setting, first)
        self._draw(ready, setting, None)

    def _draw(self, ready: ReadyPapers, setting: Setting, first: int | None) -> None:
        turn, scratch = self._turn, self._desk.scratch

        def draw(progress: Progress) -> _Look:
            def write(target: Path) -> PrintOutcome:
                tell = _said(progress, "张")
                return ready.draw(target, sheet=setting.sheet(), first=first, progress=tell)

            outcome, pdf = drawn(scratch, write)
            return _Look(turn, first is None, outcome, pdf)

        work = self._desk.jobs.run_aside(draw, owner=self, done=self._is_drawn, failed=self._not_drawn)
        if first is None:
            self._follow(work, "正在排版")

    def _is_drawn(self, seen: _Look) -> None:
        if seen.turn != self._turn:
            return
        if seen.pdf:
            self.pages.show_pdf(seen.pdf, self.pages.page if seen.is_whole else 0)
        elif seen.is_whole:
            self.pages.show_nothing("这些都不能打，原因在左边。")
        if seen.is_whole:
            self.strip.setVisible(False)
            self.settings.show_count(len(seen.outcome.papers))
            self.refused.show_refused(seen.outcome.refused, self._titles)

    def _not_drawn(self, error: Exception) -> None:
        if isinstance(error, CancelledError):
            return
        self.strip.setVisible(False)
        self.settings.show_count(0)
        self.refused.show_refused(())
        self.pages.show_nothing(str(error))

    def _print_asked(self) -> None:
        if self._looked is None:
            return
        job, setting = self._looked
        reason = self.settings.reason.value() if job.is_again else ""
        if job.is_again and not reason:
            self.settings.reason.show_error("请写明补打的原因。")
            self.settings.reason.setFocus()
            return
        desk, folder = self._desk, self.settings.folder
        day = desk.clock.today()
        blanks = self.settings.blanks.value() if setting.onto_preprinted else ""
        village = f" {self.village.currentText()}" if self.village.code else ""
        sheet = replace(setting.sheet(), blanks_from=blanks)

        def print_them(progress: Progress) -> PrintOutcome:
            folder.mkdir(parents=True, exist_ok=True)
            return desk.papers.print(
                setting.ordered(job.wanted()),
                free_place(folder, f"{day:%Y-%m-%d}{village} {job.title.replace('：', '')}"),
                by=desk.actor,
                sheet=sheet,
                skip_refused=True,
                reason=reason,
                progress=_said(progress, "张"),
            )

        self.settings.button.setEnabled(False)
        work = desk.jobs.run(
            print_them, owner=self, done=self._is_printed, failed=self._not_printed, label="打印证卡"
        )
        self._follow(work, "正在打印")

    def _is_printed(self, outcome: PrintOutcome) -> None:
        self.strip.setVisible(False)
        job = self.jobs.current()
        if job is not None:
            self._again.pop(job.key, None)
        self.settings.reason.set_value("")
        self.settings.blanks.set_value("")
        self._file = outcome.file
        self._looked = None
        self._open_file.setVisible(True)
        files = "、".join(outcome.files)
        told = f"{len(outcome.papers)} 张、{outcome.pages} 页已存成 {files}，每张都记入了打印台账。"
        self.banner.tell(Status.SUCCESS, told)
        self.refresh()

    def _not_printed(self, error: Exception) -> None:
        self.strip.setVisible(False)
        self.settings.button.setEnabled(True)
        self._open_file.setVisible(False)
        self.banner.tell(Status.INFO if isinstance(error, CancelledError) else Status.DANGER, str(error))

    def _follow(self, work: Job, label: str) -> None:
        self._work = work
        self.strip.begin(label)
        work.progressed.connect(self.strip.step)

    def _cancel_asked(self) -> None:
        if self._work is not None:
            self._work.cancel()

    def _open_file_pressed(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(self._file))


def free_place(folder: Path, name: str) -> Path:
    """Return a path that is not taken: nothing that was printed is ever overwritten."""
    for number in range(1, 1000):
        place = folder / (f"{name}.pdf" if number == 1 else f"{name}（{number}）.pdf")
        if not place.exists():
            return place
    return folder / f"{name}（再存）.pdf"


def _printers(progress: Progress) -> tuple[str, ...]:
    return printers()


def _said(progress: Progress, unit: str) -> Callable[[int, int], None]:
    def tell(done: int, total: int) -> None:
        progress.step(done, total, unit)

    return tell
