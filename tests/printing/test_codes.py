"""Codes are those that segno makes, bit for bit; the size of one is known before it is made."""

import pytest
import segno
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from segno import DataOverflowError

from printing import qr

MASK, LEAST_VERSION = 3, 4


@pytest.fixture(scope="module", autouse=True)
def segno_pads_as_the_standard_says():
    """Where a text ends with a byte, segno 1.6.6 adds a byte of nothing: no reader minds, but we do not."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            segno.encoder,
            "write_padding_bits",
            lambda bits, _version, length: bits.extend([0] * (-length % 8)),
        )
        yield


def of_segno(text: str) -> tuple[str, ...]:
    how: dict[str, object] = {"error": "m", "micro": False, "mask": MASK, "boost_error": False}
    if not text.isascii():  # segno takes some UTF-8 for Japanese where nobody says that it is bytes
        how |= {"encoding": "utf-8", "mode": "byte"}
    made = segno.make(text, **how)
    if made.version < LEAST_VERSION:
        made = segno.make(text, version=LEAST_VERSION, **how)
    return tuple("".join(map(str, row)) for row in made.matrix)


@pytest.mark.parametrize(
    "alphabet", ["0123456789", "0123456789ABCXYZ $%*+-./:", "abcXYZ012", "编号abc012\n"], ids=repr
)
@given(data=st.data())
def test_a_code_is_that_of_segno(alphabet, data):
    text = data.draw(st.text(alphabet, min_size=1, max_size=250))
    assert qr.rows(text) == of_segno(text)
    assert len(qr.rows(text)) == qr.across(text)


@pytest.mark.parametrize("letter", ["7", "A", "a", "编"])
@pytest.mark.parametrize("length", [420, 700])
def test_a_large_code_too(letter, length):
    assert qr.rows(letter * length) == of_segno(letter * length)


def test_two_characters_that_could_be_japanese_are_read_back_as_they_are():
    rows = qr.rows("编0")
    picture = Image.new("L", (41, 41), 255)
    picture.putdata([255 - 255 * int(module) for row in framed(rows) for module in row])
    assert zxingcpp.read_barcode(picture.resize((410, 410), Image.Resampling.NEAREST)).text == "编0"


def framed(rows: tuple[str, ...]) -> list[str]:
    """Put the clear paper round a code that readers need."""
    clear = ["0" * (len(rows) + 8)] * 4
    return [*clear, *(f"0000{row}0000" for row in rows), *clear]


def test_what_no_code_holds_is_refused():
    with pytest.raises(DataOverflowError):
        qr.across("7" * 6000)
