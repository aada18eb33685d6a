"""Reads a TOML file strictly: each refusal names file, line, key and what was expected."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from difflib import get_close_matches
from functools import cached_property
from re import fullmatch
from typing import TypeVar
from unicodedata import category

import tomli

_T = TypeVar("_T")

MOST_NUMBER = 9_999
"""No day, year, number of people or width in a data file is larger."""


class WrongFile(ValueError):
    """A data file is not as it must be; the text is a Chinese sentence with file, line and key."""

    def __init__(self, file: str, line: int, key: str, expected: str) -> None:
        super().__init__(f"{file} 第 {line} 行，{key}：{expected}")
        self.file, self.line, self.key, self.expected = file, line, key, expected


_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\]]+?)\s*\]")
_KEY = re.compile(r"^\s*([A-Za-z0-9_\-\"]+)\s*=")


class _Lines:
    """Where each table and key of a file stands, looked for when one is refused: the parser tells none."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        return _line_numbers(self._text)


def _line_numbers(text: str) -> dict[str, int]:
    """Map each table path (``trade[1].paper``) and each key below it to its line."""
    lines: dict[str, int] = {}
    counts: dict[str, int] = {}
    path = ""
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line):
            path = _numbered(header[2], counts, is_list=header[1] == "[[")
            lines.setdefault(path, number)
        elif key := _KEY.match(line):
            name = key[1].strip('"')
            lines.setdefault(f"{path}.{name}" if path else name, number)
    return lines


def _numbered(header: str, counts: dict[str, int], *, is_list: bool) -> str:
    """Write ``trade.paper`` as ``trade[1].paper`` for the second trade."""
    parts = [part.strip().strip('"') for part in header.split(".")]
    plain, numbered = "", ""
    for position, part in enumerate(parts):
        plain = f"{plain}.{part}" if plain else part
        numbered = f"{numbered}.{part}" if numbered else part
        if is_list and position == len(parts) - 1:
            counts[numbered] = counts.get(numbered, -1) + 1
        if numbered in counts:
            numbered = f"{numbered}[{counts[numbered]}]"
    return numbered


