"""The verbs of putting right, as scripts call them: JSON of the contract, exit codes, Chinese refusals."""

import json
from collections.abc import Callable
from pathlib import Path
from shutil import copytree
from typing import Any
from uuid import UUID

import pytest
from PIL import Image

from desktop.__main__ import main
from tests.commands.conftest import CLERK, office_in
from tests.offices import stall

Say = Callable[..., Any]


@pytest.fixture
def say(
    made_empty: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Say:
    """Give a verb on a day to a register with one stall; return its JSON, or its refusal with the code."""
    for name, value in CLERK.items():
        monkeypatch.setenv(name, value)
    copytree(made_empty, tmp_path, dirs_exist_ok=True)
    program = office_in(tmp_path)
    program.surveys.save("stall", stall(), by=program.actor, identity=UUID(int=1))
    program.database.close()

    def given(on: str, words: str, *, refused: int = 0) -> Any:
        code = main(["--data", str(tmp_path), "--today", on, "--json", *words.split()])
        told = capsys.readouterr()
        assert code == refused, told.err
        return told.err if refused else json.loads(told.out)

    return given


def test_a_case_is_worked_from_the_inspection_to_its_closing_out(say: Say) -> None:
    found = say(
        "2018-06-08",
        "inspect --id 1 --on 2018-06-08 --inspectors 赵学军,史国平 --fail S10=过期面粉 --fail S05",
    )
    assert [(one["item"], one["starred"]) for one in found["findings"]] == [("S10", True), ("S05", False)]

    order = say("2018-06-08", "order --finding 1 2 --within-workdays 5 --on 2018-06-08")
    assert order == {"case": 1, "number": "金食安办告〔2018〕1号", "due_on": "2018-06-15", "stage": "ordered"}
    assert say("2018-06-08", "serve --case 1 --on 2018-06-08 --how 直接送达") == {
        "case": 1,
        "stage": "ordered",
    }
    extended = say("2018-06-14", "extend --case 1 --until 2018-06-22 --on 2018-06-14 --reason 等纱罩")
    assert extended == {"case": 1, "due_on": "2018-06-22", "stage": "ordered"}
    assert say("2018-06-20", "report --case 1 --on 2018-06-20")["stage"] == "reported"
    checked = say(
        "2018-06-21", "reinspect --case 1 --on 2018-06-21 --inspectors 赵学军，史国平 --result good"
    )
    assert checked == {"case": 1, "stage": "passed"}
    assert say("2018-06-21", "close-out --case 1 --on 2018-06-21") == {"case": 1, "stage": "closed_out"}

    case = say("2018-06-21", "case 1")
    assert (case["case"], case["establishment"], case["overdue"]) == (1, 1, False)
    assert (case["stage"], case["due_on"]) == ("closed_out", "2018-06-22")
    assert [step["step"] for step in case["steps"]] == [
        "found",
        "ordered",
        "served",
        "extended",
        "reported",
        "reinspected",
        "closed_out",
    ]
    assert {"step", "on", "entered_at", "by", "note"} <= case["steps"][0].keys()
    assert case["steps"][0]["on"] == "2018-06-08"
    assert "2018-06-08" not in case["steps"][0]["entered_at"], "the real moment, not the working day"


def test_what_is_late_or_soon_due_is_listed(say: Say) -> None:
    say("2018-06-08", "inspect --id 1 --on 2018-06-08 --inspectors 甲,乙 --fail S05=无纱罩")
    say("2018-06-08", "order --finding 1 --due-on 2018-06-15 --on 2018-06-08")

    due = say("2018-06-15", "overdue")
    late = say("2018-06-15", "overdue --on 2018-06-16")

    row = {"case": 1, "establishment": 1, "village": "沙湖村", "due_on": "2018-06-15", "stage": "ordered"}
    assert due["on"] == "2018-06-15"
    assert row | {"workdays_left": 0, "overdue": False} == {
        key: value for key, value in due["rows"][0].items() if key != "name"
    }
    assert (late["rows"][0]["workdays_left"], late["rows"][0]["overdue"]) == (-1, True)
    assert say("2018-06-08", "overdue --within 4")["rows"] == []
    assert len(say("2018-06-08", "overdue --within 5")["rows"]) == 1


def test_an_unmet_order_leads_to_the_shutdown_and_the_look_back(say: Say) -> None:
    say("2018-06-08", "register --id 1")
    say("2018-06-08", "inspect --id 1 --on 2018-06-08 --inspectors 甲,乙 --fail S05=")
    say("2018-06-08", "order --finding 1 --within-days 3 --on 2018-06-08 --family market")
    failed = say("2018-06-12", "reinspect --case 1 --on 2018-06-12 --inspectors 甲,乙 --result not-good")
    assert failed["stage"] == "failed"
    again = say("2018-06-12", "order --case 1 --within-days 3 --on 2018-06-12")
    assert again["number"] == "坛市监责改〔2018〕2号"

    closing = say("2018-06-16", "shutdown --id 1 --order-by 2018-06-20 --on 2018-06-16 --reason 拒不整改")
    closed = say("2018-06-21", "shutdown --id 1 --verified-on 2018-06-21 --reason 已搬空 --document 9号")
    reopened = say("2018-07-02", "look-back --id 1 --on 2018-07-02 --inspectors 甲,乙 --outcome reopened")
    forced = say("2018-07-03", "shutdown --id 1 --forced-on 2018-07-03 --reason 死灰复燃")

    assert closing == {"id": 1, "operating_status": "closing", "paper_status": "valid"}
    assert closed == {"id": 1, "operating_status": "closed", "paper_status": "deregistered"}
    assert reopened == {"id": 1, "outcome": "reopened", "case": 2}
    assert forced["operating_status"] == "shut_down"


def test_the_check_list_of_a_trade_is_listed(say: Say) -> None:
    items = say("2018-06-08", "inspect --list --kind eatery")["items"]

    assert items[0] == {"code": "E01", "text": "持有许可证或者已登记（备案）", "starred": True}


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("inspect --id 1 --on 2018-06-31 --inspectors 甲,乙", "不是一个日期"),
        ("inspect --id 7 --on 2018-06-08 --inspectors 甲,乙", "没有编号为 7 的档案"),
        ("inspect --id 1 --on 2018-06-08 --inspectors 甲", "两名以上"),
        ("inspect --id 1 --on 2018-06-01 --inspectors 甲,乙", "第二人"),
        ("inspect --list --kind shop", "没有“shop”"),
        ("order --finding 9 --within-days 3 --on 2018-06-08", "没有编号为 9 的问题"),
        ("order --finding x --within-days 3 --on 2018-06-08", "问题编号"),
        ("order --case 1 --within-days 0 --on 2018-06-08", "期限天数"),
        ("serve --case 1 --on 2018-06-08 --how 直接送达", "没有编号为 1 的整改"),
        ("shutdown --id 1 --forced-on 2018-06-08 --reason x", "没有到期未改"),
        ("shutdown --id 1 --forced-on 2018-06-08 --on 2018-06-07 --reason x", "还没有发生"),
        ("look-back --id 1 --on 2018-06-08 --inspectors 甲,乙 --outcome fine", "没有“fine”"),
        ("case 5", "没有编号为 5 的整改"),
        ("overdue --within -1", "--within"),
    ],
)
def test_a_wrong_value_is_refused_with_a_sentence(say: Say, words: str, sentence: str) -> None:
    assert sentence in say("2018-06-08", words, refused=1)


