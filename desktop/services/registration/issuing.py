"""Issues a paper inside an open block: number, dates and the facts as they will be printed, frozen."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from desktop.domain.act import Actor
from desktop.domain.called import called
from desktop.domain.forms import QuestionType
from desktop.domain.lifecycle import PaperStatus, RegistrationStatus
from desktop.domain.masking import mask
from desktop.domain.paper_life import PaperAct
from desktop.domain.profile import Profile
from desktop.domain.village_names import with_village
from desktop.errors import RuleError
from desktop.models.establishment import Establishment, SearchKey
from desktop.models.registration import Application, Paper
from desktop.services.numbers.giving import Given, give_number
from desktop.services.office.villages import VillageRow
from desktop.services.open_office import OpenOffice
from desktop.services.registration.eligibility import living_place
from desktop.services.signing.signer import sign_in
from desktop.services.survey.answers import search_keys_of


def issue_in(
    session: Session,
    office: OpenOffice,
    record: Establishment,
    village: VillageRow,
    application: Application | None,
    *,
    on: date,
    by: Actor,
    given: Given | None = None,
    replaces: Paper | None = None,
    act: PaperAct = PaperAct.ISSUE,
) -> Paper:
    """Issue the paper of an establishment; number and paper come and go in one transaction.

    ``given`` is a number that was set aside before; ``replaces`` is the paper that lapses by this one.
    """
    rule = office.profile.trade(record.kind).paper
    valid_until = rule.validity.ends_on(on)
    refuse_run_out(office, rule.title, on, valid_until)
    if replaces is not None:
        end(replaces, PaperStatus.REPLACED, on=on, reason=f"{act.label}，另发新号")
    number = given or give_number(session, office, record.kind, village, on=on, by=by)
    sheet = NewSheet(act, number, on, on, valid_until, paper_facts(record, village.name, office.profile))
    return write_paper(session, office, record, sheet, application=application, follows=replaces, by=by)


@dataclass(frozen=True, slots=True)
class NewSheet:
    """What is to stand on a new paper."""

    act: PaperAct
    given: Given
    issued_on: date
    valid_from: date
    valid_until: date | None
    facts: dict[str, Any]


def write_paper(
    session: Session,
    office: OpenOffice,
    record: Establishment,
    sheet: NewSheet,
    *,
    application: Application | None = None,
    follows: Paper | None = None,
    place: str | None = None,
    by: Actor,
) -> Paper:
    """Put a paper into the register: the establishment is registered and found by its number from now on."""
    place = place or living_place(record.kind, record.place_key)
    _end_expired(session, place, sheet.issued_on)
    for before in session.scalars(select(Paper).where(Paper.establishment_id == record.id, Paper.is_newest)):
        before.is_newest = False
    session.flush()  # the paper before lets go of the place, and of being the newest, first
    paper = Paper(
        establishment_id=record.id,
        application_id=application.id if application is not None else None,
        code=office.profile.trade(record.kind).paper.code,
        kind=record.kind,
        number=sheet.given.number,
        edition=sheet.given.edition,
        act=sheet.act,
        follows_id=follows.id if follows is not None else None,
        scope=sheet.given.scope,
        serial=sheet.given.serial,
        issued_on=sheet.issued_on,
        valid_from=sheet.valid_from,
        valid_until=sheet.valid_until,
        status=PaperStatus.VALID,
        status_on=sheet.issued_on,
        status_reason="",
        living_place=place,
        facts=sheet.facts,
        entered_at=office.clock.now(),
        entered_by=by.name,
    )
    sign_in(session, office.profile, [paper])
    session.add(paper)
    record.registration_status = RegistrationStatus.REGISTERED
    session.flush()
    _add_number_keys(session, record, paper.number)
    return paper


def end(paper: Paper, to: PaperStatus, *, on: date, reason: str) -> None:
    """End a paper inside an open block; its number stays what it was and is never given again."""
    paper.status = to
    paper.status_on = on
    paper.status_reason = reason.strip()
    paper.living_place = None


def refuse_run_out(office: OpenOffice, title: str, on: date, valid_until: date | None) -> None:
    """Refuse a decision whose paper would have run out by now: the year was mistyped."""
    if valid_until is not None and valid_until < office.clock.today():
        raise RuleError(
            f"按 {on:%Y-%m-%d} 决定，{title}只到 {valid_until:%Y-%m-%d}，现在已经过期；请核对决定日期的年份"
        )


def paper_facts(record: Establishment, village: str, profile: Profile) -> dict[str, Any]:
    """Return the facts of a paper as text; the identity number is masked before it is even stored."""
    masking = profile.masking
    id_number, phone = record.operator_id_number, record.phone
    facts = {
        "name": record.name or "",
        "name_or_operator": called(record.name, record.operator_name, record.products),
        "operator_name": record.operator_name,
        "operator_id_number_masked": mask(id_number, masking.identity_number) if id_number else "",
        "phone_masked": mask(phone, masking.phone) if phone else "",
        "business_licence_number": record.business_licence_number or "",
        "address": with_village(village, record.address),
        "products": record.products or "",
    }
    form = profile.form(record.kind)
    if form.has("trading_hours") and form.question("trading_hours").type is QuestionType.TEXT:
        facts["trading_hours"] = record.answers.get("trading_hours") or ""
    return facts


def _end_expired(session: Session, place: str, on: date) -> None:
    """Let a paper that has run out no longer hold the place; what it was stays in its record."""
    query = select(Paper).where(Paper.living_place == place, Paper.valid_until < on)
    for paper in session.scalars(query):
        paper.living_place = None
    session.flush()


def _add_number_keys(session: Session, record: Establishment, number: str) -> None:
    new = search_keys_of(record, number) - search_keys_of(record)
    there = set(session.scalars(select(SearchKey.key).where(SearchKey.establishment_id == record.id)))
    rows = [{"key": key, "establishment_id": record.id} for key in sorted(new - there)]
    if rows:
        session.execute(insert(SearchKey), rows)
