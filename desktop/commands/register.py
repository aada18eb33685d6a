"""Verbs about the register: list establishments, register."""

from typing import TYPE_CHECKING

from desktop.commands.verbs import Answer, Arguments, Verbs, add_verb, day, whole_number
from desktop.errors import UserError

if TYPE_CHECKING:
    from desktop.app import Program
    from desktop.services.office.villages import VillageRow


def add_to(verbs: Verbs) -> None:
    """Add the verbs of this subject."""
    listing = add_verb(verbs, "list", _list, "列出档案")
    listing.add_argument("what", choices=["establishments"], metavar="establishments")
    listing.add_argument("--kind", metavar="K", help="类别代码")
    listing.add_argument("--village", metavar="V", help="村名或代码")
    listing.add_argument("--status", metavar="S", help="状态代码")
    listing.add_argument(
        "--search", default="", metavar="TEXT", help="名称、首字母、电话、编号或身份证号尾数"
    )
    listing.add_argument("--limit", default="200", metavar="N")
    listing.add_argument("--offset", default="0", metavar="N")
    listing.add_argument("--reveal", action="store_true", help="给出完整的身份证号和电话（记入日志）")

    register = add_verb(verbs, "register", _register, "决定登记并发放证卡")
    register.add_argument("--kind", metavar="K")
    register.add_argument("--village", metavar="V")
    register.add_argument("--id", nargs="+", action="extend", dest="ids", default=[], metavar="ID")
    register.add_argument("--decided-on", metavar="DATE", help="决定日期（默认今天）")


def checked_kind(program: "Program", kind: str | None) -> str | None:
    """Return the trade's code; refuse one that the rule pack does not know."""
    profile = program.office.profile
    if kind is not None and not profile.has_trade(kind):
        known = "、".join(f"{trade.code}（{trade.label}）" for trade in profile.trades)
        raise UserError(f"没有“{kind}”这个类别；可用：{known}")
    return kind


def chosen_village(program: "Program", typed: str | None) -> "VillageRow | None":
    """Return the village given by name or code; an empty option is an unknown village, not all of them."""
    return program.villages.named(typed) if typed is not None else None


def _village_id(program: "Program", typed: str | None) -> int | None:
    village = chosen_village(program, typed)
    return village.id if village is not None else None


def _list(program: "Program", chosen: Arguments) -> Answer:
    from desktop.services.register.leafing import Filters

    kind, village_id = checked_kind(program, chosen.kind), _village_id(program, chosen.village)
    filters = Filters(
        kinds=(kind,) if kind else (),
        village_ids=(village_id,) if village_id is not None else (),
        statuses=(chosen.status,) if chosen.status else (),
        search=chosen.search,
    )
    offset = whole_number(chosen.offset, "--offset")
    limit = whole_number(chosen.limit, "--limit")
    by = program.actor
    total = program.establishments.count(filters, by=by)
    if chosen.reveal:
        rows = program.establishments.revealed(filters, by=by, offset=offset, limit=limit)
    else:
        rows = program.establishments.page(filters, by=by, offset=offset, limit=limit)
    lines = [
        f"{row.archive_number}  {row.title}  {row.village}  {row.registration_status.label}" for row in rows
    ]
    return Answer({"total": total, "rows": rows}, "\n".join([*lines, f"共 {total} 户"]))


def _register(program: "Program", chosen: Arguments) -> Answer:
    from desktop.services.registration.registrations import Choice

    choice = Choice(
        kind=checked_kind(program, chosen.kind),
        village_id=_village_id(program, chosen.village),
        ids=tuple(whole_number(text, "档案编号", least=1) for text in chosen.ids),
    )
    decided_on = day(chosen.decided_on) if chosen.decided_on is not None else program.clock.today()
    batch = program.registrations.register_all(choice, decided_on=decided_on, by=program.actor)
    issued = [
        {
            "id": one.id,
            "kind": one.kind,
            "paper": one.paper,
            "number": one.number,
            "valid_from": one.valid_from,
            "valid_until": one.valid_until,
        }
        for one in batch.issued
    ]
    refused = [{"id": one.id, "name": one.title, "reason": one.reason} for one in batch.refused]
    lines = [f"发放 {len(issued)} 张"]
    lines += [f"{one.title}  {one.number}" for one in batch.issued]
    lines += [f"未登记：{one.title}（--id {one.id}）：{one.reason}" for one in batch.refused]
    refusal = ""
    if not batch.issued:
        refusal = "没有一户可以登记" + (
            f"：{batch.refused[0].reason}" if batch.refused else "，选的范围里没有档案"
        )
    return Answer({"issued": issued, "refused": refused}, "\n".join(lines), refusal=refusal)
