"""Layout files: the shipped ones are right, a wrong one is refused with its place, and papers follow them."""

from dataclasses import replace

import pytest

from desktop.domain.profile_file import PAPER_FACTS
from printing.catalogue import documents
from printing.documents.calibration import SHEETS, on_sheet
from printing.errors import PrintError
from printing.geometry import Box
from printing.layout import FACTS, PAPERS, Place
from printing.layout_file import WrongLayout, layout_text, parse_layout, standard
from tests.printing.reading import whole_text, word_boxes

ALL = [documents()[code] for code in PAPERS]
LAID_OUT = [documents()[code] for code in ("card", "card_small", "certificate")]


@pytest.fixture(params=LAID_OUT, ids=lambda document: document.code)
def document(request):
    return request.param


def changed(old: str, new: str, paper: str = "card") -> str:
    """Return the shipped layout with one piece of text in another form."""
    text = layout_text(standard(paper))
    assert old in text
    return text.replace(old, new, 1)


def in_table(table: str, key: str, value: str, paper: str = "card") -> str:
    """Return the shipped layout with another value for a key of a table."""
    lines = layout_text(standard(paper)).splitlines()
    start = lines.index(f"[{table}]")
    place = next(n for n in range(start, len(lines)) if lines[n].startswith(f"{key} = "))
    lines[place] = f"{key} = {value}"
    return "\n".join(lines)


@pytest.mark.parametrize("document", ALL, ids=lambda document: document.code)
def test_what_is_written_reads_back_as_the_very_same_layout(document):
    layout = document.layout
    own = layout.with_place("line.address", layout.lines.singled_out("address", 3))
    without = own.without("trading_hours", is_gone=True)

    for one in (layout, own, without):
        assert parse_layout(layout_text(one), "x.toml", one.paper) == one


@pytest.mark.parametrize("document", ALL, ids=lambda document: document.code)
def test_the_shipped_layouts_have_no_fault(document):
    assert list(document.layout.faults()) == []


def test_layouts_know_the_facts_that_the_rule_pack_may_print():
    assert set(FACTS) == set(PAPER_FACTS)


@pytest.mark.parametrize(
    ("text", "key", "said"),
    [
        pytest.param(changed("[title]", "[titel]"), "titel", "不认识这一项", id="a misspelt field"),
        pytest.param(changed("size = 25\n", ""), "title.size", "缺这一项", id="a missing key"),
        pytest.param(changed("[note]", "[notes]"), "notes", "不认识这一项", id="another misspelt field"),
        pytest.param(in_table("lines", "pitch", "0"), "lines.pitch", "大于 0", id="no pitch"),
        pytest.param(in_table("lines", "pitch", "-3"), "lines.pitch", "大于 0", id="a negative pitch"),
        pytest.param(in_table("lines", "pitch", "5"), "lines.pitch", "叠在一起", id="lines over one another"),
        pytest.param(
            in_table("lines", "size", "40"), "lines.pitch", "40 磅", id="type larger than the pitch"
        ),
        pytest.param(in_table("title", "size", "40"), "title.size", "框只高 9 毫米", id="type over its box"),
        pytest.param(in_table("issuer", "x", "2"), "issuer.x", "压住了边框", id="over the frame"),
        pytest.param(in_table("number", "y", "14"), "number.x", "和“标题”", id="number over title"),
        pytest.param(in_table("note", "y", "82"), "note.x", "叠在一起", id="note over the issuer"),
        pytest.param(changed("[lines]", "[stamp]\nx = 1\n\n[lines]"), "stamp", "不认识", id="unknown field"),
        pytest.param(
            changed("size = 25", "size = 25\nbold = true"), "title.bold", "不认识", id="unknown key"
        ),
        pytest.param(in_table("title", "x", '"4"'), "title.x", "应为一个", id="a text for a number"),
        pytest.param(in_table("title", "x", "nan"), "title.x", "应为一个", id="no number at all"),
        pytest.param(in_table("title", "width", "-3"), "title.width", "大于 0", id="a negative width"),
        pytest.param(in_table("title", "x", "60"), "title.x", "超出纸边", id="beyond the sheet"),
        pytest.param(in_table("lines", "pitch", "14"), "lines.x", "超出纸边", id="lines beyond the sheet"),
        pytest.param(in_table("lines", "width", "70"), "lines.x", "压住了二维码", id="over the code"),
        pytest.param(in_table("note", "least", "5"), "note.least", "6.5", id="type too small"),
        pytest.param(in_table("note", "size", "6.8"), "note.size", "还小", id="smaller than its least"),
        pytest.param(in_table("code", "width", "20"), "code.width", "25", id="a code too small"),
        pytest.param(in_table("title", "align", '"middle"'), "title.align", "centre", id="unknown alignment"),
        pytest.param(
            changed('align = "centre"', 'align = "centre"\nshown = false'),
            "title.shown",
            "必须",
            id="title gone",
        ),
        pytest.param(
            changed("[lines]", '[lines]\nwithout = ["address"]'), "lines.without", "地址", id="address gone"
        ),
        pytest.param(
            changed("[lines]", "[line.owner]\nx = 1\n\n[lines]"),
            "line.owner",
            "operator_name",
            id="no such fact",
        ),
        pytest.param(changed('paper = "card"', 'paper = "certificate"'), "paper", "card", id="other paper"),
        pytest.param("paper = card", "TOML", "读不懂", id="no TOML"),
    ],
)
def test_a_wrong_layout_is_refused_with_line_key_and_what_was_expected(text, key, said):
    with pytest.raises(WrongLayout) as refused:
        parse_layout(text, "card.toml", "card")

    assert refused.value.key == key
    assert said in refused.value.expected
    assert str(refused.value).startswith(f"card.toml 第 {refused.value.line} 行")
    last = key.rsplit(".", 1)[-1]
    if "缺" not in said and key != "TOML":
        assert last in text.splitlines()[refused.value.line - 1] or "lines" in key


