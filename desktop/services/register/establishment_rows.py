"""Lines of the register as lists show them: who and where, the newest paper, the most urgent open case."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from sqlalchemy import and_, bindparam, select
from sqlalchemy.orm import Session

from desktop.domain.called import called
from desktop.domain.lifecycle import OperatingStatus, PaperStatus, RegistrationStatus, Stage
from desktop.domain.masking import mask
from desktop.domain.village_names import with_village
from desktop.models.establishment import Establishment
from desktop.models.office import Village
from desktop.models.rectification import RectificationCase
from desktop.models.registration import Paper
from desktop.services.open_office import OpenOffice
from desktop.services.registration.paper_worth import PaperFacts, paper_status_on


@dataclass(frozen=True, slots=True)
class EstablishmentRow:
    """One line of the register; personal numbers are masked unless they were asked for in full."""

    id: int
    archive_number: str
    kind: str
    name: str | None
    operator_name: str
    operator_id_number: str | None
    phone: str | None
    village: str
    address: str
    products: str | None
    employee_count: int | None
    health_certificate_count: int | None
    area_m2: Decimal | None
    surveyed_on: date | None
    operating_status: OperatingStatus
    registration_status: RegistrationStatus
    paper_number: str | None
    paper_status: PaperStatus
    valid_until: date | None
    open_rectifications: int
    rectification: Stage | None
    rectification_due_on: date | None

    @property
    def title(self) -> str:
        """What people call it: its name, or for a stall without one 姓名＋品种."""
        return called(self.name, self.operator_name, self.products)

    @property
    def place(self) -> str:
        """Where it is, its village said once."""
        return with_village(self.village, self.address)


class _Line(NamedTuple):
    """One answer to ``_LINES``, in its order: to read a name of this costs a tenth of one of SQLAlchemy's."""

    id: int
    archive_number: str
    kind: str
    name: str | None
    operator_name: str
    operator_id_number: str | None
    phone: str | None
    village: str
    address: str
    products: str | None
    employee_count: int | None
    health_certificate_count: int | None
    area_m2: Decimal | None
    surveyed_on: date | None
    operating_status: str
    registration_status: str
    stated_paper_number: str | None
    paper_number: str | None
    paper_kind: str | None
    paper_status: str | None
    valid_until: date | None
    stage: str | None
    due_on: date | None

    @property
    def paper(self) -> PaperFacts | None:
        if self.paper_number is None or self.paper_kind is None or self.paper_status is None:
            return None
        return PaperFacts(self.paper_number, self.paper_kind, self.paper_status, self.valid_until)


_CLOSED_STAGES = ("closed_out", "consolidating", "corrected")

_LINES = (
    select(
        Establishment.id,
        Establishment.archive_number,
        Establishment.kind,
        Establishment.name,
        Establishment.operator_name,
        Establishment.operator_id_number,
        Establishment.phone,
        Village.name,
        Establishment.address,
        Establishment.products,
        Establishment.employee_count,
        Establishment.health_certificate_count,
        Establishment.area_m2,
        Establishment.surveyed_on,
        Establishment.operating_status,
        Establishment.registration_status,
        Establishment.stated_paper_number,
        Paper.number,
        Paper.kind,
        Paper.status,
        Paper.valid_until,
        RectificationCase.stage,
        RectificationCase.due_on,
    )
    .join(Village)
    .outerjoin(Paper, and_(Paper.establishment_id == Establishment.id, Paper.is_newest))
    .outerjoin(
        RectificationCase,
        and_(
            RectificationCase.establishment_id == Establishment.id,
            RectificationCase.stage.not_in(_CLOSED_STAGES),
        ),
    )
    .where(Establishment.id.in_(bindparam("ids", expanding=True)))
    .order_by(RectificationCase.due_on.is_(None), RectificationCase.due_on, RectificationCase.id)
)
"""What rows of the register are made of: a line for each open case, at least one; the first due in front."""


def rows_of(
    session: Session, ids: Sequence[int], office: OpenOffice, *, is_masked: bool
) -> tuple[EstablishmentRow, ...]:
    """Return the rows of some establishments in the order of their ids."""
    lines: dict[int, list[_Line]] = {one: [] for one in ids}
    # Plain tables in one question: mapped classes would cost a page as much again.
    for line in map(_Line._make, session.connection().execute(_LINES, {"ids": tuple(ids)})):
        lines[line.id].append(line)
    return tuple(_row(of_one, office, is_masked=is_masked) for of_one in lines.values() if of_one)


def _row(lines: Sequence[_Line], office: OpenOffice, *, is_masked: bool) -> EstablishmentRow:
    """Make a row of the lines of one establishment."""
    first, paper, masking = lines[0], lines[0].paper, office.profile.masking
    id_number, phone = first.operator_id_number, first.phone
    if is_masked:
        id_number = mask(id_number, masking.identity_number) if id_number else id_number
        phone = mask(phone, masking.phone) if phone else phone
    return EstablishmentRow(
        id=first.id,
        archive_number=first.archive_number,
        kind=first.kind,
        name=first.name,
        operator_name=first.operator_name,
        operator_id_number=id_number,
        phone=phone,
        village=first.village,
        address=first.address,
        products=first.products,
        employee_count=first.employee_count,
        health_certificate_count=first.health_certificate_count,
        area_m2=first.area_m2,
        surveyed_on=first.surveyed_on,
        operating_status=OperatingStatus(first.operating_status),
        registration_status=RegistrationStatus(first.registration_status),
        paper_number=paper.number if paper else first.stated_paper_number,
        paper_status=paper_status_on(paper, office.clock.today(), office.profile),
        valid_until=paper.valid_until if paper else None,
        open_rectifications=len(lines) if first.stage else 0,
        rectification=Stage(first.stage) if first.stage else None,
        rectification_due_on=first.due_on,
    )
