"""The lines of the ledgers of supervision, papers and findings and of the roster, read page by page."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from desktop.domain.called import called
from desktop.domain.lifecycle import CheckResult, OperatingStatus, Stage
from desktop.domain.masking import mask_for_public
from desktop.domain.profile import Profile
from desktop.domain.rectification import CaseStep, InspectionMode, LookBackOutcome, PhotoMoment, item_word
from desktop.models.establishment import Establishment
from desktop.models.office import Village
from desktop.models.rectification import (
    Finding,
    Inspection,
    InspectionPhoto,
    RectificationCase,
    RectificationOrder,
    RectificationStep,
)
from desktop.models.registration import Paper
from desktop.services.open_office import OpenOffice
from desktop.services.planning.risks import risks_of
from desktop.services.planning.year_plans import due_days
from desktop.services.registration.paper_worth import newest_papers, paper_status_on
from desktop.services.tables.masked_answers import Masker
from desktop.sheets.ledger_table import LedgerLine
from desktop.sheets.paper_table import PaperLine
from desktop.sheets.rectification_table import RectificationLine
from desktop.sheets.roster_table import RosterLine

_BATCH = 500
_OPEN = [str(stage) for stage in Stage if stage.is_open]
_ENDED = [str(status) for status in OperatingStatus if status.ends_paper]


def ledger_lines(
    session: Session,
    office: OpenOffice,
    establishments: Iterable[tuple[Establishment, str]],
    masked: Masker,
) -> Iterator[LedgerLine]:
    """Return a line for each establishment with its newest paper and its last inspection."""
    labels = {trade.code: trade.label for trade in office.profile.trades}
    walk = iter(establishments)
    while page := list(islice(walk, _BATCH)):
        ids = [record.id for record, _ in page]
        papers = newest_papers(session, ids)
        visits = _last_visits(session, ids)
        counts = _finding_counts(session, ids)
        risks = risks_of(session, office, ids)
        due = due_days(session, office, [record for record, _ in page], risks)
        for record, village in page:
            paper, visit = papers.get(record.id), visits.get(record.id)
            found, unfinished = counts.get(record.id, (0, 0))
            yield LedgerLine(
                kind=labels.get(record.kind, record.kind),
                name=called(record.name, record.operator_name, record.products),
                operator_name=record.operator_name,
                phone=masked(record.phone, "phone"),
                address=masked(record.address, "text") or "",
                village=village,
                number=paper.number if paper else record.stated_paper_number,
                issued_on=paper.issued_on if paper else None,
                valid_until=paper.valid_until if paper else None,
                products=record.products,
                risk_level=risks[record.id].level.label,
                inspected_on=visit.inspected_on if visit else None,
                result=("有问题" if found else "合格") if visit else "",
                finding_count=found,
                open_count=unfinished,
                next_on=due.get(record.id),
                inspectors="、".join(visit.inspectors) if visit else "",
                remark=masked(record.remark, "text") or "",
            )


def _last_visits(session: Session, ids: Sequence[int]) -> dict[int, Inspection]:
    newest = (
        select(func.max(Inspection.id))
        .where(Inspection.establishment_id.in_(ids))
        .group_by(Inspection.establishment_id)
    )
    visits = session.scalars(select(Inspection).where(Inspection.id.in_(newest)))
    return {visit.establishment_id: visit for visit in visits}


def _finding_counts(session: Session, ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    """Return how many findings there were and how many are not put right yet."""
    query = (
        select(Finding.establishment_id, Finding.is_corrected, RectificationCase.stage)
        .outerjoin(RectificationCase, Finding.case_id == RectificationCase.id)
        .where(Finding.establishment_id.in_(ids))
    )
    counts: dict[int, tuple[int, int]] = {}
    for establishment_id, is_corrected, stage in session.execute(query):
        found, unfinished = counts.get(establishment_id, (0, 0))
        is_open = Stage(stage).is_open if stage else not is_corrected
        counts[establishment_id] = (found + 1, unfinished + is_open)
    return counts


def paper_lines(
    session: Session, office: OpenOffice, conditions: Iterable[ColumnElement[bool]], masked: Masker
) -> Iterator[PaperLine]:
    """Return a line for each paper that was ever issued, in the order of issue."""
    trades = {trade.code: trade for trade in office.profile.trades}
    today = office.clock.today()
    for paper, record, village in _papers(session, conditions):
        trade = trades.get(paper.kind)
        yield PaperLine(
            kind=trade.label if trade else paper.kind,
            title=trade.paper.title if trade else paper.code,
            number=paper.number,
            name=called(record.name, record.operator_name, record.products),
            operator_name=record.operator_name,
            id_number=masked(record.operator_id_number, "identity_number"),
            phone=masked(record.phone, "phone"),
            village=village,
            address=masked(record.address, "text") or "",
            products=record.products,
            issued_on=paper.issued_on,
            valid_until=paper.valid_until.isoformat() if paper.valid_until else "长期",
            status=paper_status_on(paper, today, office.profile).label,
            remark=paper.status_reason,
        )


def roster_lines(
    session: Session, office: OpenOffice, conditions: Iterable[ColumnElement[bool]], *, is_internal: bool
) -> Iterator[RosterLine]:
    """Return a line for each paper that stands today; for the public each person is masked everywhere."""
    profile, today = office.profile, office.clock.today()
    trades = {trade.code: trade for trade in profile.trades}
    standing = (
        Paper.living_place.is_not(None),
        or_(Paper.valid_until.is_(None), Paper.valid_until >= today),
    )

    def shown(text: str, person: str) -> str:
        return text if is_internal else mask_for_public(text, person, profile.masking.name_in_public)

    for paper, record, village in _papers(session, (*conditions, *standing)):
        trade, person = trades.get(paper.kind), record.operator_name
        yield RosterLine(
            kind=trade.label if trade else paper.kind,
            title=trade.paper.title if trade else paper.code,
            number=paper.number,
            name=shown(called(record.name, person, record.products), person),
            operator_name=shown(person, person),
            village=village,
            products=shown(record.products or "", person),
            issued_on=paper.issued_on,
            valid_until=paper.valid_until.isoformat() if paper.valid_until else "长期",
            status=paper_status_on(paper, today, profile).label,
            address=shown(record.address, person),
            id_number=record.operator_id_number if is_internal else None,
            phone=record.phone if is_internal else None,
        )


def _papers(
    session: Session, conditions: Iterable[ColumnElement[bool]]
) -> Iterator[tuple[Paper, Establishment, str]]:
    """Return papers in the order of issue with their establishments and villages, a page at a time."""
    wanted, after = tuple(conditions), 0
    while True:
        query = (
            select(Paper, Establishment, Village.name)
            .join(Establishment, Paper.establishment_id == Establishment.id)
            .join(Village, Establishment.village_id == Village.id)
            .where(Paper.id > after, *wanted)
            .order_by(Paper.id)
            .limit(_BATCH)
        )
        page = session.execute(query).all()
        yield from ((paper, record, village) for paper, record, village in page)
        if len(page) < _BATCH:
            return
        after = page[-1][0].id


def rectification_lines(
    session: Session, profile: Profile, conditions: Iterable[ColumnElement[bool]]
) -> Iterator[RectificationLine]:
    """Return a line for each finding in the order of finding, with the steps of its case."""
    words = {item.code: item.text for item in profile.check_items}
    after = 0
    while True:
        query = (
            select(Finding, Establishment, Village.name, Inspection, RectificationCase)
            .join(Establishment, Finding.establishment_id == Establishment.id)
            .join(Village, Establishment.village_id == Village.id)
            .outerjoin(Inspection, Finding.inspection_id == Inspection.id)
            .outerjoin(RectificationCase, Finding.case_id == RectificationCase.id)
            .where(Finding.id > after, *conditions)
            .order_by(Finding.id)
            .limit(_BATCH)
        )
        page = session.execute(query).all()
        cases = [finding.case_id for finding, *_ in page if finding.case_id is not None]
        steps, orders = _steps(session, cases), _orders(session, cases)
        photographs = _photographs(session, [visit.id for *_, visit, _ in page if visit is not None])
        for finding, record, village, visit, case in page:
            own = steps.get(finding.case_id or 0, [])
            line = _rectification_line(finding, record, village, visit, case, own, orders)
            photos = photographs.get(finding.inspection_id or 0, "")
            yield replace(line, item=item_word(finding.item, words), photographs=photos)
        if len(page) < _BATCH:
            return
        after = page[-1][0].id


def is_not_put_right() -> ColumnElement[bool]:
    """Say in SQL that a finding still stands: ordered or not, where the trade goes on."""
    waits = and_(
        Finding.case_id.is_(None),
        Finding.is_corrected.is_(False),
        Establishment.operating_status.not_in(_ENDED),
    )
    return or_(waits, RectificationCase.stage.in_(_OPEN))


def _steps(session: Session, cases: Sequence[int]) -> dict[int, list[RectificationStep]]:
    query = (
        select(RectificationStep).where(RectificationStep.case_id.in_(cases)).order_by(RectificationStep.id)
    )
    steps: dict[int, list[RectificationStep]] = {}
    for step in session.scalars(query):
        steps.setdefault(step.case_id, []).append(step)
    return steps


def _photographs(session: Session, inspections: Sequence[int]) -> dict[int, str]:
    """Say how many photographs each inspection has from before and after: 前 2、后 1."""
    query = (
        select(InspectionPhoto.inspection_id, InspectionPhoto.moment, func.count())
        .where(InspectionPhoto.inspection_id.in_(inspections))
        .group_by(InspectionPhoto.inspection_id, InspectionPhoto.moment)
    )
    counts: dict[int, dict[str, int]] = {}
    for inspection_id, moment, count in session.execute(query):
        counts.setdefault(inspection_id, {})[moment] = count
    words = {PhotoMoment.BEFORE: "前", PhotoMoment.AFTER: "后"}
    return {
        inspection_id: "、".join(f"{word} {own[moment]}" for moment, word in words.items() if moment in own)
        for inspection_id, own in counts.items()
    }


def _orders(session: Session, cases: Sequence[int]) -> dict[int, str]:
    """Return for each case the numbers of its orders."""
    query = (
        select(RectificationOrder.case_id, RectificationOrder.number)
        .where(RectificationOrder.case_id.in_(cases))
        .order_by(RectificationOrder.id)
    )
    numbers: dict[int, str] = {}
    for case_id, number in session.execute(query):
        numbers[case_id] = f"{numbers[case_id]}、{number}" if case_id in numbers else number
    return numbers


def _result_of(finding: Finding, again: RectificationStep | None) -> str:
    """Say what the last reinspection found about one finding; a partly good one may tell them apart."""
    if again is None or not again.result:
        return ""
    if again.unmet:
        return (CheckResult.NOT_GOOD if finding.id in again.unmet else CheckResult.GOOD).label
    return CheckResult(again.result).label


def _rectification_line(
    finding: Finding,
    record: Establishment,
    village: str,
    visit: Inspection | None,
    case: RectificationCase | None,
    steps: Sequence[RectificationStep],
    orders: dict[int, str],
) -> RectificationLine:
    last = {CaseStep(step.step): step for step in steps}
    served, reported = last.get(CaseStep.SERVED), last.get(CaseStep.REPORTED)
    again, closed = last.get(CaseStep.REINSPECTED), last.get(CaseStep.CLOSED_OUT)
    consolidated, ended = last.get(CaseStep.CONSOLIDATED), last.get(CaseStep.ENDED)
    if case is None:
        stage = Stage.CORRECTED.label if finding.is_corrected else Stage.FOUND.label
    else:
        stage = Stage(case.stage).label
    return RectificationLine(
        found_on=finding.found_on,
        mode=InspectionMode(visit.mode).label if visit else "",
        establishment=called(record.name, record.operator_name, record.products),
        village=village,
        finding=finding.text,
        item="",
        is_starred=finding.is_starred,
        responsible=record.operator_name,
        due_on=case.due_on if case else None,
        number=orders.get(finding.case_id or 0, ""),
        served_on=served.done_on if served else None,
        served_how=served.note if served else "",
        extensions="；".join(step.note for step in steps if step.step == CaseStep.EXTENDED),
        reported_on=reported.done_on if reported else None,
        reinspected_on=again.done_on if again else None,
        reinspectors="、".join(again.people) if again else "",
        result=_result_of(finding, again),
        closed_out_on=closed.done_on if closed else None,
        closed_out_by=closed.entered_by if closed else "",
        consolidated_on=consolidated.done_on if consolidated else None,
        consolidation=LookBackOutcome.KEPT.label if consolidated else "",
        stage=stage,
        photographs="",
        remark=ended.note if ended else "",
    )
