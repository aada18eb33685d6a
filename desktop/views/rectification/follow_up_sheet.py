"""A sheet about one establishment: what is written down now, and beside it what was done before."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.dates import read_date
from desktop.services.register.establishment_rows import EstablishmentRow
from desktop.services.rights import Right, may
from desktop.views.jobs import Progress
from desktop.views.kit.arrange import Grow, column, row
from desktop.views.kit.buttons import Button, PrimaryButton
from desktop.views.kit.chips import Chip
from desktop.views.kit.fields import DateField
from desktop.views.kit.forms import FormGrid
from desktop.views.kit.panels import Banner, PageHead, Panel, page
from desktop.views.kit.scroll import Scrolled
from desktop.views.kit.statuses import OPERATING
from desktop.views.kit.timeline import Event, Timeline
from desktop.views.kit.tokens import Status
from desktop.views.kit.words import Words
from desktop.views.rectification.cards import short_title
from desktop.views.rectification.desk import RectificationDesk


@dataclass(frozen=True, slots=True)
class _Found:
    row: EstablishmentRow
    before: Sequence[Event]


class FollowUpSheet(QWidget):
    """What closing down and looking back share; each says what it asks, and what stood before."""

    right: Right
    """Who lacks it may read and not save."""

    back_asked = Signal()
    open_asked = Signal(int)
    shown = Signal()

    def __init__(self, desk: RectificationDesk, *, back: str, history: str, never: str) -> None:
        super().__init__()
        self._desk = desk
        self._id = 0
        self._title = ""
        self.back_button = Button(back, "arrow-left", shortcut="Esc", key_only=True)
        self.open_button = Button("打开档案", "folder-open")
        self.head = PageHead("", self.open_button, self.back_button)
        self._chip = Chip(next(iter(OPERATING.values())))
        self.message = Banner(Status.DANGER)
        self.on = DateField("日期", read_date, today=desk.clock.today, required=True)
        self.entails = Words(role="muted", wraps=True)
        self.save_button = PrimaryButton("保存", "check", shortcut="Ctrl+Enter")
        self.form = FormGrid()
        self.history = Panel(history)
        self.timeline = Timeline()
        self._never = Words(never, role="muted", wraps=True)

        self.head.add_mark(self._chip)
        self.history.add(self._never, self.timeline)
        self.message.hide()

        self.back_button.clicked.connect(self.back_asked)
        self.open_button.clicked.connect(self._open_pressed)
        self.form.finished.connect(self.save_button.setFocus)

    def arrange_sheet(self, work: Panel, *above: QWidget) -> None:
        """Put the form into its panel, below what stands above it, and the history beside."""
        work.add(*(row(one, None) for one in above), self.form, self.entails, row(None, self.save_button))
        sides = row(
            Grow(column(work, None, gap="medium"), 3),
            Grow(column(self.history, None, gap="medium"), 2),
            gap="medium",
        )
        self.setLayout(page(self.head, self.message, Grow(Scrolled(sides))))

    def begin(self, establishment_id: int) -> None:
        """Begin an empty sheet about an establishment."""
        self._id = establishment_id
        self.clear_told()
        self.on.set_day(self._desk.clock.today())
        self.empty()
        desk = self._desk

        def ask(progress: Progress) -> _Found:
            row = desk.establishments.detail(establishment_id, by=desk.actor).row
            return _Found(row, self.before(establishment_id))

        desk.jobs.run(ask, owner=self, done=self._arrived, failed=self.refused)

    def empty(self) -> None:
        """Empty the fields of the sheet."""
        raise NotImplementedError

    def before(self, establishment_id: int) -> Sequence[Event]:
        """Return what was done before, the newest first; asked on the working thread."""
        raise NotImplementedError

    def know(self, row: EstablishmentRow) -> None:
        """Offer what fits the establishment, and put the keyboard where one begins."""
        raise NotImplementedError

    def clear_told(self) -> None:
        self.message.hide()
        self.form.clear_errors()

    def may_save(self) -> bool:
        return may(self._desk.actor, self.right)

    def refused(self, error: Exception) -> None:
        """Say why it was not saved; what was typed stays."""
        self.save_button.setEnabled(self.may_save())
        self.message.tell(Status.DANGER, str(error))

    def _arrived(self, found: _Found) -> None:
        one, before = found.row, found.before
        if one.id != self._id:
            return
        self._title = one.title
        self.head.set_title(short_title(one.title))
        trade = self._desk.profile.trade(one.kind)
        self.head.set_subtitle(f"{trade.label}　{one.place}")
        self._chip.set_chip(OPERATING[one.operating_status])
        self._never.setVisible(not before)
        self.timeline.setVisible(bool(before))
        self.timeline.show_events(before)
        self.history.set_note(f"{len(before)} 次" if before else "")
        self.save_button.setEnabled(self.may_save())
        self.know(one)
        self.shown.emit()

    def _open_pressed(self) -> None:
        self.open_asked.emit(self._id)
