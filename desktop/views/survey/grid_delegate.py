"""The cells of the entry grid: drawn with their errors, edited in place, choices completed while typing."""

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QCompleter,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.domain.forms import Question, QuestionType, Severity
from desktop.views.kit.drawing import LEFT, RIGHT, words
from desktop.views.kit.field import set_state
from desktop.views.kit.look import look, typeface
from desktop.views.kit.stylesheet import wear
from desktop.views.kit.tokens import Status
from desktop.views.kit.typing_line import TypingLine
from desktop.views.survey.grid_model import GridModel
from desktop.views.survey.grid_rows import check_cell

Index = QModelIndex | QPersistentModelIndex
_NUMBERS = frozenset({QuestionType.COUNT, QuestionType.AREA})
_DIGITS = _NUMBERS | {QuestionType.IDENTITY_NUMBER, QuestionType.PHONE, QuestionType.CREDIT_CODE}
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class GridDelegate(QStyledItemDelegate):
    """Tints what is wrong, and says so while it is typed."""

    typing = Signal(QModelIndex, str)
    entered = Signal()

    def __init__(self, model: GridModel, parent: QObject) -> None:
        super().__init__(parent)
        self._grid = model
        self.villages: tuple[str, ...] = ()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        now = look()
        at = now.at
        area = QRectF(option.rect)  # type: ignore[attr-defined]
        state = option.state  # type: ignore[attr-defined]
        row, question = self._grid.rows[index.row()], self._grid.questions[index.column()]
        problem = row.problem_at(question.code)
        is_error = problem is not None and problem.severity is Severity.ERROR
        painter.save()
        if problem is not None:
            painter.fillRect(area, now.tint(Status.DANGER if is_error else Status.WARNING))
        elif state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, now.colour("selection"))
        hair = at.hair
        painter.fillRect(QRectF(area.right() - hair, area.top(), hair, area.height()), now.colour("border"))
        painter.fillRect(QRectF(area.left(), area.bottom() - hair, area.width(), hair), now.colour("border"))
        own = row.typed.get(question.code, "")
        inside = area.adjusted(at.small, 0, -at.small, 0)
        colour = now.colour("text" if own else "muted")
        align = RIGHT if question.type in _NUMBERS else LEFT
        words(painter, inside, str(index.data() or ""), colour, typeface(at.type_body), align)
        self._paint_frame(painter, area, is_error=is_error, has_focus=bool(state & _FOCUS))
        painter.restore()

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        question = self._grid.questions[index.column()]
        is_text = question.type in {QuestionType.TEXT, QuestionType.LONG_TEXT}
        line = TypingLine(most=question.most if is_text else None, digits=question.type in _DIGITS)
        line.setProperty("fit", "cell")
        line.setProperty("at_row", index.row())
        line.setProperty("at_column", index.column())
        line.setAccessibleName(question.label)
        line.setParent(parent)
        offered = offered_words(question, self.villages)
        if offered:
            completer = QCompleter(list(offered), line)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
            line.setCompleter(completer)
            wear(completer.popup())
        line.textEdited.connect(self._edited)
        return line

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, TypingLine):
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole) or ""))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, TypingLine):
            model.setData(model.index(index.row(), index.column()), editor.text())

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        at = look().at
        area = option.rect  # type: ignore[attr-defined]
        spare = (area.height() - at.control_cell) // 2
        editor.setGeometry(area.adjusted(0, spare, 0, -spare))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(watched, TypingLine) and isinstance(event, QKeyEvent):
            if watched.is_composing:
                return False
            if event.type() == QEvent.Type.KeyPress and self._key(watched, event):
                return True
        return super().eventFilter(watched, event)

    def _key(self, line: TypingLine, event: QKeyEvent) -> bool:
        """Enter takes the text and leads on; Alt+Down opens what may be chosen."""
        if event.key() in _ENTER and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.commitData.emit(line)
            self.closeEditor.emit(line, QAbstractItemDelegate.EndEditHint.NoHint)
            self.entered.emit()
            return True
        completer = line.completer()
        if completer is not None and event.key() == Qt.Key.Key_Down:
            completer.setCompletionPrefix("")
            completer.complete()
            return True
        return False

    def _edited(self, text: str) -> None:
        line = self.sender()
        if not isinstance(line, TypingLine):
            return
        index = self._grid.index(int(line.property("at_row")), int(line.property("at_column")))
        sentence = check_cell(self._grid.questions[index.column()], text)
        set_state(line, "error" if sentence else "")
        self.typing.emit(index, sentence)

    def _paint_frame(self, painter: QPainter, area: QRectF, *, is_error: bool, has_focus: bool) -> None:
        if not (is_error or has_focus):
            return
        now = look()
        width = now.at.frame if has_focus else now.at.hair
        half = width / 2
        painter.setPen(QPen(now.colour("danger" if is_error else "accent_text"), width))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(area.adjusted(half, half, -half - now.at.hair, -half - now.at.hair))


_FOCUS = QStyle.StateFlag.State_HasFocus


def offered_words(question: Question, villages: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words that a cell may hold, where they are few and known."""
    match question.type:
        case QuestionType.YES_NO:
            return ("有", "无") if question.label.startswith("有无") else ("是", "否")
        case QuestionType.VILLAGE:
            return villages
        case _:
            return tuple(choice.label for choice in question.choices)
