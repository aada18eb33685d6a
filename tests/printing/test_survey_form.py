"""The blank form: made from any questions, for any number of establishments, each with its own line code."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from printing.catalogue import documents
from printing.documents.survey_form import LAYOUT, FormSection
from printing.form_cells import FormQuestion, lines_of_cells
from printing.page import Page
from printing.preview import Preview
from tests.examples import examples
from tests.printing.reading import squeezed, whole_text

FORM = documents()["survey_form"]
KINDS = (
    "text", "long_text", "choice", "choices", "yes_no", "count", "area", "date", "identity_number", "phone",
    "credit_code", "village",
)  # fmt: skip
QUESTIONS = st.lists(
    st.builds(
        FormQuestion,
        label=st.text("经营地点姓名面积", min_size=1, max_size=14),
        kind=st.sampled_from(KINDS),
        choices=st.lists(st.text("有无证照其他", min_size=1, max_size=8), min_size=2, max_size=30).map(tuple),
        most=st.integers(1, 120),
        unit=st.sampled_from(["", "人", "㎡"]),
    ),
    min_size=1,
    max_size=60,
)


@pytest.mark.parametrize(("codes", "pages"), [(1, 1), (2, 1), (3, 2), (7, 4)])
def test_each_establishment_has_its_own_line_code(codes, pages, printed):
    facts = replace(FORM.sample, codes=tuple(f"204-{number:03d}" for number in range(codes)))
    file = printed(FORM, facts)

    with Preview(file) as shown:
        assert len(shown) == pages
    assert all(whole_text(file).count(code) == 1 for code in facts.codes)


def test_a_form_of_many_questions_runs_on_to_the_next_page(printed):
    questions = tuple(FormQuestion(f"第{number}问", "long_text") for number in range(50))
    facts = replace(FORM.sample, sections=(FormSection("全部", questions),), codes=("204-001",))

    with Preview(printed(FORM, facts)) as shown:
        texts = [squeezed(shown.text(number)) for number in range(len(shown))]

    assert len(texts) == 2
    assert all("204-001" in text for text in texts)
    assert all(sum(text.count(f"第{number}问") for text in texts) == 1 for number in range(50))


@pytest.mark.property
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(20))
@given(questions=QUESTIONS)
def test_any_questions_fill_lines_to_the_edge_and_keep_room_to_write(faces, questions):
    page = Page(faces, FORM.sheet, None)

    lines = lines_of_cells(page, questions, LAYOUT.cells_width)

    assert [cell.question for line in lines for cell in line] == questions
    for line in lines:
        assert sum(cell.width for cell in line) == pytest.approx(LAYOUT.cells_width)
        assert len({cell.height for cell in line}) == 1
        assert line[0].height >= 12.6
        assert all(cell.width >= cell.least - 0.001 for cell in line)


def test_a_form_without_questions_is_refused(faces):
    reasons = FORM.check(replace(FORM.sample, sections=()), faces)

    assert [reason.code for reason in reasons] == ["missing_fact"]


def test_a_form_without_code_has_no_square(printed):
    assert "204-031" not in whole_text(printed(FORM, replace(FORM.sample, codes=("",))))
