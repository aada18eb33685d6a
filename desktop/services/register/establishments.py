"""The register itself: who is there, found in a keystroke, shown page by page, one in full."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from desktop.domain.act import Actor
from desktop.domain.called import called
from desktop.domain.forms import Answer
from desktop.domain.masking import mask
from desktop.domain.search_keys import ranges_for
from desktop.domain.sheet_code import archive_number_in
from desktop.errors import UserError
from desktop.models.establishment import Establishment, JoinedEstablishment
from desktop.models.office import Village
from desktop.services.open_office import OpenOffice
from desktop.services.register.establishment_rows import EstablishmentRow, rows_of
from desktop.services.register.finding import HITS
from desktop.services.register.leafing import Dimension, Filters, Outline, Part, Sort
from desktop.services.rights import Right, require, require_village, village_scope
from desktop.services.survey.answers import answers_of


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
            return rows_of(session, ids, self.office, is_masked=True)

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
            rows = rows_of(session, ids, self.office, is_masked=False)
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
            return rows_of(session, [record.id], self.office, is_masked=False)[0]

    def find(self, typed: str, *, by: Actor, limit: int = 12) -> tuple[Hit, ...]:
        """Answer a keystroke of the place search: names, pinyin initials, numbers and their tails."""
        require(by, Right.SEE)
        ranges = ranges_for(typed)
        if not ranges:
            return ()
        scope = village_scope(by)
        asked: dict[str, object] = {"most": limit * 4, "few": limit}
        if scope is not None:
            asked["scope"] = scope
        for place, wanted in enumerate(ranges):
            asked |= {f"first_{place}": wanted.first, f"after_{place}": wanted.after}
        question = HITS[len(ranges), scope is not None]
        return tuple(
            Hit(
                hit.id,
                hit.archive_number,
                hit.kind,
                called(hit.name, hit.operator_name, hit.products),
                hit.operator_name,
                hit.village,
            )
            for hit in self.office.db.answer(question, asked)
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
        row = rows_of(session, [record.id], self.office, is_masked=True)[0]
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
