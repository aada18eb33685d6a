"""Leafing: every way of reaching a page shows the same rows."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from itertools import product
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text

from desktop.domain.lifecycle import OperatingStatus, PaperStatus, RegistrationStatus, Stage
from desktop.domain.paper_life import PaperAct
from desktop.domain.pinyin import sort_key
from desktop.errors import UserError
from desktop.models.establishment import Establishment
from desktop.services.office.villages import Villages
from desktop.services.register import leafing
from desktop.services.register.establishment_rows import EstablishmentRow
from desktop.services.register.establishments import Establishments
from desktop.services.register.leafing import Dimension, Filters, Outline, Part, Sort
from desktop.services.registration.registrations import Choice, Registrations
from desktop.services.survey.surveys import Surveys
from tests.examples import examples
from tests.lives import newest, printed, take
from tests.offices import TODAY, TestOffice, open_test_office, stall
from tests.outlines import outlined
from tests.visits import ordered

COUNT = 57
_VILLAGES = ("白塔村", "沙湖村", "前庄村")


@pytest.fixture
def full(desk: TestOffice, monkeypatch: pytest.MonkeyPatch) -> TestOffice:
    """A register of several small hops and strides that is always walked."""
    monkeypatch.setattr(leafing, "ANCHOR_STEP", 7)
    monkeypatch.setattr(leafing, "STRIDE", 21)
    monkeypatch.setattr(leafing, "NEAR", 9)
    monkeypatch.setattr(leafing, "WALKED_FROM", 0)
    sheets = [
        (
            "stall",
            stall(
                address=f"{number}号",
                village=_VILLAGES[number % 3],
                name="安宝陈丁"[number % 4] + "记",
                surveyed_on=None if number % 5 == 0 else f"2018-05-{number % 28 + 1:02d}",
            ),
            UUID(int=number),
        )
        for number in range(1, COUNT + 1)
    ]
    Surveys(desk.office).enter_all(sheets, round_id=None, by=desk.clerk)
    return desk


def test_a_page_reached_by_its_key_is_the_page_reached_by_walking(full: TestOffice) -> None:
    for sort, is_descending in product(Sort, (False, True)):
        assert_pages_are_the_walk(full, sort, is_descending)


def assert_pages_are_the_walk(full: TestOffice, sort: Sort, is_descending: bool) -> None:
    establishments = Establishments(full.office)
    whole = [
        row.id
        for row in establishments.page(
            Filters(), by=full.clerk, sort=sort, is_descending=is_descending, limit=COUNT
        )
    ]

    outline = outlined(establishments, Filters(), by=full.clerk, sort=sort, is_descending=is_descending)

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
    filters = Filters(village_ids=(1,))
    whole = [row.id for row in establishments.page(filters, by=full.clerk, limit=COUNT)]

    outline = outlined(establishments, filters, by=full.clerk)

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
        take(full, act, printed(full, newest(full, one).id), reason="遗失")
    for one in (3, 9, 30, 51):
        ordered(full, one, on=full.clock.day)
    full.clock.day = date(2019, 6, 10)
    return full


def _some(*values: object, most: int = 2) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(st.sampled_from(values), max_size=most, unique=True).map(tuple)


_FILTERS = st.builds(
    Filters,
    kinds=_some("stall", "eatery"),
    village_ids=_some(1, 2, 3),
    statuses=_some(
        *PaperStatus,
        OperatingStatus.OPERATING,
        RegistrationStatus.REGISTERED,
        RegistrationStatus.UNREGISTERED,
        most=4,
    ),
    stages=st.sampled_from([(), (), (), (Stage.ORDERED,), (Stage.FOUND, Stage.ORDERED)]),
    search=st.sampled_from(["", "", "安", "陈记", "没有"]),
)
_KEYS = {
    Sort.ARCHIVE: lambda row: (row.id,),
    Sort.NAME: lambda row: (sort_key(row.name), row.id),
    Sort.SURVEYED: lambda row: (row.surveyed_on or date.min, row.id),
}


def fits(row: EstablishmentRow, filters: Filters, village_names: dict[int, str]) -> bool:
    """Tell what ``Filters`` promises, in plain words."""
    dimensions = (
        (row.paper_status, PaperStatus),
        (row.registration_status, RegistrationStatus),
        (row.operating_status, OperatingStatus),
    )
    asked = [(said, set(codes).intersection(filters.statuses)) for said, codes in dimensions]
    return (
        (not filters.kinds or row.kind in filters.kinds)
        and (not filters.village_ids or row.village in {village_names[one] for one in filters.village_ids})
        and all(not wanted or said in wanted for said, wanted in asked)
        and (not filters.stages or row.rectification in filters.stages)
        and filters.search in (row.name or "")
    )


@pytest.mark.property
def test_any_part_in_any_order_is_what_one_finds_by_going_through_the_whole_register(
    busy: TestOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    establishments = Establishments(busy.office)
    everything = establishments.page(Filters(), by=busy.clerk, limit=COUNT)
    villages = {village.id: village.name for village in Villages(busy.office).all()}
    numbers = {name: number for number, name in villages.items()}
    keys = {**_KEYS, Sort.VILLAGE: lambda row: (numbers[row.village], row.id)}
    assert {row.paper_status for row in everything} >= {"none", "valid", "expiring", "expired", "withdrawn"}

    @settings(max_examples=examples(25), deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        _FILTERS,
        st.sampled_from(list(Sort)),
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
            (row for row in everything if fits(row, filters, villages)), key=keys[sort], reverse=turned
        )
        count = establishments.count(filters, by=busy.clerk)
        assert count == len(expected)
        outline = {
            "alone": None,
            "total": Outline(count),
            "outline": outlined(establishments, filters, by=busy.clerk, sort=sort, is_descending=turned),
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


def test_a_status_that_nobody_knows_is_refused_with_those_there_are(desk: TestOffice) -> None:
    with pytest.raises(UserError, match="没有“lost”这个状态；可用：operating"):
        Establishments(desk.office).count(Filters(statuses=("lost",)), by=desk.clerk)


def test_what_a_filter_says_of_each_value_is_how_many_have_it(busy: TestOffice) -> None:
    establishments = Establishments(busy.office)
    numbers = {village.name: str(village.id) for village in Villages(busy.office).all()}
    said: dict[Dimension, Callable[[EstablishmentRow], str | None]] = {
        Dimension.KIND: lambda row: row.kind,
        Dimension.VILLAGE: lambda row: numbers[row.village],
        Dimension.OPERATING: lambda row: row.operating_status,
        Dimension.REGISTRATION: lambda row: row.registration_status,
        Dimension.PAPER: lambda row: row.paper_status,
        Dimension.RECTIFICATION: lambda row: row.rectification,
    }

    for filters in (Filters(), Filters(search="安"), Filters(village_ids=(1, 3), statuses=("valid", "none"))):
        rows = establishments.page(filters, by=busy.clerk, limit=COUNT)
        for dimension, value in said.items():
            counts = establishments.counts(filters, dimension, by=busy.clerk)
            expected = Counter(told for row in rows if (told := value(row)) is not None)
            assert {code: count for code, count in counts.items() if count} == expected


@pytest.mark.parametrize("sort", [Sort.NAME, Sort.VILLAGE, Sort.SURVEYED])
def test_a_long_list_of_several_values_is_walked_in_one_index_and_never_sorted(
    tmp_path: Path, sort: Sort
) -> None:
    desk = open_test_office(tmp_path / "register.db")
    filters = Filters(village_ids=(1, 2), kinds=("stall", "eatery"), statuses=("unregistered", "registered"))
    walk = Part(filters, desk.clerk, desk.office, sort).ordered(select(Establishment.id), is_walked=True)

    with desk.office.db.reading() as session:
        asked = walk.compile(session.connection(), compile_kwargs={"literal_binds": True})
        plan = [row[-1] for row in session.execute(text(f"EXPLAIN QUERY PLAN {asked}"))]

    assert len(plan) == 1
    assert "USING COVERING INDEX ix_establishment_" in plan[0]
    desk.office.db.close()
