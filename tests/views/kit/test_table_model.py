"""The rows of a paged table: what is seen together is asked for together, and only once."""

from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QObject

from desktop.errors import UserError
from desktop.views.jobs import Jobs
from desktop.views.kit.table_model import OUTLINED_AFTER_MS, PAGE, PagedModel
from desktop.views.kit.table_source import Column, Query, TableRow


class Shrinking:
    """A register that may have become shorter than what it said of itself."""

    def __init__(self, said: int, there: int) -> None:
        self.said, self.there = said, there
        self.asked: list[tuple[int, int]] = []

    def count(self, query: Query) -> int:
        return self.said

    def page(self, query: Query, offset: int, limit: int) -> Sequence[TableRow]:
        self.asked.append((offset, limit))
        return [TableRow(n, (f"第{n}家",)) for n in range(offset, min(offset + limit, self.there))]


@pytest.fixture
def make(jobs: Jobs, qtbot):
    owner = QObject()

    def make(said: int, there: int | None = None) -> tuple[PagedModel, Shrinking]:
        source = Shrinking(said, said if there is None else there)
        model = PagedModel((Column("name", "名称"),), source, jobs, owner)
        with qtbot.waitSignal(model.loaded):
            model.ask(Query())
        return model, source

    return make


def test_rows_on_the_border_of_two_pages_are_one_question(make, qtbot) -> None:
    model, source = make(100_000)
    first = 500 * PAGE - 3

    with qtbot.waitSignal(model.dataChanged):
        assert model.rows(first, first + 9) == [None] * 10

    assert source.asked[1:] == [(499 * PAGE, 2 * PAGE)]
    assert [row.id for row in model.rows(first, first + 9)] == list(range(first, first + 10))


@pytest.mark.parametrize("step", [1, -1])
def test_who_scrolls_on_finds_the_next_rows_there(make, qtbot, step: int) -> None:
    model, source = make(100_000)
    seen, middle = 17, 50_000
    qtbot.waitUntil(lambda: None not in model.rows(middle, middle + seen))
    asked = len(source.asked)

    for number in range(4 * PAGE):
        first = middle + step * number
        qtbot.waitUntil(lambda first=first: None not in model.rows(first, first + seen))

    assert len(source.asked) - asked <= 2


def test_a_page_that_came_back_empty_is_not_asked_for_again(make, qtbot) -> None:
    model, source = make(100_000, there=70)

    for _ in range(3):
        with qtbot.waitSignal(model.dataChanged, timeout=300, raising=False):
            assert model.rows(50_000, 50_003) == [None] * 4

    assert len(source.asked) == 2


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 9_999), st.integers(0, 3 * PAGE)), max_size=6))
def test_wherever_one_looks_the_rows_are_those_of_the_whole_list(
    make, qtbot, looks: list[tuple[int, int]]
) -> None:
    model, _ = make(10_000)

    for first, more in looks:
        last = min(first + more, 9_999)
        qtbot.waitUntil(lambda first=first, last=last: None not in model.rows(first, last))
        assert [row.id for row in model.rows(first, last)] == list(range(first, last + 1))


class Outlining(Shrinking):
    """A register that notes when it is outlined; it takes several strides."""

    def __init__(self) -> None:
        super().__init__(100_000, 100_000)
        self.outlined: list[Query] = []
        self.strides = 1
        self.refusal = ""

    def outline(self, query: Query) -> bool:
        if self.refusal:
            raise UserError(self.refusal)
        self.outlined.append(query)
        return len(self.outlined) >= self.strides


@pytest.fixture
def outlining(jobs: Jobs, qtbot) -> tuple[PagedModel, Outlining]:
    source = Outlining()
    return PagedModel((Column("name", "名称"),), source, jobs, jobs), source


def test_a_list_is_outlined_once_when_it_has_stood_for_a_moment(outlining, qtbot) -> None:
    model, source = outlining

    for sort in ("name", "village", "surveyed"):
        with qtbot.waitSignal(model.loaded):
            model.ask(Query(sort=sort))
    assert source.outlined == []

    qtbot.waitUntil(lambda: bool(source.outlined))
    qtbot.wait(2 * OUTLINED_AFTER_MS)
    assert source.outlined == [Query(sort="surveyed")]


def test_a_long_list_is_outlined_stride_by_stride_and_rows_come_in_between(outlining, qtbot) -> None:
    model, source = outlining
    source.strides = 1_000_000
    model.ask(Query())
    qtbot.waitUntil(lambda: len(source.outlined) > 1)

    qtbot.waitUntil(lambda: model.row(50_000) is not None)

    source.strides = 0
    qtbot.waitUntil(lambda: not model._jobs.running)
    so_far = len(source.outlined)
    qtbot.wait(2 * OUTLINED_AFTER_MS)
    assert len(source.outlined) == so_far


def test_a_short_list_is_not_outlined(outlining, qtbot) -> None:
    model, source = outlining
    source.said = 500

    with qtbot.waitSignal(model.loaded):
        model.ask(Query())

    qtbot.wait(2 * OUTLINED_AFTER_MS)
    assert source.outlined == []


def test_an_outline_that_fails_says_why_and_the_rows_stay(outlining, qtbot) -> None:
    model, source = outlining
    source.refusal = "登记库正被别的程序占用，请关掉它再试。"

    with qtbot.waitSignal(model.failed) as told:
        model.ask(Query())

    assert told.args == [source.refusal]
    assert model.row(0).id == 0
