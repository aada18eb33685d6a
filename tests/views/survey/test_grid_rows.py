"""Rows of the grid without a window: blocks as spreadsheets write them, headers, pace."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from desktop.profiles import load_profile
from desktop.views.survey.grid_rows import (
    GridRow,
    RowState,
    columns_of_header,
    grid_questions,
    pasted_cells,
    same_in_batch,
    whole,
)
from desktop.views.survey.pace import Pace

FORM = load_profile("jintan-2018").form("stall")
NOW = datetime(2018, 6, 8, 9, 0, tzinfo=UTC)
plain = st.text(
    st.characters(exclude_characters='\t\r\n"', exclude_categories=["Cc", "Cs", "Zs", "Zl", "Zp"])
)


@given(st.lists(st.lists(plain, min_size=2, max_size=4), min_size=1, max_size=5))
def test_a_block_is_read_back_cell_by_cell(block: list[list[str]]) -> None:
    text = "\r\n".join("\t".join(cells) for cells in block) + "\r\n"

    assert pasted_cells(text) == block


def test_a_quoted_cell_keeps_its_line_break_as_a_gap_and_its_quotes() -> None:
    assert pasted_cells('顾来娣\t"大饼\n油条"\t"他说""好"""\n') == [["顾来娣", "大饼 油条", '他说"好"']]


def test_a_header_is_known_by_the_words_of_the_rule_pack_in_any_order() -> None:
    assert columns_of_header(["摊主", "备注", "手机", "不认识"], FORM.questions) == [
        "operator_name",
        "remark",
        "phone",
        "",
    ]


def test_a_line_of_answers_is_no_header() -> None:
    assert columns_of_header(["顾来娣", "320413198603279990", "大饼"], FORM.questions) is None


def test_every_question_is_a_column_and_what_is_carried_stands_last() -> None:
    codes = [question.code for question in grid_questions(FORM)]

    assert sorted(codes) == sorted(question.code for question in FORM.questions)
    assert codes[0] == "operator_name"
    assert set(codes[-3:]) == {"village", "surveyor", "surveyed_on"}


def test_what_a_row_says_wins_over_what_is_carried() -> None:
    row = GridRow(UUID(int=1), {"village": " ", "surveyor": "吴芳"})

    assert whole(row, {"village": "沙湖村", "surveyor": "陈国华"}) == {
        "village": "沙湖村",
        "surveyor": "吴芳",
    }


def test_a_row_is_savable_only_once_the_register_was_asked() -> None:
    row = GridRow(UUID(int=1), {"operator_name": "顾来娣"})

    assert row.state is RowState.CHECKING
    row.is_checked = True
    assert row.state is RowState.GOOD


def test_the_same_number_in_two_rows_is_told_at_the_later_one() -> None:
    rows = [GridRow(UUID(int=n), {"phone": phone}) for n, phone in enumerate(["139", "", "１３９", "138"])]

    assert {place: [p.field for p in found] for place, found in same_in_batch(rows).items()} == {2: ["phone"]}


def test_the_pace_begins_with_the_first_keystroke_and_says_nothing_before_a_minute() -> None:
    pace = Pace().typed(NOW).typed(NOW + timedelta(hours=1)).saved(13)

    assert Pace().per_hour(NOW) is None
    assert pace.per_hour(NOW + timedelta(seconds=59)) is None
    assert pace.per_hour(NOW + timedelta(minutes=15)) == 52
    assert pace.minutes(NOW + timedelta(minutes=15)) == 15
