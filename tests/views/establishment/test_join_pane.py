"""并档: the other one is looked up by its number, joined with the chosen answers, and told apart again."""

from uuid import uuid4

import pytest

from desktop.services.register.establishments import Establishments
from desktop.services.register.joinings import Joinings
from desktop.services.register.leafing import Filters
from desktop.services.survey.surveys import Surveys
from desktop.views.establishment.desk import EstablishmentDesk
from desktop.views.establishment.join_pane import BROKEN
from desktop.views.establishment.page import EstablishmentPage
from tests.offices import stall


@pytest.fixture
def page(desk: EstablishmentDesk, office, qtbot) -> EstablishmentPage:
    """The first of two stalls, with the pane for joining at its side."""
    surveys = Surveys(office.office)
    first = surveys.save("stall", stall(), by=office.clerk, identity=uuid4()).id
    surveys.save("stall", stall(products="面条", address="沙湖村4组1号"), by=office.clerk, identity=uuid4())
    page = EstablishmentPage(desk, office.clock)
    qtbot.addWidget(page)
    page.resize(1206, 680)
    with qtbot.waitExposed(page):
        page.show()
    with qtbot.waitSignal(page.opened):
        page.show_establishment(first)
    page.head.standing.click()
    page.standing.join.click()
    return page


def count(office) -> int:
    return Establishments(office.office).count(Filters(), by=office.clerk)


def test_the_other_one_is_joined_with_what_was_chosen_and_told_apart_again(page, office, qtbot) -> None:
    pane = page.joining
    other = Establishments(office.office).page(Filters(), by=office.clerk)[1]
    pane.number.set_value(other.archive_number)
    pane.compare.click()
    qtbot.waitUntil(pane.join.isVisible)
    pane.choices.sides["products"].set_value("other")

    with qtbot.waitSignal(pane.told):
        pane.join.click()

    (kept,) = Establishments(office.office).page(Filters(), by=office.clerk)
    assert (kept.products, kept.address) == ("面条", "沙湖村3组72号")
    qtbot.waitUntil(lambda: len(pane.separate) == 1)
    with qtbot.waitSignal(pane.told):
        pane.separate[0].click()
    assert count(office) == 2


def test_an_unknown_number_is_refused_and_stays_typed(page, office, qtbot) -> None:
    page.joining.number.set_value("100-9999")
    page.joining.compare.click()
    qtbot.waitUntil(page.joining.refused.isVisible)

    assert "没有档案编号为“100-9999”的户" in page.joining.refused.sentence
    assert page.joining.number.value() == "100-9999"
    assert page.go_back()
    assert not page.joining.isVisible()


def test_what_a_database_says_of_its_failure_is_nobodys_to_read(page, qtbot, monkeypatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("INSERT INTO establishment VALUES ('320482198603279990')")

    monkeypatch.setattr(Joinings, "compare", fail)
    page.joining.number.set_value("100-0002")
    page.joining.compare.click()
    qtbot.waitUntil(page.joining.refused.isVisible)

    assert page.joining.refused.sentence == BROKEN


def test_a_door_elsewhere_opens_two_records_side_by_side(page, office, qtbot) -> None:
    first, other = Establishments(office.office).page(Filters(), by=office.clerk)
    assert page.go_back()

    page.join_with(first.id, other.archive_number)
    qtbot.waitUntil(page.joining.join.isVisible)

    assert page.joining.number.value() == other.archive_number
    assert page.go_back()
    with qtbot.waitSignal(page.opened):
        page.show_establishment(other.id)
    assert not page.joining.isVisible()
