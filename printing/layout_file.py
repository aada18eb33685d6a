"""Layout files: read strictly, each refusal with file, line, key and what was expected; and written."""

import re
from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from importlib.resources import files

import tomli

from printing.errors import PrintError
from printing.geometry import Align, Box
from printing.layout import FACTS, LINE, PAPERS, Layout, Lines, Place

_TABLE = re.compile(r"^\s*\[\s*([A-Za-z0-9_.\-\"]+)\s*\]")
_KEY = re.compile(r"^\s*([A-Za-z0-9_\-]+)\s*=")
_BOX = ("x", "y", "width", "height")
_ALIGNS = tuple(str(align) for align in Align)


class WrongLayout(PrintError):
    """A layout file is not as it must be; the text is a Chinese sentence with file, line and key."""

    def __init__(self, file: str, line: int, key: str, expected: str) -> None:
        super().__init__(f"{file} 第 {line} 行，{key}：{expected}")
        self.file, self.line, self.key, self.expected = file, line, key, expected


@cache
def standard(paper: str) -> Layout:
    """Return the layout that a paper has where neither the rule pack nor the office says otherwise."""
    name = f"{paper}.toml"
    text = files("printing").joinpath("layouts", name).read_text(encoding="utf-8")
    return parse_layout(text, name, paper)


def parse_layout(text: str, file: str, paper: str) -> Layout:
    """Read the layout of a paper; ``WrongLayout`` names the first thing that is not as it must be."""
    try:
        tables = tomli.loads(text)
    except tomli.TOMLDecodeError as wrong:
        found = re.search(r"line (\d+)", str(wrong))
        raise WrongLayout(file, int(found[1]) if found else 1, "TOML", f"读不懂这一行（{wrong}）") from wrong
    lines = _line_numbers(text)
    top = _Table(file, "", tables, lines)
    said = top.text("paper")
    if said != paper:
        raise top.refuse("paper", f"这里应是“{paper}”的版式，现为“{said}”")
    known = ("paper", *PAPERS[paper][1], "lines", "line")
    if unknown := next((key for key in tables if key not in known), ""):
        raise top.refuse(unknown, f"不认识这一项；这里可以写：{'、'.join(known)}")
    places = {name: _place(top.table(name), name) for name in PAPERS[paper][1]}
    rows = _lines(top.table("lines"), _own(top))
    top.finish()
    layout = Layout(paper, places, rows)
    for fault in layout.faults():
        raise _Table(file, fault.table, {}, lines).refuse(fault.key, fault.expected)
    return layout


def layout_text(layout: Layout) -> str:
    """Return a layout as its file says it; reading it gives the very same layout."""
    said = [f'paper = "{layout.paper}"']
    for name, place in layout.places.items():
        said += ["", f"[{name}]", *_said_place(name, place)]
    said += ["", "[lines]", *_said_lines(layout.lines)]
    for fact, place in layout.lines.own.items():
        said += ["", f"[{LINE}{fact}]", *_said_place(LINE + fact, place)]
    return "\n".join(said) + "\n"


def _own(top: "_Table") -> dict[str, Place]:
    own: dict[str, Place] = {}
    holder = top.optional_table("line")
    for fact in holder.values if holder else ():
        assert holder is not None
        table = holder.table(fact)
        if fact not in FACTS:
            raise table.refuse("", f"没有这个字段；可用：{'、'.join(FACTS)}")
        own[fact] = _place(table, LINE + fact)
    return own


def _place(table: "_Table", name: str) -> Place:
    box = _box(table)
    has_text = name not in ("code", "rule")
    place = Place(
        box,
        size=table.number("size") if has_text else 0.0,
        least=table.number("least") if has_text else 0.0,
        two_lines=table.number("two_lines", 0.0) if name.startswith(LINE) else 0.0,
        two_least=table.number("two_least", 0.0) if name.startswith(LINE) else 0.0,
        align=Align(table.one_of("align", _ALIGNS, str(Align.LEFT))) if has_text else Align.LEFT,
        is_shown=table.boolean("shown", default=True),
    )
    table.finish()
    return place


def _lines(table: "_Table", own: Mapping[str, Place]) -> Lines:
    lines = Lines(
        label_x=table.number("label_x"),
        label_width=table.number("label_width"),
        label_size=table.number("label_size"),
        first=_box(table),
        pitch=table.number("pitch"),
        base=table.number("base"),
        middle=table.number("middle"),
        most=int(table.number("most")),
        size=table.number("size"),
        least=table.number("least"),
        two_lines=table.number("two_lines"),
        two_least=table.number("two_least", 0.0),
        underline=table.number("underline", 0.0),
        without=table.texts("without"),
        own=own,
    )
    table.finish()
    if not 1 <= lines.most <= 12:
        raise table.refuse("most", f"应为 1 到 12 之间的整数，现为 {lines.most}")
    return lines


