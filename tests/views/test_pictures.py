"""Pictures of the window: the same every time, at the size that was asked for."""

from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from desktop.errors import EnvironmentFailedError
from desktop.views.kit.arrange import box, column, row
from desktop.views.kit.buttons import Button, PrimaryButton
from desktop.views.kit.words import Words
from desktop.views.pictures import image, picture


def some_page():
    head = row(Words("摸底调查", size="type_title", strong=True), None, PrimaryButton("新建摸底", "plus"))
    return box(column(head, Words("钱龚𠮷"), Button("取消"), None, margins="large"))


def test_the_same_page_gives_the_same_bytes(theme, qtbot, tmp_path: Path) -> None:
    for name in ("one.png", "two.png"):
        page = some_page()
        qtbot.addWidget(page)
        picture(page, tmp_path / "pictures" / name, 400, 300)

    one, two = sorted((tmp_path / "pictures").iterdir())
    assert one.read_bytes() == two.read_bytes()
    assert QImage(str(one)).size().toTuple() == (400, 300)


def test_a_denser_screen_gives_more_dots_of_the_same_page(theme, qtbot) -> None:
    page = some_page()
    qtbot.addWidget(page)

    drawn = image(page, 400, 300, scale=1.5)

    assert drawn.size().toTuple() == (600, 450)
    assert page.size().toTuple() == (400, 300)


def test_a_rare_character_is_drawn_and_not_a_box(theme, qtbot) -> None:
    drawn = []
    for text in ("𠮷", "\U000f0000"):
        page = box(column(Words(text)))
        qtbot.addWidget(page)
        drawn.append(image(page, 60, 40))

    assert drawn[0] != drawn[1]


def test_a_place_that_cannot_be_written_is_told(theme, qtbot, tmp_path: Path) -> None:
    page = some_page()
    qtbot.addWidget(page)
    (tmp_path / "page.png").mkdir()

    with pytest.raises(EnvironmentFailedError, match="写不进"):
        picture(page, tmp_path / "page.png")
