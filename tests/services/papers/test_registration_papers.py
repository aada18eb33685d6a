"""Every paper of registration is made from the register, for both rule packs, and says no number in full."""

from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import select

from desktop.domain.paper_life import PaperAct
from desktop.errors import UserError
from desktop.models.registration import Paper
from desktop.services.papers.blank_forms import BlankForms
from desktop.services.papers.papers import Wanted
from desktop.services.papers.paperwork import SOURCES, Paperwork
from desktop.services.papers.printing_facts import registration_facts
from desktop.services.papers.sources import Reading
from desktop.services.registration.applications import Applications, SiteAnswer, Step
from desktop.services.survey.photos import Photos
from printing.catalogue import documents
from printing.fonts import Faces
from tests.lives import change, enter, issue, newest, printed, take
from tests.offices import TODAY, TestOffice, open_test_office, stall, workshop
from tests.printing.reading import whole_text
from tests.visits import visit

ID_NUMBER, PHONE = "320482199001010019", "13912345678"
OF_A_WORKSHOP = (
    "application_form",
    "certificate_duplicate",
    "decision_list",
    "display_sheet",
    "dossier",
    "roster",
    "site_check_record",
    "survey_form",
    "survey_record",
)


def picture() -> bytes:
    kept = BytesIO()
    Image.new("RGB", (40, 30), "grey").save(kept, "JPEG")
    return kept.getvalue()


@pytest.fixture
def paperwork(desk: TestOffice, assets: Path) -> Paperwork:
    return Paperwork(desk.office, assets / "fonts")


@pytest.fixture
def said(desk: TestOffice, paperwork: Paperwork, tmp_path: Path):
    """Print a paper of some establishments and return its text."""

    def print_it(code: str, *ids: int) -> str:
        target = tmp_path / f"{code}.pdf"
        done = paperwork.print(Wanted(code, ids=ids), target, reason="又查了一次", by=desk.clerk)
        assert done.refused == ()
        return whole_text(target)

    return print_it


@pytest.mark.parametrize("code", OF_A_WORKSHOP)
def test_a_paper_names_who_it_is_about_and_masks_personal_numbers(code, desk, said) -> None:
    shop = enter(desk, workshop(), "workshop")
    issue(desk, shop)

    text = said(code, shop)

    assert ID_NUMBER not in text
    assert PHONE not in text
    if code != "survey_form":  # the blank one carries the code of the record alone
        assert "钱杰永" in text
        assert "沙湖" in text


@pytest.mark.parametrize("code", sorted(SOURCES))
def test_nobody_prints_a_paper_of_somebody_who_is_not_there(code, desk, paperwork, tmp_path) -> None:
    with pytest.raises(UserError, match=r"没有编号为 99 的(档案|整改|催报|专项整治)"):
        paperwork.print(Wanted(code, ids=(99,)), tmp_path / "x.pdf", by=desk.clerk)


def test_the_application_form_ticks_what_was_handed_in(desk, said) -> None:
    shop = enter(desk, workshop(), "workshop")
    Applications(desk.office).apply(shop, on=TODAY, materials=["登记申请书"], by=desk.clerk)

    text = said("application_form", shop)

    assert "食品小作坊登记申请书" in text
    assert "致：常州市金坛区市场监督管理局" in text
    assert "3204821990****0019" in text


def test_the_site_check_lists_the_items_of_the_rule_pack_and_what_was_seen(desk, said) -> None:
    shop = enter(desk, workshop(), "workshop")
    applications = Applications(desk.office)
    application = applications.apply(shop, on=TODAY, materials=[], by=desk.clerk)
    applications.take_step(application, Step.ACCEPT, on=TODAY, by=desk.clerk)
    applications.take_step(
        application, Step.SITE_CHECK, on=TODAY, people=("陈国华", "何玉珍"), note="设备相符。", by=desk.clerk
    )

    text = said("site_check_record", shop)

    for item in desk.office.profile.items("workshop"):
        assert "".join(item.text.split()) in text
    for words in ("陈国华、何玉珍", "设备相符。", "2018年6月8日", "★为重点项"):
        assert words in text


def test_what_was_answered_on_site_is_kept_item_by_item_and_printed(desk, assets, tmp_path) -> None:
    shop = enter(desk, workshop(), "workshop")
    applications = Applications(desk.office)
    application = applications.apply(shop, on=TODAY, materials=[], by=desk.clerk)
    applications.take_step(application, Step.ACCEPT, on=TODAY, by=desk.clerk)
    items = [item.code for item in desk.office.profile.items("workshop")]
    answers = dict.fromkeys(items, SiteAnswer.MET) | {items[2]: SiteAnswer.NOT_MET}
    pair = ("陈国华", "何玉珍")

    def check(answers: dict[str, SiteAnswer]) -> None:
        applications.take_step(
            application, Step.SITE_CHECK, on=TODAY, people=pair, answers=answers, by=desk.clerk
        )

    with pytest.raises(UserError, match="还有 1 项没有填（第 2 项）"):
        check({item: answer for item, answer in answers.items() if item != items[1]})
    with pytest.raises(UserError, match="没有 X99"):
        check(answers | {"X99": SiteAnswer.MET})
    check(answers)

    with desk.office.db.reading() as session:
        reading = Reading(session, desk.office, desk.clerk, Wanted("site_check_record", ids=(shop,)))
        (made,) = SOURCES["site_check_record"].make(reading, reading.records((shop,)))
    assert [item.answer for item in made.facts.items][:4] == ["符合", "符合", "不符合", "符合"]


