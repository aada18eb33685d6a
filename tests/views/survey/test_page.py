"""The register as a page: found, filtered, shown beside, and never in full without a trace."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop.domain.act import Role
from desktop.services.office.trail import Trail
from desktop.services.survey.surveys import Surveys
from desktop.views.kit.buttons import SmallButton
from desktop.views.kit.table_filter import ValueFilter
from desktop.views.kit.table_source import Query
from desktop.views.kit.words import Words
from desktop.views.survey import detail_pane
from desktop.views.survey.desk import SurveyDesk
from desktop.views.survey.page import SurveyPage
from tests.offices import TestOffice, stall

Settled = Callable[[], None]
FULL = "320413198603279990"


def opened(qtbot: QtBot, desk: SurveyDesk, settled: Settled) -> SurveyPage:
    page = SurveyPage(desk)
    qtbot.addWidget(page)
    page.resize(1222, 700)
    with qtbot.waitExposed(page):
        page.show()
    settled()
    return page


def test_the_page_says_how_many_there_are_of_each_trade(
    qtbot: QtBot, desk: SurveyDesk, three: tuple[int, ...], settled: Settled
) -> None:
    page = opened(qtbot, desk, settled)

    assert page.table.count == 3
    assert "小作坊 1" in page.table._note.text()
    assert "小摊贩 2" in page.table._note.text()


def test_typing_initials_finds_and_the_words_of_the_filter_can_be_taken_away(
    qtbot: QtBot, desk: SurveyDesk, three: tuple[int, ...], settled: Settled
) -> None:
    page = opened(qtbot, desk, settled)

    qtbot.keyClicks(page.search.line, "glt")
    settled()
    assert page.table.count == 0
    page.search.clear()
    qtbot.keyClicks(page.search.line, "gld")
    settled()

    assert page.table.count == 1


def test_each_status_column_filters_by_its_own_dimension(
    qtbot: QtBot, desk: SurveyDesk, three: tuple[int, ...], settled: Settled
) -> None:
    page = opened(qtbot, desk, settled)
    both = Query().filtered("registration", "unregistered").filtered("paper", "none")

    page.show_query(both.filtered("kind", "stall"))
    settled()

    assert page.table.count == 2
    assert page.filter_row.isVisible()
    page.filter_row.asked.emit(both.filtered("paper", "valid"))
    settled()
    assert page.table.count == 0


def test_a_chosen_row_is_shown_beside_with_its_numbers_masked(
    qtbot: QtBot, desk: SurveyDesk, three: tuple[int, ...], settled: Settled
) -> None:
    page = opened(qtbot, desk, settled)

    page.table.view.selectRow(0)
    settled()

    assert page.pane.isVisible()
    assert page.pane.fact("id_number") == "3204131986****9990"
    assert page.pane.fact("phone") == "179****5136"
    assert sum(words.text().count("沙湖村") for words in page.pane.findChildren(Words)) == 1


def test_a_look_in_full_is_in_the_trail_and_ends_by_itself(
    qtbot: QtBot, desk: SurveyDesk, office: TestOffice, three: tuple[int, ...], settled: Settled
) -> None:
    page = opened(qtbot, desk, settled)
    page.table.view.selectRow(0)
    settled()
    page.pane._hide_again.setInterval(900)

    page.pane.reveal_button.click()
    qtbot.waitUntil(lambda: page.pane.fact("id_number") == FULL)
    newest = Trail(office.office).entries(by=desk.actor)[0]

    assert newest.action == "establishment.reveal"
    qtbot.waitUntil(lambda: page.pane.fact("id_number") == "3204131986****9990", timeout=3000)
    assert detail_pane.SHOWN_IN_FULL_MS == 30_000


def test_going_to_another_row_masks_at_once(
    qtbot: QtBot, desk: SurveyDesk, three: tuple[int, ...], settled: Settled
) -> None:
    page = opened(qtbot, desk, settled)
    page.table.view.selectRow(0)
    settled()
    page.pane.reveal_button.click()
    qtbot.waitUntil(lambda: page.pane.fact("id_number") == FULL)

    page.table.view.selectRow(1)
    settled()
    page.table.view.selectRow(0)
    settled()

    assert page.pane.fact("id_number") == "3204131986****9990"


def test_enter_opens_the_record_and_f2_changes_it(
    qtbot: QtBot, desk: SurveyDesk, three: tuple[int, ...], settled: Settled
) -> None:
    page = opened(qtbot, desk, settled)
    page.table.view.setFocus()
    page.table.view.selectRow(1)
    settled()

    with qtbot.waitSignal(page.open_asked) as open_asked:
        qtbot.keyClick(page.table.view, Qt.Key.Key_Return)
    with qtbot.waitSignal(page.edit_asked) as edit_asked:
        qtbot.keyClick(page.table.view, Qt.Key.Key_F2)

    assert open_asked.args == edit_asked.args == [three[1]]


def test_ctrl_n_asks_for_the_trade_and_takes_the_one_that_is_filtered(
    qtbot: QtBot, desk: SurveyDesk, three: tuple[int, ...], settled: Settled
) -> None:
    page = opened(qtbot, desk, settled)

    qtbot.keyClick(page.table.view, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(page.new_menu.isVisible)
    with qtbot.waitSignal(page.new_asked) as first:
        qtbot.keyClick(page.new_menu, Qt.Key.Key_2)
    page.show_query(Query().filtered("kind", "eatery"))
    with qtbot.waitSignal(page.new_asked) as second:
        qtbot.keyClick(page.table.view, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    settled()

    assert (first.args, second.args) == (["stall"], ["eatery"])


def test_a_record_saved_elsewhere_appears(
    qtbot: QtBot, desk: SurveyDesk, three: tuple[int, ...], settled: Settled
) -> None:
    page = opened(qtbot, desk, settled)
    more = stall(operator_name="汤文彬", operator_id_number="", phone="17705142250", address="沙湖村9号")

    desk.surveys.save("stall", more, by=desk.actor, identity=desk.new_identity())

    qtbot.waitUntil(lambda: page.table.count == 4, timeout=5000)
    settled()


def test_a_draft_is_offered_and_can_be_thrown_away(qtbot: QtBot, desk: SurveyDesk, settled: Settled) -> None:
    desk.drafts.save(key="survey/new/stall/1", label="小摊贩 顾来娣", typed={}, by=desk.actor)
    page = opened(qtbot, desk, settled)

    assert "小摊贩 顾来娣" in page.draft_banner.sentence
    with qtbot.waitSignal(page.draft_asked) as asked:
        page.resume_button.click()
    assert asked.args[0].key == "survey/new/stall/1"
    page.discard_button.click()
    settled()

    assert not page.draft_banner.isVisible()
    assert desk.drafts.list(by=desk.actor) == ()


def test_who_may_only_look_is_offered_no_entry(
    qtbot: QtBot, desk: SurveyDesk, office: TestOffice, settled: Settled
) -> None:
    from dataclasses import replace

    Surveys(office.office).save("stall", stall(), by=office.clerk, identity=desk.new_identity())
    auditor = office.somebody("吴芳", Role.AUDITOR)
    page = opened(qtbot, replace(desk, actor=auditor), settled)

    page.table.view.selectRow(0)
    settled()

    assert not page.new_button.isEnabled()
    assert not page.grid_button.isEnabled()
    assert page.pane.isVisible()
    assert not page.pane.reveal_button.isVisible()


def test_two_villages_are_ticked_under_the_title_and_named_above_the_table(
    qtbot: QtBot, desk: SurveyDesk, three: tuple[int, ...], settled: Settled
) -> None:
    page = opened(qtbot, desk, settled)
    village = next(
        one for one in page.table.header.findChildren(ValueFilter) if one.property("column") == "village"
    )

    village.showPopup()
    settled()
    items = [village.sheet.list.item(place) for place in range(village.sheet.list.count())]
    used = [item for item in items if item.data(Qt.ItemDataRole.UserRole + 1)]
    for item in used[:2]:
        item.setCheckState(Qt.CheckState.Checked)
    qtbot.keyClick(village.sheet.list, Qt.Key.Key_Return)
    settled()

    named = "、".join(item.text() for item in used[:2])
    assert page.table.count == sum(item.data(Qt.ItemDataRole.UserRole + 1) for item in used[:2])
    assert f"村（社区）：{named}" in [button.text() for button in page.filter_row.findChildren(SmallButton)]


def test_several_trades_leave_open_which_one_is_new(
    qtbot: QtBot, desk: SurveyDesk, three: tuple[int, ...], settled: Settled
) -> None:
    page = opened(qtbot, desk, settled)
    page.show_query(Query().filtered("kind", "stall,workshop"))
    settled()
    assert page.table.count == 3

    qtbot.keyClick(page.table.view, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)

    qtbot.waitUntil(page.new_menu.isVisible)
    page.new_menu.close()


def test_the_register_opens_with_the_filters_of_the_last_time_and_says_so(
    qtbot: QtBot, desk: SurveyDesk, three: tuple[int, ...], settled: Settled
) -> None:
    before = opened(qtbot, desk, settled)
    before.table.choose(Query().filtered("kind", "stall"))
    settled()

    page = opened(qtbot, desk, settled)

    assert page.table.count == 2
    assert page.filter_row.isVisible()
    page.filter_row._clear.click()
    settled()
    assert opened(qtbot, desk, settled).table.count == 3
