"""The page of one establishment: one thing to do next, numbers masked, everything that happened."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent

from desktop.domain.act import Role
from desktop.services.office.trail import Trail
from desktop.services.registration.registrations import Choice, Registrations
from desktop.views.establishment import facts_panel
from desktop.views.establishment.desk import EstablishmentDesk
from desktop.views.establishment.page import PAPERS, EstablishmentPage
from desktop.views.kit.look import look
from tests.offices import TODAY

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def make(desk: EstablishmentDesk, office, qtbot) -> Callable[..., EstablishmentPage]:
    def make(desk: EstablishmentDesk = desk, width: int = 1206, height: int = 680) -> EstablishmentPage:
        page = EstablishmentPage(desk, office.clock)
        qtbot.addWidget(page)
        page.resize(width, height)
        with qtbot.waitExposed(page):
            page.show()
        page.activateWindow()
        return page

    return make


def opened(qtbot, page: EstablishmentPage, establishment_id: int) -> None:
    with qtbot.waitSignal(page.opened):
        page.show_establishment(establishment_id)


def photograph(path: Path) -> Path:
    Image.radial_gradient("L").convert("RGB").resize((900, 700)).save(path, "JPEG")
    return path


def test_without_a_choice_it_says_how_to_choose(make, qtbot) -> None:
    page = make()

    assert page.empty.isVisible()
    with qtbot.waitSignal(page.list_asked):
        page.empty.button.click()


def test_numbers_are_masked_shown_in_full_for_a_while_and_the_trail_says_who_looked(
    desk, office, make, enter, qtbot, monkeypatch
) -> None:
    shop = enter()
    page = make()
    opened(qtbot, page, shop)
    words = page.facts.words["operator_id_number"]
    assert words.text() == "3204131986****9990"
    page.facts._mask_again.setInterval(150)

    page.facts._eyes["operator_id_number"].click()
    qtbot.waitUntil(lambda: words.text() == "320413198603279990")
    qtbot.waitUntil(lambda: words.text() == "3204131986****9990")

    assert Trail(office.office).of_establishment(shop, by=desk.actor)[0].action == "establishment.reveal"
    assert facts_panel.SHOWN_IN_FULL_MS == 30_000


def test_a_second_press_masks_at_once(make, enter, qtbot) -> None:
    page = make()
    opened(qtbot, page, enter())
    words, eye = page.facts.words["phone"], page.facts._eyes["phone"]
    eye.click()
    qtbot.waitUntil(lambda: "*" not in words.text())

    eye.click()

    assert "*" in words.text()
    assert not page.facts._mask_again.isActive()


def test_going_to_the_next_one_masks_what_was_shown(make, enter, qtbot) -> None:
    first, second = enter(), enter(operator_name="贺福根")
    page = make()
    opened(qtbot, page, first)
    page.facts._eyes["phone"].click()
    qtbot.waitUntil(lambda: "*" not in page.facts.words["phone"].text())

    opened(qtbot, page, second)

    assert "*" in page.facts.words["phone"].text()


def test_who_may_not_see_numbers_is_told_who_may(desk, office, make, enter, qtbot) -> None:
    from dataclasses import replace

    from desktop.services.office.villages import Villages

    own = next(v.id for v in Villages(office.office).all() if v.name == "沙湖村")
    villager = office.somebody("村员", Role.VILLAGE, village_id=own)
    page = make(replace(desk, actor=villager))
    opened(qtbot, page, enter())

    page.facts._eyes["phone"].click()
    qtbot.waitUntil(page.banner.isVisible)

    assert "不能查看完整的身份证号和电话" in page.banner.sentence
    assert "*" in page.facts.words["phone"].text()


@pytest.mark.parametrize(("changed", "signal"), [({}, "register"), ({"operator_id_number": None}, "edit")])
def test_the_one_button_does_the_one_right_thing(make, enter, qtbot, changed, signal) -> None:
    shop = enter(**changed)
    page = make()
    opened(qtbot, page, shop)
    asked = {"register": page.register_asked, "edit": page.edit_asked}[signal]

    with qtbot.waitSignal(asked) as heard:
        qtbot.keyClick(page, Qt.Key.Key_Return, CTRL)

    assert heard.args == [shop]


def test_what_was_issued_is_to_be_printed_and_stands_among_the_papers(
    desk, office, make, enter, qtbot
) -> None:
    shop = enter()
    page = make()
    opened(qtbot, page, shop)
    with qtbot.waitSignal(page.opened):  # the change is seen without asking
        Registrations(office.office).register_all(Choice(ids=(shop,)), decided_on=TODAY, by=desk.actor)

    assert page.next_button.text() == "打印食品摊贩登记卡"
    assert "未打" in page.documents._shown[0].accessibleName()
    with qtbot.waitSignal(page.print_asked):
        page.next_button.click()


def test_alt_and_arrows_go_through_the_register(make, enter, qtbot) -> None:
    first, second = enter(), enter(operator_name="贺福根")
    page = make()
    opened(qtbot, page, first)
    assert not page.head.previous.isEnabled()

    with qtbot.waitSignal(page.opened) as heard:
        qtbot.keyClick(page, Qt.Key.Key_Right, ALT)

    assert heard.args == [second]
    assert not page.head.next.isEnabled()


def test_the_timeline_is_narrowed_by_kind(desk, office, make, enter, qtbot) -> None:
    shop = enter()
    Registrations(office.office).register_all(Choice(ids=(shop,)), decided_on=TODAY, by=desk.actor)
    page = make()
    opened(qtbot, page, shop)
    everything = len(page.timeline.line._shown)
    assert everything == 2

    page.timeline.groups.set_value("print")
    page.timeline.groups.changed.emit("print")

    assert page.timeline.line._shown == []
    assert page.timeline._nothing.isVisible()


def test_photographs_are_added_and_what_is_none_is_named(make, enter, qtbot, tmp_path) -> None:
    page = make()
    opened(qtbot, page, enter())
    bad = tmp_path / "假.jpg"
    bad.write_bytes(b"not a picture")

    page.photos.take([photograph(tmp_path / "门.jpg"), bad])
    qtbot.waitUntil(lambda: len(page.photos.tiles) == 1)

    assert "假.jpg" in page.banner.sentence
    assert page.photos.tiles[0].photo.caption == "门头"


def test_a_photograph_is_dropped_onto_the_panel(make, enter, qtbot, tmp_path) -> None:
    page = make()
    opened(qtbot, page, enter())
    dragged = QMimeData()
    dragged.setUrls([QUrl.fromLocalFile(str(photograph(tmp_path / "门.jpg")))])
    drop = QDropEvent(
        QPoint(5, 5),
        Qt.DropAction.CopyAction,
        dragged,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )

    page.photos.dropEvent(drop)
    qtbot.waitUntil(lambda: len(page.photos.tiles) == 1)

    assert page.banner.sentence == "加了 1 张照片，已去掉拍摄地点和机型。"


def test_a_photograph_is_opened_renamed_and_taken_away_with_a_reason(
    desk, make, enter, qtbot, tmp_path
) -> None:
    shop = enter()
    written = BytesIO()
    Image.linear_gradient("L").convert("RGB").save(written, "JPEG")
    desk.photos.add(shop, written.getvalue(), caption="门头", by=desk.actor)
    page = make()
    opened(qtbot, page, shop)
    viewer = page.photos.viewer
    page.photos.tiles[0].click()
    viewer.caption.set_value("后门")
    with qtbot.waitSignal(page.opened):
        viewer._save.click()
    assert page.photos.tiles[0].photo.caption == "后门"

    page.photos.tiles[0].click()
    viewer._remove.click()
    assert viewer.reason.error
    viewer.reason.set_value("拍错了店")
    with qtbot.waitSignal(page.opened):
        viewer._remove.click()

    assert page.photos.tiles == []
    assert not viewer.isVisible()


@pytest.mark.parametrize("zoom", [1.0, 1.5])
def test_long_and_rare_names_find_room_at_every_size(theme, make, enter, qtbot, zoom: float) -> None:
    theme.set_zoom(zoom)
    shop = enter(operator_name="买买提·艾力木江·吐尔逊·阿不都热西提𠮷", address="沙湖村" + "十里铺" * 14)
    at = look().at
    rail = at.rail_narrow if zoom > 1.3 else at.rail
    width, height = 1366 - rail - 2 * at.large, 768 - at.top_bar - at.status_strip - at.medium
    page = make(width=width, height=height)
    opened(qtbot, page, shop)

    assert page.minimumSizeHint().width() <= width
    assert page.minimumSizeHint().height() <= height
    page.tabs.show_tab(PAPERS)
    page._fit()
    assert page.photos.isVisible()
    assert page.timeline.isVisible() is (zoom < 1.3)


def test_the_papers_that_can_be_made_are_offered_beside_the_documents(desk, enter, qtbot, office) -> None:
    shop = enter()
    page = EstablishmentPage(desk, office.clock)
    qtbot.addWidget(page)
    page.show()
    with qtbot.waitSignal(page.opened, timeout=10_000):
        page.show_establishment(shop)
    button = page.documents.papers
    with qtbot.waitSignal(button.offered, timeout=10_000):
        button.click()
    offered = {action.text(): action for action in button.menu_of_papers.actions()}

    with qtbot.waitSignal(page.paper_asked) as asked:
        offered["一户一档"].trigger()

    assert asked.args == ["dossier", "一户一档", shop]
    button.menu_of_papers.close()


def test_the_living_card_stands_first_and_goes_to_the_print_centre(desk, enter, qtbot, office) -> None:
    shop = enter()
    Registrations(office.office).register_all(Choice(ids=(shop,)), decided_on=TODAY, by=desk.actor)
    page = EstablishmentPage(desk, office.clock)
    qtbot.addWidget(page)
    page.resize(1300, 760)
    page.show()
    with qtbot.waitSignal(page.opened, timeout=10_000):
        page.show_establishment(shop)
    button = page.documents.papers
    with qtbot.waitSignal(button.offered, timeout=10_000):
        button.click()

    first = button.menu_of_papers.actions()[0]
    with qtbot.waitSignal(page.print_asked) as asked:
        first.trigger()

    assert first.text() == "食品摊贩登记卡"
    assert asked.args == [shop]
    button.menu_of_papers.close()
