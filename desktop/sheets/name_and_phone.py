"""The operator and the phone in one cell: 柳一 13655555501, or 柳一（电话 13655555501）."""

import re

from desktop.domain.folding import half_width
from desktop.sheets.cells import Cell

_MOST_LETTERS = 60  # beyond it is prose, and a pattern with many ways to match takes long to fail
_AROUND = re.compile(
    r"^\s*(?:户主|姓名|经营者|负责人|业主|店主|摊主)\s*[:：]\s*|\s*[（(](?:男|女|本人)[）)]\s*$"
)
_BOTH = re.compile(
    r"\s*(?P<name>[^\d\s(:,、/]+(?: [^\d\s(:,、/]+)?)[\s:,、/(]*(?:(?:联系)?电话|手机)?:?\s*"
    r"(?P<phone>1[3-9]\d[ -]?\d{4}[ -]?\d{4}|0\d{2,3}-?\d{7,8})\)?\s*",
    re.ASCII,
)


def person_alone(cell: Cell) -> Cell:
    """Leave out what is no part of a name: 户主：张三, 张三（女）; it would be printed on the card."""
    return _AROUND.sub("", cell) if isinstance(cell, str) else cell


def parted(cell: Cell) -> dict[str, Cell]:
    """Part a cell into the two answers; one without a number in it is a name."""
    is_short = isinstance(cell, str) and len(cell) <= _MOST_LETTERS
    found = _BOTH.fullmatch(half_width(str(cell))) if is_short else None
    if found is None:
        return {"operator_name": cell, "phone": None}
    return {"operator_name": found["name"], "phone": found["phone"]}


def is_both(cell: Cell) -> bool:
    """Tell whether a name and a whole phone number stand in the cell."""
    return parted(cell)["phone"] is not None
