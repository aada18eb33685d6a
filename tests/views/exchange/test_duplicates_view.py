"""What was parked is decided one after the other, by mouse or keyboard, and the next one comes by itself."""

from uuid import UUID

import pytest
from openpyxl import Workbook
from PySide6.QtCore import Qt

from desktop.services.register.establishments import Establishments, Filters
from desktop.services.survey.surveys import Surveys
from desktop.views.registration.short_model import spoken
from tests.offices import stall

HEAD = ("姓名", "身份证号", "电话", "村", "摊位位置", "经营品种")
ZHANG = ("张三", "320413196207227743", "13761529721", "白塔村", "白塔村1组2号", "煎饼")
LI = ("李四", "340824200108147266", "18970735877", "后阳村", "后阳村3组4号", "豆浆")
MOVED = (*ZHANG[:4], "白塔村5组9号", "煎饼、豆浆")
OTHER = (*LI[:4], "后阳村8组8号", "油条")


@pytest.fixture
def waiting(office, desk, page, qtbot, tmp_path):
    """Two rows wait: one of each person whose first stall is in the register."""
    for name, rows in (("一.xlsx", (ZHANG, LI)), ("二.xlsx", (MOVED, OTHER))):
        book = Workbook()
        for line in (("食品摊贩摸底表",), HEAD, *rows):
            book.active.append(line)
        book.save(tmp_path / name)
        desk.imports.take_in([tmp_path / name], by=office.clerk)
    page.show_duplicates()
    page.refresh()
    # What the page asked when it opened, before the rows came, may be answered only now.
    qtbot.waitUntil(lambda: len(page.duplicates.list.model.rows) == 2 and not desk.jobs.running)
    return page.duplicates


def shops(office):
    rows = Establishments(office.office).revealed(Filters(), by=office.clerk)
    return [(row.operator_name, row.address, row.products) for row in rows]


def press(qtbot, view, key):
    with qtbot.waitSignal(view.loaded):
        qtbot.keyClick(view.window(), key, Qt.KeyboardModifier.AltModifier)


def test_what_differs_can_be_chosen_and_what_is_alike_is_said(page, waiting):
    assert [[spoken(cell) for cell in row.cells] for row in waiting.list.model.rows] == [
        ["张三（煎饼）", "白塔村", "拿不准"],
        ["李四（油条）", "后阳村", "拿不准"],
    ]
    assert waiting.compare.reason.text() == "身份证号、电话相同，可能是同一户"
    assert set(waiting.compare.sides) == {"address", "products"}
    assert page.tabs.current() == "duplicates"


def test_the_same_takes_what_was_chosen_and_the_next_comes_by_itself(office, waiting, qtbot):
    waiting.compare.sides["products"].segments[0].click()

    with qtbot.waitSignal(waiting.loaded):
        waiting.same_button.click()

    assert ("张三", "白塔村1组2号", "煎饼、豆浆") in shops(office)
    assert waiting.news.sentence == "已认定是同一户：100-0001。"
    qtbot.waitUntil(lambda: waiting.compare.row.title == "李四（油条）")


def test_all_is_decided_by_keyboard_and_then_nothing_is_left(office, page, waiting, qtbot):
    waiting.activateWindow()
    press(qtbot, waiting, Qt.Key.Key_N)
    qtbot.waitUntil(lambda: len(waiting.list.model.rows) == 1 and waiting.drop_button.isEnabled())
    qtbot.keyClick(waiting.window(), Qt.Key.Key_D, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(waiting.reason.framed_control().hasFocus)
    waiting.reason.set_value("填表人写错")
    press(qtbot, waiting, Qt.Key.Key_D)

    qtbot.waitUntil(lambda: waiting.list.model.rows == ())
    assert not waiting.same_button.isVisible()
    assert len(shops(office)) == 3


def test_a_choice_stays_while_somebody_else_works(office, page, waiting, qtbot):
    waiting.compare.sides["products"].segments[0].click()

    with qtbot.waitSignal(waiting.loaded):
        page.refresh()

    assert waiting.compare.taken() == ("products",)


def test_what_was_decided_elsewhere_meanwhile_is_refused_in_a_sentence(office, desk, waiting, qtbot):
    row = waiting.compare.row
    desk.parked.drop(row.id, version=row.version, reason="甲", by=office.clerk)

    waiting.different_button.click()

    qtbot.waitUntil(lambda: "已由“周敏”认定为“不收这一行”" in waiting.news.sentence)
    assert len(shops(office)) == 2


def test_a_third_one_that_is_alike_may_be_joined_first(office, desk, waiting, qtbot):
    assert not waiting.join_button.isVisible()
    second = {"operator_name": "张三", "operator_id_number": ZHANG[1], "products": "煎饼", "phone": None}
    typed = stall(**second, village="白塔村", address="白塔村7组7号")
    Surveys(office.office).save("stall", typed, by=office.clerk, identity=UUID(int=77))

    waiting.refresh()
    qtbot.waitUntil(waiting.join_button.isVisible)

    assert "也像 100-0003 张三（煎饼）（白塔村，身份证号相同）" in waiting.other.text()
    with qtbot.waitSignal(waiting.join_asked) as asked:
        waiting.join_button.click()
    assert asked.args == [waiting.compare.row.match.id, "100-0003"]
