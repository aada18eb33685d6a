"""Verbs about the office itself: init, profiles, account, audit, check."""

from typing import TYPE_CHECKING

from desktop.commands.register import chosen_village
from desktop.commands.verbs import Answer, Arguments, Verbs, add_verb, day, existing_file
from desktop.domain.act import Role
from desktop.errors import UserError

if TYPE_CHECKING:
    from desktop.app import Program
    from desktop.services.office.accounts import AccountRow


def add_to(verbs: Verbs) -> None:
    """Add the verbs of this subject."""
    init = add_verb(verbs, "init", _init, "建一本空的登记册和它的管理员")
    init.add_argument("--profile", required=True, metavar="NAME", help="规则包")
    init.add_argument("--villages", required=True, metavar="FILE.csv", help="村名单，表头 code,name")
    init.add_argument("--township", default="", metavar="NAME", help="乡镇名称")

    add_verb(verbs, "profiles", _profiles, "列出这里有的规则包")

    account = add_verb(verbs, "account", _add, "账号")
    actions = account.add_subparsers(metavar="ACTION", required=True)
    add = add_verb(actions, "add", _add, "新建账号")
    add.add_argument("name", metavar="NAME")
    add.add_argument("--role", required=True, dest="roles", metavar="R", help="角色")
    add.add_argument("--village", metavar="V", help="村级账号的村")
    change = add_verb(actions, "change", _change, "改账号的角色")
    change.add_argument("name", metavar="NAME")
    change.add_argument("--roles", required=True, metavar="R,…")

    audit = add_verb(verbs, "audit", _audit, "操作日志")
    audit.add_argument("--since", metavar="DATE")
    audit.add_argument("--object", dest="object_id", metavar="ID")

    add_verb(verbs, "check", _check, "检查数据、编号和操作日志是否完好")


def _init(program: "Program", chosen: Arguments) -> Answer:
    from desktop.services.office.villages import read_village_list

    path = existing_file(chosen.villages)
    villages = read_village_list(path.read_bytes(), path.name)
    new = program.make_register(profile=chosen.profile, township=chosen.township, villages=villages)
    answer = {
        "profile": new.profile.name,
        "villages": len(villages),
        "administrator": new.administrator,
    }
    text = (
        f"登记册建好了：{new.township}，{new.profile.title}，"
        f"{len(villages)} 个村（社区）；管理员 {new.administrator}"
    )
    return Answer(answer, text)


def _profiles(program: "Program", chosen: Arguments) -> Answer:
    shelf = program.profiles
    packs = [
        {
            "name": pack.name,
            "title": pack.title,
            "province": pack.province,
            "effective_from": pack.effective_from,
            "trades": [{"kind": trade.code, "label": trade.label} for trade in pack.trades],
        }
        for pack in shelf.profiles
    ]
    lines = [f"{pack['name']}  {pack['title']}" for pack in packs]
    return Answer(packs, "\n".join(lines), refusal="\n".join(shelf.faults))


def _roles(text: str) -> list[Role]:
    wanted = [part.strip() for part in text.replace("，", ",").split(",") if part.strip()]
    for part in wanted:
        if part not in set(Role):
            raise UserError(f"没有“{part}”这个角色；可用：{'、'.join(Role)}")
    return [Role(part) for part in wanted]


def _add(program: "Program", chosen: Arguments) -> Answer:
    village = chosen_village(program, chosen.village)
    password = program.environment.get("SANXIAO_NEW_PASSWORD", "")
    if not password:
        raise UserError("请把新账号的密码放在环境变量 SANXIAO_NEW_PASSWORD 里")
    row = program.accounts.add(
        name=chosen.name,
        password=password,
        roles=_roles(chosen.roles),
        village_id=village.id if village else None,
        by=program.actor,
    )
    return _account_answer(program, row, "建好了")


def _change(program: "Program", chosen: Arguments) -> Answer:
    row = program.accounts.change_roles(name=chosen.name, roles=_roles(chosen.roles), by=program.actor)
    return _account_answer(program, row, "改好了")


def _account_answer(program: "Program", row: "AccountRow", done: str) -> Answer:
    names = {village.id: village.name for village in program.villages.all()}
    village = names.get(row.village_id) if row.village_id is not None else None
    roles = "、".join(role.label for role in row.roles)
    return Answer(
        {"name": row.name, "roles": row.roles, "village": village}, f"账号“{row.name}”{done}：{roles}"
    )


def _audit(program: "Program", chosen: Arguments) -> Answer:
    since = day(chosen.since) if chosen.since is not None else None
    rows = program.trail.entries(since=since, object_id=chosen.object_id, by=program.actor)
    lines = [f"{row.at:%Y-%m-%d %H:%M:%S}  {row.account}  {row.action}  {row.object}" for row in rows]
    return Answer({"rows": rows}, "\n".join(lines))


def _check(program: "Program", chosen: Arguments) -> Answer:
    findings = program.trail.check(by=program.actor)
    answer = {"ok": not findings, "findings": findings}
    if findings:
        sentences = "；".join(finding.sentence for finding in findings)
        return Answer(answer, "", refusal=f"检查发现 {len(findings)} 处不对：{sentences}")
    return Answer(answer, "数据、编号和操作日志都完好")
