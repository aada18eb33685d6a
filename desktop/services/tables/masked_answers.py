"""What the public version of a table hides: identity numbers and phones, also those in free texts."""

from collections.abc import Callable

from desktop.domain.forms import Answers, QuestionType, SurveyForm
from desktop.domain.masking import mask, mask_all
from desktop.domain.profile import Masking

Masker = Callable[[str | None, str], str | None]
_MASKED = {
    QuestionType.IDENTITY_NUMBER: "identity_number",
    QuestionType.PHONE: "phone",
    QuestionType.TEXT: "text",
    QuestionType.LONG_TEXT: "text",
}


def masker(masking: Masking, *, is_internal: bool) -> Masker:
    """Return what hides personal numbers in the public version and nothing in the internal one."""
    presets = {"identity_number": masking.identity_number, "phone": masking.phone}

    def masked(value: str | None, what: str) -> str | None:
        if is_internal or not value:
            return value
        return mask(value, presets[what]) if what in presets else mask_all(value)

    return masked


def masked_answers(form: SurveyForm, answers: Answers, masked: Masker) -> Answers:
    """Mask the answers of a sheet; the number of a paper hangs in public anyhow."""
    shown = dict(answers)
    for question in form.questions:
        value = answers.get(question.code)
        if isinstance(value, str) and question.type in _MASKED and question.code != "paper_number":
            shown[question.code] = masked(value, _MASKED[question.type])
    return shown
