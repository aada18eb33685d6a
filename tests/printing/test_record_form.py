"""The record forms: nothing cut, the head over its rows on each page, only options that exist."""

from dataclasses import replace

import pytest

from printing.catalogue import documents
from printing.preview import Preview
from tests.printing.reading import squeezed, whole_text

ALL = documents()
RECORD = ALL["reinspection_record"]
SHEET = ALL["inspection_sheet"]
FORMS = [
    "closing_out_approval",
    "extension_approval",
    "inspection_sheet",
    "look_back_record",
    "rectification_report",
    "reinspection_record",
    "service_receipt",
    "shutdown_record",
]


@pytest.mark.parametrize("findings", [1, 7, 12, 40])
def test_every_finding_is_printed_once_and_the_head_stands_over_them_on_each_page(findings, printed):
    found = tuple(f"第{number:03d}处地面潮湿。" for number in range(findings))

    with Preview(printed(RECORD, replace(RECORD.sample, findings=found))) as pages:
        texts = [squeezed(pages.text(number)) for number in range(len(pages))]

    assert all("".join(texts).count(text) == 1 for text in found)
    for text in texts:
        assert "第0" not in text or "序号问题是否改好" in text


def test_a_text_longer_than_a_page_runs_on_and_loses_nothing(printed):
    told = tuple(f"第{number:03d}处仍未改好，地面潮湿，豆料落地堆放。" for number in range(90))

    text = whole_text(printed(RECORD, replace(RECORD.sample, found=told)))

    assert all(text.count(one) == 1 for one in told)


@pytest.mark.parametrize("code", FORMS)
def test_a_form_without_its_party_is_refused(code, faces):
    sample = ALL[code].sample

    reasons = ALL[code].check(replace(sample, party=replace(sample.party, name=" ")), faces)

    assert [reason.code for reason in reasons] == ["missing_fact"]


def test_what_is_no_option_of_the_form_is_refused_and_named(faces):
    reasons = RECORD.check(replace(RECORD.sample, result="大致合格"), faces)

    assert [reason.code for reason in reasons] == ["fit"]
    assert "大致合格" in reasons[0].sentence


def test_a_word_wider_than_its_cell_is_refused_with_the_text(faces):
    reasons = RECORD.check(replace(RECORD.sample, found=("x" * 200,)), faces)

    assert [reason.code for reason in reasons] == ["fit"]
    assert "x" * 200 in reasons[0].sentence


@pytest.mark.parametrize("fact", ["inspectors", "result"])
def test_a_record_of_a_visit_must_say_who_saw_what(fact, faces):
    empty = () if fact == "inspectors" else None

    assert RECORD.check(replace(RECORD.sample, **{fact: empty}), faces)
    assert RECORD.check(replace(RECORD.sample, checked_on=None, **{fact: empty}), faces) == ()


def test_a_check_list_of_fifteen_items_takes_one_page(faces):
    assert SHEET.pages(SHEET.sample, faces) == 1


def test_signatures_never_stand_alone_on_a_page(printed):
    """Nineteen items fill a page to the last row before the signatures."""
    items = tuple(replace(SHEET.sample.items[0], text=f"第{number}处清洁") for number in range(19))
    pages = [replace(SHEET.sample, items=items[:number]) for number in range(15, 20)]

    for facts in pages:
        with Preview(printed(SHEET, facts)) as seen:
            last = squeezed(seen.text(len(seen) - 1))
        assert "发现问题" in last
        assert "处理意见" in last
        assert "被检查人（签名）" in last


def test_a_report_is_signed_under_a_finding_at_least(printed):
    report = ALL["rectification_report"]
    found = tuple(f"第{number}处地面潮湿，豆料直接落地堆放，未离墙离地。" for number in range(12))

    with Preview(printed(report, replace(report.sample, findings=found))) as pages:
        texts = [squeezed(pages.text(number)) for number in range(len(pages))]

    assert len(texts) == 2
    assert "第11处" in texts[1].partition("报告人")[0]
    assert "序号问题" in texts[1]


def test_a_blank_sheet_carries_the_code_of_its_record(faces, printed):
    blank = replace(SHEET.sample, inspected_on=None, qr_text="100-0012")

    assert SHEET.check(blank, faces) == ()
    assert printed(SHEET, blank).read_bytes() != printed(SHEET, replace(blank, qr_text="")).read_bytes()
