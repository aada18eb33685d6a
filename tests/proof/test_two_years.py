"""The campaign of 2018 and 2019 (seed 002), played end to end through the command line, month by month.

At the end of each month what the program answers is held against a book that was kept with a pencil.
"""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import zip_longest
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.commands.conftest import Told, console_on, run
from tests.offices import LEDGERS
from tests.proof.pencil import Case, Office

__all__ = ["run"]

pytestmark = [pytest.mark.proof, pytest.mark.timeout(240)]

PHASES = (
    "调查摸底:2018-04-01:2018-05-31",
    "集中整治:2018-06-01:2018-12-31",
    "巩固提升:2019-07-01:2019-10-31",
)
TASKS = (
    ":2018-04-30:召开动员部署会:逐村摸清底数",
    "2018-06-01:2018-12-31:分类整治:三条路线逐户定下",
    "2019-07-01:2019-10-31:回头看:防止死灰复燃",
)
KINDS = ("stall", "workshop", "eatery")
STARRED = {"stall": "S10", "workshop": "W14", "eatery": "E10"}
PLAIN = {"stall": "S05", "workshop": "W11", "eatery": "E08"}


@pytest.fixture
def office(tmp_path: Path, run: Callable[..., Told]) -> Office:
    return Office(console_on(tmp_path / "office", run), tmp_path)


def test_two_years_of_the_campaign_leave_nothing_undecided(office: Office) -> None:
    survey(office)
    classify(office)
    put_right(office)
    close_down(office)
    end_of_the_first_year(office)
    look_back(office)
    end(office)


def survey(office: Office) -> None:
    """April and May 2018: the campaign is begun, the villages send their ledgers, everybody is listed."""
    april, may = date(2018, 4, 2), date(2018, 5, 31)
    office.say(april, "init", "--profile", "jintan-2018", "--villages", LEDGERS / "villages.csv")
    begun = ["campaign", "2018年食品三小专项整治", "--basis", "金城镇专项整治工作方案（2018）"]
    for option, values in (("--phase", PHASES), ("--task", TASKS)):
        begun += [word for value in values for word in (option, value)]
    assert office.say(april, *begun)["countdown"] == "“调查摸底”还有 59 天"
    assert "召开动员部署会" in office.print(april, "campaign_schedule", "--id", 1)
    office.say(may, "import", LEDGERS / "04-three-kinds.xlsx")
    office.everybody = office.say(may, "list", "establishments", "--limit", 200)["rows"]
    assert {row["kind"] for row in office.everybody} == set(KINDS)
    for kind in KINDS:
        told = office.say(may, "export", "survey", "--kind", kind, "-o", office.folder / f"{kind}.xlsx")
        assert told["rows"] == sum(row["kind"] == kind for row in office.everybody)
    office.month_ends(may)


def classify(office: Office) -> None:
    """June 2018: three routes; who meets the conditions is registered, the others are told what to do."""
    june = date(2018, 6, 4)
    of_kind = [[row["id"] for row in office.everybody if row["kind"] == kind] for kind in KINDS]
    ids = [one for three in zip_longest(*of_kind) for one in three if one is not None]
    lists = {"督促办证": ids[12:], "整改后登记": ids[4:12], "限期关停": ids[:4]}
    office.refused(date(2018, 6, 29), "还没有定处置意见", "campaigns", 1, "--end")
    for route, chosen in lists.items():
        office.say(june, "campaigns", 1, "--decide", *chosen, "--route", route)
        office.book.route.update(dict.fromkeys(chosen, route))
    told = office.say(june, "register")
    issued = {one["id"] for one in told["issued"]}
    assert issued <= set(lists["督促办证"]), "routes two and three are not registered"
    assert len(issued) > 10
    office.book.registered |= issued
    office.print(june, "card", "--unprinted")
    office.print(june, "certificate", "--unprinted")
    for one in lists["整改后登记"]:
        kind = office.kind(one)
        items = (STARRED[kind], PLAIN[kind]) if one % 2 else (PLAIN[kind],)
        findings = office.inspect(june, one, *items)
        family = "market" if one % 3 == 0 else "township"
        case = office.order(june, one, findings, "--within-days", 20, family=family)
        paper = "correction_order" if family == "market" else "rectification_notice"
        assert "2018年6月24日" in office.print(june, paper, "--id", case.number)
        office.step(june, "serve", case, "--how", "直接送达")
        office.print(june, "service_receipt", "--id", case.number)
    for one in lists["限期关停"]:
        until = ("--order-by", "2018-07-20", "--on", june, "--reason", "不具备条件")
        told = office.say(june, "shutdown", "--id", one, *until)
        assert told["operating_status"] == "closing"
        office.book.shut.add(one)
        assert "2018年7月20日" in office.print(june, "shutdown_notice", "--id", one)
    office.month_ends(date(2018, 6, 29))


