"""签名钥匙 in the settings: listed, replaced, and revoked for a reason."""

from dataclasses import replace

import pytest

from desktop.domain.act import Role
from desktop.views.settings.keys_tab import KeysTab
from desktop.views.settings.page import KEYS, SettingsPage
from tests.views.fitting import settled


@pytest.fixture
def tab(page: SettingsPage, qtbot) -> KeysTab:
    page.go(KEYS)
    qtbot.waitUntil(lambda: len(page.keys._rows) == 1)
    return page.keys


def test_a_key_is_replaced(tab: KeysTab, qtbot) -> None:
    tab.replace_button.click()

    qtbot.waitUntil(lambda: len(tab._rows) == 2)
    assert [key.is_in_use for key in tab._rows].count(True) == 1
    assert "换好了" in tab.told.sentence


def test_a_key_is_revoked_only_for_a_reason(tab: KeysTab, qtbot) -> None:
    tab.list.choose(0)
    tab.revoke_button.click()
    assert "为什么" in tab.reason.error

    tab.reason.set_value("旧电脑失窃")
    tab.revoke_button.click()

    qtbot.waitUntil(lambda: len(tab._rows) == 2)
    assert [key.revoked_reason for key in tab._rows if key.revoked_on] == ["旧电脑失窃"]
    assert "0 张有效证卡要重新打印" in tab.told.sentence


def test_a_clerk_is_told_whom_to_ask(desk, theme, qtbot) -> None:
    tab = KeysTab(replace(desk, actor=replace(desk.actor, roles=frozenset({Role.CLERK}))))
    qtbot.addWidget(tab)
    tab.refresh()

    assert not tab.replace_button.isEnabled()
    assert not desk.jobs.running


@pytest.mark.parametrize("zoom", [1.0, 1.5])
def test_nothing_is_cut_off(tab: KeysTab, theme, qtbot, zoom: float) -> None:
    theme.set_zoom(zoom)

    assert settled(qtbot, tab) == []
