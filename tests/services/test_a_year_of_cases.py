"""An office plays with cases at random: no forbidden stage, no lost case, no wrong list."""

import shutil
from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from tempfile import mkdtemp

from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from hypothesis.strategies import SearchStrategy, integers, none, one_of, permutations, sampled_from
from sqlalchemy import select

from desktop.domain.lifecycle import FIRST_STAGES, STAGE_STEPS, Stage
from desktop.domain.rectification import CaseStep
from desktop.errors import UserError
from desktop.models.rectification import Finding, RectificationCase, RectificationOrder, RectificationStep
from desktop.services.deadlines import SOON_WORKDAYS, Column, Deadlines, WallFilters
from desktop.services.inspections import Fault, Inspections
from desktop.services.look_backs import LookBacks
from desktop.services.rectifications import Rectifications, Until
from desktop.services.shutdowns import Shutdowns
from tests.offices import open_made_office
from tests.visits import enter

PEOPLE = ("周敏", "赵学军", "史国平", "陈国华")
ANY = integers(0, 11)
DAYS_AGO = sampled_from((0, 0, 0, 1, 3, -1))


def pairs() -> SearchStrategy[list[str]]:
    return permutations(PEOPLE).map(lambda people: people[:2])


class Office(RuleBasedStateMachine):
    """A small office; every refusal must be a sentence and leave nothing behind."""

    made_file: Path

    @initialize()
    def open(self) -> None:
        self.folder = Path(mkdtemp(prefix="sanxiao-cases-"))
        self.desk = open_made_office(Path(shutil.copyfile(self.made_file, self.folder / "register.db")))
        self.places = [enter(self.desk), enter(self.desk, 2)]
        self.known_cases: set[int] = set()
        self.cases = Rectifications(self.desk.office)

    def teardown(self) -> None:
        if hasattr(self, "desk"):
            self.desk.office.db.close()
            shutil.rmtree(self.folder)

    def attempt(self, act: Callable[[date], object], days_ago: int) -> None:
        """Do something on a day near today; where it is refused, nothing may have changed."""
        before = self.everything()
        try:
            act(self.desk.clock.day - timedelta(days=days_ago))
        except UserError:
            assert self.everything() == before

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

    @rule(days=integers(1, 9))
    def days_pass(self, days: int) -> None:
        self.desk.clock.day += timedelta(days=days)

    @rule(place=integers(0, 1), ago=DAYS_AGO, corrected=sampled_from((False, False, True)), pair=pairs())
    def inspect(self, place: int, ago: int, corrected: bool, pair: list[str]) -> None:
        faults = [Fault("S10", is_corrected=corrected), Fault("S05")]
        inspections = Inspections(self.desk.office)
        self.attempt(
            lambda on: inspections.record(
                self.places[place], on=on, inspectors=pair, faults=faults, by=self.desk.clerk
            ),
            ago,
        )

    @rule(finding=ANY, ago=DAYS_AGO, workdays=one_of(none(), integers(1, 6)))
    def order(self, finding: int, ago: int, workdays: int | None) -> None:
        until = Until(workdays=workdays) if workdays else Until(days=5)
        waiting = [row.finding.id for row in Inspections(self.desk.office).waiting(by=self.desk.clerk)]
        chosen = [*waiting, finding][finding % (len(waiting) + 1)]
        self.attempt(lambda on: self.cases.order([chosen], until=until, on=on, by=self.desk.clerk), ago)

    @rule(case=ANY, ago=DAYS_AGO)
    def order_again(self, case: int, ago: int) -> None:
        until, number = Until(days=4), self.case_at(case)
        self.attempt(lambda on: self.cases.order_again(number, until=until, on=on, by=self.desk.clerk), ago)

    @rule(case=ANY, ago=DAYS_AGO, what=sampled_from(("serve", "report", "supervise", "transfer", "close")))
    def simple_step(self, case: int, ago: int, what: str) -> None:
        by, number = self.desk.clerk, self.case_at(case)
        steps: dict[str, Callable[[date], object]] = {
            "serve": lambda on: self.cases.serve(number, on=on, how="直接送达", by=by),
            "report": lambda on: self.cases.report(number, on=on, by=by),
            "supervise": lambda on: self.cases.supervise(number, on=on, by=by),
            "transfer": lambda on: self.cases.transfer(number, on=on, note="移送", by=by),
            "close": lambda on: self.cases.close_out(number, on=on, by=by),
        }
        self.attempt(steps[what], ago)

    @rule(case=ANY, pair=pairs())
    def next_lawful_step(self, case: int, pair: list[str]) -> None:
        """Work on as a diligent clerk would, so that cases come to their ends too."""
        number, by = self.case_at(case), self.desk.clerk

        def check(on: date) -> None:
            self.cases.reinspect(number, on=on, inspectors=pair, result="good", by=by)

        def order(on: date) -> None:
            self.cases.order_again(number, until=Until(days=2), on=on, by=by)

        steps: dict[Stage, Callable[[date], object]] = {
            Stage.CORRECTED: check,
            Stage.ORDERED: lambda on: self.cases.report(number, on=on, by=by),
            Stage.REPORTED: check,
            Stage.FAILED: order,
            Stage.SUPERVISED: lambda on: self.cases.transfer(number, on=on, note="移送", by=by),
            Stage.PASSED: lambda on: self.cases.close_out(number, on=on, by=by),
            Stage.RELAPSED: order,
        }
        stages = {one.id: Stage(one.stage) for one in self.histories()}
        if step := steps.get(stages.get(number, Stage.FOUND)):
            self.attempt(step, 0)

    @rule(case=ANY, ago=DAYS_AGO, days=integers(-1, 9))
    def extend(self, case: int, ago: int, days: int) -> None:
        def act(on: date) -> None:
            self.cases.extend(
                self.case_at(case),
                until=on + timedelta(days=days),
                on=on,
                reason="设备未到",
                by=self.desk.clerk,
            )

        self.attempt(act, ago)

    @rule(case=ANY, ago=DAYS_AGO, result=sampled_from(("good", "good", "partly", "not-good")), pair=pairs())
    def reinspect(self, case: int, ago: int, result: str, pair: list[str]) -> None:
        self.attempt(
            lambda on: self.cases.reinspect(
                self.case_at(case), on=on, inspectors=pair, result=result, by=self.desk.clerk
            ),
            ago,
        )

    @rule(
        place=integers(0, 1),
        ago=DAYS_AGO,
        outcome=sampled_from(("kept", "rebounded", "reopened")),
        pair=pairs(),
    )
    def look_back(self, place: int, ago: int, outcome: str, pair: list[str]) -> None:
        looking = LookBacks(self.desk.office)
        self.attempt(
            lambda on: looking.record(
                self.places[place], on=on, inspectors=pair, outcome=outcome, by=self.desk.clerk
            ),
            ago,
        )

    @rule(place=integers(0, 1), ago=DAYS_AGO, way=sampled_from(("order_to_close", "verify", "force")))
    def shut_down(self, place: int, ago: int, way: str) -> None:
        more = {"close_by": self.desk.clock.day + timedelta(days=9)} if way == "order_to_close" else {}
        act = getattr(Shutdowns(self.desk.office), way)
        self.attempt(
            lambda on: act(self.places[place], on=on, reason="拒不整改", by=self.desk.clerk, **more), ago
        )

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
                    assert step.done_on <= due_on < step.new_due_on
                    due_on = step.new_due_on
                case CaseStep.REINSPECTED:
                    assert was_told
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
    def the_overdue_list_is_what_a_slow_clerk_would_write(self) -> None:
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
        counts = Deadlines(self.desk.office).counts(WallFilters(), by=self.desk.clerk)
        assert counts[Column.LATE] == sum(is_late for is_late, _ in expected.values())

    @invariant()
    def numbers_have_no_gap(self) -> None:
        with self.desk.office.db.reading() as session:
            numbers = session.scalars(select(RectificationOrder.number)).all()
        serials: dict[str, list[int]] = {}
        for number in numbers:
            word, _, serial = number.rpartition("〕")
            serials.setdefault(word, []).append(int(serial.removesuffix("号")))
        for given in serials.values():
            assert given == list(range(1, len(given) + 1))

    def histories(self) -> dict[RectificationCase, list[RectificationStep]]:
        with self.desk.office.db.reading() as session:
            cases = session.scalars(select(RectificationCase).order_by(RectificationCase.id)).all()
            steps = session.scalars(select(RectificationStep).order_by(RectificationStep.id)).all()
            return {case: [step for step in steps if step.case_id == case.id] for case in cases}


def test_a_random_office_never_reaches_a_forbidden_stage_nor_forgets_a_deadline(made_file: Path) -> None:
    office = type("Office", (Office,), {"made_file": made_file})
    run_state_machine_as_test(
        office,
        settings=settings(
            max_examples=25,
            stateful_step_count=60,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
