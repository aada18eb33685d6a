"""The sample township works a whole round through where there is no screen."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook

from desktop.app import program_for
from desktop.clock import WorkingDayClock
from tests.commands.conftest import Told, console_on
from tests.offices import PASSWORD


def test_the_sample_leaves_papers_workbooks_and_pictures(tmp_path: Path, run: Callable[..., Told]) -> None:
    out = tmp_path / "out"

    told = run(
        "--json",
        "--data",
        tmp_path,
        "demo",
        "--headless",
        "--establishments",
        "12",
        "--seed",
        "3",
        "--out",
        out,
    )

    assert told.code == 0, told.err
    answer = told.json
    assert answer.keys() == {"data", "out", "files", "counts"}
    assert (answer["data"], answer["out"]) == (str(tmp_path / "sample"), str(out))
    files = [Path(name) for name in answer["files"]]
    assert all(file.is_file() and file.stat().st_size > 1_000 for file in files)
    assert {file.suffix for file in files} == {".pdf", ".xlsx", ".png"}
    assert answer["counts"]["imported"] == 12
    assert answer["counts"]["printed"] == answer["counts"]["registered"] + 6
    assert answer["counts"]["pictures"] == len([file for file in files if file.suffix == ".png"])
    ledger = load_workbook(next(file for file in files if file.name.startswith("2-")))
    assert ledger.sheetnames == ["食品小作坊", "食品小摊贩", "食品小餐饮"]


def test_the_sample_plays_around_the_day_that_is_given(tmp_path: Path) -> None:
    day = date(2026, 11, 20)
    program = program_for(data=tmp_path, database_url=None, clock=WorkingDayClock(day), environment={})

    sample = program.sample_in(tmp_path, password=PASSWORD, has_chosen_day=True, count=12, seed=3)
    papers = sample.papers.page(by=sample.actor)
    sample.close()

    assert papers
    assert all(day - timedelta(days=30) <= paper.issued_on <= day for paper in papers)


def test_the_sample_touches_no_folder_of_somebody_else(tmp_path: Path, run: Callable[..., Told]) -> None:
    (tmp_path / "sample").mkdir()
    (tmp_path / "sample" / "diary.txt").write_text("mine")

    told = console_on(tmp_path, run)("demo", "--headless")

    assert (told.code, told.out) == (1, "")
    assert "没有动它" in told.err
    assert [path.name for path in (tmp_path / "sample").iterdir()] == ["diary.txt"]


def test_without_a_screen_the_window_names_the_way_out(
    tmp_path: Path, run: Callable[..., Told], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)

    for words in ((), ("demo",)):
        told = run("--data", tmp_path, *words)

        assert (told.code, told.out) == (3, "")
        assert "sanxiao demo --headless" in told.err
    assert list(tmp_path.iterdir()) == []
