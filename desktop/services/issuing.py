"""Issues a paper inside an open block: number, dates and the facts as they will be printed, frozen."""

from datetime import date
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from desktop.domain.act import Actor
from desktop.domain.forms import QuestionType
from desktop.domain.lifecycle import PaperStatus, RegistrationStatus
from desktop.domain.masking import mask
from desktop.domain.numbering import NumberContext, NumberRule
from desktop.domain.profile import Profile
from desktop.errors import RuleError
from desktop.models.establishment import Establishment, SearchKey
from desktop.models.registration import Application, Paper
from desktop.services.answers import search_keys_of
from desktop.services.eligibility import living_place
from desktop.services.establishments import called
from desktop.services.open_office import OpenOffice
from desktop.services.serials import next_serial
from desktop.services.villages import VillageRow


def issue_in(
    session: Session,
    office: OpenOffice,
    record: Establishment,
    village: VillageRow,
    application: Application,
    *,
    on: date,
    by: Actor,
) -> Paper:
    """Issue the paper of an establishment; number and paper come and go in one transaction."""
    profile = office.profile
    rule = profile.trade(record.kind).paper
    template, context = number_of(profile, record.kind, village, on)
    scope = template.scope_key(context)
    place = living_place(record.kind, record.place_key)
    _end_expired(session, place, on)
    valid_until = rule.validity.ends_on(on)
    if valid_until is not None and valid_until < office.clock.today():
        raise RuleError(
            f"按 {on:%Y-%m-%d} 决定，{rule.title}只到 {valid_until:%Y-%m-%d}，现在已经过期；"
            "请核对决定日期的年份"
        )
    serial = next_serial(session, scope)
    paper = Paper(
        establishment_id=record.id,
        application_id=application.id,
        code=rule.code,
        kind=record.kind,
        number=template.format(context, serial),
        scope=scope,
        serial=serial,
        issued_on=on,
        valid_from=on,
        valid_until=valid_until,
        status=PaperStatus.VALID,
        status_on=on,
        status_reason="",
        living_place=place,
        facts=paper_facts(record, village.name, profile),
        entered_at=office.clock.now(),
        entered_by=by.name,
    )
    session.add(paper)
    record.registration_status = RegistrationStatus.REGISTERED
    session.flush()
    _add_number_keys(session, record, paper.number)
    return paper


def number_of(profile: Profile, kind: str, village: VillageRow, on: date) -> tuple[NumberRule, NumberContext]:
    """Return the number rule of a trade and what a number of that village and day is made from."""
    rule = profile.trade(kind).paper
    context = NumberContext(
        profile=profile.name,
        trade=kind,
        prefix=rule.number_prefix,
        region_code=profile.region_code,
        township_code=profile.township_code,
        on=on,
        village_code=village.code,
    )
    return NumberRule.parse(rule.number_template, rule.number_scope), context


def paper_facts(record: Establishment, village: str, profile: Profile) -> dict[str, Any]:
    """Return the facts of a paper as text; the identity number is masked before it is even stored."""
    masking = profile.masking
    id_number, phone = record.operator_id_number, record.phone
    address = record.address if village in record.address else f"{village}{record.address}"
    facts = {
        "name": record.name or "",
        "name_or_operator": called(record.name, record.operator_name, record.products),
        "operator_name": record.operator_name,
        "operator_id_number_masked": mask(id_number, masking.identity_number) if id_number else "",
        "phone_masked": mask(phone, masking.phone) if phone else "",
        "business_licence_number": record.business_licence_number or "",
        "address": address,
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
