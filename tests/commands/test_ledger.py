"""Papers live and numbers are accounted for from the command line as in the window."""

from pathlib import Path

import pytest

from tests.commands.conftest import Console


@pytest.fixture
def number(stalls: Console) -> str:
    return stalls("register", "--id", 1).json["issued"][0]["number"]


def test_a_paper_is_reissued_and_then_voided(stalls: Console, number: str, tmp_path: Path) -> None:
    early = stalls("paper-act", "reissue", "--number", number, "--on", "2018-06-08", "--reason", "遗失")
    stalls("print", "card", "--number", number, "-o", tmp_path / "一.pdf")
    bare = stalls("paper-act", "reissue", "--number", number, "--on", "2018-06-08")
    again = stalls("paper-act", "reissue", "--number", number, "--on", "2018-06-08", "--reason", "遗失").json
    ended = stalls("paper-act", "voiding", "--number", number, "--on", "2018-06-08", "--reason", "错").json
    unknown = stalls("paper-act", "burning", "--number", number, "--on", "2018-06-08")

    assert (early.code, "还没有打印过" in early.err) == (1, True)
    assert (bare.code, "要写明原因" in bare.err) == (1, True)
    assert (again["number"], again["paper_status"], again["valid_until"]) == (number, "valid", "2019-06-07")
    assert ended["paper_status"] == "void"
    assert (unknown.code, "renewal、amendment、reissue" in unknown.err) == (1, True)


def test_numbers_are_set_aside_used_returned_and_accounted_for(stalls: Console, number: str) -> None:
    on = ("--on", "2018-06-08")
    one = stalls("reserve-numbers", "--kind", "stall", "--village", "后阳村", "--count", 3, *on).json
    assert (one["first"][-4:], one["last"][-4:]) == ("0002", "0004")

    used = stalls("record-issued", "--range", one["range"], "--number", one["first"], "--id", 2, *on)
    back = stalls("return-numbers", "--range", one["range"], *on).json
    old = stalls("take-in", "--id", 3, "--number", number[:-1] + "6", "--issued-on", "2018-03-01")
    (account,) = stalls("numbers").json["sequences"]

    assert (used.code, back["returned"], old.code) == (0, 2, 0), (used.err, old.err)
    assert (account["last"], account["issued"], account["marked"], account["gaps"]) == (
        6,
        3,
        {"returned": 2},
        1,
    )
    assert [row["number"][-4:] for row in stalls("numbers", "--gaps").json["rows"]] == ["0005"]
    assert stalls("numbers", "--number", number).json["rows"][0]["state"] == "issued"


def test_blanks_are_counted_and_a_paper_is_handed_out(stalls: Console, number: str, tmp_path: Path) -> None:
    stalls("blanks", "--receive", "A001", "--to", "A010", "--kind", "stall")
    stalls("blanks", "--spoil", "A001", "--reason", "卡纸")
    printed = stalls(
        "print",
        "card",
        "--unprinted",
        "-o",
        tmp_path / "卡.pdf",
        "--onto-preprinted",
        "--blanks-from",
        "A002",
    )
    assert printed.code == 0, printed.err

    (row,) = stalls("blanks").json["rows"]
    assert [one["number"] for one in stalls("collect").json["waiting"]] == [number]
    taken = stalls("collect", "--number", number, "--agent", "陈国华", "--authority", "委托书")

    assert (row["received"], row["used"], row["spoilt"], row["left"]) == (10, 1, 1, 8)
    assert (taken.json, stalls("collect").json["waiting"]) == ({"collected": 1}, [])
