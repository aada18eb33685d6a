"""Verbs about plans: plan, visits, sampling."""

from typing import TYPE_CHECKING

from desktop.commands.verbs import Answer, Arguments, Verbs, add_verb, day, new_file, whole_number
from desktop.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from desktop.app import Program
    from desktop.services.planning.year_plans import PlanDetail, PlanRow


def add_to(verbs: Verbs) -> None:
    """Add the verbs of this subject."""
    plan = add_verb(verbs, "plan", _plan, "年度检查和抽检计划：应查、已查、还剩；--decide 定计划")
    plan.add_argument("--year", metavar="YYYY", help="哪一年（默认今年）")
    plan.add_argument("--decide", action="store_true", help="定计划；没写的级别按规则包的次数")
    plan.add_argument(
        "--inspections", action="append", default=[], metavar="D=4", help="这一级一年检查几次，可写几次"
    )
    plan.add_argument(
        "--samplings", action="append", default=[], metavar="D=2", help="这一级一年抽检几批，可写几次"
    )
    plan.add_argument("--kind", action="append", default=[], metavar="K", help="只管这些类别，可写几次")
    plan.add_argument("--on", metavar="DATE", help="定计划的日期（默认今天）")
    plan.add_argument("--note", default="", metavar="TEXT")
    plan.add_argument("--left", action="store_true", help="只列还没查够的")
    plan.add_argument("-o", dest="target", metavar="FILE.xlsx", help="写成工作簿")
    add_verb(verbs, "visits", _visits, "待检查：随机抽到的、首次检查、年度计划里还没查的")
    sampling = add_verb(verbs, "sampling", _sampling, "抽检：记下一次，或者补记结果")
    which = sampling.add_mutually_exclusive_group(required=True)
    which.add_argument("--id", metavar="ID", help="档案编号")
    which.add_argument("--number", metavar="N", help="抽检编号，补记结果用")
    sampling.add_argument("--on", metavar="DATE", help="抽样日期；不写列出这一户的抽检")
    sampling.add_argument("--product", default="", metavar="TEXT", help="抽的品种")
    sampling.add_argument("--result", default="", metavar="waiting|good|bad", help="结果")
    sampling.add_argument("--note", default="", metavar="TEXT")


def _plan(program: "Program", chosen: Arguments) -> Answer:
    from desktop.services.planning.year_plans import PlanPart, PlanShows

    year = program.clock.today().year
    if chosen.year is not None:
        year = whole_number(chosen.year, "年份", least=1)
    if chosen.decide:
        plan = _decide(program, chosen, year)
    elif chosen.target is not None:
        target = new_file(chosen.target, ".xlsx")
        count = program.planning.year_plans.export(year, target, by=program.actor)
        return Answer({"file": str(target), "rows": count}, f"{target}：{count} 户")
    else:
        plan = program.planning.year_plans.plan(year, by=program.actor)
    part = PlanPart(PlanShows.LEFT if chosen.left else PlanShows.ALL)
    rows = program.planning.year_plans.page(year, part, by=program.actor, limit=None)
    head = {
        "year": plan.year,
        "decided_on": plan.decided_on,
        "by": plan.decided_by,
        "inspections": plan.times.inspections,
        "samplings": plan.times.samplings,
        "total": plan.total,
        "covered": plan.covered,
        "left": plan.left,
    }
    lines = [_line(row) for row in rows]
    return Answer({**head, "rows": [_row(row) for row in rows]}, "\n".join([_said(plan), *lines]))


def _decide(program: "Program", chosen: Arguments, year: int) -> "PlanDetail":
    from desktop.domain.year_plan import PlanTimes

    before = program.planning.year_plans.plan(year, by=program.actor).times
    return program.planning.year_plans.decide(
        year,
        PlanTimes(
            {**before.inspections, **_counts(chosen.inspections)},
            {**before.samplings, **_counts(chosen.samplings)},
        ),
        on=day(chosen.on) if chosen.on is not None else program.clock.today(),
        kinds=chosen.kind,
        note=chosen.note,
        by=program.actor,
    )


def _counts(told: list[str]) -> "Mapping[str, int]":
    counts = {}
    for text in told:
        level, sign, number = text.partition("=")
        if not sign:
            raise UserError(f"“{text}”不对，要写成 等级=次数，如 D=4")
        counts[level.strip()] = whole_number(number, "次数")
    return counts


def _said(plan: "PlanDetail") -> str:
    if plan.decided_on is None:
        return f"{plan.year} 年还没有定计划；用 --decide 定"
    return (
        f"{plan.year} 年计划（{plan.decided_on} {plan.decided_by}）：{plan.total} 户，"
        f"查过的 {plan.covered} 户，还剩 {plan.left} 次"
    )


def _row(row: "PlanRow") -> dict[str, object]:
    return {
        "id": row.who.id,
        "archive_number": row.who.archive_number,
        "name": row.who.title,
        "village": row.who.village,
        "level": row.risk.level.code,
        "reasons": row.risk.reasons,
        "wanted": row.wanted,
        "done": row.done,
        "due_on": row.due_on,
        "last_on": row.last_on,
        "samples_wanted": row.samples_wanted,
        "samples_done": row.samples_done,
    }


def _line(row: "PlanRow") -> str:
    due = f"  {row.due_on} 前" if row.due_on else ""
    sampled = f"  抽检 {row.samples_done}/{row.samples_wanted}" if row.samples_wanted else ""
    return (
        f"{row.who.archive_number}  {row.who.title}  {row.who.village}  {row.risk.level.label}"
        f"  {row.done}/{row.wanted}{due}{sampled}"
    )


def _visits(program: "Program", chosen: Arguments) -> Answer:
    from desktop.domain.visits import VisitReason
    from desktop.domain.wall import WallFilters

    kept, by = program.planning.visits, program.actor
    found = [row for reason in VisitReason for row in kept.page(reason, WallFilters(), by=by, limit=None)]
    rows = [
        {
            "reason": row.reason,
            "id": row.establishment_id,
            "name": row.title,
            "village": row.village,
            "about": row.about,
            "due_on": row.due_on,
            "mode": row.mode,
            "inspectors": row.inspectors,
        }
        for row in found
    ]
    lines = [
        f"{row.reason.label}  {row.due_on or ''}  {row.title}  {row.village}  {row.about}" for row in found
    ]
    return Answer({"rows": rows}, "\n".join(lines) or "没有待检查的")


def _sampling(program: "Program", chosen: Arguments) -> Answer:
    kept = program.planning.samplings
    if chosen.number is not None:
        number = whole_number(chosen.number, "抽检编号", least=1)
        rows = [kept.tell(number, chosen.result, note=chosen.note, by=program.actor)]
    else:
        one = whole_number(chosen.id, "档案编号", least=1)
        if chosen.on is None:
            rows = list(kept.of(one, by=program.actor))
        else:
            told = {"product": chosen.product, "result": chosen.result, "note": chosen.note}
            rows = [kept.take(one, on=day(chosen.on), by=program.actor, **told)]
    answer = [
        {
            "sampling": row.id,
            "id": row.establishment_id,
            "on": row.sampled_on,
            "product": row.product,
            "result": row.result,
            "note": row.note,
        }
        for row in rows
    ]
    lines = [f"抽检 {row.id}  {row.sampled_on}  {row.product}  {row.result.label}" for row in rows]
    return Answer({"samplings": answer}, "\n".join(lines) or "还没有抽检过")
