"""How dates, periods and numbers read on paper."""

from datetime import date

NOT_APPLICABLE = "／"


def chinese_date(day: date) -> str:
    """Return ``2018年6月8日``: no zero padding."""
    return f"{day.year}年{day.month}月{day.day}日"


def period(start: date, end: date | None) -> str:
    """Return ``…至…``; without an end the paper is good for good."""
    return f"{chinese_date(start)}至{chinese_date(end)}" if end else f"{chinese_date(start)}起长期有效"


def ungrouped(number: str) -> str:
    """Return a number as it is stored: the spaces that group it on paper are no part of it."""
    return number.replace(" ", "").replace("\u3000", "")


def ordinal(number: int) -> str:
    """Return 一, 二 … 九十九 for the points of a notice."""
    digits = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    if not tens:
        return digits[ones]
    return ("" if tens == 1 else digits[tens]) + "十" + (digits[ones] if ones else "")
