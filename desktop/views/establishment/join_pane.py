"""并档: another record of the same establishment, side by side with this one, and told apart again."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from desktop.errors import UserError
from desktop.services.register.dossiers import Dossier
from desktop.services.register.joining_comparison import Comparison
from desktop.services.register.joinings import JoinedRecord
from desktop.views.establishment.desk import EstablishmentDesk
from desktop.views.exchange.field_choices import FieldChoices
from desktop.views.exchange.record_compare import KEPT, OTHER, join_line
from desktop.views.jobs import Progress
from desktop.views.kit.arrange import Grow, box, column, hold, row, rule
from desktop.views.kit.buttons import Button, PrimaryButton, QuietButton
from desktop.views.kit.choices import Choice
from desktop.views.kit.fields import TextField
from desktop.views.kit.panels import Banner
from desktop.views.kit.scrolling import scrolling
from desktop.views.kit.tokens import Status
from desktop.views.kit.words import Words

BROKEN = "程序出了差错，这一步没有做成，两户都没有动；差错已记入日志，请再试一次。"
_SIDES = (Choice(KEPT, "留本户"), Choice(OTHER, "取另一户"))
_WHAT_FOLLOWS = (
    "另一户的证卡、检查、整改、照片和经过都归到本户，两个档案编号都查得到；以后没有再办事就能撤回。"
)


class JoinPane(QFrame):
    """The other one by its number, the answers to choose from, and what was joined before."""

    told = Signal(str)
    closed = Signal()

    def __init__(self, desk: EstablishmentDesk) -> None:
        super().__init__()
        self._desk = desk
        self._id: int | None = None
        self._said: Comparison | None = None
        self._inside: QWidget | None = None
        self._close = QuietButton("收起（Esc）", "x")
        self.number = TextField("另一户的档案编号", required=True)
        self.compare = Button("对照", "search")
        self._titles = Words(wraps=True)
        self.choices = FieldChoices(_SIDES)
        self.refused = Banner(Status.DANGER)
        self.join = PrimaryButton("并到本户", "check")
        self._place = column(gap="small")
        self.separate: list[Button] = []
        self.setObjectName("panel")

        self._arrange()

        self._close.clicked.connect(self.closed)
        self.compare.clicked.connect(self._compare_pressed)
        self.join.clicked.connect(self._join_pressed)

    def show_dossier(self, dossier: Dossier) -> None:
        """Show what was joined to this one; of another one nothing that was chosen before stays."""
        if dossier.row.id != self._id:
            self._id = dossier.row.id
            self.number.set_value("")
            self._forget()
        self._ask_what_was_joined()

    def start(self) -> None:
        """Come into sight with the keyboard in the number."""
        self.show()
        self.number.setFocus(Qt.FocusReason.OtherFocusReason)

    def compare_with(self, number: str) -> None:
        """Put another one beside this one."""
        self.number.set_value(number)
        self._compare_pressed()

    def _arrange(self) -> None:
        head = row(Words("并档", size="type_record", strong=True), None, self._close, margins="medium small")
        body = column(
            Words(_WHAT_FOLLOWS, role="muted", wraps=True),
            self.number,
            row(None, self.compare),
            self._titles,
            self.choices,
            self.refused,
            row(None, self.join),
            rule(),
            self._place,
            None,
            gap="medium",
            margins="medium",
        )
        self.setLayout(column(head, rule(), Grow(scrolling(body)), gap="none", margins="hair"))
        hold(self, width="form_pane")
        self._forget()

    def _forget(self) -> None:
        self._said = None
        for piece in (self._titles, self.choices, self.refused, self.join):
            piece.hide()

    def _compare_pressed(self) -> None:
        desk, kept_id, number = self._desk, self._id, self.number.value().strip()
        self._forget()
        if not number:
            self.number.show_error("请填另一户的档案编号。")
        if not number or kept_id is None:
            return

        def compare(progress: Progress) -> Comparison:
            return desk.joinings.compare(kept_id, number, by=desk.actor)

        desk.jobs.run(compare, owner=self, done=self._compared, failed=self._refuse, label="对照两户")

    def _compared(self, said: Comparison) -> None:
        if said.kept.id != self._id:
            return
        self._said = said
        kept, other = said.kept, said.other
        self._titles.setText(f"{other.archive_number} {other.title}（{other.village}）")
        self.choices.show_lines(
            [f"本户 {kept.archive_number}", f"另一户 {other.archive_number}"],
            [join_line(one) for one in said.fields],
        )
        for piece in (self._titles, self.choices):
            piece.show()
        self.join.setVisible(not said.refusal)
        if said.refusal:
            self.refused.tell(Status.DANGER, said.refusal)

    def _join_pressed(self) -> None:
        desk, said = self._desk, self._said
        if said is None:
            return
        versions, take = (said.kept.version, said.other.version), self.choices.chosen(OTHER)

        def join(progress: Progress) -> str:
            number = desk.joinings.join(
                said.kept.id, said.other.id, versions=versions, take=take, by=desk.actor
            )
            return f"{number} 已并到 {said.kept.archive_number}。"

        self.join.setEnabled(False)
        desk.jobs.run(join, owner=self, done=self._done, failed=self._refuse, label="并档")

    def _ask_what_was_joined(self) -> None:
        desk, kept_id = self._desk, self._id
        if kept_id is None:
            return

        def ask(progress: Progress) -> tuple[JoinedRecord, ...]:
            return desk.joinings.of(kept_id, by=desk.actor)

        desk.jobs.run(ask, owner=self, done=self._show_joined, failed=self._refuse)

    def _show_joined(self, joined: tuple[JoinedRecord, ...]) -> None:
        if self._inside is not None:
            self._place.removeWidget(self._inside)
            self._inside.hide()
            self._inside.deleteLater()
        self.separate = []
        lines = []
        for one in joined:
            words = f"{one.archive_number} {one.title}，{one.joined_on:%Y-%m-%d} {one.joined_by}并入"
            if not one.can_be_separated:
                lines.append(row(Grow(Words(words, wraps=True))))
                continue
            button = Button("撤回并档", "undo-2")
            button.setProperty("joined", one.id)
            button.clicked.connect(self._separate_pressed)
            self.separate.append(button)
            lines.append(row(Grow(Words(words, wraps=True)), button))
        self._inside = box(column(*lines, gap="small"))
        self._place.addWidget(self._inside)

    def _separate_pressed(self) -> None:
        desk, joined_id = self._desk, int(self.sender().property("joined"))

        def separate(progress: Progress) -> str:
            return f"{desk.joinings.separate(joined_id, by=desk.actor)} 已分出来，和并档以前一样。"

        desk.jobs.run(separate, owner=self, done=self._done, failed=self._refuse, label="撤回并档")

    def _done(self, sentence: str) -> None:
        self.join.setEnabled(True)
        self.number.set_value("")
        self._forget()
        self.told.emit(sentence)

    def _refuse(self, error: Exception) -> None:
        self.join.setEnabled(True)
        self.refused.tell(Status.DANGER, str(error) if isinstance(error, UserError) else BROKEN)
