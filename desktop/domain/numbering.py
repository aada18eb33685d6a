"""Numbers of certificates and cards: a template of the rule pack, a counter's scope, a check digit."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from desktop.domain.errors import WrongValue

SCOPE_PARTS = ("profile", "county", "township", "village", "year", "trade")
"""What a counter may be kept for; together they name one counter."""


@dataclass(frozen=True, slots=True)
class NumberContext:
    """What the number of one paper is made from, beside its serial."""

    profile: str
    trade: str
    prefix: str
    region_code: str  # 6 digits: province, city, county
    township_code: str  # 9 digits
    on: date
    village_code: str = ""  # 12 digits
    trade_digit: str = ""  # or three digits, as the licences of food producers have them


_CHECK = "校验:MOD11-10"
_TOKENS: Mapping[str, str] = {
    "字头": r"[^\d\s]+",
    "类别1": r"\d",
    "类别3": r"\d{3}",
    "省2": r"\d{2}",
    "市2": r"\d{2}",
    "县2": r"\d{2}",
    "县6": r"\d{6}",
    "乡镇3": r"\d{3}",
    "村3": r"\d{3}",
    "年4": r"\d{4}",
    "年2": r"\d{2}",
    "月2": r"\d{2}",
    _CHECK: r"(?P<check>\d)",
}
_SERIAL = re.compile(r"序:?([1-9]\d?)")
_PIECES = re.compile(r"\{([^{}]*)\}|([^{}]+)")
_GROUPS: Mapping[str, str] = {
    "字头": "prefix",
    "类别1": "prefix",
    "类别3": "prefix",
    **dict.fromkeys(("省2", "市2", "县2", "乡镇3", "村3"), "region"),
    **dict.fromkeys(("年4", "年2", "月2"), "year"),
}
_NEEDED = {"village": ("村3",), "year": ("年4", "年2"), "trade": ("字头", "类别1", "类别3")}
_MOST_DIGITS = 12


@dataclass(frozen=True, slots=True)
class NumberRule:
    """A template read and checked: literals and tokens, and the scope of its counter."""

    template: str
    scope: tuple[str, ...]
    digits: int
    _pieces: tuple[tuple[str, bool], ...]  # text and whether it is a token
    _pattern: re.Pattern[str]

    @classmethod
    def parse(cls, template: str, scope: tuple[str, ...]) -> "NumberRule":
        """Read a template such as ``{字头}{县6}{年4}{序:4}``; ``WrongValue`` says what is wrong in it."""
        pieces = _read_pieces(template)
        tokens = [text for text, is_token in pieces if is_token]
        serials = [found for token in tokens if (found := _SERIAL.fullmatch(token))]
        if len(serials) != 1:
            raise _wrong(template, "要有且只有一个顺序号，如 {序:4}")
        digits = int(serials[0][1])
        if digits > _MOST_DIGITS:
            raise _wrong(template, f"顺序号最多 {_MOST_DIGITS} 位")
        if _CHECK in tokens[:-1] or (_CHECK in tokens and not pieces[-1][1]):
            raise _wrong(template, "校验码只能有一个，写在最后")
        _check_scope(template, scope, pieces)
        pattern = "".join(_pattern_of(text) if is_token else re.escape(text) for text, is_token in pieces)
        return cls(template, scope, digits, pieces, re.compile(pattern, re.ASCII))

    def scope_key(self, context: NumberContext) -> str:
        """Return the name of the counter that this paper takes its serial from."""
        values = {
            "profile": context.profile,
            "county": context.region_code,
            "township": context.township_code,
            "village": context.village_code,
            "year": f"{context.on.year:04d}",
            "trade": context.trade,
        }
        return "/".join(f"{part}={values[part]}" for part in self.scope)

    def format(self, context: NumberContext, serial: int) -> str:
        """Return the number; a serial beyond the template's digits is refused, never widened."""
        if not 1 <= serial < 10**self.digits:
            raise WrongValue("out_of_range", self._overflow(serial))
        values = _values(context) | {f"序:{self.digits}": f"{serial:0{self.digits}d}"}
        number = ""
        for text, is_token in self._pieces:
            if not is_token:
                number += text
            elif text == _CHECK:
                number += check_digit(number)
            else:
                number += _present(self.template, text, values[text])
        return number

    def matches(self, number: str) -> int | None:
        """Return the serial of a number made by this rule, or ``None``; the check digit must be right."""
        found = self._pattern.fullmatch(number)
        if not found or int(found["serial"]) < 1:
            return None
        if "check" in found.groupdict() and check_digit(number[:-1]) != number[-1]:
            return None
        return int(found["serial"])

    def grouped(self, number: str) -> str:
        """Return a number with spaces between prefix, region, year and serial, as papers show it.

        A number of another rule (an old one that was taken in) is returned as it is.
        """
        found = self._pattern.fullmatch(number)
        if not found or self.matches(number) is None:
            return number
        groups: list[tuple[str, str]] = []
        rest = number
        for text, is_token in self._pieces:
            part = re.match(_pattern_of(text) if is_token else re.escape(text), rest, re.ASCII)
            if part is None:
                return number
            kind = _GROUPS.get(text, "serial" if is_token else "region")
            if groups and groups[-1][0] == kind:
                groups[-1] = (kind, groups[-1][1] + part[0])
            else:
                groups.append((kind, part[0]))
            rest = rest[part.end() :]
        return " ".join(text for _, text in groups)

    def _overflow(self, serial: int) -> str:
        return (
            f"顺序号 {serial} 超出编号规则“{self.template}”的 {self.digits} 位，号码已用完；"
            "请系统管理员在规则包里加长顺序号"
        )


