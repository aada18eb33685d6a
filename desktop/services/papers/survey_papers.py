"""Survey forms of those who are known: filled from the register, or blank with their record code."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import select

from desktop.domain.forms import Answer, Question, QuestionType
from desktop.domain.masking import mask
from desktop.models.establishment import Establishment
from desktop.services.papers.blank_forms import blank_survey
from desktop.services.papers.papers import RefusedPaper, Wanted
from desktop.services.papers.sources import Made, Reading, Source, Sources
from desktop.services.register.dossiers import answer_words
from desktop.services.survey.answers import answers_of
from printing.wording import chinese_date

if TYPE_CHECKING:
    from printing.documents.survey_record import SurveyRecordFacts


def _surveyed(reading: Reading, wanted: Wanted) -> Sequence[int]:
    query = select(Establishment.id).order_by(Establishment.id)
    if wanted.numbers:
        query = query.where(Establishment.archive_number.in_(wanted.numbers))
    if wanted.issued_on is not None:
        query = query.where(Establishment.surveyed_on == wanted.issued_on)
    return tuple(reading.session.scalars(reading.in_scope(query)))


def words_on_paper(reading: Reading, question: Question, answer: Answer) -> str:
    """Return an answer as it is printed: dates in Chinese, personal numbers masked, open ones empty."""
    if isinstance(answer, date):
        return chinese_date(answer)
    words = answer_words(question, answer)
    masking = reading.profile.masking
    presets = {QuestionType.IDENTITY_NUMBER: masking.identity_number, QuestionType.PHONE: masking.phone}
    preset = presets.get(question.type)
    return mask(words, preset) if preset and words else words


def _records(reading: Reading, records: Sequence[Establishment]) -> Sequence[Made | RefusedPaper]:
    return [
        Made(
            record.id,
            record.archive_number,
            record.surveyed_on or reading.today,
            _record(reading, record),
        )
        for record in records
    ]


def _record(reading: Reading, record: Establishment) -> "SurveyRecordFacts":
    from printing.documents.survey_record import AnsweredSection, SurveyRecordFacts

    form = reading.profile.form(record.kind)
    village = reading.village(record)
    answers = answers_of(record, form, village)
    sections = tuple(
        AnsweredSection(
            section.label,
            tuple(
                (question.header, words_on_paper(reading, question, answers.get(question.code)))
                for question in form.in_section(section.code)
            ),
        )
        for section in form.sections
    )
    return SurveyRecordFacts(
        title=form.title,
        issuer=village,
        reference=f"档案{record.archive_number}",
        sections=tuple(section for section in sections if section.answers),
        signatures=("调查人（签名）：", "被调查人（签名）："),
        note=reading.wording("survey_record").note,
        qr_text=record.archive_number,
    )


def _blanks(reading: Reading, records: Sequence[Establishment]) -> Sequence[Made | RefusedPaper]:
    return [
        Made(
            record.id,
            record.archive_number,
            reading.today,
            blank_survey(
                reading.profile, record.kind, (record.archive_number,), sender=reading.village(record)
            ),
        )
        for record in records
    ]


SOURCES: Sources = {
    "survey_form": Source(_blanks, _surveyed),
    "survey_record": Source(_records, _surveyed),
}
