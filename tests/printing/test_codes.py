"""The size of a code is known before the code is made, and it is the size that the code then has."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from printing.blocks import _across, _made


@pytest.mark.parametrize(
    "alphabet", ["0123456789", "0123456789ABCXYZ $%*+-./:", "abcXYZ012", "编号abc012\n"], ids=repr
)
@given(data=st.data())
def test_a_code_is_as_large_as_was_said_before_it_was_made(alphabet, data):
    text = data.draw(st.text(alphabet, min_size=1, max_size=250))
    assert _across(text, is_micro=False) == len(_made(text, is_micro=False).matrix)
