"""Which papers the print log knows, and how often; a paper is never printed as the same copy twice."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from desktop.domain.act import Actor
from desktop.domain.lifecycle import PaperStatus
from desktop.errors import ChangedMeanwhileError
from desktop.models.registration import Paper, PrintEntry
from desktop.services.open_office import OpenOffice
from desktop.services.papers.pressing import PressedPaper, PrintJob


def log_entry(
    office: OpenOffice,
    job: PrintJob,
    one: PressedPaper,
    *,
    document: str,
    reason: str,
    by: Actor,
    paper_id: int | None = None,
) -> PrintEntry:
    """Return the line of the log for a paper that lies in its file."""
    return PrintEntry(
        paper_id=paper_id,
        establishment_id=job.establishment_id or None,
        document=document,
        number=job.number,
        copy_number=job.copy,
        printed_on=office.clock.today(),
        reason=reason,
        file=one.file.name,
        file_sha256=one.file_sha256,
        facts_sha256=one.digest,
        entered_at=office.clock.now(),
        entered_by=by.name,
    )


def printed_ids() -> Select[Any]:
    """Return the question for the papers that were printed."""
    return select(PrintEntry.paper_id).where(PrintEntry.paper_id.is_not(None))


def copies_of(session: Session, papers: Iterable[int]) -> dict[int, int]:
    """Return the number of the last copy of each paper that was printed."""
    query = (
        select(PrintEntry.paper_id, func.max(PrintEntry.copy_number))
        .where(PrintEntry.paper_id.in_(list(papers)))
        .group_by(PrintEntry.paper_id)
    )
    return {row[0]: row[1] for row in session.execute(query) if row[0] is not None}


def refuse_printed_meanwhile(session: Session, copies: Mapping[int, int]) -> None:
    """Refuse, inside an open block, to log what somebody else printed or ended while ours were drawn.

    The rows of the papers are held, so that on PostgreSQL the second of two waits and then sees the first.
    """
    held = select(Paper.number, Paper.status).where(Paper.id.in_(list(copies)))
    papers = session.execute(held.order_by(Paper.id).with_for_update()).all()
    for number, status in papers:
        if status != PaperStatus.VALID:
            raise ChangedMeanwhileError(
                f"{number} 刚变为“{PaperStatus(status).label}”，这次的文件没有留下；请刷新后再打"
            )
    last = copies_of(session, copies)
    taken = [paper for paper, copy in copies.items() if last.get(paper, 0) >= copy]
    if taken:
        first = session.scalar(select(Paper.number).where(Paper.id == taken[0]))
        raise ChangedMeanwhileError(
            f"有 {len(taken)} 张刚被别人打印过（如 {first}），这次的文件没有留下；"
            "请刷新后再打，要重打须写明原因"
        )