@pytest.mark.parametrize(
    "words",
    [
        "inspect --id 1",
        "inspect --list",
        "order --finding 1 --on 2018-06-08",
        "order --finding 1 --case 1 --within-days 3 --on 2018-06-08",
        "close-out --case 1",
        "shutdown --id 1 --reason x",
    ],
)
def test_a_missing_option_is_misuse(say: Say, words: str) -> None:
    with pytest.raises(SystemExit) as stopped:
        say("2018-06-08", words)

    assert stopped.value.code == 2


def test_each_step_has_its_paper(say: Say, tmp_path: Path) -> None:
    def printed(paper: str, day: str = "2018-06-08") -> list[dict[str, Any]]:
        return say(day, f"print {paper} --id 1 -o {tmp_path / paper.split()[0]}.pdf")["papers"]

    say("2018-06-08", "inspect --id 1 --on 2018-06-08 --inspectors 甲,乙 --fail S05=")
    say("2018-06-08", "order --finding 1 --within-days 3 --on 2018-06-08")
    for paper in ("inspection_sheet", "rectification_notice", "service_receipt", "rectification_report"):
        assert [one["copy"] for one in printed(paper)] == [1]
    say("2018-06-12", "reinspect --case 1 --on 2018-06-12 --inspectors 甲,乙 --result not-good")
    assert printed("reinspection_record", "2018-06-12")[0]["copy"] == 1
    say("2018-06-12", "transfer --case 1 --on 2018-06-12 --reason 占道 --to urban")

    assert printed("transfer_letter", "2018-06-12") == [{"number": "金食安办移〔2018〕1号", "copy": 1}]
    refused = say("2018-06-12", f"print correction_order --id 1 -o {tmp_path}/令.pdf", refused=1)
    assert "没有下达过《责令改正通知书》" in refused


def test_a_refusal_to_sign_is_told_with_its_witness(say: Say) -> None:
    inspect = "inspect --id 1 --on 2018-06-08 --inspectors 甲,乙 --refused-to-sign 不同意"

    assert "见证人" in say("2018-06-08", inspect, refused=1)
    assert say("2018-06-08", f"{inspect} --witness 丙")["inspection"] == 1


def test_the_code_on_a_sheet_filled_by_hand_finds_its_record(say: Say, tmp_path: Path) -> None:
    sheet = say("2018-06-08", f"print inspection_sheet --id 1 --by-hand -o {tmp_path}/表.pdf")
    code = sheet["papers"][0]["number"].removeprefix("检查空白表")

    assert [row["id"] for row in say("2018-06-08", f"list establishments --search {code}")["rows"]] == [1]


def test_photographs_are_tied_to_a_case(say: Say, tmp_path: Path) -> None:
    say("2018-06-08", "inspect --id 1 --on 2018-06-08 --inspectors 甲,乙 --fail S05=无纱罩")
    say("2018-06-08", "order --finding 1 --due-on 2018-06-15 --on 2018-06-08")
    picture = tmp_path / "前.png"
    Image.new("RGB", (40, 30), "red").save(picture)

    assert say("2018-06-08", f"photo {picture} --case 1 --moment before") == {"case": 1, "photos": [1]}
    assert "已经在这一户的档案里" in say("2018-06-08", f"photo {picture} --case 1 --moment after", refused=1)
    assert "before（整改前）" in say("2018-06-08", f"photo {picture} --case 1 --moment x", refused=1)


def test_a_reinspection_names_what_was_not_put_right(say: Say) -> None:
    say("2018-06-08", "inspect --id 1 --on 2018-06-08 --inspectors 甲,乙 --fail S05=无纱罩 --fail S06=脏乱")
    say("2018-06-08", "order --finding 1 2 --due-on 2018-06-15 --on 2018-06-08")
    again = "reinspect --case 1 --on 2018-06-09 --inspectors 甲,乙 --result"

    assert "不用写哪几项没改好" in say("2018-06-09", f"{again} good --unmet 2", refused=1)
    assert say("2018-06-09", f"{again} partly --unmet 2")["stage"] == "failed"
