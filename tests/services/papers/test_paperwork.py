"""The papers about an application: what the register says, in the words of the rule pack, and in the log."""

from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from desktop.domain.act import Role
from desktop.errors import ChangedMeanwhileError, NotAllowedError, RuleError, UserError
from desktop.services.papers.papers import Wanted
from desktop.services.papers.paperwork import Paperwork
from desktop.services.register.dossiers import Dossiers
from desktop.services.registration.applications import Applications, Step
from desktop.services.survey.surveys import Surveys
from tests.offices import TODAY, TestOffice, stall, workshop
from tests.printing.reading import whole_text

NEXT = date(2018, 6, 11)


def applied(desk: TestOffice, kind: str = "workshop", number: int = 1, **changed: object) -> tuple[int, int]:
    """Take in an application that lacks nothing but the promise; return establishment and application."""
    typed = (workshop if kind == "workshop" else stall)(**changed)
    shop = Surveys(desk.office).save(kind, typed, by=desk.clerk, identity=UUID(int=number)).id
    materials = [one for one in desk.office.profile.trade(kind).materials if one != "食品安全承诺书"]
    application = Applications(desk.office).apply(shop, on=TODAY, materials=materials, by=desk.clerk)
    return shop, application


def take(desk: TestOffice, application: int, step: Step, on: date = NEXT, **how: object) -> None:
    desk.clock.day = max(desk.clock.day, on)
    Applications(desk.office).take_step(application, step, on=on, by=desk.clerk, **how)


@pytest.fixture
def paperwork(desk: TestOffice, assets: Path) -> Paperwork:
    return Paperwork(desk.office, assets / "fonts")


def test_an_acceptance_states_the_clock_that_runs_from_that_day(desk, paperwork, tmp_path) -> None:
    shop, application = applied(desk)
    take(desk, application, Step.ACCEPT)

    done = paperwork.print(Wanted("acceptance_slip", ids=(shop,)), tmp_path / "受理.pdf", by=desk.clerk)

    assert [(one.number, one.copy) for one in done.papers] == [("坛市监登受〔2018〕1号", 1)]
    text = whole_text(Path(done.file))
    for words in (
        "常州市金坛区市场监督管理局",
        "登记申请受理通知书",
        "沙湖豆腐坊（经营者：钱杰永）",
        "2018年6月8日提出的食品小作坊登记申请",
        "《中华人民共和国行政许可法》第三十二条",
        "受理日期为2018年6月11日",
        "20个工作日内（至2018年7月10日）",
        "5个工作日内发给食品小作坊登记证",
    ):
        assert words in text


def test_what_is_missing_is_told_in_points(desk, paperwork, tmp_path) -> None:
    shop, application = applied(desk, "stall")
    take(desk, application, Step.COMPLETE, note="食品安全承诺书、照片；\n从业人员健康证明")

    done = paperwork.print(Wanted("completion_notice", ids=(shop,)), tmp_path / "补正.pdf", by=desk.clerk)

    text = whole_text(Path(done.file))
    assert done.papers[0].number == "金食安办登补〔2018〕1号"
    assert "一、食品安全承诺书。" in text
    assert "二、照片。" in text
    assert "三、从业人员健康证明。" in text


def test_a_completion_without_a_word_says_what_the_application_lacks(desk, paperwork, tmp_path) -> None:
    shop, application = applied(desk)
    take(desk, application, Step.COMPLETE)

    done = paperwork.print(Wanted("completion_notice", ids=(shop,)), tmp_path / "补正.pdf", by=desk.clerk)

    assert "一、食品安全承诺书。" in whole_text(Path(done.file))


def test_what_was_missing_is_still_said_after_it_came_and_the_slip_names_it(
    desk, paperwork, tmp_path
) -> None:
    shop, application = applied(desk)
    take(desk, application, Step.COMPLETE)
    take(desk, application, Step.ACCEPT)

    later = paperwork.print(Wanted("completion_notice", ids=(shop,)), tmp_path / "补正.pdf", by=desk.clerk)
    slip = paperwork.print(Wanted("acceptance_slip", ids=(shop,)), tmp_path / "受理.pdf", by=desk.clerk)

    assert "一、食品安全承诺书。" in whole_text(Path(later.file))
    received = whole_text(Path(slip.file)).partition("已收材料：")[2]
    assert "食品安全承诺书" in received.partition("。")[0]


