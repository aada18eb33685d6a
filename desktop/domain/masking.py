"""Hides the middle of personal numbers and names, for every place where they need not be read in full."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from desktop.domain.folding import half_width


@dataclass(frozen=True, slots=True)
class Preset:
    """How much of a text stays readable; ``stars`` is how many stand for the rest (``None``: one each).

    ``hidden_tail`` hides that many at the end and shows all before. A text that ``fits`` does not
    describe is masked as ``otherwise`` says.
    """

    label: str
    head: int = 0
    tail: int = 0
    stars: int | None = None
    hidden_tail: int = 0
    fits: str = ".*"
    otherwise: "Preset | None" = None


_LANDLINE = Preset("座机隐去末四位，如 0519-8288****", hidden_tail=4)

PRESETS: Mapping[str, Preset] = {
    "identity_11_14": Preset("隐去第 11 至 14 位，如 3204821978****0019", head=10, tail=4, stars=4),
    "identity_7_14": Preset("隐去出生日期，如 320482********0019", head=6, tail=4, stars=8),
    "phone_4_7": Preset(
        "隐去中间四位，如 138****1234", head=3, tail=4, stars=4, fits=r"1\d{10}", otherwise=_LANDLINE
    ),
    "landline_last_4": _LANDLINE,
    "surname": Preset("只留姓，如 张*", head=1, stars=1),
    "surname_and_last": Preset("留姓和末字，如 张*明", head=1, tail=1),
}
"""The ways of masking that a rule pack may choose from."""


def mask(text: str, preset: str) -> str:
    """Mask a text as the preset says; a text too short to keep its ends keeps fewer of them.

    Several numbers in one text, parted by 、, are each masked.
    """
    return "、".join(_mask(part, PRESETS[preset]) for part in text.split("、"))


def mask_all(text: str) -> str:
    """Mask each identity number and each phone number inside free text, as logs and the trail need it."""
    if len(text) < _FEWEST_DIGITS or not _MAY_BE_A_NUMBER.search(text):
        return text
    plain = half_width(text)
    spans: dict[int, tuple[int, str]] = {}
    for pattern, preset in _FOUND:
        for found in pattern.finditer(plain):
            digits = re.sub(r"[ \-]", "", found[0]) if preset != "landline_last_4" else found[0]
            if not any(start < found.end() and found.start() < end for start, (end, _) in spans.items()):
                spans[found.start()] = (found.end(), mask(digits, preset))
    return _replaced(text, spans)


def mask_person(text: str, person: str, preset: str) -> str:
    """Mask the name of a person wherever it stands in a text, as many a shop is called after its operator.

    Partners are parted by 、, and each is masked; of two names in one place the longer one counts.
    """
    names = sorted({part.strip() for part in _BETWEEN_NAMES.split(person)} - {""}, key=len, reverse=True)
    if not names:
        return text
    return re.sub("|".join(map(re.escape, names)), lambda found: mask(found[0], preset), text)


def mask_for_public(text: str, person: str, preset: str) -> str:
    """Mask what everybody may read: the person wherever it is named, and every number of a person."""
    return mask_all(mask_person(text, person, preset))


def _replaced(text: str, spans: Mapping[int, tuple[int, str]]) -> str:
    parts, position = [], 0
    for start, (end, masked) in sorted(spans.items()):
        parts += [text[position:start], masked]
        position = end
    return "".join([*parts, text[position:]])


# Neither side may continue the number: paper numbers and checksums stay readable.
_IDENTITY = r"(?<![0-9A-Za-z])[1-9]\d{5}[ \-]?\d{4}[ \-]?\d{4}[ \-]?\d{3}[0-9Xx](?![0-9A-Za-z])"
_OLD_IDENTITY = (
    r"(?<![0-9A-Za-z])[1-9]\d{5}[ \-]?\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[ \-]?\d{3}(?![0-9A-Za-z])"
)
_MOBILE = r"(?<![0-9A-Fa-f])(?:86)?1[3-9]\d[ \-]?\d{4}[ \-]?\d{4}(?![0-9A-Fa-f])"
_FIXED = r"(?<![0-9A-Za-z\-])0[1-9]\d{1,2}-?\d{7,8}(?![0-9A-Za-z])"
_FEWEST_DIGITS = 10
_MAY_BE_A_NUMBER = re.compile(rf"(?:\d[ \-\u3000\uff0d]?){{{_FEWEST_DIGITS}}}")
"""Every number that is masked has ten digits with no more than a gap between two; few texts have."""

_FOUND = (
    # Logs need no birthday: without it a check digit no longer narrows the number down to a few.
    (re.compile(_IDENTITY, re.ASCII), "identity_7_14"),
    (re.compile(_OLD_IDENTITY, re.ASCII), "identity_7_14"),
    (re.compile(_MOBILE, re.ASCII), "phone_4_7"),
    (re.compile(_FIXED, re.ASCII), "landline_last_4"),
)


_BETWEEN_NAMES = re.compile("[、，,；;]")
_EXTENSION = re.compile(r"(-\d{7,8})-\d{1,6}$", re.ASCII)


def _mask(text: str, preset: Preset) -> str:
    if preset.otherwise and not re.fullmatch(preset.fits, text):
        return _mask(text, preset.otherwise)
    if preset.hidden_tail:
        number = _EXTENSION.sub(r"\1", text)
        shown = max(len(number) - preset.hidden_tail, 0)
        return number[:shown] + "*" * (len(number) - shown)
    head, tail = _ends(len(text), preset)
    hidden = len(text) - head - tail
    stars = hidden if preset.stars is None else preset.stars
    return text[:head] + "*" * stars + text[len(text) - tail :]


def _ends(length: int, preset: Preset) -> tuple[int, int]:
    """Return how many characters stay at each end; a text shorter than expected never shows itself whole."""
    if length >= preset.head + preset.tail + (preset.stars or 1):
        return preset.head, preset.tail
    return (1, 0) if preset.head == 1 and length > 1 else (0, 0)
