"""Which column answers which question: guessed from the words above it and from the values below it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desktop.domain.forms import Question, QuestionType
from desktop.sheets.headers import LEAST, Header, Words
from desktop.sheets.looks import Looks
from desktop.sheets.words import IGNORED, KIND

_MOSTLY = 0.6
_HARDLY = 0.3
_FORCED = 0.85
_MAY_HOLD_PHONES = frozenset({QuestionType.PHONE, QuestionType.LONG_TEXT})
_PLAIN_NUMBER_FIELDS = frozenset({QuestionType.COUNT, QuestionType.AREA})
_FITTING = {
    QuestionType.YES_NO: "yes_no",
    QuestionType.COUNT: "count",
    QuestionType.AREA: "area",
}
_TELLING = {
    QuestionType.IDENTITY_NUMBER: "identity",
    QuestionType.PHONE: "phone",
    QuestionType.DATE: "day",
    QuestionType.VILLAGE: "village",
}
_OF_OPERATOR = frozenset({"operator_name", "operator_id_number", "phone"})
_HELPING = {"name": "shop", "operator_name": "person", "address": "place", "products": "food"}


@dataclass(frozen=True, slots=True)
class Guess:
    """What a column is taken for, and how sure that is (1 is as sure as it gets)."""

    column: int
    field: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Column:
    """One column: what its words say for each field, and what its values look like."""

    number: int
    scores: Mapping[str, float]
    looks: Looks
    choices_fit: Mapping[str, float]
    is_somebody_elses: bool = False

    def score(self, field: str) -> float:
        return self.scores.get(field, 0.0)

    @property
    def best_word(self) -> float:
        return max((score for field, score in self.scores.items() if field != IGNORED), default=0.0)

    @property
    def is_ignored(self) -> bool:
        return self.score(IGNORED) >= max(self.best_word, LEAST)


def guess_columns(columns: Sequence[Column], questions: Sequence[Question]) -> tuple[Guess, ...]:
    """Give each field at most one column: unmistakable values first, then words, then likely values."""
    asked = {question.code: question for question in questions}
    taken: dict[str, Guess] = {}
    for field, look in _UNMISTAKABLE:
        if field in asked:
            _keep(taken, _by_values(columns, field, look, taken))
    by_words = sorted(
        (
            Guess(column.number, field, min(1.0, _worth(column, field)))
            for column in columns
            for field, score in column.scores.items()
            if field != IGNORED
            and score >= LEAST
            and score >= column.score(IGNORED)
            and not (column.is_somebody_elses and field in _OF_OPERATOR)
            and (field == KIND or (field in asked and _may_be(column, asked[field])))
        ),
        key=lambda guess: (-_rank(columns, guess), guess.column),
    )
    for guess in by_words:
        _keep(taken, guess)
    for field, look in _LIKELY:
        if field in asked:
            _keep(taken, _likely(columns, field, look, taken))
    return tuple(sorted(taken.values(), key=lambda guess: guess.column))


_UNMISTAKABLE = (
    ("operator_id_number", "identity"),
    ("business_licence_number", "credit_code"),
    ("phone", "phone"),
    ("village", "village"),
    ("products", "food"),
)
_LIKELY = (
    ("address", "place"),
    ("operator_name", "person"),
    ("name", "shop"),
    ("surveyed_on", "day"),
    ("paper_number", "code"),
)


def more_phones(columns: Sequence[Column], guesses: Sequence[Guess]) -> tuple[Guess, ...]:
    """Return further columns of phones: 手机 and 固定电话 are of one place, 填表人电话 is somebody else's."""
    taken = {guess.column for guess in guesses}
    if all(guess.field != "phone" for guess in guesses):
        return ()
    return tuple(
        Guess(column.number, "phone", round(min(1.0, max(column.score("phone"), LEAST)), 2))
        for column in columns
        if column.number not in taken
        and not column.is_ignored
        and not column.is_somebody_elses
        and (column.looks.count == 0 or column.looks.share("phone") >= _HARDLY)
        and (column.score("phone") >= LEAST or (not column.scores and column.looks.share("phone") >= _MOSTLY))
    )


def with_both(columns: Sequence[Column], guesses: Sequence[Guess]) -> tuple[tuple[Guess, ...], int]:
    """Return the guesses and the column of operator and phone in one cell; 0 where there is none."""
    at = {guess.field: guess.column for guess in guesses}
    own = {at.get("operator_name"), at.get("phone")} - {None}
    others = set(at.values()) - own
    for column in columns:
        share = column.looks.share("name_and_phone")
        is_free = own <= {column.number} and column.number not in others and not column.is_somebody_elses
        # among plain phones a few names do not make it the operator's column
        if is_free and share >= (_MOSTLY if column.number == at.get("phone") else _HARDLY):
            kept = tuple(guess for guess in guesses if guess.column != column.number)
            return (*kept, Guess(column.number, "operator_name", round(share, 2))), column.number
    return tuple(guesses), 0


def with_shop(columns: Sequence[Column], guesses: Sequence[Guess]) -> tuple[tuple[Guess, ...], int]:
    """Return the guesses and the column of shop and operator in one cell; 0 where there is none."""
    at = {guess.field: guess.column for guess in guesses}
    for column in columns:
        share = column.looks.share("shop_and_operator")
        others = {guess.column for guess in guesses if guess.field not in {"name", "operator_name"}}
        is_only = {at.get("name"), at.get("operator_name")} <= {column.number, None}
        if share >= _MOSTLY and is_only and column.number not in others and not column.is_somebody_elses:
            kept = tuple(guess for guess in guesses if guess.column != column.number)
            return (*kept, Guess(column.number, "operator_name", round(share, 2))), column.number
    return tuple(guesses), 0


