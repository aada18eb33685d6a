"""Which printer the paper goes to: one that the system knows, or a name where it knows none."""

from PySide6.QtWidgets import QWidget

from desktop.views.kit.arrange import column
from desktop.views.kit.combo_box import ComboBox
from desktop.views.kit.field import Field
from desktop.views.kit.typing_line import TypingLine


class PrinterField(Field):
    """A name by which offsets are kept; a printer that was taken away keeps its place in the list."""

    def __init__(self) -> None:
        super().__init__("打印机", hint="各台打印机的偏移分别记住")
        self.line = TypingLine(most=100)
        self.line.setPlaceholderText("如 三楼针式")
        self.list = ComboBox()
        either = QWidget()
        self.list.setVisible(False)

        either.setLayout(column(self.line, self.list, gap="none"))
        self.arrange(either, self.line)

        self.line.left.connect(self.changed)
        self.line.entered.connect(self.changed)
        self.list.activated.connect(self._chosen)

    def show_printers(self, names: tuple[str, ...]) -> None:
        """Offer the printers that the system knows; the chosen one stays."""
        if not names:
            return
        chosen = self.value()
        self.list.clear()
        for name in names:
            self.list.addItem(name, name)
        self.line.setVisible(False)
        self.list.setVisible(True)
        self.setFocusProxy(self.list)
        self.list.setAccessibleName(self.label)
        self.set_value(chosen)

    def value(self) -> str:
        if self.line.isVisibleTo(self):
            return self.line.text().strip()
        return str(self.list.currentData() or "")

    def value_text(self) -> str:
        return self.value()

    def set_value(self, name: str) -> None:
        """Show a printer; ``changed`` stays silent. Without a name the first of the list is shown."""
        self.line.setText(name)
        if name and self.list.findData(name) < 0:
            self.list.addItem(name, name)
        self.list.setCurrentIndex(max(self.list.findData(name), 0))

    def _chosen(self, place: int) -> None:
        self.changed.emit()


def printers() -> tuple[str, ...]:
    """Return the printers that the system knows, the usual one first; asking may take a while."""
    from PySide6.QtPrintSupport import QPrinterInfo  # loads the system's printing

    usual = QPrinterInfo.defaultPrinterName()
    names = QPrinterInfo.availablePrinterNames()
    return tuple(sorted(names, key=lambda name: (name != usual, name)))
