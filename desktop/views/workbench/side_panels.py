"""The panels beside the things to do: rates of the villages, visits, what waits for a word, backup."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.today import Counts, RunningCampaign, VillageRate, VisitsToday
from desktop.views.kit.arrange import Grow, box, column, grid, row
from desktop.views.kit.buttons import LinkButton
from desktop.views.kit.drawing import RIGHT
from desktop.views.kit.panels import Panel
from desktop.views.kit.progress import Bar
from desktop.views.kit.words import IconMark, ShortWords, Words


class RatePanel(Panel):
    """Bars of the villages, the best first; the mark in each is the mean of the township."""

    village_asked = Signal(int)

    def __init__(self) -> None:
        self._total = Words(strong=True)
        super().__init__("登记率", self._total, note="已登记 ÷ 在营，竖线：全镇")
        self._shown: QWidget | None = None
        self._villages: dict[LinkButton, int] = {}

    def show_rates(self, rates: Sequence[VillageRate]) -> None:
        """Show these villages."""
        registered, trading = (
            sum(rate.registered for rate in rates),
            sum(rate.trading for rate in rates),
        )
        mean = registered / trading if trading else 0.0
        self._total.setText(f"{mean:.1%}" if trading else "—")
        self._villages.clear()
        lines = grid(gap="close")
        lines.setColumnStretch(1, 1)
        for place, rate in enumerate(rates):
            village, *numbers = self._line(rate, mean)
            lines.addWidget(village, place, 0, Qt.AlignmentFlag.AlignLeft)
            for at, piece in enumerate(numbers, 1):
                lines.addWidget(piece, place, at)
        if self._shown is not None:
            self.body.removeWidget(self._shown)
            self._shown.hide()
            self._shown.deleteLater()
        self._shown = box(lines)
        self.body.addWidget(self._shown)

    def _line(self, rate: VillageRate, mean: float) -> tuple[QWidget, ...]:
        village = LinkButton(rate.village)
        village.setAccessibleName(f"{rate.village}：已登记 {rate.registered}，在营 {rate.trading}")
        village.clicked.connect(self._village_pressed)
        self._villages[village] = rate.village_id
        bar = Bar()
        role = "bar" if rate.rate >= mean else "bar_warning"
        bar.show_part(rate.rate, target=mean or None, role=role)
        part = Words(f"{rate.registered} / {rate.trading}")
        share = Words(f"{rate.rate:.1%}" if rate.trading else "—")
        for number in (part, share):
            number.setAlignment(RIGHT)
        return village, bar, part, share

    def _village_pressed(self) -> None:
        pressed = self.sender()
        if isinstance(pressed, LinkButton):
            self.village_asked.emit(self._villages[pressed])


class DoorRow(QWidget):
    """A line that leads to its list: icon, words, how many."""

    asked = Signal()

    def __init__(self, icon: str, words: str, role: str) -> None:
        super().__init__()
        self._words = words
        self._mark = IconMark(icon, role=role)
        self.button = LinkButton(words)
        self._count = Words(strong=True)

        self.setLayout(row(self._mark, self.button, None, self._count))

        self.button.clicked.connect(self.asked)

    def show_count(self, count: int, unit: str) -> None:
        self._count.setText(f"{count} {unit}" if count else "无")
        self._count.set_role("text" if count else "muted")
        self.button.setEnabled(count > 0)
        self.button.setAccessibleName(f"{self._words}：{count} {unit}")


class WaitingPanel(Panel):
    """What waits for this person's word."""

    def __init__(self) -> None:
        super().__init__("等你定夺")
        self.to_order = DoorRow("circle-alert", "查出的问题，还没有责令", "warning")
        self.to_close_out = DoorRow("list-checks", "复查合格，等销号", "success")
        self.under_way = DoorRow("file-clock", "在办的登记申请", "info")
        self.to_collect = DoorRow("inbox", "打印好的证卡，还没领走", "info")
        self.duplicates = DoorRow("copy", "疑似重复，搁置待认", "warning")
        self.drafts = DoorRow("file-pen", "没录完的草稿", "info")
        registration = (self.under_way, self.to_collect)
        doors = (self.to_order, self.to_close_out, *registration, self.duplicates, self.drafts)
        self.add(column(*doors, gap="close"))

    def show_counts(self, counts: Counts) -> None:
        self.to_order.show_count(counts.to_order + counts.findings, "项")
        self.to_close_out.show_count(counts.to_close_out, "项")
        self.under_way.show_count(counts.under_way, "件")
        self.to_collect.show_count(counts.to_collect, "张")
        self.duplicates.show_count(counts.parked_duplicates, "户")
        self.drafts.show_count(counts.drafts, "份")


class CampaignRow(QWidget):
    """A running campaign: its name leads to it, beside it how long it still runs."""

    asked = Signal(object)

    def __init__(self, campaign: RunningCampaign) -> None:
        super().__init__()
        self._campaign = campaign
        role = "danger" if campaign.is_late else "info"
        self.button = LinkButton(campaign.name)
        self.button.setAccessibleName(f"{campaign.name}：{campaign.words}")
        words = ShortWords(campaign.words, role="danger" if campaign.is_late else "muted")

        self.setLayout(row(IconMark("flag", role=role), self.button, Grow(words)))

        self.button.clicked.connect(self._pressed)

    def _pressed(self) -> None:
        self.asked.emit(self._campaign)


class VisitPanel(Panel):
    """Whom to visit, and the campaigns that run; it is asked for once the rest of the workbench is there."""

    campaign_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__("待检查")
        self.drawn = DoorRow("dices", "随机抽到，还没查", "info")
        self.first = DoorRow("badge-check", "发证（卡）后首次检查", "warning")
        self.planned = DoorRow("calendar-check", "年度计划，本月底前该查", "success")
        self._campaigns: QWidget | None = None
        self.add(column(self.drawn, self.first, self.planned, gap="close"))

    @property
    def doors(self) -> tuple[DoorRow, ...]:
        return self.drawn, self.first, self.planned

    def show_visits(self, found: VisitsToday) -> None:
        """Show these counts and campaigns."""
        self.drawn.show_count(found.drawn, "户")
        self.first.setVisible(found.first is not None)
        self.first.show_count(found.first or 0, "户")
        self.planned.setVisible(found.planned is not None)
        self.planned.show_count(found.planned or 0, "户")
        if self._campaigns is not None:
            self.body.removeWidget(self._campaigns)
            self._campaigns.hide()
            self._campaigns.deleteLater()
        rows = [CampaignRow(one) for one in found.campaigns]
        for one in rows:
            one.asked.connect(self.campaign_asked)
        self._campaigns = box(column(*rows, gap="close"))
        self.body.addWidget(self._campaigns)
        self._campaigns.setVisible(bool(rows))


class BackupPanel(Panel):
    """Whether there is a backup; where there is none it says so."""

    def __init__(self) -> None:
        self._mark = IconMark("triangle-alert", role="warning")
        self._words = Words()
        super().__init__("备份", self._mark, self._words, margins="none")
        self.show_last("")

    def show_last(self, words: str) -> None:
        """Say when the last backup was made; an empty text means never."""
        self._mark.set_icon("circle-check" if words else "triangle-alert", "success" if words else "warning")
        self._words.setText(words or "还没有备份")
        self._words.set_role("text" if words else "warning")
