"""Handing papers out (领取): who took which, when, with whose authority; and which nobody took yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from desktop.domain.act import Actor
from desktop.domain.called import called
from desktop.domain.lifecycle import PaperStatus
from desktop.errors import RuleError, UserError
from desktop.models.establishment import Establishment
from desktop.models.office import Village
from desktop.models.registration import Paper, PaperCollection, PrintEntry
from desktop.services.open_office import OpenOffice
from desktop.services.registration.paper_worth import paper_status_on
from desktop.services.rights import Right, require, village_scope


@dataclass(frozen=True, slots=True)
class CollectionRow:
    """A printed paper and who took it; also a line of the signing sheet (领取签收表)."""

    paper_id: int
    establishment_id: int
    kind: str
    number: str
    title: str
    operator_name: str
    village: str
    printed_on: date
    collected_on: date | None = None
    collector: str = ""
    is_agent: bool = False
    authority: str = ""

    @property
    def how(self) -> str:
        """本人 or 代领 as the sheet writes it."""
        if self.collected_on is None:
            return ""
        return f"代领（{self.authority}）" if self.is_agent else "本人"


@dataclass(frozen=True, slots=True)
class SigningSheet:
    """What the signing sheet says: one village, or all; its lines are empty for those who have not signed."""

    township: str
    village: str
    as_of: date
    rows: tuple[CollectionRow, ...]


class PaperCollections:
    """What the office writes down when a paper leaves it."""

    def __init__(self, office: OpenOffice) -> None:
        self.office = office

    def waiting(
        self, *, by: Actor, village_id: int | None = None, limit: int = 500
    ) -> tuple[CollectionRow, ...]:
        """Return papers that are printed, good, and still in the office; those printed first come first."""
        require(by, Right.SEE)
        with self.office.db.reading() as session:
            query = _printed().where(PaperCollection.id.is_(None), lasts(self.office))
            query = self._narrowed(query, by, village_id)
            return tuple(_row(found) for found in session.execute(query.limit(limit)))

    def count_waiting(self, *, by: Actor) -> int:
        """Return how many printed papers nobody has taken yet."""
        require(by, Right.SEE)
        with self.office.db.reading() as session:
            is_printed = Paper.id.in_(select(PrintEntry.paper_id))
            is_taken = exists().where(PaperCollection.paper_id == Paper.id)
            query = select(func.count(Paper.id)).where(is_printed, ~is_taken, lasts(self.office))
            query = query.join(Establishment, Paper.establishment_id == Establishment.id)
            return session.scalar(self._narrowed(query, by, None)) or 0

    def collected(
        self, *, by: Actor, village_id: int | None = None, limit: int = 500
    ) -> tuple[CollectionRow, ...]:
        """Return papers that were taken, the last one first."""
        require(by, Right.SEE)
        with self.office.db.reading() as session:
            query = _printed().where(PaperCollection.id.is_not(None)).order_by(None)
            query = self._narrowed(query, by, village_id).order_by(PaperCollection.id.desc())
            return tuple(_row(found) for found in session.execute(query.limit(limit)))

    def signing_sheet(self, *, by: Actor, village_id: int | None = None) -> SigningSheet:
        """Return the sheet to sign on: what waits, village by village."""
        rows = self.waiting(by=by, village_id=village_id, limit=5000)
        villages = {row.village for row in rows}
        return SigningSheet(
            township=self.office.profile.township,
            village=villages.pop() if village_id is not None and len(villages) == 1 else "",
            as_of=self.office.clock.today(),
            rows=tuple(sorted(rows, key=lambda row: (row.village, row.number))),
        )

    def hand_over(
        self,
        paper_ids: Sequence[int],
        *,
        on: date,
        by: Actor,
        agent: str = "",
        authority: str = "",
    ) -> int:
        """Put down that papers were taken, by each operator in person or by an agent with authority."""
        require(by, Right.HAND_OVER)
        self.office.refuse_future(on)
        if not paper_ids:
            raise UserError("没有选领取的证卡，请先选")
        if bool(agent.strip()) != bool(authority.strip()):
            missing = "代领人的姓名" if authority.strip() else "代领的凭据（委托书、与经营者的关系等）"
            raise UserError(f"代领要写明{missing}，请填写")
        with self.office.db.writing(self.office.act(by, "paper.hand_over")) as session:
            for paper_id in dict.fromkeys(paper_ids):
                paper = session.scalar(select(Paper).where(Paper.id == paper_id).with_for_update())
                if paper is None:
                    raise UserError(f"没有编号为 {paper_id} 的证卡，请刷新后再试")
                self._refuse(session, paper, on)
                record = session.get_one(Establishment, paper.establishment_id)
                session.add(
                    PaperCollection(
                        paper_id=paper.id,
                        establishment_id=record.id,
                        collected_on=on,
                        collector=agent.strip() or record.operator_name,
                        is_agent=bool(agent.strip()),
                        authority=authority.strip(),
                        entered_at=self.office.clock.now(),
                        entered_by=by.name,
                    )
                )
            return len(dict.fromkeys(paper_ids))

    def _refuse(self, session: Session, paper: Paper, on: date) -> None:
        """Refuse what cannot be handed out: taken already, worth nothing, or not on paper yet."""
        taken = session.scalar(select(PaperCollection).where(PaperCollection.paper_id == paper.id))
        if taken is not None:
            raise RuleError(
                f"{paper.number} {taken.collected_on} 已由{taken.collector}领走，不能再领；丢了坏了请办补发"
            )
        status = paper_status_on(paper, self.office.clock.today(), self.office.profile)
        if not status.is_living:
            raise RuleError(f"{paper.number} 已{status.label}，不能发给经营者；请收回或办补发、延续")
        printed_on = session.scalar(
            select(func.min(PrintEntry.printed_on)).where(PrintEntry.paper_id == paper.id)
        )
        if printed_on is None:
            raise RuleError(f"{paper.number} 还没有打印，请先到打印中心打印")
        if on < printed_on:
            raise UserError(f"领取的日期 {on} 早于打印的日期 {printed_on}，请核对日期")

    def _narrowed(self, query: Select[Any], by: Actor, village_id: int | None) -> Select[Any]:
        scope = village_scope(by)
        if scope is not None:
            query = query.where(Establishment.village_id == scope)
        return query if village_id is None else query.where(Establishment.village_id == village_id)


def _printed() -> Select[Any]:
    """Return the question for papers that were printed, with whose they are and who took them."""
    printed = first_prints()
    return (
        select(Paper, Establishment, Village.name, printed.c.printed_on, PaperCollection)
        .join(printed, printed.c.paper_id == Paper.id)
        .join(Establishment, Paper.establishment_id == Establishment.id)
        .join(Village, Establishment.village_id == Village.id)
        .outerjoin(PaperCollection, PaperCollection.paper_id == Paper.id)
        .order_by(printed.c.printed_on, Paper.id)
    )


def first_prints() -> Subquery:
    """Return for each paper that was printed the day on which it first was."""
    return (
        select(PrintEntry.paper_id, func.min(PrintEntry.printed_on).label("printed_on"))
        .where(PrintEntry.paper_id.is_not(None))
        .group_by(PrintEntry.paper_id)
        .subquery()
    )


def lasts(office: OpenOffice) -> ColumnElement[bool]:
    """Return what makes a paper worth handing out: good today."""
    today = office.clock.today()
    return and_(
        Paper.status == PaperStatus.VALID, or_(Paper.valid_until.is_(None), Paper.valid_until >= today)
    )


def _row(found: Any) -> CollectionRow:  # noqa: ANN401 - a line of the question above
    paper, record, village, printed_on, taken = found
    return CollectionRow(
        paper_id=paper.id,
        establishment_id=record.id,
        kind=paper.kind,
        number=paper.number,
        title=called(record.name, record.operator_name, record.products),
        operator_name=record.operator_name,
        village=village,
        printed_on=printed_on,
        collected_on=taken.collected_on if taken is not None else None,
        collector=taken.collector if taken is not None else "",
        is_agent=taken.is_agent if taken is not None else False,
        authority=taken.authority if taken is not None else "",
    )
