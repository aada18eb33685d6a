"""The whole window zooms and darkens while it runs, and nothing in it is cut."""

import pytest
from PySide6.QtCore import QLibraryInfo
from PySide6.QtGui import QFontDatabase, QRawFont
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QMessageBox, QWidget

from desktop.views.kit.chips import Chip
from desktop.views.kit.field import Field
from desktop.views.kit.gallery import Gallery
from desktop.views.kit.look import look, typeface
from desktop.views.kit.tokens import ZOOM_STEPS


@pytest.fixture
def gallery(qtbot, theme):
    shown = Gallery()
    qtbot.addWidget(shown)
    with qtbot.waitExposed(shown):
        shown.resize(1366, 1100)
        shown.show()
    return shown


def cut(window):
    """Return what is shown smaller than its words are; what may wrap or end in an ellipsis may be narrow."""
    seen = [piece for piece in window.findChildren(QWidget) if piece.isVisible()]
    buttons = [piece for piece in seen if isinstance(piece, (QAbstractButton, Chip))]
    labels = [piece for piece in seen if isinstance(piece, QLabel) and piece.text()]
    fields = [piece for piece in seen if isinstance(piece, Field)]
    return [
        *(piece.accessibleName() for piece in buttons if not covers(piece, piece.minimumSizeHint())),
        *(piece.text() for piece in labels if piece.height() < piece.minimumSizeHint().height()),
        *(piece.text() for piece in labels if piece.width() < piece.minimumSizeHint().width()),
        *(piece.label for piece in fields if not covers(piece, piece.minimumSizeHint())),
    ]


def covers(piece, size):
    return piece.width() >= size.width() and piece.height() >= size.height()


@pytest.mark.parametrize("zoom", ZOOM_STEPS)
def test_nothing_is_cut_at_any_zoom(gallery, theme, qtbot, zoom):
    theme.set_zoom(zoom)
    gallery.resize(int(1366 * zoom), int(1100 * zoom))

    assert cut(gallery) == []


def test_a_zoom_there_and_back_leaves_everything_as_it_was(gallery, theme, qtbot):
    before = gallery.minimumSizeHint()

    theme.set_zoom(2.0)
    bigger = gallery.minimumSizeHint()
    theme.zoom_reset()

    assert bigger.width() > before.width()
    # Layouts measure again when the window has drawn itself.
    qtbot.waitUntil(lambda: gallery.minimumSizeHint() == before)


def test_the_steps_of_the_zoom_end_at_both_ends(theme):
    theme.zoom_out()
    assert theme.zoom == ZOOM_STEPS[0]

    for _ in range(len(ZOOM_STEPS) + 2):
        theme.zoom_in()
    assert theme.zoom == ZOOM_STEPS[-1]


def test_dark_reaches_every_piece_at_once(gallery, theme):
    light = gallery.grab().toImage().pixelColor(3, 3)

    theme.set_dark(True)

    dark = gallery.grab().toImage().pixelColor(3, 3)
    assert light.name().upper() == "#F3F5F6"
    assert dark.name().upper() == "#1A1E21"
    assert look().is_dark


def test_the_window_speaks_chinese_where_qt_speaks(theme):
    box = QMessageBox()
    box.setStandardButtons(QMessageBox.StandardButton.Cancel)

    assert box.button(QMessageBox.StandardButton.Cancel).text() == "取消"
    assert QLibraryInfo.version().toString().startswith("6.8")


@pytest.mark.parametrize("character", ["食", "㎡", "𠮷", "𬭎", "𫖯"])
def test_every_character_has_a_shape_in_one_of_the_fonts(theme, character):
    families = QApplication.font().families()

    assert any(
        QRawFont.fromFont(QFontDatabase.font(family, "Regular", 12)).supportsCharacter(ord(character))
        for family in families
    )


def test_both_weights_are_real_fonts(theme):
    assert QRawFont.fromFont(typeface(13)).weight() == 400
    assert QRawFont.fromFont(typeface(13, strong=True)).weight() == 700
