"""The words that ledgers use, from `words.toml`: over columns, in footers, for foods and shops."""

from collections.abc import Mapping
from importlib.resources import files

from tomli import loads

from desktop.domain.folding import fold

_LISTS: Mapping[str, Mapping[str, str]] = loads(
    files("desktop.sheets").joinpath("words.toml").read_text(encoding="utf-8")
)

KIND = "kind"
"""The column that says the trade of each row."""

IGNORED = "ignored"
"""What a column is when its word is known and nobody asks for it."""

HEADER_WORDS = {field: tuple(words.split()) for field, words in _LISTS["header"].items()}
"""What people write over a column; the words of the rule pack's questions come on top."""

GENERIC_BELOW = frozenset(_LISTS["table"]["generic_below"].split())
"""Lower lines of a header that say little without the line above."""

SOMEBODY_ELSE = tuple(_LISTS["table"]["somebody_else"].split())
"""Parts of labels that tell of another person than the operator."""

TOTAL_WORDS = frozenset(_LISTS["table"]["totals"].split())
FOOTER_WORDS = tuple(_LISTS["table"]["footers"].split())
"""What stands before the colon in the lines above and below a table."""

NOTE_BEGINNINGS = tuple(_LISTS["table"]["notes"].split())
EXAMPLE_WORDS = frozenset(_LISTS["table"]["examples"].split())

UNIT_WORDS = frozenset(_LISTS["table"]["units"].split())
"""What stands alone below a header to say in what a column is counted."""

NOTHING_WORDS = frozenset(_LISTS["value"]["nothing"].split())
"""What people write into a cell that has no answer."""

SURNAMES = frozenset(_LISTS["value"]["surnames"].strip())
SHOP_ENDINGS = tuple(_LISTS["value"]["shop_endings"].split())
FOODS = tuple(_LISTS["value"]["foods"].split())

FORM_WORDS: Mapping[str, frozenset[str]] = {
    what: frozenset(fold(word) or word for word in words.split()) for what, words in _LISTS["form"].items()
}
"""What stands in the forms of a county, folded as labels are."""