def test_a_completion_that_asks_for_nothing_is_refused(desk) -> None:
    shop = Surveys(desk.office).save("stall", stall(), by=desk.clerk, identity=UUID(int=1)).id
    whole = desk.office.profile.trade("stall").materials
    application = Applications(desk.office).apply(shop, on=TODAY, materials=whole, by=desk.clerk)

    with pytest.raises(RuleError, match="一次写明缺什么"):
        take(desk, application, Step.COMPLETE)


def test_a_refusal_gives_reasons_and_remedies_on_the_clause_of_its_day(desk, paperwork, tmp_path) -> None:
    shop, application = applied(desk)
    take(desk, application, Step.ACCEPT)
    take(desk, application, Step.REFUSE, note="生产用水取自未经检测的自备井\n排污沟与原料间相通。")

    done = paperwork.print(Wanted("refusal_decision", ids=(shop,)), tmp_path / "不予.pdf", by=desk.clerk)

    text = whole_text(Path(done.file))
    for words in (
        "不予登记决定书",
        "坛市监登不〔2018〕1号",
        "生产用水取自未经检测的自备井。",
        "排污沟与原料间相通。",
        "第三十八条第二款",
        "六十日内向常州市金坛区人民政府或者常州市市场监督管理局申请行政复议",
        "六个月内依法向人民法院提起行政诉讼",
    ):
        assert words in text


def test_each_paper_has_its_own_sequence_and_no_step_takes_two_numbers(desk, paperwork, tmp_path) -> None:
    numbers = []
    for place in (1, 2):
        shop, application = applied(desk, "stall", number=place, address=f"沙湖村{place}号")
        take(desk, application, Step.COMPLETE, note="照片")
        take(desk, application, Step.ACCEPT)
        for code in ("completion_notice", "acceptance_slip"):
            file = tmp_path / f"{code}{place}.pdf"
            numbers += [
                one.number for one in paperwork.print(Wanted(code, ids=(shop,)), file, by=desk.clerk).papers
            ]

    assert numbers == [
        "金食安办登补〔2018〕1号",
        "金食安办登受〔2018〕1号",
        "金食安办登补〔2018〕2号",
        "金食安办登受〔2018〕2号",
    ]


def test_papers_are_chosen_by_number_by_day_and_by_what_was_not_printed(desk, paperwork, tmp_path) -> None:
    for place in (1, 2):
        _, application = applied(desk, "stall", number=place, address=f"沙湖村{place}号")
        take(desk, application, Step.ACCEPT, date(2018, 6, 10 + place))
    code, file = "acceptance_slip", tmp_path / "受理.pdf"

    by_day = paperwork.print(Wanted(code, issued_on=date(2018, 6, 12)), file, by=desk.clerk)
    rest = paperwork.print(Wanted(code, is_unprinted=True), file, by=desk.clerk)
    again = paperwork.print(
        Wanted(code, numbers=("金食安办登受〔2018〕2号",)), file, by=desk.clerk, reason="淋湿了"
    )

    assert [one.number for one in by_day.papers] == ["金食安办登受〔2018〕2号"]
    assert [one.number for one in rest.papers] == ["金食安办登受〔2018〕1号"]
    assert [one.copy for one in again.papers] == [2]
    with pytest.raises(UserError, match="没有编号为 金食安办登受〔2018〕9号 的这种文书"):
        paperwork.print(Wanted(code, numbers=("金食安办登受〔2018〕9号",)), file, by=desk.clerk)


