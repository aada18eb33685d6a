"""Papers (证卡): which there are, and printing them; each print is logged with its copy number."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import aliased

from desktop.domain.act import Actor
from desktop.domain.lifecycle import PaperStatus
from desktop.domain.paper_life import PaperAct
from desktop.domain.profile import Profile
from desktop.errors import UserError
from desktop.models.establishment import Establishment
from desktop.models.office import Village
from desktop.models.registration import Paper
from desktop.services.numbers.blanks import Blanks
from desktop.services.open_office import OpenOffice
from desktop.services.papers.layouts import document_of
from desktop.services.papers.pressing import (
    Pressed,
    Progress,
    examine,
    lacks_reason,
    outcome_of,
    press,
    refusals,
    require_folder,
    stopped,
)
from desktop.services.papers.print_log import copies_of, log_entry, refuse_printed_meanwhile
from desktop.services.papers.print_orders import Order as Order
from desktop.services.papers.print_orders import PrintedPaper as PrintedPaper
from desktop.services.papers.print_orders import PrintOutcome as PrintOutcome
from desktop.services.papers.print_orders import RefusedPaper as RefusedPaper
from desktop.services.papers.print_orders import Sheet as Sheet
from desktop.services.papers.print_orders import Wanted as Wanted
from desktop.services.papers.print_orders import drawn_as, not_living, with_way_out
from desktop.services.papers.printing_facts import facts_in_form
from desktop.services.registration.paper_worth import is_worth, paper_status_on
from desktop.services.registration.sheets_out import ids_out
from desktop.services.rights import Right, require, village_scope
from desktop.services.signing.signer import NO_KEY, cannot_be_signed, sign_missing

if TYPE_CHECKING:
    from printing.registration import RegistrationFacts


@dataclass(frozen=True, slots=True)
class PaperFilters:
    """Which papers are wanted; several values of one filter are alternatives, and all filters must hold."""

    kinds: tuple[str, ...] = ()
    village_ids: tuple[int, ...] = ()
    statuses: tuple[str, ...] = ()


ALL_PAPERS = PaperFilters()


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A line of the list of papers."""

    id: int
    establishment_id: int
    code: str
    kind: str
    number: str
    title: str
    village: str
    issued_on: date
    valid_until: date | None
    status: PaperStatus
    copies: int


@dataclass(frozen=True, slots=True)
class _Job:
    paper: Paper
    copy: int

    @property
    def establishment_id(self) -> int:
        return self.paper.establishment_id

    @property
    def number(self) -> str:
        return self.paper.number


@dataclass(frozen=True, slots=True)
class ReadyPapers:
    """Papers that wait for a look: drawn as they will be printed, but neither printed nor logged."""

    papers: "Papers"
    code: str
    good: tuple[_Job, ...]
    refused: tuple[RefusedPaper, ...]

    def draw(
        self,
        target: Path,
        *,
        sheet: Sheet | None = None,
        first: int | None = None,
        progress: Progress | None = None,
    ) -> PrintOutcome:
        """Write the very file that ``print`` would write, or only its ``first`` papers."""
        jobs = self.good[:first]
        if not jobs:
            return PrintOutcome("", 0, (), self.refused)
        laid = replace(sheet or Sheet(), files=1)  # a look is at one file
        pressed = self.papers.draw(jobs, self.code, target, laid, skip_refused=True, progress=progress)
        outcome = outcome_of(pressed, jobs, self.refused)
        return replace(outcome, refused=_told(outcome.refused, self.code, laid, self.papers.office.profile))


