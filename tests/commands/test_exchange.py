"""The verbs about workbooks, as scripts call them: JSON of the contract, exit codes, Chinese refusals."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from desktop.__main__ import main
from desktop.app import program_for
from desktop.clock import SystemClock
from desktop.services.office.villages import read_village_list
from tests.offices import LEDGERS, PASSWORD

Say = Callable[..., Any]


@pytest.fixture
def say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Say:
    """Give a verb to an empty register; return its JSON and what it said beside it."""
    monkeypatch.setenv("SANXIAO_USER", "周敏")
    monkeypatch.setenv("SANXIAO_PASSWORD", PASSWORD)
    program = program_for(data=tmp_path / "data", database_url=None, clock=SystemClock())
    villages = read_village_list((LEDGERS / "villages.csv").read_bytes(), "villages.csv")
    program.make_register(profile="jintan-2018", township="", villages=villages)

    def given(*words: object, code: int = 0) -> Any:
        given_words = ["--data", str(tmp_path / "data"), "--today", "2018-06-08", "--json"]
        said = main([*given_words, *map(str, words)])
        told = capsys.readouterr()
        assert said == code, told.err
        return json.loads(told.out) if told.out else told.err

    return given


def test_an_import_answers_as_the_contract_says(say: Say) -> None:
    answer = say("import", LEDGERS / "05-duplicates-rare-names.xlsx")

    (file,) = answer["files"]
    assert answer["imported"] is True
    assert (file["file"], file["import_id"]) == ("05-duplicates-rare-names.xlsx", 1)
    (sheet,) = file["sheets"]
    assert (sheet["name"], sheet["kind"], sheet["header_row"]) == ("摊贩", "stall", 1)
    assert sheet["columns"]["A"] == "operator_name"
    assert sheet["counts"] == {
        "rows": 22,
        "new": 20,
        "changed": 0,
        "same": 0,
        "duplicate": 2,
        "error": 0,
    }
    sure = file["duplicates"][0]
    assert {key: sure[key] for key in ("sheet", "row", "of_row", "of_id", "sure", "alike")} == {
        "sheet": "摊贩",
        "row": 22,
        "of_row": 6,
        "of_id": None,
        "sure": True,
        "alike": ["operator_id_number", "phone", "address"],
    }
    assert (file["not_imported"], file["problems"]) == ([], [])


def test_a_dry_run_is_done_whatever_it_finds(say: Say, tmp_path: Path) -> None:
    target = tmp_path / "答复.xlsx"

    answer = say("import", LEDGERS / "03-damaged-eateries.xlsx", "--dry-run", "--errors", target)

    assert answer["imported"] is False
    assert answer["files"][0]["import_id"] is None
    assert answer["files"][0]["problems"][0] == {
        "sheet": "小餐饮",
        "row": 4,
        "column": "D",
        "field": "operator_id_number",
        "value": "3.20482E+17",
        "severity": "error",
        "code": "id_number_damaged",
        "message": answer["files"][0]["problems"][0]["message"],
    }
    assert target.is_file()


def test_an_import_with_errors_is_refused_with_its_answer(say: Say) -> None:
    refused = say("import", LEDGERS / "03-damaged-eateries.xlsx", code=1)
    taken = say("import", LEDGERS / "03-damaged-eateries.xlsx", "--good-rows")

    assert refused["imported"] is False
    assert len(refused["files"][0]["problems"]) == 9
    assert taken["files"][0]["sheets"][0]["counts"]["new"] == 21


def test_what_is_no_ledger_is_refused_in_one_sentence(say: Say, tmp_path: Path) -> None:
    (tmp_path / "空.xlsx").write_bytes(b"")
    (tmp_path / "说明.csv").write_text("请各村于每月25日前上报。\n", encoding="utf-8")

    assert "空文件" in say("import", tmp_path / "空.xlsx", code=1)
    assert say("import", tmp_path / "说明.csv", code=1)["files"][0]["not_imported"][0]["sheet"] == "说明"
    assert "找不到文件" in say("import", tmp_path / "没有.xlsx", code=1)
    assert "网吧" in say("import", tmp_path / "说明.csv", "--kind", "网吧", code=1)
    assert "东村" in say("import", tmp_path / "说明.csv", "--village", "东村", code=1)


def test_an_import_is_taken_back(say: Say) -> None:
    say("import", LEDGERS / "01-tidy-stalls.xlsx")

    undone = say("undo-import", 1, "--reason", "发错了")

    assert undone == {"import_id": 1, "removed": 40, "restored": 0, "kept": []}
    assert say("list", "establishments")["total"] == 0
    assert "已经撤回" in say("undo-import", 1, "--reason", "发错了", code=1)
    assert "导入编号" in say("undo-import", "甲", "--reason", "发错了", code=1)


def test_an_export_answers_file_rows_and_mode(say: Say, tmp_path: Path) -> None:
    say("import", LEDGERS / "01-tidy-stalls.xlsx")
    target = tmp_path / "摊贩.xlsx"

    public = say("export", "survey", "--kind", "stall", "-o", target)
    internal = say("export", "survey", "--kind", "stall", "--internal", "--reason", "核对", "-o", target)

    assert public == {"file": str(target), "rows": 40, "mode": "public"}
    assert internal["mode"] == "internal"
    assert "--reason" in say("export", "survey", "--internal", "-o", target, code=1)
    assert "statistics" not in say("export", "statistics", "-o", target, code=1)


def test_the_blank_of_the_county_is_looked_at_and_filled_in(say: Say, tmp_path: Path) -> None:
    say("import", LEDGERS / "01-tidy-stalls.xlsx")
    book = Workbook()
    for line in (("村（社区）", "小摊贩总数", "备注"), ("白塔村",), ("合计", "=SUM(B2:B2)")):
        book.active.append(line)
    blank, target = tmp_path / "空表.xlsx", tmp_path / "填好.xlsx"
    book.save(blank)

    seen = say("export", "county-form", blank, "-o", target, "--dry-run")
    assert (seen["file"], target.exists()) == ("", False)
    done = say("export", "county-form", blank, "-o", target, "--period", "2018-06")

    assert {key: done[key] for key in ("file", "rows", "mode", "period", "lists")} == {
        "file": str(target),
        "rows": 0,
        "mode": "public",
        "period": "2018年6月",
        "lists": [],
    }
    (cell,) = done["filled"]
    assert (cell["cell"], cell["meaning"]) == ("B2", "白塔村 · 小摊贩 · 总数")
    assert [(one["place"], one["count"]) for one in done["unread"]] == [("C2", 2)]
    assert load_workbook(target).active["B2"].value == int(cell["value"])
    assert "空表" in say("export", "county-form", "-o", target, code=1)
    assert "2018-06" in say("export", "county-form", blank, "-o", target, "--period", "六月", code=1)
    assert "county-form" in say("export", "survey", blank, "-o", target, code=1)