def put_right(office: Office) -> None:
    """July to September 2018: extended, reported, reinspected; good is closed out, the rest goes on."""
    first, second, third, *rest = office.book.at("ordered")
    day = date(2018, 6, 29)
    office.refused(
        day, "延期", "extend", "--case", first.number, "--until", "2018-07-20", "--on", day, "--reason", "x"
    )
    july = date(2018, 7, 2)
    for case in (first, second):
        office.step(july, "report", case)
        office.reinspect(july, case, "good")
        office.print(july, "reinspection_record", "--id", case.number)
        office.step(july, "close-out", case)
        assert "销号" in office.print(july, "closing_out_approval", "--id", case.number)
    office.reinspect(july, third, "not-good")
    office.order_again(july, third, 10)
    for case in rest:
        office.step(july, "supervise", case)
    office.month_ends(date(2018, 7, 31))
    august = date(2018, 8, 6)
    office.reinspect(august, third, "partly", *(("--unmet", third.findings[0]) if third.findings[1:] else ()))
    for case in rest[:3]:
        office.reinspect(august, case, "good")
        office.step(august, "close-out", case)
    transferred = rest[3]
    office.reinspect(august, transferred, "not-good")
    office.step(august, "transfer", transferred, "--reason", "拒不整改", "--to", "urban")
    office.print(august, "transfer_letter", "--id", transferred.number)
    office.month_ends(date(2018, 8, 31))
    september = date(2018, 9, 3)
    office.order_again(september, third, 15)
    office.step(september, "extend", third, "--until", "2018-09-28", "--reason", "设备未到")
    office.print(september, "extension_approval", "--id", third.number)
    put = [case.whose for case in office.book.at("closed_out")]
    office.say(september, "campaigns", 1, "--decide", *put, "--route", "督促办证")
    issued = {one["id"] for one in office.say(september, "register", "--id", *put)["issued"]}
    assert issued == set(put), "put right first, then registered"
    office.book.registered |= issued
    office.month_ends(date(2018, 9, 28))


def close_down(office: Office) -> None:
    """Shutdowns: found closed, or shut down by the authority after an order that was not met."""
    july = date(2018, 9, 28)
    closing = sorted(office.book.shut)
    for one in closing[:3]:
        told = office.say(july, "shutdown", "--id", one, "--verified-on", july, "--reason", "已搬空")
        assert told["operating_status"] == "closed"
        office.book.shut.discard(one)
        office.book.verified.add(one)
        office.book.end(one)
    office.force(july, closing[3], "逾期拒不关停")


