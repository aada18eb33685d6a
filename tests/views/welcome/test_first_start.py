import pytest

from desktop.profiles import available, load_profile
from desktop.services.office.accounts import Accounts
from desktop.services.office.offices import Offices
from desktop.services.office.villages import Villages
from desktop.services.open_office import OpenOffice
from desktop.views.welcome.desk import FirstStartDesk
from desktop.views.welcome.first_start import FirstStart
from tests.offices import CALENDAR, LEDGERS, PASSWORD, StoppedClock


def choose_profile(start, name="jintan-2018"):
    start.profile.set_value(name)
    start.profile.changed.emit()


def fill(start, qtbot):
    choose_profile(start)
    start.villages.take(LEDGERS / "villages.csv")
    start.administrator.set_value("周敏")
    for field in (start.password, start.again):
        field.set_value(PASSWORD)
    qtbot.waitUntil(lambda: bool(start.villages.villages))


def test_the_first_start_makes_a_register_somebody_can_sign_in_to(first_start, new_database, qtbot):
    fill(first_start, qtbot)

    with qtbot.waitSignal(first_start.made):
        first_start.button.click()

    facts = Offices(new_database).facts()
    assert (facts.profile, facts.township, facts.is_sample) == ("jintan-2018", "金城镇", False)
    office = OpenOffice(new_database, load_profile("jintan-2018"), StoppedClock(), CALENDAR)
    assert len(Villages(office).all()) == 8
    assert Accounts(office).sign_in("周敏", PASSWORD, desk="一号机").name == "周敏"
    assert first_start.password.value() == ""


def test_every_missing_answer_is_said_at_its_field(first_start, new_database):
    choose_profile(first_start)
    first_start.township.set_value("")

    first_start.button.click()

    for field in (
        first_start.township,
        first_start.villages,
        first_start.administrator,
        first_start.password,
    ):
        assert field.error, field.label
    assert not new_database.has_register()


def test_the_rule_pack_is_asked_for_first(first_start):
    first_start.button.click()

    assert first_start.profile.error == "请选规则包。"


def test_the_rule_pack_suggests_its_township_and_leaves_a_typed_one(first_start):
    choose_profile(first_start)
    assert first_start.township.value() == "金城镇"
    choose_profile(first_start, "wuzhi-2022")
    suggested = load_profile("wuzhi-2022").township
    assert first_start.township.value() == suggested

    first_start.township.set_value("另一个镇")
    choose_profile(first_start)

    assert first_start.township.value() == "另一个镇"


def test_the_villages_that_were_read_are_named(first_start, qtbot):
    first_start.villages.take(LEDGERS / "villages.csv")

    qtbot.waitUntil(lambda: bool(first_start.villages.villages))

    assert first_start.villages._note.text().startswith("读到 8 个村（社区）：白塔村")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("村名\n白塔村\n", "第 1 行"),
        ("code,name\n1,白塔村\n2,白塔村\n", "第 3 行"),
        ("code,name\n", "没有村"),
    ],
)
def test_a_wrong_village_list_is_refused_at_its_field(first_start, qtbot, tmp_path, content, said):
    path = tmp_path / "村.csv"
    path.write_text(content, encoding="utf-8")

    first_start.villages.take(path)

    qtbot.waitUntil(lambda: said in first_start.villages.error)
    assert first_start.villages.villages == []


def test_a_wrong_list_forgets_the_good_one_before_it(first_start, qtbot, tmp_path):
    fill(first_start, qtbot)
    first_start.villages.take(tmp_path / "没有这个.csv")
    qtbot.waitUntil(lambda: "打不开" in first_start.villages.error)

    first_start.button.click()

    assert "打不开" in first_start.villages.error
    assert first_start.villages.villages == []


@pytest.mark.parametrize(
    ("password", "again", "said"),
    [("短", "短", "密码太短"), (PASSWORD, "另一个-密码-9", "两遍密码不一样")],
)
def test_a_password_that_is_short_or_mistyped_is_refused(first_start, qtbot, password, again, said):
    fill(first_start, qtbot)
    first_start.password.set_value(password)
    first_start.again.set_value(again)

    first_start.button.click()

    assert said in first_start.password.error + first_start.again.error


def test_a_register_that_appeared_meanwhile_is_left_alone(first_start, qtbot):
    fill(first_start, qtbot)
    with qtbot.waitSignal(first_start.made):
        first_start.button.click()
    fill(first_start, qtbot)
    first_start.button.setEnabled(True)

    first_start.button.click()

    qtbot.waitUntil(first_start.refused.isVisible)
    assert "已经有一本登记册" in first_start.refused.sentence


def test_a_damaged_rule_pack_is_named_and_hides_no_other(theme, jobs, qtbot, tmp_path):
    (tmp_path / "ours.toml").write_text("county = 金坛", encoding="utf-8")

    def make(new):
        raise AssertionError(f"{new.township} was made")

    start = FirstStart(FirstStartDesk(lambda: available([tmp_path]), make, jobs))
    qtbot.addWidget(start)
    start.show()

    qtbot.waitUntil(start.refused.isVisible)
    assert "ours.toml 第 1 行" in start.refused.sentence
    assert start.button.isEnabled()
