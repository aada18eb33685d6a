"""核验 in the window: scanned, pasted or on a picture; the verdict, the way to the dossier, the next scan."""

import pytest
import segno
from PySide6.QtCore import Qt
from sqlalchemy import select

from desktop.domain.lifecycle import PaperStatus
from desktop.models.registration import Paper
from desktop.views.registration.desk import RegistrationDesk
from desktop.views.registration.page import VERIFY, RegistrationPage
from desktop.views.registration.verify_tab import VerifyTab
from tests.views.fitting import settled


@pytest.fixture
def page(desk: RegistrationDesk, qtbot) -> RegistrationPage:
    page = RegistrationPage(desk)
    qtbot.addWidget(page)
    page.resize(1206, 680)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    page.go(VERIFY)
    return page


@pytest.fixture
def tab(page: RegistrationPage) -> VerifyTab:
    return page.verifying


@pytest.fixture
def paper(office, enter, issue) -> Paper:
    issue(enter(operator_name="张𬭎"))
    with office.office.db.reading() as session:
        return session.scalars(select(Paper)).one()


def scan(qtbot, tab: VerifyTab, text: str) -> None:
    """Type as a scanner does: fast, with Enter at the end."""
    tab.begin()
    qtbot.waitUntil(tab.code.line.hasFocus)
    qtbot.keyClicks(tab.code.line, text)
    qtbot.keyClick(tab.code.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not tab._desk.jobs.running)
    qtbot.waitUntil(tab.told.isVisible)


def test_a_scanned_code_shows_holder_place_and_status(tab, paper, qtbot) -> None:
    scan(qtbot, tab, paper.signed_code)

    assert tab.told.sentence.startswith("核验通过，是真的。")
    assert (tab.facts["持证人"].text(), tab.facts["编号"].text()) == ("张𬭎", paper.number)
    assert tab.facts["地点"].text() in paper.facts["address"]
    assert tab.chip.accessibleName() == "有效"
    assert "复印件" in tab._photocopy.text()
    assert tab._photocopy.isVisible()


def test_the_next_scan_takes_the_place_of_the_last(tab, paper, qtbot) -> None:
    scan(qtbot, tab, "SX1-AAAA-WRONG")
    assert tab.told.sentence.startswith("核验没有通过。")
    assert not tab._result.isVisible()

    qtbot.keyClicks(tab.code.line, paper.signed_code)
    qtbot.keyClick(tab.code.line, Qt.Key.Key_Return)
    qtbot.waitUntil(tab._result.isVisible)

    assert tab.code.value() == paper.signed_code


def test_a_withdrawn_paper_is_genuine_but_worth_nothing(tab, paper, office, qtbot) -> None:
    with office.office.db.writing(office.office.act(office.clerk, "test")) as session:
        session.get_one(Paper, paper.id).status = PaperStatus.WITHDRAWN

    scan(qtbot, tab, paper.signed_code)

    assert tab.told.sentence.startswith("是真的，但是：这张证卡已于")
    assert tab.chip.accessibleName() == "撤销"


def test_a_picture_of_the_code_leads_to_the_dossier(page, tab, paper, tmp_path, qtbot) -> None:
    segno.make(paper.signed_code, error="m").save(str(tmp_path / "码.png"), scale=4)

    tab.verify_picture(tmp_path / "码.png")
    qtbot.waitUntil(tab._result.isVisible)
    with qtbot.waitSignal(page.open_asked) as asked:
        tab.open_button.click()

    assert asked.args == [paper.establishment_id]


def test_a_picture_that_is_none_is_refused(tab, tmp_path, qtbot) -> None:
    (tmp_path / "x.png").write_bytes(b"nothing")

    tab.verify_picture(tmp_path / "x.png")
    qtbot.waitUntil(tab.told.isVisible)

    assert "不是能打开的图片" in tab.told.sentence


def test_a_bare_number_is_looked_up_without_calling_it_genuine(tab, paper, qtbot) -> None:
    scan(qtbot, tab, paper.number.lower())

    assert "明码" in tab.told.sentence
    assert tab.facts["持证人"].text() == "张𬭎"
    assert not tab._photocopy.isVisible()


def test_nothing_typed_is_said_at_the_field(tab, qtbot) -> None:
    tab.verify_button.click()

    assert "请扫二维码" in tab.code.error


def test_the_page_for_others_is_written(tab, desk, paper, qtbot) -> None:
    desk.exports.mkdir()
    tab.write_page(desk.exports / "核验.html")
    qtbot.waitUntil(tab.told.isVisible)

    assert "核验网页写好了" in tab.told.sentence
    assert (desk.exports / "核验.html").stat().st_size > 20_000


@pytest.mark.parametrize("zoom", [1.0, 1.5])
def test_nothing_is_cut_off(tab, paper, theme, qtbot, zoom: float) -> None:
    theme.set_zoom(zoom)
    scan(qtbot, tab, paper.signed_code)

    assert settled(qtbot, tab) == []
