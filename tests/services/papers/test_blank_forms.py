"""Blank forms ask on paper what the screen asks."""

from pathlib import Path

import pypdfium2
import pytest

from desktop.errors import UserError
from desktop.services.office.trail import Trail
from desktop.services.papers.blank_forms import BlankForms
from tests.offices import TestOffice


@pytest.mark.parametrize("kind", ["workshop", "stall", "eatery"])
def test_every_question_of_the_form_stands_on_the_paper(
    desk: TestOffice, assets: Path, tmp_path: Path, kind: str
) -> None:
    target = tmp_path / "form.pdf"

    pages = BlankForms(desk.office, assets / "fonts").print(kind, target, count=2, by=desk.clerk)

    document = pypdfium2.PdfDocument(target)
    text = "".join(page.get_textpage().get_text_range() for page in document)
    text = "".join(text.split())
    document.close()
    missing = [
        question.header
        for question in desk.office.profile.form(kind).questions
        if "".join(question.header.split()) not in text
    ]
    assert missing == []
    assert "档案编号（录入后填）" in text
    assert pages >= 1
    assert Trail(desk.office).entries(by=desk.clerk)[0].action == "survey.print_blank"


def test_no_forms_and_too_many_are_refused(desk: TestOffice, assets: Path, tmp_path: Path) -> None:
    forms = BlankForms(desk.office, assets / "fonts")

    for count in (0, 501):
        with pytest.raises(UserError, match="1 到 500"):
            forms.print("stall", tmp_path / "form.pdf", count=count, by=desk.clerk)
    assert list(tmp_path.glob("*.pdf")) == []
