"""Licence numbers: the unified social credit code (GB 32100-2015) and the 15-digit number before it."""

import re

from desktop.domain.errors import WrongValue
from desktop.domain.folding import plain_number

_SHAPE = re.compile(r"[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}", re.ASCII)
_LARGEST_EXACT = 2**53


def read_credit_code(typed: object) -> str:
    """Read an 18-character credit code or an old 15-digit registration number, with its check digit."""
    # Read when the first licence comes: the library brings half of pydoc with it to each start.
    from stdnum.cn.uscc import calc_check_digit
    from stdnum.iso7064 import mod_11_10

    text = _compact(typed)
    if re.fullmatch(r"\d{15}", text, re.ASCII):
        if not mod_11_10.is_valid(text):
            raise WrongValue("credit_code_check_digit", "15 位注册号的末位对不上，请对照营业执照逐位核对")
        return text
    if not _SHAPE.fullmatch(text):
        raise WrongValue("credit_code_shape", _what_is_wrong(text))
    if text[17] != calc_check_digit(text[:17]):
        raise WrongValue(
            "credit_code_check_digit", "信用代码的末位对不上，多半抄错了一位，请对照营业执照核对"
        )
    return text


def _compact(typed: object) -> str:
    if isinstance(typed, (int, float)) and not isinstance(typed, bool):
        if typed != typed or abs(typed) >= _LARGEST_EXACT:
            sentence = "信用代码被表格软件当成数字，末几位已经丢失，请把这一列设为“文本”后重新填写"
            raise WrongValue("credit_code_shape", sentence)
        return str(int(typed)) if typed == int(typed) else str(typed)
    text = re.sub(r"[\s\-]", "", plain_number(str(typed))).upper()
    return text.removesuffix(".0")


def _what_is_wrong(text: str) -> str:
    if len(text) != 18:
        return f"统一社会信用代码应为 18 位（旧注册号 15 位），现有 {len(text)} 位，请对照营业执照补全"
    never = "、".join(dict.fromkeys(mark for mark in text if mark in "IOZSV"))
    if never:
        return f"信用代码里没有字母 {never}，多半是数字看错了，请对照营业执照改正"
    return "信用代码应由数字和大写字母组成，第 3 至 8 位是数字，请对照营业执照核对"
