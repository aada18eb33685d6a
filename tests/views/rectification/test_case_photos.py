"""The photographs of a case in the window: added from files, before and after apart, refused with reasons."""

import pytest
from PIL import Image

from desktop.domain.rectification import PhotoMoment
from desktop.services.survey.photos import Photos
from tests.visits import ordered


@pytest.fixture
def case(desk, page, qtbot):
    number = ordered(desk, 1).case_id
    with qtbot.waitSignal(page.case.shown):
        page.show_case(number)
    return page.case


def test_what_was_found_and_what_was_put_right_stand_apart(desk, case, qtbot, tmp_path):
    for name, colour in (("前.jpg", "red"), ("后.jpg", "green")):
        Image.new("RGB", (40, 30), colour).save(tmp_path / name)

    case.photos.take([tmp_path / "前.jpg"], PhotoMoment.BEFORE)
    qtbot.waitUntil(lambda: len(case.photos.tiles) == 1)
    case.photos.take([tmp_path / "后.jpg"], PhotoMoment.AFTER)
    qtbot.waitUntil(lambda: len(case.photos.tiles) == 2)

    shown = Photos(desk.office).of_case(1, by=desk.clerk)
    assert [one.moment for one in shown] == [PhotoMoment.BEFORE, PhotoMoment.AFTER]
    assert [tile.photo.caption for tile in case.photos.tiles] == ["整改前", "整改后"]


def test_what_is_no_photograph_is_named(case, qtbot, tmp_path):
    (tmp_path / "假.jpg").write_bytes(b"x")

    case.photos.take([tmp_path / "假.jpg"], PhotoMoment.BEFORE)

    qtbot.waitUntil(lambda: "假.jpg" in case.message.sentence)
