"""What a reader of identity cards types or pastes: name, number, address in one run of fields."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from desktop.domain.errors import WrongValue
from desktop.domain.identity import read_identity_number


@dataclass(frozen=True, slots=True)
class CardFacts:
    """What stands on an identity card, as far as a survey asks for it."""

    name: str
    number: str
    address: str


_LABELS = {
    "name": ("姓名", "名字"),
    "number": ("公民身份号码", "身份证号码", "身份证号", "身份号码", "证件号码", "号码", "证号"),
    "address": ("家庭住址", "户籍地址", "住址", "地址"),
}
_OTHER_LABELS = ("性别", "民族", "出生日期", "出生", "签发机关", "有效期限", "有效期")
_PLACE = re.compile(r"[省市区县镇乡村街路巷弄号组幢室旗盟州]")
_AUTHORITY = re.compile(r"(公安(局|分局|厅)|分局)$")
_NO_NAME = re.compile(r"[男女]|.{1,6}族|居民身份证|长期|汉|第?[一二三]代")
_NAME = re.compile(r"[^\W\d_a-z]([^\W\d_]|[·•・.\s])*", re.IGNORECASE)
_LEAST_ADDRESS = 4


def read_card(text: str) -> CardFacts | None:
    """Read what a card reader typed; ``None`` where it is no card: no valid number, or nothing beside it."""
    fields = _fields(text)
    labelled = dict(filter(None, map(_labelled, fields)))
    plain = [field for field in fields if _labelled(field) is None]
    number = _number(labelled.get("number", ""), plain)
    if number is None:
        return None
    name = labelled.get("name") or _name(plain)
    address = labelled.get("address") or _address(plain, name)
    if not name:
        return None
    return CardFacts(_spaced_out(name), number, address)


def looks_like_card(text: str) -> bool:
    """Tell whether a pasted text has several fields and is a card; a number alone is typed as it is."""
    return len(_fields(text)) > 1 and read_card(text) is not None


def _fields(text: str) -> list[str]:
    parts = re.split(r"[\t\r\n|;；]+", text)
    if len(parts) == 1:
        parts = re.split(r"[,，]+", text)
    return [part.strip() for part in parts if part.strip()]


def _labelled(field: str) -> tuple[str, str] | None:
    """Split “姓名：张三” into what it is and what it says; other labels are no names either."""
    label, mark, value = field.replace(":", "：", 1).partition("：")
    if not mark:
        return None
    for code, words in _LABELS.items():
        if label.strip() in words:
            return code, value.strip()
    return ("", "") if label.strip() in _OTHER_LABELS else None


def _number(stated: str, plain: Sequence[str]) -> str | None:
    return next((found for field in (stated, *plain) if (found := _read(field)) is not None), None)


def _read(field: str) -> str | None:
    if not re.fullmatch(r"[\dXx０-９Ｘｘ\s\-]{18,24}", field):
        return None
    try:
        return read_identity_number(field)
    except WrongValue:
        return None


def _name(plain: Iterable[str]) -> str:
    for field in plain:
        is_name = _NAME.fullmatch(field) and not _NO_NAME.fullmatch(field) and not _AUTHORITY.search(field)
        if is_name:
            return field
    return ""


def _address(plain: Iterable[str], name: str) -> str:
    """Return the longest field that names a place, except the office that issued the card."""
    places = [
        field
        for field in plain
        if field != name
        and len(field) >= _LEAST_ADDRESS
        and len(_PLACE.findall(field)) > 1
        and not _AUTHORITY.search(field)
    ]
    return max(places, key=len, default="")


def _spaced_out(name: str) -> str:
    """Close the gaps that cards print between the characters of a Chinese name."""
    is_chinese = all(not char.isascii() or char.isspace() for char in name)
    return re.sub(r"\s+", "", name) if is_chinese else name.strip()
