"""Papers besides certificates and cards: facts from the register, one file, each print in the log."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.domain.act import Actor
from desktop.errors import ChangedMeanwhileError, EnvironmentFailedError, UserError
from desktop.models.establishment import Establishment
from desktop.models.registration import PrintEntry
from desktop.services.application_papers import SOURCES as FORMS
from desktop.services.case_records import SOURCES as CASE_RECORDS
from desktop.services.dossier_papers import SOURCES as DOSSIERS
from desktop.services.due_notices import SOURCES as DUE_NOTICES
from desktop.services.establishment_records import SOURCES as RECORDS
from desktop.services.open_office import OpenOffice
from desktop.services.order_papers import SOURCES as ORDERS
from desktop.services.paper_copies import SOURCES as COPIES
from desktop.services.paper_sources import Made, Reading, Sources
from desktop.services.papers import PrintedPaper, PrintOutcome, RefusedPaper, Sheet, Wanted
from desktop.services.register_lists import SOURCES as LISTS
from desktop.services.registration_letters import SOURCES as LETTERS
from desktop.services.rights import Right, require
from desktop.services.survey_papers import SOURCES as SURVEYS

if TYPE_CHECKING:
    from printing.batch import Printed

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
}
"""Every paper that is made from the register, by its code."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class PossiblePaper:
    """A paper that an establishment gives occasion for."""

    code: str
    title: str


@dataclass(frozen=True, slots=True)
class _Job:
    made: Made
    copy: int


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
        if not target.parent.is_dir():
            raise UserError(f"文件夹 {target.parent} 不存在，请先建好或另选一处保存")
        jobs, refused = self._jobs(wanted, by)
        again = [job.made.number for job in jobs if job.copy > 1]
        if again and not reason.strip():
            raise UserError(
                f"有 {len(again)} 份以前打印过（如 {again[0]}），再打须写明原因（--reason），什么都没有打印"
            )
        if (refused and not skip_refused) or not jobs:
            return PrintOutcome("", 0, (), tuple(refused))
        printed, refused_now = self._draw(jobs, wanted.code, target, sheet or Sheet(), skip_refused, progress)
        refused += refused_now
        if printed is None:
            return PrintOutcome("", 0, (), tuple(refused))
        done = [(jobs[index], digest) for index, digest in printed.papers]
        try:
            self._log(done, wanted.code, target, printed.sha256, reason, by)
        except BaseException:
            target.unlink(missing_ok=True)  # no page may lie about that is in no log
            raise
        papers = tuple(PrintedPaper(job.made.number, job.copy) for job, _ in done)
        return PrintOutcome(str(target), printed.pages, papers, tuple(refused))

    def preview(self, wanted: Wanted, target: Path, *, by: Actor) -> PrintOutcome:
        """Draw what ``print`` would print, for the window; a look is no print and is not logged."""
        require(by, Right.SEE)
        jobs, refused = self._jobs(wanted, by)
        if not jobs:
            return PrintOutcome("", 0, (), tuple(refused))
        printed, refused_now = self._draw(jobs, wanted.code, target, Sheet(), True, None)
        refused += refused_now
        if printed is None:
            return PrintOutcome("", 0, (), tuple(refused))
        papers = tuple(PrintedPaper(jobs[index].made.number, jobs[index].copy) for index, _ in printed.papers)
        return PrintOutcome(str(target), printed.pages, papers, tuple(refused))

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

    def _jobs(self, wanted: Wanted, by: Actor) -> tuple[list[_Job], list[RefusedPaper]]:
        source = SOURCES[wanted.code]
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

    def _draw(
        self,
        jobs: Sequence[_Job],
        code: str,
        target: Path,
        sheet: Sheet,
        skip_refused: bool,
        progress: Progress | None,
    ) -> tuple["Printed | None", list[RefusedPaper]]:
        from printing.batch import BatchRefused, print_batch  # ReportLab is slow to load
        from printing.catalogue import documents
        from printing.errors import CannotWrite, FontMissing, PrintError
        from printing.fonts import Faces
        from printing.mixed import Piece, mixed

        is_mixed = code not in documents()
        facts = [Piece(job.made.code, job.made.facts) if is_mixed else job.made.facts for job in jobs]
        try:
            printed = print_batch(
                documents().get(code) or mixed(),
                facts,
                target,
                Faces(self.fonts),
                per_page=sheet.per_page,
                offset_mm=sheet.offset_mm,
                onto_preprinted=sheet.onto_preprinted,
                skip_refused=skip_refused,
                progress=progress,
            )
        except BatchRefused as batch:
            return None, _refusals(batch.refused, jobs)
        except (FontMissing, CannotWrite) as failed:
            raise EnvironmentFailedError(str(failed)) from failed
        except PrintError as wrong:
            raise UserError(str(wrong)) from wrong
        except OSError as failed:
            raise EnvironmentFailedError(
                f"文件 {target} 写不进去（{failed.strerror}），什么都没有打印；请检查磁盘和文件夹权限"
            ) from failed
        return printed, _refusals(printed.refused, jobs)

    def _log(
        self,
        done: Sequence[tuple[_Job, str]],
        code: str,
        target: Path,
        sha256: str,
        reason: str,
        by: Actor,
    ) -> None:
        with self.office.db.writing(self.office.act(by, f"{code}.print", reason=reason)) as session:
            _refuse_printed_meanwhile(session, [job for job, _ in done])
            session.add_all(
                PrintEntry(
                    paper_id=None,
                    establishment_id=job.made.establishment_id or None,
                    document=job.made.code,
                    number=job.made.number,
                    copy_number=job.copy,
                    printed_on=self.office.clock.today(),
                    reason=reason,
                    file=target.name,
                    file_sha256=sha256,
                    facts_sha256=digest,
                    entered_at=self.office.clock.now(),
                    entered_by=by.name,
                )
                for job, digest in done
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


def _refusals(refused: Sequence[Any], jobs: Sequence[_Job]) -> list[RefusedPaper]:
    return [
        RefusedPaper(
            id=jobs[paper.index].made.establishment_id,
            number=jobs[paper.index].made.number,
            code=str(reason.code),
            reason=reason.sentence,
            characters=tuple(reason.characters),
        )
        for paper in refused
        for reason in paper.reasons
    ]
