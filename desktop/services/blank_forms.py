"""Blank survey forms to take along on a visit: the very questions of the rule pack, on paper."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.domain.act import Actor
from desktop.domain.forms import Question, QuestionType
from desktop.errors import EnvironmentFailedError, UserError
from desktop.services.open_office import OpenOffice
from desktop.services.rights import Right, require

if TYPE_CHECKING:
    from printing.documents.survey_form import SurveyFormFacts
    from printing.form_cells import FormQuestion

MOST_FORMS = 500
_UNITS = {QuestionType.AREA: "㎡", QuestionType.COUNT: ""}


class BlankForms:
    """Prints empty survey forms; a print of nothing but questions is noted, not numbered."""

    def __init__(self, office: OpenOffice, fonts: Path) -> None:
        self.office = office
        self.fonts = fonts

    def print(
        self,
        kind: str,
        target: Path,
        *,
        count: int,
        by: Actor,
        progress: Callable[[int, int], None] | None = None,
    ) -> int:
        """Write blank forms for ``count`` establishments of a trade; return the number of pages."""
        require(by, Right.SURVEY)
        if not self.office.profile.has_trade(kind):
            raise UserError(f"规则包里没有“{kind}”这一类")
        if not 1 <= count <= MOST_FORMS:
            raise UserError(f"空白表的份数应为 1 到 {MOST_FORMS}，现为 {count}")
        from printing.batch import print_batch  # ReportLab is slow to load
        from printing.documents.survey_form import DOCUMENT
        from printing.errors import PrintError
        from printing.fonts import Faces

        try:
            printed = print_batch(
                DOCUMENT, [self._facts(kind, count)], target, Faces(self.fonts), progress=progress
            )
        except PrintError as wrong:
            raise UserError(str(wrong)) from wrong
        except OSError as failed:
            raise EnvironmentFailedError(
                f"文件 {target} 写不进去（{failed.strerror}），请另选一处"
            ) from failed
        with self.office.db.writing(self.office.act(by, "survey.print_blank")) as session:
            session.trail.note("SurveyForm", kind, {"count": count, "file": target.name})
        return printed.pages

    def _facts(self, kind: str, count: int) -> "SurveyFormFacts":
        from printing.documents.survey_form import FormSection, SurveyFormFacts

        form = self.office.profile.form(kind)
        sections = (
            FormSection(section.label, tuple(_on_paper(one) for one in form.in_section(section.code)))
            for section in form.sections
        )
        return SurveyFormFacts(
            title=form.title,
            form_number="",
            sections=tuple(section for section in sections if section.questions),
            codes=("",) * count,
            note=f"依据：{self.office.profile.source.text}。每户一格，选择题打√，填错划线更正并签名。",
            sender="",
        )


def _on_paper(question: Question) -> "FormQuestion":
    from printing.form_cells import FormQuestion

    return FormQuestion(
        label=question.header,
        kind=str(question.type),
        choices=tuple(choice.label for choice in question.choices),
        most=question.most,
        unit=_UNITS.get(question.type, ""),
    )
