"""What every row takes over: village, surveyor, date; and how fast the work goes."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame

from desktop.domain.dates import read_date
from desktop.views.kit.arrange import hold, row, upright
from desktop.views.kit.combo_box import ComboBox
from desktop.views.kit.fields import DateField
from desktop.views.kit.look import look
from desktop.views.kit.typing_line import TypingLine
from desktop.views.kit.words import IconMark, Words


class CarriedStrip(QFrame):
    """Stays from record to record until somebody changes it."""

    changed = Signal()

    def __init__(self, villages: Sequence[str], today: Callable[[], date]) -> None:
        super().__init__()
        self.village = ComboBox()
        self.village.addItem("请选择", "")
        for name in villages:
            self.village.addItem(name, name)
        self.surveyor = TypingLine(most=50)
        self.date = DateField("", read_date, today=today)
        self._title = Words("每条沿用", role="muted")
        self._count = Words(strong=True)
        self._rate = Words(strong=True)
        self._minutes = Words(role="muted")
        self._line = upright()
        self.village.setAccessibleName("所属村，每条沿用")
        self.surveyor.setAccessibleName("调查员，每条沿用")
        self.date.line.setAccessibleName("调查日期，每条沿用")
        self.setObjectName("panel")

        self.setLayout(
            row(
                IconMark("pin"),
                self._title,
                hold(self.village, width="tile_least"),
                Words("调查员", role="muted"),
                hold(self.surveyor, width="column"),
                Words("调查日期", role="muted"),
                hold(self.date, width="tile_least"),
                None,
                self._count,
                upright(),
                IconMark("gauge", role="info"),
                self._rate,
                self._line,
                self._minutes,
                margins="medium small",
            )
        )
        self.show_pace(0, None, 0)
        self.setToolTip("村、调查员和日期每条沿用，行里另填的以行里为准")

        self.village.activated.connect(self.changed)
        self.surveyor.left.connect(self.changed)
        self.date.left.connect(self.changed)
        self.date.changed.connect(self.changed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.rescale()

    def rescale(self) -> None:
        """Leave out what says least where there is little room."""
        is_wide = self.width() >= look().at.narrow_below
        for thing in (self._title, self._line, self._minutes):
            thing.setVisible(is_wide)

    def minimumSizeHint(self) -> QSize:
        """Promise to be narrow: the words that make it wide go when there is no room for them."""
        return QSize(look().at.search, super().minimumSizeHint().height())

    def typed(self) -> dict[str, str]:
        return {
            "village": str(self.village.currentData() or ""),
            "surveyor": self.surveyor.text().strip(),
            "surveyed_on": self.date.value(),
        }

    def show_typed(self, typed: Mapping[str, str]) -> None:
        self.village.setCurrentIndex(max(self.village.findData(typed.get("village", "")), 0))
        self.surveyor.setText(typed.get("surveyor", ""))
        self.date.set_value(typed.get("surveyed_on", ""))

    def show_pace(self, count: int, per_hour: int | None, minutes: int) -> None:
        """Show how many were entered, how many that makes in an hour, and since when."""
        self._count.setText(f"本次已录 {count} 户")
        self._rate.setText(f"{per_hour} 户/小时" if per_hour is not None else "— 户/小时")
        self._minutes.setText(f"用时 {minutes} 分")
