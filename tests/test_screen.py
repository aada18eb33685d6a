"""Before Qt is asked: is there a screen, and can Chinese be typed?"""

from pathlib import Path

import pytest

from desktop.errors import EnvironmentFailedError
from desktop.screen import choose_input_method, refuse_without_screen


def test_without_a_screen_the_way_out_is_named() -> None:
    with pytest.raises(EnvironmentFailedError, match="demo --headless"):
        refuse_without_screen({})


def test_offscreen_is_a_screen() -> None:
    refuse_without_screen({"QT_QPA_PLATFORM": "offscreen"})


def test_under_fcitx_without_its_plugin_the_bus_of_ibus_is_used(tmp_path: Path) -> None:
    environment = {"XMODIFIERS": "@im=fcitx"}

    assert choose_input_method(environment, tmp_path) == "ibus"
    assert environment["QT_IM_MODULE"] == "ibus"


def test_a_matching_plugin_is_left_to_do_its_work(tmp_path: Path) -> None:
    (tmp_path / "libfcitx5platforminputcontextplugin.so").touch()
    environment = {"QT_IM_MODULE": "fcitx"}

    assert choose_input_method(environment, tmp_path) == ""
    assert environment == {"QT_IM_MODULE": "fcitx"}


def test_ibus_itself_is_left_alone(tmp_path: Path) -> None:
    environment = {"QT_IM_MODULE": "ibus"}

    assert choose_input_method(environment, tmp_path) == ""
