"""A ban goes with the person or the company it was put on: neither the place has it, nor who comes after."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from openpyxl import Workbook

from desktop.domain.paper_life import BanGround, PaperAct
from desktop.errors import RuleError, UserError
from desktop.models.establishment import Establishment
from desktop.profiles import load_profile
from desktop.services.imports.imports import Imports
from desktop.services.registration.applications import Applications, Step
from desktop.services.registration.bans import put_ban
from desktop.services.registration.paper_lives import PaperLives
from desktop.services.registration.registrations import Choice, Registrations
from desktop.services.survey.surveys import Surveys
from tests.lives import change, enter, issue, newest
from tests.offices import TODAY, TestOffice, stall, workshop
from tests.services.exchanging import Exchange
from tests.services.register.test_joinings import join

COMPANY = "91320413MA1T000136"
OTHER_COMPANY = "91320413MA1T000211"
WANG = {"operator_name": "王小二", "operator_id_number": "320413199001010024", "phone": "13800001111"}


def revoke(desk: TestOffice, shop: int) -> None:
    lose(desk, shop, PaperAct.REVOCATION)


def lose(desk: TestOffice, shop: int, act: PaperAct, *, is_fraud: bool = False) -> None:
    PaperLives(desk.office).take(
        act, newest(desk, shop).id, on=TODAY, reason="情节严重", is_fraud=is_fraud, by=desk.clerk
    )


def refused(desk: TestOffice, *shops: int) -> list[bool]:
    """Return of each whether a ban stands against registering it; who is free is registered."""
    choice = Choice(ids=shops)
    batch = Registrations(desk.office).register_all(choice, decided_on=TODAY, by=desk.clerk)
    banned = {one.id for one in batch.refused if "禁业" in one.reason}
    return [shop in banned for shop in shops]


def test_a_new_person_at_the_place_is_free_and_the_banned_one_is_not_elsewhere(desk: TestOffice) -> None:
    shop = enter(desk)
    issue(desk, shop)
    revoke(desk, shop)
    newcomer = enter(desk, stall(address="沙湖村1组1号", **WANG), number=2)
    moved = enter(desk, stall(address="沙湖村9组9号"), number=3)

    assert refused(desk, shop, newcomer, moved) == [True, False, True]


def test_a_record_under_a_ban_becomes_nobody_elses_until_the_ban_is_over(desk: TestOffice) -> None:
    shop = enter(desk)
    issue(desk, shop)
    revoke(desk, shop)

    with pytest.raises(RuleError, match=r"禁业跟着人走.*给王小二另建一户"):
        change(desk, shop, stall(address="沙湖村1组1号", **WANG))

    change(desk, shop, stall(address="沙湖村1组1号", operator_name="钱洁永"))
    assert refused(desk, shop) == [True]
    desk.clock.day = TODAY.replace(year=2020)
    change(desk, shop, stall(address="沙湖村1组1号", **WANG))


def test_the_ban_is_not_put_on_who_runs_it_today_for_what_the_holder_did(desk: TestOffice) -> None:
    shop = enter(desk)
    issue(desk, shop)
    change(desk, shop, stall(address="沙湖村1组1号", **WANG))

    with pytest.raises(RuleError, match=r"持有人是钱杰永.*改回钱杰永"):
        revoke(desk, shop)
    lose(desk, shop, PaperAct.WITHDRAWAL)

    assert refused(desk, shop) == [False]


def test_a_company_is_found_by_its_credit_code_and_its_representative_where_the_law_names_him(
    desk: TestOffice,
) -> None:
    company = {"business_licence": "有", "business_licence_number": COMPANY}
    lost = enter(desk, workshop(**company), "workshop")
    issue(desk, lost)
    lose(desk, lost, PaperAct.WITHDRAWAL, is_fraud=True)
    other_head = enter(desk, workshop(address="沙湖村2组2号", **company, **WANG), "workshop", number=2)
    himself = enter(desk, workshop(address="沙湖村3组3号"), "workshop", number=3)

    assert refused(desk, other_head, himself) == [True, False]

    revoke(desk, himself)
    again = enter(desk, workshop(address="沙湖村4组4号"), "workshop", number=4)
    assert refused(desk, again) == [True]


def test_a_ledger_that_takes_a_ban_off_its_company_is_told_so_at_its_row(
    desk: TestOffice, tmp_path: Path
) -> None:
    shop = enter(desk, workshop(business_licence="有", business_licence_number=COMPANY), "workshop")
    issue(desk, shop)
    lose(desk, shop, PaperAct.WITHDRAWAL, is_fraud=True)
    typed = workshop()
    heads = {"姓名": "operator_name", "身份证号": "operator_id_number", "电话": "phone", "村": "village"}
    heads |= {"名称": "name", "地址": "address"}
    book = Workbook()
    book.active.append(("食品小作坊摸底表",))
    book.active.append((*heads, "统一社会信用代码"))
    book.active.append((*(typed[code] for code in heads.values()), OTHER_COMPANY))
    book.save(tmp_path / "作坊.xlsx")

    imports = Imports(desk.office, Surveys(desk.office), uuid4)
    (file,) = imports.take_in([tmp_path / "作坊.xlsx"], by=desk.clerk).files

    assert [(one.row, "禁业跟着人走" in one.message) for one in file.problems] == [(3, True)]


def test_neither_a_villages_workbook_nor_a_joining_takes_a_ban_off_its_person(
    desk: TestOffice, tmp_path: Path
) -> None:
    exchange = Exchange(desk, tmp_path)
    shop = exchange.add()
    issue(desk, shop)
    revoke(desk, shop)

    answer = exchange.merge(exchange.edit(exchange.make(), {0: WANG}))
    other = exchange.add(address="沙湖村4组1号", **WANG)

    assert [(one.field, "禁业跟着人走" in one.message) for one in answer.errors] == [("operator_name", True)]
    assert exchange.record(shop).operator_name == "钱杰永"
    with pytest.raises(RuleError, match="并档要取禁业的那一位"):
        join(desk, shop, other, "operator_name", "operator_id_number")


BANS = [
    ("jintan-2018", "workshop", PaperAct.REVOCATION, False, date(2023, 6, 7), "食品安全法第一百三十五条"),
    ("jintan-2018", "workshop", PaperAct.WITHDRAWAL, True, date(2021, 6, 7), "行政许可法第七十九条"),
    ("jintan-2018", "stall", PaperAct.REVOCATION, False, date(2019, 6, 7), "假定：登记卡不是行政许可"),
    ("jintan-2018", "eatery", PaperAct.WITHDRAWAL, True, date(2020, 6, 7), "假定：登记卡不是行政许可"),
    ("wuzhi-2022", "workshop", PaperAct.WITHDRAWAL, True, date(2021, 6, 7), "行政许可法第七十九条"),
    ("wuzhi-2022", "shop", PaperAct.REVOCATION, False, date(2023, 6, 7), "食品安全法第一百三十五条"),
    ("wuzhi-2022", "stall", PaperAct.REVOCATION, False, date(2019, 6, 7), "假定：备案卡不是行政许可"),
]


@pytest.mark.parametrize(("pack", "kind", "act", "is_fraud", "until", "basis"), BANS)
def test_both_rule_packs_ban_by_their_clause_and_for_its_term(
    pack: str, kind: str, act: PaperAct, is_fraud: bool, until: date, basis: str
) -> None:
    record = Establishment(kind=kind)

    ground = BanGround.of(act, is_fraud=is_fraud)

    assert put_ban(load_profile(pack), record, ground, TODAY) == record.banned_until == until
    assert basis in record.ban_basis
    assert BanGround.of(PaperAct.WITHDRAWAL, is_fraud=False) is None


def test_a_ban_refuses_application_and_registration_also_under_another_record(desk: TestOffice) -> None:
    shop = enter(desk, workshop(), "workshop")
    PaperLives(desk.office).take(
        PaperAct.WITHDRAWAL, issue(desk, shop), on=TODAY, reason="租来的设备", is_fraud=True, by=desk.clerk
    )
    other = enter(desk, workshop(address="沙湖村9组9号", name="新开豆腐坊"), "workshop", number=2)
    applications = Applications(desk.office)

    for one in (shop, other):
        with pytest.raises(RuleError, match=r"禁业到2021-06-07（.*行政许可法第七十九条），期满才能登记"):
            applications.apply(one, on=TODAY, materials=[], by=desk.clerk)
    choice = Choice(ids=(shop, other))
    batch = Registrations(desk.office).register_all(choice, decided_on=TODAY, by=desk.clerk)
    assert [("禁业到2021-06-07" in one.reason) for one in batch.refused] == [True, True]
    assert "经营者在“沙湖豆腐坊”禁业" in batch.refused[1].reason
    desk.clock.day = date(2021, 6, 8)
    assert applications.apply(other, on=date(2021, 6, 8), materials=[], by=desk.clerk)


def test_a_withdrawal_for_the_mistake_of_the_office_bans_nobody(desk: TestOffice) -> None:
    shop = enter(desk, workshop(), "workshop")
    lives, old = PaperLives(desk.office), issue(desk, shop)
    with pytest.raises(UserError, match="请改办撤销"):
        lives.take(PaperAct.VOIDING, old, on=TODAY, reason="打错", is_fraud=True, by=desk.clerk)

    step = lives.take(PaperAct.WITHDRAWAL, old, on=TODAY, reason="程序违法", by=desk.clerk)

    assert step.banned_until is None


def test_an_application_refused_for_false_material_bans_for_a_year(desk: TestOffice) -> None:
    shop = enter(desk, workshop(), "workshop")
    applications = Applications(desk.office)
    application = applications.apply(shop, on=TODAY, materials=[], by=desk.clerk)
    applications.take_step(application, Step.ACCEPT, on=TODAY, by=desk.clerk)
    applications.take_step(
        application, Step.REFUSE, on=TODAY, note="健康证明是假的", is_false=True, by=desk.clerk
    )

    with pytest.raises(RuleError, match=r"禁业到2019-06-07（.*行政许可法第七十八条）"):
        applications.apply(shop, on=TODAY, materials=[], by=desk.clerk)


def test_a_rule_pack_without_a_ban_bans_nobody(desk: TestOffice) -> None:
    profile = desk.office.profile
    trades = tuple(
        replace(trade, paper=replace(trade.paper, life=replace(trade.paper.life, bans={})))
        for trade in profile.trades
    )
    record = Establishment(kind="stall")

    assert put_ban(replace(profile, trades=trades), record, BanGround.REVOCATION, TODAY) is None
    assert record.banned_until is None