def check_digit(number: str) -> str:
    """Return the MOD 11,10 check digit (GB/T 17710) over the digits of a number; letters do not count."""
    # Read when the first number is given: see credit_code.py.
    from stdnum.iso7064 import mod_11_10

    return str(mod_11_10.calc_check_digit("".join(c for c in number if c in "0123456789")))


def _read_pieces(template: str) -> tuple[tuple[str, bool], ...]:
    pieces: list[tuple[str, bool]] = []
    end = 0
    for found in _PIECES.finditer(template):
        if found.start() != end:
            break
        end = found.end()
        token, literal = found[1], found[2]
        if literal is None and token not in _TOKENS and not _SERIAL.fullmatch(token):
            raise _wrong(template, f"不认识 {{{token}}}；可用：{'、'.join(_TOKENS)}、序:位数")
        serial = _SERIAL.fullmatch(token or "")
        spelled = f"序:{serial[1]}" if serial else token
        pieces.append((literal, False) if literal is not None else (spelled, True))
    if end != len(template) or not pieces:
        raise _wrong(template, "花括号不成对，或模板是空的")
    return tuple(pieces)


def _check_scope(template: str, scope: tuple[str, ...], pieces: tuple[tuple[str, bool], ...]) -> None:
    """Refuse a counter that begins anew for something the number does not show: numbers would repeat."""
    shown = {text for text, is_token in pieces if is_token}
    has_letters = any(c.isalpha() for text, is_token in pieces if not is_token for c in text)
    if has_letters:  # each trade has a template of its own, its letters may stand there as they are
        shown.add("字头")
    for part in scope:
        if part not in SCOPE_PARTS:
            raise _wrong(template, f"计数范围里的“{part}”不认识；可用：{'、'.join(SCOPE_PARTS)}")
        needed = _NEEDED.get(part, ())
        if needed and shown.isdisjoint(needed):
            raise _wrong(template, f"按“{part}”分别计数，号码里就要有 {{{needed[0]}}}，否则会重号")


def _pattern_of(token: str) -> str:
    serial = _SERIAL.fullmatch(token)
    return rf"(?P<serial>\d{{{serial[1]}}})" if serial else _TOKENS[token]


def _values(context: NumberContext) -> dict[str, str]:
    if any(c.isdecimal() for c in context.prefix):
        raise WrongValue("unknown_value", f"编号字头“{context.prefix}”里不能有数字，请改规则包")
    return {
        "字头": context.prefix,
        "类别1": context.trade_digit,
        "类别3": context.trade_digit,
        "省2": context.region_code[:2],
        "市2": context.region_code[2:4],
        "县2": context.region_code[4:6],
        "县6": context.region_code,
        "乡镇3": context.township_code[6:9],
        "村3": context.village_code[9:12],
        "年4": f"{context.on.year:04d}",
        "年2": f"{context.on.year % 100:02d}",
        "月2": f"{context.on.month:02d}",
    }


def _present(template: str, token: str, value: str) -> str:
    if re.fullmatch(_pattern_of(token), value, re.ASCII):
        return value
    sentence = f"编号规则“{template}”要用 {{{token}}}，这里是“{value}”，请在规则包或村名表里补上代码"
    raise WrongValue("missing", sentence)


def _wrong(template: str, reason: str) -> WrongValue:
    return WrongValue("number_template", f"编号规则“{template}”不对：{reason}")
