"""What each column of a ledger is taken for, and what of it stays unread."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desktop.sheets.cells import column_letter
from desktop.sheets.columns import Column, Guess, more_phones, with_both, with_shop
from desktop.sheets.composed_columns import Composed


@dataclass(frozen=True, slots=True)
class ColumnLayout:
    """What each column of a sheet is taken for."""

    guesses: tuple[Guess, ...]
    columns: Mapping[str, int]
    more_phones: tuple[int, ...]
    unread: Mapping[str, str]
    of_both: int
    """The column that holds operator and phone in one cell; 0 where each has a column of its own."""

    of_shop: int
    """The column that holds shop and operator in one cell; 0 where each has a column of its own."""

    parts: Mapping[int, tuple[int, ...]]
    """The columns from which the answer of one was put together."""

    @classmethod
    def of(
        cls, columns: Sequence[Column], guesses: Sequence[Guess], made: Composed, aside: Mapping[int, str]
    ) -> "ColumnLayout":
        """Add further columns of phones, and name the columns that stay unread."""
        guesses, of_both = with_both(columns, guesses)
        guesses, of_shop = with_shop(columns, guesses)
        phones = more_phones(columns, guesses)
        read = sorted((*guesses, *phones), key=lambda guess: guess.column)
        taken = {guess.column for guess in read}
        left = {one.number: made.header.words_over(one.number) for one in columns if one.number not in taken}
        unread = {column_letter(number): words for number, words in sorted({**left, **aside}.items())}
        own = {guess.field: guess.column for guess in guesses}
        own |= {"phone": of_both} if of_both else {}
        own |= {"name": of_shop} if of_shop else {}
        more = tuple(guess.column for guess in phones)
        return cls(tuple(read), own, more, unread, of_both, of_shop, made.parts)

    @property
    def fields(self) -> tuple[tuple[str, int], ...]:
        """Return each field with every column that its answer comes from."""
        return tuple(
            (guess.field, column)
            for guess in self.guesses
            for column in self.parts.get(guess.column, (guess.column,))
        )
