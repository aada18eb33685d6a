"""Verbs about planning: risk, inspectors, draw, draws."""

from typing import TYPE_CHECKING

from desktop.commands.register import chosen_village
from desktop.commands.verbs import Answer, Arguments, Verbs, add_verb, day, new_file, whole_number
from desktop.errors import UserError

if TYPE_CHECKING:
    import argparse

    from desktop.app import Program
    from desktop.domain.scope import Scope
    from desktop.services.planning.draws import DrawDetail, DrawRow

_ON = "办理日期"


def add_to(verbs: Verbs) -> None:
    """Add the verbs of this subject."""
    risk = add_verb(verbs, "risk", _risk, "一户的风险等级和原因；--level 评定一个等级")
    risk.add_argument("--id", required=True, metavar="ID", help="档案编号")
    risk.add_argument("--level", metavar="A|B|C|D", help="评定的等级；写 none 回到按规则推定")
    risk.add_argument("--on", metavar="DATE", help=_ON)
    risk.add_argument("--reason", default="", metavar="TEXT", help="评定的理由")
    _add_inspectors(verbs)
    draw = add_verb(verbs, "draw", _draw, "双随机：抽取检查对象和检查人员，记录在案，可以重抽核对")
    draw.add_argument("--seed", required=True, metavar="TEXT", help="种子：当众定下的一串数字或者文字")
    quota = draw.add_mutually_exclusive_group(required=True)
    quota.add_argument("--count", metavar="N", help="抽多少户")
    quota.add_argument("--per-cent", metavar="N", help="抽百分之几，不足一户的算一户")
    draw.add_argument("--purpose", default="inspection", metavar="inspection|look-back", help="抽取用途")
    draw.add_argument("--title", default="", metavar="TEXT", help="这次抽取的名称")
    draw.add_argument("--on", metavar="DATE", help="抽取日期（默认今天）")
    draw.add_argument("--without-inspectors", action="store_true", help="只抽对象，不抽检查人员")
    add_scope(draw)
    draws = add_verb(verbs, "draws", _draws, "以前的抽取：哪些查了，还剩哪些")
    draws.add_argument("draw", nargs="?", metavar="N", help="抽取编号；不写列出全部")
    draws.add_argument("--repeat", action="store_true", help="按记录的种子和名单重抽一遍，与记录核对")
    draws.add_argument("-o", dest="target", metavar="FILE.xlsx", help="写成工作簿：名单和候选名单")
    draws.set_defaults(misused=draws.error)


def add_scope(parser: "argparse.ArgumentParser") -> None:
    """Add the options that say which establishments are meant."""
    parser.add_argument("--kind", action="append", default=[], metavar="K", help="类别，可写几次")
    parser.add_argument("--village", action="append", default=[], metavar="V", help="村，可写几次")
    parser.add_argument("--risk", action="append", default=[], metavar="A|B|C|D", help="风险等级，可写几次")
    parser.add_argument(
        "--sign", action="append", default=[], metavar="CODE", help="风险清单，如 cold_chain，可写几次"
    )
    standing = parser.add_mutually_exclusive_group()
    standing.add_argument("--registered", action="store_true", help="只要已登记的")
    standing.add_argument("--unregistered", action="store_true", help="只要未登记的")


def scope_of(program: "Program", chosen: Arguments) -> "Scope":
    """Return the scope that the options say."""
    from desktop.domain.scope import Scope

    villages = [chosen_village(program, text) for text in chosen.village]
    is_registered = True if chosen.registered else False if chosen.unregistered else None
    return Scope(
        kinds=tuple(chosen.kind),
        village_ids=tuple(one.id for one in villages if one is not None),
        levels=tuple(chosen.risk),
        signs=tuple(chosen.sign),
        is_registered=is_registered,
    )


def _add_inspectors(verbs: Verbs) -> None:
    inspectors = add_verb(verbs, "inspectors", _inspectors, "检查人员名录：列出、加入、离岗、登记回避")
    doing = inspectors.add_mutually_exclusive_group()
    doing.add_argument("--add", metavar="NAME", help="加入名录")
    doing.add_argument("--leave", metavar="NAME", help="离岗，以后不再抽到")
    doing.add_argument("--keep-away", metavar="NAME", help="登记回避，要有 --id 和 --reason")
    inspectors.add_argument("--unit", default="", metavar="TEXT", help="单位")
    inspectors.add_argument("--card", default="", metavar="TEXT", help="执法证号")
    inspectors.add_argument("--on", metavar="DATE", help="离岗日期（默认今天）")
    inspectors.add_argument("--id", metavar="ID", help="要回避的那一户的档案编号")
    inspectors.add_argument("--reason", default="", metavar="TEXT", help="回避的原因")
    inspectors.set_defaults(misused=inspectors.error)


def _risk(program: "Program", chosen: Arguments) -> Answer:
    one = whole_number(chosen.id, "档案编号", least=1)
    if chosen.level is None:
        row = program.planning.risks.of(one, by=program.actor)
    else:
        on = day(chosen.on) if chosen.on is not None else program.clock.today()
        level = "" if chosen.level == "none" else chosen.level
        row = program.planning.risks.decide(one, level, on=on, reason=chosen.reason, by=program.actor)
    reasons = f"：{row.reasons}" if row.reasons else ""
    return Answer(
        {"id": one, "level": row.level, "decided": row.is_decided, "reasons": row.reasons},
        f"档案 {one}：{row.label}{reasons}",
    )