def end_of_the_first_year(office: Office) -> None:
    """October to December 2018: a draw covers some, the rest is visited; the late one is shut down."""
    october = date(2018, 10, 8)
    for name in ("陈国华", "吴晓燕", "钱立群"):
        office.say(october, "inspectors", "--add", name)
    draw = office.say(october, "draw", "--seed", "20181008-7731", "--count", 6)
    for row in draw["rows"]:
        office.inspect(october, row["id"], mode="random", people=",".join(row["inspectors"]))
    assert office.say(october, "draws", 1)["left"] == 0
    assert office.say(date(2026, 1, 5), "draws", 1, "--repeat")["same"]
    stubborn, slow = (one for one in office.book.cases if one.number in office.book.late(october))
    for case, result in ((stubborn, "not-good"), (slow, "good")):
        office.reinspect(october, case, result)
    office.step(october, "close-out", slow)
    office.say(october, "campaigns", 1, "--decide", slow.whose, "--route", "督促办证")
    assert office.say(october, "register", "--id", slow.whose)["issued"]
    office.book.registered.add(slow.whose)
    office.step(october, "supervise", stubborn)
    office.force(date(2018, 10, 9), stubborn.whose, "整改期满拒不整改")
    office.month_ends(date(2018, 10, 31))
    november = date(2018, 11, 5)
    left = office.say(november, "campaigns", 1)["left"]
    for one in left:
        office.inspect(november, one)
    assert office.say(november, "campaigns", 1)["left"] == []
    office.month_ends(date(2018, 12, 28))


def look_back(office: Office) -> None:
    """July to October 2019: who was registered and who was closed is drawn and looked at again."""
    july = date(2019, 7, 8)
    share = ("--per-cent", 25, "--purpose", "look-back", "--title", "回头看")
    drawn = office.say(july, "draw", "--seed", "20190708-1204", *share)
    outcomes: dict[int, str] = {}
    for row in drawn["rows"]:
        has_ended = row["id"] in office.book.gone
        outcomes[row["id"]] = "kept" if has_ended or len(outcomes) % 5 else "rebounded"
    closed = min(office.book.verified)
    outcomes[closed] = "reopened"
    for one, outcome in outcomes.items():
        people = next((row["inspectors"] for row in drawn["rows"] if row["id"] == one), ["甲", "乙"])
        words = ("--on", july, "--inspectors", ",".join(people), "--outcome", outcome)
        told = office.say(july, "look-back", "--id", one, *words)
        assert (told["case"] is not None) == (outcome in {"rebounded", "reopened"})
        for case in office.book.cases:
            if case.whose == one and case.stage == "closed_out" and outcome == "kept":
                case.stage = "consolidating"
        if told["case"] is not None:
            office.book.findings += 1
            office.book.cases.append(Case(told["case"], one, "relapsed", date.max, []))
    office.print(july, "look_back_record", "--id", closed)
    assert office.say(july, "draws", 2)["left"] == 0
    office.book.shut.add(closed)
    for case in office.book.at("relapsed"):
        office.order_again(july, case, 15)
    august = date(2019, 7, 22)
    for case in office.book.at("ordered"):
        if case.whose != closed:
            office.reinspect(august, case, "good")
            office.step(august, "close-out", case)
    office.force(date(2019, 8, 5), closed, "死灰复燃")


def end(office: Office) -> None:
    """The end: nobody is undecided, the figures are the book's, and the register is sound."""
    last = date(2019, 10, 31)
    office.month_ends(last)
    for case in office.book.cases:
        told = office.say(last, "case", case.number)
        assert (told["stage"], told["establishment"]) == (case.stage, case.whose)
        assert told["steps"][0]["step"] in {"found", "relapsed"}
    office.say(last, "campaigns", 1, "-o", office.folder / "整治.xlsx")
    book = load_workbook(office.folder / "整治.xlsx")
    figures = {row[1].value: row[3].value for row in book["进展情况"].iter_rows(min_row=4)}
    assert (figures["范围内"], figures["还没检查"], figures["未定处置意见"]) == (len(office.everybody), 0, 0)
    ended = office.say(last, "campaigns", 1, "--end", "--conclusion", "三条路线全部落实")
    assert (ended["ended_on"], ended["undecided"], ended["left"]) == (str(last), [], [])
    assert office.say(last + timedelta(days=1), "check")["ok"]
