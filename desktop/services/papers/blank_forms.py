"""Blank forms: the questions of the survey for a visit, and the application for the counter."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.domain.act import Actor
from desktop.domain.forms import Question, QuestionType
from desktop.domain.profile import Profile
from desktop.errors import EnvironmentFailedError, UserError, words_of
from desktop.services.open_office import OpenOffice
from desktop.services.papers.application_papers import blank_application
from desktop.services.rights import Right, require

if TYPE_CHECKING:
    from printing.documents.survey_form import SurveyFormFacts
    from printing.form_cells import FormQuestion

MOST_FORMS = 500
_NOTED_AS = {"survey_form": "SurveyForm", "application_form": "ApplicationForm"}
_UNITS = {QuestionType.AREA: "㎡", QuestionType.COUNT: ""}


class BlankForms:
    """Prints empty forms; a print of nothing but questions is noted, not numbered."""

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
        code: str = "survey_form",
        progress: Callable[[int, int], None] | None = None,
    ) -> int:
        """Write blank forms for ``count`` establishments of a trade; return the number of pages.

        ``code`` is ``survey_form`` or ``application_form``.
        """
        require(by, Right.SURVEY)
        if not self.office.profile.has_trade(kind):
            raise UserError(f"规则包里没有“{kind}”这一类")
        if code not in _NOTED_AS:
            raise UserError(f"“{code}”没有空白表；可印：{'、'.join(_NOTED_AS)}")
        if not 1 <= count <= MOST_FORMS:
            raise UserError(f"空白表的份数应为 1 到 {MOST_FORMS}，现为 {count}")
        from printing.batch import print_batch  # ReportLab is slow to load
        from printing.catalogue import documents
        from printing.errors import PrintError
        from printing.fonts import Faces

        try:
            printed = print_batch(
                documents()[code],
                self._facts(code, kind, count),
                target,
                Faces(self.fonts),
                progress=progress,
            )
        except PrintError as wrong:
            raise UserError(str(wrong)) from wrong
        except OSError as failed:
            raise EnvironmentFailedError(
                f"文件 {target} 写不进去（{words_of(failed)}），请另选一处"
            ) from failed
        with self.office.db.writing(self.office.act(by, "survey.print_blank")) as session:
            session.trail.note(_NOTED_AS[code], kind, {"count": count, "file": target.name})
        return printed.pages

    def _facts(self, code: str, kind: str, count: int) -> list[Any]:
        if code == "application_form":
            return [blank_application(self.office.profile, kind)] * count
        return [blank_survey(self.office.profile, kind, ("",) * count)]


def blank_survey(
    profile: Profile, kind: str, codes: tuple[str, ...], *, sender: str = ""
) -> "SurveyFormFacts":
    """Return the blank form of a trade, with a place for each code; an empty code prints no QR."""
    from printing.documents.survey_form import FormSection, SurveyFormFacts

    form = profile.form(kind)
    sections = (
        FormSection(section.label, tuple(_on_paper(one) for one in form.in_section(section.code)))
        for section in form.sections
    )
    return SurveyFormFacts(
        title=form.title,
        form_number="",
        sections=tuple(section for section in sections if section.questions),
        codes=codes,
        note="选择题打√，填错的划线更正并签名。",
        sender=sender,
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
