"""Papers live at random: whatever is decided in whatever order, one place has one living paper at most."""

import shutil
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from tempfile import mkdtemp

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from hypothesis.strategies import integers, sampled_from
from sqlalchemy import select

from desktop.domain.lifecycle import PaperStatus
from desktop.domain.paper_life import EFFECTS, DateEffect, NumberEffect, PaperAct
from desktop.errors import UserError
from desktop.models.registration import Paper, Serial
from desktop.services.office.trail import Trail
from desktop.services.registration.paper_lives import ENDING, FOLLOWING, PaperLives
from desktop.services.registration.paper_worth import paper_status_on
from desktop.services.registration.registrations import Choice, Registrations
from tests.examples import examples
from tests.lives import change, enter, printed
from tests.offices import open_made_office, stall

SHOPS = (1, 2, 3)
PLACES = [f"沙湖村{number}组{number}号" for number in range(1, 5)]
DECISIONS = [*FOLLOWING, *FOLLOWING, *ENDING]


class Office(RuleBasedStateMachine):
    """Three stalls that share four places; what they are refused changes nothing."""

    made_file: Path

    @initialize()
    def open(self) -> None:
        self.folder = Path(mkdtemp())
        self.desk = open_made_office(Path(shutil.copyfile(self.made_file, self.folder / "register.db")))
        for number in SHOPS:
            enter(self.desk, stall(address=PLACES[number]), number=number)
        self.statuses: dict[int, str] = {}
        self.out: set[int] = set()

    def teardown(self) -> None:
        if hasattr(self, "desk"):
            self.desk.office.db.close()
            shutil.rmtree(self.folder)

    @rule(days=sampled_from((1, 20, 90, 250)))
    def days_pass(self, days: int) -> None:
        self.desk.clock.day += timedelta(days=days)

    @rule()
    def register_all(self) -> None:
        Registrations(self.desk.office).register_all(
            Choice(), decided_on=self.desk.clock.day, by=self.desk.clerk
        )

    @rule(back=integers(0, 4))
    def print_one(self, back: int) -> None:
        papers = [one for one in self.papers() if one.status == PaperStatus.VALID and one.id not in self.out]
        if papers:
            self.out.add(printed(self.desk, papers[-1 - back % len(papers)].id))

    @rule(shop=sampled_from(SHOPS), address=sampled_from(PLACES), products=sampled_from(("馄饨", "包子")))
    def change_the_register(self, shop: int, address: str, products: str) -> None:
        change(self.desk, shop, stall(address=address, products=products))

    @rule(act=sampled_from(DECISIONS), back=integers(0, 4), days_ago=sampled_from((0, 0, 0, 5)))
    def decide(self, act: PaperAct, back: int, days_ago: int) -> None:
        papers = self.papers()
        if not papers:
            return
        old = papers[-1 - back % len(papers)]
        on = self.desk.clock.day - timedelta(days=days_ago)
        was = paper_status_on(old, on, self.desk.office.profile)
        lives = PaperLives(self.desk.office)
        try:
            step = lives.take(act, old.id, on=on, reason="有原因", by=self.desk.clerk)
        except UserError:
            step = None
        if step is None:
            assert len(self.papers()) == len(papers)
            return
        self.as_the_table_says(act, old, was, self.papers(), on)
        assert step.was_number == old.number

    def as_the_table_says(
        self, act: PaperAct, old: Paper, was: PaperStatus, after: list[Paper], on: date
    ) -> None:
        effect = EFFECTS[act]
        now = next(one for one in after if one.id == old.id)
        assert was in effect.of
        assert (now.status, now.number, now.facts) == (effect.leaves, old.number, old.facts)
        followed = [one for one in after if one.follows_id == old.id]
        assert len(followed) == (effect.number is not NumberEffect.NONE)
        for new in followed:
            assert (new.issued_on, new.act) == (on, act)
            assert act is not PaperAct.REISSUE or old.id in self.out
            is_out = any(one.id in self.out and one.number == new.number for one in after)
            assert new.facts.get("date_word", "") == (effect.word if is_out else "")
            is_other_place = new.facts["address"] != old.facts["address"]
            assert (new.number == old.number) == (not is_other_place)
            if effect.starts is DateEffect.KEPT and not is_other_place:
                assert (new.valid_from, new.valid_until) == (old.valid_from, old.valid_until)

    @invariant()
    def one_living_paper_at_most_for_each_place_and_each_stall(self) -> None:
        if not hasattr(self, "desk"):
            return
        today, profile = self.desk.clock.day, self.desk.office.profile
        living = [one for one in self.papers() if paper_status_on(one, today, profile).is_living]
        assert all(one.living_place for one in living)
        for key in ("living_place", "establishment_id", "number"):
            assert max(Counter(getattr(one, key) for one in living).values(), default=1) == 1

    @invariant()
    def every_number_is_one_establishments_and_none_is_missing(self) -> None:
        if not hasattr(self, "desk"):
            return
        owners = {(one.number, one.establishment_id) for one in self.papers()}
        assert len(owners) == len({number for number, _ in owners})
        with self.desk.office.db.reading() as session:
            for counter in session.scalars(select(Serial).where(Serial.scope.contains("stall"))):
                serials = {one.serial for one in self.papers() if one.scope == counter.scope}
                assert serials == set(range(1, counter.last + 1))

    @invariant()
    def what_ended_stays_ended(self) -> None:
        if not hasattr(self, "desk"):
            return
        for one in self.papers():
            before = self.statuses.get(one.id, PaperStatus.VALID)
            assert before in (PaperStatus.VALID, one.status) or one.status == PaperStatus.DEREGISTERED
            self.statuses[one.id] = one.status

    def papers(self) -> list[Paper]:
        with self.desk.office.db.reading() as session:
            return list(session.scalars(select(Paper).order_by(Paper.id)))


@pytest.mark.property
def test_random_lives_keep_one_living_paper_to_a_place(made_file: Path) -> None:
    office = type("Office", (Office,), {"made_file": made_file})
    run_state_machine_as_test(
        office,
        settings=settings(
            max_examples=examples(6),
            stateful_step_count=40,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_the_trail_of_a_long_life_checks_out(made_file: Path, tmp_path: Path) -> None:
    desk = open_made_office(Path(shutil.copyfile(made_file, tmp_path / "register.db")))
    enter(desk)
    for _ in range(6):
        Registrations(desk.office).register_all(Choice(), decided_on=desk.clock.day, by=desk.clerk)
        desk.clock.day += timedelta(days=366)

    assert Trail(desk.office).check(by=desk.clerk) == ()
    desk.office.db.close()
