"""Inspecting: by two, on a day that has come, with the check list of the trade."""

from datetime import date, timedelta

import pytest

from desktop.domain.act import Role
from desktop.domain.late_entry import LateEntry
from desktop.domain.lifecycle import OperatingStatus, Stage
from desktop.domain.rectification import Signature
from desktop.domain.wall import WallFilters
from desktop.errors import NotAllowedError, RuleError, UserError
from desktop.services.rectification.inspections import Fault, Inspections, Signed
from desktop.services.rectification.rectifications import Rectifications, Until
from desktop.services.rectification.shutdowns import Shutdowns
from desktop.services.register.dossiers import Dossiers
from desktop.services.register.establishments import Establishments
from desktop.services.registration.registrations import Choice, Registrations
from desktop.services.survey.surveys import Surveys
from tests.offices import TODAY, TestOffice
from tests.visits import PAIR, enter, ordered, reinspect, visit


def status_of(desk: TestOffice, one: int) -> OperatingStatus:
    return Establishments(desk.office).detail(one, by=desk.clerk).row.operating_status


def test_items_that_are_not_named_were_good(desk: TestOffice) -> None:
    found = visit(desk, enter(desk), "S05")

    (finding,) = found.findings
    assert (finding.item, finding.text) == ("S05", "无防蝇、防尘、防雨设施")
    assert (finding.is_starred, finding.is_corrected, finding.case_id) == (False, False, None)


def test_a_starred_item_bars_registration_until_its_case_is_closed_out(desk: TestOffice) -> None:
    one = enter(desk, operator_name="钱杰永")
    visit(desk, one, "S10")

    (refused,) = (
        Registrations(desk.office).register_all(Choice(ids=(one,)), decided_on=TODAY, by=desk.clerk).refused
    )

    assert "重点问题" in refused.reason


def test_the_check_list_is_that_of_the_trade(desk: TestOffice) -> None:
    codes = [item.code for item in Inspections(desk.office).items("stall", by=desk.clerk)]

    assert codes[:2] == ["S01", "S02"]
    with pytest.raises(UserError, match="没有“bar”这个类别"):
        Inspections(desk.office).items("bar", by=desk.clerk)


@pytest.mark.parametrize("names", [[], ["赵学军"], ["赵学军", "赵学军"], ["赵学军", "赵 学军 "], ["", " "]])
def test_fewer_than_two_different_inspectors_are_refused_with_the_clause(
    desk: TestOffice, names: list[str]
) -> None:
    with pytest.raises(RuleError, match=r"两名以上.*食品生产经营日常监督检查管理办法"):
        Inspections(desk.office).record(enter(desk), on=TODAY, inspectors=names, by=desk.clerk)


def test_the_clause_is_the_one_of_the_day(desk: TestOffice) -> None:
    desk.clock.day = date(2023, 5, 8)

    with pytest.raises(RuleError, match="食品生产经营监督检查管理办法第二十三条"):
        Inspections(desk.office).record(enter(desk), on=desk.clock.day, inspectors=["甲"], by=desk.clerk)


def test_nobody_inspects_on_a_day_to_come(desk: TestOffice) -> None:
    with pytest.raises(UserError, match="还没有到"):
        visit(desk, enter(desk), on=TODAY + timedelta(days=1))


def test_three_days_late_is_still_in_time_four_need_a_reason_and_a_second_person(desk: TestOffice) -> None:
    one = enter(desk)
    visit(desk, one, on=TODAY - timedelta(days=3))

    with pytest.raises(RuleError, match=r"过去 4 天.*第二人"):
        visit(desk, one, on=TODAY - timedelta(days=4))


def test_a_late_entry_is_not_approved_by_who_enters_it(desk: TestOffice) -> None:
    told = {"on": TODAY - timedelta(days=9), "inspectors": PAIR, "by": desk.clerk}
    inspections = Inspections(desk.office)
    one = enter(desk)

    with pytest.raises(RuleError, match="自己同意"):
        inspections.record(one, **told, late=LateEntry("下村没带电脑", "周 敏"))
    done = inspections.record(one, **told, late=LateEntry("下村没带电脑", "陈国华"))

    assert done.id


@pytest.mark.parametrize(("reason", "witness"), [("", "村会计"), ("说没有问题", ""), (" ", " ")])
def test_a_refusal_to_sign_wants_its_reason_and_a_witness(
    desk: TestOffice, reason: str, witness: str
) -> None:
    desk.clock.day = date(2023, 5, 8)
    signed = Signed(Signature.REFUSED, reason, witness)

    with pytest.raises(RuleError, match=r"见证人.*食品生产经营监督检查管理办法第三十四条"):
        Inspections(desk.office).record(
            enter(desk), on=desk.clock.day, inspectors=PAIR, signed=signed, by=desk.clerk
        )


