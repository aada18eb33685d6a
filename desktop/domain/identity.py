"""Identity numbers (GB 11643-1999): read as people write them, checked, and what they tell."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from tomli import loads

from desktop.domain.errors import WrongValue
from desktop.domain.folding import plain_number

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"
_LARGEST_EXACT = 2**53
_SPREADSHEET_NOTATION = re.compile(r"\d(\.\d+)?[Ee]\+?\d+")
_SAID_BEFORE = re.compile(r"^(?:公民|居民)?身份证?(?:号码|号)?[:：]?")
YOUNGEST, OLDEST = 16, 100
"""Years of age at which somebody may be expected to run a trade; beyond them the number is doubted."""

_BIRTH_ORDER_OF_CENTENARIANS = ("996", "997", "998", "999")


@dataclass(frozen=True, slots=True)
class IdentityFacts:
    """What a number tells about its holder; ``region_hint`` is empty where the code is not in our table."""

    region_code: str
    born_on: date
    sex: str
    region_hint: str

    def age(self, on: date) -> int:
        """Return the full years of age on that day."""
        return on.year - self.born_on.year - ((on.month, on.day) < (self.born_on.month, self.born_on.day))


def read_identity_number(typed: object) -> str:
    """Read an identity number; the region code is not judged, for old codes stay on old cards.

    A 15-digit number of the first generation becomes its 18-digit form by the rule of the standard;
    ``is_old_number`` tells that this happened.
    """
    text = _compact(typed)
    if is_old_number(text):
        return _converted(text)
    _refuse_wrong_shape(text)
    expected = check_digit(text[:17])
    born_on = _birth_date(text)
    if text[17] != expected and text.endswith("000"):  # no fifteenth digit is followed by three noughts
        raise _damaged()
    if text[17] != expected:
        told = "、".join(_told(text, born_on))
        sentence = f"最后一位对不上，多半抄错了一位。前 17 位：{told}。请对照身份证逐位核对"
        raise WrongValue("id_number_check_digit", sentence)
    if born_on is None:
        sentence = f"出生日期 {_dashed(text)} 不存在，请对照身份证核对第 7 至 14 位"
        raise WrongValue("id_number_shape", sentence)
    return text


def facts(number: str) -> IdentityFacts:
    """Return what a number that ``read_identity_number`` accepted tells."""
    born_on = _birth_date(number)
    if born_on is None:
        raise WrongValue("id_number_shape", f"出生日期 {_dashed(number)} 不存在，请先核对身份证号")
    return IdentityFacts(number[:6], born_on, _sex(number), region_hint(number[:6]))


def age_in_doubt(number: str, on: date) -> str:
    """Say what is unlikely about the age of an operator on a day; empty where nothing is."""
    holder = facts(number)
    if holder.born_on > on:
        told = "那天还没有到"
    elif not YOUNGEST <= (age := holder.age(on)) <= OLDEST:
        told = f"现在 {age} 岁"
    else:
        return ""
    return f"按身份证号是 {holder.born_on:%Y-%m-%d} 出生，{told}，多半抄错了，请对照身份证核对第 7 至 14 位"


def region_hint(code: str) -> str:
    """Return what a region code was called, old codes too; empty where the table does not know it."""
    return _region_names().get(code, "")


def check_digit(first_17: str) -> str:
    """Return the eighteenth character that belongs to the first seventeen."""
    total = sum(int(digit) * weight for digit, weight in zip(first_17, _WEIGHTS, strict=True))
    return _CHECK_DIGITS[total % 11]


def is_old_number(typed: object) -> bool:
    """Return whether this is a 15-digit number of the first generation, which is stored as 18 digits."""
    return re.fullmatch(r"[1-9]\d{14}", _compact(typed), re.ASCII) is not None


@cache
def _region_names() -> dict[str, str]:
    names: dict[str, str] = loads(
        files("desktop.domain").joinpath("regions.toml").read_text(encoding="utf-8")
    )
    return names


def _compact(typed: object) -> str:
    if isinstance(typed, (int, float)) and not isinstance(typed, bool):
        return _of_number(typed)
    text = re.sub(r"[\s\-]", "", plain_number(str(typed))).upper()
    text = _SAID_BEFORE.sub("", text).removesuffix("(本人)")
    if _SPREADSHEET_NOTATION.fullmatch(text):
        raise _damaged()
    return re.sub(r"\.0+$", "", text) if re.fullmatch(r"\d{15}\.0+", text, re.ASCII) else text


def _of_number(typed: float) -> str:
    """Write a number cell as digits; a spreadsheet keeps 15 of them, so a longer one has lost its end."""
    if typed != typed or abs(typed) >= _LARGEST_EXACT:
        raise _damaged()
    return str(int(typed)) if typed == int(typed) else str(typed)


def _damaged() -> WrongValue:
    sentence = "身份证号被表格软件当成数字，末几位已经丢失，请把这一列设为“文本”后重新填写"
    return WrongValue("id_number_damaged", sentence)


def _refuse_wrong_shape(text: str) -> None:
    if re.fullmatch(r"[1-9]\d{16}[\dX]", text, re.ASCII):
        return
    letters = "、".join(dict.fromkeys(mark for mark in text if not mark.isdigit() and mark != "X"))
    if len(text) == 18 and letters:
        sentence = f"身份证号里有“{letters}”，不是数字，请对照身份证改成数字"
    elif len(text) != 18:
        sentence = f"身份证号应为 18 位，现有 {len(text)} 位，请对照身份证补全"
    else:
        sentence = "身份证号应为 17 位数字加一位数字或 X，首位不为 0，请对照身份证核对"
    raise WrongValue("id_number_shape", sentence)


def _converted(text: str) -> str:
    if text.endswith(_BIRTH_ORDER_OF_CENTENARIANS):
        sentence = "15 位旧号码末三位是百岁老人专用的顺序号，出生世纪无法判断，请填 18 位号码"
        raise WrongValue("id_number_shape", sentence)
    first_17 = f"{text[:6]}19{text[6:]}"
    if _birth_date(first_17) is None:
        sentence = "只有 15 位，而且不是 15 位旧号码（出生日期不存在），请填身份证上的 18 位号码"
        raise WrongValue("id_number_shape", sentence)
    return first_17 + check_digit(first_17)


def _birth_date(number: str) -> date | None:
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def _dashed(number: str) -> str:
    return f"{number[6:10]}-{number[10:12]}-{number[12:14]}"


def _sex(number: str) -> str:
    return "男" if int(number[16]) % 2 else "女"


def _told(number: str, born_on: date | None) -> list[str]:
    hint = region_hint(number[:6])
    born = _dashed(number) if born_on else f"{_dashed(number)}（没有这一天）"
    return [*([hint] if hint else []), born, _sex(number)]
