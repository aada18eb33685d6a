"""The notices of all that is due, in one file: each case's newest order, in the family that gave it."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select

from desktop.domain.lifecycle import Stage
from desktop.models.establishment import Establishment
from desktop.models.rectification import RectificationCase
from desktop.services.papers.case_reading import CaseFile, cases
from desktop.services.papers.order_papers import CODE_OF_FAMILY
from desktop.services.papers.order_papers import SOURCES as ORDERS
from desktop.services.papers.papers import RefusedPaper, Wanted
from desktop.services.papers.sources import Made, Reading, Source, Sources
from desktop.services.rectification.case_numbers import may_sign
from desktop.services.rectification.deadlines import SOON_WORKDAYS, horizon_of

DUE_NOTICES = "due_notices"


def _holders(reading: Reading, wanted: Wanted) -> Sequence[int]:
    """Return the cases that are late, or due within five workdays."""
    query = (
        select(RectificationCase.id)
        .join(Establishment, RectificationCase.establishment_id == Establishment.id)
        .where(RectificationCase.stage.in_([stage for stage in Stage if stage.has_running_deadline]))
        .where(RectificationCase.due_on.is_not(None))
        .order_by(RectificationCase.due_on, RectificationCase.id)
    )
    # Without next year's calendar nobody knows what is due within five workdays.
    horizon = horizon_of(reading.office, reading.today, SOON_WORKDAYS) or reading.today
    query = query.where(RectificationCase.due_on <= horizon)
    return tuple(reading.session.scalars(reading.in_scope(query)))


def _make(reading: Reading, files: Sequence[CaseFile]) -> Sequence[Made | RefusedPaper]:
    """Make each case's newest order; what this person may not sign for is refused by name."""
    made: list[Made | RefusedPaper] = []
    for file in files:
        code = CODE_OF_FAMILY.get(file.case.family)
        if code is None or not file.orders:
            made.append(file.refuse(f"{file.reference}还没有下达整改文书；请先责令整改"))
        elif not may_sign(reading.profile.family(file.case.family), reading.by):
            issuer = reading.profile.family(file.case.family).issuer
            made.append(
                file.refuse(f"{file.reference}的文书由“{issuer}”出具，您的账号不能打印", file.last_number)
            )
        else:
            made += [_named(one, code) for one in ORDERS[code].make(reading, [file])]
    return made


def _named(one: Made | RefusedPaper, code: str) -> Made | RefusedPaper:
    return replace(one, code=code) if isinstance(one, Made) else one


SOURCES: Sources = {DUE_NOTICES: Source(_make, _holders, cases)}
