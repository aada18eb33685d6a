"""Handing papers out: who took which, with whose authority, and which still lie in the office."""

from datetime import date
from pathlib import Path

import pytest

from desktop.domain.act import Role
from desktop.domain.messages import Occasion
from desktop.domain.paper_life import PaperAct
from desktop.domain.wall import WallFilters
from desktop.errors import NotAllowedError, RuleError, UserError
from desktop.services.papers.papers import Papers, Wanted
from desktop.services.rectification.messages import Messages
from desktop.services.register.dossiers import Dossiers
from desktop.services.registration.paper_collections import PaperCollections
from desktop.services.workbench import Workbench
from tests.lives import enter, issue, issued, take
from tests.offices import TODAY, TestOffice, stall


@pytest.fixture
def printed(desk: TestOffice, assets: Path, tmp_path: Path) -> list[int]:
    """Two papers that were printed, of two villages."""
    papers = [
        issued(desk, 1),
        issue(
            desk, enter(desk, stall(village="白塔村", address="白塔村1号", operator_name="李四"), number=2)
        ),
    ]
    Papers(desk.office, assets / "fonts").print(
        Wanted("card", is_unprinted=True), tmp_path / "卡.pdf", by=desk.clerk
    )
    return papers


def test_who_comes_in_person_takes_the_paper_and_it_waits_no_more(
    desk: TestOffice, printed: list[int]
) -> None:
    def told() -> list[int]:
        rows = Messages(desk.office).waiting(Occasion.COLLECT, WallFilters(), by=desk.clerk)
        return [row.subject_id for row in rows]

    assert told() == printed
    collections = PaperCollections(desk.office)
    assert [row.paper_id for row in collections.waiting(by=desk.clerk)] == printed

    collections.hand_over(printed[:1], on=TODAY, by=desk.clerk)

    assert [row.operator_name for row in collections.waiting(by=desk.clerk)] == ["李四"]
    (row,) = collections.collected(by=desk.clerk)
    assert (row.collector, row.how, row.collected_on) == ("钱杰永", "本人", TODAY)
    assert Workbench(desk.office).today(by=desk.clerk).counts.to_collect == 1
    assert told() == printed[1:]


def test_an_agent_takes_many_with_one_authority(desk: TestOffice, printed: list[int]) -> None:
    collections = PaperCollections(desk.office)

    count = collections.hand_over(printed, on=TODAY, agent="陈国华", authority="村委会委托书", by=desk.clerk)

    assert count == 2
    assert {(row.collector, row.how) for row in collections.collected(by=desk.clerk)} == {
        ("陈国华", "代领（村委会委托书）")
    }


@pytest.mark.parametrize(("agent", "authority"), [("陈国华", ""), ("", "委托书")])
def test_an_agent_without_a_name_or_without_authority_is_refused(
    desk: TestOffice, printed: list[int], agent: str, authority: str
) -> None:
    with pytest.raises(UserError, match="代领要写明"):
        PaperCollections(desk.office).hand_over(
            printed, on=TODAY, agent=agent, authority=authority, by=desk.clerk
        )


def test_a_paper_is_handed_out_once_and_all_or_none(desk: TestOffice, printed: list[int]) -> None:
    collections = PaperCollections(desk.office)
    collections.hand_over(printed[1:], on=TODAY, by=desk.clerk)

    with pytest.raises(RuleError, match="2018-06-08 已由李四领走"):
        collections.hand_over(printed, on=TODAY, by=desk.clerk)

    assert [row.paper_id for row in collections.waiting(by=desk.clerk)] == printed[:1]


def test_what_is_not_printed_or_worth_nothing_is_not_handed_out(desk: TestOffice, printed: list[int]) -> None:
    collections = PaperCollections(desk.office)
    fresh = issued(desk, 5)
    take(desk, PaperAct.VOIDING, printed[0], reason="打错")

    for paper, on, said in (
        (fresh, TODAY, "还没有打印"),
        (printed[0], TODAY, "已作废"),
        (printed[1], date(2018, 6, 7), "早于打印的日期"),
        (99, TODAY, "没有编号为 99"),
    ):
        with pytest.raises(UserError, match=said):
            collections.hand_over([paper], on=on, by=desk.clerk)
    with pytest.raises(UserError, match="没有选"):
        collections.hand_over([], on=TODAY, by=desk.clerk)


def test_a_reissued_paper_waits_to_be_taken_anew(
    desk: TestOffice, printed: list[int], assets: Path, tmp_path: Path
) -> None:
    collections = PaperCollections(desk.office)
    collections.hand_over(printed, on=TODAY, by=desk.clerk)
    number = take(desk, PaperAct.REISSUE, printed[0], reason="遗失").number
    assert collections.count_waiting(by=desk.clerk) == 0

    Papers(desk.office, assets / "fonts").print(
        Wanted("card", numbers=(number,)), tmp_path / "补.pdf", by=desk.clerk
    )

    assert [row.number for row in collections.waiting(by=desk.clerk)] == [number]


def test_the_signing_sheet_lists_village_by_village_what_waits(desk: TestOffice, printed: list[int]) -> None:
    sheet = PaperCollections(desk.office).signing_sheet(by=desk.clerk)
    of_one = PaperCollections(desk.office).signing_sheet(by=desk.clerk, village_id=1)

    assert [row.village for row in sheet.rows] == ["沙湖村", "白塔村"]
    assert (of_one.village, [row.operator_name for row in of_one.rows]) == ("白塔村", ["李四"])


def test_a_village_sees_its_own_papers_wait_and_hands_out_none(desk: TestOffice, printed: list[int]) -> None:
    villager = desk.somebody("白塔村干部", Role.VILLAGE, village_id=1)
    collections = PaperCollections(desk.office)

    assert [row.operator_name for row in collections.waiting(by=villager)] == ["李四"]
    with pytest.raises(NotAllowedError):
        collections.hand_over(printed, on=TODAY, by=villager)


def test_the_dossier_tells_who_took_the_paper(desk: TestOffice, printed: list[int]) -> None:
    PaperCollections(desk.office).hand_over(
        printed[:1], on=TODAY, agent="陈国华", authority="儿子，户口本", by=desk.clerk
    )

    told = {entry.what: entry for entry in Dossiers(desk.office).timeline(1, by=desk.clerk)}

    assert (told["collected"].people, told["collected"].text[-7:]) == ("陈国华", "凭儿子，户口本")
