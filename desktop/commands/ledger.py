"""Verbs about the life of papers and the number ledger: paper-act, numbers, blanks, collect."""

from typing import TYPE_CHECKING

from desktop.commands.verbs import Answer, Arguments, Verbs, add_verb, day, whole_number
from desktop.domain.paper_life import PaperAct
from desktop.errors import UserError

if TYPE_CHECKING:
    from desktop.app import Program

_ACTS = tuple(act.value for act in PaperAct if act not in {PaperAct.ISSUE, PaperAct.TAKING_IN})


def add_to(verbs: Verbs) -> None:
    """Add the verbs of this subject."""
    act = add_verb(verbs, "paper-act", _act, "证卡的延续、变更、补发、注销、撤销、吊销、作废")
    act.add_argument("act", metavar="|".join(_ACTS))
    act.add_argument("--number", required=True, metavar="N")
    act.add_argument("--on", required=True, metavar="DATE")
    act.add_argument("--reason", default="", metavar="TEXT")
    act.add_argument("--fraud", action="store_true", help="撤销：以欺骗、贿赂等不正当手段取得")
    numbers = add_verb(verbs, "numbers", _numbers, "号码台账：各序列的账，或空号，或一个号的去向")
    which = numbers.add_mutually_exclusive_group()
    which.add_argument("--gaps", action="store_true", help="只列没有说明的空号")
    which.add_argument("--number", metavar="N", help="一个号的去向")
    reserve = add_verb(verbs, "reserve-numbers", _reserve, "给一个村预留号段")
    reserve.add_argument("--kind", required=True, metavar="K")
    reserve.add_argument("--village", required=True, metavar="V")
    reserve.add_argument("--count", required=True, metavar="N")
    reserve.add_argument("--on", required=True, metavar="DATE")
    reserve.add_argument("--reason", default="", metavar="TEXT")
    record = add_verb(verbs, "record-issued", _record, "登记村里从号段里发出的一张")
    record.add_argument("--range", required=True, dest="range_id", metavar="N")
    record.add_argument("--number", required=True, metavar="N")
    record.add_argument("--id", required=True, metavar="ID")
    record.add_argument("--on", required=True, metavar="DATE")
    give_back = add_verb(verbs, "return-numbers", _return, "退回号段里没用的号")
    give_back.add_argument("--range", required=True, dest="range_id", metavar="N")
    give_back.add_argument("--on", required=True, metavar="DATE")
    give_back.add_argument("--reason", default="", metavar="TEXT")
    take_in = add_verb(verbs, "take-in", _take_in, "补录系统启用前发的旧证")
    take_in.add_argument("--id", required=True, metavar="ID")
    take_in.add_argument("--number", required=True, metavar="N")
    take_in.add_argument("--issued-on", required=True, metavar="DATE")
    take_in.add_argument("--valid-until", metavar="DATE", help="长期的不写")
    blanks = add_verb(verbs, "blanks", _blanks, "空白证：列库存；--receive 入库，--spoil 记损坏")
    doing = blanks.add_mutually_exclusive_group()
    doing.add_argument("--receive", metavar="FIRST")
    doing.add_argument("--spoil", metavar="FIRST")
    blanks.add_argument("--to", default="", metavar="LAST")
    blanks.add_argument("--kind", default="", metavar="K")
    blanks.add_argument("--on", metavar="DATE")
    blanks.add_argument("--reason", default="", metavar="TEXT")
    collect = add_verb(verbs, "collect", _collect, "证卡领取：不写 --number 列出还没领走的")
    collect.add_argument("--number", nargs="+", action="extend", dest="numbers", metavar="N")
    collect.add_argument("--on", metavar="DATE")
    collect.add_argument("--agent", default="", metavar="NAME", help="代领人；本人领的不写")
    collect.add_argument("--authority", default="", metavar="TEXT", help="代领的凭据")


def _act(program: "Program", chosen: Arguments) -> Answer:
    if chosen.act not in _ACTS:
        raise UserError(f"没有“{chosen.act}”这一项；可用：{'、'.join(_ACTS)}")
    paper_id = program.paper_lives.find(chosen.number, by=program.actor)
    step = program.paper_lives.take(
        PaperAct(chosen.act),
        paper_id,
        on=day(chosen.on),
        reason=chosen.reason,
        is_fraud=chosen.fraud,
        by=program.actor,
    )
    answer = {
        "act": step.act,
        "number": step.number,
        "was_number": step.was_number,
        "paper_status": step.status,
        "issued_on": step.issued_on,
        "valid_from": step.valid_from,
        "valid_until": step.valid_until,
        "banned_until": step.banned_until,
    }
    return Answer(
        answer, f"{step.was_number} 已{step.act.label}，现在是“{step.status.label}”（{step.number}）"
    )


