"""What is planned for the pictures: a list of inspectors, a draw and what was visited, a plan, a campaign."""

from datetime import date

from desktop.app import Program
from desktop.domain.campaigns import Phase, Task
from desktop.domain.draws import Quota
from desktop.domain.scope import Scope
from desktop.domain.year_plan import PlanTimes
from desktop.services.planning.campaigns import CampaignDraft

SEED = "20180608-3716"
PEOPLE = (("陈国华", "金城分局"), ("吴晓燕", "金城分局"), ("钱立群", "镇食安办"), ("周敏", "镇食安办"))


def let_some_be_drawn(program: Program) -> None:
    """Let some be drawn and one of them be visited; only the first time."""
    by, day = program.actor, program.clock.today()
    if program.planning.draws.all(by=by):
        return
    for name, unit in PEOPLE:
        program.planning.inspectors.add(name, unit=unit, by=by)
    draw = program.planning.draws.draw(
        Scope(kinds=("workshop", "eatery")), Quota(per_cent=20), seed=SEED, on=day, title="六月双随机", by=by
    )
    related = draw.rows[-1]
    program.planning.inspectors.keep_away("周敏", related.establishment_id, reason="业主是其表兄", by=by)
    first = draw.rows[0]
    program.inspections.record(
        first.establishment_id, on=day, inspectors=first.inspectors, mode="random", by=by
    )


def let_a_year_be_planned(program: Program) -> None:
    """Let the plan of the year be decided; only the first time."""
    by, day = program.actor, program.clock.today()
    before = program.planning.year_plans.plan(day.year, by=by)
    if before.decided_on is None:
        times = PlanTimes(before.times.inspections, before.times.samplings)
        program.planning.year_plans.decide(day.year, times, on=day.replace(month=1, day=10), by=by)


def let_a_campaign_begin(program: Program) -> None:
    """Let the campaign of the plan of 2018 begin; only the first time."""
    by = program.actor
    if program.planning.campaigns.all(by=by):
        return
    draft = CampaignDraft(
        name="2018年食品三小专项整治",
        phases=(
            Phase("调查摸底", date(2018, 4, 1), date(2018, 5, 31)),
            Phase("集中整治", date(2018, 6, 1), date(2018, 12, 31)),
            Phase("巩固提升", date(2019, 7, 1), date(2019, 10, 31)),
        ),
        scope=Scope(),
        tasks=(
            Task(None, date(2018, 4, 30), "召开动员部署会", "各村书记参加，明确分工。", "食安办"),
            Task(date(2018, 4, 1), date(2018, 5, 31), "逐户摸底，建立档案", "底数清、对象明。"),
            Task(date(2018, 6, 1), date(2018, 12, 31), "分类整治，全覆盖检查", "三条路线逐户定下。"),
            Task(date(2019, 7, 1), date(2019, 10, 31), "回头看", "防止死灰复燃。"),
        ),
        basis="金城镇专项整治工作方案（2018）",
    )
    program.planning.campaigns.save(draft, by=by)
