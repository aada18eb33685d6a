"""What a visit finds about the trade itself (新设立、搬迁、停业、关停、查无), and the route it is put on."""

from datetime import date

from sqlalchemy import select

from desktop.domain.called import called
from desktop.domain.forms import Answers
from desktop.domain.lifecycle import Disposition, OperatingStatus, RegistrationStatus, Route
from desktop.domain.operating_steps import NOTED, SURVEY_STEPS, names_production_licence
from desktop.errors import RuleError, UserError
from desktop.models.establishment import Establishment, EstablishmentChange
from desktop.services.office.villages import VillageRow
from desktop.services.rectification.cases import Casework
from desktop.services.registration.bans import why_not_another
from desktop.services.survey.answers import put_answers
from desktop.services.survey.trade_ends import change_status, end_trade, take_up_again, was_decided

_BEFORE_APPLICATION = {
    RegistrationStatus.UNREGISTERED,
    RegistrationStatus.LACKING,
    RegistrationStatus.UNFIT,
}
_STATUS_OF_ROUTE = {
    Route.UNDECIDED: RegistrationStatus.UNREGISTERED,
    Route.URGE_REGISTRATION: RegistrationStatus.UNREGISTERED,
    Route.PUT_RIGHT_FIRST: RegistrationStatus.LACKING,
    Route.CLOSE_BY_DATE: RegistrationStatus.UNFIT,
}


def change_by_survey(
    work: Casework, record: Establishment, to: OperatingStatus, *, on: date, note: str
) -> None:
    """Put down what a visit found; a trade that has ended takes its paper with it."""
    now, note = OperatingStatus(record.operating_status), note.strip()
    work.office.refuse_future(on)
    _refuse_step(work, record, now, to)
    if not note and (to in NOTED or now.has_ended):
        why = "重新开业的经过" if now.has_ended else f"“{to.label}”的情况"
        raise UserError(f"请在说明里写明{why}")
    if to is OperatingStatus.UPGRADED and not names_production_licence(note):
        raise UserError("升级的要在说明里写明食品生产许可证编号（SC 加 14 位数字），登记证随之注销")
    since = _changed_on(work, record)
    if since is not None and on < since:
        raise UserError(f"{on} 早于上一次变动的日期 {since}，请核对日期")
    change_status(work, record, to, on=on, note=note)
    if to.ends_paper:
        end_trade(work, record, on=on, reason=f"{to.label}：{note}")
    elif now.has_ended:
        take_up_again(work, record, on=on, words=note)


def put_on_route(
    work: Casework, record: Establishment, route: Route, disposition: Disposition | None
) -> None:
    """Put a record on a route and into a batch; the change log keeps what they were."""
    if (record.route, record.disposition) == (route, disposition):
        batch = f"、“{disposition.label}”" if disposition else ""
        raise UserError(f"处置意见已经是“{route.label}”{batch}，没有要改的")
    today = work.office.clock.today()
    if record.route != route:
        log_change(work, record, "route", record.route, route, on=today, note="")
    if record.disposition != disposition:
        log_change(work, record, "disposition", record.disposition, disposition, on=today, note="")
    record.route = route
    record.disposition = disposition
    if record.registration_status in _BEFORE_APPLICATION:
        record.registration_status = _STATUS_OF_ROUTE[route]


def put_anew(work: Casework, record: Establishment, answers: Answers, village: VillageRow) -> None:
    """Write new answers over an establishment; a place other than before goes into the change log (搬迁).

    Form, import and taking an import back come through here, so that none of them moves anybody silently,
    or takes a ban off the person whom it is on.
    """
    if said := why_not_another(record, answers, work.office.clock.today()):
        raise RuleError(said)
    was, was_at = record.address, record.place_key
    put_answers(record, answers, village, work.office.profile)
    if record.place_key != was_at:
        day = record.surveyed_on or work.office.clock.today()
        log_change(work, record, "moved", was, record.address, on=day, note="")


def log_change(
    work: Casework,
    record: Establishment,
    change: str,
    old: str | None,
    new: str | None,
    *,
    on: date,
    note: str,
) -> None:
    """Write one line of the change log."""
    work.session.add(
        EstablishmentChange(
            establishment_id=record.id,
            change=change,
            changed_on=on,
            old_value=old,
            new_value=new,
            note=note,
            entered_at=work.office.clock.now(),
            entered_by=work.by.name,
        )
    )


def _refuse_step(work: Casework, record: Establishment, now: OperatingStatus, to: OperatingStatus) -> None:
    title = called(record.name, record.operator_name, record.products)
    if now is to:
        raise UserError(f"“{title}”已经是“{now.label}”，没有要改的")
    if now.has_ended and was_decided(work, record):
        raise RuleError(
            f"“{title}”是按决定关停或取缔的，又在经营属“死灰复燃”，请录入“回头看”，不能直接改状态"
        )
    if to in SURVEY_STEPS[now]:
        return
    if now is OperatingStatus.CLOSING:
        raise RuleError(f"“{title}”在限期关停中，关没关要核实后在“整改销号”里办，不能直接改状态")
    there_are = "、".join(f"“{one.label}”" for one in SURVEY_STEPS[now]) or "没有"
    raise RuleError(f"“{title}”现在是“{now.label}”，不能直接改为“{to.label}”；能改为：{there_are}")


def _changed_on(work: Casework, record: Establishment) -> date | None:
    """Return the day of the latest change of status: history does not run backwards."""
    query = (
        select(EstablishmentChange.changed_on)
        .where(EstablishmentChange.establishment_id == record.id, EstablishmentChange.change == "status")
        .order_by(EstablishmentChange.id.desc())
    )
    return work.session.scalar(query.limit(1))