def test_a_reprint_without_its_reason_leaves_neither_file_nor_log(desk, paperwork, tmp_path) -> None:
    shop, application = applied(desk)
    take(desk, application, Step.ACCEPT)
    wanted = Wanted("acceptance_slip", ids=(shop,))
    paperwork.print(wanted, tmp_path / "一.pdf", by=desk.clerk)

    with pytest.raises(UserError, match="再打须写明原因"):
        paperwork.print(wanted, tmp_path / "二.pdf", by=desk.clerk, reason=" ")

    assert not (tmp_path / "二.pdf").exists()
    assert paperwork.print(wanted, tmp_path / "三.pdf", by=desk.clerk, reason="补").papers[0].copy == 2


def test_a_step_that_was_not_taken_has_no_paper(desk, paperwork, tmp_path) -> None:
    shop, _ = applied(desk)

    done = paperwork.print(Wanted("refusal_decision", ids=(shop,)), tmp_path / "不予.pdf", by=desk.clerk)

    assert done.file == ""
    assert [(one.id, one.code) for one in done.refused] == [(shop, "no_paper")]
    assert "还没有决定不予登记这一步" in done.refused[0].reason


def test_what_cannot_be_printed_can_be_left_out(desk, paperwork, tmp_path) -> None:
    shop, application = applied(desk)
    take(desk, application, Step.ACCEPT)
    other, _ = applied(desk, "stall", number=2)
    wanted = Wanted("acceptance_slip", ids=(shop, other))

    refused = paperwork.print(wanted, tmp_path / "全.pdf", by=desk.clerk)
    rest = paperwork.print(wanted, tmp_path / "余.pdf", by=desk.clerk, skip_refused=True)

    assert (refused.file, [one.id for one in refused.refused]) == ("", [other])
    assert ([one.copy for one in rest.papers], [one.id for one in rest.refused]) == ([1], [other])


def test_two_desks_do_not_both_print_a_first_copy(desk, paperwork, tmp_path) -> None:
    shop, application = applied(desk)
    take(desk, application, Step.ACCEPT)
    wanted, ours, theirs = Wanted("acceptance_slip", ids=(shop,)), tmp_path / "我.pdf", tmp_path / "他.pdf"

    def other_desk_prints(done: int, total: int) -> None:
        if not theirs.exists():
            paperwork.print(wanted, theirs, by=desk.clerk)

    with pytest.raises(ChangedMeanwhileError, match="刚被别人打印过"):
        paperwork.print(wanted, ours, by=desk.clerk, progress=other_desk_prints)

    assert theirs.exists()
    assert not ours.exists()


def test_a_look_is_no_print(desk, paperwork, tmp_path) -> None:
    shop, application = applied(desk)
    take(desk, application, Step.ACCEPT)
    wanted = Wanted("acceptance_slip", ids=(shop,))

    seen = paperwork.preview(wanted, tmp_path / "看.pdf", by=desk.clerk)
    printed = paperwork.print(wanted, tmp_path / "印.pdf", by=desk.clerk)

    assert seen.papers[0].copy == printed.papers[0].copy == 1
    assert Path(seen.file).read_bytes() == Path(printed.file).read_bytes()


def test_a_village_neither_prints_nor_sees_the_papers_of_another(desk, paperwork, tmp_path) -> None:
    shop, application = applied(desk)
    take(desk, application, Step.ACCEPT)
    stranger = desk.somebody("白塔村干部", Role.VILLAGE, village_id=1)
    wanted = Wanted("acceptance_slip", ids=(shop,))

    with pytest.raises(NotAllowedError):
        paperwork.print(wanted, tmp_path / "印.pdf", by=stranger)
    with pytest.raises(UserError, match="不在本村"):
        paperwork.preview(wanted, tmp_path / "看.pdf", by=stranger)


def test_the_timeline_tells_a_printed_letter_from_a_printed_card(desk, paperwork, tmp_path) -> None:
    shop, application = applied(desk)
    take(desk, application, Step.ACCEPT)
    paperwork.print(Wanted("acceptance_slip", ids=(shop,)), tmp_path / "受理.pdf", by=desk.clerk)

    newest = Dossiers(desk.office).timeline(shop, by=desk.clerk)[0]

    assert (newest.title, newest.text) == ("打印文书", "坛市监登受〔2018〕1号")
