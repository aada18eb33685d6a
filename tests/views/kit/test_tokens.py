"""Every word can be read on every ground it may stand on, light and dark."""

from itertools import product

import pytest

from desktop.views.kit.tokens import BODY_SIZES, DARK, LIGHT, ZOOM_STEPS, Measures, Status

LOOKS = [pytest.param(LIGHT, id="light"), pytest.param(DARK, id="dark")]
GROUNDS = ("surface", "raised", "sunken", "hover")
WORDS = ("text", "muted", "accent_text", "danger", "warning", "success", "info")


def brightness(colour):
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    bright, dim = sorted((brightness(one), brightness(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize(("words", "ground"), [*product(WORDS, GROUNDS)])
def test_words_reach_the_contrast_for_small_text(look, words, ground):
    assert contrast(look.named(words), look.named(ground)) >= 4.5


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("status", Status)
def test_the_words_of_a_status_can_be_read_on_its_own_tint(look, status):
    colours = look.status(status)

    assert contrast(colours.text, colours.tint) >= 4.5


@pytest.mark.parametrize("look", LOOKS)
def test_the_line_around_a_control_is_seen(look):
    assert contrast(look.border_control, look.raised) >= 3


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("fill", ["accent", "accent_hover"])
def test_the_word_of_the_filled_button_can_be_read(look, fill):
    assert contrast(look.on_accent, look.named(fill)) >= 4.3


def test_each_zoom_step_is_known_by_its_body_size():
    assert len(set(BODY_SIZES)) == len(ZOOM_STEPS)


@pytest.mark.parametrize("zoom", ZOOM_STEPS)
def test_a_line_never_vanishes_and_never_blurs(zoom):
    at = Measures().scaled(zoom)

    assert at.hair >= 1
    assert at.frame >= 2
    assert at.control >= at.type_field + 2 * at.tiny
