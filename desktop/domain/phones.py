"""Phone numbers: mobile, landline with area code, and service numbers; one place may have several."""

import re

from desktop.domain.errors import WrongValue
from desktop.domain.folding import half_width, plain_number

_MOBILE = re.compile(r"1[3-9]\d{9}", re.ASCII)
_LANDLINE = re.compile(r"(010|02\d|0[3-9]\d{2})(\d{7,8})", re.ASCII)
_SERVICE = re.compile(r"[48]00\d{7}|95\d{3,6}|1[0-2]\d{3}", re.ASCII)
_EXTENSION = re.compile(r"(?:转|-|ext\.?)(\d{1,6})$", re.ASCII | re.IGNORECASE)
_SAID_BEFORE = re.compile(r"^(?:联系)?(?:电话|手机|座机|固话)(?:号码|号)?:? ?")
_BETWEEN = re.compile(r"[/、,;|\n\r]|或|和")
_WHOLE = re.compile(r"1[3-9]\d{9}|0\d{2,3}-?\d{7,8}", re.ASCII)
_JOINT = "、"
_EXPONENT = re.compile(r"(\d)\.(\d+)[Ee]\+?(\d{1,2})", re.ASCII)
_WAY_OUT = "手机 11 位，座机带区号，如 0519-82881234"


def read_phone(typed: object) -> str:
    """Read one phone number; a landline comes back as 0519-82881234, an extension after one more hyphen."""
    text = _compact(typed)
    number = re.sub(r"[ \-()]", "", text)
    if _MOBILE.fullmatch(number) or _SERVICE.fullmatch(number):
        return number
    landline = _read_landline(text, number)
    if landline:
        return landline
    raise WrongValue("phone_shape", _what_is_wrong(text, number))


def read_phones(typed: object) -> str:
    """Read one or several phone numbers, parted by 、 / ; a comma or a gap; they come back parted by 、.

    One of them that cannot be read refuses them all: ``0519-82881234/35`` needs a guess.
    """
    if not isinstance(typed, str):
        return read_phone(typed)
    parts = [part for part in _BETWEEN.split(half_width(typed)) if part.strip()]
    if len(parts) <= 1:
        words = (parts or [typed])[0].split()
        parts = words if len(words) > 1 and all(_is_whole(word) for word in words) else parts or [typed]
    return _JOINT.join(dict.fromkeys(read_phone(part) for part in parts))


def phones_of(phones: str | None) -> tuple[str, ...]:
    """Return each number of what ``read_phones`` made one text of."""
    return tuple(phones.split(_JOINT)) if phones else ()


def _is_whole(word: str) -> bool:
    return _WHOLE.fullmatch(plain_number(word)) is not None


def is_service_number(phone: str) -> bool:
    """Return whether this is a hotline such as 400…, 95… or 12315: allowed, but worth a second look."""
    return _SERVICE.fullmatch(phone) is not None


def _compact(typed: object) -> str:
    if isinstance(typed, float) and typed == typed and abs(typed) < 2**53 and typed == int(typed):
        typed = int(typed)
    text = _SAID_BEFORE.sub("", re.sub(r"\s+", " ", plain_number(str(typed))))
    text = _without_exponent(re.sub(r"^(\d+)\.0+$", r"\1", text))
    return re.sub(r"^(?:\+ ?86|0086|86(?=[ \-]?1[3-9]))[ \-]*", "", text)


def _without_exponent(text: str) -> str:
    """Write 1.3970743766E+10 out: all its digits are there; of 1.397E+10 they are lost."""
    found = _EXPONENT.fullmatch(text)
    is_whole = found is not None and len(found[2]) == int(found[3])
    return f"{found[1]}{found[2]}" if found is not None and is_whole else text


def _read_landline(text: str, number: str) -> str | None:
    """Look for an extension first: 0519-8288123-4 is no eight-digit number."""
    extension = _EXTENSION.search(text)
    main = _LANDLINE.fullmatch(re.sub(r"[ \-()]", "", text[: extension.start()])) if extension else None
    if extension and main:
        return f"{main[1]}-{main[2]}-{extension[1]}"
    whole = _LANDLINE.fullmatch(number)
    return f"{whole[1]}-{whole[2]}" if whole else None


def _what_is_wrong(text: str, number: str) -> str:
    if re.search(r"[/、,;，；]", text):
        return "这里有不止一个电话，只能填一个，请留下最常用的"
    if not re.fullmatch(r"\d+", number, re.ASCII):
        return f"电话里有数字以外的字，请改成号码：{_WAY_OUT}"
    if re.fullmatch(r"[2-8]\d{6,7}", number, re.ASCII):
        return f"座机缺区号，或者少了几位：{_WAY_OUT}"
    return f"电话 {len(number)} 位，不像手机也不像座机，请核对：{_WAY_OUT}"
