"""Where issuer and date of an official paper stand on the finished page (GB/T 9704-2012, 7.3.5.1)."""

from dataclasses import replace

import pypdfium2
import pytest

from printing.catalogue import documents
from printing.geometry import MM

RIGHT = 184.0
"""The right edge of the text area: 28 mm from the left, 156 mm wide."""
SIZES = {
    "rectification_notice": 15.79,
    "transfer_letter": 15.79,
    "refusal_decision": 13,
    "correction_order": 13,
}
NEAR = 0.1


def place(file, text: str) -> tuple[float, float, float]:
    """Return left, right and base in mm of the last place at which a text stands in the file."""
    document = pypdfium2.PdfDocument(file)
    found = []
    for page in document:
        words = page.get_textpage()
        search = words.search(text)
        while (at := search.get_next()) is not None:
            left, bottom, _, _ = words.get_charbox(at[0], loose=True)
            _, _, right, _ = words.get_charbox(at[0] + at[1] - 1, loose=True)
            found.append((left / MM, right / MM, bottom / MM))
    document.close()
    return found[-1]


@pytest.mark.parametrize("code", SIZES)
def test_the_date_ends_four_characters_in_and_the_issuer_stands_over_its_middle(code, printed):
    document, em = documents()[code], SIZES[code] / MM
    facts = document.sample
    day = f"{facts.issued_on.year}年{facts.issued_on.month}月{facts.issued_on.day}日"

    file = printed(document, facts)
    left, right, base = place(file, day)
    start, end, above = place(file, facts.issuer)

    assert right == pytest.approx(RIGHT - 4 * em, abs=NEAR)
    assert (start + end) / 2 == pytest.approx((left + right) / 2, abs=NEAR)
    assert above - base > em


def test_an_issuer_too_long_for_the_middle_ends_at_the_edge_and_the_date_stays(printed):
    document = documents()["refusal_decision"]
    facts = replace(document.sample, issuer="新疆维吾尔自治区喀什地区巴楚县市场监督管理局")
    day = f"{facts.issued_on.year}年{facts.issued_on.month}月{facts.issued_on.day}日"

    file = printed(document, facts)

    assert place(file, facts.issuer)[1] == pytest.approx(RIGHT, abs=NEAR)
    assert place(file, day)[1] == pytest.approx(RIGHT - 4 * 13 / MM, abs=NEAR)
