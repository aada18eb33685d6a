"""The list of papers: narrowed by trade, village and what a paper is worth today."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from desktop.domain.lifecycle import PaperStatus
from desktop.domain.paper_life import PaperAct
from desktop.services.office.villages import Villages
from desktop.services.papers.papers import PaperFilters, Papers
from tests.lives import enter, issue, take
from tests.offices import TestOffice, stall, workshop


def test_papers_are_narrowed_by_trade_village_and_worth(desk: TestOffice) -> None:
    papers = Papers(desk.office, Path())
    villages = {one.name: one.id for one in Villages(desk.office).all()}
    card = issue(desk, enter(desk, number=1))
    other = issue(desk, enter(desk, stall(village="白塔村", address="白塔村1组1号"), number=2))
    certificate = issue(desk, enter(desk, workshop(address="沙湖村3组3号"), "workshop", number=3))
    take(desk, PaperAct.DEREGISTRATION, other, reason="不做了")

    def found(**wanted: object) -> set[int]:
        filters = replace(PaperFilters(), **wanted)
        rows = papers.page(filters, by=desk.clerk)
        assert papers.count(filters, by=desk.clerk) == len(rows)
        return {row.id for row in rows}

    assert found() == {card, other, certificate}
    assert found(kinds=("stall",)) == {card, other}
    assert found(village_ids=(villages["白塔村"],)) == {other}
    assert found(statuses=(PaperStatus.VALID,)) == {card, certificate}
    assert found(statuses=(PaperStatus.DEREGISTERED, PaperStatus.EXPIRED)) == {other}
    assert {row.village for row in papers.page(by=desk.clerk)} == {"沙湖村", "白塔村"}

    desk.clock.day += timedelta(days=400)  # a card lasts a year, a certificate three
    assert found(statuses=(PaperStatus.EXPIRED,)) == {card}
    assert found(statuses=(PaperStatus.VALID,)) == {certificate}
