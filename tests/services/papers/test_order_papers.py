"""Notices of the township and orders of market supervision: who gives them, in which law, to whom."""

from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from desktop.domain.act import Role
from desktop.errors import NotAllowedError, UserError
from desktop.services.papers.papers import Wanted
from desktop.services.papers.paperwork import Paperwork
from desktop.services.rectification.inspections import Fault
from desktop.services.rectification.rectifications import Rectifications, Until
from desktop.services.survey.surveys import Surveys
from tests.offices import TODAY, TestOffice, stall, workshop
from tests.printing.reading import whole_text
from tests.services.case_prints import DUE, TWO, inspected, ordered, printed, said, shop_of


@pytest.fixture
def paperwork(desk: TestOffice, assets: Path) -> Paperwork:
    return Paperwork(desk.office, assets / "fonts")


def test_the_notice_of_the_township_tells_and_threatens_with_nothing(desk, paperwork, tmp_path) -> None:
    _, case = ordered(desk)

    text = printed(paperwork, desk, tmp_path, "rectification_notice", case)

    said(
        text,
        "金食安办告〔2018〕1号",
        "钱杰永（沙湖豆腐坊）：",
        "2018年6月8日，我办到你处检查，发现以下食品安全隐患：",
        "一、从业人员个人卫生不符合要求。",
        "二、使用非食用色素染豆腐干。",
        "请于2018年6月15日前（含当日）完成整改",
        "抄送：市场监督管理局金城分局",
    )
    assert [word for word in ("责令", "处罚", "罚款", "复议", "诉讼") if word in text] == []


def test_the_second_notice_says_that_it_follows_a_reinspection(desk, paperwork, tmp_path) -> None:
    _, case = ordered(desk)
    work = Rectifications(desk.office)
    desk.clock.day = date(2018, 6, 16)
    work.reinspect(case, on=DUE, inspectors=TWO, result="不合格", by=desk.clerk)
    work.order_again(case, until=Until(days=5), on=date(2018, 6, 16), by=desk.clerk)

    text = printed(paperwork, desk, tmp_path, "rectification_notice", case)

    said(text, "金食安办告〔2018〕2号", "2018年6月15日，我办到你处复查，仍有以下食品安全隐患")


def test_the_second_notice_is_about_what_was_not_put_right_and_the_first_stays_as_it_was(
    desk, paperwork, tmp_path
) -> None:
    _, case = ordered(desk)
    work = Rectifications(desk.office)
    first, second = work.case(case, by=desk.clerk).findings
    desk.clock.day = date(2018, 6, 16)
    work.reinspect(case, on=DUE, inspectors=TWO, result="部分合格", unmet=[second.id], by=desk.clerk)
    work.order_again(case, until=Until(days=5), on=date(2018, 6, 16), by=desk.clerk)

    text = printed(paperwork, desk, tmp_path, "rectification_notice", case)
    record = printed(paperwork, desk, tmp_path, "reinspection_record", case)

    said(text, second.text)
    assert first.text not in text
    said(record, first.text, f"未改好的：{second.text}")
    target = tmp_path / "第一份.pdf"
    wanted = Wanted("rectification_notice", ids=(case,), numbers=("金食安办告〔2018〕1号",))
    paperwork.print(wanted, target, by=desk.clerk)
    said(whole_text(target), first.text, second.text)


def test_the_first_of_two_orders_is_found_by_its_number(desk, paperwork, tmp_path) -> None:
    _, case = ordered(desk)
    work = Rectifications(desk.office)
    desk.clock.day = date(2018, 6, 16)
    work.reinspect(case, on=DUE, inspectors=TWO, result="不合格", by=desk.clerk)
    work.order_again(case, until=Until(days=5), on=date(2018, 6, 16), by=desk.clerk)

    wanted = Wanted("rectification_notice", numbers=("金食安办告〔2018〕1号",))
    done = paperwork.print(wanted, tmp_path / "一.pdf", by=desk.clerk)

    assert [one.number for one in done.papers] == ["金食安办告〔2018〕1号"]


