"""The roster: every row on a page as a whole, the head on each, what does not apply marked."""

from dataclasses import replace

import pytest

from printing.catalogue import documents
from printing.preview import Preview
from tests.printing.reading import squeezed, whole_text

ROSTER = documents()["roster"]


def roster(count):
    row = ROSTER.sample.rows[0]
    return replace(
        ROSTER.sample, rows=tuple(replace(row, number=f"TF{number:017d}") for number in range(count))
    )


@pytest.mark.parametrize(("rows", "pages"), [(1, 1), (10, 1), (11, 1), (12, 2), (40, 4)])
def test_rows_run_over_pages_and_the_head_repeats(rows, pages, printed):
    with Preview(printed(ROSTER, roster(rows))) as file:
        texts = [squeezed(file.text(number)) for number in range(len(file))]

    assert len(texts) == pages
    for number, text in enumerate(texts, start=1):
        assert "登记卡编号" in text
        assert f"第{number}页共{pages}页" in text
    assert "合计" in texts[-1]
    assert sum(text.count("合计") for text in texts) == 1


def test_every_row_is_printed_once(printed):
    text = whole_text(printed(ROSTER, roster(40)))

    assert all(text.count(f"TF{number:017d}") == 1 for number in range(40))


def test_a_paper_without_end_is_good_for_ever_and_not_without_a_day(printed):
    endless = replace(ROSTER.sample.rows[0], valid_until=None)

    text = whole_text(printed(ROSTER, replace(ROSTER.sample, rows=(endless,))))

    assert "长期有效" in text  # the day, and the status beside it


def test_what_does_not_apply_is_marked(printed):
    bare = replace(ROSTER.sample.rows[0], number="", valid_until=None)

    assert whole_text(printed(ROSTER, replace(ROSTER.sample, rows=(bare,)))).count("／") == 2


def test_a_row_without_operator_is_refused_and_named(faces):
    rows = (ROSTER.sample.rows[0], replace(ROSTER.sample.rows[1], operator=""))

    reasons = ROSTER.check(replace(ROSTER.sample, rows=rows), faces)

    assert [reason.code for reason in reasons] == ["missing_fact"]
    assert "第2户" in reasons[0].sentence
    assert ROSTER.sample.rows[1].place in reasons[0].sentence


@pytest.mark.parametrize("code", ["roster", "decision_list", "signing_sheet"])
def test_a_bad_character_in_a_list_is_found_in_the_register(code, faces):
    paper = documents()[code]
    first = paper.sample.rows[0]
    number = first.number if code == "roster" else next(cell for cell in first if cell[:2] in ("TF", "ZF"))
    bad = replace(first, products="面\ue000") if code == "roster" else (*first[:4], "面\ue000", *first[5:])

    (reason,) = paper.check(replace(paper.sample, rows=(bad,)), faces)

    assert (reason.code, number in reason.sentence) == ("private_use", True)


def test_an_empty_roster_is_refused(faces):
    assert [r.code for r in ROSTER.check(replace(ROSTER.sample, rows=()), faces)] == ["missing_fact"]


def test_another_province_names_its_numbers_otherwise(printed):
    filings = replace(ROSTER.sample, number_head="备案编号")

    assert "备案编号" in whole_text(printed(ROSTER, filings))


def test_a_very_long_cell_makes_its_row_grow_and_loses_nothing(printed):
    place = "金城镇柳塘村中街" * 12
    rows = (replace(ROSTER.sample.rows[0], place=place),)

    assert place in whole_text(printed(ROSTER, replace(ROSTER.sample, rows=rows)))
