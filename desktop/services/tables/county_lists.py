"""The rows of a county's list (名单): which establishments, and what its columns say of each."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.lifecycle import OperatingStatus, RegistrationStatus
from desktop.domain.profile import Profile
from desktop.errors import UserError
from desktop.models.establishment import Establishment
from desktop.models.office import Village
from desktop.models.registration import Paper
from desktop.services.registration.paper_worth import newest_papers
from desktop.services.survey.answers import answers_of
from desktop.services.tables.masked_answers import Masker, masked_answers
from desktop.sheets.county_list import SERIAL, ListForm
from desktop.sheets.ledger import reading_form
from desktop.sheets.splicing import Fill, Value
from desktop.sheets.survey_table import written
from desktop.sheets.words import KIND

_ASKS_WHETHER = "是否"
_GONE = tuple(
    status for status in OperatingStatus if status.ends_paper or status is OperatingStatus.NOT_FOUND
)
_FOR_EVER = "长期"
Fact = Value | bool | None


@dataclass(frozen=True, slots=True)
class ListRows:
    """What fills a list in."""

    form: ListForm
    kind: str
    rows: int
    fills: tuple[Fill, ...]


def filled_list(
    session: Session, profile: Profile, form: ListForm, kind: str, village_id: int | None, masked: Masker
) -> ListRows:
    """Return the cells of a list, one row for each establishment that is there.

    Refused where other things stand below and the empty rows do not suffice: moving those down would break
    formulas that nobody here reckons.
    """
    found = _records(session, kind, village_id)
    if len(found) > form.room and not form.is_open_below:
        raise UserError(
            f"“{form.sheet}”只有 {form.room} 行空行，要填 {len(found)} 户；请先在表格软件里在空行中间插入"
            f" {len(found) - form.room} 行（求和公式会跟着变），再来填"
        )
    papers = newest_papers(session, [record.id for record, _ in found])
    fills: list[Fill] = []
    for number, (record, village) in enumerate(found):
        row = form.first_row + number
        facts = _facts(profile, record, village, papers.get(record.id), masked)
        for column, field in form.columns.items():
            if field == SERIAL and row in form.numbered:
                continue
            fact = number + 1 if field == SERIAL else facts.get(field)
            value = _as_asked(form.labels[column], field, fact, record)
            if value is not None and value != "":
                fills.append(Fill(form.sheet, row, column, value, like=form.first_row))
    return ListRows(form, kind, len(found), tuple(fills))


def _records(session: Session, kind: str, village_id: int | None) -> list[tuple[Establishment, str]]:
    """Return who is there, trading or paused, by village."""
    query = select(Establishment, Village.name).join(Village)
    query = query.where(Establishment.operating_status.not_in(_GONE))
    if kind:
        query = query.where(Establishment.kind == kind)
    if village_id is not None:
        query = query.where(Establishment.village_id == village_id)
    ordered = query.order_by(Village.position, Establishment.id)
    return [(record, village) for record, village in session.execute(ordered)]


def _facts(
    profile: Profile, record: Establishment, village: str, paper: Paper | None, masked: Masker
) -> Mapping[str, Fact]:
    """Return what the register says of one, as cells hold it."""
    form = reading_form(profile, record.kind)
    answers = masked_answers(form, answers_of(record, form, village), masked)
    facts: dict[str, Fact] = {}
    for question in form.questions:
        answer = answers.get(question.code)
        facts[question.code] = answer if isinstance(answer, bool) else written(question, answer)
    living = paper if paper is not None and paper.living_place is not None else None
    until = living.valid_until if living is not None else None
    return facts | {
        KIND: profile.trade(record.kind).short_label,
        "village": village,
        "archive_number": record.archive_number,
        "paper_number": living.number if living is not None else record.stated_paper_number,
        "issued_on": living.issued_on if living is not None else None,
        "valid_until": (until or _FOR_EVER) if living is not None else None,
        "operating_status": OperatingStatus(record.operating_status).label,
        "registration_status": RegistrationStatus(record.registration_status).label,
    }


def _as_asked(label: str, field: str, value: Fact, record: Establishment) -> Value | None:
    """Return a fact as its column asks for it: 是否 is answered with 是 or 否, 有无 with 有 or 无."""
    asks_whether = _ASKS_WHETHER in label
    if field == "registration_status" and asks_whether:
        return "是" if record.registration_status == RegistrationStatus.REGISTERED else "否"
    if isinstance(value, bool):
        return ("是" if value else "否") if asks_whether else ("有" if value else "无")
    return value
