"""A workbook that the disk does not take is refused in one sentence, and nothing is said beside it."""

import gc
from pathlib import Path

import pytest
from openpyxl import load_workbook

from desktop.errors import EnvironmentFailedError
from desktop.sheets.new_workbook import new_workbook


@pytest.mark.parametrize("constant_memory", [True, False])
def test_a_full_disk_is_said_in_one_sentence(
    constant_memory: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    with (
        pytest.raises(EnvironmentFailedError, match=r"/dev 写不进去.*请检查磁盘空间"),
        new_workbook(Path("/dev/full"), constant_memory=constant_memory) as workbook,
    ):
        workbook.add_worksheet().write_string(0, 0, "沙湖豆腐坊")

    gc.collect()
    assert capsys.readouterr().err == ""


def test_texts_stay_texts(tmp_path: Path) -> None:
    hostile = ("=1+1", "0123", "http://example.org")
    with new_workbook(tmp_path / "t.xlsx") as workbook:
        workbook.add_worksheet().write_row(0, 0, hostile)

    row = next(load_workbook(tmp_path / "t.xlsx").active.iter_rows())
    assert [(cell.value, cell.data_type, cell.hyperlink) for cell in row] == [
        (one, "s", None) for one in hostile
    ]
