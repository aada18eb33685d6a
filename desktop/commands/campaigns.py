"""Verbs about campaigns: campaign, campaigns."""

from typing import TYPE_CHECKING

from desktop.commands.planning import add_scope, scope_of
from desktop.commands.verbs import Answer, Arguments, Verbs, add_verb, day, new_file, whole_number
from desktop.errors import UserError

if TYPE_CHECKING:
    from desktop.app import Program
    from desktop.domain.campaigns import Phase, Task
    from desktop.services.planning.campaigns import CampaignDetail


def add_to(verbs: Verbs) -> None:
    """Add the verbs of this subject."""
    campaign = add_verb(verbs, "campaign", _campaign, "定一个专项整治：名称、阶段、范围、配档表")
    campaign.add_argument("name", metavar="NAME", help="名称")
    campaign.add_argument("--basis", default="", metavar="TEXT", help="依据的文件")
    campaign.add_argument(
        "--phase",
        action="append",
        required=True,
        metavar="NAME:DATE:DATE",
        help="阶段，如 摸底：2018-04-01：2018-05-31，可写几次",
    )
    campaign.add_argument(
        "--task",
        action="append",
        default=[],
        metavar="DATE:DATE:TEXT:TEXT",
        help="配档表一行：开始（可空）：结束：工作重点：推进措施，可写几次",
    )
    add_scope(campaign)
    campaigns = add_verb(verbs, "campaigns", _campaigns, "专项整治的进展：全覆盖、未定处置；--end 收尾")
    campaigns.add_argument("campaign", nargs="?", metavar="N", help="编号；不写列出全部")
    campaigns.add_argument("--end", action="store_true", help="收尾；还有未定处置意见的不能收尾")
    campaigns.add_argument("--on", metavar="DATE", help="收尾日期（默认今天）")
    campaigns.add_argument("--conclusion", default="", metavar="TEXT", help="收尾的结论")
    campaigns.add_argument(
        "--decide", nargs="+", action="extend", default=[], metavar="ID", help="给这些户定处置意见"
    )
    campaigns.add_argument("--route", default="", metavar="R", help="处置意见，与 --decide 同用")
    campaigns.add_argument("-o", dest="target", metavar="FILE.xlsx", help="写成工作簿")
    campaigns.set_defaults(misused=campaigns.error)


def _campaign(program: "Program", chosen: Arguments) -> Answer:
    from desktop.services.planning.campaigns import CampaignDraft

    draft = CampaignDraft(
        name=chosen.name,
        phases=tuple(map(_phase, chosen.phase)),
        scope=scope_of(program, chosen),
        tasks=tuple(map(_task, chosen.task)),
        basis=chosen.basis,
    )
    return _told(program, program.planning.campaigns.save(draft, by=program.actor))


def _phase(text: str) -> "Phase":
    from desktop.domain.campaigns import Phase

    name, *days = text.replace("：", ":").split(":")
    if len(days) != 2:
        raise UserError(f"阶段“{text}”不对，要写成“名称：开始日：结束日”，如 摸底：2018-04-01：2018-05-31")
    return Phase(name.strip(), day(days[0].strip()), day(days[1].strip()))


def _task(text: str) -> "Task":
    from desktop.domain.campaigns import Task

    parts = text.replace("：", ":").split(":", 3)
    if len(parts) != 4:
        raise UserError(f"“{text}”不对，要写成“开始日：结束日：工作重点：推进措施”，开始日可以空着")
    first, last, focus, measures = (part.strip() for part in parts)
    return Task(day(first) if first else None, day(last), focus, measures)


def _campaigns(program: "Program", chosen: Arguments) -> Answer:
    kept, by = program.planning.campaigns, program.actor
    if chosen.campaign is None:
        if chosen.end or chosen.decide or chosen.target is not None:
            chosen.misused("--end、--decide 和 -o 要指明是哪一个专项整治")
        found = kept.all(by=by)
        return Answer({"rows": [_head(one) for one in found]}, "\n".join(map(_line, found)) or "没有专项整治")
    number = whole_number(chosen.campaign, "专项整治编号", least=1)
    if chosen.decide:
        ids = [whole_number(text, "档案编号", least=1) for text in chosen.decide]
        return _told(program, kept.decide(number, ids, chosen.route, by=by))
    if chosen.end:
        on = day(chosen.on) if chosen.on is not None else program.clock.today()
        return _told(program, kept.end(number, on=on, conclusion=chosen.conclusion, by=by))
    if chosen.target is not None:
        target = new_file(chosen.target, ".xlsx")
        count = kept.export(number, target, by=by)
        return Answer({"file": str(target), "rows": count}, f"{target}：{count} 户")
    return _told(program, kept.detail(number, by=by))


def _told(program: "Program", one: "CampaignDetail") -> Answer:
    from desktop.services.planning.campaign_counts import CampaignShows

    kept, by = program.planning.campaigns, program.actor
    answer = {
        **_head(one),
        "phases": one.draft.phases,
        "tasks": [
            {"when": task.when, "focus": task.focus, "measures": task.measures, "remark": task.remark}
            for task in one.draft.tasks
        ],
        "left": kept.ids(one.id, CampaignShows.LEFT, by=by),
        "undecided": kept.ids(one.id, CampaignShows.UNDECIDED, by=by),
    }
    lines = [f"{word} {number} {unit}" for word, unit, number in one.counts.lines]
    left = [
        f"还没查：{row.who.archive_number}  {row.who.title}  {row.who.village}"
        for row in kept.page(one.id, CampaignShows.LEFT, by=by, limit=None)
    ]
    return Answer(answer, "\n".join([_line(one), "，".join(lines), *left]))


def _head(one: "CampaignDetail") -> dict[str, object]:
    return {
        "campaign": one.id,
        "name": one.draft.name,
        "basis": one.draft.basis,
        "scope": one.scope,
        "starts_on": one.starts_on,
        "ends_on": one.ends_on,
        "ended_on": one.ended_on,
        "countdown": one.countdown.words,
        "counts": one.counts,
    }


def _line(one: "CampaignDetail") -> str:
    return (
        f"专项整治 {one.id}  {one.draft.name}（{one.scope}）：{one.countdown.words}，"
        f"查过 {one.counts.covered}／{one.counts.total} 户，未定处置 {one.counts.undecided} 户"
    )
