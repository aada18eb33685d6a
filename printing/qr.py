"""QR codes at error level M with a fixed mask: segno says once where each bit lies, the rest is arithmetic.

A code that segno makes whole costs more than the rest of its card. A test holds ours against segno's.
"""

from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from itertools import chain, islice, zip_longest
from operator import itemgetter
from typing import Any

from segno import DataOverflowError

consts: Any = import_module("segno.consts")  # no types: segno does not offer them to others
encoder: Any = import_module("segno.encoder")

MASK = 3
"""Trying all masks for the best takes eight times as long, and any of them reads."""

_VERSIONS = range(4, 41)
"""Fewer and larger modules would need more clear paper round the code than the papers leave."""

_SIGNS = {sign: value for value, sign in enumerate(consts.ALPHANUMERIC_CHARS.decode())}
_NUMERIC, _CAPITALS, _BYTES = consts.MODE_NUMERIC, consts.MODE_ALPHANUMERIC, consts.MODE_BYTE
_LEVEL = consts.ERROR_LEVEL_M


def across(text: str) -> int:
    """Return how many modules the code of a text has along a side, without making it."""
    return _side(_version(*_mode(text)))


def rows(text: str) -> tuple[str, ...]:
    """Return the rows of a code from the top, 1 for each dark module."""
    mode, length = _mode(text)
    version = _version(mode, length)
    sent = _sent(_stated(text, mode, length, version), version)
    bits = f"{int.from_bytes(sent, 'big'):0{8 * len(sent)}b}" + "0" * 7  # what is left over stays light
    grid = "".join(_places(version)(bits + bits.translate(_TURNED) + "01"))
    side = _side(version)
    return tuple(grid[start : start + side] for start in range(0, side * side, side))


_TURNED = str.maketrans("01", "10")


def _mode(text: str) -> tuple[int, int]:
    """Return the densest mode that holds a text, and its length in the signs of that mode."""
    if text.isascii() and text.isdigit():
        return _NUMERIC, len(text)
    if set(text) <= _SIGNS.keys():
        return _CAPITALS, len(text)
    return _BYTES, len(_encoded(text))


def _encoded(text: str) -> bytes:
    return text.encode("utf-8")


@cache
def _version(mode: int, length: int) -> int:
    """Return the smallest version that holds so many signs."""
    groups, left = divmod(length, {_NUMERIC: 3, _CAPITALS: 2, _BYTES: 1}[mode])
    bits = {
        _NUMERIC: 10 * groups + (0, 4, 7)[left] if left < 3 else 0,
        _CAPITALS: 11 * groups + 6 * left,
        _BYTES: 8 * groups,
    }[mode]
    for version in _VERSIONS:
        if 4 + _length_bits(mode, version) + bits <= consts.SYMBOL_CAPACITY[version][_LEVEL]:
            return version
    raise DataOverflowError(f"{length} signs are more than any code holds")


def _side(version: int) -> int:
    return 17 + 4 * version


def _length_bits(mode: int, version: int) -> int:
    return int(consts.CHAR_COUNT_INDICATOR_LENGTH[mode][encoder.version_range(version)])


def _stated(text: str, mode: int, length: int, version: int) -> bytes:
    """Return mode, length and text, filled up to what the version holds."""
    bits = f"{mode:04b}{length:0{_length_bits(mode, version)}b}{''.join(_pieces(text, mode))}"
    capacity = int(consts.SYMBOL_CAPACITY[version][_LEVEL])
    bits += "0" * min(4, capacity - len(bits))
    bits += "0" * (-len(bits) % 8)
    filled = int(bits, 2).to_bytes(len(bits) // 8, "big")
    spare = capacity // 8 - len(filled)
    return filled + (b"\xec\x11" * spare)[:spare]


def _pieces(text: str, mode: int) -> Iterator[str]:
    if mode == _BYTES:
        data = _encoded(text)
        yield f"{int.from_bytes(data, 'big'):0{8 * len(data)}b}" if data else ""
    elif mode == _NUMERIC:
        for start in range(0, len(text), 3):
            group = text[start : start + 3]
            yield f"{int(group):0{3 * len(group) + 1}b}"
    else:
        signs = iter(text)
        for first in signs:
            second = next(signs, None)
            yield f"{_SIGNS[first]:06b}" if second is None else f"{45 * _SIGNS[first] + _SIGNS[second]:011b}"


def _sent(stated: bytes, version: int) -> bytes:
    """Return the bytes in the order in which they lie, those that mend errors behind."""
    words = iter(stated)
    data, mending = [], []
    for group in consts.ECC[version][_LEVEL]:
        count = group.num_total - group.num_data
        for _ in range(group.num_blocks):
            block = bytes(islice(words, group.num_data))
            data.append(block)
            mending.append(_mending(block, count))
    woven = chain(chain.from_iterable(zip_longest(*data)), chain.from_iterable(zip(*mending, strict=True)))
    return bytes(word for word in woven if word is not None)


def _mending(block: bytes, count: int) -> bytes:
    """Return the remainder of a block divided by the generator of so many bytes (Reed and Solomon)."""
    times, rest = _times(count), 0
    top, kept = 8 * (count - 1), (1 << 8 * count) - 1
    for word in block:
        rest = (rest << 8 & kept) ^ times[word ^ rest >> top]
    return rest.to_bytes(count, "big")


@cache
def _times(count: int) -> tuple[int, ...]:
    """Return the generator of so many bytes, its first left out, times each byte."""
    exponents, exp, log = consts.GEN_POLY[count], consts.GALIOS_EXP, consts.GALIOS_LOG
    products = (bytes(exp[log[word] + one] for one in exponents) for word in range(1, 256))
    return 0, *(int.from_bytes(product, "big") for product in products)


@cache
def _places(version: int) -> Callable[[str], tuple[str, ...]]:
    """Return what picks the modules, row by row, from the bits, the same bits turned, and ``01``."""
    side = _side(version)
    drawn = encoder.make_matrix(side, side)
    encoder.add_finder_patterns(drawn, side, side)
    encoder.add_alignment_patterns(drawn, side, side)
    matrix = [list(row) for row in drawn]
    free = sum(row.count(2) for row in matrix)
    # The bits are numbered from 3: what is below is a module that is the same in every code.
    encoder.add_codewords(matrix, range(3, 3 + free), version)
    is_turned = encoder.get_data_mask_functions(False)[MASK]
    encoder.add_format_info(matrix, version, _LEVEL, MASK)
    encoder.add_version_info(matrix, version)
    length = 8 * sum(group.num_blocks * group.num_total for group in consts.ECC[version][_LEVEL]) + 7
    found = []
    for y, row in enumerate(matrix):
        for x, module in enumerate(row):
            fixed = module < 3
            found.append(2 * length + module if fixed else module - 3 + length * is_turned(y, x))
    return itemgetter(*found)
