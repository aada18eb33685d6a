"""Reading counts, areas, yes and no, and plain text as people type them and as cells hold them."""

import re
import unicodedata
from datetime import date
from decimal import Decimal

from desktop.domain.errors import WrongValue
from desktop.domain.folding import chinese_number, half_width, without_invisible

_MOST_PEOPLE = 9_999
_MOST_SHOWN = 40  # longer is no number, and the sentence stays readable
_MOST_AREA = Decimal("999999.99")
_PEOPLE = re.compile(r"(.+?)(?:个人|口人|人|名|位|个|口|户|张|份|本)?")
_AREA = re.compile(r"(.+?)(?:平方米|平方|平米|平|㎡|m2|m²)?", re.IGNORECASE)
_PLAIN = re.compile(r"[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?", re.ASCII)
_PLAIN_WORDS = re.compile("[ -~、。\u4e00-\u9fff（），；：]*")
"""Most of what is written anywhere: composed and visible, with no full-width letter or digit in it."""

_LETTERS_AND_DIGITS = {
    code: code - 0xFEE0
    for first, last in ("０９", "ＡＺ", "ａｚ")
    for code in range(ord(first), ord(last) + 1)
}
_YES = frozenset({"有", "是", "对", "已有", "√", "✓", "✔", "y", "yes", "true", "1", "1.0"})
_NO = frozenset(
    {"无", "否", "没有", "没", "不是", "未有", "×", "✗", "✘", "x", "n", "no", "false", "0", "0.0"}
)


def read_text(value: object) -> str:
    """Read text: NFC, half-width letters and digits, one space for each gap, nothing invisible.

    Full-width punctuation is correct Chinese and stays; a whole number loses its ``.0``.
    """
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, date):
        return value.isoformat()[:10]
    typed = str(value)
    return " ".join((typed if _PLAIN_WORDS.fullmatch(typed) else _composed(typed)).split())


def _composed(typed: str) -> str:
    text = without_invisible(typed).translate(_LETTERS_AND_DIGITS)
    if any(_is_broken(character) for character in text):
        raise WrongValue("broken_character", "文字里有损坏的字（读取或粘贴时丢了），请照原件重新填写")
    spaced = "".join(" " if unicodedata.category(c) == "Cc" else c for c in text)
    return unicodedata.normalize("NFC", spaced)  # last: what stood between two marks is gone only now


def read_count(value: object) -> int:
    """Read a number of people or things: ``5人``, ``５``, ``5.0``, ``五人``."""
    typed = _squeezed(value)
    found = _PEOPLE.fullmatch(typed)
    words = found[1] if found else ""
    is_row = len(words) > 1 and "十" not in words and "百" not in words
    in_words = None if is_row else chinese_number(words)  # 二三人 is two or three, not 23
    number = Decimal(in_words) if in_words is not None else _decimal(words)
    if number is None or number != int(number):
        raise WrongValue("not_a_number", f"“{typed}”不是整数，请只填数字，如 5")
    if not 0 <= number <= _MOST_PEOPLE:
        raise WrongValue("out_of_range", f"“{typed}”不在 0 到 {_MOST_PEOPLE} 之间，请核对")
    return int(number)


def read_area(value: object) -> Decimal:
    """Read square metres with at most two decimals: ``30平方``, ``30.5㎡``."""
    typed = _squeezed(value)
    found = _AREA.fullmatch(typed)
    number = _area_number(found[1]) if found else None
    if number is None:
        raise WrongValue("not_a_number", f"“{typed}”不是面积，请只填平方米数，如 30 或 30.5")
    if not 0 <= number <= _MOST_AREA:
        raise WrongValue("out_of_range", f"“{typed}”不在 0 到 {_MOST_AREA} 平方米之间，请核对")
    area = number.quantize(Decimal("0.01"))
    if area != number:
        raise WrongValue("out_of_range", f"“{typed}”的小数太长，面积最多写两位小数，请核对")
    return area


def read_yes_no(value: object) -> bool:
    """Read 有/无, 是/否 and the marks and letters people use for them."""
    typed = half_width(read_text(value)).strip().casefold()
    if typed in _YES:
        return True
    if typed in _NO:
        return False
    raise WrongValue("unknown_value", f"“{typed}”看不出是有还是无，请填“有”或“无”")


def _is_broken(character: str) -> bool:
    """Return whether this is half of a pair, or the mark of a decoder that lost a character."""
    return character == "\ufffd" or unicodedata.category(character) == "Cs"


def _squeezed(value: object) -> str:
    if isinstance(value, float):
        value = round(value, 6)  # a cell holds 30.1 as 30.100000000000001
    typed = "".join(half_width(read_text(value)).split()).lstrip("'’‘")
    return typed if len(typed) <= _MOST_SHOWN else f"{typed[:_MOST_SHOWN]}…"


def _area_number(words: str) -> Decimal | None:
    in_words = chinese_number(words) if "十" in words or "百" in words or len(words) == 1 else None
    return _decimal(words) if in_words is None else Decimal(in_words)


def _decimal(text: str) -> Decimal | None:
    return Decimal(text.replace(",", "")) if text.isascii() and _PLAIN.fullmatch(text) else None
