"""Which papers are in somebody's hands: printed here, written by a village, or older than the register."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session

from desktop.domain.paper_life import PaperAct
from desktop.models.ledger import NumberRange
from desktop.models.registration import Paper
from desktop.services.print_log import printed_ids


def is_written_elsewhere() -> ColumnElement[bool]:
    """Return what tells a paper that was never ours to print: taken in, or out of a village's range."""
    in_range = exists().where(
        NumberRange.scope == Paper.scope, NumberRange.first <= Paper.serial, NumberRange.last >= Paper.serial
    )
    return or_(Paper.act == PaperAct.TAKING_IN, in_range & (Paper.act == PaperAct.ISSUE))


def out_of(session: Session, papers: Iterable[int]) -> frozenset[int]:
    """Return which of these papers were handed out, or may have been: somebody can hold the sheet."""
    is_out = or_(Paper.id.in_(printed_ids()), is_written_elsewhere())
    return frozenset(session.scalars(select(Paper.id).where(Paper.id.in_(list(papers)), is_out)))


def has_sheet_out(session: Session, paper: Paper) -> bool:
    """Tell whether anybody may hold a sheet of this number, of this edition or of one before it."""
    query = select(Paper.id).where(Paper.number == paper.number, Paper.edition <= paper.edition)
    return bool(out_of(session, session.scalars(query)))
