"""The page of decisions: complete or refused, on one page where that can be, and never a signature alone."""

from dataclasses import replace

import pytest

from printing.catalogue import documents
from printing.decision_page import LAYOUT
from printing.preview import Preview
from tests.printing.reading import squeezed, whole_text

REFUSAL = documents()["refusal_decision"]


def reasons_of(length):
    return replace(REFUSAL.sample, paragraphs=("不符合" * length + "。", "可以申请复议。", "完。"))


@pytest.mark.parametrize("fact", ["office", "number", "title", "issuer"])
def test_a_decision_that_lacks_one_thing_is_refused_for_it_alone(fact, faces):
    reasons = REFUSAL.check(replace(REFUSAL.sample, **{fact: " "}), faces)

    assert [reason.code for reason in reasons] == ["missing_fact"]


def test_a_decision_about_nobody_is_refused_with_the_name_of_the_line(faces):
    reasons = REFUSAL.check(replace(REFUSAL.sample, parties=(("申请人", ""),)), faces)

    assert ["申请人" in reason.sentence for reason in reasons] == [True]


@pytest.mark.parametrize("length", range(40, 420, 20))
def test_the_last_page_holds_two_lines_of_text_the_signature_and_the_box(length, printed):
    with Preview(printed(REFUSAL, reasons_of(length))) as pages:
        last = squeezed(pages.text(len(pages) - 1))

        assert "可以申请复议。完。" in last
        assert "2018年7月6日" in last
        assert "送达人" in last


def test_a_text_a_little_too_long_shrinks_before_it_takes_a_second_page(faces):
    lengths = range(40, 420, 4)

    pages = [REFUSAL.pages(reasons_of(length), faces) for length in lengths]

    assert pages[0] == 1
    assert pages == sorted(pages)
    longest_on_one = lengths[pages.index(2) - 1] * 3
    in_full_size = (LAYOUT.last_with_end_y - 88) / LAYOUT.measure.pitch * LAYOUT.measure.width
    assert longest_on_one > in_full_size / LAYOUT.measure.em - 3 * 34


def test_the_refusal_says_why_and_whom_to_turn_to(printed):
    text = whole_text(printed(REFUSAL, REFUSAL.sample))

    for word in ("不予登记", "六十日内", "行政复议", "六个月内", "行政诉讼"):
        assert word in text


def test_a_paper_that_nobody_signs_for_has_no_box(printed):
    text = whole_text(printed(REFUSAL, replace(REFUSAL.sample, receipt_label="")))

    assert "送达" not in text
