from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from desktop.domain.act import Role
from desktop.profiles import available
from desktop.services.office.accounts import Accounts
from desktop.views.kit.fields import TextField
from desktop.views.kit.forms import FormGrid
from desktop.views.registration.short_model import spoken
from desktop.views.settings.habits import ENTER_KEY, LOOK_KEY, Habits
from desktop.views.settings.page import ACCOUNTS, CHECK, LOOK, NUMBERS, RULES, TABS, WORKDAYS, SettingsPage
from desktop.views.settings.rule_lines import rule_lines
from tests.offices import PASSWORD

NEXT = 'year = 2027\nsource = "国办通知"\ndays_off = ["2027-01-01"]\nworking_weekends = []\n'


def cells(table):
    return [[spoken(cell) for cell in row.cells] for row in table.model.rows]


def typed(field, text):
    """Type as an input method does: keys alone cannot say Chinese."""
    field.line.clear()
    field.line.insert(text)
    field.line.textEdited.emit(text)


def test_every_value_of_every_rule_pack_has_its_source():
    lines = [line for profile in available().profiles for line in rule_lines(profile)]

    assert len(lines) > 300
    assert [f"{line.group} {line.what}" for line in lines if not line.source.text] == []


def test_assumed_values_are_marked_and_can_be_looked_at_alone(page):
    every = cells(page.rules.list)

    page.rules.only_assumed.click()

    assumed = cells(page.rules.list)
    assert 0 < len(assumed) < len(every)
    assert {line[-1] for line in assumed} == {"假定"}
    assert f"（{len(assumed)}）" in page.rules.only_assumed.text()


def test_a_rule_is_found_by_a_word_and_shown_in_full_with_its_source(page, qtbot):
    page.focus_search()
    page.rules.search.set_text("登记卡一年")

    qtbot.waitUntil(lambda: len(page.rules.list.model.rows) < 5)

    assert "有效期" in page.rules._value.text()
    assert page.rules._source.text().startswith("出处：假定")


def test_a_word_that_no_rule_knows_says_so(page, qtbot):
    page.rules.search.set_text("月亮")

    qtbot.waitUntil(lambda: page.rules.list.model.rows == ())

    assert page.rules._value.text() == ""


def test_the_next_number_follows_trade_and_rule_as_they_are_typed(page, qtbot):
    page.go(NUMBERS)
    qtbot.waitUntil(lambda: page.numbers.preview.text() == "ZF 320413100 2018 0001")
    page.numbers.trade.set_value("stall")
    page.numbers.trade.changed.emit()
    qtbot.waitUntil(lambda: page.numbers.preview.text() == "TF 320413100 2018 0001")

    typed(page.numbers.template, "T{年2}{序:6}")

    qtbot.waitUntil(lambda: page.numbers.preview.text().replace(" ", "") == "T18000001")


def test_a_wrong_number_rule_is_refused_at_its_field_and_stays(page, qtbot):
    page.go(NUMBERS)

    typed(page.numbers.template, "{年4}")

    qtbot.waitUntil(lambda: "顺序号" in page.numbers.template.error)
    assert page.numbers.template.value() == "{年4}"
    assert page.numbers.preview.text() == "—"


def test_a_year_is_loaded_and_chosen_in_the_list(page, qtbot, tmp_path):
    path = tmp_path / "2027.toml"
    path.write_text(NEXT, encoding="utf-8")
    page.go(WORKDAYS)

    page.workdays.load(path)

    qtbot.waitUntil(lambda: page.workdays.list.current_id() == 2027)
    assert cells(page.workdays.list)[0] == ["2027", "1 天", "0 天", "本单位装入", "国办通知"]
    with qtbot.waitSignal(page.reopen_asked):
        page.workdays._reopen.click()


def test_a_wrong_year_file_is_refused_above_the_list(page, qtbot, tmp_path):
    path = tmp_path / "2027.toml"
    path.write_text(NEXT.replace("2027-01-01", "2027-01-02"), encoding="utf-8")
    page.go(WORKDAYS)

    page.workdays.load(path)

    qtbot.waitUntil(page.workdays.told.isVisible)
    assert "2027.toml 第 3 行" in page.workdays.told.sentence
    assert not page.workdays._reopen.isVisible()


def filled(form, name, role):
    form.name.set_value(name)
    form.roles.set_values([str(role)])
    form.roles.changed.emit()
    for field in (form.password, form.again):
        field.set_value(PASSWORD)


def test_an_account_is_made_and_can_sign_in(office, page, qtbot):
    page.go(ACCOUNTS)
    page.accounts.new_button.click()
    filled(page.accounts.form, "费小妹", Role.CLERK)

    with qtbot.waitSignal(page.accounts.form.saved):
        page.accounts.form.save_button.click()

    assert Accounts(office.office).sign_in("费小妹", PASSWORD, desk="一号机").roles == {Role.CLERK}
    qtbot.waitUntil(lambda: len(page.accounts.list.model.rows) == 2)


def test_a_village_account_asks_for_its_village(page, qtbot):
    page.go(ACCOUNTS)
    page.accounts.new_button.click()
    form = page.accounts.form
    assert not form.village.isVisible()
    filled(form, "老陈", Role.VILLAGE)

    form.save_button.click()

    assert form.village.isVisible()
    assert "哪个村" in form.village.error


