"""Leafing: every way of reaching a page shows the same rows."""

from datetime import date
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.domain.lifecycle import OperatingStatus, PaperStatus, RegistrationStatus, Stage
from desktop.domain.paper_life import PaperAct
from desktop.domain.pinyin import sort_key
from desktop.errors import UserError
from desktop.services import leafing
from desktop.services.establishments import EstablishmentRow, Establishments
from desktop.services.leafing import Filters, Outline, Sort
from desktop.services.registrations import Choice, Registrations
from desktop.services.surveys import Surveys
from desktop.services.villages import Villages
from tests.lives import newest, take
from tests.offices import TODAY, TestOffice, stall
from tests.visits import ordered

COUNT = 57


@pytest.fixture
def full(desk: TestOffice, monkeypatch: pytest.MonkeyPatch) -> TestOffice:
    """A register of several small hops that is always walked."""
    monkeypatch.setattr(leafing, "ANCHOR_STEP", 7)
    monkeypatch.setattr(leafing, "WALKED_FROM", 0)
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


@pytest.fixture
def busy(full: TestOffice) -> TestOffice:
    """The same register a year later: papers of every worth, some that follow others, some open cases."""
    for day, ids in (
        (TODAY, range(1, 16)),
        (date(2018, 6, 20), range(16, 23)),
        (date(2018, 8, 1), range(23, 30)),
    ):
        full.clock.day = day
        batch = Registrations(full.office).register_all(Choice(ids=tuple(ids)), decided_on=day, by=full.clerk)
        assert batch.refused == ()
    for one, act in (
        (2, PaperAct.REISSUE),
        (17, PaperAct.REISSUE),
        (24, PaperAct.REISSUE),
        (5, PaperAct.DEREGISTRATION),
        (25, PaperAct.WITHDRAWAL),
    ):
        take(full, act, newest(full, one).id, reason="遗失")
    for one in (3, 9, 30, 51):
        ordered(full, one, on=full.clock.day)
    full.clock.day = date(2019, 6, 10)
    return full


_FILTERS = st.builds(
    Filters,
    kind=st.sampled_from([None, None, "stall", "eatery"]),
    village_id=st.sampled_from([None, None, 1, 2, 3]),
    search=st.sampled_from(["", "", "安", "陈记", "没有"]),
    statuses=st.lists(
        st.sampled_from(
            [
                *PaperStatus,
                *PaperStatus,
                OperatingStatus.OPERATING,
                RegistrationStatus.REGISTERED,
                RegistrationStatus.UNREGISTERED,
            ]
        ),
        max_size=2,
    ).map(tuple),
    rectification=st.sampled_from([None, None, None, Stage.ORDERED]),
)
_KEYS = {
    Sort.ARCHIVE: lambda row: (row.id,),
    Sort.NAME: lambda row: (sort_key(row.name), row.id),
    Sort.SURVEYED: lambda row: (row.surveyed_on or date.min, row.id),
}


def fits(row: EstablishmentRow, filters: Filters, village_names: dict[int, str]) -> bool:
    said = {row.paper_status, row.registration_status, row.operating_status}
    return (
        filters.kind in {None, row.kind}
        and (filters.village_id is None or row.village == village_names[filters.village_id])
        and filters.search in (row.name or "")
        and said.issuperset(filters.statuses)
        and filters.rectification in {None, row.rectification}
    )


def test_any_part_in_any_order_is_what_one_finds_by_going_through_the_whole_register(
    busy: TestOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    establishments = Establishments(busy.office)
    everything = establishments.page(Filters(), by=busy.clerk, limit=COUNT)
    villages = {village.id: village.name for village in Villages(busy.office).all()}
    assert {row.paper_status for row in everything} >= {"none", "valid", "expiring", "expired", "withdrawn"}

    @settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        _FILTERS,
        st.sampled_from(list(_KEYS)),
        st.booleans(),
        st.integers(0, COUNT),
        st.integers(1, 20),
        st.sampled_from(["alone", "total", "outline"]),
        st.sampled_from([0, 10, 1_000]),
    )
    def each(
        filters: Filters, sort: Sort, turned: bool, offset: int, limit: int, known: str, walked_from: int
    ) -> None:
        monkeypatch.setattr(leafing, "WALKED_FROM", walked_from)
        expected = sorted(
            (row for row in everything if fits(row, filters, villages)), key=_KEYS[sort], reverse=turned
        )
        count = establishments.count(filters, by=busy.clerk)
        assert count == len(expected)
        outline = {
            "alone": None,
            "total": Outline(count),
            "outline": establishments.outline(filters, by=busy.clerk, sort=sort, is_descending=turned),
        }[known]

        page = establishments.page(
            filters,
            by=busy.clerk,
            sort=sort,
            is_descending=turned,
            offset=offset,
            limit=limit,
            outline=outline,
        )

        assert list(page) == expected[offset : offset + limit]

    each()


def test_a_status_that_nobody_knows_is_refused_with_those_there_are(full: TestOffice) -> None:
    with pytest.raises(UserError, match="没有“lost”这个状态；可用：operating"):
        Establishments(full.office).count(Filters(statuses=("lost",)), by=full.clerk)