def _keep(taken: dict[str, Guess], guess: Guess | None) -> None:
    if guess and guess.field not in taken and guess.column not in {one.column for one in taken.values()}:
        taken[guess.field] = guess


def _by_values(columns: Sequence[Column], field: str, look: str, taken: Mapping[str, Guess]) -> Guess | None:
    """Take the column whose values can be nothing else; of several the one whose words fit best."""
    fitting = [
        column
        for column in columns
        if column.looks.share(look) >= _MOSTLY
        and not (column.is_somebody_elses and field in _OF_OPERATOR)
        and column.number not in {guess.column for guess in taken.values()}
        and not _says_otherwise(column, field, look)
    ]
    if not fitting:
        return None
    best = max(fitting, key=lambda column: (column.score(field), _purity(column, look), -column.number))
    return Guess(best.number, field, round(0.5 + best.looks.share(look) / 2, 2))


def _purity(column: Column, look: str) -> float:
    """Prefer foods to shops that are called after foods."""
    shops = column.looks.share("shop") if look == "food" else 0.0
    return column.looks.share(look) - shops


def _says_otherwise(column: Column, field: str, look: str) -> bool:
    """Tell whether the words name something else that may hold such values too."""
    if column.score(IGNORED) > column.score(field) and look != "food":
        return True
    others = {other: score for other, score in column.scores.items() if other not in {field, IGNORED}}
    strongest = max(others, key=lambda other: others[other], default="")
    if not strongest or others[strongest] <= column.score(field):
        return False
    match look:
        case "food":
            # Shops are called after foods; materials and additives are foods of another column.
            is_shop = strongest == "name" and column.looks.share("shop") > column.looks.share("food") / 2
            is_not_that_list = strongest in _CLOSED_LISTS and column.choices_fit.get(strongest, 0.0) < 0.5
            is_other = strongest in _OTHER_FOODS and not is_not_that_list
            return is_shop or is_other or column.looks.share("person") > _MOSTLY
        case "village":
            return strongest not in {"address", "name", KIND} and others[strongest] > _FORCED
        case "identity":
            return False
        case "phone" if strongest == "operator_id_number":
            return False  # two words were exchanged
        case _:
            return others[strongest] > _FORCED and strongest not in {"paper_number", "business_licence"}


_OTHER_FOODS = frozenset(
    {"material_sources", "additives", "food_categories", "eatery_type", "business_items"}
)
_CLOSED_LISTS = frozenset({"eatery_type", "business_items"})
"""Columns called like these that do not hold the words of their lists name foods: 经营项目 over 烧饼."""


def _may_be(column: Column, question: Question) -> bool:
    """Tell whether the values allow what the words say; damaged values of a sure column stay its values."""
    looks = column.looks
    if looks.count == 0:
        return True
    if looks.share("identity") >= _MOSTLY and question.type is not QuestionType.IDENTITY_NUMBER:
        return False
    if looks.share("phone") >= _MOSTLY and question.type not in _MAY_HOLD_PHONES:
        return False
    look = _TELLING.get(question.type)
    if look and column.score(question.code) < _FORCED and looks.share(look) < _HARDLY:
        return False
    if question.type in {QuestionType.CHOICE, QuestionType.CHOICES}:
        return column.choices_fit.get(question.code, 0.0) >= 0.5
    if question.type is QuestionType.YES_NO:
        return looks.share("yes_no") >= 0.5
    if question.type in _PLAIN_NUMBER_FIELDS:
        is_sure = column.score(question.code) >= _FORCED and looks.share("numbered") >= _MOSTLY
        return is_sure or looks.share(_FITTING[question.type]) >= _HARDLY
    if question.type is QuestionType.DATE:
        return looks.share("count") < _MOSTLY or looks.share("day") >= _HARDLY
    if question.type is QuestionType.PHONE:
        return looks.share("person") < _MOSTLY
    return True


def _worth(column: Column, field: str) -> float:
    helping = _HELPING.get(field)
    return column.score(field) + (0.25 * column.looks.share(helping) if helping else 0.0)


def _rank(columns: Sequence[Column], guess: Guess) -> float:
    column = next(one for one in columns if one.number == guess.column)
    penalty = 0.0
    if guess.field in {"name", "operator_name"}:  # 经营者 over shop names, 名称 over people
        other = "person" if guess.field == "name" else "shop"
        own = "shop" if guess.field == "name" else "person"
        penalty = 0.35 * max(0.0, column.looks.share(other) - column.looks.share(own))
    return _worth(column, guess.field) - penalty


def _likely(columns: Sequence[Column], field: str, look: str, taken: Mapping[str, Guess]) -> Guess | None:
    """Take a column that no word explains when its values look like what is still missing."""
    busy = {guess.column for guess in taken.values()}
    for column in columns:
        is_free = column.number not in busy and not column.is_ignored and column.best_word < LEAST
        is_number = (
            field == "paper_number" and column.number not in busy and column.looks.share("code") >= _FORCED
        )
        if field == "paper_number" and not (is_number and column.score(IGNORED) >= LEAST):
            continue
        if (is_free or is_number) and column.looks.share(look) >= 0.7 and column.looks.count >= 2:
            return Guess(column.number, field, 0.5)
    return None


def label_columns(header: Header, words: Words) -> dict[int, Mapping[str, float]]:
    """Return what the words over each column say."""
    return {column: words.scores(label) for column, label in header.labels.items()}
