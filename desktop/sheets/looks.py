"""What the values of a column look like: identity numbers, phones, foods; the header is not asked."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from desktop.domain.credit_code import read_credit_code
from desktop.domain.dates import read_date
from desktop.domain.errors import WrongValue
from desktop.domain.folding import fold, half_width
from desktop.domain.phones import read_phones
from desktop.domain.values import read_area, read_count, read_yes_no
from desktop.sheets.cells import Cell
from desktop.sheets.name_and_phone import is_both
from desktop.sheets.shop_and_operator import shop_and_operator
from desktop.sheets.words import FOODS, SHOP_ENDINGS, SURNAMES

FindVillage = Callable[[str], str | None]

_IDENTITY = re.compile(
    r"[1-9]\d{5}(?:18|19|20)\d{2}[01]\d[0-3]\d{2,4}[0-9Xx]?|[1-9]\d{7}[01]\d[0-3]\d{4}", re.ASCII
)
_NOTATION = re.compile(r"\d\.\d+[Ee]\+?1[67]", re.ASCII)
_SEPARATED_DAY = re.compile(
    r"\d{2,4}\s*[-./年、]\s*\d{1,2}\s*[-./月、]\s*\d{1,2}|\d{1,2}[-./]\d{1,2}[-./]\d{4}|(?:19|20)\d{6}",
    re.ASCII,
)
_PERSON = re.compile(r"[\u3007\u3400-\u9fff\U00020000-\U000323af]{2,4}|[^\d\s]{2,}[·•‧・][^\d\s]{2,}")
_PLACE = re.compile(r"[组路街巷号弄幢室栋镇村楼区口旁侧内对面门场道桥]")
_CODE = re.compile(r"[A-Za-z\u4e00-\u9fff\[\]〔〕()（）-]*\d[\dA-Za-z号\-]{6,}")
_IDENTITY_MOST = 10**18
_IDENTITY_LEAST = 10**14


@dataclass(frozen=True, slots=True)
class Looks:
    """For each look the share of the filled cells that have it, and how many cells were looked at."""

    count: int
    shares: Mapping[str, float]

    def share(self, look: str) -> float:
        return self.shares.get(look, 0.0)


def looks_of(cells: Iterable[Cell], find_village: FindVillage) -> Looks:
    """Look at the filled cells of a column."""
    values = list(cells)
    checks: dict[str, Callable[[Cell], bool]] = {
        **_CHECKS,
        "village": lambda cell: isinstance(cell, str) and find_village(cell) is not None,
    }
    shares = {
        look: sum(1 for value in values if check(value)) / len(values) if values else 0.0
        for look, check in checks.items()
    }
    return Looks(len(values), shares)


def is_telling(cell: Cell, find_village: FindVillage) -> bool:
    """Tell whether this can only be data, never a word over a column."""
    if isinstance(cell, str):
        return is_identity(cell) or is_phone(cell) or bool(_SEPARATED_DAY.search(cell))
    return isinstance(cell, date | float) or (isinstance(cell, int) and not isinstance(cell, bool))


def is_identity(cell: Cell) -> bool:
    """Tell whether this is or was an identity number, damaged or mistyped ones too."""
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        return _IDENTITY_LEAST <= cell < _IDENTITY_MOST
    if not isinstance(cell, str):
        return False
    typed = re.sub(r"[\s\-'’‘`]", "", half_width(cell))
    return bool(_IDENTITY.fullmatch(typed) or _NOTATION.fullmatch(typed))


def is_phone(cell: Cell) -> bool:
    """Tell whether this is a whole phone number, or several."""
    if isinstance(cell, bool | date) or not isinstance(cell, str | int | float):
        return False
    if isinstance(cell, int | float) and cell < 10**9:
        return False  # a plain count is no service number
    return _reads(read_phones, cell) and len(re.sub(r"\D", "", str(cell))) >= 10


def is_day(cell: Cell) -> bool:
    """Tell whether this is a day; plain numbers only where a spreadsheet would count days with them."""
    if isinstance(cell, date):
        return True
    if isinstance(cell, str):
        return bool(_SEPARATED_DAY.search(half_width(cell))) and len(cell) <= 20
    return isinstance(cell, int | float) and 36_000 < cell < 60_000 and _reads(read_date, cell)


def is_food(cell: Cell) -> bool:
    """Tell whether foods are named."""
    if not isinstance(cell, str) or len(cell) > 60:
        return False
    folded = fold(cell)
    return bool(folded) and any(food in folded for food in FOODS) and not is_place(cell)


def is_shop(cell: Cell) -> bool:
    """Tell whether this ends as names of shops do."""
    typed = cell.strip() if isinstance(cell, str) else ""
    return len(typed) >= 3 and not is_place(typed) and typed.endswith(tuple(SHOP_ENDINGS))


def is_person(cell: Cell) -> bool:
    """Tell whether this is built like the name of a person."""
    typed = "".join(cell.split()) if isinstance(cell, str) else ""
    is_name = bool(_PERSON.fullmatch(typed))
    return is_name and (typed[0] in SURNAMES or len(typed) > 4) and not is_food_only(typed)


def is_food_only(typed: str) -> bool:
    """Tell 汤圆 and 鸡蛋饼 from people called 汤 and 鸡."""
    return typed in FOODS or (
        len(typed) > 2 and typed.endswith(("饼", "面", "饭", "糕", "粉", "油", "酒", "肉"))
    )


def is_place(cell: Cell) -> bool:
    """Tell whether this is an address."""
    typed = cell.strip() if isinstance(cell, str) else ""
    return len(typed) >= 4 and bool(_PLACE.search(typed)) and any(mark.isdigit() for mark in typed)


def is_code(cell: Cell) -> bool:
    """Tell whether this is a number of some paper."""
    is_shaped = isinstance(cell, str) and bool(_CODE.fullmatch(cell.strip()))
    return is_shaped and not is_identity(cell) and not is_phone(cell)


def _reads(read: Callable[[object], object], cell: Cell) -> bool:
    try:
        read(cell)
    except WrongValue:
        return False
    return True


_CHECKS: Mapping[str, Callable[[Cell], bool]] = {
    "identity": is_identity,
    "phone": is_phone,
    "day": is_day,
    "food": is_food,
    "shop": is_shop,
    "person": is_person,
    "name_and_phone": is_both,
    "shop_and_operator": lambda cell: shop_and_operator(cell) is not None,
    "place": is_place,
    "code": is_code,
    "credit_code": lambda cell: (
        isinstance(cell, str) and not is_identity(cell) and _reads(read_credit_code, cell)
    ),
    "yes_no": lambda cell: isinstance(cell, str | bool) and _reads(read_yes_no, cell),
    "numbered": lambda cell: not isinstance(cell, date | bool) and any(mark.isdigit() for mark in str(cell)),
    "count": lambda cell: not isinstance(cell, date) and _reads(read_count, cell),
    "area": lambda cell: not isinstance(cell, date) and _reads(read_area, cell),
}
