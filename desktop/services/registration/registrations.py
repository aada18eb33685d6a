"""Registering (登记) all that are eligible in a choice at once, and the numbers they will be given."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from desktop.domain.act import Actor
from desktop.domain.called import called
from desktop.domain.lifecycle import RegistrationStatus
from desktop.errors import UserError
from desktop.models.establishment import Establishment
from desktop.models.registration import Application
from desktop.services.numbers.giving import coming_serial, number_of
from desktop.services.numbers.serials import last_serial
from desktop.services.office.villages import VillageRow, villages_of
from desktop.services.open_office import OpenOffice
from desktop.services.registration.application_order import open_application, read_queue
from desktop.services.registration.applications import Issued, issued_row, note_step
from desktop.services.registration.eligibility import may_be_eligible, read_barred, why_not
from desktop.services.registration.issuing import issue_in
from desktop.services.registration.printable import unprintable
from desktop.services.rights import Right, require, village_scope

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Choice:
    """Which establishments a batch is about; ids win, otherwise trade and village narrow it."""

    kind: str | None = None
    village_id: int | None = None
    ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """An establishment that was not registered, with every reason."""

    id: int
    title: str
    reason: str


@dataclass(frozen=True, slots=True)
class Batch:
    """What a batch came to."""

    issued: tuple[Issued, ...]
    refused: tuple[Refused, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line of the list for batch registration: the number it will be given, or why not."""

    id: int
    kind: str
    title: str
    operator_name: str
    village: str
    number: str | None
    reasons: tuple[str, ...]


class Registrations:
    """Registering all eligible at once; one by one along the statutory steps: ``Applications``."""

    def __init__(self, office: OpenOffice) -> None:
        self.office = office

    def candidates(self, choice: Choice, *, by: Actor, limit: int = 500) -> tuple[Candidate, ...]:
        """Return the list for batch registration: eligible ones first, with the numbers they will get."""
        require(by, Right.SEE)
        on = self.office.clock.today()
        with self.office.db.reading() as session:
            villages = {village.id: village for village in villages_of(session)}
            query = self._chosen(session, choice, by)
            seems_able = may_be_eligible(self.office.profile, on)
            is_registered = Establishment.registration_status == RegistrationStatus.REGISTERED
            serials: dict[str, int] = {}
            able: list[Candidate] = []
            unable: list[Candidate] = []
            # Those that have their paper come last, so that they never fill the list alone.
            for wanted in (seems_able, ~seems_able & ~is_registered, ~seems_able & is_registered):
                for records in _in_chunks(session, query.where(wanted)):
                    for line in self._lines(session, records, villages, on, serials):
                        (unable if line.reasons else able).append(line)
                    del unable[limit:]
                    if len(able) >= limit or (wanted is not seems_able and len(able) + len(unable) >= limit):
                        break
                if len(able) + len(unable) >= limit:
                    break
        unable.sort(key=lambda line: line.id)
        return (*able, *unable)[:limit]

    def register_all(self, choice: Choice, *, decided_on: date, by: Actor) -> Batch:
        """Decide and issue for all that are eligible in a choice; one transaction, one decision."""
        require(by, Right.REGISTER)
        self.office.refuse_future(decided_on)
        issued: list[Issued] = []
        refused: list[Refused] = []
        with self.office.db.writing(self.office.act(by, "registration.batch")) as session:
            villages = {village.id: village for village in villages_of(session)}
            for records in _in_chunks(session, self._chosen(session, choice, by)):
                for record in records:
                    # read anew for each: a paper of this very batch may hold the place by now
                    barred = read_barred(session, self.office.profile, [record], decided_on)
                    village = villages[record.village_id]
                    title = called(record.name, record.operator_name, record.products)
                    reasons = why_not(record, village.name, barred, self.office.profile, decided_on)
                    reasons += read_queue(session, [record]).not_in_turn(record, decided_on)
                    reasons = reasons or unprintable(self.office, record, village, decided_on)
                    if reasons:
                        refused.append(Refused(record.id, title, "；".join(reasons)))
                        continue
                    application = decided_by_batch(
                        session, self.office, record, decided_on, note="成批登记", by=by
                    )
                    paper = issue_in(session, self.office, record, village, application, on=decided_on, by=by)
                    issued.append(issued_row(paper, title))
        return Batch(tuple(issued), tuple(refused))

    def counts(self, *, by: Actor) -> dict[RegistrationStatus, int]:
        """Return how many establishments stand at each step of dimension B."""
        require(by, Right.SEE)
        scope = village_scope(by)
        query = select(Establishment.registration_status, func.count()).group_by(
            Establishment.registration_status
        )
        if scope is not None:
            query = query.where(Establishment.village_id == scope)
        with self.office.db.reading() as session:
            found = {RegistrationStatus(row[0]): row[1] for row in session.execute(query)}
        return {status: found.get(status, 0) for status in RegistrationStatus}

    def _lines(
        self,
        session: Session,
        records: Sequence[Establishment],
        villages: Mapping[int, VillageRow],
        on: date,
        serials: dict[str, int],
    ) -> Iterator[Candidate]:
        profile = self.office.profile
        barred, queue = read_barred(session, profile, records, on), read_queue(session, records)
        for record in records:
            village = villages[record.village_id]
            reasons = why_not(record, village.name, barred, profile, on) + queue.not_in_turn(record, on)
            number = None if reasons else self._coming_number(session, record, village, on, serials)
            title = called(record.name, record.operator_name, record.products)
            yield Candidate(
                record.id, record.kind, title, record.operator_name, village.name, number, reasons
            )

    def _chosen(self, session: Session, choice: Choice, by: Actor) -> Select[Establishment]:
        """Return the question for the establishments of a choice; refuse ids that it does not find."""
        query = select(Establishment)
        scope = village_scope(by)
        if scope is not None:
            query = query.where(Establishment.village_id == scope)
        if choice.kind is not None:
            query = query.where(Establishment.kind == choice.kind)
        if choice.village_id is not None:
            query = query.where(Establishment.village_id == choice.village_id)
        if choice.ids:
            query = query.where(Establishment.id.in_(choice.ids))
            there = session.scalars(query.with_only_columns(Establishment.id))
            if missing := sorted(set(choice.ids) - set(there)):
                raise UserError(f"没有编号为 {'、'.join(map(str, missing))} 的档案，请核对后再试")
        return query

    def _coming_number(
        self,
        session: Session,
        record: Establishment,
        village: VillageRow,
        on: date,
        serials: dict[str, int],
    ) -> str:
        template, context = number_of(self.office.profile, record.kind, village, on)
        scope = template.scope_key(context)
        before = serials[scope] if scope in serials else last_serial(session, scope)
        serials[scope] = coming_serial(session, template, context, before)
        return template.format(context, serials[scope])


