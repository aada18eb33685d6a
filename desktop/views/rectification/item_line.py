"""One item of a check list: 是, 否 or 合理缺项; 否 opens what was found, put right at once or not."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from desktop.domain.profile import CheckItem
from desktop.services.rectification.inspections import Fault
from desktop.views.kit.arrange import Grow, box, column, row
from desktop.views.kit.choices import CheckBox, Choice, Segmented
from desktop.views.kit.fields import TextField
from desktop.views.kit.words import IconMark, Words

YES, NO, NOT_APPLICABLE = "yes", "no", "not_applicable"


class ItemLine(QFrame):
    """An item and its answer; nobody's answer is taken for granted."""

    answered = Signal()

    def __init__(self, number: int, item: CheckItem) -> None:
        super().__init__()
        self.item = item
        star = IconMark("star", role="danger", size="icon_chip")
        words = Words(f"{number}. {item.text}", wraps=True)
        self.choice = Segmented(
            [Choice(YES, "是"), Choice(NO, "否"), Choice(NOT_APPLICABLE, "合理缺项")], small=True
        )
        self.finding = TextField("查出的问题", most=200, hint=f"改正期限一般 {item.days} 天")
        self.corrected = CheckBox("当场改正")
        self._missing = Words("还没有填", role="danger", size="type_caption")
        self._more = box(row(Grow(self.finding), self.corrected, margins="large none none none"))

        self.setLayout(
            column(
                row(
                    column(star, None, margins="none bar none none"), Grow(words), self._missing, self.choice
                ),
                self._more,
            )
        )
        kept = star.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        star.setSizePolicy(kept)
        star.setVisible(item.is_starred)
        star.setToolTip("重点项目：没改好不予登记")
        for segment in self.choice.segments:
            segment.setAccessibleName(f"{item.text}：{segment.text()}")
        self.finding.set_value(item.finding)
        self._more.hide()
        self._missing.hide()

        self.choice.changed.connect(self._chosen)

    @property
    def answer(self) -> str:
        return self.choice.value()

    def set_answer(self, answer: str) -> None:
        self.choice.set_value(answer)
        self._fit()

    def fault(self) -> Fault:
        """Return what was found at this item."""
        return Fault(self.item.code, self.finding.value(), self.corrected.isChecked())

    def show_missing(self, is_missing: bool) -> None:
        """Mark the item that nobody has answered."""
        self._missing.setVisible(is_missing)

    def _chosen(self, answer: str) -> None:
        self._fit()
        if answer == NO:
            self.finding.setFocus()
            self.finding.line.selectAll()
        self.answered.emit()

    def _fit(self) -> None:
        self._more.setVisible(self.answer == NO)
        if self.answer:
            self._missing.hide()
