"""The dossier of one establishment (一户一档): facts, status, papers, timeline, what to do next."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import ColumnElement, func, select, true
from sqlalchemy.orm import Session

from desktop.domain.act import Actor
from desktop.domain.forms import Answer, Question, QuestionType
from desktop.domain.lifecycle import PaperStatus, RegistrationStatus, Stage
from desktop.domain.masking import mask
from desktop.domain.next_step import NextStep, OpenCase, Standing, next_step
from desktop.models.establishment import Establishment
from desktop.models.rectification import Finding, RectificationCase
from desktop.models.registration import Application, Paper, PrintEntry
from desktop.services.open_office import OpenOffice
from desktop.services.rectification.cases import is_late, workdays_left
from desktop.services.register.dossier_events import READERS, TimelineEntry
from desktop.services.register.establishment_rows import EstablishmentRow
from desktop.services.register.establishments import Establishments, reachable
from desktop.services.registration.eligibility import read_barred, why_not
from desktop.services.registration.paper_worth import paper_status_on
from desktop.services.rights import Right, require, village_scope
from desktop.services.survey.answers import answers_of


@dataclass(frozen=True, slots=True)
class Fact:
    """One answer as people read it; personal numbers are masked."""

    code: str
    label: str
    words: str
    is_personal: bool = False


@dataclass(frozen=True, slots=True)
class DossierPaper:
    """A certificate or card in the dossier."""

    id: int
    title: str
    number: str
    issued_on: date
    valid_until: date | None
    status: PaperStatus
    copies: int


@dataclass(frozen=True, slots=True)
class Material:
    """A paper that the applicant hands in, and whether it was."""

    name: str
    is_given: bool


@dataclass(frozen=True, slots=True)
class Place:
    """Where a dossier stands in the register: its neighbours, and the how-manieth it is."""

    previous_id: int | None
    next_id: int | None
    position: int
    count: int


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything that the page of one establishment shows at first."""

    row: EstablishmentRow
    route: str
    disposition: str | None
    facts: tuple[Fact, ...]
    papers: tuple[DossierPaper, ...]
    materials: tuple[Material, ...]
    cases: tuple[OpenCase, ...]
    registered_on: date | None
    place: Place
    next: NextStep


