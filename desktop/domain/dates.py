"""Reading days as people write them; what would need a guess is refused."""

import re
from datetime import date, datetime, timedelta

from desktop.domain.errors import WrongValue
from desktop.domain.folding import chinese_number, half_width, without_invisible

_SERIAL_ZERO = date(1899, 12, 30)  # day 0 of the 1900 system for every day after 1900-02-28
_SERIALS = range(18_264, 73_051)  # 1950 to 2099: below lie years and counts, not days
_MOST_SHOWN = 40
_YEARS = range(1900, 2100)
_SHORT_YEARS = range(10, 50)  # 18.4.3 is 2018; 03.4.18 or 78.4.3 could be several days

_NUMBERS = re.compile(
    r"(\d{4}|\d{2})\s*[-./年、,。·\s]\s*(\d{1,2})\s*[-./月、,。·\s]\s*(\d{1,2})\s*[日号]?(?:上午|下午)?[.。]?"
    r"(?:\s*\(?(?:星期|周|礼拜)[一二三四五六日天]\)?)?"
    r"(?:[T\s]\s*\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?)?",
    re.ASCII,
)
_OF_REPUBLIC = re.compile(r"(?:民国|民國)\s*(\d{1,3})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]", re.ASCII)
_BEFORE_REPUBLIC = 1911
_EIGHT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:\.0+)?", re.ASCII)
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?", re.ASCII)
_WORDS = re.compile(
    r"([〇○零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})[日号]"
)
_WORD_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")


def read_date(value: object) -> date:
    """Return the day; ``date_impossible`` for 2018-02-30, ``date_unreadable`` for what needs a guess."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, bool):
        raise _unreadable(str(value))
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    typed = re.sub(r"[‐‑‒–—−]", "-", without_invisible(half_width(str(value)))).strip()
    typed = typed.lstrip("'’‘")  # it only told a spreadsheet that this is text
    typed = " ".join(typed.split())
    if found := _NUMBERS.fullmatch(typed) or _EIGHT.fullmatch(typed):
        return _day(typed, found[1], int(found[2]), int(found[3]))
    if found := _OF_REPUBLIC.fullmatch(typed):
        return _day(typed, f"{int(found[1]) + _BEFORE_REPUBLIC}", int(found[2]), int(found[3]))
    if found := _WORDS.fullmatch("".join(typed.split())):
        return _in_words(typed, *found.groups())
    found = _SERIAL.fullmatch(typed)
    if found and int(found[1]) in _SERIALS:
        return _SERIAL_ZERO + timedelta(days=int(found[1]))
    raise _unreadable(typed)


def _in_words(typed: str, year: str, month: str, day: str) -> date:
    months, days = _spelled(month), _spelled(day)
    if months is None or days is None:
        raise _unreadable(typed)
    return _day(typed, year.translate(_WORD_DIGITS), months, days)


def _spelled(words: str) -> int | None:
    """Read 三 or 二十三; 二三日 may be the 2nd to the 3rd, so a row of digits is no number here."""
    return chinese_number(words) if len(words) == 1 or "十" in words else None


def _day(typed: str, year: str, month: int, day: int) -> date:
    if len(year) == 2 and int(year) not in _SHORT_YEARS:
        raise _unreadable(typed)
    full_year = int(year) if len(year) == 4 else 2000 + int(year)
    try:
        read = date(full_year, month, day)
    except ValueError as wrong:
        sentence = f"“{typed}”：{full_year} 年没有 {month} 月 {day} 日这一天，请核对"
        raise WrongValue("date_impossible", sentence) from wrong
    if full_year not in _YEARS:
        raise WrongValue("out_of_range", f"“{typed}”的年份不在 1900 到 2099 之间，请核对")
    return read


def _unreadable(typed: str) -> WrongValue:
    shown = typed if len(typed) <= _MOST_SHOWN else f"{typed[:_MOST_SHOWN]}…"
    sentence = f"“{shown}”看不出是哪一天，请写全年月日，如 2018-04-03"
    return WrongValue("date_unreadable", sentence)
