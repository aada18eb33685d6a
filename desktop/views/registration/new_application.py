"""Taking in a new application: who applies, which materials were brought, on which day."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame

from desktop.domain.dates import read_date
from desktop.services.register.establishment_rows import EstablishmentRow
from desktop.services.register.establishments import Hit
from desktop.views.jobs import Progress
from desktop.views.kit.arrange import Grow, box, column, row, rule
from desktop.views.kit.buttons import PrimaryButton, QuietButton
from desktop.views.kit.fields import DateField, TextAreaField
from desktop.views.kit.panels import Banner
from desktop.views.kit.scrolling import scrolling
from desktop.views.kit.search_field import SearchField
from desktop.views.kit.tokens import Status
from desktop.views.kit.words import ShortWords, Words
from desktop.views.registration.check_list import CheckList
from desktop.views.registration.desk import RegistrationDesk
from desktop.views.registration.short_model import ShortColumn, ShortRow
from desktop.views.registration.short_table import ShortTable

_FOUND = (ShortColumn("名称", 6, is_strong=True, grows=True), ShortColumn("村（社区）", 6, is_muted=True))


class NewApplication(QFrame):
    """First whom it is about, then the check list of materials; what is missing is told at once."""

    taken = Signal(str)
    closed = Signal()

    def __init__(self, desk: RegistrationDesk) -> None:
        super().__init__()
        self._desk = desk
        self._who: EstablishmentRow | None = None
        self._turn = 0
        self._close = QuietButton("不办了", "x")
        self.search = SearchField("店名、姓名、证号、电话尾号", name="谁来申请")
        self.found = ShortTable("找到的", _FOUND)
        self._chosen = ShortWords(strong=True)
        self._more = ShortWords(role="muted")
        self._address = ShortWords(role="muted")
        self.materials = CheckList("带来的材料")
        self.day = DateField("申请日期", read_date, required=True)
        self.note = TextAreaField("备注", most=200, lines=2)
        self._refusal = Banner(Status.DANGER)
        self.button = PrimaryButton("收下申请", shortcut="Ctrl+Enter")
        self.setObjectName("panel")

        title = row(Words("受理新申请", size="type_record", strong=True), None, self._close)
        head = column(title, self.search, margins="medium")
        who = column(self._chosen, self._more, self._address, gap="tiny")
        body = column(who, self.materials, self.day, self.note, None, gap="medium", margins="medium")
        self._form = scrolling(body)
        foot = column(self._refusal, self.button, margins="medium small")
        self.found.setObjectName("bare")
        self.setLayout(
            column(
                box(head),
                rule(),
                Grow(self.found),
                Grow(self._form),
                rule(),
                box(foot),
                gap="none",
                margins="hair",
            )
        )
        self.found.set_empty("输入几个字，选出来办登记的那一户。")
        self._forget()

        self._close.clicked.connect(self.closed)
        self.search.searched.connect(self._search_asked)
        self.search.entered.connect(self._entered)
        self.search.stepped.connect(self.found.step)
        self.found.opened.connect(self.start_for)
        self.button.clicked.connect(self._take_asked)

    def start(self) -> None:
        """Begin with the search."""
        self._forget()
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def start_for(self, establishment_id: int) -> None:
        """Begin with the materials of an establishment that is known."""
        desk = self._desk

        def ask(progress: Progress) -> EstablishmentRow:
            return desk.establishments.detail(establishment_id, by=desk.actor).row

        desk.jobs.run(ask, owner=self, done=self._is_known, failed=self._refused)

    def _forget(self) -> None:
        self._who = None
        self.search.clear()
        self.found.show_rows(())
        self._refusal.setVisible(False)
        self.note.set_value("")
        self.day.set_day(self._desk.clock.today())
        self._show_parts()

    def _show_parts(self) -> None:
        is_known = self._who is not None
        self.found.setVisible(not is_known)
        self._form.setVisible(is_known)
        self.button.setEnabled(is_known)

    def _search_asked(self, text: str) -> None:
        self._turn += 1
        turn, desk = self._turn, self._desk
        if not text:
            self.found.show_rows(())
            return

        def find(progress: Progress) -> tuple[int, tuple[Hit, ...]]:
            return turn, desk.establishments.find(text, by=desk.actor)

        desk.jobs.run(find, owner=self, done=self._found_some)

    def _found_some(self, answer: tuple[int, tuple[Hit, ...]]) -> None:
        turn, hits = answer
        if turn != self._turn:
            return
        self._who = None
        self._show_parts()
        self.found.set_empty("没有找到；换几个字，或先到“摸底调查”建档。")
        self.found.show_rows([ShortRow(hit.id, (hit.title, hit.village)) for hit in hits])

    def _entered(self) -> None:
        chosen = self.found.current_id()
        if chosen is not None and self._who is None:
            self.start_for(chosen)

    def _is_known(self, who: EstablishmentRow) -> None:
        self._who = who
        trade = self._desk.profile.trade(who.kind)
        self._chosen.setText(who.title)
        self._more.setText(f"{trade.label} · {who.village} · {who.operator_name}")
        self._address.setText(who.address)
        self.materials.show_names(trade.materials)
        self._refusal.setVisible(False)
        self._show_parts()
        self.materials.focus_first()

    def _take_asked(self) -> None:
        who, day, desk = self._who, self.day.day(), self._desk
        if who is None:
            return
        if day is None:
            if not self.day.error:
                self.day.show_error("请填申请日期。")
            self.day.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        materials, note = self.materials.ticked(), self.note.value()

        def take(progress: Progress) -> int:
            return desk.applications.apply(who.id, on=day, materials=materials, note=note, by=desk.actor)

        self.button.setEnabled(False)
        desk.jobs.run(take, owner=self, done=self._is_taken, failed=self._refused, label="收下申请")

    def _is_taken(self, application_id: int) -> None:
        title = self._who.title if self._who else ""
        self._forget()
        self.taken.emit(f"“{title}”的申请已收下。")

    def _refused(self, error: Exception) -> None:
        self.button.setEnabled(self._who is not None)
        self._refusal.tell(Status.DANGER, str(error))
