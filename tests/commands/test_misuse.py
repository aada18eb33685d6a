"""What is not a command ends with 2, what is a wrong value with 1; both say why, in Chinese."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.commands.conftest import Console, Told, console_on

LATER = [
    "statistics",
    "statistics --period 2018-06 --freeze",
    "backup",
    "backup --to /mnt",
    "restore backup.zip",
    "self-test",
    "self-test --json",
]


@pytest.mark.parametrize("words", LATER)
def test_a_verb_of_a_later_version_is_refused_in_one_sentence(
    tmp_path: Path, run: Callable[..., Told], words: str
) -> None:
    told = console_on(tmp_path / "nothing", run)(*words.split())

    assert (told.code, told.out) == (1, "")
    assert "这一版还不能" in told.err
    assert told.err.count("\n") == 1
    assert not (tmp_path / "nothing").exists()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("frobnicate", "没有“frobnicate”"),
        ("list", "缺少 establishments"),
        ("list people", "没有“people”"),
        ("list establishments --colour red", "没有这样的选项：--colour red"),
        ("list establishments --limit", "--limit 后面要写内容"),
        ("list establishments --reveal=yes", "--reveal 后面不写内容"),
        ("import", "缺少 FILE"),
        ("undo-import 1", "缺少 --reason"),
        ("init --profile jintan-2018", "缺少 --villages"),
        ("print card -o cards.pdf", "要写其中一个"),
        ("print card --unprinted", "缺少 -o"),
        ("print card --unprinted --issued-on 2018-06-08 -o x.pdf", "不能同用"),
        ("export survey --public --internal -o t.xlsx", "不能同用"),
        ("account", "缺少 ACTION"),
        ("account drop 钱慧", "没有“drop”"),
        ("account add 钱慧", "缺少 --role"),
        ("exchange", "缺少 make|merge"),
        ("exchange make --village 白塔", "缺少 -o"),
        ("exchange merge", "缺少 FILE"),
        ("case", "缺少 N"),
        ("--today", "--today 后面要写内容"),
    ],
)
def test_an_unknown_or_missing_word_is_misuse(empty: Console, words: str, sentence: str) -> None:
    told = empty(*words.split())

    assert (told.code, told.out) == (2, "")
    assert sentence in told.err
    assert "用法：sanxiao" in told.err


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("list establishments --kind shop", "没有“shop”这个类别；可用：workshop"),
        ("list establishments --kind=", "没有“”这个类别"),
        ("list establishments --village 火星村", "没有“火星村”这个村（社区）；本镇有：白塔村"),
        ("list establishments --village=", "没有“”这个村"),
        ("list establishments --status ordered", "没有“ordered”这个状态"),
        ("list establishments --limit -1", "--limit“-1”不对"),
        ("list establishments --limit ten", "--limit“ten”不对"),
        ("list establishments --offset 99999999999999999999", "--offset“99999999999999999999”不对"),
        ("register --id 0", "档案编号“0”不对"),
        ("register --id 99999", "没有编号为 99999 的档案"),
        ("register --id 99999999999999999999", "档案编号"),
        ("register --kind eatery", "选的范围里没有档案"),
        ("register --decided-on 2018-02-30", "不是一个日期"),
        ("register --decided-on=", "不是一个日期"),
        ("register --decided-on 2018-06-09", "还没有到"),
        ("print card --number 甲1 -o x.pdf", "没有编号为 甲1 的证卡"),
        ("print card --id 7 -o x.pdf", "档案 7 没有这种证卡"),
        ("print card --unprinted -o x.pdf", "没有要打印的证卡"),
        ("print diploma --unprinted -o x.pdf", "没有“diploma”这种证卡或文书"),
        ("print card --unprinted -o cards.docx", "要以 .pdf 结尾"),
        ("print card --unprinted --per-page 3 -o x.pdf", "只能是 1、2、4、8"),
        ("print card --unprinted --offset-mm 1 -o x.pdf", "应写成 X,Y"),
        ("print card --unprinted --offset-mm nan,0 -o x.pdf", "应写成 X,Y"),
        ("print card --issued-on 2018-06-31 -o x.pdf", "不是一个日期"),
        ("import nowhere.xlsx", "找不到文件 nowhere.xlsx"),
        ("undo-import 7 --reason 导错了", "没有编号为 7 的导入"),
        ("undo-import x --reason 导错了", "导入编号“x”不对"),
        ("export diary -o t.xlsx", "没有“diary”这种表；可导出：survey"),
        ("export statistics -o t.xlsx", "这一版还不能导出统计报表"),
        ("export survey --period 2018-06 -o t.xlsx", "--period 只用于 statistics"),
        ("export survey --internal -o t.xlsx", "要写明用途"),
        ("export survey -o t.csv", "要以 .xlsx 结尾"),
        ("export survey --village 火星村 -o t.xlsx", "没有“火星村”"),
        ("case 5", "没有编号为 5 的整改"),
        ("overdue --on 2018-06-31", "不是一个日期"),
        ("overdue --on 9999-12-31", "不是一个日期"),
        ("overdue --within 99999", "期限"),
        ("audit --since 昨天", "不是一个日期"),
        ("demo --establishments 0", "--establishments“0”不对"),
    ],
)
def test_a_wrong_value_is_refused_in_one_sentence(empty: Console, words: str, sentence: str) -> None:
    told = empty(*words.split())

    assert told.code == 1
    assert sentence in told.err
    assert told.err.count("\n") == 1


@pytest.mark.parametrize(
    "day", ["2018-02-30", "2018-6-8", "20180608", "2018-W23-5", "heute", "", "0001-01-01"]
)
def test_a_day_that_does_not_exist_is_no_day_to_work_on(empty: Console, day: str) -> None:
    told = empty("overdue", today=day)

    assert (told.code, told.out) == (1, "")
    assert f"“{day}”不是一个日期" in told.err


@pytest.mark.parametrize("typed", ["%", "_", "'", '"', "\\", "a*", '" OR 1', "(", "\0", "钱" * 5000, "𱍐"])
def test_whatever_is_typed_into_the_search_is_only_searched(stalls: Console, typed: str) -> None:
    told = stalls("list", "establishments", "--search", typed)

    assert (told.code, told.json["total"]) == (0, 0)


def test_bytes_that_are_no_text_are_refused(empty: Console) -> None:
    told = empty("list", "establishments", "--search", "\udcff")

    assert told.code == 1
    assert "UTF-8" in told.err


def test_an_offset_to_the_left_is_a_value_and_no_option(stalls: Console, tmp_path: Path) -> None:
    stalls("register", "--id", "1")

    told = stalls("print", "card", "--unprinted", "-o", tmp_path / "x.pdf", "--offset-mm", "-1.5,-0.5")

    assert told.code == 0, told.err


def test_a_mistake_of_the_program_is_a_sentence_and_a_line_in_the_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from desktop.__main__ import main

    def broken(**_: object) -> None:
        raise ZeroDivisionError("身份证号 320413198603279990")

    monkeypatch.setattr("desktop.app.program_for", broken)

    code = main(["--data", str(tmp_path), "profiles"])

    assert code == 3
    assert capsys.readouterr().err == "程序出了差错，这一步没有做完；详情已记入日志，请转给维护人员\n"
    log = (tmp_path / "logs" / "sanxiao.log").read_text(encoding="utf-8")
    assert "ZeroDivisionError" in log
    assert "320413198603279990" not in log