class Papers:
    """Prints what was issued, and keeps the log."""

    def __init__(self, office: OpenOffice, fonts: Path) -> None:
        self.office = office
        self.fonts = fonts

    def page(
        self,
        filters: PaperFilters = ALL_PAPERS,
        *,
        by: Actor,
        is_unprinted: bool = False,
        establishment_id: int | None = None,
        offset: int = 0,
        limit: int = 200,
    ) -> tuple[PaperRow, ...]:
        """Return papers, the newest first."""
        require(by, Right.SEE)
        query = select(Paper, Village.name).join(Establishment, Paper.establishment_id == Establishment.id)
        query = query.join(Village, Establishment.village_id == Village.id).order_by(Paper.id.desc())
        if establishment_id is not None:
            query = query.where(Paper.establishment_id == establishment_id)
        query = self._scoped(self._narrowed(query, filters, is_unprinted=is_unprinted), by)
        with self.office.db.reading() as session:
            rows = session.execute(query.offset(offset).limit(limit)).all()
            copies = copies_of(session, [paper.id for paper, _ in rows])
            today = self.office.clock.today()
            return tuple(
                PaperRow(
                    id=paper.id,
                    establishment_id=paper.establishment_id,
                    code=paper.code,
                    kind=paper.kind,
                    number=paper.number,
                    title=paper.facts["name_or_operator"],
                    village=village,
                    issued_on=paper.issued_on,
                    valid_until=paper.valid_until,
                    status=paper_status_on(paper, today, self.office.profile),
                    copies=copies.get(paper.id, 0),
                )
                for paper, village in rows
            )

    def count(self, filters: PaperFilters = ALL_PAPERS, *, by: Actor, is_unprinted: bool = False) -> int:
        """Return how many papers there are behind the list."""
        require(by, Right.SEE)
        query = self._narrowed(select(func.count(Paper.id)), filters, is_unprinted=is_unprinted)
        with self.office.db.reading() as session:
            return session.scalar(self._scoped(query, by)) or 0

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
        sheet = sheet or Sheet()
        refuse_blanks(sheet)
        jobs = self._jobs(wanted, by)
        unexplained = lacks_reason(jobs, reason)
        good, refused = self._sorted_out(jobs)
        if (refused and not skip_refused) or not good or unexplained:
            code = drawn_as(wanted.code, sheet)
            document = document_of(self.office, code)
            refused += examine(document, self._facts(good, code), good, self.fonts, sheet)
            return stopped(_told(refused, wanted.code, sheet, self.office.profile), unexplained)
        signed = sign_missing(self.office, [job.paper for job in good], by=by)
        good = [replace(job, paper=signed.get(job.paper.id, job.paper)) for job in good]
        pressed = self.draw(good, wanted.code, target, sheet, skip_refused=skip_refused, progress=progress)
        with pressed.kept_if_logged():
            self._log(pressed, good, wanted.code, reason, sheet, by)
        outcome = outcome_of(pressed, good, refused)
        return replace(outcome, refused=_told(outcome.refused, wanted.code, sheet, self.office.profile))

    def ready(self, wanted: Wanted, *, by: Actor) -> "ReadyPapers":
        """Read what ``print`` would print; drawing it afterwards needs the database no more."""
        require(by, Right.SEE)
        good, refused = self._sorted_out(self._jobs(wanted, by))
        return ReadyPapers(self, wanted.code, tuple(good), tuple(refused))

    def preview(self, paper_id: int, target: Path, *, by: Actor) -> None:
        """Draw one paper as it will be printed, for the window; a look is no print and is not logged."""
        require(by, Right.SEE)
        with self.office.db.reading() as session:
            paper = session.scalar(self._scoped(select(Paper).where(Paper.id == paper_id), by))
            if paper is None:
                raise UserError(f"没有编号为 {paper_id} 的证卡，请刷新后再试")
        jobs = [_Job(paper, 1)]
        pressed = self.draw(jobs, paper.code, target, Sheet(), skip_refused=False)
        if pressed.refused:
            raise UserError("；".join(one.reason for one in refusals(pressed, jobs)))

    def _jobs(self, wanted: Wanted, by: Actor) -> list[_Job]:
        later = aliased(Paper)  # of a number that was reissued, the sheet that stands is meant
        is_last = ~exists().where(later.number == Paper.number, later.edition > Paper.edition)
        query = select(Paper).where(Paper.code == wanted.code, is_last)
        if wanted.order is Order.VILLAGE:
            query = query.join(Establishment, Paper.establishment_id == Establishment.id)
            query = query.join(Village, Establishment.village_id == Village.id).order_by(Village.position)
        query = query.order_by(Paper.number)
        numbers = {"".join(number.split()) for number in wanted.numbers}  # on paper they stand in groups
        if numbers:
            query = query.where(Paper.number.in_(numbers))
        if wanted.ids:
            query = query.where(Paper.establishment_id.in_(wanted.ids), Paper.is_newest)
        if wanted.issued_on is not None:
            query = query.where(Paper.issued_on == wanted.issued_on)
        if wanted.village_id is not None:
            query = query.where(_stands_in(wanted.village_id))
        if wanted.is_unprinted:
            query = query.where(*self._waiting())
        with self.office.db.reading() as session:
            papers = session.scalars(self._scoped(query, by)).all()
            copies = copies_of(session, [paper.id for paper in papers])
        missing = sorted(numbers - {paper.number for paper in papers})
        if missing:
            raise UserError(f"没有编号为 {'、'.join(missing)} 的证卡，请核对编号和证卡种类")
        without = sorted(set(wanted.ids) - {paper.establishment_id for paper in papers})
        if without:
            raise UserError(f"档案 {'、'.join(map(str, without))} 没有这种证卡；请先登记发证")
        if not papers:
            raise UserError("没有要打印的证卡；选的范围里都打印过了，或者还没有发证")
        return [_Job(paper, copies.get(paper.id, 0) + 1) for paper in papers]

    def _sorted_out(self, jobs: Sequence[_Job]) -> tuple[list[_Job], list[RefusedPaper]]:
        """Keep back what must not be printed: void, replaced, expired papers, and unsigned ones."""
        today = self.office.clock.today()
        unsigned = cannot_be_signed(self.office, [job.paper for job in jobs])
        good: list[_Job] = []
        refused: list[RefusedPaper] = []
        for job in jobs:
            status = paper_status_on(job.paper, today, self.office.profile)
            if status.is_living and job.paper.id in unsigned:
                sentence = f"{job.paper.number} 的核验码没有签名：{NO_KEY}"
                refused.append(
                    RefusedPaper(job.paper.establishment_id, job.paper.number, "missing_key", sentence, ())
                )
            elif status.is_living:
                good.append(job)
            else:
                refused.append(not_living(job.paper.establishment_id, job.paper.number, status))
        return good, refused

    def draw(
        self,
        jobs: Sequence[_Job],
        code: str,
        target: Path,
        sheet: Sheet,
        *,
        skip_refused: bool,
        progress: Progress | None = None,
    ) -> Pressed:
        """Draw papers into a file without a word to the log; what cannot be drawn comes back with reasons."""
        form = drawn_as(code, sheet)
        facts, document = self._facts(jobs, form), document_of(self.office, form)
        return press(document, facts, target, self.fonts, sheet, skip_refused=skip_refused, progress=progress)

    def _facts(self, jobs: Sequence[_Job], code: str) -> "list[RegistrationFacts]":
        return [facts_in_form(job.paper, code, self.office.profile) for job in jobs]

    def _log(
        self, pressed: Pressed, jobs: Sequence[_Job], code: str, reason: str, sheet: Sheet, by: Actor
    ) -> None:
        if not pressed.papers:
            return
        done = [jobs[one.index] for one in pressed.papers]
        with self.office.db.writing(self.office.act(by, "paper.print", reason=reason)) as session:
            refuse_printed_meanwhile(session, {job.paper.id: job.copy for job in done})
            entries = [
                log_entry(self.office, job, one, document=code, reason=reason, by=by, paper_id=job.paper.id)
                for job, one in zip(done, pressed.papers, strict=True)
            ]
            session.add_all(entries)
            if sheet.blanks_from:
                session.flush()
                papers = [(job.paper, entry) for job, entry in zip(done, entries, strict=True)]
                today = self.office.clock.today()
                Blanks(self.office).use_in(session, sheet.blanks_from, papers, on=today, by=by)

    def _waiting(self) -> tuple[ColumnElement[bool], ...]:
        """Return what makes a paper wait for its print: living, and no sheet of it is out."""
        today = self.office.clock.today()
        lasts = or_(Paper.valid_until.is_(None), Paper.valid_until >= today)
        is_ours = Paper.act != PaperAct.TAKING_IN  # an old paper was printed by whoever issued it
        return Paper.id.not_in(ids_out()), Paper.status == PaperStatus.VALID, lasts, is_ours

    def _narrowed(
        self, query: Select[*tuple[Any, ...]], filters: PaperFilters, *, is_unprinted: bool
    ) -> Select[*tuple[Any, ...]]:
        if filters.kinds:
            query = query.where(Paper.kind.in_(filters.kinds))
        if filters.village_ids:
            query = query.where(_stands_in(*filters.village_ids))
        if filters.statuses:
            worths = (
                is_worth(code, self.office, lambda column: column.expression) for code in filters.statuses
            )
            query = query.where(or_(*worths))
        return query.where(*self._waiting()) if is_unprinted else query

    def _scoped(self, query: Select[*tuple[Any, ...]], by: Actor) -> Select[*tuple[Any, ...]]:
        scope = village_scope(by)
        if scope is None:
            return query
        return query.where(_stands_in(scope))


def _stands_in(*village_ids: int) -> ColumnElement[bool]:
    there = select(Establishment.id).where(Establishment.village_id.in_(village_ids))
    return Paper.establishment_id.in_(there)


def refuse_blanks(sheet: Sheet) -> None:
    """Refuse to count blanks that are not printed on, or of which one sheet would carry several papers."""
    if sheet.blanks_from and (not sheet.onto_preprinted or sheet.per_page != 1):
        raise UserError("登记空白证流水号要用套打、一页一张；请改打印设置，或者不填流水号")


def _told(
    refused: Sequence[RefusedPaper], code: str, sheet: Sheet, profile: Profile
) -> tuple[RefusedPaper, ...]:
    return with_way_out(refused, code, profile, in_pocket_size=drawn_as(code, sheet) != code)
