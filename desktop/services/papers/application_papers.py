"""The application form and the record of the site check: filled from the register, or left to the pen."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlalchemy import select

from desktop.domain.called import called
from desktop.domain.lifecycle import RegistrationStatus
from desktop.domain.paperwork import PaperWording, RegistrationIssuer, filled
from desktop.domain.profile import Profile
from desktop.errors import UserError
from desktop.models.establishment import Establishment
from desktop.models.registration import Application, ApplicationStep
from desktop.services.papers.papers import RefusedPaper, Wanted
from desktop.services.papers.sources import Made, Reading, Source, Sources, nothing
from desktop.services.registration.applications import SiteAnswer
from desktop.services.registration.paper_worth import newest_papers

if TYPE_CHECKING:
    from printing.documents.application_form import ApplicationFormFacts
    from printing.documents.site_check_record import SiteCheckFacts

ASKED_FOR = ("新办", "变更", "延续", "补发", "注销")
_SHORT = (
    ("名称", "name"),
    ("经营者", "operator"),
    ("证件号码", "identity_number"),
    ("联系电话", "phone"),
    ("信用代码", "licence"),
    ("所属村", "village"),
    ("从业人数", "people"),
    ("持健康证", "healthy"),
)
_TO_CHECK = (RegistrationStatus.ACCEPTED, RegistrationStatus.SITE_CHECK)


def blank_application(profile: Profile, kind: str) -> "ApplicationFormFacts":
    """Return the form for the counter: every question, no answer."""
    wording, issuer = profile.wording("application_form"), profile.registration_issuer(kind)
    if wording is None or issuer is None:
        label = profile.trade(kind).label
        raise UserError(f"规则包“{profile.title}”没有写{label}的登记机关或者申请书的文字，请先补上")
    return _form(profile, kind, wording, issuer, {}, (), None, "", "")


def _newest(reading: Reading, record: Establishment) -> Application | None:
    query = (
        select(Application).where(Application.establishment_id == record.id).order_by(Application.id.desc())
    )
    return reading.session.scalars(query.limit(1)).first()


def _applicants(reading: Reading, wanted: Wanted) -> Sequence[int]:
    query = (
        select(Establishment.id)
        .join(Application, Application.establishment_id == Establishment.id)
        .where(Application.decided_on.is_(None))
        .order_by(Establishment.id)
    )
    if wanted.numbers:
        query = select(Establishment.id).where(Establishment.archive_number.in_(wanted.numbers))
    if wanted.issued_on is not None:
        query = query.where(Application.applied_on == wanted.issued_on)
    return tuple(dict.fromkeys(reading.session.scalars(reading.in_scope(query))))


def _forms(reading: Reading, records: Sequence[Establishment]) -> Sequence[Made | RefusedPaper]:
    papers = newest_papers(reading.session, [record.id for record in records])
    made: list[Made | RefusedPaper] = []
    for record in records:
        application = _newest(reading, record)
        is_new = record.id not in papers
        words = {
            "name": record.name or "",
            "operator": record.operator_name,
            "identity_number": reading.identity_number(record),
            "phone": reading.phone(record),
            "licence": record.business_licence_number or "",
            "village": reading.village(record),
            "people": _count(record.employee_count),
            "healthy": _count(record.health_certificate_count),
            "address": record.address,
            "products": record.products or "",
        }
        facts = _form(
            reading.profile,
            record.kind,
            reading.wording("application_form"),
            reading.issuer(record.kind),
            words,
            tuple(application.materials) if application else (),
            ASKED_FOR[0] if is_new else None,
            f"档案{record.archive_number}",
            record.archive_number,
        )
        on = application.applied_on if application else reading.today
        made.append(Made(record.id, record.archive_number, on, facts))
    return made


def _count(number: int | None) -> str:
    return "" if number is None else f"{number}人"


def _form(
    profile: Profile,
    kind: str,
    wording: PaperWording,
    issuer: RegistrationIssuer,
    words: dict[str, str],
    given: tuple[str, ...],
    asked: str | None,
    reference: str,
    qr_text: str,
) -> "ApplicationFormFacts":
    from printing.documents.application_form import ApplicationFormFacts, Entry

    trade = profile.trade(kind)
    stated = {"类别": trade.label, "事项": issuer.act, "机关": issuer.issuer, "证卡": trade.paper.title}

    def entry(label: str, fact: str) -> Entry:
        said = words.get(fact, "")
        return Entry(label, (said,) if said else ())

    materials = tuple(dict.fromkeys((*trade.materials, *given)))
    return ApplicationFormFacts(
        title=wording.title.format(**stated),
        issuer=f"致：{issuer.issuer}",
        reference=reference,
        asked_for=ASKED_FOR,
        asked=asked,
        short=tuple(entry(label, fact) for label, fact in _SHORT),
        long=(entry("地址", "address"), entry("品种", "products")),
        materials=materials,
        given=given,
        promise=filled(wording.paragraphs, stated, {}),
        note=wording.note,
        qr_text=qr_text,
    )


def _checked(reading: Reading, wanted: Wanted) -> Sequence[int]:
    query = (
        select(Establishment.id)
        .join(Application, Application.establishment_id == Establishment.id)
        .order_by(Establishment.id)
    )
    if wanted.numbers:
        query = query.where(Establishment.archive_number.in_(wanted.numbers))
    elif wanted.issued_on is not None:
        query = query.where(Application.site_checked_on == wanted.issued_on)
    else:
        query = query.where(Application.status.in_(_TO_CHECK))
    return tuple(dict.fromkeys(reading.session.scalars(reading.in_scope(query))))


def _checks(reading: Reading, records: Sequence[Establishment]) -> Sequence[Made | RefusedPaper]:
    made: list[Made | RefusedPaper] = []
    for record in records:
        application = _newest(reading, record)
        if application is None:
            title = called(record.name, record.operator_name, record.products)
            made.append(nothing(record, f"“{title}”没有登记申请，没有现场核查；请先受理申请"))
            continue
        step = _site_check(reading, application)
        on = step.done_on if step else reading.today
        made.append(Made(record.id, record.archive_number, on, _check(reading, record, step)))
    return made


def _site_check(reading: Reading, application: Application) -> ApplicationStep | None:
    query = (
        select(ApplicationStep)
        .where(ApplicationStep.application_id == application.id, ApplicationStep.step == "site_check")
        .order_by(ApplicationStep.id.desc())
    )
    return reading.session.scalars(query.limit(1)).first()


def _check(reading: Reading, record: Establishment, step: ApplicationStep | None) -> "SiteCheckFacts":
    from printing.case_facts import Party
    from printing.documents.site_check_record import SiteCheckFacts, SiteItem

    wording, issuer = reading.wording("site_check_record"), reading.issuer(record.kind)
    trade = reading.profile.trade(record.kind)
    on = step.done_on if step else reading.today
    stated = {
        "类别": trade.label,
        "事项": issuer.act,
        "机关": issuer.issuer,
        "依据": reading.cited(wording.laws, on),
    }
    return SiteCheckFacts(
        title=wording.title.format(**stated),
        issuer=issuer.issuer,
        reference=f"档案{record.archive_number}",
        party=Party(
            called(record.name, record.operator_name, record.products),
            record.operator_name,
            trade.label,
            record.address,
            reading.phone(record),
        ),
        products=(record.products,) if record.products else (),
        checked_on=step.done_on if step else None,
        inspectors=tuple(step.people) if step else (),
        told=filled(wording.paragraphs, stated, {}),
        items=tuple(
            SiteItem(item.text, item.is_starred, _answered(step, item.code))
            for item in reading.profile.items(record.kind)
        ),
        found=tuple(line for line in step.note.splitlines() if line.strip()) if step else (),
        results=(f"符合{issuer.act}条件", "整改后再核查", f"不符合{issuer.act}条件"),
        note=wording.note.format(**stated),
        qr_text=record.archive_number,
    )


def _answered(step: ApplicationStep | None, item: str) -> str:
    """Return under which head an item was ticked; nothing where the paper was filled in by hand."""
    answer = step.answers.get(item) if step is not None else None
    return SiteAnswer(answer).label if answer else ""


SOURCES: Sources = {
    "application_form": Source(_forms, _applicants),
    "site_check_record": Source(_checks, _checked),
}