def test_the_duplicate_records_what_became_of_the_certificate(desk, said) -> None:
    shop = enter(desk, workshop(), "workshop")
    paper = printed(desk, issue(desk, shop))
    change(desk, shop, workshop(products="豆腐、百叶、素鸡"), "workshop")
    amended = printed(desk, take(desk, PaperAct.AMENDMENT, paper).paper_id)
    take(desk, PaperAct.REISSUE, amended, reason="原证被雨水打湿")

    text = said("certificate_duplicate", shop)

    assert "（副本）" in text
    assert "市场监督管理局金城分局" in text
    assert "1" + "2018年6月8日变更生产加工品种变更为：豆腐、百叶、素鸡" in text
    assert "2" + "2018年6月8日补发" in text


def test_a_long_name_of_a_shop_wraps_on_its_card_and_beyond_two_lines_is_refused(desk, assets) -> None:
    def reasons(name: str, number: int) -> tuple[str, ...]:
        typed = stall(name=name, address=f"沙湖村{number}组{number}号")
        shop = enter(desk, typed, "eatery", number)
        issue(desk, shop)
        facts = registration_facts(newest(desk, shop), desk.office.profile)
        return tuple(one.code for one in documents()["card"].check_facts(facts, Faces(assets / "fonts")))

    assert reasons("常州市金坛区金城镇石桥新村老街张记豆制品加工作坊和柳塘老街面馆", 1) == ()
    assert reasons("老街面馆" * 15, 2) == ("fit",)


def test_a_card_has_a_pocket_size_but_no_duplicate(desk, paperwork, said, tmp_path) -> None:
    kept = enter(desk)
    issue(desk, kept)

    text = said("card_small", kept)
    refused = paperwork.print(Wanted("certificate_duplicate", ids=(kept,)), tmp_path / "x.pdf", by=desk.clerk)

    assert "登记信息，不是行政许可证件。" in text
    assert ([one.code for one in refused.refused], refused.file) == (["no_paper"], "")


def test_a_paper_that_ended_is_no_longer_shown_to_anybody(desk, paperwork, tmp_path) -> None:
    kept = enter(desk)
    take(desk, PaperAct.DEREGISTRATION, issue(desk, kept), reason="不再经营")

    done = paperwork.print(Wanted("display_sheet", ids=(kept,)), tmp_path / "x.pdf", by=desk.clerk)

    assert [one.code for one in done.refused] == ["not_living"]


def test_a_copy_carries_no_code_that_nobody_signed(desk, paperwork, tmp_path) -> None:
    kept = enter(desk)
    issue(desk, kept)
    with desk.office.db.writing(desk.office.act(desk.clerk, "test")) as session:
        session.scalars(select(Paper)).one().signed_code = ""

    done = paperwork.print(Wanted("card_small", ids=(kept,)), tmp_path / "x.pdf", by=desk.clerk)

    assert [(one.id, one.code) for one in done.refused] == [(kept, "missing_key")]
    assert not (tmp_path / "x.pdf").exists()


def test_the_display_sheet_says_what_the_last_inspection_came_to(desk, said) -> None:
    shop = enter(desk, workshop(), "workshop")
    issue(desk, shop)
    assert "尚无监督检查记录" in said("display_sheet", shop)
    visit(desk, shop, "W11", "W12")

    text = said("display_sheet", shop)

    count = len(desk.office.profile.items("workshop"))
    assert f"基本符合检查{count}项：符合{count - 2}项，合理缺项0项，不符合2项。重点项全部符合。" in text


def test_a_starred_finding_makes_the_place_unfit(desk, said) -> None:
    shop = enter(desk, workshop(), "workshop")
    issue(desk, shop)
    visit(desk, shop, "W14")

    assert "不符合检查" in said("display_sheet", shop)


def test_the_display_sheet_says_the_word_of_the_inspection_record(desk, assets) -> None:
    shop = enter(desk, workshop(), "workshop")
    issue(desk, shop)
    general = [item.code for item in desk.office.profile.items("workshop") if not item.is_starred]
    visit(desk, shop, *general[4::-1])

    def facts(code: str) -> object:
        with desk.office.db.reading() as session:
            reading = Reading(session, desk.office, desk.clerk, Wanted(code, ids=(shop,)))
            (made,) = SOURCES[code].make(reading, reading.records((shop,)))
        return made.facts

    assert facts("inspection_sheet").result == "不符合"
    assert facts("display_sheet").inspection.result == "不符合"
    assert [said[:2] for said in facts("inspection_sheet").found] == ["第1", "第2", "第3", "第4", "第5"]


