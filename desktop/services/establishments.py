"""The register itself: who is there, found in a keystroke, shown page by page, one in full."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import Row, and_, bindparam, or_, select
from sqlalchemy.orm import Session

from desktop.domain.act import Actor
from desktop.domain.forms import Answer
from desktop.domain.lifecycle import OperatingStatus, PaperStatus, RegistrationStatus, Stage
from desktop.domain.masking import mask
from desktop.domain.profile import Profile
from desktop.domain.search_keys import ranges_for
from desktop.domain.sheet_code import archive_number_in
from desktop.errors import UserError
from desktop.models.establishment import Establishment, JoinedEstablishment
from desktop.models.office import Village
from desktop.models.rectification import RectificationCase
from desktop.models.registration import Paper
from desktop.services.answers import answers_of
from desktop.services.finding import HITS
from desktop.services.leafing import Dimension, Filters, Outline, Part, Sort
from desktop.services.open_office import OpenOffice
from desktop.services.rights import Right, require, require_village, village_scope

_SHOWN = (
    Establishment.id,
    Establishment.archive_number,
    Establishment.kind,
    Establishment.name,
    Establishment.operator_name,
    Establishment.operator_id_number,
    Establishment.phone,
    Establishment.address,
    Establishment.products,
    Establishment.employee_count,
    Establishment.health_certificate_count,
    Establishment.area_m2,
    Establishment.surveyed_on,
    Establishment.operating_status,
    Establishment.registration_status,
    Establishment.stated_paper_number,
)
_CLOSED_STAGES = ("closed_out", "consolidating", "corrected")

_LINES = (
    select(
        *_SHOWN,
        Village.name.label("village"),
        Paper.kind.label("paper_kind"),
        Paper.number.label("paper_number"),
        Paper.status.label("paper_status"),
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


@dataclass(frozen=True, slots=True)
class Hit:
    """One line under the place search."""

    id: int
    archive_number: str
    kind: str
    title: str
    operator_name: str
    village: str


@dataclass(frozen=True, slots=True)
class EstablishmentDetail:
    """Everything about one establishment: its line, all its answers, and what its dimensions say."""

    row: EstablishmentRow
    version: int
    uuid: str
    village_id: int
    route: str
    disposition: str | None
    answers: dict[str, Answer]


class PaperFacts(NamedTuple):
    """What says of a paper what it is worth."""

    number: str
    kind: str
    status: str
    valid_until: date | None


class Establishments:
    """Questions to the register."""

    def __init__(self, office: OpenOffice) -> None:
        self.office = office

    def count(self, filters: Filters, *, by: Actor) -> int:
        """Return how many there are behind a list."""
        require(by, Right.SEE)
        with self.office.db.reading() as session:
            return Part(filters, by, self.office).count(session)

    def page(
        self,
        filters: Filters,
        *,
        by: Actor,
        sort: Sort = Sort.ARCHIVE,
        is_descending: bool = False,
        offset: int = 0,
        limit: int = 200,
        outline: Outline | None = None,
    ) -> tuple[EstablishmentRow, ...]:
        """Return one page of the register, personal numbers masked; an outline makes far pages quick."""
        require(by, Right.SEE)
        with self.office.db.reading() as session:
            ids = Part(filters, by, self.office, sort, is_descending).page(session, offset, limit, outline)
            return self._rows(session, ids, is_masked=True)

    def outline(
        self,
        filters: Filters,
        *,
        by: Actor,
        sort: Sort = Sort.ARCHIVE,
        is_descending: bool = False,
        begun: Outline | None = None,
    ) -> Outline:
        """Return how long a list is and where its far pages begin, one stride further than was begun."""
        require(by, Right.SEE)
        with self.office.db.reading() as session:
            return Part(filters, by, self.office, sort, is_descending).outline(session, begun)

    def counts(self, filters: Filters, dimension: Dimension, *, by: Actor) -> Mapping[str, int]:
        """Return how many of a list there are of each value by which it could be filtered further."""
        require(by, Right.SEE)
        with self.office.db.reading() as session:
            return Part(filters, by, self.office).counts(session, dimension)

    def revealed(
        self, filters: Filters, *, by: Actor, offset: int = 0, limit: int = 200
    ) -> tuple[EstablishmentRow, ...]:
        """Return one page in full: needs the right, and one trail entry names every record shown."""
        require(by, Right.REVEAL)
        act = self.office.act(by, "establishment.reveal")
        with self.office.db.writing(act) as session:
            ids = Part(filters, by, self.office).page(session, offset, limit, None)
            rows = self._rows(session, ids, is_masked=False)
            session.trail.note("Establishment", "", {"shown_in_full": [row.id for row in rows]})
            return rows

    def reveal(self, establishment_id: int, *, by: Actor) -> EstablishmentRow:
        """Return one record with its personal numbers in full; the trail says who looked."""
        require(by, Right.REVEAL)
        with self.office.db.writing(self.office.act(by, "establishment.reveal")) as session:
            record = reachable(session, establishment_id, by)
            session.trail.note(
                "Establishment", record.id, {"shown_in_full": [record.id]}, establishment_id=record.id
            )
            return self._rows(session, [record.id], is_masked=False)[0]

    def find(self, typed: str, *, by: Actor, limit: int = 12) -> tuple[Hit, ...]:
        """Answer a keystroke of the place search: names, pinyin initials, numbers and their tails."""
        require(by, Right.SEE)
        ranges = ranges_for(typed)
        if not ranges:
            return ()
        asked: dict[str, object] = {"scope": village_scope(by), "most": limit * 4}
        for place, wanted in enumerate(ranges):
            asked |= {f"first_{place}": wanted.first, f"after_{place}": wanted.after}
        with self.office.db.asking() as connection:
            found = {hit.id: hit for hit in connection.execute(HITS[len(ranges)], asked)}
        return tuple(
            Hit(
                hit.id,
                hit.archive_number,
                hit.kind,
                called(hit.name, hit.operator_name, hit.products),
                hit.operator_name,
                hit.village,
            )
            for hit in islice(found.values(), limit)
        )

    def of_sheet(self, typed: str, *, by: Actor) -> Hit | None:
        """Return whose check list was scanned, also under the old number of a record joined to another.

        ``None`` where the code is none or its record is not here.
        """
        require(by, Right.SEE)
        number = archive_number_in(typed)
        if number is None:
            return None
        joined_to = select(JoinedEstablishment.establishment_id).where(
            JoinedEstablishment.archive_number == number, JoinedEstablishment.undone_at.is_(None)
        )
        query = (
            select(Establishment, Village.name)
            .join(Village, Village.id == Establishment.village_id)
            .where(or_(Establishment.archive_number == number, Establishment.id.in_(joined_to)))
        )
        if (scope := village_scope(by)) is not None:
            query = query.where(Establishment.village_id == scope)
        with self.office.db.reading() as session:
            found = session.execute(query).first()
            if found is None:
                return None
            record, village = found
            title = called(record.name, record.operator_name, record.products)
            return Hit(record.id, record.archive_number, record.kind, title, record.operator_name, village)

    def detail(self, establishment_id: int, *, by: Actor) -> EstablishmentDetail:
        """Return everything about one; personal numbers are masked, also among its answers."""
        require(by, Right.SEE)
        with self.office.db.reading() as session:
            detail = self._detail(session, reachable(session, establishment_id, by))
        masking = self.office.profile.masking
        presets = {"operator_id_number": masking.identity_number, "phone": masking.phone}
        answers = {
            code: mask(answer, presets[code]) if code in presets and isinstance(answer, str) else answer
            for code, answer in detail.answers.items()
        }
        return replace(detail, answers=answers)

    def sheet(self, establishment_id: int, *, by: Actor) -> EstablishmentDetail:
        """Return one as a sheet to be changed, personal numbers in full; the trail says who opened it."""
        require(by, Right.SURVEY)
        with self.office.db.writing(self.office.act(by, "establishment.open_sheet")) as session:
            record = reachable(session, establishment_id, by)
            session.trail.note(
                "Establishment", record.id, {"shown_in_full": [record.id]}, establishment_id=record.id
            )
            return self._detail(session, record)

    def _detail(self, session: Session, record: Establishment) -> EstablishmentDetail:
        row = self._rows(session, [record.id], is_masked=True)[0]
        form = self.office.profile.form(record.kind)
        return EstablishmentDetail(
            row=row,
            version=record.version,
            uuid=record.uuid,
            village_id=record.village_id,
            route=record.route,
            disposition=record.disposition,
            answers=answers_of(record, form, row.village),
        )

    def _rows(self, session: Session, ids: Sequence[int], *, is_masked: bool) -> tuple[EstablishmentRow, ...]:
        lines: dict[int, list[Row[*tuple[Any, ...]]]] = {one: [] for one in ids}
        # Plain tables in one question: mapped classes would cost a page as much again.
        for line in session.connection().execute(_LINES, {"ids": tuple(ids)}):
            lines[line.id].append(line)
        return tuple(self._row(of_one, is_masked=is_masked) for of_one in lines.values() if of_one)

    def _row(self, lines: Sequence[Row[*tuple[Any, ...]]], *, is_masked: bool) -> EstablishmentRow:
        """Make a row of the lines of one establishment."""
        record = lines[0]
        masking = self.office.profile.masking
        id_number, phone = record.operator_id_number, record.phone
        if is_masked:
            id_number = mask(id_number, masking.identity_number) if id_number else id_number
            phone = mask(phone, masking.phone) if phone else phone
        paper = _newest_paper(record)
        return EstablishmentRow(
            id=record.id,
            archive_number=record.archive_number,
            kind=record.kind,
            name=record.name,
            operator_name=record.operator_name,
            operator_id_number=id_number,
            phone=phone,
            village=record.village,
            address=record.address,
            products=record.products,
            employee_count=record.employee_count,
            health_certificate_count=record.health_certificate_count,
            area_m2=record.area_m2,
            surveyed_on=record.surveyed_on,
            operating_status=OperatingStatus(record.operating_status),
            registration_status=RegistrationStatus(record.registration_status),
            paper_number=paper.number if paper else record.stated_paper_number,
            paper_status=paper_status_on(paper, self.office.clock.today(), self.office.profile),
            valid_until=paper.valid_until if paper else None,
            open_rectifications=len(lines) if record.stage else 0,
            rectification=Stage(record.stage) if record.stage else None,
            rectification_due_on=record.due_on,
        )


def existing(session: Session, establishment_id: int) -> Establishment:
    """Return an establishment inside an open block; one that is not there is refused."""
    record = session.get(Establishment, establishment_id)
    if record is None:
        raise UserError(f"没有编号为 {establishment_id} 的档案，请核对后再试")
    return record


def reachable(session: Session, establishment_id: int, by: Actor) -> Establishment:
    """Return an establishment that this person may see and touch, inside an open block."""
    record = existing(session, establishment_id)
    require_village(by, record.village_id)
    return record


def called(name: str | None, operator_name: str, products: str | None) -> str:
    """Return what people call an establishment; a stall without a name is 姓名＋品种 (DOMAIN §4.1 no. 3)."""
    if name:
        return name
    first = (products or "").replace("，", "、").split("、")[0]
    return f"{operator_name}（{first}）" if first else operator_name


def paper_status_on(paper: Paper | PaperFacts | None, today: date, profile: Profile) -> PaperStatus:
    """Return what a paper is worth on a day: expiring and expired are computed, never stored."""
    if paper is None:
        return PaperStatus.NONE
    status = PaperStatus(paper.status)
    if status is not PaperStatus.VALID or paper.valid_until is None:
        return status
    if paper.valid_until < today:
        return PaperStatus.EXPIRED
    days = profile.trade(paper.kind).paper.expiring_days
    return PaperStatus.EXPIRING if paper.valid_until - today <= timedelta(days=days) else PaperStatus.VALID


def newest_papers(session: Session, ids: Sequence[int]) -> dict[int, Paper]:
    """Return the newest paper of each establishment that has one."""
    papers = session.scalars(select(Paper).where(Paper.establishment_id.in_(ids), Paper.is_newest))
    return {paper.establishment_id: paper for paper in papers}


def _newest_paper(line: Row[*tuple[Any, ...]]) -> PaperFacts | None:
    if line.paper_status is None:
        return None
    return PaperFacts(line.paper_number, line.paper_kind, line.paper_status, line.valid_until)
