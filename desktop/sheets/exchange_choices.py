"""What a person is told and offered in each column of the exchange workbook, out of the rule pack's form."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from desktop.domain.forms import Question, QuestionType
from desktop.sheets.cells import column_letter
from desktop.sheets.survey_table import written

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

ORIGIN = "登记册"
"""The hidden sheet that says where a workbook comes from."""

VILLAGES_AT = 3
"""The column of that sheet, counted from 0, in which the villages stand that may be chosen."""

_MOST_IN_LIST = 255
_MOST_IN_TITLE, _MOST_IN_MESSAGE = 32, 255

_HOW = {
    QuestionType.CHOICES: "可填几项，用顿号隔开：",
    QuestionType.COUNT: "只填数字，如 5",
    QuestionType.AREA: "只填数字，单位平方米，如 36.5",
    QuestionType.DATE: "写成 2018-06-08 这样",
    QuestionType.IDENTITY_NUMBER: "18 位，照证件填；末位是 X 的填 X",
    QuestionType.PHONE: "手机或带区号的座机；两个的，用顿号隔开",
    QuestionType.CREDIT_CODE: "18 位统一社会信用代码，或 15 位注册号",
    QuestionType.VILLAGE: "从列表里选；户不在这个村的，改选它所在的村",
}


@dataclass(frozen=True, slots=True)
class Guidance:
    """The note of a column, and what its cells may hold: choices, a number, or so many characters.

    Choices that stand in the workbook (``choices_at``) may be as many as they are.
    """

    text: str
    choices: tuple[str, ...] = ()
    choices_at: str = ""
    most: int = 0
    is_count: bool = False
    is_area: bool = False

    def put_on(self, page: "Worksheet", first: int, place: int, last: int, header: str) -> None:
        """Put the rule on the cells of a column; pasting passes by it, so merging checks again."""
        page.data_validation(first, place, last, place, self._rule(header))

    def _rule(self, header: str) -> dict[str, Any]:
        rule: dict[str, Any] = {"validate": "any"}
        if self.choices_at or (self.choices and len(",".join(self.choices)) <= _MOST_IN_LIST):
            offered = "、".join(self.choices)
            rule = {
                "validate": "list",
                "source": self.choices_at or list(self.choices),
                "error_title": "请从列表里选",
                "error_message": f"这一格只能填：{offered}"[:_MOST_IN_MESSAGE],
            }
        elif self.is_count:
            rule = _number("integer", "只填数字", "这一格是个数，只填数字，如 5")
        elif self.is_area:
            rule = _number("decimal", "只填数字", "这一格是面积，只填数字，如 36.5")
        elif self.most:
            rule = {
                "validate": "length",
                "criteria": "<=",
                "value": self.most,
                "error_title": "写得太长",
                "error_message": f"这一格最多 {self.most} 个字",
            }
        if self.text:
            rule |= {
                "input_title": header[:_MOST_IN_TITLE],
                "input_message": self.text[:_MOST_IN_MESSAGE],
            }
        return rule


NO_GUIDANCE = Guidance("")


def guidance(question: Question, *, is_required: bool, villages: Sequence[str] = ()) -> Guidance:
    """Return what the column of a question tells and offers; the villages stand in a hidden sheet."""
    is_village = question.type is QuestionType.VILLAGE
    choices = tuple(villages) if is_village else _choices(question)
    how = _HOW.get(question.type, "")
    if question.type is QuestionType.CHOICES:
        how += "、".join(choice.label for choice in question.choices)
    elif choices and not is_village:
        how = "从列表里选：" + "、".join(choices)
    parts = ["必填。" if is_required else "", f"{how}。" if how else "", question.hint]
    is_text = question.type in {QuestionType.TEXT, QuestionType.LONG_TEXT}
    return Guidance(
        "".join(parts),
        choices=choices,
        choices_at=_villages_at(len(villages)) if is_village and villages else "",
        most=question.most if is_text else 0,
        is_count=question.type is QuestionType.COUNT,
        is_area=question.type is QuestionType.AREA,
    )


def _choices(question: Question) -> tuple[str, ...]:
    """Return what a drop-down offers; several of a list cannot be chosen in one."""
    if question.type is QuestionType.YES_NO:
        return tuple(str(written(question, answer)) for answer in (True, False))
    if question.type is QuestionType.CHOICE:
        return tuple(choice.label for choice in question.choices)
    return ()


def _villages_at(count: int) -> str:
    column = column_letter(VILLAGES_AT + 1)
    return f"={ORIGIN}!${column}$1:${column}${count}"


def _number(what: str, title: str, message: str) -> dict[str, Any]:
    return {
        "validate": what,
        "criteria": ">=",
        "value": 0,
        "error_title": title,
        "error_message": message,
    }
