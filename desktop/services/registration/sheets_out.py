"""Which papers are in somebody's hands: printed here, written by a village, or older than the register."""

from collections.abc import Iterable

from sqlalchemy import CompoundSelect, and_, func, or_, select, union, union_all
from sqlalchemy.orm import Session

from desktop.domain.paper_life import PaperAct
from desktop.models.ledger import NumberRange
from desktop.models.registration import Paper, PrintEntry
from desktop.services.papers.print_log import printed_ids

_IS_IN_RANGE = and_(
    Paper.scope == NumberRange.scope,
    Paper.serial.between(NumberRange.first, NumberRange.last),
    Paper.act == PaperAct.ISSUE,
)
_NOBODYS = 0


def ids_out() -> CompoundSelect[int]:
    """Return the question for papers that were printed, or that a village wrote out of its range.

    Ranges are few and papers may be a million: an outer join lets each range look for its own.
    """
    in_range = select(func.coalesce(Paper.id, _NOBODYS)).select_from(NumberRange)
    return union_all(printed_ids(), in_range.outerjoin(Paper, _IS_IN_RANGE))


def out_of(session: Session, papers: Iterable[int]) -> frozenset[int]:
    """Return which of these papers were handed out, or may have been: somebody can hold the sheet.

    An old paper that was taken in was handed out by whoever issued it.
    """
    ids = list(papers)
    printed = select(PrintEntry.paper_id).where(PrintEntry.paper_id.in_(ids))
    written = select(Paper.id).outerjoin(NumberRange, _IS_IN_RANGE)
    is_written = or_(Paper.act == PaperAct.TAKING_IN, NumberRange.id.is_not(None))
    found = session.scalars(union(printed, written.where(Paper.id.in_(ids), is_written)))
    return frozenset(one for one in found if one is not None)


def has_sheet_out(session: Session, paper: Paper) -> bool:
    """Tell whether anybody may hold a sheet of this number, of this edition or of one before it."""
    query = select(Paper.id).where(Paper.number == paper.number, Paper.edition <= paper.edition)
    return bool(out_of(session, session.scalars(query)))
