"""Applications under way: which one a decision belongs to, and which one has to be decided before another."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from desktop.domain.called import called
from desktop.domain.lifecycle import RegistrationStatus
from desktop.models.establishment import Establishment
from desktop.models.registration import Application
from desktop.services.registration.eligibility import living_place

UNDER_WAY = (
    RegistrationStatus.APPLIED,
    RegistrationStatus.TO_COMPLETE,
    RegistrationStatus.ACCEPTED,
    RegistrationStatus.SITE_CHECK,
)


def open_application(establishment_id: int) -> Select[Application]:
    """Return the question for the application of an establishment that waits for its decision."""
    return (
        select(Application)
        .where(Application.establishment_id == establishment_id, Application.status.in_(UNDER_WAY))
        .order_by(Application.id.desc())
    )


def last_step_on(application: Application) -> date:
    """Return the day of the last step that stands; nothing is decided before it."""
    steps = (application.applied_on, application.accepted_on, application.site_checked_on)
    return max(day for day in steps if day is not None)


@dataclass(frozen=True, slots=True)
class Queue:
    """The applications under way around some establishments, read in one go, the first received first."""

    waiting: tuple[tuple[Application, Establishment], ...]

    def not_in_turn(self, record: Establishment, on: date) -> tuple[str, ...]:
        """Return what speaks against deciding about an establishment on a day.

        Its own application may not have got that far by then; another's for the same trade at the same place
        comes first where it was received first, for one place has one paper (行政许可法 art. 57).
        """
        own = [one for one, applicant in self.waiting if applicant.id == record.id]
        reasons = [
            f"申请的上一步是 {last_step_on(one):%Y-%m-%d} 办的，决定日期不能早于这一天"
            for one in own
            if on < last_step_on(one)
        ]
        here = [pair for pair in self.waiting if _living_place(pair[1]) == _living_place(record)]
        if here and here[0][1].id != record.id:
            first, applicant = here[0]
            title = called(applicant.name, applicant.operator_name, applicant.products)
            reasons.append(
                f"同一地点“{title}”（{applicant.archive_number}）{first.applied_on:%Y-%m-%d} 先提出申请，"
                "还没有决定，一地只发一张，请先决定那件申请"
            )
        return tuple(reasons)


def read_queue(session: Session, records: Sequence[Establishment]) -> Queue:
    """Read the applications under way of these establishments and of others at their places."""
    places = {record.place_key for record in records}
    query = (
        select(Application, Establishment)
        .join(Establishment, Application.establishment_id == Establishment.id)
        .where(Application.status.in_(UNDER_WAY), Establishment.place_key.in_(places))
        .order_by(Application.applied_on, Application.id)
    )
    return Queue(tuple((found[0], found[1]) for found in session.execute(query)))


def _living_place(record: Establishment) -> str:
    return living_place(record.kind, record.place_key)
