"""A scanner types into the search: its Enter comes before the list, and still leads to the verdict."""

import pytest
from PySide6.QtCore import Qt

from desktop.views.jobs import Jobs
from desktop.views.shell.place_search import PlaceSearch
from desktop.views.shell.search_hit import SearchHit

CODE = "SX1-0LU4-STALL-TF32041310020180037-20190619-11FR6G2W6N"


@pytest.fixture
def search(theme, jobs: Jobs, qtbot) -> PlaceSearch:
    def find(text: str) -> list[SearchHit]:
        return [SearchHit(text, "核验这个二维码", "", "scan-qr-code")]

    search = PlaceSearch(find, jobs)
    qtbot.addWidget(search)
    with qtbot.waitExposed(search):
        search.show()
    search.activateWindow()
    search.start()
    qtbot.waitUntil(search.line.hasFocus)
    return search


def test_the_whole_code_is_verified_whatever_was_found_for_its_beginning(search: PlaceSearch, qtbot) -> None:
    qtbot.keyClicks(search.line, CODE[:20])
    qtbot.waitUntil(search.hits.isVisible)
    qtbot.keyClicks(search.line, CODE[20:])

    with qtbot.waitSignal(search.chosen) as told:
        qtbot.keyClick(search.line, Qt.Key.Key_Return)

    assert told.args[0].id == CODE


def test_a_scanned_check_list_is_opened_too(search: PlaceSearch, qtbot) -> None:
    qtbot.keyClicks(search.line, "JC-100-0001")

    with qtbot.waitSignal(search.chosen) as told:
        qtbot.keyClick(search.line, Qt.Key.Key_Return)

    assert told.args[0].id == "JC-100-0001"


def test_what_is_no_code_is_not_opened_before_it_was_seen(search: PlaceSearch, qtbot) -> None:
    qtbot.keyClicks(search.line, "shdf")
    with qtbot.assertNotEmitted(search.chosen, wait=300):
        qtbot.keyClick(search.line, Qt.Key.Key_Return)

    assert search.hits.isVisible()
