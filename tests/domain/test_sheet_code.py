import pytest

from desktop.domain.sheet_code import archive_number_in, sheet_code


@pytest.mark.parametrize("typed", ["JC-100-0001", "jc-100-0001 ", "ＪＣ－１００－０００１", "JC—100-0001"])
def test_a_sheet_is_known_however_its_code_was_typed(typed: str) -> None:
    assert archive_number_in(typed) == "100-0001"


@pytest.mark.parametrize("typed", ["", "JC", "JC-", "100-0001", "JC-A", "SX1-0LU4", "JC-100-0001-000-00-1"])
def test_anything_else_is_no_sheet(typed: str) -> None:
    assert archive_number_in(typed) is None


def test_a_code_reads_back_and_fits_the_corner_of_the_sheet() -> None:
    assert archive_number_in(sheet_code("100-1000")) == "100-1000"
    assert len(sheet_code("100-1000")) <= 15
