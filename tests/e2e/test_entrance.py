"""From the first start to the window, out again, and in with another day's calendar."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop.app import Program, program_for
from desktop.views.jobs import Jobs
from desktop.views.kit.panels import EmptyState
from desktop.views.kit.theme import Theme
from desktop.views.welcome.first_start import FirstStart
from desktop.views.welcome.sign_in import SignIn
from desktop.window import Entrance
from tests.offices import PASSWORD, StoppedClock, open_test_office


@pytest.fixture
def program(tmp_path: Path, assets: Path) -> Program:
    environment = {"SANXIAO_ASSETS": str(assets)}
    return program_for(
        data=tmp_path / "data", database_url=None, clock=StoppedClock(), environment=environment
    )


@pytest.fixture
def entrance(program: Program, theme: Theme, qtbot: QtBot) -> Iterator[Entrance]:
    jobs = Jobs()
    entrance = Entrance(program, theme, jobs)
    yield entrance
    jobs.stop()
    if entrance.office_window is not None:
        entrance.office_window.close()
    entrance.leave()


def test_without_a_register_the_first_start_is_shown(entrance: Entrance, qtbot: QtBot) -> None:
    entrance.enter(None)

    qtbot.waitUntil(lambda: isinstance(entrance.welcome, FirstStart))


def test_who_signs_in_gets_the_window_and_signing_out_leads_back(
    program: Program, entrance: Entrance, qtbot: QtBot
) -> None:
    program.data.root.mkdir()
    open_test_office(program.data.register).office.db.close()
    entrance.enter(None)
    qtbot.waitUntil(lambda: isinstance(entrance.welcome, SignIn))

    sign_in = entrance.welcome
    assert isinstance(sign_in, SignIn)
    sign_in.name.set_value("周敏")
    sign_in.password.set_value(PASSWORD)
    with qtbot.waitSignal(entrance.opened, timeout=10_000):
        sign_in.button.click()
    assert entrance.office_window is not None
    assert entrance.office_window.window.isVisible()
    assert entrance.office_window.window.place == "workbench"

    entrance.office_window.window.sign_out_asked.emit()
    qtbot.waitUntil(lambda: isinstance(entrance.welcome, SignIn))
    assert entrance.office_window is None


def test_a_register_that_cannot_be_opened_is_said_on_a_page(
    program: Program, entrance: Entrance, qtbot: QtBot
) -> None:
    program.data.root.mkdir()
    program.data.register.write_bytes(b"no register" * 100)

    entrance.enter(None)

    qtbot.waitUntil(lambda: entrance.welcome is not None)
    assert not isinstance(entrance.welcome, FirstStart | SignIn)


def test_a_damaged_rule_pack_is_said_on_a_page(program: Program, entrance: Entrance, qtbot: QtBot) -> None:
    program.data.root.mkdir()
    open_test_office(program.data.register).office.db.close()
    program.data.profiles.mkdir()
    (program.data.profiles / "jintan-2018.toml").write_text("county = 金坛", encoding="utf-8")

    entrance.enter(None)

    qtbot.waitUntil(lambda: isinstance(entrance.welcome, EmptyState))
    said = " ".join(label.text() for label in entrance.welcome.findChildren(QLabel))
    assert "jintan-2018.toml 第 1 行" in said
