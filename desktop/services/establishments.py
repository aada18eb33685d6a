"""The register itself: who is there, found in a keystroke, shown page by page, one in full."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from desktop.domain.act import Actor
from desktop.domain.forms import Answer
from desktop.domain.lifecycle import OperatingStatus, PaperStatus, RegistrationStatus, Stage
from desktop.domain.masking import mask
from desktop.domain.profile import Profile
from desktop.domain.search_keys import ranges_for
from desktop.errors import UserError
from desktop.models.establishment import Establishment, SearchKey
from desktop.models.office import Village
from desktop.models.rectification import RectificationCase
from desktop.models.registration import Paper
from desktop.services.answers import answers_of
from desktop.services.leafing import Filters, Outline, Sort, chosen, far_page, in_scope, read_anchors
from desktop.services.open_office import OpenOffice
from desktop.services.rights import Right, require, require_village

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
"""What a line of the register is made of: whole records make a page a quarter slower."""

_CLOSED_STAGES = ("closed_out", "consolidating", "corrected")


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


class Establishments:
    """Questions to the register."""

    def __init__(self, office: OpenOffice) -> None:
        self.office = office

    def count(self, filters: Filters, *, by: Actor) -> int:
        """Return how many there are behind a list."""
        require(by, Right.SEE)
        with self.office.db.reading() as session:
            return session.scalar(chosen(select(func.count(Establishment.id)), filters, by, self.office)) or 0

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
            ids = chosen(select(Establishment.id), filters, by, self.office)
            page = far_page(
                ids, sort, is_descending=is_descending, offset=offset, limit=limit, outline=outline
            )
            return self._rows(session, session.scalars(page).all(), is_masked=True)

    def outline(
        self, filters: Filters, *, by: Actor, sort: Sort = Sort.ARCHIVE, is_descending: bool = False
    ) -> Outline:
        """Return how long a list is and where its far pages begin."""
        require(by, Right.SEE)
        with self.office.db.reading() as session:
            total = session.scalar(chosen(select(func.count(Establishment.id)), filters, by, self.office))
            ids = chosen(select(Establishment.id), filters, by, self.office)
            anchors = read_anchors(session, ids, sort, is_descending=is_descending, total=total or 0)
            return Outline(total or 0, anchors)

    def revealed(
        self, filters: Filters, *, by: Actor, offset: int = 0, limit: int = 200
    ) -> tuple[EstablishmentRow, ...]:
        """Return one page in full: needs the right, and one trail entry names every record shown."""
        require(by, Right.REVEAL)
        act = self.office.act(by, "establishment.reveal")
        with self.office.db.writing(act) as session:
            ids = chosen(select(Establishment.id), filters, by, self.office).order_by(Establishment.id)
            rows = self._rows(
                session, session.scalars(ids.offset(offset).limit(limit)).all(), is_masked=False
            )
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
        with self.office.db.reading() as session:
            ids = _found(session, typed, most=limit * 4)
            # Only what is shown: whole records would cost a keystroke more than the search itself.
            query = (
                select(
                    Establishment.id,
                    Establishment.archive_number,
                    Establishment.kind,
                    Establishment.name,
                    Establishment.operator_name,
                    Establishment.products,
                    Village.name,
                )
                .join(Village)
                .where(Establishment.id.in_(ids), in_scope(by))
            )
            rows = {row[0]: row for row in session.execute(query)}
        shown = [rows[found] for found in ids if found in rows][:limit]
        return tuple(
            Hit(found, archive_number, kind, called(name, operator, products), operator, village)
            for found, archive_number, kind, name, operator, products, village in shown
        )

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
        if not ids:
            return ()
        query = select(*_SHOWN, Village.name.label("village")).join(Village).where(Establishment.id.in_(ids))
        records = {record.id: record for record in session.execute(query)}
        papers = newest_papers(session, ids)
        cases = _open_cases(session, ids)
        return tuple(
            self._row(records[one], papers.get(one), cases.get(one, []), is_masked=is_masked) for one in ids
        )

    def _row(
        self,
        record: Row[*tuple[Any, ...]],
        paper: Paper | None,
        cases: Sequence[tuple[Stage, date | None]],
        *,
        is_masked: bool,
    ) -> EstablishmentRow:
        masking = self.office.profile.masking
        id_number, phone = record.operator_id_number, record.phone
        if is_masked:
            id_number = mask(id_number, masking.identity_number) if id_number else id_number
            phone = mask(phone, masking.phone) if phone else phone
        status = paper_status_on(paper, self.office.clock.today(), self.office.profile)
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
            paper_status=status,
            valid_until=paper.valid_until if paper else None,
            open_rectifications=len(cases),
            rectification=cases[0][0] if cases else None,
            rectification_due_on=cases[0][1] if cases else None,
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


def paper_status_on(paper: Paper | None, today: date, profile: Profile) -> PaperStatus:
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
    newest = (
        select(func.max(Paper.id)).where(Paper.establishment_id.in_(ids)).group_by(Paper.establishment_id)
    )
    papers = session.scalars(select(Paper).where(Paper.id.in_(newest)))
    return {paper.establishment_id: paper for paper in papers}


def _open_cases(session: Session, ids: Sequence[int]) -> dict[int, list[tuple[Stage, date | None]]]:
    """Return the open cases of each establishment, the one that is due first in front."""
    query = (
        select(RectificationCase.establishment_id, RectificationCase.stage, RectificationCase.due_on)
        .where(RectificationCase.establishment_id.in_(ids), RectificationCase.stage.not_in(_CLOSED_STAGES))
        .order_by(RectificationCase.due_on.is_(None), RectificationCase.due_on, RectificationCase.id)
    )
    cases: dict[int, list[tuple[Stage, date | None]]] = {}
    for establishment_id, stage, due_on in session.execute(query):
        cases.setdefault(establishment_id, []).append((Stage(stage), due_on))
    return cases


def _found(session: Session, typed: str, *, most: int) -> list[int]:
    """Return the first ids in the order of their keys; each range is one walk along the index."""
    found: dict[int, None] = {}
    for wanted in ranges_for(typed):
        query = (
            select(SearchKey.establishment_id)
            .where(SearchKey.key >= wanted.first, SearchKey.key < wanted.after)
            .order_by(SearchKey.key, SearchKey.establishment_id)
            .limit(most)
        )
        found.update(dict.fromkeys(session.scalars(query)))
    return list(found)
