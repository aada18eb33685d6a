"""What is planned for the pictures: a list of inspectors, a draw and what was visited of it, a plan."""

from desktop.app import Program
from desktop.domain.draws import Quota
from desktop.domain.scope import Scope
from desktop.domain.year_plan import PlanTimes

SEED = "20180608-3716"
PEOPLE = (("陈国华", "金城分局"), ("吴晓燕", "金城分局"), ("钱立群", "镇食安办"), ("周敏", "镇食安办"))


def let_some_be_drawn(program: Program) -> None:
    """Let some be drawn and one of them be visited; only the first time."""
    by, day = program.actor, program.clock.today()
    if program.draws.all(by=by):
        return
    for name, unit in PEOPLE:
        program.inspectors.add(name, unit=unit, by=by)
    draw = program.draws.draw(
        Scope(kinds=("workshop", "eatery")), Quota(per_cent=20), seed=SEED, on=day, title="六月双随机", by=by
    )
    related = draw.rows[-1]
    program.inspectors.keep_away("周敏", related.establishment_id, reason="业主是其表兄", by=by)
    first = draw.rows[0]
    program.inspections.record(
        first.establishment_id, on=day, inspectors=first.inspectors, mode="random", by=by
    )


def let_a_year_be_planned(program: Program) -> None:
    """Let the plan of the year be decided; only the first time."""
    by, day = program.actor, program.clock.today()
    before = program.year_plans.plan(day.year, by=by)
    if before.decided_on is None:
        times = PlanTimes(before.times.inspections, before.times.samplings)
        program.year_plans.decide(day.year, times, on=day.replace(month=1, day=10), by=by)
