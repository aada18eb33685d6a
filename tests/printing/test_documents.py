"""What must hold for every printed paper: the sample, the longest legal values, and all that is refused."""

import re
from dataclasses import fields, replace

import pypdfium2
import pytest

from printing.catalogue import documents
from printing.document import Document
from printing.geometry import MM
from tests.printing.reading import NOT_TEXT, overlaps, raw_text, squeezed, whole_text, word_boxes, words

ALL = documents()
BOTH = [(code, which) for code in ALL for which in ("sample", "longest")]
MARGIN_MM = 5
WRAPPING = {"addressee", "opening"}
FIXED_WORDS = {
    "seal_word", "copy_word", "receipt_label", "receipt_date_label",
    "receipt_title", "receipt_text", "deliverer_label",
    "inspection_label",
}  # fmt: skip
ONE_LINERS = [
    pytest.param(document, field.name, id=f"{code}-{field.name}")
    for code, document in ALL.items()
    for field in fields(document.sample)
    if field.name not in WRAPPING | FIXED_WORDS | NOT_TEXT and getattr(document.sample, field.name)
    if isinstance(getattr(document.sample, field.name), str)
]


@pytest.fixture(params=BOTH, ids="-".join)
def paper(request):
    code, which = request.param
    return ALL[code], getattr(ALL[code], which)


def test_the_papers_of_the_main_round_are_there():
    assert {"certificate", "card"} <= set(ALL)


@pytest.mark.parametrize("document", ALL.values(), ids=ALL)
def test_a_paper_says_its_code_title_and_sheet(document):
    assert re.fullmatch("[a-z_]+", document.code)
    assert document.title
    assert document.sheet.name


def test_a_paper_prints_its_facts_without_a_missing_glyph_or_a_text_too_long(paper, faces):
    document, facts = paper

    assert document.check(facts, faces) == ()


def test_the_text_of_a_paper_gives_back_every_fact(paper, printed_once):
    document, facts = paper
    text = whole_text(printed_once(document, facts))

    for word in words(facts):
        assert squeezed(word) in text


def test_no_text_lies_on_another_or_at_the_edge_of_the_sheet(paper, printed_once, faces):
    document, facts = paper
    file = printed_once(document, facts)
    width, height = document.sheet.width * MM, document.sheet.height * MM

    for page in range(document.pages(facts, faces)):
        boxes = word_boxes(file, page)
        assert overlaps(boxes) == []
        for left, bottom, right, top in boxes:
            assert left > MARGIN_MM * MM
            assert bottom > MARGIN_MM * MM
            assert right < width - MARGIN_MM * MM
            assert top < height - MARGIN_MM * MM


def test_every_font_is_embedded(paper, printed_once):
    content = raw_text(printed_once(*paper))

    assert "/Type1" not in content
    assert "Helvetica" not in content
    used = content.count("/Subtype /TrueType")
    assert used > 0
    assert len(re.findall(r"/FontFile2 \d", content)) == used


def test_a_paper_does_nothing_by_itself(paper, printed_once):
    content = raw_text(printed_once(*paper))

    assert not re.search(r"/(JavaScript|JS|OpenAction|AA|Launch|URI|SubmitForm)\b", content)


def test_a_paper_names_its_title_and_no_maker(paper, printed_once):
    document, facts = paper
    pdf = pypdfium2.PdfDocument(printed_once(document, facts))
    said = pdf.get_metadata_dict()
    pdf.close()

    assert said["Title"] == document.title
    assert {said[key] for key in ("Author", "Creator", "Producer", "Subject")} == {""}


def test_two_runs_make_the_same_bytes(paper, printed, printed_once):
    assert printed(*paper).read_bytes() == printed_once(*paper).read_bytes()


def test_a_paper_looks_as_it_did_when_somebody_looked_at_it(paper, printed_once, golden):
    document, facts = paper
    which = "sample" if facts is document.sample else "longest"

    golden(
        printed_once(document, facts), f"{document.code}-{which}", 110 if document.sheet.name == "A6" else 80
    )


@pytest.mark.parametrize("document", ALL.values(), ids=ALL)
def test_a_character_without_glyph_is_named_before_printing(document, faces):
    facts = _with_in_first_text(document, "\u0378")

    reasons = document.check(facts, faces)

    assert {reason.code for reason in reasons} == {"glyph"}
    assert all(reason.characters == ("U+0378",) for reason in reasons)


@pytest.mark.parametrize("document", ALL.values(), ids=ALL)
def test_a_character_of_an_old_system_is_named_before_printing(document, faces):
    reasons = document.check(_with_in_first_text(document, "\ue5e5"), faces)

    assert {reason.code for reason in reasons} == {"private_use"}
    assert all(reason.characters == ("U+E5E5",) for reason in reasons)


@pytest.mark.parametrize(("document", "fact"), ONE_LINERS)
def test_a_line_that_cannot_wrap_is_refused_before_it_runs_over_the_edge(document, fact, faces):
    reasons = document.check(replace(document.sample, **{fact: "柳塘" * 90}), faces)

    assert {reason.code for reason in reasons} == {"fit"}


def _with_in_first_text(document: Document, character: str):
    """Return the sample with a character in its first text."""
    facts = document.sample
    name = next(field.name for field in fields(facts) if isinstance(getattr(facts, field.name), str))
    text = getattr(facts, name)
    return replace(facts, **{name: text[:-1] + character})
