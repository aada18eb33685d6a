"""The notice of the township: complete, without the words of an order, and never a signature alone."""

from dataclasses import replace

import pytest

from printing.catalogue import documents
from printing.documents.rectification_notice import LAYOUT
from printing.preview import Preview
from tests.printing.reading import squeezed, whole_text

NOTICE = documents()["rectification_notice"]


def long_notice(findings):
    return replace(NOTICE.sample, findings=tuple(f"第{number}处地面潮湿。" for number in range(findings)))


def test_the_township_threatens_with_nothing():
    said = "".join([NOTICE.sample.title, NOTICE.sample.opening, *NOTICE.sample.closing])

    for word in ("责令", "处罚", "罚款", "复议", "诉讼"):
        assert word not in said


@pytest.mark.parametrize("fact", ["letterhead", "number", "title", "addressee", "opening", "issuer"])
def test_a_missing_fact_stops_the_notice(fact, faces):
    reasons = NOTICE.check(replace(NOTICE.sample, **{fact: " "}), faces)

    assert "missing_fact" in {reason.code for reason in reasons}


@pytest.mark.parametrize("findings", [(), ("地面潮湿。", " ")])
def test_a_notice_without_what_was_found_is_stopped(findings, faces):
    reasons = NOTICE.check(replace(NOTICE.sample, findings=findings), faces)

    assert [reason.code for reason in reasons] == ["missing_fact"]


@pytest.mark.parametrize("findings", range(1, 60))
def test_the_signature_is_never_alone_on_its_page(findings, printed):
    with Preview(printed(NOTICE, long_notice(findings))) as pages:
        last = squeezed(pages.text(len(pages) - 1))

        assert "签收人" in last
        assert "2018年6月8日" in last
        assert "电话：0519" in last
        assert "整改中需要指导的" in last


def test_the_findings_are_numbered_in_chinese(printed):
    text = whole_text(printed(NOTICE, long_notice(12)))

    assert "一、第0处" in text
    assert "十二、第11处" in text


def test_only_further_pages_are_numbered(printed):
    with Preview(printed(NOTICE, long_notice(50))) as pages:
        texts = [squeezed(pages.text(number)) for number in range(len(pages))]

    assert "—1—" not in texts[0]
    assert "—2—" in texts[1]
    assert "—3—" in texts[2]


def test_paper_with_a_printed_head_gets_none(printed):
    headed = replace(NOTICE.sample, head_ink="", letterhead="无此单位")

    assert "无此单位" not in whole_text(printed(NOTICE, headed))


def test_a_line_of_the_body_has_twenty_eight_characters():
    assert int(LAYOUT.width / LAYOUT.em) == 28
