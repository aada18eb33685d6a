"""A list to be filled in (名单): its header is found as that of a ledger is, its empty rows below it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from desktop.domain.folding import fold
from desktop.domain.profile import Profile
from desktop.sheets.cells import SheetCells, column_letter, is_blank, shown
from desktop.sheets.columns import Column, guess_columns, label_columns
from desktop.sheets.county_figures import UnreadPlace
from desktop.sheets.county_labels import Labels
from desktop.sheets.headers import Header, Words, find_header, is_somebody_elses
from desktop.sheets.ledger import is_ledger
from desktop.sheets.looks import Looks
from desktop.sheets.named_villages import VillageNames
from desktop.sheets.words import EXAMPLE_WORDS, FORM_WORDS, KIND

SERIAL = "serial"
_OWN = (
    "serial",
    "archive_number",
    "paper_number",
    "issued_on",
    "valid_until",
    "operating_status",
    "registration_status",
)
_OF_REGISTER = {word: field for field in reversed(_OWN) for word in FORM_WORDS[field]}
"""What the register knows beside the answers of the survey, under the words over its columns."""

_ALL_TRADES = "三小"
_NOTHING_YET = Looks(0, {})


@dataclass(frozen=True, slots=True)
class ListForm:
    """A list: which column holds which fact, and the rows that are empty for it."""

    sheet: str
    kind: str
    village: str
    columns: Mapping[int, str]
    labels: Mapping[int, str]
    first_row: int
    last_row: int
    is_open_below: bool
    """Whether nothing stands below the empty rows, so that the list may go on."""

    is_of_all: bool
    """Whether its title or a column of its own says that all trades belong in it."""

    numbered: frozenset[int]
    """The rows that have their number already."""

    unread: tuple[UnreadPlace, ...]

    @property
    def room(self) -> int:
        return self.last_row - self.first_row + 1


class Lists:
    """Finds lists with the words that ledgers are read by."""

    def __init__(self, profile: Profile, villages: VillageNames, labels: Labels) -> None:
        self.profile = profile
        self.villages = villages
        self.labels = labels
        self.words = Words(profile.questions)

    def read(self, sheet: SheetCells) -> ListForm | None:
        """Return the list that a sheet is; ``None`` where it is none."""
        header = find_header(sheet, self.words, self.villages.find)
        if header is None:
            return None
        fields = self._fields(header)
        if not is_ledger(fields.values()):
            return None
        first = header.last_row + 1
        while first <= len(sheet.rows) and _is_example(sheet, first):
            first += 1
        last = first - 1
        while last < len(sheet.rows) and _is_empty(sheet, last + 1, fields):
            last += 1
        titles = [sheet.name, *_titles(sheet, header)]
        return ListForm(
            sheet=sheet.name,
            kind=next(filter(None, map(self.labels.trade_in, titles)), ""),
            village=next(filter(None, map(self.labels.village_in, titles)), ""),
            columns=fields,
            labels={column: header.words_over(column) for column in fields},
            first_row=first,
            last_row=last,
            is_open_below=last >= len(sheet.rows),
            is_of_all=KIND in fields.values() or any(_ALL_TRADES in title for title in titles),
            numbered=frozenset(_numbered(sheet, range(first, last + 1), fields)),
            unread=tuple(self._unread(sheet, header, fields)),
        )

    def _fields(self, header: Header) -> dict[int, str]:
        """Say which column holds what; the words alone tell, for nothing stands below them yet."""
        fields: dict[int, str] = {}
        for column, label in header.labels.items():
            own = _OF_REGISTER.get(fold(label.own)) or _OF_REGISTER.get(fold(label.above + label.own))
            if own is not None and own not in fields.values():
                fields[column] = own
        columns = [
            Column(number, scores, _NOTHING_YET, {}, is_somebody_elses(header.labels.get(number)))
            for number, scores in label_columns(header, self.words).items()
            if number not in fields
        ]
        guessed = guess_columns(columns, self.profile.questions)
        fields |= {one.column: one.field for one in guessed if one.field not in fields.values()}
        return dict(sorted(fields.items()))

    def _unread(self, sheet: SheetCells, header: Header, fields: Mapping[int, str]) -> Iterator[UnreadPlace]:
        for column in sorted(header.labels):
            words = header.words_over(column)
            if column not in fields:
                place = f"{column_letter(column)}{header.last_row}"
                yield UnreadPlace(sheet.name, place, words, f"没有认出“{words}”")


def _is_empty(sheet: SheetCells, row: int, fields: Mapping[int, str]) -> bool:
    """Tell whether a row may be filled: nothing stands in it but a number in front, typed or reckoned."""
    for column in range(1, sheet.width + 1):
        if _stands(sheet, row, column) and not _is_number(sheet, row, column, fields):
            return False
    return True


def _is_number(sheet: SheetCells, row: int, column: int, fields: Mapping[int, str]) -> bool:
    is_reckoned = (row, column) in sheet.formulas
    return fields.get(column) == SERIAL and (is_reckoned or shown(sheet.cell(row, column)).strip().isdigit())


def _numbered(sheet: SheetCells, rows: Iterable[int], fields: Mapping[int, str]) -> Iterator[int]:
    serial = next((column for column, field in fields.items() if field == SERIAL), 0)
    return (row for row in rows if serial and _stands(sheet, row, serial))


def _stands(sheet: SheetCells, row: int, column: int) -> bool:
    return (row, column) in sheet.formulas or not is_blank(sheet.cell(row, column))


def _is_example(sheet: SheetCells, row: int) -> bool:
    first = next((cell for cell in sheet.rows[row - 1] if not is_blank(cell)), None)
    return isinstance(first, str) and fold(first) in EXAMPLE_WORDS


def _titles(sheet: SheetCells, header: Header) -> Iterator[str]:
    for cells in sheet.rows[: header.first_row - 1]:
        yield from (cell for cell in cells if isinstance(cell, str) and cell.strip())
