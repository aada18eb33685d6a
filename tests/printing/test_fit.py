"""Long text shrinks, then takes two lines, then is refused; lines break where Chinese lines may."""

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from printing.fit import HANG, HANGS, NOT_FIRST, NOT_LAST, Style, broken, fit
from printing.fonts import Face
from printing.geometry import MM

KAI = Style(Face.KAI, 12, 9, two_lines=8)
TEXT = st.text("柳塘村早餐点油条豆浆，。、（）《》A1-2：；年月日", min_size=1, max_size=60)


def test_a_short_text_keeps_its_size(faces):
    assert fit("张三", KAI, 63, faces).size == 12


def test_a_longer_text_shrinks_in_quarter_points_and_no_more_than_it_must(faces):
    text = "金城镇东浦夜市街区B区十二号摊位"
    fitted = fit(text, KAI, 63, faces)

    assert 9 <= fitted.size < 12
    assert fitted.size % 0.25 == 0
    assert faces.width(text, Face.KAI) * (fitted.size + 0.25) > 63 * MM


def test_a_long_text_takes_two_lines(faces):
    fitted = fit("金城镇东浦村委会东侧三十米早餐夜市便民服务疏导点南区第二排", KAI, 63, faces)

    assert len(fitted.lines) == 2
    assert fitted.size == 8


def test_what_one_line_holds_in_larger_type_than_two_lines_have_stays_one_line(faces):
    text = "豆腐、百叶、豆腐干、素鸡、油豆腐、千张、豆浆、香干"
    fitted = fit(text, Style(Face.KAI, 13, 9.5, two_lines=8.5), 83, faces)

    assert fitted.lines == (text,)
    assert 9 <= fitted.size < 9.5


def test_a_text_that_fits_no_way_is_not_set(faces):
    assert fit("柳" * 60, KAI, 63, faces) is None


def test_what_must_stay_on_one_line_never_takes_two(faces):
    assert fit("柳" * 30, Style(Face.KAI, 12, 9), 63, faces) is None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=TEXT, size=st.sampled_from([8, 10.5, 16]))
def test_broken_lines_say_what_the_text_says(faces, text, size):
    lines = broken(text, Face.SONG, size, 100, faces)

    assert "".join(lines) == text.strip(" ")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=TEXT)
def test_no_line_is_wider_than_its_room_and_a_hanging_mark(faces, text):
    for line in broken(text, Face.SONG, 10.5, 60, faces):
        hanging = HANG if line[-1] in HANGS else 0.0
        assert (faces.width(line, Face.SONG) - hanging) * 10.5 <= 60 * MM + 0.01


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=st.text("柳塘村早餐点，。、（《A1", min_size=1, max_size=60))
def test_no_line_begins_or_ends_with_a_mark_that_belongs_to_the_other_side(faces, text):
    lines = broken(text, Face.SONG, 10.5, 60, faces)

    for before, after in pairwise(lines):
        words = [c for c in before if c not in NOT_FIRST and c not in NOT_LAST]
        if len(words) > 1:  # a line of nothing but marks has no better place to break
            assert after[0] not in NOT_FIRST
            assert before[-1] not in NOT_LAST


def test_the_last_line_is_not_one_character(faces):
    text = "柳" * 21

    assert [len(line) for line in broken(text, Face.SONG, 10, 20 * 10 / MM, faces)] == [19, 2]


@pytest.mark.parametrize("whole", ["92320413MA1T000133", "2018年12月20日", "〔2018〕12号", "17:30"])
def test_a_number_a_date_or_a_word_stays_whole(faces, whole):
    text = "柳" * 16 + whole + "柳" * 12

    assert any(whole in line for line in broken(text, Face.SONG, 10, 20 * 10 / MM, faces))


def test_a_word_wider_than_the_line_is_not_torn(faces):
    assert broken("1" * 80, Face.SONG, 10, 50, faces) is None
