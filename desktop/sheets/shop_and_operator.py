"""The shop and who runs it in one cell: 甲饭店（张三）, 甲饭店 张三, 张三/甲饭店."""

import re

from desktop.domain.folding import half_width
from desktop.sheets.cells import Cell
from desktop.sheets.words import SHOP_ENDINGS, SURNAMES

_MOST_LETTERS = 60
_TWO = re.compile(
    r"\s*([^\s/、,;:()]{2,40})\s*[\s/、,;(]\s*(?:负责人|经营者|业主|店主|老板)?:?\s*([^\s/、,;:()]{2,40})\s*\)?\s*"
)
_PERSON = re.compile(r"[\u3007\u3400-\u9fff\U00020000-\U000323af]{2,4}")


def shop_and_operator(cell: Cell) -> dict[str, Cell] | None:
    """Part a cell into the two; ``None`` where it does not clearly hold one shop and one person."""
    found = _TWO.fullmatch(half_width(cell)) if isinstance(cell, str) and len(cell) <= _MOST_LETTERS else None
    if found is None:
        return None
    for shop, person in ((found[1], found[2]), (found[2], found[1])):
        if _is_shop(shop) and not _is_shop(person) and _is_person(person):
            return {"name": shop, "operator_name": person}
    return None


def taken_apart(cell: Cell) -> dict[str, Cell]:
    """Part a cell of a column that holds both; what holds only one of them answers that one."""
    parts = shop_and_operator(cell)
    if parts is not None:
        return parts
    is_shop = isinstance(cell, str) and _is_shop(cell.strip())
    return {"name": cell if is_shop else None, "operator_name": None if is_shop else cell}


def _is_shop(text: str) -> bool:
    return len(text) >= 3 and text.endswith(tuple(SHOP_ENDINGS))


def _is_person(text: str) -> bool:
    return _PERSON.fullmatch(text) is not None and text[0] in SURNAMES
