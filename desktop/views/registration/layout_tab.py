"""版式: where everything stands on the office's certificates and cards, changed on the page itself."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog

from desktop.services.papers.layouts import Layout, OpenLayout, begun_text, read_begun
from desktop.services.papers.papers import PaperRow
from desktop.services.rights import Right, may
from desktop.views.hub import Screen
from desktop.views.jobs import Progress
from desktop.views.kit.arrange import Grow, box, column, hold, row, rule
from desktop.views.kit.buttons import IconButton, SmallButton, SmallPrimaryButton
from desktop.views.kit.choices import Choice, ChoiceField
from desktop.views.kit.combo_box import ComboBox
from desktop.views.kit.panels import Banner, Panel
from desktop.views.kit.tokens import Status
from desktop.views.registration.desk import RegistrationDesk
from desktop.views.registration.layout_canvas import LayoutCanvas
from desktop.views.registration.layout_draft import LayoutDraft
from desktop.views.registration.layout_fields import LayoutFields
from desktop.views.registration.pdf_bytes import drawn
from printing.preview import Preview

REST_MS = 150
_PAPERS = (
    Choice("card", "登记卡 A6"),
    Choice("card_small", "登记卡 A7"),
    Choice("certificate", "登记证正本"),
    Choice("certificate_duplicate", "登记证副本"),
    Choice("display_sheet", "公示表"),
)
_SHEETS = {
    "card": "a6",
    "card_small": "a7",
    "certificate": "a4-landscape",
    "certificate_duplicate": "a4",
    "display_sheet": "a4",
}
_OF = {"card_small": "card", "certificate_duplicate": "certificate"}
"""Beside which paper a copy is printed; a display sheet beside any."""
_MOST_PAPERS = 50
_KEPT = "layout/{}/begun"


@dataclass(frozen=True, slots=True)
class _Opened:
    open: OpenLayout
    papers: tuple[PaperRow, ...]
    begun: Layout | None


@dataclass(frozen=True, slots=True)
class _Seen:
    turn: int
    facts: tuple[str, ...]
    width: int
    height: int
    dots: bytes


class LayoutTab(Screen):
    """The page in the middle, the chosen field at the right; saving keeps the layout as the office's own."""

    topics: ClassVar[frozenset[str]] = frozenset({"layouts"})

    def __init__(self, desk: RegistrationDesk) -> None:
        super().__init__(desk.hub)
        self._desk = desk
        self._open: OpenLayout | None = None
        self._draft: LayoutDraft | None = None
        self._turn = 0
        self._told = ""
        self._may = may(desk.actor, Right.LAYOUT)
        self.paper = ChoiceField("", _PAPERS)
        self.whose = ComboBox()
        self.undo = IconButton("撤销（Ctrl+Z）", "undo-2")
        self.redo = IconButton("重做（Ctrl+Y）", "redo-2")
        self.restore = SmallButton("恢复原样", "rotate-ccw")
        self.save = SmallPrimaryButton("保存", "save", shortcut="Ctrl+S")
        self.canvas = LayoutCanvas()
        self.fields = LayoutFields()
        self.banner = Banner(Status.SUCCESS, "")
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)

        page = Panel("版面", self.undo, self.redo, self.restore, self.save, margins="none")
        page.add(
            box(row(self.paper, Grow(self.whose), gap="medium", margins="medium small")),
            rule(),
            Grow(self.canvas),
        )
        right = hold(self.fields, width="facts_pane")
        self.setLayout(column(self.banner, Grow(row(Grow(page), right, gap="medium"))))
        self.banner.setVisible(False)
        self.whose.setAccessibleName("照谁的样子")
        self.whose.shorten()
        self._offer((), None)
        self.paper.set_value("card")
        self._show()

        self.paper.changed.connect(self._paper_chosen)
        self.whose.activated.connect(self._whose_chosen)
        self.fields.preprinted.clicked.connect(self._rest.start)
        # A button's own shortcut waits until it looks pressed: keys that are held down would get lost.
        for key, button, pressed in (
            ("Ctrl+Z", self.undo, self._undo_pressed),
            ("Ctrl+Y", self.redo, self._redo_pressed),
        ):
            button.clicked.connect(pressed)
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(pressed)
        self.restore.clicked.connect(self._restore_pressed)
        self.save.clicked.connect(self._save_pressed)
        self.canvas.resized.connect(self._rest.start)
        self.canvas.chosen.connect(self._field_chosen)
        self.canvas.changed.connect(self._changed)
        self.fields.chosen.connect(self._field_chosen)
        self.fields.changed.connect(self._changed)
        self.fields.scan.clicked.connect(self._scan_asked)
        self.fields.scan_away.clicked.connect(self._scan_away_pressed)
        self.fields.calibrate.clicked.connect(self._calibrate_pressed)
        self._rest.timeout.connect(self._look)

    def refresh(self) -> None:
        """Ask for the layout; one under somebody's hands stays as it is."""
        if self._draft is not None and self._draft.is_changed:
            return
        self._open_anew()

    def _open_anew(self) -> None:
        desk, code = self._desk, self.paper.value()
        kept = desk.remembered.get(_KEPT.format(code)) or ""

        def ask(progress: Progress) -> _Opened:
            papers = desk.papers.page(by=desk.actor, limit=_MOST_PAPERS)
            opened = desk.layouts.open(code, by=desk.actor)
            return _Opened(opened, papers, read_begun(kept, code, opened.was))

        desk.jobs.run(ask, owner=self, done=self._answered, failed=self._failed)

    def _answered(self, opened: _Opened) -> None:
        code = opened.open.layout.paper
        if code != self.paper.value():
            return
        self._open = opened.open
        facts = self._draft.facts if self._draft is not None and self._draft.layout.paper == code else ()
        self._draft = LayoutDraft(opened.open.layout, facts)
        if opened.begun is not None and self._may:
            self._draft.take(opened.begun)
            self.banner.tell(Status.INFO, "上次改了没有保存，接着改；不要了，就恢复原样。")
        chosen = self.whose.currentData()
        whose = [one for one in opened.papers if code == "display_sheet" or one.code == _OF.get(code, code)]
        self._offer(whose, chosen)
        self.canvas.show_scan(opened.open.scan)
        if opened.open.fault:
            self.banner.tell(
                Status.DANGER, f"{opened.open.fault}；下面是原来的版式，改好保存，或者恢复原样。"
            )
        self._show()
        self._look()

    def _offer(self, papers: Sequence[PaperRow], chosen: int | None) -> None:
        """Offer the sample and the newest papers to look at; the chosen one stays if it is still there."""
        self.whose.clear()
        self.whose.addItem("照样张", None)
        for paper in papers:
            self.whose.addItem(f"{paper.number} {paper.title}", paper.id)
        self.whose.setCurrentIndex(max(self.whose.findData(chosen), 0))

    def _whose_chosen(self) -> None:
        self._rest.start()

    def _failed(self, error: Exception) -> None:
        self.banner.tell(Status.DANGER, str(error))

    def _show(self) -> None:
        draft, opened = self._draft, self._open
        can = self._may and draft is not None
        self.undo.setEnabled(can and draft is not None and draft.can_undo)
        self.redo.setEnabled(can and draft is not None and draft.can_redo)
        is_own = opened is not None and opened.is_own
        self.restore.setEnabled(can and (is_own or (draft is not None and draft.is_changed)))
        is_good = draft is not None and not any(draft.layout.faults())
        has_fault = opened is not None and bool(opened.fault)
        self.save.setEnabled(can and is_good and draft is not None and (draft.is_changed or has_fault))
        self.fields.scan.setEnabled(self._may)
        self.fields.scan_away.setEnabled(self._may and opened is not None and bool(opened.scan))
        self.fields.calibrate.setEnabled(may(self._desk.actor, Right.PRINT))
        self.canvas.may_change = can
        if draft is not None:
            self.canvas.show_draft(draft)
            self.fields.show_draft(draft, self.canvas.name or self.fields.name.value(), may_change=can)

    def _changed(self) -> None:
        self._keep()
        self._show()
        self._rest.start()

    def _keep(self) -> None:
        """Remember what is not saved yet, should the window be closed; with a fault the last good one."""
        draft, opened = self._draft, self._open
        if draft is None or opened is None or any(draft.layout.faults()):
            return
        begun = begun_text(draft.layout, opened.was) if draft.is_changed else ""
        self._desk.remembered.set(_KEPT.format(draft.layout.paper), begun)

    def _field_chosen(self, name: str) -> None:
        if self._draft is not None:
            self.canvas.choose(name if name in self._draft.places() else "")
            self.fields.show_draft(self._draft, name, may_change=self.canvas.may_change)

    def _paper_chosen(self) -> None:
        if not self.paper.value():
            self.paper.set_value(self._draft.layout.paper if self._draft is not None else "card")
            return
        if self._draft is not None and self._draft.is_changed and self._open is not None:
            self.paper.set_value(self._draft.layout.paper)
            self.banner.tell(Status.WARNING, "版式还没有保存；先保存，或者恢复原样，再换一种证卡。")
            return
        self._draft = None
        self.banner.setVisible(False)
        self._open_anew()

    def _undo_pressed(self) -> None:
        if self._draft is not None:
            self._draft.undo()
            self._changed()

    def _redo_pressed(self) -> None:
        if self._draft is not None:
            self._draft.redo()
            self._changed()

    def _look(self) -> None:
        """Draw the page as the draft has it, in the background; with a fault the last good page stays."""
        if self._draft is None or any(self._draft.layout.faults()):
            return
        self._turn += 1
        desk, turn, layout = self._desk, self._turn, self._draft.layout
        dpi = self.canvas.dpi()
        paper_id, preprinted = self.whose.currentData(), self.fields.preprinted.isChecked()

        def look(progress: Progress) -> _Seen:
            def write(target: Path) -> tuple[str, ...]:
                return desk.layouts.draw(
                    layout, target, by=desk.actor, paper_id=paper_id, onto_preprinted=preprinted
                )

            facts, pdf = drawn(desk.scratch, write)
            with Preview(pdf) as pages:
                return _Seen(turn, facts, *pages.rgb(0, dpi))

        desk.jobs.run_aside(look, owner=self, done=self._seen, failed=self._not_seen)

    def _seen(self, seen: _Seen) -> None:
        if seen.turn != self._turn or self._draft is None:
            return
        image = QImage(seen.dots, seen.width, seen.height, seen.width * 3, QImage.Format.Format_RGB888)
        self.canvas.show_page(image.copy())
        if seen.facts != self._draft.facts:
            self._draft.facts = seen.facts
            self._show()

    def _not_seen(self, error: Exception) -> None:
        self.canvas.show_page(QImage())
        self.banner.tell(Status.WARNING, f"这样印不出来：{error}")

    def _save_pressed(self) -> None:
        if self._draft is None or self._open is None:
            return
        desk, layout, was = self._desk, self._draft.layout, self._open.was

        def save(progress: Progress) -> Layout:
            desk.layouts.save(layout, was=was, by=desk.actor)
            return layout

        self._do(save, f"{self._open.title}的版式已保存，从现在起照它打印。")

    def _restore_pressed(self) -> None:
        if self._open is None:
            return
        desk, code, was = self._desk, self.paper.value(), self._open.was

        def restore(progress: Progress) -> None:
            if was:
                desk.layouts.restore(code, was=was, by=desk.actor)

        self._do(restore, "已恢复原样。")

    def _do(self, work: Callable[[Progress], object], told: str) -> None:
        """Write something, tell it, and show the layout as it then is."""
        self._told = told
        self._desk.jobs.run(work, owner=self, done=self._written, failed=self._failed)

    def _written(self, answer: object) -> None:
        self._desk.remembered.set(_KEPT.format(self.paper.value()), "")
        self.banner.tell(Status.SUCCESS, self._told)
        self._open_anew()

    def _scan_asked(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, "官方式样的扫描图", "", "图片 (*.png *.jpg *.jpeg)")
        if chosen:
            self.lay_under(Path(chosen))

    def lay_under(self, file: Path) -> None:
        """Lay a scan of the official form under the page; it is never printed."""
        desk, code = self._desk, self.paper.value()

        def keep(progress: Progress) -> bytes:
            desk.layouts.lay_under(code, file.read_bytes(), by=desk.actor)
            return desk.layouts.open(code, by=desk.actor).scan

        desk.jobs.run(keep, owner=self, done=self._scan_kept, failed=self._failed)

    def _scan_away_pressed(self) -> None:
        desk, code = self._desk, self.paper.value()

        def take_away(progress: Progress) -> bytes:
            desk.layouts.take_scan_away(code, by=desk.actor)
            return b""

        desk.jobs.run(take_away, owner=self, done=self._scan_kept, failed=self._failed)

    def _scan_kept(self, scan: bytes) -> None:
        self.canvas.show_scan(scan)
        self.fields.scan_away.setEnabled(self._may and bool(scan))

    def _calibrate_pressed(self) -> None:
        desk, sheet = self._desk, _SHEETS[self.paper.value()]
        target = desk.exports / f"校准页 {sheet}.pdf"

        def draw(progress: Progress) -> Path:
            desk.exports.mkdir(parents=True, exist_ok=True)
            desk.layouts.calibration(sheet, target, by=desk.actor)
            return target

        desk.jobs.run(draw, owner=self, done=self._calibration_drawn, failed=self._failed)

    def _calibration_drawn(self, target: Path) -> None:
        self.banner.tell(Status.SUCCESS, f"校准页已存成 {target}；按实际大小打印，量出差值填进打印设置。")
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(target)))
