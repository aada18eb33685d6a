"""What a visit finds about the trade itself: put down with its day, never backwards or silently."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from desktop.domain.act import Role
from desktop.domain.lifecycle import Disposition, OperatingStatus, RegistrationStatus, Route, Stage
from desktop.errors import NotAllowedError, RuleError, UserError
from desktop.services.office.villages import Villages
from desktop.services.rectification.rectifications import Rectifications
from desktop.services.rectification.shutdowns import Shutdowns
from desktop.services.register.dossiers import Dossiers
from desktop.services.register.establishments import Establishments
from desktop.services.registration.registrations import Choice, Registrations
from desktop.services.survey.surveys import Surveys
from tests.offices import TODAY, TestOffice, stall, workshop

ONE = UUID(int=1)


@pytest.fixture
def shop(desk: TestOffice) -> int:
    return Surveys(desk.office).save("stall", stall(), by=desk.clerk, identity=ONE).id


def put_down(
    desk: TestOffice, shop: int, to: OperatingStatus, *, on: date = TODAY, note: str = "走访得知"
) -> None:
    Surveys(desk.office).change_operating_status(shop, to, on=on, note=note, by=desk.clerk)


def status_of(desk: TestOffice, shop: int) -> OperatingStatus:
    return Establishments(desk.office).detail(shop, by=desk.clerk).row.operating_status


def titles(desk: TestOffice, shop: int) -> list[tuple[str, str]]:
    return [(entry.title, entry.text) for entry in Dossiers(desk.office).timeline(shop, by=desk.clerk)]


def test_a_change_stands_in_the_status_and_in_the_timeline(desk: TestOffice, shop: int) -> None:
    put_down(desk, shop, OperatingStatus.PAUSED, note=" 歇夏 ")

    assert status_of(desk, shop) is OperatingStatus.PAUSED
    assert titles(desk, shop)[0] == ("改为“停业”", "正常经营 → 停业。歇夏")
    assert desk.heard[-1].topics >= {"establishments"}


def test_a_day_that_has_not_come_is_refused(desk: TestOffice, shop: int) -> None:
    with pytest.raises(UserError, match="还没有到"):
        put_down(desk, shop, OperatingStatus.PAUSED, on=TODAY + timedelta(days=1))

    assert status_of(desk, shop) is OperatingStatus.OPERATING


def test_the_same_status_again_is_refused(desk: TestOffice, shop: int) -> None:
    with pytest.raises(UserError, match="已经是“正常经营”"):
        put_down(desk, shop, OperatingStatus.OPERATING)


def test_history_does_not_run_backwards(desk: TestOffice, shop: int) -> None:
    put_down(desk, shop, OperatingStatus.PAUSED)

    with pytest.raises(UserError, match="早于上一次变动"):
        put_down(desk, shop, OperatingStatus.OPERATING, on=TODAY - timedelta(days=1))


@pytest.mark.parametrize("to", [OperatingStatus.PAUSED, OperatingStatus.CLOSED, OperatingStatus.NOT_FOUND])
def test_what_nobody_can_ask_about_later_needs_a_note(
    desk: TestOffice, shop: int, to: OperatingStatus
) -> None:
    with pytest.raises(UserError, match=f"请在说明里写明“{to.label}”的情况"):
        put_down(desk, shop, to, note="  ")

    assert status_of(desk, shop) is OperatingStatus.OPERATING


def test_a_move_needs_no_note_and_the_form_keeps_both_addresses(desk: TestOffice, shop: int) -> None:
    put_down(desk, shop, OperatingStatus.MOVED, note="")
    Surveys(desk.office).save(
        "stall", stall(address="沙湖村1组1号"), by=desk.clerk, identity=ONE, establishment_id=shop
    )

    assert status_of(desk, shop) is OperatingStatus.MOVED
    assert ("搬迁", "沙湖村3组72号 → 沙湖村1组1号") in titles(desk, shop)


@pytest.mark.parametrize("to", [OperatingStatus.SHUT_DOWN, OperatingStatus.CLOSING])
def test_what_is_a_decision_is_not_put_down_by_a_visit(
    desk: TestOffice, shop: int, to: OperatingStatus
) -> None:
    with pytest.raises(RuleError, match="能改为：“新设立”"):
        put_down(desk, shop, to)


def test_one_under_an_order_to_close_is_left_to_the_verification(desk: TestOffice, shop: int) -> None:
    Surveys(desk.office).decide(shop, route=Route.CLOSE_BY_DATE, disposition=None, by=desk.clerk)
    Shutdowns(desk.office).order_to_close(shop, close_by=TODAY, on=TODAY, reason="条件太差", by=desk.clerk)

    with pytest.raises(RuleError, match="限期关停中"):
        put_down(desk, shop, OperatingStatus.CLOSED)


def test_one_closed_by_decision_that_is_met_again_is_never_silently_reopened(
    desk: TestOffice, shop: int
) -> None:
    surveys = Surveys(desk.office)
    surveys.decide(shop, route=Route.CLOSE_BY_DATE, disposition=None, by=desk.clerk)
    Shutdowns(desk.office).force(shop, on=TODAY, reason="拒不整改", by=desk.clerk)

    with pytest.raises(RuleError, match="死灰复燃"):
        put_down(desk, shop, OperatingStatus.OPERATING)
    saved = surveys.save("stall", stall(), by=desk.clerk, identity=ONE, establishment_id=shop)

    assert [(said.code, "死灰复燃" in said.message) for said in saved.warnings] == [("met_again", True)]
    assert status_of(desk, shop) is OperatingStatus.SHUT_DOWN


def test_a_sheet_of_a_later_day_opens_again_who_was_closed_by_a_decision(desk: TestOffice, shop: int) -> None:
    surveys = Surveys(desk.office)
    surveys.decide(shop, route=Route.CLOSE_BY_DATE, disposition=None, by=desk.clerk)
    Shutdowns(desk.office).force(shop, on=TODAY, reason="拒不整改", by=desk.clerk)
    desk.clock.day = TODAY + timedelta(days=30)
    seen = stall(surveyed_on=desk.clock.day.isoformat())

    (said,) = surveys.save("stall", seen, by=desk.clerk, identity=ONE, establishment_id=shop).warnings
    again = surveys.save("stall", seen, by=desk.clerk, identity=ONE, establishment_id=shop).warnings

    assert "2018-07-08 又在经营，属“死灰复燃”，存续改为“限期关停中”，已立整改 1" in said.message
    assert (status_of(desk, shop), again) == (OperatingStatus.CLOSING, ())
    case = Rectifications(desk.office).case(1, by=desk.clerk)
    assert (case.stage, case.is_starred) == (Stage.RELAPSED, True)


def test_one_that_closed_of_its_own_accord_opens_again_with_a_reason(desk: TestOffice, shop: int) -> None:
    put_down(desk, shop, OperatingStatus.CLOSED, note="回乡")
    with pytest.raises(UserError, match="重新开业的经过"):
        put_down(desk, shop, OperatingStatus.OPERATING, note="")

    put_down(desk, shop, OperatingStatus.OPERATING, note="过完年又开了")

    assert titles(desk, shop)[0] == ("改为“正常经营”", "已关停 → 正常经营。过完年又开了")


def test_a_paper_ends_with_its_trade(desk: TestOffice, shop: int) -> None:
    Registrations(desk.office).register_all(Choice(ids=(shop,)), decided_on=TODAY, by=desk.clerk)

    put_down(desk, shop, OperatingStatus.CLOSED, note="回乡")

    row = Establishments(desk.office).detail(shop, by=desk.clerk).row
    assert (row.paper_status, row.registration_status) == ("deregistered", RegistrationStatus.UNREGISTERED)


def test_route_and_batch_stand_in_the_timeline_and_the_same_again_is_refused(
    desk: TestOffice, shop: int
) -> None:
    surveys = Surveys(desk.office)
    surveys.decide(shop, route=Route.URGE_REGISTRATION, disposition=Disposition.PROMOTE, by=desk.clerk)

    assert {("改定处置意见", "未定 → 督促办证"), ("改定分类", "— → 提升")} <= set(titles(desk, shop))
    with pytest.raises(UserError, match="已经是“督促办证”、“提升”"):
        surveys.decide(shop, route=Route.URGE_REGISTRATION, disposition=Disposition.PROMOTE, by=desk.clerk)


def test_neither_another_village_nor_an_auditor_puts_anything_down(desk: TestOffice, shop: int) -> None:
    village = Villages(desk.office).named("白塔村")
    villager = desk.somebody("老白", Role.VILLAGE, village_id=village.id)
    auditor = desk.somebody("审计", Role.AUDITOR)

    for somebody in (villager, auditor):
        with pytest.raises(NotAllowedError):
            Surveys(desk.office).change_operating_status(
                shop, OperatingStatus.MOVED, on=TODAY, note="", by=somebody
            )
        with pytest.raises(NotAllowedError):
            Surveys(desk.office).decide(shop, route=Route.CLOSE_BY_DATE, disposition=None, by=somebody)


def test_a_workshop_that_became_a_food_producer_names_its_licence_and_gives_its_certificate_up(
    desk: TestOffice,
) -> None:
    shop = Surveys(desk.office).save("workshop", workshop(), by=desk.clerk, identity=ONE).id
    Registrations(desk.office).register_all(Choice(ids=(shop,)), decided_on=TODAY, by=desk.clerk)
    with pytest.raises(UserError, match="食品生产许可证编号"):
        put_down(desk, shop, OperatingStatus.UPGRADED, note="办了厂")

    put_down(desk, shop, OperatingStatus.UPGRADED, note="食品生产许可证 sc１0132041300017")

    row = Establishments(desk.office).detail(shop, by=desk.clerk).row
    assert (row.operating_status, row.paper_status) == ("upgraded", "deregistered")
    assert "已升级为食品生产企业" in Dossiers(desk.office).open(shop, by=desk.clerk).next.sentence
    with pytest.raises(RuleError, match="能改为：没有"):
        put_down(desk, shop, OperatingStatus.OPERATING)