class Dossiers:
    """Questions about one establishment."""

    def __init__(self, office: OpenOffice) -> None:
        self.office = office
        self.establishments = Establishments(office)

    def open(self, establishment_id: int, *, by: Actor) -> Dossier:
        """Return a dossier; personal numbers are masked, also among the answers."""
        detail = self.establishments.detail(establishment_id, by=by)
        with self.office.db.reading() as session:
            record = reachable(session, establishment_id, by)
            papers = self._papers(session, record)
            cases = self._cases(session, record)
            return Dossier(
                row=detail.row,
                route=detail.route,
                disposition=detail.disposition,
                facts=self._facts(record, detail.row.village),
                papers=papers,
                materials=self._materials(session, record),
                cases=cases,
                registered_on=papers[0].issued_on if papers else None,
                place=_place(session, record, by),
                next=self._next(session, record, detail.row, papers, cases),
            )

    def timeline(self, establishment_id: int, *, by: Actor) -> tuple[TimelineEntry, ...]:
        """Return all that happened, the newest first."""
        require(by, Right.SEE)
        with self.office.db.reading() as session:
            record = reachable(session, establishment_id, by)
            entries = [entry for read in READERS for entry in read(session, record, self.office.profile)]
        # Sorting keeps the order within a day, and turning round puts what happened last on top.
        entries.sort(key=lambda entry: entry.on)
        return tuple(entries[::-1])

    def _facts(self, record: Establishment, village: str) -> tuple[Fact, ...]:
        form = self.office.profile.form(record.kind)
        answers = answers_of(record, form, village)
        return tuple(self._fact(question, answers.get(question.code)) for question in form.questions)

    def _fact(self, question: Question, answer: Answer) -> Fact:
        masking = self.office.profile.masking
        presets = {
            QuestionType.IDENTITY_NUMBER: masking.identity_number,
            QuestionType.PHONE: masking.phone,
        }
        preset = presets.get(question.type)
        words = answer_words(question, answer)
        if preset is not None and words:
            words = mask(words, preset)
        return Fact(
            question.code, question.header.removesuffix("（㎡）"), words, is_personal=preset is not None
        )

    def _papers(self, session: Session, record: Establishment) -> tuple[DossierPaper, ...]:
        copies = (
            select(PrintEntry.paper_id, func.max(PrintEntry.copy_number))
            .where(PrintEntry.establishment_id == record.id)
            .group_by(PrintEntry.paper_id)
        )
        printed = {found[0]: found[1] for found in session.execute(copies)}
        query = select(Paper).where(Paper.establishment_id == record.id).order_by(Paper.id.desc())
        today = self.office.clock.today()
        return tuple(
            DossierPaper(
                id=paper.id,
                title=self.office.profile.trade(paper.kind).paper.title,
                number=paper.number,
                issued_on=paper.issued_on,
                valid_until=paper.valid_until,
                status=paper_status_on(paper, today, self.office.profile),
                copies=printed.get(paper.id, 0),
            )
            for paper in session.scalars(query)
        )

    def _materials(self, session: Session, record: Establishment) -> tuple[Material, ...]:
        """Return what the newest application brought; without one there is nothing to hand in yet."""
        query = (
            select(Application)
            .where(Application.establishment_id == record.id)
            .order_by(Application.id.desc())
        )
        newest = session.scalars(query.limit(1)).first()
        if newest is None:
            return ()
        given = [Material(name, is_given=True) for name in newest.materials]
        missing = [Material(name, is_given=False) for name in newest.missing_materials]
        return (*missing, *given)

    def _cases(self, session: Session, record: Establishment) -> tuple[OpenCase, ...]:
        today = self.office.clock.today()
        query = (
            select(RectificationCase)
            .where(RectificationCase.establishment_id == record.id)
            .order_by(RectificationCase.due_on, RectificationCase.id)
        )
        found = [case for case in session.scalars(query) if Stage(case.stage).is_open]
        texts: dict[int | None, list[str]] = {}
        for finding in session.scalars(select(Finding).where(Finding.case_id.in_([c.id for c in found]))):
            texts.setdefault(finding.case_id, []).append(finding.text)
        return tuple(
            OpenCase(
                case.id,
                Stage(case.stage),
                case.due_on,
                is_late(Stage(case.stage), case.due_on, today),
                self._workdays_late(case.due_on, today),
                "；".join(texts.get(case.id, [])),
            )
            for case in found
        )

    def _workdays_late(self, due_on: date | None, today: date) -> int | None:
        left = workdays_left(self.office.calendar, due_on, today)
        return -left if left is not None and left < 0 else None

    def _next(
        self,
        session: Session,
        record: Establishment,
        row: EstablishmentRow,
        papers: tuple[DossierPaper, ...],
        cases: tuple[OpenCase, ...],
    ) -> NextStep:
        today = self.office.clock.today()
        barred = read_barred(session, self.office.profile, [record], today)
        return next_step(
            Standing(
                operating=row.operating_status,
                registration=RegistrationStatus(record.registration_status),
                paper=row.paper_status,
                paper_title=self.office.profile.trade(record.kind).paper.title,
                valid_until=row.valid_until,
                is_printed=bool(papers and papers[0].copies),
                cases=cases,
                barred=why_not(record, row.village, barred, self.office.profile, today),
                today=today,
            )
        )


def answer_words(question: Question, answer: Answer) -> str:
    """Return an answer as people read it; empty where nobody has answered."""
    match answer:
        case None:
            return ""
        case bool():
            return "是" if answer else "否"
        case tuple():
            return "、".join(question.choice_label(code) for code in answer)
        case Decimal():
            return f"{answer.normalize():f} ㎡"
        case date():
            return answer.isoformat()
        case str() if question.type is QuestionType.CHOICE:
            return question.choice_label(answer)
        case _:
            return str(answer)


def _place(session: Session, record: Establishment, by: Actor) -> Place:
    scope = village_scope(by)
    mine: ColumnElement[bool] = Establishment.village_id == scope if scope is not None else true()
    before = select(func.max(Establishment.id), func.count()).where(Establishment.id < record.id, mine)
    after = select(func.min(Establishment.id), func.count()).where(Establishment.id > record.id, mine)
    previous_id, earlier = session.execute(before).one()
    next_id, later = session.execute(after).one()
    return Place(previous_id, next_id, earlier + 1, earlier + later + 1)
