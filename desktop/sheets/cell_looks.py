"""How cells look, read from the styles of a workbook; looks are added that keep digits a text."""

from datetime import date
from decimal import Decimal
from re import sub

from desktop.sheets.markup import Edit, Element, opening, spliced, walk, written
from desktop.sheets.splicing import Fill, Written

_TEXT = "49"
_PERCENT = frozenset({"9", "10"})
_DAYS = frozenset(map(str, (*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59))))
"""Formats that every spreadsheet knows by number: texts, shares, days."""

_FIRST_DAY = date(1899, 12, 30)
_HUNDREDTHS = 2


class CellLooks:
    """The looks that cells may have, by their number."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._looks: list[Element] = []
        self._formats: dict[str, str] = {}
        self._list: Element | None = None
        self._added: dict[str, int] = {}
        if content:
            walk(content, self._begin, _nothing)

    def settled(self, fill: Fill, style: str) -> tuple[Written, str]:
        """Return what is written and how the cell looks: digits of people and papers in a cell for texts,
        a day and a share as their cells show them.
        """
        value = fill.value
        if isinstance(value, date):
            return ((value - _FIRST_DAY).days if self._is_day(style) else value.isoformat()), style
        if isinstance(value, str):
            return value, self._as_text(style) if value.isdigit() else style
        if not fill.is_share:
            return value, style
        if self._is_percent(style):
            return Decimal(value).scaleb(-_HUNDREDTHS), style
        return (value, style) if fill.says_percent else (f"{value}%", style)

    def content(self) -> bytes:
        """Return the styles with the looks that were added."""
        one = self._list
        if one is None or not self._added:
            return self._content
        looks = "".join(self._text_look(style) for style in self._added)
        said = {**one.attributes, "count": str(len(self._looks) + len(self._added))}
        start = Edit(one.start, one.inside_start, opening(one.tag, said).encode())
        return spliced(self._content, [start, Edit(one.inside_end, one.inside_end, looks.encode())])

    def _text_look(self, style: str) -> str:
        """Return a look as it is, but for texts."""
        one = self._looks[int(style or 0)]
        said = {**one.attributes, "numFmtId": _TEXT, "applyNumberFormat": "1"}
        inside = self._content[one.inside_start : one.inside_end]
        return written(one.tag, said, inside.decode())

    def _begin(self, one: Element) -> None:
        parent = one.parent.name if one.parent is not None else ""
        if one.name == "cellXfs":
            self._list = one
        elif one.name == "xf" and parent == "cellXfs":
            self._looks.append(one)
        elif one.name == "numFmt" and parent == "numFmts":
            self._formats[one.attributes.get("numFmtId", "")] = one.attributes.get("formatCode", "")

    def _format(self, style: str) -> str:
        """Return the number of a look's format, which may be one of the usual ones or the workbook's own."""
        number = int(style or 0)
        return self._looks[number].attributes.get("numFmtId", "0") if number < len(self._looks) else "0"

    def _is_percent(self, style: str) -> bool:
        number = self._format(style)
        return number in _PERCENT or "%" in self._formats.get(number, "")

    def _is_day(self, style: str) -> bool:
        """Tell whether a look shows days: by its number, or because its own format names year or day."""
        number = self._format(style)
        letters = sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", self._formats.get(number, "").lower())
        return number in _DAYS or "y" in letters or "d" in letters

    def _as_text(self, style: str) -> str:
        number = self._format(style)
        if not self._looks or number == _TEXT or self._formats.get(number) == "@":
            return style
        return str(self._added.setdefault(style, len(self._looks) + len(self._added)))


def _nothing(one: Element) -> None:
    """Pass over the end of an element: its place is known by then."""
