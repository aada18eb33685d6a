"""The verbs of planning, as scripts call them."""

from pathlib import Path

import pytest

from tests.commands.conftest import Console


@pytest.fixture
def people(stalls: Console) -> Console:
    for name in ("赵学军", "史国平", "钱进"):
        stalls("inspectors", "--add", name, "--unit", "金城分局")
    return stalls


def test_a_draw_is_made_listed_repeated_and_written(people: Console, tmp_path: Path) -> None:
    made = people("draw", "--seed", "20180608", "--per-cent", "10", "--kind", "stall").json
    assert (made["draw"], made["candidates"], made["total"], made["left"]) == (1, 40, 4, 4)
    assert made["algorithm"] == "sha256-rank-1"
    assert all(len(row["inspectors"]) == 2 for row in made["rows"])

    first = made["rows"][0]
    people(
        "inspect", "--id", first["id"], "--on", "2018-06-08",
        "--inspectors", ",".join(first["inspectors"]), "--mode", "random",
    )  # fmt: skip
    assert people("draws").json["rows"][0]["done"] == 1
    again = people("draws", "1", "--repeat", today="2026-11-29")
    assert (again.code, again.json["same"], again.json["intact"]) == (0, True, True)
    assert people("draws", "1", "-o", tmp_path / "抽取.xlsx").json["rows"] == 4


def test_what_cannot_be_drawn_is_refused(people: Console) -> None:
    assert people("draw", "--seed", "1", "--count", "41").code == 1
    assert people("draw", "--seed", "1", "--count", "1", "--risk", "Z").code == 1
    assert people("draw", "--seed", "1", "--count", "1", "--purpose", "x").code == 1
    assert people("draw", "--count", "1").code == 2
    assert people("draws", "9", "--repeat").code == 1


def test_a_related_inspector_is_kept_away(people: Console) -> None:
    told = people("inspectors", "--keep-away", "钱进", "--id", "1", "--reason", "亲属").json
    assert told["inspectors"][2]["keeps_away_from"] == [{"id": 1, "reason": "亲属"}]
    refused = people("inspect", "--id", "1", "--on", "2018-06-08", "--inspectors", "钱进,史国平")
    assert refused.code == 1
    assert "回避（亲属）" in refused.err


def test_a_risk_level_is_told_and_decided(stalls: Console) -> None:
    assert stalls("risk", "--id", "1").json["decided"] is False
    assert stalls("risk", "--id", "1", "--level", "D").code == 1, "without a reason"
    decided = stalls("risk", "--id", "1", "--level", "D", "--reason", "举报多").json
    assert (decided["level"], decided["decided"]) == ("D", True)
    assert stalls("risk", "--id", "1", "--level", "none", "--reason", "已整改").json["decided"] is False


def test_a_year_is_planned_worked_and_written(stalls: Console, tmp_path: Path) -> None:
    assert stalls("plan").json["decided_on"] is None
    decided = stalls("plan", "--decide", "--inspections", "A=2").json
    assert (decided["inspections"]["A"], decided["total"]) == (2, 40)
    assert decided["left"] >= 80
    assert stalls("plan", "--decide", "--inspections", "A").code == 1

    stalls("inspect", "--id", "1", "--on", "2018-06-08", "--inspectors", "甲,乙")
    rows = {row["id"]: row for row in stalls("plan", "--left").json["rows"]}
    assert rows[1]["done"] == 1
    assert {row["reason"] for row in stalls("visits").json["rows"]} == {"planned"}
    assert stalls("plan", "-o", tmp_path / "计划.xlsx").json["rows"] == 40


def test_a_sample_is_noted_and_its_result_later(stalls: Console) -> None:
    (taken,) = stalls("sampling", "--id", "1", "--on", "2018-06-08", "--product", "馄饨").json["samplings"]
    told = stalls("sampling", "--number", taken["sampling"], "--result", "bad").json["samplings"]
    assert told == stalls("sampling", "--id", "1").json["samplings"]
    assert told[0]["result"] == "bad"
    assert stalls("sampling", "--number", "9", "--result", "bad").code == 1