@dataclass(slots=True)
class StrictTable:
    """One table of the file; every key must be asked for, and be what is asked for."""

    file: str
    path: str
    values: Mapping[str, object]
    lines: _Lines
    asked: set[str] = field(default_factory=set)

    @classmethod
    def of_text(cls, text: str, file: str) -> "StrictTable":
        """Parse a whole file; broken TOML is refused with the line that the parser names."""
        try:
            values = tomli.loads(text)
        except tomli.TOMLDecodeError as wrong:
            found = re.search(r"line (\d+)", str(wrong))
            line = int(found[1]) if found else 1
            raise WrongFile(file, line, "TOML", f"读不懂这一行（{wrong}）") from wrong
        return cls(file, "", values, _Lines(text))

    def refuse(self, key: str, expected: str) -> WrongFile:
        """Return the refusal for a key of this table, to be raised."""
        path = f"{self.path}.{key}" if self.path else key
        line = self.lines.numbers.get(path) or self.lines.numbers.get(self.path) or 1
        return WrongFile(self.file, line, path, expected)

    def text(self, key: str, default: str | None = None, *, what: str = "一段文字") -> str:
        """Return a text of visible characters; one without a default must say something."""
        value = self._value(key, str, "一段文字（写在引号里）", default)
        if default is None and not value.strip():
            raise self.refuse(key, f"不能是空的，应为{what}")
        if hidden := next((one for one in value if one != "\n" and category(one) == "Cc"), ""):
            raise self.refuse(key, f"文字里有看不见的控制字符（U+{ord(hidden):04X}），请删去")
        return value

    def digits(self, key: str, count: int) -> str:
        """Return a code of so many digits, written as a text so that no zero in front is lost."""
        value = self.text(key)
        if not fullmatch(rf"[0-9]{{{count}}}", value):
            raise self.refuse(key, f"应为 {count} 位数字（写在引号里），现为“{value}”")
        return value

    def integer(
        self, key: str, default: int | None = None, *, least: int = 0, most: int = MOST_NUMBER
    ) -> int:
        value = self._value(key, int, f"{least} 到 {most} 的整数", default)
        if not least <= value <= most:
            raise self.refuse(key, f"应为 {least} 到 {most} 的整数，现为 {value!r}")
        return value

    def optional_integer(self, key: str) -> int | None:
        self.asked.add(key)
        return self.integer(key) if key in self.values else None

    def boolean(self, key: str, default: bool | None = None) -> bool:
        return self._value(key, bool, "true 或 false", default)

    def day(self, key: str) -> date:
        value = self._value(key, date, "日期，如 2018-06-01", None)
        if isinstance(value, datetime):
            raise self.refuse(key, f"应为日期，如 2018-06-01，不写时间，现为 {value.isoformat()}")
        return value

    def optional_day(self, key: str) -> date | None:
        self.asked.add(key)
        return self.day(key) if key in self.values else None

    def texts(self, key: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        otherwise = None if default is None else list(default)
        values = self._value(key, list, '一组文字，如 ["a", "b"]', otherwise)
        if not all(isinstance(value, str) for value in values):
            raise self.refuse(key, "应为一组文字，每项写在引号里")
        return tuple(values)

    def one_of(self, key: str, allowed: tuple[str, ...], default: str | None = None) -> str:
        value = self.text(key, default)
        if value not in allowed:
            raise self.refuse(key, f"应为 {'、'.join(allowed)} 之一，现为“{value}”")
        return value

    def some_of(
        self, key: str, allowed: tuple[str, ...], default: tuple[str, ...] | None = None
    ) -> tuple[str, ...]:
        values = self.texts(key, default)
        for value in values:
            if value not in allowed:
                raise self.refuse(key, f"只能用 {'、'.join(allowed)}，现有“{value}”")
        return values

    def table(self, key: str) -> "StrictTable":
        value = self._value(key, dict, f"一个表 [{key}]", None)
        return StrictTable(self.file, f"{self.path}.{key}" if self.path else key, value, self.lines)

    def optional_table(self, key: str) -> "StrictTable | None":
        self.asked.add(key)
        return self.table(key) if key in self.values else None

    def tables(self, key: str, *, may_be_missing: bool = False) -> Iterator["StrictTable"]:
        values = self._value(key, list, f"一个或几个 [[{key}]]", [] if may_be_missing else None)
        path = f"{self.path}.{key}" if self.path else key
        for position, value in enumerate(values):
            if not isinstance(value, dict):
                raise self.refuse(key, f"应为一个或几个 [[{key}]]")
            yield StrictTable(self.file, f"{path}[{position}]", value, self.lines)

    def strings(self) -> Mapping[str, str]:
        """Return a table whose keys are free and whose values are all texts."""
        self.asked.update(self.values)
        return {key: self.text(key) for key in self.values}

    def finish(self) -> None:
        """Refuse the first key that nothing asked for: a misspelt key is never silently ignored."""
        for key in self.values:
            if key not in self.asked:
                known = "、".join(sorted(self.asked))
                raise self.refuse(key, f"不认识这一项；这里可以写：{known}")

    def _value(self, key: str, kind: type[_T], expected: str, default: _T | None) -> _T:
        self.asked.add(key)
        if key not in self.values:
            if default is None:
                raise self._missing(key, expected)
            return default
        value = self.values[key]
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise self.refuse(key, f"应为{expected}，现为 {value!r}")
        return value

    def _missing(self, key: str, expected: str) -> WrongFile:
        """Point at the misspelt key where there is one, else at the table that lacks the key."""
        if meant := get_close_matches(key, self.values.keys() - self.asked, n=1):
            return self.refuse(meant[0], f"不认识这一项，是不是“{key}”？应为{expected}")
        return self.refuse(key, f"缺这一项，应为{expected}")
