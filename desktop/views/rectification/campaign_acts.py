"""Beside a campaign's lists: its figures, the routes of who is ticked, its papers, and its end."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.lifecycle import Route
from desktop.services.planning.campaign_counts import CampaignCounts
from desktop.services.planning.campaigns import CampaignDetail
from desktop.services.rights import Right, may
from desktop.views.kit.arrange import Grow, box, column, row
from desktop.views.kit.buttons import SmallButton
from desktop.views.kit.fields import TextField
from desktop.views.kit.panels import Panel
from desktop.views.kit.words import Words
from desktop.views.rectification.cards import short_title
from desktop.views.rectification.desk import RectificationDesk


class CampaignActs(QWidget):
    """What can be done about the chosen campaign; it says what was asked and does nothing itself."""

    edit_asked = Signal()
    print_asked = Signal()
    export_asked = Signal()
    route_asked = Signal(str)
    end_asked = Signal(str)

    def __init__(self, desk: RectificationDesk) -> None:
        super().__init__()
        self._desk = desk
        self.edit_button = SmallButton("修改", "pencil", shortcut="F2")
        self.print_button = SmallButton("配档表", "printer", shortcut="Ctrl+P")
        self.export_button = SmallButton("导出", "file-spreadsheet", shortcut="Ctrl+E")
        self.figures = Words("", wraps=True)
        self.about = Panel("进展")
        self.routes = Panel("处置意见", note="给勾选的定下一条")
        routes = [route for route in Route if route is not Route.UNDECIDED]
        self.route_buttons = {
            SmallButton(route.label, "route", shortcut=f"Ctrl+{number}"): route
            for number, route in enumerate(routes, 1)
        }
        self.conclusion = TextField("结论", most=100)
        self.end_button = SmallButton("收尾", "flag")
        self.end = Panel("收尾")

        self.about.add(
            self.figures, row(self.edit_button, self.print_button, None), row(self.export_button, None)
        )
        self.routes.add(*(row(button, None) for button in self.route_buttons))
        self.end.add(self.conclusion, row(None, self.end_button))
        self.setLayout(column(self.about, self.routes, self.end, Grow(box(column(None))), gap="medium"))

        self.edit_button.clicked.connect(self.edit_asked)
        self.print_button.clicked.connect(self.print_asked)
        self.export_button.clicked.connect(self.export_asked)
        for button in self.route_buttons:
            button.clicked.connect(self._route_pressed)
        self.end_button.clicked.connect(self._end_pressed)

    def tell_about(self, campaign: CampaignDetail | None, ticked: int) -> None:
        """Show the figures of the chosen one, and what may be done."""
        self.setVisible(campaign is not None)
        if campaign is None:
            return
        actor, runs = self._desk.actor, campaign.ended_on is None
        self.about.set_title(short_title(campaign.draft.name))
        self.figures.setText("\n".join([*_phases(campaign), "", *_figures(campaign.counts)]))
        self.edit_button.setEnabled(runs and may(actor, Right.PLAN))
        self.print_button.setEnabled(bool(campaign.draft.tasks) and may(actor, Right.PRINT))
        self.export_button.setEnabled(may(actor, Right.EXPORT))
        for button in self.route_buttons:
            button.setEnabled(runs and bool(ticked) and may(actor, Right.SURVEY))
        self.end_button.setEnabled(runs and may(actor, Right.PLAN))
        ended = f"{campaign.ended_on} 由{campaign.ended_by}收尾" if campaign.ended_on else ""
        left = campaign.counts.undecided
        self.end.set_note(ended or (f"还有 {left} 户未定处置" if left else "都定下了，可以收尾"))

    def _route_pressed(self) -> None:
        pressed = self.sender()
        if isinstance(pressed, SmallButton):
            self.route_asked.emit(str(self.route_buttons[pressed]))

    def _end_pressed(self) -> None:
        self.end_asked.emit(self.conclusion.value())


def _phases(campaign: CampaignDetail) -> list[str]:
    return [f"{one.name}　{_day(one.starts_on)}至{_day(one.ends_on)}" for one in campaign.draft.phases]


def _figures(counts: CampaignCounts) -> list[str]:
    """Say the figures in a few lines; the workbook has each in a line of its own."""
    return [
        f"范围内 {counts.total} 户，已检查 {counts.covered} 户（{counts.visits} 户次）",
        f"查出问题 {counts.findings} 个，整改文书 {counts.orders} 份",
        f"销号 {counts.closed_out} 件，未销号 {counts.open} 件",
        f"新发证（卡）{counts.registered} 户，关停 {counts.closed} 户，取缔 {counts.shut_down} 户",
        f"未定处置意见 {counts.undecided} 户",
    ]


def _day(day: date) -> str:
    return f"{day.year}.{day.month}.{day.day}"
