"""Fills a sheet from an identity card, and gives back what the reader typed over before it was noticed."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.domain.card_reader import CardFacts
from desktop.views.survey.card_typing import CardTyping
from desktop.views.survey.sheet_fields import SheetFields


class CardFilling(QObject):
    """Name, number and home address; all other fields are left as they were."""

    filled = Signal(str)

    def __init__(self, page: QWidget, fields: SheetFields, ticks: Callable[[], int] | None = None) -> None:
        super().__init__(page)
        self._fields = fields
        self._before: dict[str, object] = {}
        self._focused = ""
        self.typing = CardTyping(page, ticks)

        self.typing.began.connect(self._began)
        self.typing.read.connect(self._read)

    def watch(self, is_watching: bool) -> None:
        """Watch while the page is seen, and not otherwise."""
        self.typing.watch(is_watching)

    def _began(self) -> None:
        self._before = self._fields.typed()
        self._focused = self._fields.current_code()

    def _read(self, facts: CardFacts) -> None:
        for code, asked in self._fields.fields.items():
            if asked.typed() != self._before.get(code, asked.typed()):
                asked.show(self._before[code])
        has_home = self._fields.form.has("home_address")
        filled = {"operator_name": facts.name, "operator_id_number": facts.number}
        self._fields.fill(filled | ({"home_address": facts.address} if has_home else {}))
        self._fields.focus_code("phone" if self._fields.form.has("phone") else self._focused)
        where = "，住址" if facts.address and has_home else ""
        self.filled.emit(f"已从身份证读入：{facts.name}，身份证号{where}。请与本人核对。")