def _numbers(program: "Program", chosen: Arguments) -> Answer:
    ledger = program.number_ledger
    if chosen.number or chosen.gaps:
        lines = (
            (ledger.find(chosen.number, by=program.actor),)
            if chosen.number
            else ledger.gaps(by=program.actor)
        )
        text = "\n".join(f"{line.number}  {line.state.label}  {line.title}  {line.note}" for line in lines)
        return Answer({"rows": lines}, text or "没有空号")
    rows = [
        {
            "title": one.title,
            "scope": one.account.scope,
            "last": one.account.last,
            "issued": one.account.issued,
            "void": one.account.void,
            "reserved": one.account.reserved,
            "marked": one.account.marked,
            "gaps": one.account.gaps,
        }
        for one in ledger.sequences(by=program.actor)
    ]
    text = "\n".join(f"{row['title']}：共 {row['last']} 个，空号未说明 {row['gaps']}" for row in rows)
    ranges = ledger.ranges(by=program.actor)
    return Answer({"sequences": rows, "ranges": ranges}, text or "还没有发过号")


def _reserve(program: "Program", chosen: Arguments) -> Answer:
    from desktop.services.office.villages import village_named

    if not program.office.profile.has_trade(chosen.kind):
        raise UserError(f"规则包里没有“{chosen.kind}”这一类，请用 profiles 列出的代码")
    one = program.number_keeping.reserve(
        chosen.kind,
        village_named(program.villages.all(), chosen.village).id,
        whole_number(chosen.count, "个数", least=1),
        on=day(chosen.on),
        reason=chosen.reason,
        by=program.actor,
    )
    answer = {"range": one.id, "first": one.first, "last": one.last, "count": one.count}
    return Answer(answer, f"号段 {one.id}：{one.first} 至 {one.last}，共 {one.count} 个")


def _record(program: "Program", chosen: Arguments) -> Answer:
    issued = program.number_keeping.record_issued(
        whole_number(chosen.range_id, "号段", least=1),
        chosen.number,
        whole_number(chosen.id, "档案编号", least=1),
        on=day(chosen.on),
        by=program.actor,
    )
    return Answer({"issued": [issued]}, f"“{issued.title}”已登记，编号 {issued.number}")


def _return(program: "Program", chosen: Arguments) -> Answer:
    range_id = whole_number(chosen.range_id, "号段", least=1)
    count = program.number_keeping.return_rest(
        range_id, on=day(chosen.on), reason=chosen.reason, by=program.actor
    )
    return Answer({"range": range_id, "returned": count}, f"退回 {count} 个没有用的号")


def _take_in(program: "Program", chosen: Arguments) -> Answer:
    issued = program.number_keeping.take_in(
        whole_number(chosen.id, "档案编号", least=1),
        chosen.number,
        issued_on=day(chosen.issued_on),
        valid_until=day(chosen.valid_until) if chosen.valid_until is not None else None,
        by=program.actor,
    )
    return Answer({"taken_in": issued}, f"“{issued.title}”的旧证 {issued.number} 已补录")


def _blanks(program: "Program", chosen: Arguments) -> Answer:
    blanks = program.blanks
    on = day(chosen.on) if chosen.on is not None else program.clock.today()
    if chosen.receive is not None:
        blanks.receive(chosen.kind, chosen.receive, chosen.to or chosen.receive, on=on, by=program.actor)
    elif chosen.spoil is not None:
        blanks.spoil(chosen.spoil, last=chosen.to, on=on, reason=chosen.reason, by=program.actor)
    rows = [
        {
            "lot": one.id,
            "kind": one.kind,
            "first": one.first,
            "last": one.last,
            "received": one.received,
            "used": one.used,
            "spoilt": one.spoilt,
            "left": one.left,
        }
        for one in blanks.stock(by=program.actor)
    ]
    text = "\n".join(
        f"{row['first']} 至 {row['last']}：共 {row['received']}，已用 {row['used']}，"
        f"损坏 {row['spoilt']}，剩 {row['left']}"
        for row in rows
    )
    return Answer({"rows": rows}, text or "没有空白证")


def _collect(program: "Program", chosen: Arguments) -> Answer:
    collections = program.paper_collections
    if not chosen.numbers:
        rows = collections.waiting(by=program.actor)
        text = "\n".join(f"{one.number}  {one.title}  {one.village}" for one in rows)
        return Answer({"waiting": rows}, text or "没有等领取的证卡")
    papers = [program.paper_lives.find(number, by=program.actor) for number in chosen.numbers]
    on = day(chosen.on) if chosen.on is not None else program.clock.today()
    count = collections.hand_over(
        papers, on=on, agent=chosen.agent, authority=chosen.authority, by=program.actor
    )
    return Answer({"collected": count}, f"{count} 张已领走")