@pytest.mark.parametrize("document", ALL, ids=lambda document: document.code)
def test_a_line_in_a_place_of_its_own_stands_over_no_field_and_no_other_such_line(document):
    layout = document.layout
    at_number = Place(replace(layout.places["number"].box, x=80), 9, 7)
    twice = layout.with_place("line.address", layout.lines.singled_out("address", 3))
    twice = twice.with_place("line.products", layout.lines.singled_out("products", 3))

    assert "line.address" in {one.table for one in layout.with_place("line.address", at_number).faults()}
    assert [one.table for one in twice.faults()] == ["line.products"]
    assert [one.key for one in twice.without("products", is_gone=True).faults()] == ["without"]


def test_a_field_moves_on_paper_as_its_box_moves_in_the_layout(document, printed):
    layout = document.layout
    date = layout.places["date"]
    moved = replace(date, box=replace(date.box, x=date.box.x - 5, y=date.box.y - 3))
    other = document.laid_out(layout.with_place("date", moved))

    before, after = word_boxes(printed(document, document.sample)), word_boxes(printed(other, other.sample))

    gone, new = set(before) - set(after), set(after) - set(before)
    assert len(gone) == len(new) >= 1
    assert other.digest(other.sample) != document.digest(document.sample)


def test_a_fact_in_a_place_of_its_own_leaves_the_other_lines_where_they_are(document, printed):
    layout = document.layout
    index = next(i for i, row in enumerate(document.sample.rows) if row.fact == "address")
    same_look = layout.with_place("line.address", layout.lines.singled_out("address", index))

    text = whole_text(printed(document, document.sample))

    assert whole_text(printed(document.laid_out(same_look), document.sample)) == text


def test_a_fact_that_is_left_out_is_not_printed(document, printed):
    fact = "business_licence_number" if document.code == "certificate" else "operator_id_number_masked"
    row = next(row for row in document.sample.rows if row.fact == fact)
    shorter = document.laid_out(document.layout.without(fact, is_gone=True))

    text = whole_text(printed(shorter, document.sample))

    assert row.value not in text
    assert row.label not in text


@pytest.mark.parametrize("offset", [(-14.5, 0.0), (0.0, 15.0), (12.5, 0.0)])
def test_an_offset_that_pushes_a_field_beyond_the_sheet_is_refused(offset, printed):
    card = documents()["card"]
    tight = card.layout.with_place("code", Place(Box(110, 35.6, 28, 28)))
    tight = tight.with_place("number", replace(tight.places["number"], box=Box(14, 27, 96, 4)))

    with pytest.raises(PrintError, match="推出了纸边"):
        printed(card.laid_out(tight), card.sample, offset_mm=offset, onto_preprinted=True)


def test_an_offset_within_the_sheet_is_printed(printed):
    card = documents()["card"]

    assert printed(card, card.sample, offset_mm=(3.0, -2.5), onto_preprinted=True).is_file()


@pytest.mark.parametrize("name", SHEETS)
def test_the_calibration_page_looks_as_it_did_on_every_sheet(name, printed, golden):
    document = on_sheet(SHEETS[name])

    golden(printed(document, document.sample), f"calibration-{name}", 80)