def _box(table: "_Table") -> Box:
    x, y, width, height = (table.number(key) for key in _BOX)
    for key, length in (("width", width), ("height", height)):
        if length <= 0 and table.path != "rule":
            raise table.refuse(key, f"应大于 0，现为 {length:g}")
    return Box(x, y, width, height)


def _said_box(box: Box) -> list[str]:
    return [f"{key} = {_n(getattr(box, key))}" for key in _BOX]


def _said_place(name: str, place: Place) -> list[str]:
    said = _said_box(place.box)
    if name not in ("code", "rule"):
        said += [f"size = {_n(place.size)}", f"least = {_n(place.least)}", f'align = "{place.align}"']
    if place.two_lines:
        said.append(f"two_lines = {_n(place.two_lines)}")
    if place.two_least:
        said.append(f"two_least = {_n(place.two_least)}")
    if not place.is_shown:
        said.append("shown = false")
    return said


def _said_lines(lines: Lines) -> list[str]:
    said = _said_box(lines.first)
    for one in fields(lines):
        if one.name not in ("first", "without", "own"):
            said.append(f"{one.name} = {_n(getattr(lines, one.name))}")
    if lines.without:
        facts = ", ".join(f'"{fact}"' for fact in lines.without)
        said.append(f"without = [{facts}]")
    return said


def _n(number: float) -> str:
    return f"{number:.3f}".rstrip("0").rstrip(".")


def _line_numbers(text: str) -> dict[str, int]:
    """Map each table and each key in it (``title.size``) to its line; tomllib gives none."""
    lines: dict[str, int] = {}
    table = ""
    for number, line in enumerate(text.splitlines(), 1):
        if head := _TABLE.match(line):
            table = head[1].replace('"', "")
            lines.setdefault(table, number)
        elif key := _KEY.match(line):
            lines.setdefault(f"{table}.{key[1]}" if table else key[1], number)
    return lines


class _Table:
    """One table of the file; every key must be asked for, and be what is asked for."""

    def __init__(self, file: str, path: str, values: Mapping[str, object], lines: Mapping[str, int]) -> None:
        self.file, self.path, self.values, self.lines = file, path, values, lines
        self._asked: set[str] = set()

    def refuse(self, key: str, expected: str) -> WrongLayout:
        """Return the refusal for a key of this table, to be raised."""
        path = ".".join(part for part in (self.path, key) if part)
        line = self.lines.get(path) or self.lines.get(self.path) or 1
        return WrongLayout(self.file, line, path, expected)

    def text(self, key: str) -> str:
        value = self._value(key, "一段文字（写在引号里）")
        if not isinstance(value, str):
            raise self.refuse(key, f"应为一段文字（写在引号里），现为 {value!r}")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        value = self._value(key, '一组文字，如 ["a", "b"]', [])
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise self.refuse(key, f'应为一组文字，如 ["a", "b"]，现为 {value!r}')
        return tuple(value)

    def number(self, key: str, default: float | None = None) -> float:
        value = self._value(key, "一个数（毫米或磅）", default)
        if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < 1000:
            raise self.refuse(key, f"应为一个小于 1000 的数（毫米或磅），现为 {value!r}")
        return float(value)

    def boolean(self, key: str, *, default: bool) -> bool:
        value = self._value(key, "true 或 false", default)
        if not isinstance(value, bool):
            raise self.refuse(key, f"应为 true 或 false，现为 {value!r}")
        return value

    def one_of(self, key: str, allowed: tuple[str, ...], default: str) -> str:
        value = self._value(key, "一段文字", default)
        if value not in allowed:
            raise self.refuse(key, f"应为 {'、'.join(allowed)} 之一，现为 {value!r}")
        return str(value)

    def table(self, key: str) -> "_Table":
        value = self._value(key, f"一个表 [{self.path + '.' if self.path else ''}{key}]")
        if not isinstance(value, dict):
            raise self.refuse(key, f"应为一个表 [{key}]，现为 {value!r}")
        return _Table(self.file, f"{self.path}.{key}" if self.path else key, value, self.lines)

    def optional_table(self, key: str) -> "_Table | None":
        self._asked.add(key)
        return self.table(key) if key in self.values else None

    def finish(self) -> None:
        """Refuse the first key that nothing asked for: a misspelt key is never silently ignored."""
        for key in self.values:
            if key not in self._asked:
                raise self.refuse(key, f"不认识这一项；这里可以写：{'、'.join(sorted(self._asked))}")

    def _value(self, key: str, expected: str, default: object = None) -> object:
        self._asked.add(key)
        if key in self.values:
            return self.values[key]
        if default is None:
            raise self.refuse(key, f"缺这一项，应为{expected}")
        return default
