"""Papers besides certificates and cards: facts from the register, one file, each print in the log."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.domain.act import Actor
from desktop.errors import ChangedMeanwhileError, UserError
from desktop.models.establishment import Establishment
from desktop.models.registration import PrintEntry
from desktop.services.open_office import OpenOffice
from desktop.services.papers.application_papers import SOURCES as FORMS
from desktop.services.papers.campaign_papers import SOURCES as CAMPAIGNS
from desktop.services.papers.case_records import SOURCES as CASE_RECORDS
from desktop.services.papers.copies import SOURCES as COPIES
from desktop.services.papers.dossier_papers import SOURCES as DOSSIERS
from desktop.services.papers.due_notices import SOURCES as DUE_NOTICES
from desktop.services.papers.establishment_records import SOURCES as RECORDS
from desktop.services.papers.layouts import PAPERS, document_of
from desktop.services.papers.list_rows import keep_back_rows
from desktop.services.papers.order_papers import SOURCES as ORDERS
from desktop.services.papers.papers import PrintOutcome, RefusedPaper, Sheet, Wanted
from desktop.services.papers.pressing import (
    Pressed,
    Progress,
    examine,
    lacks_reason,
    outcome_of,
    press,
    require_folder,
    said_by_the_office,
    stopped,
)
from desktop.services.papers.print_log import log_entry
from desktop.services.papers.print_orders import with_way_out
from desktop.services.papers.register_lists import SOURCES as LISTS
from desktop.services.papers.registration_letters import SOURCES as LETTERS
from desktop.services.papers.reminder_letters import SOURCES as REMINDERS
from desktop.services.papers.sources import Made, Reading, Sources
from desktop.services.papers.survey_papers import SOURCES as SURVEYS
from desktop.services.rights import Right, require

if TYPE_CHECKING:
    from printing.document import Document

MOST_AT_ONCE = 2000
"""How many establishments one file may be about; a larger one opens nowhere."""

SOURCES: Sources = {
    **LETTERS,
    **FORMS,
    **COPIES,
    **LISTS,
    **SURVEYS,
    **DOSSIERS,
    **ORDERS,
    **CASE_RECORDS,
    **RECORDS,
    **DUE_NOTICES,
    **REMINDERS,
    **CAMPAIGNS,
}
"""Every paper that is made from the register, by its code."""


@dataclass(frozen=True, slots=True)
class PossiblePaper:
    """A paper that an establishment gives occasion for."""

    code: str
    title: str


@dataclass(frozen=True, slots=True)
class _Job:
    made: Made
    copy: int

    @property
    def establishment_id(self) -> int:
        return self.made.establishment_id

    @property
    def number(self) -> str:
        return self.made.number


class Paperwork:
    """Prints what the register says about establishments, and keeps the log."""

    def __init__(self, office: OpenOffice, fonts: Path) -> None:
        self.office = office
        self.fonts = fonts

    def print(
        self,
        wanted: Wanted,
        target: Path,
        *,
        by: Actor,
        sheet: Sheet | None = None,
        skip_refused: bool = False,
        reason: str = "",
        progress: Progress | None = None,
    ) -> PrintOutcome:
        """Write one PDF of the wanted papers and log each; a reprint needs its reason.

        What cannot be printed is refused before the first page, all of it together; then the outcome has
        no file and nothing is logged, unless ``skip_refused`` prints the rest.
        """
        require(by, Right.PRINT)
        require_folder(target)
        jobs, refused = self._kept(*self._jobs(wanted, by), wanted.code)
        unexplained = lacks_reason(jobs, reason)
        if (refused and not skip_refused) or not jobs or unexplained:
            document, facts = self._drawing(jobs, wanted.code)
            refused += examine(document, facts, jobs, self.fonts, sheet or Sheet())
            return stopped(with_way_out(refused, wanted.code, self.office.profile), unexplained)
        pressed = self._draw(jobs, wanted.code, target, sheet or Sheet(), skip_refused, progress)
        with pressed.kept_if_logged():
            self._log(pressed, jobs, wanted.code, reason, by)
        return self._said(outcome_of(pressed, jobs, refused), wanted.code)

    def preview(self, wanted: Wanted, target: Path, *, by: Actor) -> PrintOutcome:
        """Draw what ``print`` would print, for the window; a look is no print and is not logged."""
        require(by, Right.SEE)
        jobs, refused = self._kept(*self._jobs(wanted, by), wanted.code)
        if not jobs:
            return PrintOutcome("", 0, (), tuple(refused))
        pressed = self._draw(jobs, wanted.code, target, Sheet(), True, None)
        return self._said(outcome_of(pressed, jobs, refused), wanted.code)

    def possible(self, establishment_id: int, *, by: Actor) -> tuple[PossiblePaper, ...]:
        """Return the papers that can be made of an establishment today, by their titles."""
        from printing.catalogue import documents

        require(by, Right.SEE)
        titles = {code: document.title for code, document in documents().items()}
        with self.office.db.reading() as session:
            reading = Reading(session, self.office, by, Wanted(""))
            records = reading.records((establishment_id,))
            about_it = {code: one for code, one in SOURCES.items() if one.records is Reading.records}
            made = {code: source.make(reading, records) for code, source in about_it.items()}
        return tuple(
            PossiblePaper(code, titles[code])
            for code, found in made.items()
            if any(isinstance(one, Made) and one.establishment_id for one in found)
        )

    def _said(self, outcome: PrintOutcome, code: str) -> PrintOutcome:
        return replace(outcome, refused=with_way_out(outcome.refused, code, self.office.profile))

    def _jobs(self, wanted: Wanted, by: Actor) -> tuple[list[_Job], list[RefusedPaper]]:
        source = SOURCES[wanted.code]
        # on paper registration numbers stand in groups
        wanted = replace(wanted, numbers=tuple("".join(number.split()) for number in wanted.numbers))
        with self.office.db.reading() as session:
            reading = Reading(session, self.office, by, wanted)
            ids = tuple(dict.fromkeys(wanted.ids)) or tuple(source.holders(reading, wanted))
            if len(ids) > MOST_AT_ONCE:
                raise UserError(f"一次最多印 {MOST_AT_ONCE} 户，选的范围有 {len(ids)} 户；请分批打印")
            found = source.make(reading, source.records(reading, ids)) if ids else ()
            made = [
                replace(one, code=one.code or wanted.code)
                for one in found
                if isinstance(one, Made) and _is_meant(one, wanted)
            ]
            refused = [one for one in found if isinstance(one, RefusedPaper)]
            copies = _copies(session, made)
        if wanted.is_unprinted:
            made = [one for one in made if not copies[_key(one)]]
        missing = sorted(set(wanted.numbers) - {one.number for one in made})
        if missing:
            raise UserError(f"没有编号为 {'、'.join(missing)} 的这种文书，请核对编号和文书种类")
        if not made and not refused:
            raise UserError("没有要打印的；选的范围里都打印过了，或者还没有办到这一步")
        return [_Job(one, copies[_key(one)] + 1) for one in made], refused

    def _kept(
        self, jobs: list[_Job], refused: list[RefusedPaper], code: str
    ) -> tuple[list[_Job], list[RefusedPaper]]:
        """Keep back the rows of lists that cannot be drawn; other papers stay as they are."""
        document, _ = self._drawing(jobs, code)
        if document.set_row is None:
            return jobs, refused
        copies = {job.number: job.copy for job in jobs}
        with said_by_the_office():
            made, without = keep_back_rows(document, [job.made for job in jobs], self.fonts)
        return [_Job(one, copies[one.number]) for one in made], [*refused, *without]

    def _draw(
        self,
        jobs: Sequence[_Job],
        code: str,
        target: Path,
        sheet: Sheet,
        skip_refused: bool,
        progress: Progress | None,
    ) -> Pressed:
        document, facts = self._drawing(jobs, code)
        return press(document, facts, target, self.fonts, sheet, skip_refused=skip_refused, progress=progress)

    def _drawing(self, jobs: Sequence[_Job], code: str) -> "tuple[Document[Any], list[Any]]":
        """Return how papers are drawn, and the facts of each."""
        from printing.catalogue import documents
        from printing.mixed import Piece, mixed

        if code in PAPERS:
            return document_of(self.office, code), [job.made.facts for job in jobs]
        if code in documents():
            return documents()[code], [job.made.facts for job in jobs]
        return mixed(), [Piece(job.made.code, job.made.facts) for job in jobs]

    def _log(self, pressed: Pressed, jobs: Sequence[_Job], code: str, reason: str, by: Actor) -> None:
        if not pressed.papers:
            return
        done = [jobs[one.index] for one in pressed.papers]
        with self.office.db.writing(self.office.act(by, f"{code}.print", reason=reason)) as session:
            _refuse_printed_meanwhile(session, done)
            session.add_all(
                log_entry(self.office, job, one, document=job.made.code, reason=reason, by=by)
                for job, one in zip(done, pressed.papers, strict=True)
            )


def _is_meant(made: Made, wanted: Wanted) -> bool:
    is_numbered = not wanted.numbers or made.number in wanted.numbers
    return is_numbered and (wanted.issued_on is None or made.on == wanted.issued_on)


_Key = tuple[str, int, str]


def _key(made: Made) -> _Key:
    return made.code, made.establishment_id, made.number


def _copies(session: Session, made: Sequence[Made]) -> dict[_Key, int]:
    """Return the number of the last copy of each paper; 0 where none was printed."""
    paper = (PrintEntry.document, PrintEntry.establishment_id, PrintEntry.number)
    query = (
        select(*paper, func.max(PrintEntry.copy_number))
        .where(
            PrintEntry.document.in_({one.code for one in made}),
            PrintEntry.number.in_({one.number for one in made}),
        )
        .group_by(*paper)
    )
    last = {(row[0], row[1] or 0, row[2]): row[3] for row in session.execute(query)}
    return {_key(one): last.get(_key(one), 0) for one in made}


def _refuse_printed_meanwhile(session: Session, jobs: Sequence[_Job]) -> None:
    """Refuse, inside an open block, to log copies that somebody else printed while ours were drawn.

    The establishments are held, so that on PostgreSQL the second of two waits and then sees the first.
    """
    ids = sorted({job.made.establishment_id for job in jobs})
    held = (
        select(Establishment.id).where(Establishment.id.in_(ids)).order_by(Establishment.id).with_for_update()
    )
    session.execute(held).all()
    last = _copies(session, [job.made for job in jobs])
    taken = [job.made for job in jobs if last[_key(job.made)] >= job.copy]
    if taken:
        raise ChangedMeanwhileError(
            f"有 {len(taken)} 份刚被别人打印过（如 {taken[0].number}），这次的文件没有留下；"
            "请刷新后再打，要重打须写明原因"
        )
