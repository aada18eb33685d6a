"""The monthly workbook goes out and comes back by the command line."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.commands.conftest import Console

CODES, FIRST = 3, 5


def edited(path: Path, code: str, value: object) -> Path:
    book = load_workbook(path)
    page = book["小摊贩"]
    at = {str(cell.value): cell.column for cell in page[CODES] if cell.value}
    page.cell(FIRST, at[code]).value = value
    book.save(path)
    return path


def test_a_workbook_goes_out_and_its_edits_come_back_once(stalls: Console, tmp_path: Path) -> None:
    target = tmp_path / "白塔.xlsx"
    made = stalls("exchange", "make", "--village", "白塔", "-o", target)
    count = made.json["rows"]
    phone = edited(target, "phone", "13912345678")

    dry = stalls("exchange", "merge", phone, "--dry-run")
    done = stalls("exchange", "merge", phone)
    again = stalls("exchange", "merge", phone)
    undone = stalls("undo-import", done.json["files"][0]["import_id"], "--reason", "发错了")

    assert made.json == {"file": str(target), "rows": count}
    (file,) = dry.json["files"]
    counted = {"file": "白塔.xlsx", "new": 0, "changed": 1, "same": count - 1, "deleted": 0}
    assert {key: file[key] for key in counted} == counted
    assert (file["conflicts"], file["errors"], file["import_id"]) == ([], [], None)
    assert done.json["files"][0]["changed"] == 1
    assert (again.json["files"][0]["changed"], again.json["files"][0]["same"]) == (0, count)
    assert undone.json["restored"] == 1


def test_the_county_gets_all_villages_and_its_edits_come_back(stalls: Console, tmp_path: Path) -> None:
    target = tmp_path / "全镇.xlsx"
    made = stalls("exchange", "make", "--county", "-o", target)
    total = stalls("list", "establishments").json["total"]

    done = stalls("exchange", "merge", edited(target, "village", "沙湖村"))

    assert made.json == {"file": str(target), "rows": total}
    (file,) = done.json["files"]
    assert (file["village"], file["changed"], file["same"]) == (None, 1, total - 1)
    assert stalls("exchange", "make", "--county", "--village", "白塔", "-o", target).code == 2


def test_a_wrong_cell_is_refused_at_its_place_and_nothing_is_merged(stalls: Console, tmp_path: Path) -> None:
    target = tmp_path / "白塔.xlsx"
    stalls("exchange", "make", "--village", "白塔", "-o", target)
    wrong = edited(target, "operator_id_number", "3204131986032799")

    dry, done = stalls("exchange", "merge", wrong, "--dry-run"), stalls("exchange", "merge", wrong)

    assert (dry.code, done.code) == (0, 1)
    (error,) = done.json["files"][0]["errors"]
    assert (error["code"], error["row"], error["column"]) == ("id_number_shape", FIRST, "K")
    assert "什么都没有合并" in done.err


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("make --village 没有村 -o a.xlsx", "没有“没有村”"),
        ("make --village 白塔 -o a.pdf", "要以 .xlsx 结尾"),
        ("merge nothing.xlsx", "找不到文件"),
    ],
)
def test_a_wrong_value_is_refused_in_one_sentence(stalls: Console, words: str, sentence: str) -> None:
    told = stalls("exchange", *words.split())

    assert (told.code, told.err.count("\n")) == (1, 1)
    assert sentence in told.err
