import pytest

from desktop.domain.act import Role
from desktop.errors import NotAllowedError
from desktop.services.office.accounts import Accounts
from desktop.services.office.happenings import Happenings
from desktop.services.office.villages import Villages
from desktop.services.register.establishments import Establishments
from tests.offices import PASSWORD
from tests.visits import enter, visit


def told(desk, by=None):
    return [
        (one.action, one.account, one.title, one.count)
        for one in Happenings(desk.office).recent(by=by or desk.clerk)
    ]


def test_one_act_is_one_line_however_much_it_wrote(desk):
    enter(desk, 1)
    visit(desk, 1, "S05", "S06")

    assert told(desk)[:2] == [
        ("inspection.record", "周敏", "钱杰永（馄饨）", 1),
        ("survey.enter", "周敏", "钱杰永（馄饨）", 1),
    ]


def test_coming_to_work_is_no_news_but_a_failed_sign_in_is(desk):
    Accounts(desk.office).sign_in("周敏", PASSWORD, desk="测试机")
    before = told(desk)
    with pytest.raises(NotAllowedError):
        Accounts(desk.office).sign_in("周敏", "猜的密码-猜的", desk="测试机")

    assert "account.sign_in" not in [action for action, *_ in before]
    assert told(desk)[0][0] == "account.sign_in_failed"


def test_a_look_at_whole_numbers_is_told_too(desk):
    enter(desk, 1)
    Establishments(desk.office).reveal(1, by=desk.clerk)

    assert told(desk)[0][0] == "establishment.reveal"


def test_a_village_hears_of_its_own_only(desk):
    enter(desk, 1)
    enter(desk, 2, village="前庄村")
    village = Villages(desk.office).named("前庄村")
    hers = desk.somebody("前庄", Role.VILLAGE, village_id=village.id)

    assert [action for action, *_ in told(desk, hers)] == ["survey.enter"]


def test_no_more_lines_than_wanted(desk):
    for number in (1, 2, 3, 4):
        enter(desk, number)

    assert len(Happenings(desk.office).recent(by=desk.clerk, limit=2)) == 2