def _in_chunks(session: Session, query: Select[Establishment]) -> Iterator[Sequence[Establishment]]:
    """Walk the establishments of a question in their order, so many at a time: never all of them are held."""
    after = 0
    while records := session.scalars(
        query.where(Establishment.id > after).order_by(Establishment.id).limit(_CHUNK)
    ).all():
        yield records
        after = records[-1].id


def decided_by_batch(
    session: Session, office: OpenOffice, record: Establishment, on: date, *, note: str, by: Actor
) -> Application:
    """Record the decision of a batch: the office has seen the materials (COMMANDS: Who is eligible).

    An application that is under way is the one that is decided; it must not stay open beside its paper.
    """
    application = session.scalars(open_application(record.id)).first()
    if application is not None:
        application.status = RegistrationStatus.REGISTERED
        application.accepted_on = application.accepted_on or on
        application.decided_on = on
        application.materials = list(office.profile.trade(record.kind).materials)
        application.missing_materials = []
        note_step(session, office, application, "approve", on=on, note=note, by=by)
        return application
    application = Application(
        establishment_id=record.id,
        status=RegistrationStatus.REGISTERED,
        applied_on=on,
        accepted_on=on,
        site_checked_on=None,
        decided_on=on,
        materials=list(office.profile.trade(record.kind).materials),
        missing_materials=[],
        note=note,
        entered_at=office.clock.now(),
        entered_by=by.name,
    )
    session.add(application)
    session.flush()
    note_step(session, office, application, "approve", on=on, note=note, by=by)
    return application
