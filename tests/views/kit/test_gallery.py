"""All pieces on one sheet look as somebody has seen them, light and dark, at 100 % and 150 %."""

import pytest

from desktop.views.kit.gallery import Gallery
from desktop.views.kit.panels import PageHead


@pytest.mark.parametrize(
    ("name", "zoom", "dark", "width", "height"),
    [
        ("gallery-light", 1.0, False, 1366, 1040),
        ("gallery-dark", 1.0, True, 1366, 1040),
        ("gallery-light-150", 1.5, False, 1500, 1640),
    ],
)
def test_the_pieces_look_as_they_were_seen(qtbot, theme, golden_picture, name, zoom, dark, width, height):
    theme.set_zoom(zoom)
    theme.set_dark(dark)
    gallery = Gallery()
    qtbot.addWidget(gallery)

    golden_picture(gallery, name, width, height)


def test_a_zoom_while_it_is_open_draws_the_same_as_opening_it_so(qtbot, theme, golden_picture):
    gallery = Gallery()
    qtbot.addWidget(gallery)
    with qtbot.waitExposed(gallery):
        gallery.show()

    theme.set_zoom(1.5)

    golden_picture(gallery, "gallery-light-150", 1500, 1640)


def test_a_changed_piece_is_noticed(qtbot, theme, golden_picture):
    gallery = Gallery()
    qtbot.addWidget(gallery)
    gallery.findChild(PageHead).set_title("部件一看")

    with pytest.raises(AssertionError, match="looks different now"):
        golden_picture(gallery, "gallery-light", 1366, 1040)
