"""The items of a site check, each answered in one press; all left open where the paper form keeps them."""

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.domain.profile import CheckItem
from desktop.services.registration.applications import SiteAnswer
from desktop.views.kit.arrange import column, row
from desktop.views.kit.buttons import SmallButton
from desktop.views.kit.choices import Choice, Segmented
from desktop.views.kit.words import Words

_ANSWERS = tuple(Choice(str(answer), answer.label) for answer in SiteAnswer)


class SiteItems(QWidget):
    """One line for each item; those that are starred bar registration when they are not met."""

    def __init__(self) -> None:
        super().__init__()
        self.choices: dict[str, Segmented] = {}
        self._lines: list[QWidget] = []
        self._all = SmallButton("全部符合", "check-check")
        self._room = QVBoxLayout()
        self._room.setSpacing(0)
        self._room.setContentsMargins(0, 0, 0, 0)
        hint = Words("逐项填写；只填纸面记录的，全部空着。", size="type_caption", role="muted", wraps=True)

        head = row(Words("核查项目"), None, self._all)
        self.setLayout(column(head, hint, self._room, gap="tiny"))

        self._all.clicked.connect(self._all_pressed)

    def show_items(self, items: Sequence[CheckItem]) -> None:
        """Show the check list of a trade, nothing answered."""
        for old in self._lines:
            self._room.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._lines, self.choices = [], {}
        for number, item in enumerate(items, 1):
            star = "★" if item.is_starred else ""
            choice = Segmented(_ANSWERS, small=True, fills=True)
            for segment in choice.segments:
                segment.setAccessibleName(f"{item.text}：{segment.text()}")
            line = QWidget()
            words = Words(f"{number}. {star}{item.text}", wraps=True)
            line.setLayout(column(words, choice, gap="tiny", margins="none tiny none tiny"))
            self._room.addWidget(line)
            self._lines.append(line)
            self.choices[item.code] = choice

    def answers(self) -> Mapping[str, SiteAnswer]:
        """Return what was answered."""
        return {code: SiteAnswer(one.value()) for code, one in self.choices.items() if one.value()}

    def _all_pressed(self) -> None:
        for choice in self.choices.values():
            if not choice.value():
                choice.set_value(str(SiteAnswer.MET))
