"""The order of market supervision: complete, with its remedies, and signed for on its last page."""

from dataclasses import replace

import pytest

from printing.catalogue import documents
from printing.preview import Preview
from tests.printing.reading import squeezed, whole_text

ORDER = documents()["correction_order"]


def long_order(points):
    return replace(ORDER.sample, points=tuple(f"第{number:03d}处做防潮处理。" for number in range(points)))


@pytest.mark.parametrize("points", [1, 3, 6, 7, 8, 9, 12, 20, 24, 25, 26, 45])
def test_the_receipt_stands_on_the_last_page_under_the_text(points, printed):
    with Preview(printed(ORDER, long_order(points))) as pages:
        texts = [squeezed(pages.text(number)) for number in range(len(pages))]

    assert "送达签收" in texts[-1]
    assert "2026年5月13日" in texts[-1]
    assert "联系人：周立春" in texts[-1]
    assert sum(text.count("送达签收") for text in texts) == 1
    assert all("".join(texts).count(f"第{number:03d}处") == 1 for number in range(points))


def test_the_order_names_both_remedies_and_the_law(printed):
    text = whole_text(printed(ORDER, ORDER.sample))

    for words in ("第二十八条", "六十日内", "行政复议", "六个月内", "行政诉讼", "逾期不改正", "一式三份"):
        assert words in text


@pytest.mark.parametrize("fact", ["office", "title", "number", "issuer"])
def test_a_missing_fact_stops_the_order(fact, faces):
    assert "missing_fact" in {r.code for r in ORDER.check(replace(ORDER.sample, **{fact: " "}), faces)}


@pytest.mark.parametrize("fact", ["party", "address", "found", "order", "points", "closing"])
def test_a_missing_part_stops_the_order(fact, faces):
    assert [r.code for r in ORDER.check(replace(ORDER.sample, **{fact: ()}), faces)] == ["missing_fact"]
