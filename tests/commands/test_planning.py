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


def test_a_campaign_is_begun_worked_and_ended(stalls: Console, tmp_path: Path) -> None:
    begun = stalls(
        "campaign", "三小专项整治", "--basis", "金城镇方案", "--kind", "stall",
        "--phase", "调查摸底:2018-04-01:2018-05-31", "--phase", "集中整治：2018-06-01：2018-12-31",
        "--task", ":2018-04-30:动员部署:召开会议",
    ).json  # fmt: skip
    assert (begun["countdown"], begun["counts"]["total"]) == ("“集中整治”还有 206 天", 40)
    assert begun["tasks"][0]["when"] == "2018年4月底前"
    assert len(begun["left"]) == len(begun["undecided"]) == 40

    refused = stalls("campaigns", "1", "--end")
    assert (refused.code, "等 40 户还没有定处置意见" in refused.err) == (1, True)
    decided = stalls("campaigns", "1", "--decide", *begun["undecided"], "--route", "督促办证").json
    assert decided["undecided"] == []
    assert stalls("campaigns", "1", "-o", tmp_path / "整治.xlsx").json["rows"] == 40
    ended = stalls("campaigns", "1", "--end", "--conclusion", "全部定下").json
    assert (ended["ended_on"], stalls("campaigns").json["rows"][0]["ended_on"]) == ("2018-06-08",) * 2


def test_a_campaign_that_is_told_wrongly_is_refused(stalls: Console) -> None:
    for wrong in ("摸底:2018-04-01", "摸底:2018-04-31:2018-05-31", "摸底:2018-05-01:2018-04-01"):
        assert stalls("campaign", "甲", "--phase", wrong).code == 1
    assert stalls("campaign", "甲", "--phase", "乙:2018-04-01:2018-05-31", "--task", "丙").code == 1
    assert stalls("campaign", "甲").code == 2
    assert stalls("campaigns", "9").code == 1