@pytest.mark.parametrize("witness", ["史 国平", "村会计、史国平", "史国平，村会计", "村会计,史国平"])
def test_nobody_witnesses_an_inspection_of_their_own(desk: TestOffice, witness: str) -> None:
    signed = Signed(Signature.REFUSED, "不同意", witness)

    with pytest.raises(RuleError, match="不能作自己检查的见证人"):
        Inspections(desk.office).record(enter(desk), on=TODAY, inspectors=PAIR, signed=signed, by=desk.clerk)


def test_words_of_a_refusal_that_was_none_are_refused(desk: TestOffice) -> None:
    signed = Signed(Signature.SIGNED, "不同意")

    with pytest.raises(UserError, match="拒绝签名"):
        Inspections(desk.office).record(enter(desk), on=TODAY, inspectors=PAIR, signed=signed, by=desk.clerk)


def test_a_refusal_to_sign_stands_in_the_dossier(desk: TestOffice) -> None:
    one = enter(desk)
    signed = Signed(Signature.REFUSED, "不同意", "村会计")
    Inspections(desk.office).record(one, on=TODAY, inspectors=PAIR, signed=signed, by=desk.clerk)

    (entry,) = [e for e in Dossiers(desk.office).timeline(one, by=desk.clerk) if "检查" in e.title]

    assert (entry.title, entry.text) == (
        "日常检查，没有问题",
        "被检查人拒绝签名（不同意），见证：村会计",
    )


def test_a_finding_that_comes_back_is_counted_at_its_own_establishment(desk: TestOffice) -> None:
    one, other = enter(desk), enter(desk, 2)
    visit(desk, other, "S05")
    visit(desk, one, "S05", "S07", on=TODAY - timedelta(days=2))

    (again,) = visit(desk, one, "S05").findings

    assert again.times == 2
    found = Inspections(desk.office).findings(one, by=desk.clerk)
    assert [(row.item, row.times) for row in found] == [("S05", 2), ("S07", 1), ("S05", 1)]
    waiting = Inspections(desk.office).waiting(by=desk.clerk)
    assert sorted(row.finding.times for row in waiting) == [1, 1, 1, 2]


def test_what_was_corrected_on_the_spot_is_a_case_at_once(desk: TestOffice) -> None:
    faults = [Fault("S10", is_corrected=True), Fault("S05", "没有纱罩")]

    done = Inspections(desk.office).record(
        enter(desk), on=TODAY, inspectors=PAIR, faults=faults, by=desk.clerk
    )

    corrected, waiting = done.findings
    assert waiting.case_id is None
    assert corrected.case_id is not None
    case = Rectifications(desk.office).case(corrected.case_id, by=desk.clerk)
    assert case.stage is Stage.CORRECTED
    assert [step.step for step in case.steps] == ["found", "corrected"]


def test_corrected_on_the_spot_is_an_open_finding_again_when_the_reinspection_differs(
    desk: TestOffice,
) -> None:
    one = enter(desk)
    done = Inspections(desk.office).record(
        one, on=TODAY, inspectors=PAIR, faults=[Fault("S10", is_corrected=True)], by=desk.clerk
    )
    case = done.findings[0].case_id
    assert case is not None
    batch = Registrations(desk.office).register_all(Choice(ids=(one,)), decided_on=TODAY, by=desk.clerk)
    assert "重点问题" not in "".join(refused.reason for refused in batch.refused)

    Rectifications(desk.office).reinspect(case, on=TODAY, inspectors=PAIR, result="not-good", by=desk.clerk)

    assert Inspections(desk.office).findings(one, by=desk.clerk)[0].is_corrected is False


def test_an_item_that_the_list_does_not_have_is_refused_with_those_it_has(desk: TestOffice) -> None:
    with pytest.raises(UserError, match=r"没有“W01”.*S01"):
        visit(desk, enter(desk), "W01")


def test_an_item_has_one_answer(desk: TestOffice) -> None:
    with pytest.raises(UserError, match="填了两次"):
        visit(desk, enter(desk), "S05", "S05")
    with pytest.raises(UserError, match="填了两次"):
        Inspections(desk.office).record(
            enter(desk, 2),
            on=TODAY,
            inspectors=PAIR,
            faults=[Fault("S05")],
            not_applicable=["S05"],
            by=desk.clerk,
        )


def test_a_mode_is_taken_by_code_or_word_and_an_unknown_one_is_refused(desk: TestOffice) -> None:
    one = enter(desk)
    for mode in ("", "日常", "日常检查", "joint", "突击检查"):
        Inspections(desk.office).record(one, on=TODAY, inspectors=PAIR, mode=mode, by=desk.clerk)

    with pytest.raises(UserError, match="没有“路过”"):
        Inspections(desk.office).record(one, on=TODAY, inspectors=PAIR, mode="路过", by=desk.clerk)


