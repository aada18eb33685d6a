"""回头看: two look unannounced whether what was registered is kept, and what was closed stays closed."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.dates import read_date
from desktop.domain.rectification import LookBackOutcome
from desktop.services.establishments import EstablishmentDetail
from desktop.services.look_backs import LookBackRow, LookedBack
from desktop.services.rights import Right, may
from desktop.views.jobs import Progress
from desktop.views.kit.arrange import Grow, column, row
from desktop.views.kit.buttons import Button, PrimaryButton
from desktop.views.kit.chips import Chip
from desktop.views.kit.choices import Choice, ChoiceField
from desktop.views.kit.fields import DateField, TextAreaField, TextField
from desktop.views.kit.forms import FormGrid
from desktop.views.kit.panels import Banner, PageHead, Panel, page
from desktop.views.kit.scroll import Scrolled
from desktop.views.kit.statuses import OPERATING
from desktop.views.kit.timeline import Event, Timeline
from desktop.views.kit.tokens import Status
from desktop.views.kit.words import Words
from desktop.views.rectification.cards import LOOKED, short_title
from desktop.views.rectification.desk import RectificationDesk

_ENTAILS = {
    LookBackOutcome.KEPT: "已销号的整改记为“巩固复查”。",
    LookBackOutcome.REBOUNDED: "另立一件整改，接着再次责令。",
    LookBackOutcome.REOPENED: "存续改为“限期关停中”，另立一件重点整改，接着再次责令。",
    LookBackOutcome.MOVED: "存续改为“已搬迁”。",
    LookBackOutcome.CHANGED_TRADE: "存续改为“已关停”，有效的证卡随之注销。",
}
_STAYS = "已经关停或取缔，档案不变，只记下这次回头看。"
_NEVER = "还没有回头看过。"


@dataclass(frozen=True, slots=True)
class _Found:
    detail: EstablishmentDetail
    history: tuple[LookBackRow, ...]


class LookBackView(QWidget):
    """The page of a new look-back, with those before beside it."""

    back_asked = Signal()
    open_asked = Signal(int)
    recorded = Signal(str, object)
    """The establishment's title and what it came to: ``LookedBack``."""

    shown = Signal()

    def __init__(self, desk: RectificationDesk) -> None:
        super().__init__()
        self._desk = desk
        self._id = 0
        self._title = ""
        self._has_ended = False
        self.back_button = Button("先不记", "arrow-left", shortcut="Esc", key_only=True)
        self.open_button = Button("打开档案", "folder-open")
        self.head = PageHead("", self.open_button, self.back_button)
        self._chip = Chip(next(iter(OPERATING.values())))
        self.message = Banner(Status.DANGER)
        self.on = DateField("回头看日期", read_date, today=desk.clock.today, required=True)
        self.outcome = ChoiceField("结论", _choices(tuple(LookBackOutcome)), required=True)
        self.inspectors = (
            TextField("检查人（一）", most=20, required=True),
            TextField("检查人（二）", most=20, required=True),
        )
        self.note = TextAreaField("发现的情况", most=300, lines=3)
        self._entails = Words(role="muted", wraps=True)
        self.save_button = PrimaryButton("记下回头看", "check", shortcut="Ctrl+Enter")
        self.form = FormGrid()
        self.history = Panel("以前的回头看")
        self.timeline = Timeline()
        self._never = Words(_NEVER, role="muted", wraps=True)

        self._arrange()

        self.back_button.clicked.connect(self.back_asked)
        self.open_button.clicked.connect(self._open_pressed)
        self.outcome.changed.connect(self._say_what_follows)
        self.form.finished.connect(self.save_button.setFocus)
        self.save_button.clicked.connect(self._save_pressed)

    def begin(self, establishment_id: int) -> None:
        """Begin a new look-back at an establishment."""
        self._id = establishment_id
        self.message.hide()
        self.form.clear_errors()
        self.on.set_day(self._desk.clock.today())
        self.note.set_value("")
        desk = self._desk

        def ask(progress: Progress) -> _Found:
            return _Found(
                desk.establishments.detail(establishment_id, by=desk.actor),
                desk.look_backs.history(establishment_id, by=desk.actor),
            )

        desk.jobs.run(ask, owner=self, done=self._arrived, failed=self._failed)

    def _arrange(self) -> None:
        self.head.add_mark(self._chip)
        self.form.add(self.on, self.outcome, *self.inspectors)
        self.form.add(self.note, wide=True)
        work = Panel("这次回头看", note="不事先打招呼，两人以上")
        work.add(self.form, self._entails, row(None, self.save_button))
        self.history.add(self._never, self.timeline)
        body = Scrolled(
            row(
                Grow(column(work, None, gap="medium"), 3),
                Grow(column(self.history, None, gap="medium"), 2),
                gap="medium",
            )
        )
        self.setLayout(page(self.head, self.message, Grow(body)))
        self.message.hide()

    def _arrived(self, found: _Found) -> None:
        one = found.detail.row
        if one.id != self._id:
            return
        self._title, self._has_ended = one.title, one.operating_status.has_ended
        self.head.set_title(short_title(one.title))
        trade = self._desk.profile.trade(one.kind)
        self.head.set_subtitle(f"{trade.label}　{one.village}　{one.address}")
        self._chip.set_chip(OPERATING[one.operating_status])
        wrong = LookBackOutcome.REBOUNDED if self._has_ended else LookBackOutcome.REOPENED
        self.outcome.set_value(None)
        self.outcome.set_choices(_choices([code for code in LookBackOutcome if code is not wrong]))
        self._say_what_follows()
        self.save_button.setEnabled(may(self._desk.actor, Right.INSPECT))
        self._never.setVisible(not found.history)
        self.timeline.setVisible(bool(found.history))
        self.timeline.show_events([_event(row) for row in found.history])
        self.history.set_note(f"{len(found.history)} 次" if found.history else "")
        self.on.setFocus()
        self.shown.emit()

    def _say_what_follows(self) -> None:
        """Say what this outcome entails before it is written down."""
        code = self.outcome.value()
        goes_on = code in {LookBackOutcome.MOVED, LookBackOutcome.CHANGED_TRADE}
        words = _STAYS if self._has_ended and goes_on else _ENTAILS[LookBackOutcome(code)] if code else ""
        self._entails.setText(words)
        self._entails.setVisible(bool(words))

    def _save_pressed(self) -> None:
        self.message.hide()
        self.form.clear_errors()
        on, outcome = self.on.day(), self.outcome.value()
        if on is None and not self.on.error:
            self.on.show_error("请填回头看日期。")
        if not outcome:
            self.outcome.show_error("请选结论。")
        for field in self.inspectors:
            if not field.value():
                field.show_error("请填检查人的姓名，须两名以上。")
        if self.form.show_first_error() or on is None:
            return
        desk, establishment_id = self._desk, self._id
        people, note = [field.value() for field in self.inspectors], self.note.value()

        def record(progress: Progress) -> LookedBack:
            return desk.look_backs.record(
                establishment_id, on=on, inspectors=people, outcome=outcome, note=note, by=desk.actor
            )

        self.save_button.setEnabled(False)
        desk.jobs.run(record, owner=self, done=self._recorded, failed=self._failed, label="记下回头看")

    def _recorded(self, done: LookedBack) -> None:
        self.save_button.setEnabled(True)
        self.recorded.emit(self._title, done)

    def _open_pressed(self) -> None:
        self.open_asked.emit(self._id)

    def _failed(self, error: Exception) -> None:
        self.save_button.setEnabled(may(self._desk.actor, Right.INSPECT))
        self.message.tell(Status.DANGER, str(error))


def _choices(outcomes: Sequence[LookBackOutcome]) -> list[Choice]:
    return [Choice(str(code), code.label) for code in outcomes]


def _event(row: LookBackRow) -> Event:
    chip = LOOKED[row.outcome]
    people = "、".join(row.inspectors)
    case = f"另立整改 {row.case_id}" if row.case_id else ""
    text = "；".join(filter(None, (row.note, case)))
    return Event(row.looked_on.isoformat(), chip.icon, chip.word, text, people, chip.status)
