"""Survey forms: one definition behind screen form, checks, workbook columns and blank paper."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from desktop.domain.credit_code import read_credit_code
from desktop.domain.dates import read_date
from desktop.domain.errors import WrongValue
from desktop.domain.folding import private_use_characters
from desktop.domain.identity import read_identity_number
from desktop.domain.phones import read_phones
from desktop.domain.values import read_area, read_count, read_text, read_yes_no

Answer = str | int | bool | Decimal | date | tuple[str, ...] | None
Answers = Mapping[str, Answer]


class QuestionType(StrEnum):
    """What an answer is; everything that handles answers branches on this and on nothing else."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    CHOICE = "choice"
    CHOICES = "choices"
    YES_NO = "yes_no"
    COUNT = "count"
    AREA = "area"
    DATE = "date"
    IDENTITY_NUMBER = "identity_number"
    PHONE = "phone"
    CREDIT_CODE = "credit_code"
    VILLAGE = "village"


CORE_FIELDS = frozenset(
    {
        "name",
        "village",
        "address",
        "operator_name",
        "operator_id_number",
        "phone",
        "business_licence",
        "business_licence_number",
        "paper_number",
        "products",
        "employee_count",
        "health_certificate_count",
        "area_m2",
        "surveyed_on",
        "surveyor",
        "remark",
    }
)
"""Questions that every province asks: they have columns of their own; all others are answers beside them."""


_SPACED_OUT = re.compile(
    r"(?:[\u3007\u3400-\u9fff\U00020000-\U000323af] )+[\u3400-\u9fff\U00020000-\U000323af]"
)
_MAY_BE_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
_FIRST_SURVEYED_ON = date(2000, 1, 1)
"""A visit before this day is a slip of the pen: no campaign about the small trades is that old."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a value of the rule pack comes from; an assumed one waits for the office's word."""

    text: str

    @property
    def is_assumed(self) -> bool:
        return self.text.startswith("假定")


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the form that is filled in one go."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One possible answer: the code that is stored and the word that is read."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the survey, as the rule pack states it."""

    code: str
    label: str
    header: str
    section: str
    type: QuestionType
    trades: tuple[str, ...]
    choices: tuple[Choice, ...] = ()
    most: int = 60
    width: int = 12
    words: tuple[str, ...] = ()
    hint: str = ""
    source: Source = Source("")

    @property
    def is_core(self) -> bool:
        return self.code in CORE_FIELDS

    def choice_label(self, code: str) -> str:
        """Return the word for a stored code; a code that is no longer offered reads as itself."""
        return next((choice.label for choice in self.choices if choice.code == code), code)


class Severity(StrEnum):
    """An error stops saving and importing; a warning is said and kept."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one answer, in a sentence for the person who typed it."""

    field: str
    code: str
    message: str
    severity: Severity = Severity.ERROR


@dataclass(frozen=True, slots=True)
class SurveyForm:
    """The questions that one trade is asked, in the order of the paper."""

    kind: str
    title: str
    sections: tuple[Section, ...]
    questions: tuple[Question, ...]
    required: frozenset[str]

    def question(self, code: str) -> Question:
        return next(question for question in self.questions if question.code == code)

    def has(self, code: str) -> bool:
        return any(question.code == code for question in self.questions)

    def in_section(self, section: str) -> tuple[Question, ...]:
        return tuple(question for question in self.questions if question.section == section)


@dataclass(frozen=True, slots=True)
class Reading:
    """Answers as they will be stored, and what was wrong with what was typed."""

    answers: Mapping[str, Answer]
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        return tuple(p for p in self.problems if p.severity is Severity.ERROR)


def read_answer(question: Question, typed: object) -> Answer:
    """Turn what was typed, pasted or read from a cell into an answer.

    Empty input is ``None``. Raises ``WrongValue`` with a Chinese sentence where a person could not read it
    without guessing. Villages stay words here: only the register knows which villages there are.
    """
    if typed is None or (isinstance(typed, str) and not typed.strip()):
        return None
    if isinstance(typed, tuple):
        return tuple(_choice(question, str(part)) for part in typed) or None
    return _READERS[question.type](question, typed)


