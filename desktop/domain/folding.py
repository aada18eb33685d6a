"""Makes spellings comparable: full width, spaces, punctuation, case and common variants fold into one."""

import re
from unicodedata import category, normalize

MIDDLE_DOT = "\u00b7"
"""The dot inside names such as 买买提·艾力; its look-alikes fold into it."""

_DOTS = dict.fromkeys(map(ord, "•‧∙⋅・･・"), MIDDLE_DOT)
_FULL_WIDTH = {0xFF01 + offset: 0x21 + offset for offset in range(94)} | {0x3000: 0x20}
_VARIANTS = str.maketrans("號鎮鄉區組邨樓棟衖", "号镇乡区组村楼栋弄")
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−－﹣"), "-")
_INVISIBLE = dict.fromkeys(
    place
    for first, last in (
        (0xAD, 0xAD),  # soft hyphen
        (0x180B, 0x180F),
        (0x200B, 0x200F),
        (0x202A, 0x202E),
        (0x2060, 0x206F),  # word joiner, isolates
        (0xFE00, 0xFE0F),  # which shape of a character is meant: the character is the same
        (0xFEFF, 0xFEFF),
        (0xE0000, 0xE01EF),
    )
    for place in range(first, last + 1)
)
_LETTERS = re.compile("[0-9A-Za-z\u4e00-\u9fff]*")
"""Most of what is folded: of it nothing but the case of its Latin letters changes."""

_COUNTED = re.compile(r"[〇零一二三四五六七八九十百]+(?=组|号|队|幢|栋|室|楼|单元)")
_ROW = "零一二三四五六七八九"
_DIGITS = {digit: value for value, digit in enumerate(_ROW)} | {"〇": 0, "○": 0, "两": 2}


def half_width(text: str) -> str:
    """Fold full-width letters, digits, signs and space; the length stays, so positions stay."""
    return text.translate(_FULL_WIDTH)


def plain_number(text: str) -> str:
    """Fold what people put around digits: full width, odd dashes, invisible characters, outer spaces.

    An apostrophe in front only told a spreadsheet that this is text.
    """
    folded = half_width(text).translate(_DASHES).translate(_INVISIBLE).strip()
    return folded.lstrip("'’‘`").lstrip()


def without_invisible(text: str) -> str:
    """Drop characters that take no place: zero-width spaces, marks of byte order, direction and shape."""
    return text.translate(_INVISIBLE)


def fold(text: str) -> str:
    """Fold any words for comparing: only letters, digits and characters stay; rare characters as they are."""
    folded = _plain(text)
    if not _LETTERS.fullmatch(folded):
        folded = "".join(mark for mark in folded if not _is_punctuation(mark))
    return folded if folded == text else fold(folded)


def fold_name(text: str) -> str:
    """Fold a name for comparing: as ``fold``, but the middle dot of 买买提·艾力 stays."""
    folded = _plain(text)
    if not _LETTERS.fullmatch(folded):
        folded = "".join(mark for mark in folded if mark == MIDDLE_DOT or not _is_punctuation(mark))
    return folded if folded == text else fold_name(folded)


def fold_address(text: str) -> str:
    """Fold an address for comparing: 六组 is 6组, 號 is 号; 3-12号 never becomes 312号."""
    folded = _COUNTED.sub(_as_digits, _plain(text).translate(_VARIANTS))
    if not _LETTERS.fullmatch(folded):
        kept = "".join("-" if _is_punctuation(mark) else mark for mark in folded)
        folded = re.sub(r"-+", lambda gap: "-" if _between_digits(gap) else "", kept)
    return folded if folded == text else fold_address(folded)


def private_use_characters(text: str) -> tuple[str, ...]:
    """Return the characters that only an old system's own font can show, each once, in their order."""
    return tuple(dict.fromkeys(character for character in text if category(character) == "Co"))


def chinese_number(text: str) -> int | None:
    """Read 三, 十二, 一百零五 or a row of digits such as 二〇一八; ``None`` where it is no number."""
    if text and all(mark in _DIGITS for mark in text):
        return int("".join(str(_DIGITS[mark]) for mark in text))
    return _SPELLED.get(text.replace("〇", "零").replace("○", "零"))


def _spelled(number: int) -> str:
    """Spell 10 to 999 as people write it, with 十 for a lone ten."""
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    text = f"{_ROW[hundreds]}百" if hundreds else ""
    if tens:
        text += f"{'' if number < 20 else _ROW[tens]}十"
    elif hundreds and ones:
        text += "零"
    return text + (_ROW[ones] if ones else "")


_SPELLED = {_spelled(number): number for number in range(10, 1000)}


def _plain(text: str) -> str:
    """Fold width, case and dots once; what this leaves together may fold again, so callers repeat."""
    if _LETTERS.fullmatch(text):
        return text.lower()
    plain = normalize("NFKC", without_invisible(text.translate(_DOTS)))
    return plain.translate(_DOTS).casefold()


def _is_punctuation(mark: str) -> bool:
    return mark.isspace() or (category(mark)[0] in "PSZC" and category(mark) not in {"Co", "Cn"})


def _between_digits(gap: re.Match[str]) -> bool:
    text, start, end = gap.string, gap.start(), gap.end()
    return start > 0 and end < len(text) and text[start - 1].isdigit() and text[end].isdigit()


def _as_digits(counted: re.Match[str]) -> str:
    number = chinese_number(counted[0])
    return counted[0] if number is None else str(number)
