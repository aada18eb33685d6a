"""Files are opened as plain cells, or refused with one Chinese sentence before they can do harm."""

import io
import random
from collections.abc import Callable
from contextlib import suppress
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook

from desktop.errors import UserError
from tests.offices import reader
from tests.sheets.conftest import LEDGERS


def a_workbook(**cells: object) -> bytes:
    workbook = Workbook()
    for place, value in cells.items():
        workbook.active[place] = value
    kept = io.BytesIO()
    workbook.save(kept)
    return kept.getvalue()


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    kept = io.BytesIO()
    with ZipFile(io.BytesIO(content)) as old, ZipFile(kept, "w", ZIP_DEFLATED) as new:
        for one in old.infolist():
            if one.filename != name:
                new.writestr(one, old.read(one))
        new.writestr(name, part)
    return kept.getvalue()


def bomb() -> bytes:
    return b"<worksheet>" + b" " * 200_000_000 + b"</worksheet>"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_tables_are_read_in_every_encoding(encoding: str) -> None:
    content = "姓名,电话\n刘䶮,139\n".encode(encoding)

    (sheet,) = reader().sheets(content, "摊贩.csv")

    assert sheet.name == "摊贩"
    assert sheet.rows == (("姓名", "电话"), ("刘䶮", "139"))


def test_a_text_table_knows_kept_text_from_formulas() -> None:
    (sheet,) = reader().sheets(b'="320413",=1+1,=HYPERLINK("x")\n', "表.csv")

    assert sheet.rows[0][0] == "320413"
    assert sheet.formulas == {(1, 2), (1, 3)}


def test_formulas_are_found_where_they_stand_also_with_a_kept_result() -> None:
    (sheet,) = reader().sheets(a_workbook(B3="=1+1", D7='=HYPERLINK("http://x","点")', A1="甲"), "表.xlsx")

    assert sheet.formulas == {(3, 2), (7, 4)}


def test_rows_and_columns_are_counted_as_the_person_sees_them() -> None:
    (sheet,) = reader().sheets(a_workbook(C5="甲"), "表.xlsx")

    assert sheet.cell(5, 3) == "甲"
    assert sheet.cell(1, 1) in {None, ""}


def test_an_old_workbook_is_read_and_its_formulas_are_looked_for() -> None:
    (sheet,) = reader().sheets((LEDGERS / "06-old.xls").read_bytes(), "06-old.xls")

    assert sheet.cell(2, 3) == "苏平"
    assert sheet.formulas == frozenset()


def test_what_an_old_workbook_says_beside_its_cells_is_known() -> None:
    content = (LEDGERS / "06-old.xls").read_bytes()
    assert content.count(COUNTS_FROM_1900) == 1
    third_row = content.index(b"\x08\x02\x10\x00\x02\x00")
    flags = third_row + 4 + 12
    hidden = content[:flags] + bytes([content[flags] | 0x20]) + content[flags + 1 :]

    (plain,) = reader().sheets(content, "旧.xls")
    (changed,) = reader().sheets(hidden.replace(COUNTS_FROM_1900, COUNTS_FROM_1904), "旧.xls")

    assert (plain.hidden_rows, plain.is_1904) == (frozenset(), False)
    assert (changed.hidden_rows, changed.is_1904) == ({3}, True)


def test_an_old_workbook_under_a_new_name_is_read_by_what_it_is() -> None:
    assert reader().sheets((LEDGERS / "06-old.xls").read_bytes(), "新.xlsx")[0].name == "小作坊"


COUNTS_FROM_1900, COUNTS_FROM_1904 = b"\x22\x00\x02\x00\x00\x00", b"\x22\x00\x02\x00\x01\x00"
"""The record of an old workbook that says where day 0 is."""

ENTITY = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet/>'


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (lambda: b"", "空.xlsx", "空文件"),
        (lambda: b"hello", "文.docx", "不是 .xlsx"),
        (lambda: b"\x00\x01\x02garbage", "坏.xlsx", "损坏"),
        (lambda: a_workbook(A1="甲")[:900], "断.xlsx", "损坏"),
        (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "坏.xls", "损坏"),
        (lambda: (LEDGERS / "06-old.xls").read_bytes()[:3_000], "断.xls", "损坏"),
        (lambda: with_part(a_workbook(A1="甲"), "xl/vbaProject.bin", b"x"), "宏.xlsx", "宏"),
        (lambda: with_part(a_workbook(A1="甲"), "xl/worksheets/sheet1.xml", bomb()), "弹.xlsx", "大得不正常"),
        (lambda: with_part(a_workbook(A1="甲"), "xl/worksheets/sheet1.xml", ENTITY), "外.xlsx", "外部定义"),
        (lambda: with_part(a_workbook(A1="甲"), "xl/worksheets/sheet1.xml", b"<a><b>"), "坏.xlsx", "损坏"),
        (lambda: b"a,b\n\xff\xff\xff", "乱.csv", "编码"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_sentence(
    content: Callable[[], bytes], name: str, says: str
) -> None:
    with pytest.raises(UserError, match=says) as refused:
        reader().sheets(content(), name)

    assert str(refused.value).startswith(name)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("far", "most"), [("Z1048576", "300000 行"), ("AA300001", "300000 行"), ("OK2", "400 列")]
)
def test_a_cell_far_away_is_refused_before_cells_are_taken(far: str, most: str) -> None:
    content = a_workbook(A1="甲", **{far: "乙"})

    with pytest.raises(UserError, match=f"最多 {most}"):
        reader().sheets(content, "远.xlsx")


@pytest.mark.parametrize("seed", range(30))
def test_a_flipped_byte_never_lets_half_a_table_in(seed: int) -> None:
    whole = (LEDGERS / "01-tidy-stalls.xlsx").read_bytes()
    expected = reader().sheets(whole, "01.xlsx")[0].rows
    content = bytearray(whole)
    content[random.Random(seed).randrange(len(content))] ^= 0xFF

    with suppress(UserError):
        assert reader().sheets(bytes(content), "翻.xlsx")[0].rows == expected