def read_answers(
    form: SurveyForm,
    typed: Mapping[str, object],
    read: Callable[[Question, object], Answer] = read_answer,
) -> Reading:
    """Read and check a whole form: each answer by its type, then required ones, then across answers.

    Whoever has thousands of sheets brings a ``read`` that remembers what it has read before.
    """
    answers: dict[str, Answer] = {}
    problems: list[Problem] = []
    for question in form.questions:
        cell = typed.get(question.code)
        try:
            answers[question.code] = None if cell is None else read(question, cell)
        except WrongValue as wrong:
            problems.append(Problem(question.code, wrong.code, str(wrong)))
    wrong_fields = {problem.field for problem in problems}
    problems += _missing(form, answers, wrong_fields)
    problems += _private_use(form, answers)
    problems += check_across(form, answers)
    return Reading(answers, tuple(problems))


def check_across(form: SurveyForm, answers: Answers) -> list[Problem]:
    """Check answers against each other."""
    people, certificates = answers.get("employee_count"), answers.get("health_certificate_count")
    if not isinstance(people, int) or not isinstance(certificates, int) or certificates <= people:
        return []
    sentence = f"健康证 {certificates} 张，从业人员只有 {people} 人：张数不能多于人数，请核对这两格"
    return [Problem("health_certificate_count", "more_than_employees", sentence)]


def check_days(form: SurveyForm, answers: Answers, today: date) -> list[Problem]:
    """Check that the day of a visit has come and is not from before there were such surveys."""
    day = answers.get("surveyed_on")
    if not isinstance(day, date) or _FIRST_SURVEYED_ON <= day <= today:
        return []
    label = form.question("surveyed_on").label
    wrong = (
        f"{day:%Y-%m-%d} 还没有到（今天 {today:%Y-%m-%d}）"
        if day > today
        else f"{day:%Y-%m-%d} 早于 {_FIRST_SURVEYED_ON.year} 年，那时还没有这项调查"
    )
    return [Problem("surveyed_on", "out_of_range", f"“{label}”{wrong}，请核对年月日")]


def _missing(form: SurveyForm, answers: Answers, wrong_fields: Iterable[str]) -> list[Problem]:
    return [
        Problem(question.code, "missing", f"“{question.label}”还空着，请填写")
        for question in form.questions
        if question.code in form.required
        and question.code not in wrong_fields
        and answers.get(question.code) is None
    ]


def _private_use(form: SurveyForm, answers: Answers) -> list[Problem]:
    problems = []
    for question in form.questions:
        answer = answers.get(question.code)
        if isinstance(answer, str) and _MAY_BE_PRIVATE.search(answer):
            strange = private_use_characters(answer)
            points = "、".join(f"U+{ord(character):04X}" for character in strange)
            sentence = f"“{question.label}”里有旧系统的自造字（{points}），打印不出来，请换成正式的字"
            problems.append(
                Problem(question.code, "private_use_character", sentence, severity=Severity.WARNING)
            )
    return problems


def _text(question: Question, typed: object) -> str:
    text = read_text(typed)
    if question.type is QuestionType.TEXT and _SPACED_OUT.fullmatch(text):
        text = text.replace(" ", "")  # 张 三 fills the width of three characters: it is 张三
    if len(text) > question.most:
        sentence = f"“{question.label}”有 {len(text)} 个字，最多 {question.most} 个，请写短些"
        raise WrongValue("out_of_range", sentence)
    return text


def _choice(question: Question, typed: object) -> str:
    text = read_text(typed)
    for choice in question.choices:
        if text in {choice.code, choice.label}:
            return choice.code
    offered = "、".join(choice.label for choice in question.choices)
    raise WrongValue("unknown_value", f"“{question.label}”里没有“{text}”这一项，可填：{offered}")


def _choices(question: Question, typed: object) -> tuple[str, ...]:
    text = read_text(typed)
    for separator in "、，,;；/":
        text = text.replace(separator, "\n")
    parts = (part.strip() for part in text.splitlines())
    return tuple(dict.fromkeys(_choice(question, part) for part in parts if part))


_READERS: Mapping[QuestionType, Callable[[Question, object], Answer]] = {
    QuestionType.TEXT: _text,
    QuestionType.LONG_TEXT: _text,
    QuestionType.VILLAGE: _text,
    QuestionType.CHOICE: _choice,
    QuestionType.CHOICES: _choices,
    QuestionType.YES_NO: lambda _, typed: read_yes_no(typed),
    QuestionType.COUNT: lambda _, typed: read_count(typed),
    QuestionType.AREA: lambda _, typed: read_area(typed),
    QuestionType.DATE: lambda _, typed: read_date(typed),
    QuestionType.IDENTITY_NUMBER: lambda _, typed: read_identity_number(typed),
    QuestionType.PHONE: lambda _, typed: read_phones(typed),
    QuestionType.CREDIT_CODE: lambda _, typed: read_credit_code(typed),
}
