"""A register is made, opened and guarded from the command line."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.commands.conftest import Console, Told, console_on
from tests.offices import LEDGERS, PASSWORD

VILLAGES = LEDGERS / "villages.csv"


@pytest.fixture
def fresh(tmp_path: Path, run: Callable[..., Told]) -> Console:
    return console_on(tmp_path / "deep" / "office", run)


def test_a_register_is_made_once(fresh: Console) -> None:
    first = fresh("init", "--profile", "jintan-2018", "--villages", VILLAGES)
    second = fresh("init", "--profile", "wuzhi-2022", "--villages", VILLAGES)

    assert first.code == 0
    assert (second.code, second.out) == (1, "")
    assert "已经有一本登记册" in second.err
    assert fresh("register", "--kind", "eatery").code == 1, "still the first rule pack"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_the_village_list_may_come_from_any_table_program(
    fresh: Console, tmp_path: Path, encoding: str
) -> None:
    file = tmp_path / "村.csv"
    file.write_bytes("code,name\r\n001,沙湖村\r\n\r\n900,㛃塘社区\r\n".encode(encoding))

    assert fresh("init", "--profile", "jintan-2018", "--villages", file).json["villages"] == 2
    assert fresh("list", "establishments", "--village", "㛃塘社区").code == 0
    assert fresh("list", "establishments", "--village", "001").code == 0


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "第 1 行：村名单的表头应为 code,name"),
        ("名称,代码\n沙湖村,1\n".encode(), "第 1 行"),
        (b"code,name\n", "没有村"),
        (b"code,name\n1,\n", "第 2 行"),
        ("code,name\n1,沙湖村\n1,白塔村\n".encode(), "第 3 行"),
        ("code,name\n1,沙湖村\n2,沙湖村\n".encode(), "第 3 行"),
        ("code,name\n1,沙湖\0村\n".encode(), "看不见的字符"),
        ("code,name\n1,沙湖村\n".encode("utf-16"), "第 1 行"),
    ],
)
def test_a_broken_village_list_makes_nothing(
    fresh: Console, tmp_path: Path, content: bytes, sentence: str
) -> None:
    file = tmp_path / "villages.csv"
    file.write_bytes(content)

    told = fresh("init", "--profile", "jintan-2018", "--villages", file)

    assert (told.code, told.out) == (1, "")
    assert "villages.csv" in told.err
    assert sentence in told.err
    assert not (tmp_path / "deep" / "office" / "register.db").exists()


@pytest.mark.parametrize(
    ("name", "password", "sentence"),
    [
        ("", PASSWORD, "SANXIAO_USER"),
        ("周敏", "", "密码太短"),
        ("周敏", "1234567", "密码太短"),
    ],
)
def test_without_an_administrator_no_register_is_made(
    fresh: Console, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, password: str, sentence: str
) -> None:
    monkeypatch.setenv("SANXIAO_USER", name)
    monkeypatch.setenv("SANXIAO_PASSWORD", password)

    told = fresh("init", "--profile", "jintan-2018", "--villages", VILLAGES)

    assert (told.code, told.out) == (1, "")
    assert sentence in told.err
    assert not (tmp_path / "deep" / "office" / "register.db").exists()


@pytest.mark.parametrize("profile", ["jintan", "../jintan-2018", ""])
def test_an_unknown_rule_pack_is_refused_with_those_that_are_here(fresh: Console, profile: str) -> None:
    told = fresh("init", "--profile", profile, "--villages", VILLAGES)

    assert told.code == 1
    assert f"没有名为“{profile}”的规则包；这里有：jintan-2018、wuzhi-2022" in told.err


def test_rule_packs_and_papers_are_listed_without_a_register(fresh: Console, tmp_path: Path) -> None:
    packs = {pack["name"]: pack for pack in fresh("profiles").json}
    papers = {paper["code"]: paper for paper in fresh("documents").json}

    assert packs["jintan-2018"].keys() == {"name", "title", "province", "effective_from", "trades"}
    assert packs["jintan-2018"]["trades"][0] == {"kind": "workshop", "label": "食品小作坊"}
    assert [trade["kind"] for trade in packs["wuzhi-2022"]["trades"]] == ["workshop", "shop", "stall"]
    assert papers["card"]["sheet"] == "A6"
    assert papers["certificate"] == {"code": "certificate", "title": "食品小作坊登记证", "sheet": "A4"}
    assert not (tmp_path / "deep").exists()


@pytest.mark.parametrize(
    "words",
    ["list establishments", "register", "overdue", "check", "audit", "export survey -o t.xlsx", "case 1"],
)
def test_without_a_register_each_verb_says_how_to_make_one(
    fresh: Console, tmp_path: Path, words: str
) -> None:
    told = fresh(*words.split())

    assert (told.code, told.out) == (1, "")
    assert "sanxiao init" in told.err
    assert not (tmp_path / "deep").exists()


@pytest.mark.parametrize(
    ("name", "password", "sentence"),
    [
        ("", PASSWORD, "没有说明是谁在办"),
        ("周敏", "不对的密码啊", "姓名或密码不对"),
        ("周敏", "", "姓名或密码不对"),
        ("无此人", PASSWORD, "姓名或密码不对"),
    ],
)
def test_nobody_works_without_signing_in(
    empty: Console, monkeypatch: pytest.MonkeyPatch, name: str, password: str, sentence: str
) -> None:
    monkeypatch.setenv("SANXIAO_USER", name)
    monkeypatch.setenv("SANXIAO_PASSWORD", password)

    told = empty("list", "establishments")

    assert (told.code, told.out) == (1, "")
    assert sentence in told.err


def test_accounts_are_added_and_changed(empty: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SANXIAO_NEW_PASSWORD", "另一个-密码-2")

    added = empty("account", "add", "钱慧", "--role", "village", "--village", "沙湖村")
    clerk = empty("account", "add", "孙平", "--role", "clerk")
    changed = empty("account", "change", "孙平", "--roles", "clerk,reviewer")

    assert added.json == {"name": "钱慧", "roles": ["village"], "village": "沙湖村"}
    assert clerk.json == {"name": "孙平", "roles": ["clerk"], "village": None}
    assert changed.json == {"name": "孙平", "roles": ["clerk", "reviewer"], "village": None}


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("add 钱慧 --role boss", "没有“boss”这个角色；可用：administrator"),
        ("add 钱慧 --role village", "请指明是哪个村"),
        ("add 钱慧 --role village --village 火星村", "没有“火星村”"),
        ("add 周敏 --role clerk", "已有名叫“周敏”的账号"),
        ("change 无此人 --roles clerk", "没有名叫“无此人”的账号"),
        ("change 周敏 --roles clerk", "唯一的系统管理员"),
        ("change 周敏 --roles=", "至少要有一个角色"),
    ],
)
def test_a_wrong_account_is_refused(
    empty: Console, monkeypatch: pytest.MonkeyPatch, words: str, sentence: str
) -> None:
    monkeypatch.setenv("SANXIAO_NEW_PASSWORD", "另一个-密码-2")

    told = empty("account", *words.split())

    assert (told.code, told.out) == (1, "")
    assert sentence in told.err


def test_an_account_needs_a_password_of_its_own(empty: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "SANXIAO_NEW_PASSWORD" in empty("account", "add", "钱慧", "--role", "clerk").err

    monkeypatch.setenv("SANXIAO_NEW_PASSWORD", "1")
    assert "密码太短" in empty("account", "add", "钱慧", "--role", "clerk").err


@pytest.mark.parametrize(
    "words",
    [
        "register --kind stall",
        "print card --unprinted -o x.pdf",
        "list establishments --reveal",
        "export survey --internal --reason 上报 -o t.xlsx",
        "audit",
        "check",
        "account add 孙平 --role clerk",
        "undo-import 1 --reason 导错了",
    ],
)
def test_a_village_account_does_not_decide_for_the_township(
    stalls: Console, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    monkeypatch.setenv("SANXIAO_NEW_PASSWORD", PASSWORD)
    stalls("account", "add", "钱慧", "--role", "village", "--village", "沙湖村")
    monkeypatch.setenv("SANXIAO_USER", "钱慧")

    told = stalls(*words.split())

    assert (told.code, told.out) == (1, "")
    assert "钱慧" in told.err


def test_a_village_account_sees_its_village_only(stalls: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SANXIAO_NEW_PASSWORD", PASSWORD)
    stalls("account", "add", "钱慧", "--role", "village", "--village", "沙湖村")
    monkeypatch.setenv("SANXIAO_USER", "钱慧")

    rows = stalls("list", "establishments").json["rows"]

    assert {row["village"] for row in rows} == {"沙湖村"}
    assert stalls("list", "establishments", "--village", "白塔村").json["total"] == 0


def test_the_trail_answers_since_a_day_and_about_one_record(stalls: Console) -> None:
    stalls("register", "--id", "3")

    rows = stalls("audit", "--object", "Establishment/3").json["rows"]

    assert {row["object"] for row in rows} == {"Establishment/3"}
    assert "registration.batch" in {row["action"] for row in rows}
    assert stalls("audit", "--since", "2099-01-01").json == {"rows": []}
    assert len(stalls("audit", "--since", "2018-01-01").json["rows"]) > len(rows)


def test_a_touched_trail_is_found_by_the_check(stalls: Console, tmp_path: Path) -> None:
    assert stalls("check").json == {"ok": True, "findings": []}
    with sqlite3.connect(tmp_path / "office" / "register.db") as register:
        register.execute("UPDATE audit_entry SET account = '别人' WHERE id = 2")
    register.close()

    told = stalls("check")

    assert told.code == 1
    assert told.json["ok"] is False
    assert told.json["findings"]
    assert "操作日志" in told.err


def test_the_same_verbs_work_on_postgresql(
    tmp_path: Path, run: Callable[..., Told], postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SANXIAO_DATABASE", postgres_url)
    say = console_on(tmp_path / "office", run)

    made = say("init", "--profile", "jintan-2018", "--villages", VILLAGES)
    taken = say("import", LEDGERS / "01-tidy-stalls.xlsx")
    issued = say("register", "--id", "1", "2").json["issued"]
    printed = say("print", "card", "--unprinted", "-o", tmp_path / "cards.pdf")
    monkeypatch.delenv("SANXIAO_DATABASE")
    listed = run("--json", "--data", tmp_path, "--database", postgres_url, "list", "establishments")

    assert (made.code, taken.code, printed.code) == (0, 0, 0)
    assert [one["number"] for one in printed.json["papers"]] == [one["number"] for one in issued]
    assert listed.json["total"] == 40
    assert say("list", "establishments").code == 1, "the register lies on the server, not in the folder"


@pytest.mark.parametrize(
    "url", ["postgresql://nobody@127.0.0.1:1/none", "postgresql+psycopg://nobody@127.0.0.1:1/none"]
)
def test_a_server_that_does_not_answer_is_a_failed_environment(
    tmp_path: Path, run: Callable[..., Told], url: str
) -> None:
    told = run("--data", tmp_path, "--database", url, "list", "establishments")

    assert (told.code, told.out) == (3, "")
    assert "数据库服务器" in told.err


@pytest.mark.parametrize("url", ["nonsense", "mysql://somewhere/db", "sqlite:///x.db", "postgresql://"])
def test_an_address_of_no_postgresql_is_refused(tmp_path: Path, run: Callable[..., Told], url: str) -> None:
    told = run("--data", tmp_path, "--database", url, "list", "establishments")

    assert (told.code, told.out) == (3, "")
    assert "数据库" in told.err
    assert told.err.count("\n") == 1


def test_a_folder_that_cannot_be_made_is_a_failed_environment(
    tmp_path: Path, run: Callable[..., Told]
) -> None:
    (tmp_path / "file").write_text("in the way")

    told = console_on(tmp_path / "file" / "office", run)(
        "init", "--profile", "jintan-2018", "--villages", VILLAGES
    )

    assert (told.code, told.out) == (3, "")
    assert "数据文件夹" in told.err


def test_a_file_that_is_no_register_is_left_alone(tmp_path: Path, run: Callable[..., Told]) -> None:
    (tmp_path / "register.db").write_bytes(b"not a register at all" * 100)

    told = console_on(tmp_path, run)("list", "establishments")

    assert (told.code, told.out) == (3, "")
    assert "没有动它" in told.err
    assert (tmp_path / "register.db").read_bytes() == b"not a register at all" * 100


@pytest.mark.parametrize("option", ["--data=", "--database="])
def test_an_empty_place_is_not_the_default_place(run: Callable[..., Told], option: str) -> None:
    told = run(option, "profiles")

    assert told.code == 1
    assert "不能是空的" in told.err
