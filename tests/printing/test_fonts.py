"""Every character is drawn by some font, or named before paper is spoilt."""

import re
from pathlib import Path

import pytest
from reportlab.pdfbase import pdfmetrics, ttfonts

from printing import text_layer
from printing.errors import FontMissing
from printing.fonts import RARE_FILES, Face, Faces, is_private_use, private_use

RARE = "𠮷𬭎𬱟䶮㛃𫖯"


@pytest.mark.parametrize("face", Face)
def test_rare_names_are_drawn_in_every_face(faces, face):
    assert faces.missing(RARE + "买买提·艾力", face) == ()


def test_a_rare_character_stands_in_the_same_line_in_a_font_that_has_it(faces):
    runs = faces.runs("朱𠮷生", Face.SONG)

    assert [run.text for run in runs] == ["朱", "𠮷", "生"]
    assert runs[0].font is runs[2].font is not runs[1].font


def test_a_character_of_the_newest_blocks_is_drawn_though_python_does_not_know_it(faces):
    assert faces.missing("\U00031350") == ()


def test_a_character_that_no_font_has_is_missing(faces):
    assert faces.missing("张\u0378三") == ("\u0378",)


@pytest.mark.parametrize("invisible", ["\u200b", "\n", "\u202e", "\ufeff"])
def test_a_character_that_shows_nothing_is_missing(faces, invisible):
    assert faces.missing(f"张{invisible}三") == (invisible,)


@pytest.mark.parametrize("mark", ["\ufe00", "\U000e0100", "\u0301", "\u20dd", "\u1ab6", "\ua700"])
def test_a_mark_that_belongs_to_the_letter_before_it_is_missing_and_no_dotted_box(faces, mark):
    assert faces.missing(f"葛{mark}") == (mark,)


@pytest.mark.parametrize("strange", ["😀", "🍜", "א", "ا"])
def test_a_picture_and_what_is_written_from_right_to_left_are_missing(faces, strange):
    assert faces.missing(f"{strange}记豆腐") == (strange,)


@pytest.mark.parametrize("own", ["\ue000", "\uf8ff", "\U000f0000", "\U00100000"])
def test_a_character_that_an_old_system_made_is_found(own):
    assert is_private_use(own)
    assert private_use(f"张{own}{own}") == (own,)


def test_a_font_is_read_when_its_first_character_is_asked_for(assets):
    lazy = Faces(assets / "fonts")

    lazy.width("张三", Face.SONG)

    assert set(lazy._fonts) == {"NotoSerifSC-Regular.ttf"}


def test_a_font_is_registered_once_however_often_it_is_opened(assets):
    Faces(assets / "fonts").width("张", Face.SONG)
    before = set(pdfmetrics.getRegisteredFontNames())

    Faces(assets / "fonts").width("张", Face.SONG)

    assert set(pdfmetrics.getRegisteredFontNames()) == before


def test_a_missing_main_font_is_named_with_the_way_out(tmp_path):
    with pytest.raises(FontMissing, match=r"NotoSerifSC-Regular\.ttf.*make setup"):
        Faces(tmp_path).width("张", Face.SONG)


def test_without_the_rare_fonts_papers_still_print_and_rare_characters_are_refused(assets, tmp_path):
    for file in (assets / "fonts").glob("*.ttf"):
        if file.name not in RARE_FILES:
            (tmp_path / file.name).symlink_to(file)

    assert Faces(tmp_path).missing("张𠮷") == ("𠮷",)


def test_fangsong_is_played_by_kai_unless_the_office_has_put_its_own_there(assets, tmp_path):
    assert Faces(assets / "fonts").file(Face.FANGSONG) == "LXGWWenKai-Regular.ttf"
    (tmp_path / "FangSong.ttf").symlink_to(assets / "fonts" / "NotoSansSC-Regular.ttf")
    assert Faces(tmp_path).file(Face.FANGSONG) == "FangSong.ttf"


def test_a_file_that_is_no_font_is_named(tmp_path):
    Path(tmp_path / "NotoSerifSC-Regular.ttf").write_bytes(b"nothing")

    with pytest.raises(FontMissing, match=r"NotoSerifSC-Regular\.ttf 读不了"):
        Faces(tmp_path).width("张", Face.SONG)


def test_the_character_map_writes_astral_characters_as_surrogate_pairs():
    lines = text_layer.to_unicode_map("font", [0x20BB7, 0x5F20])

    assert "<00> <D842DFB7>" in lines
    assert "<01> <5F20>" in lines


def test_reportlab_still_needs_the_corrected_map():
    """When this fails, ReportLab has put it right: drop printing/text_layer.correct_text_layer."""
    source = Path(ttfonts.__file__).read_text(encoding="utf-8")

    assert re.search(r'"<%02X> <%04X>" % \(i,v\)', source)
