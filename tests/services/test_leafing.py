"""Leafing: every way of reaching a page shows the same rows."""

from uuid import UUID

import pytest

from desktop.services import leafing
from desktop.services.establishments import Establishments
from desktop.services.leafing import Filters, Sort
from desktop.services.surveys import Surveys
from tests.offices import TestOffice, stall

COUNT = 57


@pytest.fixture
def full(desk: TestOffice, monkeypatch: pytest.MonkeyPatch) -> TestOffice:
    """A register of several small hops."""
    monkeypatch.setattr(leafing, "ANCHOR_STEP", 7)
    villages = ["白塔村", "沙湖村", "前庄村"]
    sheets = [
        (
            "stall",
            stall(
                address=f"{number}号",
                village=villages[number % 3],
                name="安宝陈丁"[number % 4] + "记",
                surveyed_on=None if number % 5 == 0 else f"2018-05-{number % 28 + 1:02d}",
            ),
            UUID(int=number),
        )
        for number in range(1, COUNT + 1)
    ]
    Surveys(desk.office).enter_all(sheets, round_id=None, by=desk.clerk)
    return desk


@pytest.mark.parametrize("sort", list(Sort))
@pytest.mark.parametrize("is_descending", [False, True])
def test_a_page_reached_by_its_key_is_the_page_reached_by_walking(
    full: TestOffice, sort: Sort, is_descending: bool
) -> None:
    establishments = Establishments(full.office)
    whole = [
        row.id
        for row in establishments.page(
            Filters(), by=full.clerk, sort=sort, is_descending=is_descending, limit=COUNT
        )
    ]

    outline = establishments.outline(Filters(), by=full.clerk, sort=sort, is_descending=is_descending)

    assert (outline.total, len(outline.anchors)) == (COUNT, 8)
    for offset in range(COUNT + 3):
        page = establishments.page(
            Filters(),
            by=full.clerk,
            sort=sort,
            is_descending=is_descending,
            offset=offset,
            limit=5,
            outline=outline,
        )
        assert [row.id for row in page] == whole[offset : offset + 5]


def test_a_filtered_list_has_an_outline_of_its_own(full: TestOffice) -> None:
    establishments = Establishments(full.office)
    filters = Filters(village_id=1)
    whole = [row.id for row in establishments.page(filters, by=full.clerk, limit=COUNT)]

    outline = establishments.outline(filters, by=full.clerk)

    assert outline.total == len(whole)
    last = establishments.page(filters, by=full.clerk, offset=len(whole) - 2, limit=5, outline=outline)
    assert [row.id for row in last] == whole[-2:]
