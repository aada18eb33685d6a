"""回头看: two look unannounced whether what was registered is kept, and what was closed stays closed."""

from collections.abc import Sequence

from PySide6.QtCore import Signal

from desktop.domain.rectification import LookBackOutcome
from desktop.services.rectification.look_backs import LookBackRow, LookedBack
from desktop.services.register.establishment_rows import EstablishmentRow
from desktop.services.rights import Right
from desktop.views.jobs import Progress
from desktop.views.kit.choices import Choice, ChoiceField
from desktop.views.kit.fields import TextAreaField, TextField
from desktop.views.kit.panels import Panel
from desktop.views.kit.timeline import Event
from desktop.views.rectification.cards import LOOKED
from desktop.views.rectification.desk import RectificationDesk
from desktop.views.rectification.follow_up_sheet import FollowUpSheet
from desktop.views.rectification.late_fields import LateFields

_ENTAILS = {
    LookBackOutcome.KEPT: "已销号的整改记为“巩固复查”。",
    LookBackOutcome.REBOUNDED: "另立一件整改，接着再次责令。",
    LookBackOutcome.REOPENED: "存续改为“限期关停中”，另立一件重点整改，接着再次责令。",
    LookBackOutcome.MOVED: "存续改为“已搬迁”。",
    LookBackOutcome.CHANGED_TRADE: "存续改为“已关停”，有效的证卡随之注销，没有改好的整改随之了结。",
}
_STAYS = "已经关停或取缔，档案不变，只记下这次回头看。"


class LookBackView(FollowUpSheet):
    """The page of a new look-back, with those before beside it."""

    right = Right.INSPECT
    recorded = Signal(str, object)
    """The establishment's title and what it came to: ``LookedBack``."""

    def __init__(self, desk: RectificationDesk) -> None:
        super().__init__(desk, back="先不记", history="以前的回头看", never="还没有回头看过。")
        self._has_ended = False
        self.outcome = ChoiceField("结论", _choices(tuple(LookBackOutcome)), required=True)
        self.inspectors = (
            TextField("检查人（一）", most=20, required=True),
            TextField("检查人（二）", most=20, required=True),
        )
        self.late = LateFields(desk, self.on)
        self.note = TextAreaField("发现的情况", most=300, lines=3)

        self.on.set_label("回头看日期")
        self.save_button.setText("记下回头看")
        self.form.add(self.on, self.outcome, *self.inspectors)
        self.late.add_to(self.form)
        self.form.add(self.note, wide=True)
        self.arrange_sheet(Panel("这次回头看", note="不事先打招呼，两人以上"))

        self.outcome.changed.connect(self._say_what_follows)
        self.save_button.clicked.connect(self._save_pressed)

    def empty(self) -> None:
        self.note.set_value("")
        self.late.begin()

    def name_inspectors(self, names: Sequence[str]) -> None:
        """Name the people who were drawn to go."""
        for field, name in zip(self.inspectors, names, strict=False):
            field.set_value(name)

    def before(self, establishment_id: int) -> Sequence[Event]:
        history = self._desk.look_backs.history(establishment_id, by=self._desk.actor)
        return [_event(row) for row in history]

    def know(self, row: EstablishmentRow) -> None:
        self._has_ended = row.operating_status.has_ended
        wrong = LookBackOutcome.REBOUNDED if self._has_ended else LookBackOutcome.REOPENED
        self.outcome.set_value(None)
        self.outcome.set_choices(_choices([code for code in LookBackOutcome if code is not wrong]))
        self._say_what_follows()
        self.on.setFocus()

    def _say_what_follows(self) -> None:
        """Say what this outcome entails before it is written down."""
        code = self.outcome.value()
        goes_on = code in {LookBackOutcome.MOVED, LookBackOutcome.CHANGED_TRADE}
        words = _STAYS if self._has_ended and goes_on else _ENTAILS[LookBackOutcome(code)] if code else ""
        self.entails.setText(words)
        self.entails.setVisible(bool(words))

    def _save_pressed(self) -> None:
        self.clear_told()
        on, outcome = self.on.day(), self.outcome.value()
        if on is None and not self.on.error:
            self.on.show_error("请填回头看日期。")
        if not outcome:
            self.outcome.show_error("请选结论。")
        for field in self.inspectors:
            if not field.value():
                field.show_error("请填检查人的姓名，须两名以上。")
        self.late.show_missing()
        if self.form.show_first_error() or on is None:
            return
        desk, establishment_id = self._desk, self._id
        people, note = [field.value() for field in self.inspectors], self.note.value()
        late = self.late.late()

        def record(progress: Progress) -> LookedBack:
            return desk.look_backs.record(
                establishment_id,
                on=on,
                inspectors=people,
                outcome=outcome,
                note=note,
                late=late,
                by=desk.actor,
            )

        self.save_button.setEnabled(False)
        desk.jobs.run(record, owner=self, done=self._recorded, failed=self.refused, label="记下回头看")

    def _recorded(self, done: LookedBack) -> None:
        self.save_button.setEnabled(True)
        self.recorded.emit(self._title, done)


def _choices(outcomes: Sequence[LookBackOutcome]) -> list[Choice]:
    return [Choice(str(code), code.label) for code in outcomes]


def _event(row: LookBackRow) -> Event:
    chip = LOOKED[row.outcome]
    people = "、".join(row.inspectors)
    case = f"另立整改 {row.case_id}" if row.case_id else ""
    text = "；".join(filter(None, (row.note, case)))
    return Event(row.looked_on.isoformat(), chip.icon, chip.word, text, people, chip.status)
