"""The letter page that notices share: what it refuses, and what it leaves away."""

from dataclasses import replace
from datetime import date

import pytest

from printing.document import Document
from printing.geometry import A4
from printing.notice_page import Notice, draw_notice
from tests.printing.reading import whole_text

NOTICE = Notice(
    letterhead="金城镇食品安全委员会办公室",
    number="金食安办函〔2018〕3号",
    title="关于登记事项的函",
    addressee="石桥村村民委员会",
    paragraphs=("请于2018年6月29日前核对本村名册。", "联系人：周立春。"),
    issuer="金城镇食品安全委员会办公室",
    issued_on=date(2018, 6, 8),
)
LETTER = Document(code="letter", title="函", sheet=A4, sample=NOTICE, longest=NOTICE, draw=draw_notice)


@pytest.mark.parametrize("fact", ["letterhead", "number", "title", "addressee", "issuer"])
def test_a_letter_that_lacks_one_thing_is_refused_for_it_alone(fact, faces):
    reasons = LETTER.check(replace(NOTICE, **{fact: " "}), faces)

    assert [reason.code for reason in reasons] == ["missing_fact"]


def test_a_letter_without_text_is_refused(faces):
    reasons = LETTER.check(replace(NOTICE, paragraphs=()), faces)

    assert ["正文" in reason.sentence for reason in reasons] == [True]


def test_a_letter_for_which_nobody_signs_has_no_line_to_sign_on(printed):
    unsigned = replace(NOTICE, receipt_label="")

    assert "签收" in whole_text(printed(LETTER, NOTICE))
    assert "签收" not in whole_text(printed(LETTER, unsigned))
