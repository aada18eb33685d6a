"""Looks for a screen and an input method before Qt does: Qt would end the process without a word."""

import ctypes
import os
import sys
from collections.abc import Mapping, MutableMapping
from pathlib import Path

from desktop.errors import EnvironmentFailedError

_ASKED_FOR = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def refuse_without_screen(environment: Mapping[str, str] = os.environ) -> None:
    """Refuse, with the way out, where no window can be opened."""
    if not sys.platform.startswith("linux"):
        return
    if not any(environment.get(name) for name in _ASKED_FOR):
        raise EnvironmentFailedError(
            "这台机器没有显示屏，开不了窗口；要看整套工作，请运行 sanxiao demo --headless"
        )
    if environment.get("QT_QPA_PLATFORM") != "offscreen" and not _has_library("libxcb-cursor.so.0"):
        raise EnvironmentFailedError(
            "系统缺 libxcb-cursor0，开不了窗口；请让管理员运行 sudo apt-get install libxcb-cursor0"
        )


def choose_input_method(environment: MutableMapping[str, str], plugins: Path) -> str:
    """Let Chinese be typed under fcitx: its plugin is not in the bundle, but it answers on the bus of ibus.

    Returns what was chosen, for the log; empty where nothing had to be.
    """
    wanted = (environment.get("QT_IM_MODULE", ""), environment.get("XMODIFIERS", ""))
    if not any("fcitx" in name for name in wanted):
        return ""
    if any(plugins.glob("*fcitx*")):
        return ""
    environment["QT_IM_MODULE"] = "ibus"
    return "ibus"


def _has_library(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True
