"""核验: a code that is scanned, typed or photographed, and what its paper is worth today."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop.domain.lifecycle import PaperStatus
from desktop.errors import UserError
from desktop.services.signing.verification_pages import WrittenList
from desktop.services.signing.verifying import PHOTOCOPY, Verdict
from desktop.views.jobs import Progress
from desktop.views.kit.arrange import Grow, box, column, grid, hold, row
from desktop.views.kit.buttons import Button, PrimaryButton
from desktop.views.kit.chips import Chip
from desktop.views.kit.fields import TextField
from desktop.views.kit.panels import Banner, Panel
from desktop.views.kit.scrolling import scrolling
from desktop.views.kit.statuses import PAPER
from desktop.views.kit.tokens import Status
from desktop.views.kit.words import ShortWords, Words
from desktop.views.registration.desk import RegistrationDesk

HINT = (
    "把光标留在这一格，用扫码枪扫证卡上的二维码；也可以粘贴手机扫出来的文字，或只输入编号。"
    "只输入编号时，只查登记册，辨不出证卡的真假。"
)
BROKEN = "程序出了差错，没有核验；差错已记入日志，请再试一次。"
_PICTURES = "图片 (*.png *.jpg *.jpeg *.bmp *.tif *.tiff *.webp)"
_FACTS = ("证卡", "编号", "持证人", "地点", "有效期至", "今天的状态")


class VerifyTab(QWidget):
    """A line that a scanner types into, and under it the verdict."""

    open_asked = Signal(int)

    def __init__(self, desk: RegistrationDesk) -> None:
        super().__init__()
        self._desk = desk
        self._verdict: Verdict | None = None
        self._folder = ""
        self.code = TextField("二维码内容或编号", hint=HINT, digits=True)
        self.verify_button = PrimaryButton("核验", "shield-check")
        self.picture_button = Button("从图片核验", "image")
        self.page_button = Button("导出离线核验网页", "file-down")
        self.told = Banner(Status.INFO, closes=False)
        self.facts = {label: Words(wraps=True) for label in _FACTS[:-1]}
        self.chip = Chip(PAPER[PaperStatus.NONE])
        self.open_button = Button("打开档案", "folder-open")
        self._photocopy = Words(PHOTOCOPY, role="muted", wraps=True)
        self._result = Panel("核验结果", self.open_button)

        lines = grid(gap="small")
        for place, label in enumerate(_FACTS):
            value = self.facts.get(label) or box(row(self.chip, None))
            lines.addWidget(hold(ShortWords(label, role="muted"), width="facts_label"), place, 0)
            lines.addWidget(value, place, 1)
        lines.setColumnStretch(1, 1)
        self._result.add(lines, self._photocopy)
        buttons = row(self.verify_button, self.picture_button, None, self.page_button)
        inside = column(self.code, buttons, self.told, self._result, None, gap="medium")
        self.setLayout(column(Grow(scrolling(inside))))
        self.told.hide()
        self._result.hide()

        self.code.next_asked.connect(self._verify_asked)
        self.verify_button.clicked.connect(self._verify_asked)
        self.picture_button.clicked.connect(self._picture_asked)
        self.page_button.clicked.connect(self._page_asked)
        self.open_button.clicked.connect(self._open_pressed)

    def begin(self) -> None:
        """Put the keyboard where a scanner types."""
        self.code.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.code.line.selectAll()

    def verify(self, text: str) -> None:
        """Verify a code that was scanned elsewhere in the window."""
        self.code.set_value(text)
        self._verify_asked()

    def verify_picture(self, file: Path) -> None:
        """Verify the code on a picture."""
        desk = self._desk

        def ask(progress: Progress) -> Verdict:
            return desk.verifying.picture(file, by=desk.actor)

        desk.jobs.run(ask, owner=self, done=self._told, failed=self._failed)

    def write_page(self, target: Path) -> None:
        """Write the page for those who have no register."""
        desk = self._desk

        def write(progress: Progress) -> WrittenList:
            return desk.verification_pages.write_page(target, by=desk.actor)

        desk.jobs.run(write, owner=self, done=self._written, failed=self._failed)

    def _verify_asked(self) -> None:
        text = self.code.value()
        if not text:
            self.code.show_error("还没有内容：请扫二维码，或输入编号。")
            self.begin()
            return
        desk = self._desk

        def ask(progress: Progress) -> Verdict:
            return desk.verifying.text(text, by=desk.actor)

        desk.jobs.run(ask, owner=self, done=self._told, failed=self._failed)

    def _told(self, verdict: Verdict) -> None:
        self._verdict = verdict
        status, head = _headline(verdict)
        self.told.tell(status, f"{head}{verdict.reason}")
        self._result.setVisible(bool(verdict.holder))
        until = verdict.valid_until.isoformat() if verdict.valid_until else "长期"
        said = (verdict.title, verdict.number, verdict.holder, verdict.place, until)
        for words, fact in zip(self.facts.values(), said, strict=True):
            words.setText(fact)
        self.chip.set_chip(PAPER[verdict.status or PaperStatus.NONE])
        self._photocopy.setVisible(verdict.genuine)
        self.open_button.setVisible(verdict.establishment_id is not None)
        self.begin()  # the next scan takes the place of this one

    def _written(self, written: WrittenList) -> None:
        said = f"核验网页写好了：{written.file}，截至今天，含 {written.papers} 张已失效的证卡。"
        self.told.tell(Status.SUCCESS, said)
        self._result.hide()

    def _failed(self, error: Exception) -> None:
        self._result.hide()
        self.told.tell(Status.DANGER, str(error) if isinstance(error, UserError) else BROKEN)

    def _picture_asked(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, "选拍了二维码的图片", self._folder, _PICTURES)
        if chosen:
            self._folder = str(Path(chosen).parent)
            self.verify_picture(Path(chosen))

    def _page_asked(self) -> None:
        folder = self._desk.exports
        folder.mkdir(parents=True, exist_ok=True)
        proposed = folder / f"证卡核验-{self._desk.clock.today():%Y%m%d}.html"
        chosen, _ = QFileDialog.getSaveFileName(self, "存为", str(proposed), "网页 (*.html)")
        if chosen:
            self.write_page(Path(chosen))

    def _open_pressed(self) -> None:
        if self._verdict is not None and self._verdict.establishment_id is not None:
            self.open_asked.emit(self._verdict.establishment_id)


def _headline(verdict: Verdict) -> tuple[Status, str]:
    is_living = verdict.status is not None and verdict.status.is_living
    if verdict.genuine and is_living:
        return Status.SUCCESS, "核验通过，是真的。"
    if verdict.genuine:
        return Status.WARNING, "是真的，但是："
    if verdict.holder:
        return Status.WARNING, ""
    return Status.DANGER, "核验没有通过。"
