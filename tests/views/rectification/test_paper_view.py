"""The papers of a case in the window: what its stage calls for, the very pages, one file for all due."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from desktop.domain.act import Role
from desktop.services.rectification.rectifications import Until
from tests.offices import TODAY
from tests.printing.reading import whole_text
from tests.visits import ordered, reinspect

EARLIER = date(2018, 6, 5)


def opened(page, qtbot, case):
    with qtbot.waitSignal(page.case.shown):
        page.show_case(case)
    return page.case


def titles(view):
    return [button.text() for button in view.papers]


def looked_at(page, qtbot, title):
    button = next(one for one in page.case.papers if one.text() == title)
    with qtbot.waitSignal(page.paper.shown, timeout=20_000):
        button.click()
    return page.paper


def printed(view, qtbot):
    with qtbot.waitSignal(view.printed, timeout=20_000) as done:
        qtbot.keyClick(view.button, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    return Path(done.args[0])


def test_a_running_case_offers_the_notice_and_what_is_taken_along(desk, page, qtbot):
    case = ordered(desk, 1, on=EARLIER, until=Until(days=30)).case_id

    view = opened(page, qtbot, case)

    assert titles(view) == [
        "食品安全隐患整改告知书",
        "送达回证",
        "整改情况报告",
        "整改延期审批表（空白）",
        "整改复查记录（空白）",
    ]


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        ("good", ["食品安全隐患整改告知书", "整改复查记录", "整改销号审批表"]),
        ("not-good", ["食品安全隐患整改告知书", "整改复查记录"]),
    ],
)
def test_after_the_reinspection_other_papers_are_due(desk, page, qtbot, result, expected):
    case = ordered(desk, 1, on=EARLIER, until=Until(days=30)).case_id
    reinspect(desk, case, result, on=TODAY)

    assert titles(opened(page, qtbot, case)) == expected


def test_an_order_of_market_supervision_is_not_offered_to_the_township(desk, page_for, qtbot):
    case = ordered(desk, 1, on=EARLIER, until=Until(days=30), family="market").case_id
    page = page_for(desk.somebody("王镇", Role.REVIEWER, Role.CLERK))

    assert "责令改正通知书" not in titles(opened(page, qtbot, case))


def test_who_may_not_print_is_offered_nothing(desk, page_for, qtbot):
    case = ordered(desk, 1, on=EARLIER, until=Until(days=30)).case_id
    page = page_for(desk.somebody("孙审计", Role.AUDITOR))

    assert titles(opened(page, qtbot, case)) == []


def test_the_pages_that_are_seen_are_the_file_that_is_printed(desk, page, qtbot):
    case = ordered(desk, 1, on=EARLIER, until=Until(days=30)).case_id
    opened(page, qtbot, case)
    view = looked_at(page, qtbot, "食品安全隐患整改告知书")
    seen = view.pages._pdf

    file = printed(view, qtbot)

    assert file.read_bytes() == seen
    assert "金食安办告〔2018〕1号" in whole_text(file)


def test_a_second_copy_asks_for_its_reason(desk, page, qtbot):
    case = ordered(desk, 1, on=EARLIER, until=Until(days=30)).case_id
    opened(page, qtbot, case)
    printed(looked_at(page, qtbot, "送达回证"), qtbot)
    page.go_back()
    opened(page, qtbot, case)

    view = looked_at(page, qtbot, "送达回证")
    view.button.click()

    assert view.reason.error == "请写明再打的原因。"
    view.reason.set_value("原件遗失")
    printed(view, qtbot)


def test_back_leads_to_the_case_that_one_came_from(desk, page, qtbot):
    case = ordered(desk, 1, on=EARLIER, until=Until(days=30)).case_id
    opened(page, qtbot, case)
    looked_at(page, qtbot, "送达回证")

    with qtbot.waitSignal(page.case.shown):
        assert page.go_back()

    assert page._stack.currentWidget() is page.case


def test_one_key_prints_the_notices_of_all_that_is_due(desk, page, qtbot):
    ordered(desk, 1, on=EARLIER, until=Until(days=1))
    ordered(desk, 2, on=EARLIER, until=Until(due_on=TODAY))
    ordered(desk, 3, on=EARLIER, until=Until(days=60))
    with qtbot.waitSignal(page.wall.shown):
        page.show_wall()

    with qtbot.waitSignal(page.paper.shown, timeout=20_000):
        qtbot.keyClick(page.wall, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    file = printed(page.paper, qtbot)

    text = whole_text(file)
    assert text.count("签收人（签名）") == 2
    assert page.paper.pages.count == 2


def test_with_nothing_due_there_is_nothing_to_print(desk, page):
    assert not page.wall.notices_button.isEnabled()