@pytest.mark.parametrize(
    ("on", "clause", "body"),
    [
        (date(2018, 6, 8), "第二十三条", "金坛区人民政府或者常州市市场监督管理局申请行政复议"),
        (date(2026, 5, 13), "第二十八条", "向常州市金坛区人民政府申请行政复议"),
    ],
)
def test_an_order_cites_the_law_of_its_date(desk, paperwork, tmp_path, on, clause, body) -> None:
    _, case = ordered(desk, "market", on, on.replace(day=28))

    text = printed(paperwork, desk, tmp_path, "correction_order", case)

    said(
        text,
        f"坛市监责改〔{on.year}〕1号",
        f"《中华人民共和国行政处罚法》{clause}",
        "你（单位）存在以下行为",
        "违反了《中华人民共和国食品安全法》第三十三条、第三十四条、第四十条的规定",
        "一、从业人员保持个人卫生，加工时将手洗净。",
        "二、没有非法使用食品添加剂。",
        "逾期不改正的",
        "第一百二十七条",
        "六十日内",
        body,
        "六个月内依法向人民法院提起行政诉讼",
        "一式三份",
    )


def test_an_order_of_a_day_without_the_law_is_refused(desk, paperwork, tmp_path) -> None:
    _, case = ordered(desk, "market", date(2015, 4, 1), date(2015, 4, 10))

    with pytest.raises(UserError, match="2015-04-01 有效的依据"):
        paperwork.print(Wanted("correction_order", ids=(case,)), tmp_path / "令.pdf", by=desk.clerk)

    assert list(tmp_path.glob("*.pdf")) == []


def test_a_township_may_neither_give_nor_print_an_order_of_market_supervision(
    desk, paperwork, tmp_path
) -> None:
    _, case = ordered(desk, "market")
    clerk = desk.somebody("王镇", Role.REVIEWER, Role.CLERK)
    found = inspected(desk, shop_of(desk, 2, address="沙湖村9号", operator_id_number="", phone=""))

    with pytest.raises(NotAllowedError, match="常州市金坛区市场监督管理局"):
        paperwork.print(Wanted("correction_order", ids=(case,)), tmp_path / "令.pdf", by=clerk)
    with pytest.raises(NotAllowedError, match="市场监管"):
        Rectifications(desk.office).order(found, until=Until(days=5), on=TODAY, family="market", by=clerk)


def test_an_officer_of_market_supervision_orders_in_its_own_name(desk, paperwork, tmp_path) -> None:
    officer = desk.somebody("许文清", Role.MARKET)
    found = inspected(desk, shop_of(desk))

    given = Rectifications(desk.office).order(found, until=Until(days=5), on=TODAY, by=officer)

    assert given.number == "坛市监责改〔2018〕1号"
    done = paperwork.print(Wanted("correction_order", ids=(given.case_id,)), tmp_path / "令.pdf", by=officer)
    assert done.papers[0].number == given.number


def test_the_other_family_of_a_case_has_no_paper(desk, paperwork, tmp_path) -> None:
    _, case = ordered(desk)

    done = paperwork.print(Wanted("correction_order", ids=(case,)), tmp_path / "令.pdf", by=desk.clerk)

    assert done.file == ""
    assert [one.code for one in done.refused] == ["no_paper"]


def test_a_paper_keeps_the_party_as_it_was_when_ordered(desk, paperwork, tmp_path) -> None:
    shop, case = ordered(desk)
    typed = workshop(name="新豆腐坊", operator_name="钱新")
    changed = {"establishment_id": shop, "version": 1, "identity": UUID(int=1)}
    Surveys(desk.office).save("workshop", typed, by=desk.clerk, **changed)

    text = printed(paperwork, desk, tmp_path, "rectification_notice", case)

    said(text, "钱杰永（沙湖豆腐坊）：")


def test_a_stall_is_called_by_its_operator(desk, paperwork, tmp_path) -> None:
    shop = Surveys(desk.office).save("stall", stall(), by=desk.clerk, identity=UUID(int=9)).id
    found = inspected(desk, shop, Fault("S04"))
    given = Rectifications(desk.office).order(
        found, until=Until(days=5), on=TODAY, family="market", by=desk.clerk
    )

    text = printed(paperwork, desk, tmp_path, "correction_order", given.case_id)

    said(text, "钱杰永")
    assert "钱杰永（" not in text