def test_the_dossier_tells_everything_that_happened(desk, said) -> None:
    shop = enter(desk, workshop(), "workshop")
    issue(desk, shop)
    visit(desk, shop, "W11")
    Photos(desk.office).add(shop, picture(), caption="生产间", by=desk.clerk)

    text = said("dossier", shop)

    for words in (
        "食品小作坊一户一档登记表",
        "沙湖豆腐坊",
        "从业人员个人卫生不符合要求",
        "生产间",
        "正常经营",
    ):
        assert words in text


def test_the_dossier_was_opened_on_the_working_day_and_writes_days_in_words(desk) -> None:
    shop = enter(desk)
    issue(desk, shop)

    with desk.office.db.reading() as session:
        reading = Reading(session, desk.office, desk.clerk, Wanted("dossier", ids=(shop,)))
        record = reading.records((shop,))[0]
        session.expunge(record)
        record.entered_at = datetime(2026, 11, 29, 18, 0, tzinfo=UTC)
        (made,) = SOURCES["dossier"].make(reading, [record])

    assert dict(made.facts.cover.rows)["建档日期"] == "2018年6月8日"
    told = "".join("".join(line) for table in made.facts.tables for line in table.rows)
    assert "有效期至2019年6月7日" in told
    assert "2019-06-07" not in told


def test_the_dossier_shows_a_ban_with_its_clause_and_last_day(desk) -> None:
    shop = enter(desk)
    take(desk, PaperAct.REVOCATION, issue(desk, shop), reason="情节严重")

    with desk.office.db.reading() as session:
        reading = Reading(session, desk.office, desk.clerk, Wanted("dossier", ids=(shop,)))
        (made,) = SOURCES["dossier"].make(reading, reading.records((shop,)))

    (ban,) = [words for label, words in made.facts.facts if label == "禁业"]
    assert ban.startswith("至2019年6月7日（被吊销；假定：登记卡不是行政许可")


def test_whom_one_day_registered_stands_on_one_list_for_each_authority(desk, paperwork, tmp_path) -> None:
    for place in (1, 2):
        issue(desk, enter(desk, number=place))
    issue(desk, enter(desk, workshop(), "workshop", number=3))
    target = tmp_path / "名单.pdf"

    done = paperwork.print(Wanted("decision_list", issued_on=TODAY), target, by=desk.clerk)

    assert [one.number for one in done.papers] == ["坛市监登准 2018-06-08", "金食安办登准 2018-06-08"]
    assert "合计2户。" in whole_text(target)


def test_the_roster_has_one_part_for_each_village_and_counts(desk, said) -> None:
    first, second = enter(desk), enter(desk, number=2)
    issue(desk, second)

    text = said("roster", first, second)

    assert "食品小摊贩登记名册" in text
    assert "合计2户：小摊贩2户。已登记1户，未登记1户。" in text


def test_blank_applications_ask_without_answering(desk, assets, tmp_path) -> None:
    target = tmp_path / "空白.pdf"

    pages = BlankForms(desk.office, assets / "fonts").print(
        "stall", target, count=3, code="application_form", by=desk.clerk
    )

    text = whole_text(target)
    assert pages == 3
    assert text.count("食品小摊贩登记申请书") == 3
    assert "钱杰永" not in text


def test_the_papers_of_the_other_rule_pack_speak_its_own_law(assets, tmp_path) -> None:
    desk = open_test_office(tmp_path / "武陟.db", profile="wuzhi-2022")
    desk.clock.day = date(2022, 8, 1)
    kept = enter(desk, stall(trading_hours="5:00—9:30"))
    applications = Applications(desk.office)
    application = applications.apply(kept, on=date(2022, 8, 1), materials=["本人身份证明"], by=desk.clerk)
    applications.take_step(
        application, Step.COMPLETE, on=date(2022, 8, 1), note="从业人员健康证明", by=desk.clerk
    )
    target = tmp_path / "补正.pdf"

    Paperwork(desk.office, assets / "fonts").print(
        Wanted("completion_notice", ids=(kept,)), target, by=desk.clerk
    )

    text = whole_text(target)
    desk.office.db.close()
    assert "武陟县市场监督管理局" in text
    assert "备案申请补正告知书" in text
    assert "武市监备补〔2022〕1号" in text


def test_only_papers_that_can_be_made_are_offered(desk, paperwork) -> None:
    shop = enter(desk, workshop(), "workshop")
    before = {one.code for one in paperwork.possible(shop, by=desk.clerk)}
    issue(desk, shop)

    after = {one.code: one.title for one in paperwork.possible(shop, by=desk.clerk)}

    assert {"application_form", "dossier", "survey_record"} <= before
    assert not {"certificate_duplicate", "display_sheet", "refusal_decision"} & before
    assert {"certificate_duplicate", "display_sheet"} <= set(after)
    assert not {"card_small", "roster"} & set(after)
    assert after["dossier"] == "一户一档"
