"""Workbooks of others are read by a process that may die, is told little, and is held to its limits."""

import os
import pickle
import signal
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from subprocess import run
from sys import executable

import pytest
from openpyxl import load_workbook

from desktop.errors import EnvironmentFailedError, UserError
from desktop.sheets import untrusted
from desktop.sheets.marking import Mark
from desktop.sheets.reading_orders import Limits
from desktop.sheets.untrusted import WorkbookReader, _AnswerReader, file_content
from tests.offices import LEDGERS, reader
from tests.sheets.test_opening import a_workbook, with_part

SMALL = LEDGERS / "01-tidy-stalls.xlsx"


@pytest.fixture
def own() -> Iterator[WorkbookReader]:
    """A reader with a child of its own, which may be ill-treated."""
    own = WorkbookReader()
    yield own
    own.stop()


def test_one_child_reads_one_file_after_the_other(own: WorkbookReader) -> None:
    first = own.sheets(file_content(SMALL), SMALL.name)
    child = own._child
    with pytest.raises(UserError, match="损坏"):
        own.sheets(b"PK\x03\x04nothing", "坏.xlsx")

    assert own.sheets(file_content(SMALL), SMALL.name) == first
    assert own._child is child


def test_what_needs_more_memory_than_is_lent_is_refused_with_file_limit_and_way_out() -> None:
    poor = WorkbookReader(Limits(memory_mb=100, seconds=20))
    with pytest.raises(UserError) as refused:
        poor.sheets("甲,乙,丙\n".encode() * 2_000_000, "大.csv")

    assert str(refused.value) == "读 大.csv 用的内存超过了 100 MB，没有导入；请拆成几个文件再导入"
    assert poor.sheets("甲,乙\n".encode(), "小.csv")[0].rows == (("甲", "乙"),)
    poor.stop()


def test_memory_that_the_parser_of_workbooks_asks_for_is_counted_too() -> None:
    sheet = (
        b'<worksheet><sheetData><row r="200000"><c r="CV200000"><v>1</v></c></row></sheetData></worksheet>'
    )
    poor = WorkbookReader(Limits(memory_mb=150, seconds=20))
    with pytest.raises(UserError, match=r"读 远.xlsx 用的内存超过了 150 MB"):
        poor.sheets(with_part(a_workbook(A1="甲"), "xl/worksheets/sheet1.xml", sheet), "远.xlsx")
    poor.stop()


def test_what_takes_too_long_is_refused_with_file_limit_and_way_out() -> None:
    hurried = WorkbookReader(Limits(memory_mb=512, seconds=0))
    with pytest.raises(UserError) as refused:
        hurried.sheets("甲,乙\n".encode() * 500_000, "慢.csv")

    assert str(refused.value) == "慢.csv 读了 0 秒还没有读完，没有导入；请拆成几个文件再导入"
    hurried.stop()


def test_a_child_that_was_ended_is_followed_by_another(own: WorkbookReader) -> None:
    own.sheets(file_content(SMALL), SMALL.name)
    assert own._child is not None
    os.kill(own._child.pid, signal.SIGKILL)
    own._child.wait()

    assert own.sheets(file_content(SMALL), SMALL.name)


def test_an_answer_can_only_be_made_of_cells() -> None:
    with pytest.raises(pickle.UnpicklingError, match=r"posix\.system|nt\.system"):
        _AnswerReader(BytesIO(pickle.dumps(os.system))).load()


def test_the_child_sees_neither_the_working_folder_nor_the_password(
    own: WorkbookReader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "csv.py").write_text("raise SystemExit(5)")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SANXIAO_PASSWORD", "secret")
    monkeypatch.setenv("PGPASSWORD", "secret")
    monkeypatch.setenv("PGSERVICEFILE", "/home/somebody/.pg_service.conf")
    own.sheets(file_content(SMALL), SMALL.name)
    assert own._child is not None

    environment = Path(f"/proc/{own._child.pid}/environ").read_bytes()
    assert b"PYTHONPATH=" in environment
    assert b"SANXIAO_" not in environment
    assert b"PGPASSWORD" not in environment
    assert b"PGSERVICEFILE" not in environment


