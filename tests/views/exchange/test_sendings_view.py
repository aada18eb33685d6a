"""Who has sent is seen at a glance; workbooks go out from there, and letters to those who are late."""

from datetime import date

import pytest

from desktop.views.registration.short_model import spoken


@pytest.fixture
def sendings(office, desk, page, qtbot, tmp_path):
    """In June two villages got a workbook and one sent it back; it is July now."""
    for name in ("沙湖村", "白塔村"):
        village = next(one for one in desk.villages if one.name == name)
        desk.books.make(village, tmp_path / f"{name}.xlsx", by=office.clerk)
    desk.merges.merge([tmp_path / "沙湖村.xlsx"], by=office.clerk)
    office.clock.day = date(2018, 7, 6)
    page.show_sendings()
    page.refresh()
    qtbot.waitUntil(lambda: ("沙湖村", "06-08") in june(page.sendings))
    return page.sendings


def june(view):
    return [(row.cells[0], spoken(row.cells[-2])) for row in view.board.model.rows]


def line(view, village):
    return next(
        [spoken(cell) for cell in row.cells] for row in view.board.model.rows if row.cells[0] == village
    )


def ask_about_june(view):
    view.month.setCurrentIndex(1)
    view.month.activated.emit(1)


def test_each_village_has_a_mark_for_each_month(sendings):
    assert [column.title for column in sendings.board.model.columns][-2:] == ["18年6月", "18年7月"]
    assert line(sendings, "沙湖村")[-2:] == ["06-08", "—"]
    assert line(sendings, "白塔村")[-2:] == ["没有报", "—"]
    ask_about_june(sendings)
    assert sendings.missing.text().startswith("7月5日前报。7 个村还没有报：白塔村、后阳村")


def test_the_files_of_the_chosen_village_stand_below(sendings):
    village = next(row.id for row in sendings.board.model.rows if row.cells[0] == "沙湖村")
    sendings.board.choose(village)

    (file,) = sendings.files.model.rows
    assert [spoken(cell) for cell in file.cells][:4] == ["2018-06", "第 1 份", "06-08", "沙湖村.xlsx"]


def test_who_is_late_gets_a_letter_that_is_looked_at_and_printed(page, sendings, qtbot, desk):
    ask_about_june(sendings)
    assert sendings.remind_button.text() == "催报函（7）"

    with qtbot.waitSignal(page.paper.shown, timeout=20_000):
        sendings.remind_button.click()

    assert page.paper.button.text() == "打印 7 份"
    assert not page.tabs.isVisible()
    assert page.go_back()
    qtbot.waitUntil(lambda: line(page.sendings, "白塔村")[-2] == "已催 07-06")


def test_workbooks_of_the_ticked_villages_go_into_one_folder(sendings, qtbot, desk):
    assert line(sendings, "区里（全部村）")[-2:] == ["—", "—"]
    sendings.board.tick_all()
    assert len(sendings.board.ticked_ids()) == 8
    sendings.board.tick_all(on=False)
    sendings.board.model.tick(sendings.board.model.rows[:2], on=True)
    sendings.board.ticked.emit()
    assert sendings.make_button.text() == "做7月交换表（2 个村）"

    sendings.make_button.click()
    qtbot.waitUntil(lambda: sendings.news.sentence.startswith("已做好 2 个村的交换表"))

    assert len(list((desk.exports / "交换表2018-07").glob("*.xlsx"))) == 2


def test_the_workbook_for_the_county_is_made_and_its_row_shows_it(sendings, qtbot, desk, office):
    sendings.county_button.click()
    qtbot.waitUntil(lambda: sendings.news.sentence.startswith("已做好报区里的交换表（"))
    qtbot.waitUntil(lambda: line(sendings, "区里（全部村）")[-1] == "已做，等回")
    (book,) = (desk.exports / "交换表2018-07").glob("*.xlsx")
    desk.merges.merge([book], by=office.clerk)

    sendings.refresh()
    qtbot.waitUntil(lambda: line(sendings, "区里（全部村）")[-1] == "07-06")

    sendings.board.choose(sendings.board.model.rows[-1].id)
    assert sendings.files_head.text() == "区里发回的"
    assert [spoken(cell) for cell in sendings.files.model.rows[0].cells][3] == "金城镇（报区里）.xlsx"
    assert "8 个村还没有报" in sendings.missing.text()