def test_what_is_missing_in_an_account_is_said_at_each_field(page):
    page.go(ACCOUNTS)
    page.accounts.new_button.click()
    form = page.accounts.form

    form.save_button.click()

    assert form.name.error
    assert form.roles.error
    assert "至少 8 个字符" in form.password.error


def test_two_different_passwords_are_refused(page):
    page.go(ACCOUNTS)
    page.accounts.new_button.click()
    form = page.accounts.form
    filled(form, "费小妹", Role.CLERK)
    form.again.set_value("另一个-密码-9")

    form.save_button.click()

    assert "不一样" in form.again.error


def test_a_name_that_is_taken_is_refused_and_what_was_typed_stays(page, qtbot):
    page.go(ACCOUNTS)
    page.accounts.new_button.click()
    form = page.accounts.form
    filled(form, "周敏", Role.CLERK)

    form.save_button.click()

    qtbot.waitUntil(form.refused.isVisible)
    assert "已有名叫“周敏”的账号" in form.refused.sentence
    assert form.name.value() == "周敏"


def test_the_last_administrator_keeps_that_role(page, qtbot):
    page.go(ACCOUNTS)
    qtbot.waitUntil(page.accounts.change_button.isEnabled)
    page.accounts.change_button.click()
    form = page.accounts.form
    form.roles.set_values([str(Role.CLERK)])

    form.save_button.click()

    qtbot.waitUntil(form.refused.isVisible)
    assert "唯一的系统管理员" in form.refused.sentence


def test_a_forgotten_password_is_given_anew(office, page, qtbot):
    page.go(ACCOUNTS)
    qtbot.waitUntil(page.accounts.change_button.isEnabled)
    page.accounts.change_button.click()
    for field in (page.accounts.form.password, page.accounts.form.again):
        field.set_value("另一个-密码-9")

    with qtbot.waitSignal(page.accounts.form.saved):
        page.accounts.form.save_button.click()

    assert Accounts(office.office).sign_in("周敏", "另一个-密码-9", desk="一号机").name == "周敏"


def test_who_is_no_administrator_is_told_whom_to_ask(desk, theme, qtbot):
    page = SettingsPage(replace(desk, actor=replace(desk.actor, roles=frozenset({Role.CLERK}))))
    qtbot.addWidget(page)
    page.show()

    page.go(ACCOUNTS)

    assert not page.accounts.new_button.isEnabled()
    assert not page.workdays.load_button.isEnabled()
    assert "找管理员" in page.accounts.list._nothing.text()


def test_a_sound_register_is_called_sound(page, qtbot):
    page.go(CHECK)

    page.check.check_button.click()

    qtbot.waitUntil(page.check.told.isVisible)
    assert page.check.told.sentence == "数据文件、操作日志和编号都完好。"


def test_a_changed_trail_is_named(office, page, qtbot):
    with office.office.db.connection() as connection:
        connection.exec_driver_sql("UPDATE audit_entry SET account = '别人' WHERE id = 1")
        connection.commit()
    page.go(CHECK)

    page.check.check_button.click()

    qtbot.waitUntil(page.check.told.isVisible)
    assert "1 处不对" in page.check.told.sentence
    assert cells(page.check.list)[0][0] == "操作日志"


def test_the_look_changes_at_once_and_is_found_again(page, theme, remembered):
    page.go(LOOK)

    page.look.colours.segments[1].click()
    page.look.zoom.segments[2].click()

    assert (theme.is_dark, theme.zoom) == (True, 1.25)
    theme.set_dark(False)
    theme.zoom_reset()
    remembered.kept[LOOK_KEY] = '{"zoom": 1.25, "dark": true}'
    Habits(theme, remembered)
    assert (theme.is_dark, theme.zoom) == (True, 1.25)


def test_the_choice_follows_a_look_that_was_changed_elsewhere(page, theme):
    page.go(LOOK)

    theme.set_dark(True)
    theme.zoom_in()

    assert page.look.colours.value() == "dark"
    assert page.look.zoom.value() == "1.1"


@pytest.mark.parametrize(("place", "arrives"), [(0, True), (1, False)])
def test_enter_goes_on_or_stays_as_chosen(page, desk, remembered, qtbot, place, arrives):
    form = FormGrid()
    qtbot.addWidget(form)
    first, second = TextField("甲"), TextField("乙")
    form.add(first, second)
    desk.habits.attend(form)
    form.show()
    form.activateWindow()
    qtbot.waitUntil(form.isActiveWindow)
    first.setFocus()

    page.look.enter.segments[place].click()
    qtbot.keyClick(first.line, Qt.Key.Key_Return)

    assert second.has_focus() == arrives
    assert remembered.kept[ENTER_KEY] == ("false" if arrives else "true")


@pytest.mark.parametrize("tab", [one.key for one in TABS])
def test_every_tab_opens_with_the_keyboard_inside_reach(page, tab):
    page.go(tab)

    assert page.tabs.current() == tab
    assert page._stack.currentWidget().isVisible()


def test_ctrl_f_searches_the_rules(page, qtbot):
    page.go(CHECK)
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)

    page.focus_search()

    assert page.tabs.current() == RULES
    assert page.rules.search.line.hasFocus()
