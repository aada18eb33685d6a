"""显示: light or dark, the zoom of the whole window, what Enter does in a form."""

from PySide6.QtWidgets import QWidget

from desktop.views.kit.arrange import Thing, column, row
from desktop.views.kit.buttons import KeyCap
from desktop.views.kit.choices import Choice, Segmented
from desktop.views.kit.panels import Panel
from desktop.views.kit.scrolling import scrolling
from desktop.views.kit.tokens import ZOOM_STEPS
from desktop.views.kit.words import Words
from desktop.views.settings.habits import Habits

LIGHT, DARK = "light", "dark"
GOES_ON, STAYS = "next", "stay"


class LookTab(QWidget):
    """Each choice acts at once and is kept for this person."""

    def __init__(self, habits: Habits) -> None:
        super().__init__()
        self._habits = habits
        self.colours = Segmented([Choice(LIGHT, "浅色", "sun"), Choice(DARK, "深色", "moon")])
        self.zoom = Segmented([Choice(str(step), f"{step:.0%}") for step in ZOOM_STEPS])
        self.enter = Segmented([Choice(GOES_ON, "到下一格"), Choice(STAYS, "不动")])

        colours = _choice("颜色", "深色在暗处不刺眼；预览里的纸张始终是白的。", self.colours)
        keys = row(KeyCap("Ctrl+="), KeyCap("Ctrl+-"), KeyCap("Ctrl+0"), None)
        zoom = _choice("大小", "整个窗口一起放大，随时可以用键盘改：", self.zoom, keys)
        enter = _choice(
            "表单里按 Enter", "到下一格：像填表一样一路按下去。保存始终是 Ctrl+Enter。", self.enter
        )
        self.setLayout(column(scrolling(column(colours, zoom, enter, None, gap="medium"))))
        self.show_look()

        self.colours.changed.connect(self._colours_chosen)
        self.zoom.changed.connect(self._zoom_chosen)
        self.enter.changed.connect(self._enter_chosen)
        habits.theme.changed.connect(self.show_look)

    def show_look(self) -> None:
        """Show what holds now; it may have been changed by a key or in the bar."""
        self.colours.set_value(DARK if self._habits.theme.is_dark else LIGHT)
        self.zoom.set_value(str(self._habits.theme.zoom))
        self.enter.set_value(STAYS if self._habits.enter_stays else GOES_ON)

    def _colours_chosen(self, chosen: str) -> None:
        self._habits.theme.set_dark(chosen == DARK)

    def _zoom_chosen(self, chosen: str) -> None:
        self._habits.theme.set_zoom(float(chosen))

    def _enter_chosen(self, chosen: str) -> None:
        self._habits.set_enter_stays(chosen == STAYS)


def _choice(title: str, explanation: str, chooser: Segmented, *more: Thing) -> Panel:
    panel = Panel(title)
    panel.add(row(chooser, None), Words(explanation, role="muted", wraps=True), *more)
    return panel
