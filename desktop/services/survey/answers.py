"""Between the answers of a survey form and the columns of an establishment, in both directions."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import InstrumentedAttribute

from desktop.domain.forms import CORE_FIELDS, Answer, Answers, QuestionType, SurveyForm
from desktop.domain.phones import phones_of
from desktop.domain.pinyin import sort_key
from desktop.domain.profile import Profile
from desktop.domain.search_keys import keys_for
from desktop.domain.village_names import place_in
from desktop.models.establishment import Establishment
from desktop.services.office.villages import VillageRow

_COLUMNS: Mapping[str, str] = {"paper_number": "stated_paper_number"}
_TEXTS = ("operator_name", "address")
NEVER = date.min
"""Who was never visited stands before all others; where an empty day stands, databases do not agree."""

_PLAIN = CORE_FIELDS - {"village"}
"""Answers that are columns as they are; the village is one by its id."""


def put_answers(record: Establishment, answers: Answers, village: VillageRow, profile: Profile) -> None:
    """Write answers into an establishment, with all that is computed from them."""
    for code in _PLAIN:
        setattr(record, _COLUMNS.get(code, code), answers.get(code))
    record.village_id = village.id
    record.answers = {
        code: stored(answer)
        for code, answer in answers.items()
        if code not in _PLAIN and code != "village" and answer is not None
    }
    record.place_key = place_key(village, record.address, profile)
    record.name_sort = sort_key(record.name or record.operator_name)
    record.surveyed_sort = record.surveyed_on or NEVER


def with_texts(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return answers in which what every record says is at least an empty text: who runs it, and where."""
    return {**answers, **{code: answers.get(code) or "" for code in _TEXTS}}


def column_of(code: str) -> InstrumentedAttribute[Any] | None:
    """Return the column in which an answer stands; ``None`` where it is one of the trade's own."""
    return getattr(Establishment, _COLUMNS.get(code, code)) if code in _PLAIN else None


def answers_of(record: Establishment, form: SurveyForm, village_name: str) -> dict[str, Answer]:
    """Return an establishment as the answers of its form."""
    answers: dict[str, Answer] = {}
    for question in form.questions:
        if question.code == "village":
            answers["village"] = village_name
        elif question.code in _PLAIN:
            answers[question.code] = getattr(record, _COLUMNS.get(question.code, question.code))
        else:
            answers[question.code] = restored(question.type, record.answers.get(question.code))
    return answers


def search_keys_of(record: Establishment, *paper_numbers: str | None) -> frozenset[str]:
    """Return the keys under which an establishment is found."""
    return keys_for(
        name=record.name,
        operator_name=record.operator_name,
        numbers=(
            *phones_of(record.phone),
            record.operator_id_number,
            record.archive_number,
            record.stated_paper_number,
            *paper_numbers,
        ),
    )


def place_key(village: VillageRow, address: str, profile: Profile) -> str:
    """Return what makes two addresses the same place: the village, and the address without its name."""
    return f"{village.id}:{place_in(village.name, address, profile.places_above)}"


def stored(answer: Answer) -> Any:  # noqa: ANN401 - what JSON can hold
    """Write an answer as JSON holds it."""
    match answer:
        case Decimal():
            return str(answer)
        case date():
            return answer.isoformat()
        case tuple():
            return list(answer)
        case _:
            return answer


def restored(kind: QuestionType, value: Any) -> Answer:  # noqa: ANN401 - what JSON held
    """Read an answer back from JSON."""
    if value is None:
        return None
    match kind:
        case QuestionType.AREA:
            return Decimal(value)
        case QuestionType.DATE:
            return date.fromisoformat(value)
        case QuestionType.CHOICES:
            return tuple(value)
        case _:
            return value  # type: ignore[no-any-return]


def restored_answers(form: SurveyForm, kept: Mapping[str, Any]) -> dict[str, Answer]:
    """Read a whole sheet back from JSON; what is no question of the form stays as it is."""
    types = {question.code: question.type for question in form.questions}
    return {code: restored(types[code], value) if code in types else value for code, value in kept.items()}


def stored_answers(answers: Answers) -> dict[str, Any]:
    """Write a whole sheet of answers as JSON holds it."""
    return {code: stored(answer) for code, answer in answers.items() if answer is not None}