def _inspectors(program: "Program", chosen: Arguments) -> Answer:
    kept = program.planning.inspectors
    if chosen.add is not None:
        kept.add(chosen.add, unit=chosen.unit, card_number=chosen.card, by=program.actor)
    elif chosen.leave is not None:
        on = day(chosen.on) if chosen.on is not None else program.clock.today()
        kept.leave(chosen.leave, on=on, by=program.actor)
    elif chosen.keep_away is not None:
        if chosen.id is None:
            chosen.misused("--keep-away 要同时写 --id")
        whose = whole_number(chosen.id, "档案编号", least=1)
        kept.keep_away(chosen.keep_away, whose, reason=chosen.reason, by=program.actor)
    listed = kept.all(by=program.actor)
    rows = [
        {
            "name": one.name,
            "unit": one.unit,
            "card": one.card_number,
            "left_on": one.left_on,
            "keeps_away_from": [{"id": r.establishment_id, "reason": r.reason} for r in one.recusals],
        }
        for one in listed
    ]
    lines = []
    for one in listed:
        has_left = "已离岗" if one.left_on else ""
        away = f"回避 {len(one.recusals)} 户" if one.recusals else ""
        lines.append("  ".join(filter(None, (one.name, one.unit, has_left, away))))
    return Answer({"inspectors": rows}, "\n".join(lines) or "名录还是空的；用 --add 加入")


def _draw(program: "Program", chosen: Arguments) -> Answer:
    from desktop.domain.draws import DrawPurpose, Quota

    if chosen.purpose not in list(DrawPurpose):
        raise UserError(f"没有“{chosen.purpose}”这种用途；可用：{'、'.join(DrawPurpose)}")
    if chosen.count is not None:
        quota = Quota(count=whole_number(chosen.count, "户数", least=1))
    else:
        quota = Quota(per_cent=whole_number(chosen.per_cent, "百分比", least=1))
    detail = program.planning.draws.draw(
        scope_of(program, chosen),
        quota,
        seed=chosen.seed,
        on=day(chosen.on) if chosen.on is not None else program.clock.today(),
        title=chosen.title,
        purpose=DrawPurpose(chosen.purpose),
        with_inspectors=not chosen.without_inspectors,
        by=program.actor,
    )
    return _told(program, detail)


def _draws(program: "Program", chosen: Arguments) -> Answer:
    if chosen.draw is None:
        if chosen.repeat or chosen.target is not None:
            chosen.misused("--repeat 和 -o 要指明是哪一次抽取")
        rows = program.planning.draws.all(by=program.actor)
        return Answer({"rows": [_head(row) for row in rows]}, "\n".join(map(_line, rows)) or "还没有抽取过")
    number = whole_number(chosen.draw, "抽取编号", least=1)
    if chosen.repeat:
        again = program.planning.draws.repeat(number, by=program.actor)
        answer = {
            "draw": number,
            "intact": again.is_intact,
            "same": again.is_same,
            "differences": again.differences,
        }
        said = "" if again.is_same else again.words
        return Answer(answer, again.words if again.is_same else "", refusal=said)
    if chosen.target is not None:
        target = new_file(chosen.target, ".xlsx")
        count = program.planning.draws.export(number, target, by=program.actor)
        return Answer({"file": str(target), "rows": count}, f"{target}：{count} 户")
    return _told(program, program.planning.draws.detail(number, by=program.actor))


def _told(program: "Program", detail: "DrawDetail") -> Answer:
    drawn = program.planning.draws.page(detail.draw.id, by=program.actor, limit=None)
    rows = [
        {
            "place": row.place,
            "id": row.establishment_id,
            "archive_number": row.archive_number,
            "name": row.title,
            "village": row.village,
            "inspectors": row.inspectors,
            "done_on": row.done_on,
            "left": row.is_left,
        }
        for row in drawn
    ]
    lines = [
        f"{row.place}  {row.archive_number}  {row.title}  {row.village}  {'、'.join(row.inspectors)}"
        f"  {row.done_on or ''}  {row.result}".rstrip()
        for row in drawn
    ]
    return Answer({**_head(detail.draw), "rows": rows}, "\n".join([_line(detail.draw), *lines]))


def _head(row: "DrawRow") -> dict[str, object]:
    return {
        "draw": row.id,
        "title": row.title,
        "purpose": row.purpose,
        "on": row.drawn_on,
        "by": row.drawn_by,
        "seed": row.seed,
        "algorithm": row.algorithm,
        "digest": row.digest,
        "scope": row.scope,
        "quota": row.quota,
        "candidates": row.candidates,
        "total": row.total,
        "done": row.done,
        "left": row.left,
    }


def _line(row: "DrawRow") -> str:
    return (
        f"抽取 {row.id}  {row.drawn_on}  {row.title}（{row.scope}，{row.candidates} 户抽 {row.total} 户，"
        f"种子 {row.seed}）：已查 {row.done}，还剩 {row.left}"
    )
