"""The survey table of one trade (基本情况调查表): its columns are the questions of the rule pack."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from desktop.domain.forms import Answer, Answers, Question, QuestionType, SurveyForm
from desktop.sheets.layout import OfficialTable, Sender, Shape, TableColumn, Value

_SHAPES = {
    QuestionType.COUNT: Shape.COUNT,
    QuestionType.AREA: Shape.AREA,
    QuestionType.DATE: Shape.DAY,
}
_ADDED = frozenset({"employee_count", "health_certificate_count", "area_m2", "seat_count"})
_ASKS_WHETHER = "是否"


@dataclass(frozen=True, slots=True)
class SurveyLine:
    """One establishment as the survey knows it."""

    archive_number: str
    answers: Answers


def survey_table(name: str, form: SurveyForm, sender: Sender, lines: Iterable[SurveyLine]) -> OfficialTable:
    """Return the table of a trade in the order of its form."""
    columns = (
        TableColumn("序号", 6, Shape.COUNT),
        TableColumn("档案编号", 12),
        *(
            TableColumn(
                question.header or question.label,
                question.width,
                _SHAPES.get(question.type, Shape.TEXT),
                is_added=question.code in _ADDED,
            )
            for question in form.questions
        ),
    )
    return OfficialTable(name, form.title, sender, columns, _rows(form, lines))


def _rows(form: SurveyForm, lines: Iterable[SurveyLine]) -> Iterator[tuple[Value, ...]]:
    for number, line in enumerate(lines, 1):
        answers = (written(question, line.answers.get(question.code)) for question in form.questions)
        yield (number, line.archive_number, *answers)


def written(question: Question, answer: Answer) -> Value:
    """Return an answer as a cell shows it: words for codes, 有无 or 是否 as the question asks."""
    match answer:
        case None:
            return None
        case bool():
            asks_whether = question.label.startswith(_ASKS_WHETHER)
            return ("是" if answer else "否") if asks_whether else ("有" if answer else "无")
        case tuple():
            return "、".join(question.choice_label(code) for code in answer)
        case str() if question.choices:
            return question.choice_label(answer)
        case str() | int() | Decimal() | date():
            return answer
