"""The place of registration: counts beside the tabs, ways from one tab to the other, room at every size."""

import pytest
from PySide6.QtCore import Qt

from desktop.services.papers.papers import Wanted
from desktop.views.kit.look import look
from desktop.views.registration.desk import RegistrationDesk
from desktop.views.registration.page import APPLICATIONS, CANDIDATES, PAPERS, PRINT, TABS, RegistrationPage
from tests.offices import TODAY
from tests.quiet import wait_until_quiet

TO_SPARE = 64
LONGEST = "买买提·艾力木江·吐尔逊·阿不都热西提的𠮷祥如意老字号手工豆腐百叶豆制品加工作坊"


@pytest.fixture
def page(desk: RegistrationDesk, qtbot) -> RegistrationPage:
    page = RegistrationPage(desk)
    qtbot.addWidget(page)
    page.resize(1206, 680)
    return page


def show(qtbot, page: RegistrationPage) -> None:
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    settle(page)


def settle(page: RegistrationPage) -> None:
    wait_until_quiet(page._desk.jobs)


def count(page: RegistrationPage, tab: str) -> str:
    return page.tabs._tabs[tab]._count


def test_each_tab_says_how_much_is_in_it(desk, page, enter, issue, qtbot) -> None:
    issue(enter())
    enter(operator_name="戴福根")
    desk.applications.apply(enter(operator_name="贺福根"), on=TODAY, materials=(), by=desk.actor)
    show(qtbot, page)

    assert [count(page, tab) for tab in (APPLICATIONS, PAPERS, PRINT)] == ["1", "1", "1"]


def test_registering_a_batch_leads_to_the_print_centre(desk, page, enter, qtbot) -> None:
    enter()
    show(qtbot, page)
    page.go(CANDIDATES)
    settle(page)

    page.candidates.button.click()
    qtbot.waitUntil(page.banner.isVisible)
    assert page.banner.sentence.startswith("已登记 1 户：食品摊贩登记卡 TF")
    page._to_print.click()
    settle(page)

    assert page.print_centre.isVisible()
    assert page.print_centre.pages.count == 1


@pytest.mark.parametrize(("applies", "tab"), [(True, APPLICATIONS), (False, CANDIDATES)])
def test_who_is_sent_here_lands_where_it_stands(desk, page, enter, qtbot, applies: bool, tab: str) -> None:
    shop = enter()
    if applies:
        desk.applications.apply(shop, on=TODAY, materials=(), by=desk.actor)
    show(qtbot, page)

    page.start_for(shop)
    qtbot.waitUntil(lambda: page.tabs.current() == tab)


def test_a_paper_is_seen_and_sent_to_print_again(desk, page, enter, issue, qtbot) -> None:
    issue(enter())
    show(qtbot, page)
    page.go(PAPERS)
    settle(page)
    qtbot.waitUntil(page.papers.sample.sheet.has_page)

    page.papers._reprint.click()
    settle(page)

    assert page.tabs.current() == PRINT


def test_papers_are_filtered_and_all_that_are_selected_go_to_the_print_centre(
    desk, page, enter, issue, qtbot
) -> None:
    issue(enter(), enter(), enter(village="白塔村", address="白塔村1组1号"))
    show(qtbot, page)
    page.go(PAPERS)
    settle(page)
    table = page.papers.table
    village = next(one.id for one in desk.villages if one.name == "白塔村")

    table.ask(table.query.filtered("village", str(village)))
    settle(page)
    assert table.count == 1
    assert count(page, PAPERS) == "3"
    table.ask(table.query.filtered("status", "expired"))
    settle(page)
    assert page.papers._place.currentWidget() is table

    table.clear_filters()
    settle(page)
    table.view.selectAll()
    page.papers._reprint.click()
    settle(page)
    assert page.tabs.current() == PRINT
    assert page.print_centre.settings.button.text() == "打印 3 张"


@pytest.mark.parametrize("is_printed", [False, True])
def test_who_is_sent_to_print_finds_its_paper_chosen(
    desk, page, enter, issue, qtbot, tmp_path, is_printed: bool
) -> None:
    shop = enter("workshop")
    issue(enter(), shop)
    if is_printed:
        desk.papers.print(Wanted("certificate", ids=(shop,)), tmp_path / "证.pdf", by=desk.actor)
    show(qtbot, page)

    page.print_for(shop)
    settle(page)

    job = page.print_centre.jobs.current()
    assert (job.code, job.is_again) == ("certificate", is_printed)
    assert page.print_centre.settings.reason.isVisible() is is_printed


def test_ctrl_n_takes_in_an_application_from_any_tab(page, qtbot) -> None:
    show(qtbot, page)
    page.go(PRINT)
    settle(page)

    qtbot.keyClick(page, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)

    qtbot.waitUntil(page.applications.new_pane.isVisible)
    assert page.go_back() is True


@pytest.mark.parametrize(("zoom", "width", "height"), [(1.0, 1366, 768), (1.25, 1280, 720), (1.5, 1366, 768)])
def test_every_tab_has_room_to_spare_with_the_longest_and_rarest_names(
    desk, theme, enter, issue, qtbot, zoom: float, width: int, height: int
) -> None:
    theme.set_zoom(zoom)
    issue(enter("workshop", name=LONGEST[:40]))
    enter("workshop", name=LONGEST[:40], operator_name="钱𠮷", operator_id_number="320413198603279990")
    page = RegistrationPage(desk)
    qtbot.addWidget(page)
    at = look().at
    rail = at.rail_narrow if zoom > 1.3 else at.rail
    page.resize(width - rail - 2 * at.large, height - at.top_bar - at.status_strip - at.medium)
    show(qtbot, page)
    for tab in TABS:
        page.go(tab.key)
        settle(page)

    assert page.minimumSizeHint().width() <= page.width() - TO_SPARE
    assert page.minimumSizeHint().height() <= page.height()
