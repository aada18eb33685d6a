from dataclasses import replace

import pytest

from desktop.domain.act import Role
from desktop.errors import NotAllowedError, UserError
from desktop.services.office.accounts import Accounts
from desktop.services.office.sign_ins import SignIns
from desktop.services.office.trail import Trail
from tests.offices import PASSWORD


@pytest.fixture
def accounts(desk):
    return Accounts(desk.office)


def test_a_desk_remembers_who_signed_in_last(desk, accounts):
    desk.somebody("费小妹", Role.CLERK)
    accounts.sign_in("周敏", PASSWORD, desk="一号机")
    accounts.sign_in("费小妹", PASSWORD, desk="二号机")
    accounts.sign_in("周敏", PASSWORD, desk="一号机")

    names = [SignIns(desk.office).last_name(desk=place) for place in ("一号机", "二号机", "三号机")]

    assert names == ["周敏", "费小妹", ""]


def test_who_only_tried_is_not_remembered(desk, accounts):
    with pytest.raises(NotAllowedError):
        accounts.sign_in("周敏", "不对的密码一二三", desk="一号机")

    assert SignIns(desk.office).last_name(desk="一号机") == ""


def test_a_forgotten_password_is_reset_by_the_administrator(desk, accounts):
    desk.somebody("费小妹", Role.CLERK)
    for _ in range(5):
        with pytest.raises(NotAllowedError):
            accounts.sign_in("费小妹", "不对的密码一二三", desk="一号机")

    accounts.reset_password(name="费小妹", password="另一个-密码-2", by=desk.clerk)

    assert accounts.sign_in("费小妹", "另一个-密码-2", desk="一号机").name == "费小妹"
    with pytest.raises(NotAllowedError):
        accounts.sign_in("费小妹", PASSWORD, desk="一号机")


def test_a_reset_stands_in_the_trail_without_the_password(desk, accounts):
    accounts.reset_password(name="周敏", password="另一个-密码-2", by=desk.clerk)

    entries = [
        one for one in Trail(desk.office).entries(by=desk.clerk) if one.action == "account.reset_password"
    ]
    assert {"password": "reset"} in [dict(one.changes) for one in entries]
    assert not any("argon2" in str(one.changes) or "另一个" in str(one.changes) for one in entries)


@pytest.mark.parametrize(("name", "password"), [("没有这人", "另一个-密码-2"), ("周敏", "短")])
def test_a_reset_that_cannot_be_is_refused(desk, accounts, name, password):
    with pytest.raises(UserError):
        accounts.reset_password(name=name, password=password, by=desk.clerk)


def test_only_an_administrator_resets_passwords(desk, accounts):
    clerk = replace(desk.clerk, roles=frozenset({Role.CLERK}))

    with pytest.raises(NotAllowedError):
        accounts.reset_password(name="周敏", password="另一个-密码-2", by=clerk)
