"""An office plays a year of cases at random: no forbidden stage, no lost case, no wrong list on any day."""

import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from tempfile import mkdtemp
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from hypothesis.strategies import builds, integers, permutations, sampled_from
from sqlalchemy import select

from desktop.domain.lifecycle import FIRST_STAGES, STAGE_STEPS, OperatingStatus, Stage
from desktop.domain.rectification import CaseStep
from desktop.domain.wall import Column, WallFilters
from desktop.errors import UserError
from desktop.models.establishment import Establishment
from desktop.models.rectification import Finding, RectificationCase, RectificationOrder, RectificationStep
from desktop.services.rectification.deadlines import SOON_WORKDAYS, Deadlines
from desktop.services.rectification.inspections import Fault, Inspections
from desktop.services.rectification.look_backs import LookBacks
from desktop.services.rectification.rectifications import Rectifications, Until
from desktop.services.rectification.shutdowns import Shutdowns
from desktop.services.survey.surveys import Surveys
from tests.examples import examples
from tests.offices import open_made_office
from tests.visits import enter

PEOPLE = ("周敏", "赵学军", "史国平", "陈国华")


@dataclass(frozen=True, slots=True)
class Chance:
    """What chance decides about one thing that is done."""

    place: int
    position: int
    days_ago: int
    days: int
    pass_by: int
    result: str
    outcome: str
    is_corrected: bool
    pair: list[str]


CHANCES = builds(
    Chance,
    place=integers(0, 1),
    position=integers(0, 11),
    days_ago=sampled_from((0, 0, 0, 0, 1, 3, 4, 9, -1)),
    days=integers(-1, 6),
    pass_by=sampled_from((0, 1, 2, 3, 5, 7, 9)),
    result=sampled_from(("good", "good", "partly", "not-good")),
    outcome=sampled_from(("kept", "rebounded", "reopened")),
    is_corrected=sampled_from((False, False, True)),
    pair=permutations(PEOPLE).map(lambda people: people[:2]),
)
DOINGS = [
    "inspect",
    "order",
    *["on"] * 12,
    "serve",
    "report",
    "extend",
    "extend",
    "reinspect",
    "order_again",
    "supervise",
    "transfer",
    "close_out",
    "look_back",
    "order_to_close",
    "verify",
    "force",
    "close_of_his_own",
    "open_again",
]
Act = Callable[[date], object]
Histories = dict[RectificationCase, list[RectificationStep]]


