"""The pane beside the register: one establishment with its five dimensions kept apart."""

from datetime import date

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from desktop.domain.lifecycle import Disposition, PaperStatus
from desktop.services.register.establishment_rows import EstablishmentRow
from desktop.services.register.establishments import EstablishmentDetail
from desktop.services.rights import Right, may
from desktop.views.jobs import Progress
from desktop.views.kit.arrange import Grow, box, column, grid, hold, row, rule
from desktop.views.kit.buttons import Button, LinkButton, QuietButton
from desktop.views.kit.chips import Chip, ChipText
from desktop.views.kit.panels import NextStep
from desktop.views.kit.statuses import DISPOSITION, OPERATING, PAPER, REGISTRATION
from desktop.views.kit.tokens import Status
from desktop.views.kit.words import ShortWords, Words
from desktop.views.survey.desk import SurveyDesk
from desktop.views.survey.next_step import next_step
from desktop.views.survey.register_source import rectification_chip

SHOWN_IN_FULL_MS = 30_000
"""How long a number stays readable before it is masked again."""

_UNDECIDED = ChipText("未分类", "layers", Status.NEUTRAL, is_quiet=True)
_DIMENSIONS = (
    ("operating", "存续"),
    ("registration", "登记"),
    ("paper", "证卡"),
    ("rectification", "整改"),
    ("disposition", "分类"),
)
_FACTS = (
    ("operator", "经营者"),
    ("id_number", "身份证"),
    ("phone", "电话"),
    ("products", "品种"),
    ("people", "从业"),
    ("area", "面积"),
    ("paper_number", "证卡号"),
    ("valid", "有效期"),
    ("surveyed", "摸底"),
    ("remark", "备注"),
)


