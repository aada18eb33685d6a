"""Mending a wrong cell: what it most likely means is offered to a person, never taken by itself."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from desktop.domain.errors import WrongValue
from desktop.domain.folding import half_width
from desktop.domain.forms import Question, QuestionType, read_answer

_MISREAD = str.maketrans({"O": "0", "o": "0", "Q": "0", "I": "1", "l": "1", "|": "1", "B": "8"})
_MONTH = re.compile(r"\s*((?:19|20)\d{2})\s*[-./年]\s*(\d{1,2})\s*月?(?:\s*份)?\s*")
_YEAR = re.compile(r"\s*((?:19|20)\d{2})\s*年?\s*")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_LEAST_ALIKE = 0.5


@dataclass(frozen=True, slots=True)
class Mend:
    """One cell of one of the files, and what is to be read in its place; empty is an empty cell."""

    file: int
    sheet: str
    row: int
    column: str
    value: str


def suggestion(question: Question, value: str) -> str:
    """Return what would be read in place of a value that is not; empty where that would be a wild guess."""
    for candidate in _CANDIDATES.get(question.type, _nothing)(question, half_width(value)):
        if candidate != value and _reads(question, candidate):
            return candidate
    return ""


def _nothing(question: Question, value: str) -> Iterator[str]:
    return iter(())


def _digits(question: Question, value: str) -> Iterator[str]:
    """Take letters for the digits that they look like."""
    yield re.sub(r"[\s\-—]", "", value).translate(_MISREAD)


def _day(question: Question, value: str) -> Iterator[str]:
    """Take a month without its day for its first day, a year without its month for its first one."""
    if found := _MONTH.fullmatch(value):
        yield f"{found[1]}-{int(found[2]):02d}-01"
    elif found := _YEAR.fullmatch(value):
        yield f"{found[1]}-01-01"


def _number(question: Question, value: str) -> Iterator[str]:
    """Take the one number among the words."""
    found = _NUMBER.findall(value)
    if len(found) == 1:
        yield found[0]


def _choice(question: Question, value: str) -> Iterator[str]:
    labels = [choice.label for choice in question.choices]
    yield from get_close_matches(value, labels, n=1, cutoff=_LEAST_ALIKE)


def _reads(question: Question, candidate: str) -> bool:
    try:
        return read_answer(question, candidate) is not None
    except WrongValue:
        return False


_CANDIDATES: Mapping[QuestionType, Callable[[Question, str], Iterator[str]]] = {
    QuestionType.IDENTITY_NUMBER: _digits,
    QuestionType.PHONE: _digits,
    QuestionType.CREDIT_CODE: _digits,
    QuestionType.DATE: _day,
    QuestionType.COUNT: _number,
    QuestionType.AREA: _number,
    QuestionType.CHOICE: _choice,
}