class Office(RuleBasedStateMachine):
    """A small office; every refusal must be a sentence and leave nothing behind."""

    made_file: Path
    days_played: ClassVar[list[int]]
    refused: ClassVar[Counter[str]]
    reached: ClassVar[set[str]]

    @initialize()
    def open(self) -> None:
        self.folder = Path(mkdtemp(prefix="sanxiao-cases-"))
        self.desk = open_made_office(Path(shutil.copyfile(self.made_file, self.folder / "register.db")))
        self.places = [enter(self.desk), enter(self.desk, 2)]
        self.known_cases: set[int] = set()
        self.entered_on: dict[int, date] = {}
        self.begun_on = self.desk.clock.day
        self._histories: Histories | None = None
        self.cases = Rectifications(self.desk.office)

    def teardown(self) -> None:
        if hasattr(self, "desk"):
            self.days_played.append((self.desk.clock.day - self.begun_on).days)
            self.desk.office.db.close()
            shutil.rmtree(self.folder)

    def attempt(self, what: str, act: Callable[[date], object], days_ago: int) -> None:
        """Do something on a day near today; where it is refused, nothing may have changed."""
        before = self.everything()
        try:
            act(self.desk.clock.day - timedelta(days=days_ago))
        except UserError:
            self.refused[what] += 1
            assert self.everything() == before
        else:
            assert days_ago <= 3 or what != "inspect", f"an inspection was backdated by {days_ago} days"
            self._histories = None
            for steps in self.histories().values():
                for step in steps:
                    self.entered_on.setdefault(step.id, self.desk.clock.day)
                self.reached.add(steps[-1].stage)

    def case_at(self, position: int) -> int:
        """Return one of the cases, or now and then one that there is not."""
        return position % (len(self.known_cases) + 1) + 1

    def everything(self) -> list[tuple[object, ...]]:
        with self.desk.office.db.reading() as session:
            steps = select(RectificationStep.id, RectificationStep.stage)
            cases = select(RectificationCase.id, RectificationCase.stage, RectificationCase.due_on)
            findings = select(Finding.id, Finding.case_id, Finding.is_corrected)
            numbers = select(RectificationOrder.number)
            return [
                tuple(row) for query in (steps, cases, findings, numbers) for row in session.execute(query)
            ]

    # One rule for everything: with a rule each, Hypothesis leaves half of them out of most runs.
    @rule(what=sampled_from(DOINGS), chance=CHANCES)
    def do(self, what: str, chance: Chance) -> None:
        if what == "on":
            self.attempt(what, self.lawful_step(chance), 0)
        else:
            self.attempt(what, self.act(what, chance), chance.days_ago)
        for _ in range(chance.pass_by):
            self.desk.clock.day += timedelta(days=1)
            self.check_overdue_list()

    def act(self, what: str, chance: Chance, case_id: int | None = None) -> Act:
        by, place = self.desk.clerk, self.places[chance.place]
        case = self.case_at(chance.position) if case_id is None else case_id
        cases, pair = self.cases, chance.pair
        shutdowns, close_by = Shutdowns(self.desk.office), self.desk.clock.day + timedelta(days=9)
        until = Until(workdays=chance.days) if chance.days > 2 else Until(days=abs(chance.days) + 1)
        new_due_on = self.desk.clock.day + timedelta(days=chance.days + 4)
        acts: dict[str, Act] = {
            "inspect": lambda on: Inspections(self.desk.office).record(
                place,
                on=on,
                inspectors=pair,
                faults=[Fault("S10", is_corrected=chance.is_corrected), Fault("S05")],
                by=by,
            ),
            "order": lambda on: cases.order([self.finding_at(chance.position)], until=until, on=on, by=by),
            "order_again": lambda on: cases.order_again(case, until=until, on=on, by=by),
            "serve": lambda on: cases.serve(case, on=on, how="直接送达", by=by),
            "report": lambda on: cases.report(case, on=on, by=by),
            "extend": lambda on: cases.extend(case, until=new_due_on, on=on, reason="设备未到", by=by),
            "reinspect": lambda on: cases.reinspect(
                case, on=on, inspectors=pair, result=chance.result, by=by
            ),
            "supervise": lambda on: cases.supervise(case, on=on, by=by),
            "transfer": lambda on: cases.transfer(case, on=on, note="移送", by=by),
            "close_out": lambda on: cases.close_out(case, on=on, by=by),
            "look_back": lambda on: LookBacks(self.desk.office).record(
                place, on=on, inspectors=pair, outcome=chance.outcome, by=by
            ),
            "order_to_close": lambda on: shutdowns.order_to_close(
                place, close_by=close_by, on=on, reason="拒不整改", by=by
            ),
            "verify": lambda on: shutdowns.verify(place, on=on, reason="已搬空", by=by),
            "force": lambda on: shutdowns.force(place, on=on, reason="拒不关停", by=by),
            "close_of_his_own": lambda on: Surveys(self.desk.office).change_operating_status(
                place, OperatingStatus.CLOSED, on=on, note="回乡", by=by
            ),
            "open_again": lambda on: Surveys(self.desk.office).change_operating_status(
                place, OperatingStatus.OPERATING, on=on, note="又开了", by=by
            ),
        }
        return acts[what]

    def lawful_step(self, chance: Chance) -> Act:
        """Return what a diligent clerk would do next, so that cases come to their ends too.

        He sends two others to reinspect: who was there himself closes nothing out.
        """
        others = [name for name in PEOPLE if name != self.desk.clerk.name]
        chance = replace(chance, pair=others[:2])
        running = [case for case in self.histories() if Stage(case.stage) in _NEXT]
        if not running:
            waiting = Inspections(self.desk.office).waiting(by=self.desk.clerk)
            return self.act("order" if waiting else "inspect", chance)
        case = running[chance.position % len(running)]
        return self.act(_NEXT[Stage(case.stage)], chance, case.id)

    def finding_at(self, position: int) -> int:
        """Return a finding that waits for its order, or now and then another number."""
        waiting = [row.finding.id for row in Inspections(self.desk.office).waiting(by=self.desk.clerk)]
        return [*waiting, position][position % (len(waiting) + 1)]

    @invariant()
    def no_stage_is_reached_that_the_table_forbids(self) -> None:
        for case, steps in self.histories().items():
            first, *_ = steps
            assert Stage(first.stage) in FIRST_STAGES
            for before, after in pairwise(steps):
                assert after.stage == before.stage or Stage(after.stage) in STAGE_STEPS[Stage(before.stage)]
            assert steps[-1].stage == case.stage
            self.check_order_of(steps)

    def check_order_of(self, steps: list[RectificationStep]) -> None:
        """Read a history as an auditor would, without the table."""
        due_on, was_told, last_check = None, False, None
        for step in steps:
            assert step.done_on <= self.desk.clock.day
            match CaseStep(step.step):
                case CaseStep.ORDERED | CaseStep.CORRECTED:
                    due_on, was_told, last_check = step.new_due_on, True, None
                case CaseStep.EXTENDED:
                    assert due_on is not None
                    assert self.entered_on[step.id] <= due_on, "entered when the term was over"
                    assert step.done_on <= due_on < step.new_due_on
                    due_on = step.new_due_on
                case CaseStep.TRANSFERRED:
                    was_told = True  # by whom it was handed over to
                case CaseStep.REINSPECTED:
                    assert was_told, [(one.step, one.stage, str(one.done_on)) for one in steps]
                    assert len(set(step.people)) >= 2
                    last_check = step
                case CaseStep.SUPERVISED:
                    assert due_on is not None
                    assert step.done_on > due_on
                case CaseStep.CLOSED_OUT:
                    assert last_check is not None
                    assert last_check.result == "good"
                    assert step.entered_by not in last_check.people
                    assert step.done_on >= last_check.done_on
                case CaseStep.ENDED:
                    assert step is steps[-1]

    @invariant()
    def no_case_is_lost(self) -> None:
        there_are = {case.id for case in self.histories()}
        assert self.known_cases <= there_are
        self.known_cases = there_are
        on_the_wall = {
            row.case_id for row in Deadlines(self.desk.office).wall(WallFilters(), by=self.desk.clerk)
        }
        assert on_the_wall == {case.id for case in self.histories() if Stage(case.stage).is_open}

    @invariant()
    def nothing_but_what_was_found_good_hangs_at_who_has_closed(self) -> None:
        with self.desk.office.db.reading() as session:
            places = session.execute(select(Establishment.id, Establishment.operating_status))
            closed = {place for place, status in places if OperatingStatus(status).has_ended}
        for case in self.histories():
            if case.establishment_id in closed:
                assert not Stage(case.stage).is_open or case.stage == Stage.PASSED

    @invariant()
    def the_overdue_list_is_what_a_slow_clerk_would_write(self) -> None:
        self.check_overdue_list()
        counts = Deadlines(self.desk.office).counts(WallFilters(), by=self.desk.clerk)
        assert counts[Column.LATE] == self.late_today

    def check_overdue_list(self) -> None:
        """Write the list of this day as slowly and obviously as one can, and compare."""
        today, is_workday = self.desk.clock.day, self.desk.office.calendar.is_workday
        expected = {}
        for case in self.histories():
            if case.due_on is None or case.stage not in {"ordered", "reported", "failed", "supervised"}:
                continue
            left, day = 0, min(today, case.due_on)
            while day < max(today, case.due_on):
                day += timedelta(days=1)
                left += is_workday(day)
            if case.due_on < today:
                expected[case.id] = (True, -max(left, 1))
            elif left <= SOON_WORKDAYS:
                expected[case.id] = (False, left)
        rows = Deadlines(self.desk.office).overdue(today, by=self.desk.clerk)
        assert {row.case_id: (row.is_overdue, row.workdays_left) for row in rows} == expected
        assert [row.due_on for row in rows] == sorted(row.due_on for row in rows if row.due_on)
        self.late_today = sum(is_late for is_late, _ in expected.values())

    @invariant()
    def numbers_have_no_gap(self) -> None:
        with self.desk.office.db.reading() as session:
            numbers = session.scalars(select(RectificationOrder.number).order_by(RectificationOrder.id)).all()
        serials: dict[str, list[int]] = {}
        for number in numbers:
            word, _, serial = number.rpartition("〕")
            serials.setdefault(word, []).append(int(serial.removesuffix("号")))
        for given in serials.values():
            assert given == list(range(1, len(given) + 1))

    def histories(self) -> Histories:
        """Return every case with its steps, read anew whenever something was done."""
        if self._histories is None:
            with self.desk.office.db.reading() as session:
                cases = session.scalars(select(RectificationCase).order_by(RectificationCase.id)).all()
                steps = session.scalars(select(RectificationStep).order_by(RectificationStep.id)).all()
            self._histories = {case: [step for step in steps if step.case_id == case.id] for case in cases}
        return self._histories


_NEXT = {
    Stage.CORRECTED: "reinspect",
    Stage.ORDERED: "report",
    Stage.REPORTED: "reinspect",
    Stage.FAILED: "order_again",
    Stage.PASSED: "close_out",
    Stage.RELAPSED: "order_again",
    Stage.SUPERVISED: "reinspect",
}


@pytest.mark.property
@pytest.mark.timeout(900)  # the proof plays a dozen years
def test_a_random_office_never_reaches_a_forbidden_stage_nor_forgets_a_deadline(made_file: Path) -> None:
    noted = {"days_played": [], "refused": Counter(), "reached": set()}
    office = type("Office", (Office,), {"made_file": made_file, **noted})
    run_state_machine_as_test(
        office,
        settings=settings(
            max_examples=examples(3),
            stateful_step_count=140,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert max(office.days_played) >= 365
    assert sum(office.refused.values()) >= 20, "too few illegal steps were tried"
    assert Stage.CLOSED_OUT in office.reached
