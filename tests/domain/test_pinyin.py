"""Names are found and sorted by how they are read, surnames by how they are read as surnames."""

import pytest
from hypothesis import given
from hypothesis.strategies import text
from pypinyin import lazy_pinyin

from desktop.domain.pinyin import SURNAMES, initials, pinyin, sort_key


@pytest.mark.parametrize(
    ("name", "read", "letters"),
    [
        ("单秀兰", "shanxiulan", "sxl"),
        ("曾刚玲", "zenggangling", "zgl"),
        ("解小明", "xiexiaoming", "xxm"),
        ("仇小明", "qiuxiaoming", "qxm"),
        ("区小明", "ouxiaoming", "oxm"),
        ("查小明", "zhaxiaoming", "zxm"),
        ("盖小明", "gexiaoming", "gxm"),
        ("朴小明", "piaoxiaoming", "pxm"),
        ("任小明", "renxiaoming", "rxm"),
        ("尉迟明", "yuchiming", "ycm"),
        ("禤丽", "xuanli", "xl"),
        ("张𬭎", "zhanghong", "zh"),
    ],
)
def test_a_surname_has_the_reading_of_a_surname(name, read, letters):
    assert pinyin(name, is_person=True) == read
    assert initials(name, is_person=True) == letters


def test_a_place_keeps_the_ordinary_reading():
    assert pinyin("解放路") == "jiefanglu"


def test_a_name_of_a_minority_is_found_without_typing_its_dot():
    assert pinyin("买买提·艾力", is_person=True) == "maimaitiaili"
    assert initials("买买提·艾力", is_person=True) == "mmtal"


def test_latin_letters_are_found_in_small_letters():
    assert pinyin("ＡBC小吃") == "abcxiaochi"
    assert initials("ＡBC小吃") == "abcxc"


@pytest.mark.parametrize("rare", ["𠮷", "\ue000"])
def test_a_character_without_reading_is_kept(rare):
    assert rare in pinyin(f"张{rare}", is_person=True)
    assert initials(f"张{rare}", is_person=True) == f"z{rare}"


def test_names_sort_by_reading_and_then_by_character():
    names = ["曾明", "张三", "单秀兰", "安宁", "任强"]
    assert sorted(names, key=lambda name: sort_key(name, is_person=True)) == [
        "安宁",
        "任强",
        "单秀兰",
        "曾明",
        "张三",
    ]
    assert sort_key("张三", is_person=True) != sort_key("章三", is_person=True)


@given(text())
def test_any_text_has_a_reading_and_an_order(typed):
    for is_person in (True, False):
        assert len(initials(typed, is_person=is_person)) <= len(pinyin(typed, is_person=is_person))
        assert sort_key(typed, is_person=is_person).endswith(typed)


def test_each_surname_of_the_table_has_a_syllable_for_each_character():
    assert [name for name, read in SURNAMES.items() if len(read.split()) != len(name)] == []


@given(text(alphabet="重庆长乐单于解记豆腐行银音乐会中文", max_size=12))
def test_words_that_are_remembered_read_as_they_do_in_one_go(written):
    assert sort_key(written) == " ".join(lazy_pinyin(written)) + "\t" + written
