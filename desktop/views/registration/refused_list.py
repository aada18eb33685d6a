"""Papers that cannot be printed: each with its reason, its characters, and a way out."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.services.papers.papers import RefusedPaper
from desktop.views.kit.arrange import Grow, column, row, rule
from desktop.views.kit.buttons import LinkButton
from desktop.views.kit.chips import Chip, ChipText
from desktop.views.kit.panels import Panel
from desktop.views.kit.scrolling import scrolling
from desktop.views.kit.tokens import Status
from desktop.views.kit.words import ShortWords, Words

MOST_SHOWN = 50
_WORDS = {
    "glyph": "缺字形",
    "private_use": "自造字",
    "fit": "放不下",
    "missing_fact": "缺必填项",
    "not_living": "不是有效证卡",
}


class RefusedList(Panel):
    """Stays hidden while everything can be printed."""

    edit_asked = Signal(int)

    def __init__(self) -> None:
        super().__init__("退回，不能打", margins="none", ruled=True)
        self._shown: list[RefusedLine] = []
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        self._lines.setContentsMargins(0, 0, 0, 0)

        self.add(Grow(scrolling(column(self._lines, None, gap="none"))))

    def show_refused(
        self, refused: Sequence[RefusedPaper], titles: Mapping[str, str] = MappingProxyType({})
    ) -> None:
        """Show these; ``titles`` says by the number who it is."""
        for old in self._shown:
            self._lines.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._shown = [RefusedLine(one, titles.get(one.number, "")) for one in refused[:MOST_SHOWN]]
        for line in self._shown:
            self._lines.addWidget(line)
            line.edit_asked.connect(self.edit_asked)
        self.set_note(f"{len(refused)} 条")
        self.setVisible(bool(refused))


class RefusedLine(QWidget):
    """One reason against printing one paper."""

    edit_asked = Signal(int)

    def __init__(self, refused: RefusedPaper, title: str) -> None:
        super().__init__()
        self._id = refused.id
        word = " ".join((_WORDS.get(refused.code, "不能打"), *refused.characters[:2]))
        who = ShortWords(title or refused.number, strong=True)
        number = ShortWords(refused.number if title else "", size="type_caption", role="muted")
        chip = Chip(ChipText(word, "circle-x", Status.DANGER))
        reason = Words(refused.reason, role="muted", wraps=True)
        way_out = LinkButton("改这一户" if refused.code != "not_living" else "看档案")

        inside = column(who, number, row(chip, None, way_out), reason, gap="tiny", margins="medium small")
        self.setLayout(column(inside, rule(), gap="none"))
        number.setVisible(bool(title))
        way_out.setAccessibleName(f"{way_out.text()}：{title or refused.number}")

        way_out.clicked.connect(self._way_out_pressed)

    def _way_out_pressed(self) -> None:
        self.edit_asked.emit(self._id)