def test_an_inspection_opens_again_who_was_closed_by_a_decision(desk: TestOffice) -> None:
    one = enter(desk)
    before = ordered(desk, one).case_id
    reinspect(desk, before, "not-good", on=TODAY)
    Shutdowns(desk.office).force(one, on=TODAY, reason="拒不整改", by=desk.clerk)
    desk.clock.day = TODAY + timedelta(days=1)

    found = visit(desk, one, "S07", on=desk.clock.day)

    assert found.reopened is not None
    case = Rectifications(desk.office).case(found.reopened, by=desk.clerk)
    assert (case.stage, case.is_starred, case.follows_id) == (Stage.RELAPSED, True, before)
    assert [one.text for one in case.findings] == ["餐饮具、工用具未清洗消毒", "已取缔，检查时又在经营"]
    assert status_of(desk, one) is OperatingStatus.CLOSING


def test_an_inspection_before_the_closing_is_history_and_leaves_it_closed(desk: TestOffice) -> None:
    one = enter(desk)
    Surveys(desk.office).change_operating_status(
        one, OperatingStatus.CLOSED, on=TODAY, note="回乡", by=desk.clerk
    )

    found = Inspections(desk.office).record(
        one, on=TODAY, inspectors=PAIR, faults=[Fault("S10", is_corrected=True), Fault("S05")], by=desk.clerk
    )

    corrected = found.findings[0].case_id
    assert corrected is not None
    assert Rectifications(desk.office).case(corrected, by=desk.clerk).stage is Stage.ENDED
    assert (found.reopened, status_of(desk, one)) == (None, OperatingStatus.CLOSED)
    with pytest.raises(RuleError, match="已关停，没有什么可责令"):
        Rectifications(desk.office).order(
            [found.findings[1].id], until=Until(days=3), on=TODAY, by=desk.clerk
        )


def test_who_closed_of_his_own_accord_and_is_inspected_again_trades_again(desk: TestOffice) -> None:
    one = enter(desk)
    before = ordered(desk, one).case_id
    Surveys(desk.office).change_operating_status(
        one, OperatingStatus.CLOSED, on=TODAY, note="回乡", by=desk.clerk
    )
    desk.clock.day = TODAY + timedelta(days=1)

    found = visit(desk, one, on=desk.clock.day)

    assert status_of(desk, one) is OperatingStatus.OPERATING
    assert found.reopened is not None  # what was not put right before is not gone
    case = Rectifications(desk.office).case(found.reopened, by=desk.clerk)
    assert (case.stage, case.follows_id) == (Stage.RELAPSED, before)
    assert "关停前的问题没有改好" in case.findings[0].text


def test_a_refused_inspection_leaves_nothing(desk: TestOffice) -> None:
    one = enter(desk)
    desk.heard.clear()

    with pytest.raises(UserError):
        visit(desk, one, "S05", "W01")

    assert Inspections(desk.office).findings(one, by=desk.clerk) == ()
    assert desk.heard == []


def test_a_village_account_inspects_in_its_own_village_only(desk: TestOffice) -> None:
    one = enter(desk)
    elsewhere = desk.somebody("外村", Role.VILLAGE, village_id=2)
    auditor = desk.somebody("审计", Role.AUDITOR)

    with pytest.raises(NotAllowedError, match="本村"):
        Inspections(desk.office).record(one, on=TODAY, inspectors=PAIR, by=elsewhere)
    with pytest.raises(NotAllowedError):
        Inspections(desk.office).record(one, on=TODAY, inspectors=PAIR, by=auditor)
    assert Inspections(desk.office).waiting(by=elsewhere) == ()


def test_what_waits_is_narrowed_as_the_wall_is_and_leaves_it_with_the_trade(desk: TestOffice) -> None:
    one, other = enter(desk), enter(desk, 2)
    visit(desk, one, "S05", "S07")
    visit(desk, other, "S05")
    found = Inspections(desk.office)

    def waiting(**asked: object) -> list[int]:
        filters = WallFilters(**asked)
        rows = found.waiting(filters, by=desk.clerk)
        assert found.count_waiting(filters, by=desk.clerk) == len(
            {one.finding.establishment_id for one in rows}
        )
        return [row.finding.establishment_id for row in rows]

    assert (waiting(), waiting(items=("S07",))) == ([one, one, other], [one])
    assert (
        waiting(inspectors=("没有这个人",)) == waiting(kinds=("eatery",)) == waiting(village_ids=(1,)) == []
    )
    Surveys(desk.office).change_operating_status(
        one, OperatingStatus.CLOSED, on=TODAY, note="自行停业", by=desk.clerk
    )
    assert waiting() == [other]


def test_findings_without_an_order_wait_in_the_order_they_were_found(desk: TestOffice) -> None:
    one = enter(desk)
    visit(desk, one, "S05")
    found = visit(desk, one, "S07", "S08", on=TODAY - timedelta(days=2))
    Rectifications(desk.office).order([found.findings[0].id], until=Until(days=3), on=TODAY, by=desk.clerk)

    waiting = Inspections(desk.office).waiting(by=desk.clerk)

    assert [row.finding.item for row in waiting] == ["S08", "S05"]
    assert waiting[0].village == "沙湖村"
