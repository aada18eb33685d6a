"""The print log in the window: searched while typing, each copy told in full."""

from desktop.services.papers.papers import Wanted
from desktop.views.registration.printed_tab import PrintedTab


def test_a_copy_is_searched_for_told_and_led_to_its_dossier(desk, enter, issue, qtbot) -> None:
    shop = enter()
    issue(shop)
    desk.exports.mkdir()
    desk.papers.print(Wanted("card", ids=(shop,)), desk.exports / "卡.pdf", by=desk.actor)
    tab = PrintedTab(desk)
    qtbot.addWidget(tab)
    with qtbot.waitExposed(tab):
        tab.show()
    qtbot.waitUntil(lambda: len(tab.table.model.rows) == 1 and not desk.jobs.running, timeout=10_000)
    assert "卡.pdf" in tab.facts.text()
    assert "SHA-256" in tab.facts.text()

    with qtbot.waitSignal(tab.open_asked) as asked:
        tab._open.click()
    assert asked.args == [shop]

    tab.search.searched.emit("没有这个人")
    qtbot.waitUntil(lambda: not tab.table.model.rows and not desk.jobs.running, timeout=10_000)
    assert not tab._open.isEnabled()
