"""The papers of putting right: what the case says, in the words and the law of its day, and in the log."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from desktop.domain.act import Role
from desktop.domain.lifecycle import Route
from desktop.domain.rectification import PhotoMoment, Signature
from desktop.errors import UserError
from desktop.services.papers.case_reading import cases
from desktop.services.papers.papers import Wanted
from desktop.services.papers.paperwork import SOURCES, Paperwork
from desktop.services.papers.sources import Reading
from desktop.services.rectification.deadlines import Deadlines
from desktop.services.rectification.inspections import Fault, Inspections, Signed
from desktop.services.rectification.look_backs import LookBacks
from desktop.services.rectification.rectifications import Rectifications, Until
from desktop.services.rectification.shutdowns import Shutdowns
from desktop.services.survey.photos import Photos
from desktop.services.survey.surveys import Surveys
from tests.offices import TODAY, TestOffice
from tests.printing.reading import whole_text
from tests.services.case_prints import TWO, inspected, ordered, printed, said, shop_of


@pytest.fixture
def paperwork(desk: TestOffice, assets: Path) -> Paperwork:
    return Paperwork(desk.office, assets / "fonts")


def test_a_receipt_ticks_how_and_when_it_was_served(desk, paperwork, tmp_path) -> None:
    _, case = ordered(desk)
    before = printed(paperwork, desk, tmp_path, "service_receipt", case)
    Rectifications(desk.office).serve(case, on=TODAY, how="直接送达", by=desk.clerk)

    after = printed(paperwork, desk, tmp_path, "service_receipt", case, reason="已送达")

    said(before, "食品安全隐患整改告知书（金食安办告〔2018〕1号）", "留置送达")
    assert before.count("2018年6月8日") + 1 == after.count("2018年6月8日")


def test_a_receipt_keeps_what_was_written_beside_the_way_of_service(desk, paperwork, tmp_path) -> None:
    _, case = ordered(desk)
    Rectifications(desk.office).serve(case, on=TODAY, how="留置送达，见证人赵六", by=desk.clerk)

    said(printed(paperwork, desk, tmp_path, "service_receipt", case), "送达方式：留置送达，见证人赵六")


def test_a_transfer_encloses_the_photographs_that_there_were(desk, paperwork, tmp_path) -> None:
    _, case = ordered(desk)
    drawn = BytesIO()
    Image.new("RGB", (30, 20)).save(drawn, "JPEG")
    Photos(desk.office).add_to_case(case, drawn.getvalue(), moment=PhotoMoment.BEFORE, by=desk.clerk)
    Rectifications(desk.office).reinspect(case, on=TODAY, inspectors=TWO, result="不合格", by=desk.clerk)
    Rectifications(desk.office).transfer(case, on=TODAY, note="屡教不改", by=desk.clerk)

    text = printed(paperwork, desk, tmp_path, "transfer_letter", case)
    said(text, "附：检查记录、整改文书、复查记录、照片。")


def test_what_a_look_back_met_is_handed_over_with_its_record(desk, paperwork, tmp_path) -> None:
    shop, _ = ordered(desk)
    look = LookBacks(desk.office).record
    case = look(shop, on=TODAY, inspectors=TWO, outcome="rebounded", by=desk.clerk).case_id
    Rectifications(desk.office).transfer(case, on=TODAY, note="屡教不改", by=desk.clerk)

    said(printed(paperwork, desk, tmp_path, "transfer_letter", case), "附：“回头看”记录。")


def test_the_report_form_lists_what_is_to_be_answered(desk, paperwork, tmp_path) -> None:
    _, case = ordered(desk)

    text = printed(paperwork, desk, tmp_path, "rectification_report", case)

    said(text, "整改措施", "使用非食用色素染豆腐干。", "以上整改情况属实", "2018年6月15日")


def test_an_extension_says_why_until_when_and_who(desk, paperwork, tmp_path) -> None:
    _, case = ordered(desk)
    blank = printed(paperwork, desk, tmp_path, "extension_approval", case, is_blank=True)
    Rectifications(desk.office).extend(
        case, until=date(2018, 6, 29), on=TODAY, reason="等待换新设备", by=desk.clerk
    )

    text = printed(paperwork, desk, tmp_path, "extension_approval", case)

    assert "批准人" not in blank
    said(text, "等待换新设备。", "同意延期至2018年6月29日。", "批准人：周敏", "2018年6月15日", "第1次")
    assert "延至" not in text.replace("延期至", "")


def test_a_record_stands_by_the_order_of_its_day_though_another_was_given_since(
    desk, paperwork, tmp_path
) -> None:
    _, case = ordered(desk)
    work = Rectifications(desk.office)
    work.extend(case, until=date(2018, 6, 20), on=TODAY, reason="等待换新设备", by=desk.clerk)
    work.reinspect(case, on=TODAY, inspectors=TWO, result="不合格", by=desk.clerk)
    work.order_again(case, until=Until(days=9), on=TODAY, by=desk.clerk)

    extended = printed(paperwork, desk, tmp_path, "extension_approval", case)
    checked = printed(paperwork, desk, tmp_path, "reinspection_record", case)

    said(extended, "〔2018〕1号", "下达日期2018年6月8日", "原定期限2018年6月15日", "第1次")
    said(checked, "〔2018〕1号", "2018年6月20日")
    assert "〔2018〕2号" not in extended + checked


def test_a_reinspection_and_a_closing_out_tell_the_whole_way(desk, paperwork, tmp_path) -> None:
    _, case = ordered(desk)
    work = Rectifications(desk.office)
    blank = printed(paperwork, desk, tmp_path, "reinspection_record", case, is_blank=True)
    work.reinspect(case, on=TODAY, inspectors=TWO, result="合格", note="已全部改好", by=desk.clerk)
    record = printed(paperwork, desk, tmp_path, "reinspection_record", case)
    asked = printed(paperwork, desk, tmp_path, "closing_out_approval", case)
    work.close_out(case, on=TODAY, by=desk.clerk)
    closed = printed(paperwork, desk, tmp_path, "closing_out_approval", case)

    assert "陈国华" not in blank
    said(record, "陈国华、何玉珍", "已全部改好。", "合格", "报请销号")
    said(asked, "合格。已全部改好。", "金食安办告〔2018〕1号，2018年6月8日下达，限2018年6月15日前")
    assert "批准人" not in asked
    said(closed, "同意销号。批准人：周敏")


def test_a_reinspection_record_ticks_only_what_somebody_decided(desk) -> None:
    _, case = ordered(desk)
    work = Rectifications(desk.office)

    def facts() -> object:
        with desk.office.db.reading() as session:
            reading = Reading(session, desk.office, desk.clerk, Wanted("reinspection_record", ids=(case,)))
            (made,) = SOURCES["reinspection_record"].make(reading, cases(reading, (case,)))
        return made.facts

    work.reinspect(case, on=TODAY, inspectors=TWO, result="不合格", by=desk.clerk)
    assert (facts().opinion, facts().is_all_mended) == (None, False)
    work.transfer(case, on=TODAY, note="屡教不改", by=desk.clerk)
    assert facts().opinion == "移送处理"

    other = shop_of(desk, 2, address="沙湖村9号", name="老街豆腐坊", operator_id_number="", phone="")
    found = inspected(desk, other)
    case = work.order(found, until=Until(days=3), on=TODAY, by=desk.clerk).case_id
    work.reinspect(case, on=TODAY, inspectors=TWO, result="合格", by=desk.clerk)
    assert (facts().opinion, facts().is_all_mended) == ("报请销号", True)


@pytest.mark.parametrize("code", ["reinspection_record", "closing_out_approval", "extension_approval"])
def test_a_record_of_what_has_not_happened_is_refused_and_says_what_to_do(
    desk, paperwork, tmp_path, code
) -> None:
    _, case = ordered(desk)

    done = paperwork.print(Wanted(code, ids=(case,)), tmp_path / "表.pdf", by=desk.clerk)

    assert done.file == ""
    assert "请" in done.refused[0].reason
    assert list(tmp_path.glob("*.pdf")) == []


@pytest.mark.parametrize(
    ("note", "to", "addressee"),
    [
        ("屡教不改", "", "市场监督管理局金城分局"),
        ("占道搭建，移送城管", "", "金城镇城市管理中队"),
        ("涉嫌犯罪", "police", "金城派出所"),
        ("油烟扰民", "环保", "金城镇环境保护办公室"),
    ],
)
def test_a_transfer_goes_to_who_was_named(desk, paperwork, tmp_path, note, to, addressee) -> None:
    _, case = ordered(desk)
    work = Rectifications(desk.office)
    work.reinspect(case, on=TODAY, inspectors=TWO, result="不合格", by=desk.clerk)
    work.transfer(case, on=TODAY, note=note, to=to, by=desk.clerk)

    text = printed(paperwork, desk, tmp_path, "transfer_letter", case)

    said(
        text,
        "金食安办移〔2018〕1号",
        f"{addressee}：",
        "沙湖豆腐坊（经营者钱杰永）（地址：沙湖村6组23号）存在以下问题",
        "2018年6月8日以金食安办告〔2018〕1号要求整改，限2018年6月15日前；2018年6月8日复查不合格",
        f"移送原因：{note}。",
        "附：检查记录、整改文书、复查记录。",
    )


def test_a_transfer_that_names_several_is_asked_back_and_takes_no_number(desk, paperwork, tmp_path) -> None:
    _, case = ordered(desk)
    work = Rectifications(desk.office)
    work.reinspect(case, on=TODAY, inspectors=TWO, result="不合格", by=desk.clerk)

    with pytest.raises(UserError, match="选定移送给哪一个"):
        work.transfer(case, on=TODAY, note="移送城管和公安", by=desk.clerk)
    with pytest.raises(UserError, match="没有“税务”"):
        work.transfer(case, on=TODAY, note="移送", to="税务", by=desk.clerk)

    work.transfer(case, on=TODAY, note="移送城管和公安", to="urban", by=desk.clerk)
    said(printed(paperwork, desk, tmp_path, "transfer_letter", case), "金食安办移〔2018〕1号")


def test_closing_by_a_day_is_told_in_a_numbered_notice(desk, paperwork, tmp_path) -> None:
    shop, case = ordered(desk)
    Rectifications(desk.office).reinspect(case, on=TODAY, inspectors=TWO, result="不合格", by=desk.clerk)
    Shutdowns(desk.office).order_to_close(
        shop, close_by=date(2018, 7, 1), on=TODAY, reason="原料间与旱厕相邻，无法改造", by=desk.clerk
    )

    text = printed(paperwork, desk, tmp_path, "shutdown_notice", shop)

    said(
        text,
        "金食安办停〔2018〕1号",
        "原料间与旱厕相邻，无法改造。",
        "于2018年7月1日前（含当日）停止食品生产经营",
    )
    assert "五（二）2，" in text  # the ground is an order that was not met
    assert [word for word in ("处罚", "罚款", "复议", "诉讼") if word in text] == []


def test_closing_who_is_unfit_cites_the_clause_on_route_three(desk, paperwork, tmp_path) -> None:
    shop = shop_of(desk)
    Surveys(desk.office).decide(shop, route=Route.CLOSE_BY_DATE, disposition=None, by=desk.clerk)
    Shutdowns(desk.office).order_to_close(
        shop, close_by=date(2018, 7, 1), on=TODAY, reason="不具备条件", by=desk.clerk
    )

    said(printed(paperwork, desk, tmp_path, "shutdown_notice", shop), "五（二）1（3），")


def test_a_shutdown_names_the_authority_and_its_paper(desk, paperwork, tmp_path) -> None:
    shop, case = ordered(desk)
    work = Rectifications(desk.office)
    work.reinspect(case, on=TODAY, inspectors=TWO, result="不合格", by=desk.clerk)
    shutdowns = Shutdowns(desk.office)
    shutdowns.order_to_close(shop, close_by=TODAY, on=TODAY, reason="不具备条件", by=desk.clerk)
    shutdowns.force(shop, on=TODAY, reason="拒不关停", document="坛政取决〔2018〕7号", by=desk.clerk)

    text = printed(paperwork, desk, tmp_path, "shutdown_record", shop)

    said(
        text,
        "常州市金坛区人民政府",
        "坛政取决〔2018〕7号",
        "拒不关停。",
        "2018年6月8日限期关停，限2018年6月8日前：不具备条件。",
    )


def test_a_shutdown_without_the_paper_of_the_authority_is_refused(desk, paperwork, tmp_path) -> None:
    shop, case = ordered(desk)
    Rectifications(desk.office).reinspect(case, on=TODAY, inspectors=TWO, result="不合格", by=desk.clerk)
    Shutdowns(desk.office).force(shop, on=TODAY, reason="拒不关停", by=desk.clerk)

    done = paperwork.print(Wanted("shutdown_record", ids=(shop,)), tmp_path / "取缔.pdf", by=desk.clerk)

    assert [one.code for one in done.refused] == ["missing_fact"]
    assert "决定文书" in done.refused[0].reason


def test_a_look_back_says_whom_it_was_about_and_what_follows(desk, paperwork, tmp_path) -> None:
    shop = shop_of(desk)
    blank = printed(paperwork, desk, tmp_path, "look_back_record", shop, is_blank=True)
    looked = LookBacks(desk.office).record(
        shop, on=TODAY, inspectors=TWO, outcome="出现反弹", note="又落地堆放", by=desk.clerk
    )

    text = printed(paperwork, desk, tmp_path, "look_back_record", shop)

    assert "陈国华" not in blank
    said(text, "陈国华、何玉珍", "又落地堆放。", f"已立整改{looked.case_id}", "五（三）")


def test_an_inspection_sheet_is_blank_with_a_code_then_filled(desk, paperwork, tmp_path) -> None:
    shop = shop_of(desk)
    blank = printed(paperwork, desk, tmp_path, "inspection_sheet", shop, is_blank=True)
    inspected(desk, shop, Fault("W11"), Fault("W12", "未戴口罩", is_corrected=True))

    text = printed(paperwork, desk, tmp_path, "inspection_sheet", shop)

    said(blank, "100-0001", "食品小作坊监督检查记录表", "没有超范围、超限量使用食品添加剂")
    assert "见下" not in blank
    said(text, "第11项：从业人员个人卫生不符合要求。", "第12项：未戴口罩（已当场改正）。")
    assert text.count("见下") == 2


def test_a_sheet_that_was_not_signed_says_why_and_who_saw_it(desk, paperwork, tmp_path) -> None:
    shop = shop_of(desk)
    signed = Signed(Signature.REFUSED, "认为没有问题", "村会计王小二")
    Inspections(desk.office).record(shop, on=TODAY, inspectors=TWO, signed=signed, by=desk.clerk)

    text = printed(paperwork, desk, tmp_path, "inspection_sheet", shop)

    said(text, "拒绝签名，原因：认为没有问题。见证：村会计王小二。")


def test_a_reprint_needs_its_reason_and_is_the_next_copy(desk, paperwork, tmp_path) -> None:
    _, case = ordered(desk)
    wanted = Wanted("rectification_notice", ids=(case,))
    paperwork.print(wanted, tmp_path / "一.pdf", by=desk.clerk)

    with pytest.raises(UserError, match="再打须写明原因"):
        paperwork.print(wanted, tmp_path / "二.pdf", by=desk.clerk)
    again = paperwork.print(wanted, tmp_path / "三.pdf", by=desk.clerk, reason="原件遗失")

    assert again.papers[0].copy == 2


def test_all_that_is_due_goes_into_one_file_and_each_into_the_log(desk, paperwork, tmp_path) -> None:
    _, first = ordered(desk)
    other = shop_of(desk, 2, address="沙湖村9号", name="老街豆腐坊", operator_id_number="", phone="")
    work = Rectifications(desk.office)
    market = work.order(inspected(desk, other), until=Until(days=3), on=TODAY, family="market", by=desk.clerk)
    late = shop_of(desk, 3, address="沙湖村19号", name="远期豆腐坊", operator_id_number="", phone="")
    work.order(inspected(desk, late), until=Until(days=60), on=TODAY, by=desk.clerk)

    done = paperwork.print(Wanted("due_notices", is_unprinted=True), tmp_path / "到期.pdf", by=desk.clerk)

    text = whole_text(Path(done.file))
    said(text, "责令改正通知书", "食品安全隐患整改告知书")
    assert "远期豆腐坊" not in text
    assert {(one.number, one.copy) for one in done.papers} == {
        (market.number, 1),
        ("金食安办告〔2018〕1号", 1),
    }
    with pytest.raises(UserError, match="再打须写明原因"):
        paperwork.print(Wanted("rectification_notice", ids=(first,)), tmp_path / "再.pdf", by=desk.clerk)


def test_the_notices_are_those_of_the_overdue_list_days_off_at_its_end_included(
    desk, paperwork, tmp_path
) -> None:
    work, one = Rectifications(desk.office), shop_of(desk, 2)
    holiday = Until(due_on=date(2018, 6, 18))  # 端午节: five workdays are left, and three days off
    given = work.order(inspected(desk, one), until=holiday, on=TODAY, by=desk.clerk)
    listed = Deadlines(desk.office).overdue(TODAY, by=desk.clerk)

    done = paperwork.print(Wanted("due_notices"), tmp_path / "到期.pdf", by=desk.clerk)

    assert [row.case_id for row in listed] == [given.case_id]
    assert [paper.number for paper in done.papers] == [given.number]


def test_what_is_due_in_the_name_of_another_is_named_not_printed(desk, paperwork, tmp_path) -> None:
    ordered(desk, "market")
    clerk = desk.somebody("王镇", Role.CLERK)

    done = paperwork.print(Wanted("due_notices"), tmp_path / "到期.pdf", by=clerk)

    assert done.file == ""
    assert "您的账号不能打印" in done.refused[0].reason


def test_a_case_of_another_village_is_not_printed(desk, paperwork, tmp_path) -> None:
    _, case = ordered(desk)
    stranger = replace(desk.clerk, roles=frozenset({Role.VILLAGE}), village_id=7)

    with pytest.raises(UserError, match="不在本村"):
        paperwork.preview(Wanted("rectification_report", ids=(case,)), tmp_path / "表.pdf", by=stranger)
