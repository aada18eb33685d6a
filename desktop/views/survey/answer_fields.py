"""From a question of the rule pack to the field that asks it, and back to what was typed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop.domain.dates import read_date
from desktop.domain.forms import Answer, Question, QuestionType
from desktop.views.kit.arrange import below
from desktop.views.kit.choices import Choice, ChoiceField, MultiChoiceField, YesNoField
from desktop.views.kit.field import Field
from desktop.views.kit.fields import DateField, TextArea, TextAreaField, TextField
from desktop.views.kit.typing_line import TypingLine

WIDE_FROM = 61
"""A text that may be longer than this gets a line of its own."""

_DIGITS = frozenset(
    {
        QuestionType.COUNT,
        QuestionType.AREA,
        QuestionType.PHONE,
        QuestionType.IDENTITY_NUMBER,
        QuestionType.CREDIT_CODE,
    }
)
_YES_NO_WORDS = {"有无": ("有", "无"), "是否": ("是", "否")}


@dataclass(frozen=True)
class Offers:
    """What fields offer that the rule pack does not know: the villages, and the day of the calendar."""

    villages: Sequence[str]
    today: Callable[[], date]


@dataclass(frozen=True)
class AnswerField:
    """A question with the field that asks it; ``typed`` is what a draft keeps and the service reads."""

    question: Question
    field: Field
    typed: Callable[[], object]
    show: Callable[[object], None]

    @property
    def is_wide(self) -> bool:
        question = self.question
        is_long = question.type is QuestionType.TEXT and question.most >= WIDE_FROM
        return is_long or question.type in {QuestionType.LONG_TEXT, QuestionType.CHOICES}

    @property
    def is_empty(self) -> bool:
        return self.typed() in ("", None, ())


def answer_field(question: Question, *, required: bool, offers: Offers) -> AnswerField:
    """Return the field of a question; every type of question has one."""
    made = _MAKERS.get(question.type, _text)(question, required, offers)
    EnterGoesOn(made.field)
    return made


def as_typed(answer: Answer) -> object:
    """Write an answer as somebody would type it, for fields, drafts and comparing."""
    match answer:
        case None:
            return ""
        case bool():
            return "是" if answer else "否"
        case Decimal():
            return f"{answer:f}"
        case date():
            return answer.isoformat()
        case tuple():
            return "、".join(answer)
        case _:
            return str(answer)


def shown_words(question: Question, typed: object) -> str:
    """Return what was typed as people read it: codes of choices become their words."""
    parts = str(typed).split("、") if question.choices else [str(typed)]
    return "、".join(question.choice_label(part) for part in parts) or "—"


class EnterGoesOn(QObject):
    """Makes Enter lead on from segments, lists, ticks and long texts; Shift+Enter breaks a line."""

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        self._field = field
        for widget in below(field, QWidget):
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter} or not _is_plain(event):
            return False
        if isinstance(watched, TextArea):
            return self._area_entered(watched)
        if isinstance(watched, TypingLine):
            return False
        self._field.next_asked.emit()
        return True

    def _area_entered(self, area: TextArea) -> bool:
        if not area.is_composing:
            self._field.left.emit()
            self._field.next_asked.emit()
        return True


def _is_plain(event: QKeyEvent) -> bool:
    return event.modifiers() in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier}


def _text(question: Question, required: bool, offers: Offers) -> AnswerField:
    field = TextField(
        question.label,
        most=question.most if question.type is QuestionType.TEXT else None,
        required=required,
        hint=question.hint,
        digits=question.type in _DIGITS,
    )
    return AnswerField(question, field, field.value, _showing(field.set_value))


def _long_text(question: Question, required: bool, offers: Offers) -> AnswerField:
    field = TextAreaField(question.label, most=question.most, required=required, hint=question.hint, lines=2)
    return AnswerField(question, field, field.value, _showing(field.set_value))


def _date(question: Question, required: bool, offers: Offers) -> AnswerField:
    field = DateField(question.label, read_date, today=offers.today, required=required, hint=question.hint)
    return AnswerField(question, field, field.value, _showing(field.set_value))


def _choice(question: Question, required: bool, offers: Offers) -> AnswerField:
    choices = [Choice(choice.code, choice.label) for choice in question.choices]
    field = ChoiceField(question.label, choices, required=required, hint=question.hint)
    return AnswerField(question, field, field.value, _showing(field.set_value))


def _choices(question: Question, required: bool, offers: Offers) -> AnswerField:
    choices = [Choice(choice.code, choice.label) for choice in question.choices]
    field = MultiChoiceField(question.label, choices, required=required, hint=question.hint)

    def typed() -> object:
        return "、".join(field.values())

    def show(value: object) -> None:
        field.set_values(tuple(str(value or "").split("、")))

    return AnswerField(question, field, typed, show)


def _yes_no(question: Question, required: bool, offers: Offers) -> AnswerField:
    words = _YES_NO_WORDS.get(question.label[:2], ("是", "否"))
    field = YesNoField(question.label, required=required, hint=question.hint, words=words)

    def typed() -> object:
        return as_typed(field.answer())

    def show(value: object) -> None:
        field.set_answer({"是": True, "否": False}.get(str(value)))

    return AnswerField(question, field, typed, show)


def _village(question: Question, required: bool, offers: Offers) -> AnswerField:
    choices = [Choice(name, name) for name in offers.villages]
    field = ChoiceField(question.label, choices, required=required, hint=question.hint)
    return AnswerField(question, field, field.value, _showing(field.set_value))


def _showing(show: Callable[[str], None]) -> Callable[[object], None]:
    def shown(value: object) -> None:
        show("" if value is None else str(value))

    return shown


_MAKERS: Mapping[QuestionType, Callable[[Question, bool, Offers], AnswerField]] = {
    QuestionType.LONG_TEXT: _long_text,
    QuestionType.DATE: _date,
    QuestionType.CHOICE: _choice,
    QuestionType.CHOICES: _choices,
    QuestionType.YES_NO: _yes_no,
    QuestionType.VILLAGE: _village,
}
