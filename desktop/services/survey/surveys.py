"""Surveying (摸底调查): rounds, filled sheets, and what changed from one visit to the next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from desktop.domain.act import Actor
from desktop.domain.called import called
from desktop.domain.forms import Answers, Problem, Severity, check_days, read_answers
from desktop.domain.lifecycle import Disposition, OperatingStatus, RegistrationStatus, Route
from desktop.domain.village_names import WrittenVillage, with_rest
from desktop.errors import ChangedMeanwhileError, UserError
from desktop.models.establishment import Establishment, SurveyResponse
from desktop.services.numbers.serials import next_serial
from desktop.services.office.villages import VillageRow, find_village, villages_of, written_villages
from desktop.services.rectification.cases import Casework
from desktop.services.register.duplicates import Alike, alike_in
from desktop.services.register.establishments import existing, reachable
from desktop.services.register.finding import put_search_keys
from desktop.services.rights import Right, require, require_village, village_scope
from desktop.services.survey.answers import put_answers, stored_answers, with_texts
from desktop.services.survey.closed_before import met_elsewhere
from desktop.services.survey.met_again import met_by_sheet
from desktop.services.survey.rounds import SurveyRounds, current_round_id
from desktop.services.survey.standing_changes import change_by_survey, put_anew, put_on_route
from desktop.services.survey.survey_warnings import SurveyWarnings


class RefusedAnswers(UserError):
    """What was typed cannot be saved yet; each problem belongs to one field."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("还有要改的地方：" + "；".join(problem.message for problem in problems))
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class Saved:
    """What saving a sheet came to."""

    id: int
    archive_number: str
    version: int
    warnings: tuple[Problem, ...]


