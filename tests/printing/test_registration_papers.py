"""Certificates and cards: what is refused, how numbers read, and other provinces by the same drawing."""

from dataclasses import replace

import pytest
from PIL import Image

from printing import qr
from printing.catalogue import documents
from printing.fit import fit
from printing.fonts import Face
from printing.preview import Preview
from printing.registration import Row
from tests.printing.eatery import EATERY, LONGEST_EATERY
from tests.printing.reading import raw_text, whole_text

CARDS = [documents()[code] for code in ("certificate", "card")]


def with_value(document, index, value):
    rows = list(document.sample.rows)
    rows[index] = replace(rows[index], value=value)
    return replace(document.sample, rows=tuple(rows))


@pytest.fixture(params=CARDS, ids=lambda document: document.code)
def document(request):
    return request.param


@pytest.mark.parametrize("index", range(6))
@pytest.mark.parametrize("empty", ["", " ", "\u3000"])
def test_an_empty_line_stops_the_paper(document, index, empty, faces):
    reasons = document.check(with_value(document, index, empty), faces)

    assert [reason.code for reason in reasons] == ["missing_fact"]
    assert document.sample.rows[index].label in reasons[0].sentence


def test_a_paper_without_number_is_stopped(document, faces):
    reasons = document.check(replace(document.sample, number=""), faces)

    assert [reason.code for reason in reasons] == ["missing_fact"]


def test_a_text_that_fits_no_way_is_refused_with_the_text(document, faces):
    reasons = document.check(with_value(document, 0, "柳" * 60), faces)

    assert [reason.code for reason in reasons] == ["fit"]
    assert "柳" * 60 in reasons[0].sentence


def test_all_that_is_wrong_is_said_together(document, faces):
    facts = replace(with_value(document, 1, ""), note="好\ue000", number="")

    assert {reason.code for reason in document.check(facts, faces)} == {"missing_fact", "private_use"}


def test_a_code_too_fine_to_read_is_refused(document, faces):
    facts = replace(document.sample, qr_text="柳塘" * 400)

    assert [reason.code for reason in document.check(facts, faces)] == ["fit"]


def test_more_lines_than_the_paper_has_are_refused(document, faces):
    facts = replace(document.sample, rows=(*document.sample.rows, Row("备注", "无")))

    assert "fit" in {reason.code for reason in document.check(facts, faces)}


def test_the_number_is_read_back_as_it_is_stored(document, printed):
    assert document.sample.number.replace(" ", "") in whole_text(printed(document, document.sample))


@pytest.mark.parametrize("name", ["朱𠮷生", "张𬭎", "欧阳㛃", "陈䶮", "王𬱟𫖯", "买买提·艾力"])
def test_rare_names_are_read_back_exactly(document, name, printed):
    assert name in whole_text(printed(document, with_value(document, 0, name)))


def test_another_province_prints_its_own_card_with_the_same_drawing(faces, printed):
    stall = documents()["card"]
    filing = replace(
        stall.sample,
        title="食品小摊点备案卡",
        number_label="备案编号",
        number="4108230001",
        rows=(
            Row("姓名", "禤秀兰"),
            Row("经营区域", "木城街道兴华路夜市", may_wrap=True),
            Row("时段", "17:30—次日1:00"),
        ),
        issuer_label="备案部门",
        issuer="武陟县市场监督管理局",
        date_label="备案日期",
        qr_text="",
        hotlines=("12315",),
    )

    assert stall.check(filing, faces) == ()
    text = whole_text(printed(stall, filing))
    assert "食品小摊点备案卡" in text
    assert "登记卡" not in text
    assert "扫码" not in text


@pytest.mark.parametrize("shortened", [None, "CY32041310020180021"])
def test_the_code_on_the_page_holds_its_text(document, shortened, printed):
    """Each module of the picture is as in the code of the text, with clear paper round it."""
    facts = replace(document.sample, qr_text=shortened or document.sample.qr_text)
    place = document.layout.code
    matrix = [[module == "1" for module in row] for row in qr.rows(facts.qr_text)]

    with Preview(printed(document, facts)) as pages:
        width, height, dots = pages.rgb(0, 300)
    picture = Image.frombytes("RGB", (width, height), dots).convert("L")
    module = place.width / len(matrix)

    def is_dark(column, row):
        x, y = place.x + (column + 0.5) * module, place.y + (row + 0.5) * module
        return picture.getpixel((round(x * 300 / 25.4), round(y * 300 / 25.4))) < 128

    with_clear_paper = range(-4, len(matrix) + 4)
    for row in with_clear_paper:
        for column in with_clear_paper:
            inside = 0 <= row < len(matrix) and 0 <= column < len(matrix)
            assert is_dark(column, row) == bool(inside and matrix[row][column])


def test_a_rare_character_in_a_bold_line_is_thickened(printed):
    card = documents()["card"]

    bold = raw_text(printed(card, replace(card.sample, issuer="𠮷村食品安全委员会")))

    assert "2 Tr" in bold
    assert "2 Tr" not in raw_text(printed(card, card.sample))


def test_the_clear_paper_of_the_seal_is_not_touched_by_the_code(document):
    seal = {"certificate": (207, 168), "card": (78, 80)}[document.code]
    code = document.layout.code
    nearest = max(code.x, min(seal[0], code.right)), max(code.y, min(seal[1], code.bottom))

    assert (nearest[0] - seal[0]) ** 2 + (nearest[1] - seal[1]) ** 2 > 21**2


@pytest.mark.parametrize(("name", "facts"), [("sample", EATERY), ("longest", LONGEST_EATERY)])
def test_the_card_of_an_eatery_looks_as_it_did(name, facts, printed, golden):
    golden(printed(documents()["card"], facts), f"eatery-card-{name}", 110)


@pytest.mark.parametrize("may_wrap", [False, True])
@pytest.mark.parametrize("code", ["certificate_duplicate", "display_sheet"])
def test_whatever_the_original_holds_its_duplicate_and_the_sheet_on_the_wall_hold(code, may_wrap, faces):
    original, copy = (documents()[one].layout.lines for one in ("certificate", code))

    def holds(lines, text):
        place = lines.place("products", 0)
        return fit(text, place.style(Face.KAI, may_wrap=may_wrap), place.box.width, faces) is not None

    longest = max(count for count in range(1, 80) if holds(original, "豆" * count))
    assert longest >= (58 if may_wrap else 29)
    assert holds(copy, "豆" * longest)
    listed = "豆" * (longest % 4) + "豆腐干、" * (longest // 4)
    assert holds(copy, listed[:longest])