def test_the_child_reads_only_the_code_that_reads() -> None:
    code = "import sys, desktop.sheets.reading_child; print(*sys.modules)"
    loaded = run([executable, "-c", code], capture_output=True, check=True, text=True).stdout.split()
    strangers = {"PySide6", "sqlalchemy", "openpyxl", "xlsxwriter", "reportlab", "stdnum", "desktop.domain"}

    assert strangers & set(loaded) == set()


def test_a_marked_copy_is_made_by_the_child(own: WorkbookReader) -> None:
    content = a_workbook(A1="甲", C5="乙")
    name = load_workbook(BytesIO(content)).active.title
    marks = [Mark(name, 5, "C", "号码不对", is_error=True)]
    copy = own.marked(content, "表.xlsx", marks, {name: 1})

    assert load_workbook(BytesIO(copy))[name]["C5"].comment.text == "号码不对"


def test_a_file_is_refused_by_name_or_size_before_it_is_read(tmp_path: Path) -> None:
    large = tmp_path / "大.xlsx"
    with large.open("wb") as file:
        file.truncate(65 * 2**20)

    with pytest.raises(UserError, match=r"大.xlsx 有 65 MB，超过 64 MB，请拆成几个文件"):
        file_content(large)
    with pytest.raises(UserError, match=r"大.docx 不是 .xlsx"):
        file_content(large.rename(tmp_path / "大.docx"))


@pytest.mark.parametrize(
    "part", ["xl/externalLinks/externalLink1.xml", "xl/connections.xml", "xl/queryTables/queryTable1.xml"]
)
def test_a_workbook_that_draws_in_others_is_refused(part: str) -> None:
    with pytest.raises(UserError, match=r"链.xlsx 链接着别的文件或数据库，没有读取；请.*断开链接"):
        reader().sheets(with_part(a_workbook(A1="甲"), part, b"<a/>"), "链.xlsx")


def test_an_old_workbook_that_draws_in_others_is_refused() -> None:
    """A link stands in place of the record that only says where the window was."""
    content = (LEDGERS / "06-old.xls").read_bytes()
    window, link = b"\x3d\x00\x12\x00", b"\xae\x01\x12\x00"
    assert content.count(window) == 1
    linked = content.replace(window, link)

    with pytest.raises(UserError, match=r"链.xls 链接着别的文件"):
        reader().sheets(linked, "链.xls")


@pytest.mark.parametrize(
    "spoilt",
    [
        b"cdesktop.sheets.cells\nArea\n(tR.",  # TypeError: an area wants its corners
        b"cdatetime\ndate\n(I0\nI0\nI0\ntR.",  # ValueError: no such day
        b"X\x02\x00\x00\x00\xff\xfe.",  # UnicodeDecodeError
    ],
)
def test_a_spoilt_answer_refuses_its_file_and_ends_the_child(
    own: WorkbookReader, monkeypatch: pytest.MonkeyPatch, spoilt: bytes
) -> None:
    own.sheets("甲,乙\n".encode(), "小.csv")
    child = own._child
    assert child is not None
    monkeypatch.setattr(untrusted, "_AnswerReader", lambda stream: _AnswerReader(BytesIO(spoilt)))

    with pytest.raises(UserError, match=r"坏.csv"):
        own.sheets("甲,乙\n".encode(), "坏.csv")

    assert own._child is None
    assert child.poll() is not None


def test_where_no_python_can_be_started_the_program_does_not_start_itself(
    own: WorkbookReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.frozen", True, raising=False)

    with pytest.raises(EnvironmentFailedError, match="没有读表格的进程，不能导入表格"):
        own.sheets("甲,乙\n".encode(), "小.csv")