class Surveys(SurveyRounds):
    """Entering what the village visits find; a sheet counts for the round that is under way."""

    def check(
        self, kind: str, typed: Mapping[str, object], *, establishment_id: int | None = None, by: Actor
    ) -> tuple[Problem, ...]:
        """Return every problem of a sheet as it is typed, errors and warnings, without saving it.

        Who was closed down or banned is met here as when the sheet is saved. A village is told only then: who
        was closed elsewhere is not its business before it enters somebody.
        """
        require(by, Right.SURVEY)
        with self.office.db.reading() as session:
            villages = villages_of(session)
            answers, problems = self._read(kind, typed, villages)
            village = find_village(villages, str(answers.get("village", "")))
            if village is None or village_scope(by) is not None:
                return problems
            record = self.new_record(
                kind, with_texts(answers), village, serial=0, by=by, identity=UUID(int=0)
            )
            if establishment_id is not None:
                known = reachable(session, establishment_id, by)
                record.id, record.entered_at = known.id, known.entered_at
            return (*problems, *self._met_elsewhere(session, record))

    def alike(
        self, kind: str, answers: Answers, *, except_id: int | None = None, by: Actor
    ) -> tuple[Alike, ...]:
        """Return establishments that may be the same: same identity number, phone or place.

        A village is told of its own only: who trades elsewhere under a number is not its business.
        """
        require(by, Right.SURVEY)
        with self.office.db.reading() as session:
            villages = villages_of(session)
            found = alike_in(session, self.office, kind, answers, villages, except_id=except_id)
        scope = village_scope(by)
        own = {village.name for village in villages if scope in {None, village.id}}
        return tuple(one for one in found if one.village in own)

    def save(
        self,
        kind: str,
        typed: Mapping[str, object],
        *,
        by: Actor,
        identity: UUID,
        establishment_id: int | None = None,
        version: int | None = None,
        round_id: int | None = None,
    ) -> Saved:
        """Save one filled sheet: a new establishment, or new answers for one that we have.

        Raises ``RefusedAnswers`` with every problem; ``ChangedMeanwhileError`` where somebody saved first.
        """
        require(by, Right.SURVEY)
        action = "survey.enter" if establishment_id is None else "survey.change"
        with self.office.db.writing(self.office.act(by, action)) as session:
            villages = villages_of(session)
            answers, problems = self._read(kind, typed, villages)
            if errors := [problem for problem in problems if problem.severity is Severity.ERROR]:
                raise RefusedAnswers(errors)
            village = _village(villages, answers)
            require_village(by, village.id)
            was_seen_on = None
            if establishment_id is None:
                record = self.add_in(session, kind, answers, village, by=by, identity=identity)
            else:
                was_seen_on = existing(session, establishment_id).surveyed_on
                record = self._changed(session, establishment_id, version, answers, village, by)
            self._respond(session, record, answers, self._round(session, round_id), by)
            session.flush()
            seen_on = record.surveyed_on if record.surveyed_on != was_seen_on else None
            met = met_by_sheet(Casework(session, self.office, by), record, seen_on)
            said = (*problems, *met, *self._met_elsewhere(session, record))
            return Saved(record.id, record.archive_number, record.version, said)

    def save_many(
        self,
        kind: str,
        sheets: Sequence[tuple[Mapping[str, object], UUID]],
        *,
        by: Actor,
        round_id: int | None = None,
    ) -> tuple[Saved, ...]:
        """Save rows of the entry grid in one transaction: all of them, or none."""
        require(by, Right.SURVEY)
        with self.office.db.writing(self.office.act(by, "survey.enter")) as session:
            villages = villages_of(session)
            round_id = self._round(session, round_id)
            return tuple(
                self._enter(session, position, kind, typed, villages, identity, round_id, by)
                for position, (typed, identity) in enumerate(sheets, 1)
            )

    def enter_all(
        self,
        sheets: Sequence[tuple[str, Mapping[str, object], UUID]],
        *,
        by: Actor,
        round_id: int | None = None,
    ) -> int:
        """Enter sheets of any trades in one transaction and return how many; all of them, or none."""
        require(by, Right.SURVEY)
        with self.office.db.writing(self.office.act(by, "survey.enter")) as session:
            villages = villages_of(session)
            round_id = self._round(session, round_id)
            for position, (kind, typed, identity) in enumerate(sheets, 1):
                self._enter(session, position, kind, typed, villages, identity, round_id, by)
        return len(sheets)

    def change_operating_status(
        self, establishment_id: int, to: OperatingStatus, *, on: date, note: str, by: Actor
    ) -> None:
        """Put down that it is new, moved, paused, closed or gone; the change log keeps what it was."""
        require(by, Right.SURVEY)
        act = self.office.act(by, "establishment.status", reason=note.strip())
        with self.office.db.writing(act) as session:
            work = Casework(session, self.office, by)
            change_by_survey(work, work.establishment(establishment_id), to, on=on, note=note)

    def decide(
        self, establishment_id: int, *, route: Route, disposition: Disposition | None, by: Actor
    ) -> None:
        """Put an establishment on one of the three routes of the campaign, and into a batch."""
        require(by, Right.SURVEY)
        with self.office.db.writing(self.office.act(by, "establishment.route")) as session:
            work = Casework(session, self.office, by)
            put_on_route(work, work.establishment(establishment_id), route, disposition)

    def add_in(
        self,
        session: Session,
        kind: str,
        answers: Answers,
        village: VillageRow,
        *,
        by: Actor,
        identity: UUID,
    ) -> Establishment:
        """Add an establishment inside an open block: archive number, search keys, first statuses."""
        record = self.new_record(
            kind, answers, village, serial=next_serial(session, "archive"), by=by, identity=identity
        )
        session.add(record)
        session.flush()
        put_search_keys(session, record)
        return record

    def new_record(
        self, kind: str, answers: Answers, village: VillageRow, *, serial: int, by: Actor, identity: UUID
    ) -> Establishment:
        """Return a new establishment with its archive number and first statuses; no session has it yet."""
        record = Establishment(
            uuid=str(identity),
            archive_number=f"{self.office.profile.township_code[-3:]}-{serial:04d}",
            kind=kind,
            operating_status=OperatingStatus.OPERATING,
            registration_status=RegistrationStatus.UNREGISTERED,
            route=_coded(answers.get("route"), Route, Route.UNDECIDED),
            disposition=_coded(answers.get("disposition"), Disposition, None),
            banned_until=None,
            opened_on=self.office.clock.today(),
            entered_at=self.office.clock.now(),
            entered_by=by.name,
        )
        put_answers(record, answers, village, self.office.profile)
        return record

    def change_in(
        self, session: Session, record: Establishment, answers: Answers, village: VillageRow, *, by: Actor
    ) -> None:
        """Write new answers over an establishment inside an open block; a move goes into the change log."""
        put_anew(Casework(session, self.office, by), record, answers, village)
        session.flush()
        put_search_keys(session, record)

    def _read(
        self, kind: str, typed: Mapping[str, object], villages: tuple[VillageRow, ...]
    ) -> tuple[Answers, tuple[Problem, ...]]:
        if not self.office.profile.has_trade(kind):
            labels = "、".join(trade.label for trade in self.office.profile.trades)
            raise UserError(f"规则包里没有“{kind}”这一类；可用：{labels}")
        form = self.office.profile.form(kind)
        reading = read_answers(form, typed)
        problems = [*reading.problems, *check_days(form, reading.answers, self.office.clock.today())]
        answers = dict(reading.answers)
        stated = answers.get("village")
        if isinstance(stated, str):
            village = find_village(villages, stated)
            written = (
                WrittenVillage(village.name)
                if village
                else written_villages(villages, self.office.profile).read(stated)
            )
            if written is None:
                there_are = "、".join(one.name for one in villages)
                sentence = f"没有“{stated}”这个村（社区）；本镇有：{there_are}"
                problems.append(Problem("village", "unknown_village", sentence))
            else:
                answers["village"] = written.name
                answers |= with_rest(answers, written, stated)
        problems += SurveyWarnings(self.office.profile, self.office.clock.today()).of(kind, answers)
        return answers, tuple(problems)

    def _enter(
        self,
        session: Session,
        position: int,
        kind: str,
        typed: Mapping[str, object],
        villages: tuple[VillageRow, ...],
        identity: UUID,
        round_id: int | None,
        by: Actor,
    ) -> Saved:
        answers, problems = self._read(kind, typed, villages)
        errors = [problem for problem in problems if problem.severity is Severity.ERROR]
        if errors:
            raise UserError(f"第 {position} 行：{errors[0].message}；这一批都没有写入")
        village = _village(villages, answers)
        require_village(by, village.id)
        record = self.add_in(session, kind, answers, village, by=by, identity=identity)
        self._respond(session, record, answers, round_id, by)
        return Saved(
            record.id,
            record.archive_number,
            record.version,
            (*problems, *self._met_elsewhere(session, record)),
        )

    def _met_elsewhere(self, session: Session, record: Establishment) -> tuple[Problem, ...]:
        return met_elsewhere(session, self.office.profile, record, self.office.clock.today())

    def _changed(
        self,
        session: Session,
        establishment_id: int,
        version: int | None,
        answers: Answers,
        village: VillageRow,
        by: Actor,
    ) -> Establishment:
        record = existing(session, establishment_id)
        require_village(by, record.village_id)
        if version is not None and record.version != version:
            raise ChangedMeanwhileError(
                f"“{called(record.name, record.operator_name, record.products)}”刚被别人改过，"
                "您填的还在；请看过对方的改动再保存"
            )
        self.change_in(session, record, answers, village, by=by)
        return record

    def _round(self, session: Session, named: int | None) -> int | None:
        """Return the round that is named, else the one under way; a sheet may belong to none."""
        return named if named is not None else current_round_id(session, self.office.clock.today())

    def _respond(
        self, session: Session, record: Establishment, answers: Answers, round_id: int | None, by: Actor
    ) -> None:
        if round_id is None:
            return
        session.add(
            SurveyResponse(
                survey_id=round_id,
                establishment_id=record.id,
                surveyed_on=record.surveyed_on,
                surveyor=record.surveyor,
                answers=stored_answers(answers),
                entered_at=self.office.clock.now(),
                entered_by=by.name,
            )
        )


def _village(villages: tuple[VillageRow, ...], answers: Answers) -> VillageRow:
    return next(village for village in villages if village.name == answers["village"])


def _coded(answer: object, codes: Any, otherwise: Any) -> Any:  # noqa: ANN401 - any of the code classes
    return codes(answer) if answer in set(codes) else otherwise
