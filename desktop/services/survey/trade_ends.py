"""The end of a trade and its coming back (死灰复燃): what becomes of its status, paper and open cases."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from desktop.domain.lifecycle import OperatingStatus, PaperStatus, RegistrationStatus, Stage
from desktop.domain.rectification import CAME_BACK, CaseStep
from desktop.models.establishment import Establishment, EstablishmentChange
from desktop.models.rectification import Finding, RectificationCase, ShutdownDecision
from desktop.models.registration import Paper
from desktop.services.rectification.cases import Casework
from desktop.services.registration.issuing import end

_LASTING = (Stage.CLOSED_OUT, Stage.CONSOLIDATING, Stage.ENDED)


def change_status(work: Casework, record: Establishment, to: OperatingStatus, *, on: date, note: str) -> None:
    """Change dimension A inside an open block; the change log keeps what it was."""
    if record.operating_status == to:
        return
    work.session.add(
        EstablishmentChange(
            establishment_id=record.id,
            change="status",
            changed_on=on,
            old_value=record.operating_status,
            new_value=to,
            note=note.strip(),
            entered_at=work.office.clock.now(),
            entered_by=work.by.name,
        )
    )
    record.operating_status = to


def end_trade(work: Casework, record: Establishment, *, on: date, reason: str) -> None:
    """Let paper and open cases end with a trade that has ended; both keep their history.

    The paper is deregistered (行政许可法 art. 70). What has passed its reinspection is still closed out.
    """
    living = select(Paper).where(
        Paper.establishment_id == record.id, Paper.status.in_([PaperStatus.VALID, PaperStatus.EXPIRING])
    )
    for paper in work.session.scalars(living):
        end(paper, PaperStatus.DEREGISTERED, on=on, reason=reason)
    if record.registration_status == RegistrationStatus.REGISTERED:
        record.registration_status = RegistrationStatus.UNREGISTERED
    for case in _cases(work, record):
        if Stage(case.stage).is_open and case.stage != Stage.PASSED:
            work.take(case, CaseStep.ENDED, on=on, note=reason)


def was_decided(work: Casework, record: Establishment) -> bool:
    """Tell whether somebody was ever closed down by a decision."""
    query = select(ShutdownDecision.id).where(ShutdownDecision.establishment_id == record.id)
    return work.session.scalar(query.limit(1)) is not None


def ended_on(work: Casework, record: Establishment) -> date | None:
    """Return since when a trade has ended; ``None`` where it goes on."""
    if not OperatingStatus(record.operating_status).has_ended:
        return None
    query = select(EstablishmentChange.changed_on).where(
        EstablishmentChange.establishment_id == record.id,
        EstablishmentChange.change == "status",
        EstablishmentChange.new_value == record.operating_status,
    )
    return work.session.scalar(query.order_by(EstablishmentChange.id.desc()).limit(1))


def meet_again(
    work: Casework, record: Establishment, *, on: date, words: str, also: Sequence[Finding] = ()
) -> RectificationCase | None:
    """Open again what is met trading on a later day than it ended; ``None`` where there is nothing to open.

    Who was closed by a decision must close again, under a case of a starred finding; who closed of his own
    accord goes on where he was, with what had not been put right.
    """
    since = ended_on(work, record)
    if since is None or on <= since:
        return None
    if was_decided(work, record):
        return reopen(work, record, on=on, words=words, also=also)
    change_status(work, record, OperatingStatus.OPERATING, on=on, note=words)
    return take_up_again(work, record, on=on, words=words)


def reopen(
    work: Casework, record: Establishment, *, on: date, words: str, also: Sequence[Finding] = ()
) -> RectificationCase:
    """Put down that somebody who was closed trades again (死灰复燃); further findings join the case."""
    change_status(work, record, OperatingStatus.CLOSING, on=on, note=words)
    return relapse(work, record, on=on, words=words, is_starred=True, also=also)


def take_up_again(work: Casework, record: Establishment, *, on: date, words: str) -> RectificationCase | None:
    """Open a case for what had not been put right when the trade ended: closing for a while mends nothing."""
    cases = _cases(work, record)
    left = [case for case in cases if case.stage == Stage.ENDED]
    if not left or left[-1].id in {case.follows_id for case in cases}:
        return None
    return relapse(work, record, on=on, words=f"关停前的问题没有改好；{words}", is_starred=False)


def relapse(
    work: Casework,
    record: Establishment,
    *,
    on: date,
    words: str,
    is_starred: bool,
    also: Sequence[Finding] = (),
) -> RectificationCase:
    """Open a case for what came back; it is as grave as what stood before it, and names that."""
    before = [case for case in _cases(work, record) if case.stage in _LASTING]
    finding = Finding(
        establishment_id=record.id,
        inspection_id=None,
        case_id=None,
        item=CAME_BACK,
        text=words,
        is_starred=is_starred or any(case.is_starred for case in before),
        found_on=on,
        entered_at=work.office.clock.now(),
        entered_by=work.by.name,
    )
    work.session.add(finding)
    work.session.flush()
    return work.begin([finding, *also], Stage.RELAPSED, follows_id=before[-1].id if before else None)


def closed_out(work: Casework, record: Establishment) -> list[RectificationCase]:
    """Return the cases that were closed out, the oldest first."""
    return [case for case in _cases(work, record) if Stage(case.stage).is_put_right]


def _cases(work: Casework, record: Establishment) -> list[RectificationCase]:
    query = select(RectificationCase).where(RectificationCase.establishment_id == record.id)
    return list(work.session.scalars(query.order_by(RectificationCase.id).with_for_update()))