class DetailPane(QFrame):
    """Shows one establishment; personal numbers are masked until somebody asks, and then for a while."""

    closed = Signal()
    open_asked = Signal(int)
    edit_asked = Signal(int)
    failed = Signal(str)

    def __init__(self, desk: SurveyDesk) -> None:
        super().__init__()
        self._desk = desk
        self._kinds = {trade.code: trade.label for trade in desk.profile.trades}
        self._row: EstablishmentRow | None = None
        self._title = Words(size="type_record", strong=True, wraps=True)
        self._subtitle = Words(size="type_caption", role="muted", wraps=True)
        self._close_button = QuietButton("收起", "x")
        self._next = NextStep()
        self._chips = {key: Chip(_UNDECIDED) for key, _ in _DIMENSIONS}
        self._facts = {key: Words(wraps=True) for key, _ in _FACTS}
        self.reveal_button = LinkButton("查看")
        self.open_button = Button("打开档案", "folder-open", shortcut="Enter", key_only=True)
        self.edit_button = Button("修改", shortcut="F2", key_only=True)
        self._hide_again = QTimer(self)
        self._hide_again.setSingleShot(True)
        self._hide_again.setInterval(SHOWN_IN_FULL_MS)
        self.setObjectName("panel")

        self._arrange()

        self._hide_again.timeout.connect(self._mask_again)
        self._close_button.clicked.connect(self.closed)
        self.reveal_button.clicked.connect(self._reveal_pressed)
        self.open_button.clicked.connect(self._open_pressed)
        self.edit_button.clicked.connect(self._edit_pressed)

    @property
    def establishment_id(self) -> int | None:
        return self._row.id if self._row is not None else None

    def fact(self, key: str) -> str:
        """Return a fact as it stands in the pane."""
        return self._facts[key].text()

    def show_detail(self, detail: EstablishmentDetail) -> None:
        """Show an establishment with its numbers masked."""
        self._hide_again.stop()
        one, today = detail.row, self._desk.clock.today()
        self._row = one
        self._title.setText(one.title)
        kind = self._kinds.get(one.kind, one.kind)
        self._subtitle.setText(f"{one.archive_number} · {kind} · {one.place}")
        step = next_step(one, today)
        self._next.say(f"下一步：{step}" if step else "")
        self._show_chips(detail, today)
        self._show_personal(one)
        self._show_facts(detail)
        self.reveal_button.setVisible(
            bool(one.operator_id_number or one.phone) and may(self._desk.actor, Right.REVEAL)
        )
        self.reveal_button.setText("查看")

    def _show_chips(self, detail: EstablishmentDetail, today: date) -> None:
        one = detail.row
        self._chips["operating"].set_chip(OPERATING[one.operating_status])
        self._chips["registration"].set_chip(REGISTRATION[one.registration_status])
        paper = PAPER[one.paper_status]
        if one.paper_status is PaperStatus.EXPIRING and one.valid_until is not None:
            paper = paper.saying(f"临期，剩 {(one.valid_until - today).days} 天")
        self._chips["paper"].set_chip(paper)
        case = rectification_chip(one, today)
        if one.open_rectifications > 1:
            case = case.saying(f"{case.word} 等 {one.open_rectifications} 项")
        self._chips["rectification"].set_chip(case)
        chosen = detail.disposition
        self._chips["disposition"].set_chip(DISPOSITION[Disposition(chosen)] if chosen else _UNDECIDED)

    def _show_personal(self, one: EstablishmentRow) -> None:
        self._facts["id_number"].setText(one.operator_id_number or "—")
        self._facts["phone"].setText(one.phone or "—")

    def _show_facts(self, detail: EstablishmentDetail) -> None:
        one = detail.row
        people = [f"{one.employee_count} 人" if one.employee_count is not None else ""]
        if one.health_certificate_count is not None:
            people.append(f"健康证 {one.health_certificate_count} 张")
        surveyed = one.surveyed_on.isoformat() if one.surveyed_on else ""
        said = {
            "operator": one.operator_name,
            "products": one.products,
            "people": "，".join(filter(None, people)),
            "area": f"{one.area_m2} ㎡" if one.area_m2 is not None else "",
            "paper_number": one.paper_number,
            "valid": f"至 {one.valid_until.isoformat()}" if one.valid_until else "",
            "surveyed": f"{surveyed}　{detail.answers.get('surveyor') or ''}".strip(),
            "remark": str(detail.answers.get("remark") or ""),
        }
        for key, text in said.items():
            self._facts[key].setText(text or "—")

    def _arrange(self) -> None:
        head = row(
            Grow(column(self._title, self._subtitle, gap="tiny")), self._close_button, margins="medium"
        )
        chips = _pairs([(label, self._chips[key]) for key, label in _DIMENSIONS])
        self._facts["id_number"].setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        number = box(row(self._facts["id_number"], self.reveal_button, None, gap="tiny"))
        facts = _pairs([(label, number if key == "id_number" else self._facts[key]) for key, label in _FACTS])
        inside = column(
            box(column(chips, margins="medium")),
            rule(),
            box(column(facts, margins="medium")),
            None,
            gap="none",
        )
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(box(inside, name="scrolled"))
        self.setLayout(
            column(
                box(head),
                self._next,
                rule(),
                Grow(scroll),
                rule(),
                box(row(self.open_button, self.edit_button, None, margins="medium small")),
                gap="none",
                margins="hair",
            )
        )
        hold(self, width="side_pane")

    def _reveal_pressed(self) -> None:
        one = self._row
        if one is None:
            return
        if self._hide_again.isActive():
            self._mask_again()
            return
        establishments, actor = self._desk.establishments, self._desk.actor

        def reveal(progress: Progress) -> EstablishmentRow:
            return establishments.reveal(one.id, by=actor)

        self._desk.jobs.run(reveal, owner=self, done=self._revealed, failed=self._not_revealed)

    def _revealed(self, full: EstablishmentRow) -> None:
        if self._row is not None and full.id == self._row.id:
            self._show_personal(full)
            self.reveal_button.setText("遮起来")
            self._hide_again.start()

    def _not_revealed(self, error: Exception) -> None:
        self.failed.emit(str(error))

    def _mask_again(self) -> None:
        self._hide_again.stop()
        if self._row is not None:
            self._show_personal(self._row)
            self.reveal_button.setText("查看")

    def _open_pressed(self) -> None:
        if self._row is not None:
            self.open_asked.emit(self._row.id)

    def _edit_pressed(self) -> None:
        if self._row is not None:
            self.edit_asked.emit(self._row.id)


def _pairs(things: list[tuple[str, QWidget]]) -> QWidget:
    """Put each thing beside its muted label."""
    lines = grid(gap="small")
    for place, (label, thing) in enumerate(things):
        name = ShortWords(label, role="muted")
        lines.addWidget(name, place, 0, Qt.AlignmentFlag.AlignTop)
        is_chip = isinstance(thing, Chip)
        lines.addWidget(thing, place, 1, _TOP_LEFT if is_chip else Qt.AlignmentFlag.AlignTop)
    lines.setColumnStretch(1, 1)
    return box(lines)


_TOP_LEFT = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft
