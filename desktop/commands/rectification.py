"""Verbs about putting right: inspect, order … close-out, shutdown, look-back, case, overdue."""

from argparse import ArgumentParser
from datetime import date
from typing import TYPE_CHECKING

from desktop.commands.verbs import Answer, Arguments, Verbs, add_verb, day, existing_file, whole_number
from desktop.errors import UserError

if TYPE_CHECKING:
    from desktop.app import Program
    from desktop.domain.late_entry import LateEntry
    from desktop.services.rectification.cases import CaseState
    from desktop.services.rectification.inspections import Fault, Signed

_ON = "办理日期"
_INSPECTORS = "两名以上检查人，用逗号隔开"


def add_to(verbs: Verbs) -> None:
    """Add the verbs of this subject."""
    _add_inspect(verbs)
    _add_order(verbs)
    _add_steps(verbs)
    _add_endings(verbs)
    _add_questions(verbs)


def _add_inspect(verbs: Verbs) -> None:
    inspect = add_verb(verbs, "inspect", _inspect, "录入一次检查；没写到的项目算合格")
    inspect.add_argument("--list", action="store_true", dest="wants_items", help="列出这一类的检查项目")
    inspect.add_argument("--kind", metavar="K", help="类别代码（与 --list 同用）")
    inspect.add_argument("--id", metavar="ID", help="档案编号")
    inspect.add_argument("--on", metavar="DATE", help="检查日期")
    inspect.add_argument("--inspectors", metavar="甲,乙", help=_INSPECTORS)
    inspect.add_argument("--mode", default="", metavar="M", help="检查方式：日常、突击检查、随机抽查……")
    inspect.add_argument("--fail", action="append", default=[], metavar="CODE=TEXT", help="不合格的项目")
    inspect.add_argument("--corrected", action="append", default=[], metavar="CODE", help="已当场改正的项目")
    inspect.add_argument("--not-applicable", action="append", default=[], metavar="CODE", help="合理缺项")
    signing = inspect.add_mutually_exclusive_group()
    signing.add_argument("--signed", action="store_true", help="被检查人已签名")
    signing.add_argument("--refused-to-sign", metavar="REASON", help="被检查人拒绝签名的原因，要有 --witness")
    inspect.add_argument("--witness", default="", metavar="NAME", help="拒绝签名的见证人，或者录音、录像")
    _add_late(inspect)
    inspect.set_defaults(misused=inspect.error)


def _add_order(verbs: Verbs) -> None:
    order = add_verb(verbs, "order", _order, "下达限期整改的文书")
    about = order.add_mutually_exclusive_group(required=True)
    about.add_argument("--finding", nargs="+", action="extend", dest="findings", metavar="N", help="问题编号")
    about.add_argument("--case", metavar="N", help="复查不合格后再次责令的整改编号")
    until = order.add_mutually_exclusive_group(required=True)
    until.add_argument("--due-on", metavar="DATE", help="改正的最后一天")
    until.add_argument("--within-days", metavar="N", help="自然日，下达当天不算")
    until.add_argument("--within-workdays", metavar="N", help="工作日，下达当天不算")
    order.add_argument("--on", required=True, metavar="DATE", help="下达日期")
    order.add_argument("--family", metavar="township|market", help="由谁发文")
    _add_late(order)


def _add_steps(verbs: Verbs) -> None:
    serve = add_verb(verbs, "serve", _serve, "文书已送达")
    serve.add_argument("--how", required=True, metavar="TEXT", help="送达方式")
    report = add_verb(verbs, "report", _report, "当事人报告已改好")
    extend = add_verb(verbs, "extend", _extend, "延长整改期限，由办理人批准")
    extend.add_argument("--until", required=True, metavar="DATE", help="新的期限")
    extend.add_argument("--reason", required=True, metavar="TEXT", help="延期的原因")
    reinspect = add_verb(verbs, "reinspect", _reinspect, "复查")
    reinspect.add_argument("--inspectors", required=True, metavar="甲,乙", help=_INSPECTORS)
    reinspect.add_argument("--result", required=True, metavar="good|partly|not-good", help="复查结果")
    reinspect.add_argument(
        "--unmet", nargs="+", action="extend", default=[], metavar="N", help="部分合格时，没改好的问题编号"
    )
    supervise = add_verb(verbs, "supervise", _supervise, "逾期未改的，挂账督办")
    supervise.add_argument("--reason", default="", metavar="TEXT", help="督办要求")
    transfer = add_verb(verbs, "transfer", _transfer, "移送或立案")
    transfer.add_argument("--reason", required=True, metavar="TEXT", help="移送给谁、为什么")
    transfer.add_argument(
        "--to", default="", metavar="WHO", help="接收单位：market、urban、police、environment"
    )
    close_out = add_verb(verbs, "close-out", _close_out, "销号")
    photo = add_verb(verbs, "photo", _photo, "给一件整改附上整改前、整改后的照片")
    photo.add_argument("files", nargs="+", metavar="FILE", help="照片，.jpg 或者 .png")
    photo.add_argument("--case", required=True, metavar="N", help="整改编号")
    photo.add_argument("--moment", required=True, metavar="before|after", help="整改前还是整改后")
    photo.add_argument("--caption", default="", metavar="TEXT", help="照片上是什么")
    for verb in (serve, report, extend, reinspect, supervise, transfer, close_out):
        verb.add_argument("--case", required=True, metavar="N", help="整改编号")
        verb.add_argument("--on", required=True, metavar="DATE", help=_ON)
    for verb in (extend, reinspect, supervise, transfer, close_out):
        _add_late(verb)


def _add_late(verb: ArgumentParser) -> None:
    verb.add_argument("--late-reason", default="", metavar="TEXT", help="过去几天才补录的原因")
    verb.add_argument("--late-approved-by", default="", metavar="NAME", help="同意补录的第二人")


def _add_endings(verbs: Verbs) -> None:
    shutdown = add_verb(verbs, "shutdown", _shutdown, "限期关停、核实关停、取缔")
    shutdown.add_argument("--id", required=True, metavar="ID", help="档案编号")
    which = shutdown.add_mutually_exclusive_group(required=True)
    which.add_argument("--order-by", metavar="DATE", help="限期关停的最后一天")
    which.add_argument("--verified-on", metavar="DATE", help="核实已关停的日期")
    which.add_argument("--forced-on", metavar="DATE", help="取缔的日期")
    shutdown.add_argument("--on", metavar="DATE", help=_ON)
    shutdown.add_argument("--document", default="", metavar="TEXT", help="文书号")
    shutdown.add_argument("--reason", required=True, metavar="TEXT")
    look_back = add_verb(verbs, "look-back", _look_back, "回头看")
    look_back.add_argument("--id", required=True, metavar="ID", help="档案编号")
    look_back.add_argument("--on", required=True, metavar="DATE", help=_ON)
    look_back.add_argument("--inspectors", required=True, metavar="甲,乙", help=_INSPECTORS)
    look_back.add_argument(
        "--outcome", required=True, metavar="kept|rebounded|reopened|moved|changed-trade", help="结论"
    )
    look_back.add_argument("--note", default="", metavar="TEXT", help="发现的问题")
    _add_late(shutdown)
    _add_late(look_back)


def _add_questions(verbs: Verbs) -> None:
    case = add_verb(verbs, "case", _case, "一件整改的经过")
    case.add_argument("case", metavar="N", help="整改编号")
    overdue = add_verb(verbs, "overdue", _overdue, "逾期和快到期的整改")
    overdue.add_argument("--on", metavar="DATE", help="哪一天的情况（默认今天）")
    overdue.add_argument("--within", metavar="WORKDAYS", help="几个工作日内到期的（默认 5）")


def names(text: str) -> tuple[str, ...]:
    """Split 甲,乙 as people type it."""
    parts = text.replace("，", ",").replace("、", ",").split(",")
    return tuple(part.strip() for part in parts if part.strip())


def _inspect(program: "Program", chosen: Arguments) -> Answer:
    if chosen.wants_items:
        return _items(program, chosen)
    if None in (chosen.id, chosen.on, chosen.inspectors):
        chosen.misused("要有 --id、--on 和 --inspectors；只列检查项目用 --list --kind")
    done = program.inspections.record(
        _id(chosen),
        on=day(chosen.on),
        inspectors=names(chosen.inspectors),
        mode=chosen.mode,
        faults=_faults(chosen),
        not_applicable=chosen.not_applicable,
        signed=_signed(chosen),
        late=_late(chosen),
        by=program.actor,
    )
    findings = [
        {
            "finding": one.id,
            "item": one.item,
            "starred": one.is_starred,
            "case": one.case_id,
            "times": one.times,
        }
        for one in done.findings
    ]
    lines = [
        f"问题 {one.id}  {one.item}  {one.text}{'（重点）' if one.is_starred else ''}"
        f"{f'（第 {one.times} 次查出）' if one.times > 1 else ''}"
        for one in done.findings
    ]
    said = f"检查 {done.id} 已录入{f'，{done.score.words}' if done.score else ''}"
    if done.reopened is not None:
        said += f"；这一户关停后又在经营，已立整改 {done.reopened}"
    answer = {"inspection": done.id, "findings": findings, "score": done.score, "reopened": done.reopened}
    return Answer(answer, "\n".join([said, *lines]))


def _items(program: "Program", chosen: Arguments) -> Answer:
    if chosen.kind is None:
        chosen.misused("--list 要同时指明 --kind")
    items = program.inspections.items(chosen.kind, by=program.actor)
    rows = [
        {"code": item.code, "text": item.text, "starred": item.is_starred}
        | ({"score": item.score} if item.score else {})
        for item in items
    ]
    lines = [f"{item.code}  {'★' if item.is_starred else '　'}{item.text}" for item in items]
    return Answer({"items": rows}, "\n".join(lines))


def _signed(chosen: Arguments) -> "Signed":
    from desktop.domain.rectification import Signature
    from desktop.services.rectification.inspections import Signed

    if chosen.refused_to_sign is not None:
        return Signed(Signature.REFUSED, chosen.refused_to_sign, chosen.witness)
    signature = Signature.SIGNED if chosen.signed else Signature.UNKNOWN
    return Signed(signature, witness=chosen.witness)


def _faults(chosen: Arguments) -> "list[Fault]":
    from desktop.services.rectification.inspections import Fault

    corrected = {code.strip() for code in chosen.corrected}
    faults = []
    for text in chosen.fail:
        code, _, words = text.partition("=")
        code = code.strip()
        faults.append(Fault(code, words.strip(), is_corrected=code in corrected))
    told = {fault.item for fault in faults}
    return [*faults, *(Fault(code, "", is_corrected=True) for code in sorted(corrected - told))]


def _late(chosen: Arguments) -> "LateEntry":
    from desktop.domain.late_entry import LateEntry

    return LateEntry(chosen.late_reason, chosen.late_approved_by)


def _order(program: "Program", chosen: Arguments) -> Answer:
    from desktop.services.rectification.rectifications import Until

    until = Until(
        due_on=day(chosen.due_on) if chosen.due_on is not None else None,
        days=whole_number(chosen.within_days, "期限天数", least=1)
        if chosen.within_days is not None
        else None,
        workdays=whole_number(chosen.within_workdays, "期限天数", least=1)
        if chosen.within_workdays is not None
        else None,
    )
    about = {"until": until, "on": day(chosen.on), "family": chosen.family, "late": _late(chosen)}
    if chosen.case is not None:
        done = program.rectifications.order_again(_case_id(chosen), **about, by=program.actor)
    else:
        findings = tuple(whole_number(text, "问题编号", least=1) for text in chosen.findings)
        done = program.rectifications.order(findings, **about, by=program.actor)
    answer = {"case": done.case_id, "number": done.number, "due_on": done.due_on, "stage": done.stage}
    return Answer(answer, f"整改 {done.case_id}：{done.number}，限 {done.due_on} 前改正")


def _serve(program: "Program", chosen: Arguments) -> Answer:
    case_id, on = _case_id(chosen), day(chosen.on)
    return _state(program.rectifications.serve(case_id, on=on, how=chosen.how, by=program.actor))


def _report(program: "Program", chosen: Arguments) -> Answer:
    return _state(program.rectifications.report(_case_id(chosen), on=day(chosen.on), by=program.actor))


def _extend(program: "Program", chosen: Arguments) -> Answer:
    done = program.rectifications.extend(
        _case_id(chosen),
        until=day(chosen.until),
        on=day(chosen.on),
        reason=chosen.reason,
        late=_late(chosen),
        by=program.actor,
    )
    return Answer(
        {"case": done.case_id, "due_on": done.due_on, "stage": done.stage},
        f"整改 {done.case_id} 延期到 {done.due_on}",
    )


def _reinspect(program: "Program", chosen: Arguments) -> Answer:
    done = program.rectifications.reinspect(
        _case_id(chosen),
        on=day(chosen.on),
        inspectors=names(chosen.inspectors),
        result=chosen.result,
        unmet=[whole_number(text, "问题编号", least=1) for text in chosen.unmet],
        late=_late(chosen),
        by=program.actor,
    )
    return _state(done)


def _supervise(program: "Program", chosen: Arguments) -> Answer:
    told = {"on": day(chosen.on), "note": chosen.reason, "late": _late(chosen), "by": program.actor}
    return _state(program.rectifications.supervise(_case_id(chosen), **told))


def _transfer(program: "Program", chosen: Arguments) -> Answer:
    case_id, on = _case_id(chosen), day(chosen.on)
    told = {"note": chosen.reason, "to": chosen.to, "late": _late(chosen), "by": program.actor}
    return _state(program.rectifications.transfer(case_id, on=on, **told))


def _photo(program: "Program", chosen: Arguments) -> Answer:
    from desktop.domain.rectification import PhotoMoment

    if chosen.moment not in list(PhotoMoment):
        raise UserError(f"没有“{chosen.moment}”；可用：before（整改前）、after（整改后）")
    files = [existing_file(text) for text in chosen.files]
    moment, case_id = PhotoMoment(chosen.moment), _case_id(chosen)
    told = {"moment": moment, "caption": chosen.caption, "by": program.actor}
    ids = [program.photos.add_to_case(case_id, file.read_bytes(), **told) for file in files]
    return Answer({"case": case_id, "photos": ids}, f"整改 {case_id}：附上{moment.label}照片 {len(ids)} 张")


def _close_out(program: "Program", chosen: Arguments) -> Answer:
    case_id, on, late = _case_id(chosen), day(chosen.on), _late(chosen)
    return _state(program.rectifications.close_out(case_id, on=on, late=late, by=program.actor))


def _shutdown(program: "Program", chosen: Arguments) -> Answer:
    about = {"document": chosen.document, "reason": chosen.reason, "late": _late(chosen)}
    about["by"] = program.actor
    entered = day(chosen.on) if chosen.on is not None else None
    if chosen.order_by is not None:
        on = entered or program.clock.today()
        done = program.shutdowns.order_to_close(_id(chosen), close_by=day(chosen.order_by), on=on, **about)
    elif chosen.verified_on is not None:
        done = program.shutdowns.verify(_id(chosen), on=_not_after(day(chosen.verified_on), entered), **about)
    else:
        done = program.shutdowns.force(_id(chosen), on=_not_after(day(chosen.forced_on), entered), **about)
    answer = {"id": done.id, "operating_status": done.operating_status, "paper_status": done.paper_status}
    return Answer(answer, f"档案 {done.id}：{done.operating_status.label}，证卡{done.paper_status.label}")


def _not_after(done_on: date, entered: date | None) -> date:
    if entered is not None and entered < done_on:
        raise UserError(f"办理日期 {entered} 早于 {done_on}，事情还没有发生；请核对两个日期")
    return done_on


def _look_back(program: "Program", chosen: Arguments) -> Answer:
    done = program.look_backs.record(
        _id(chosen),
        on=day(chosen.on),
        inspectors=names(chosen.inspectors),
        outcome=chosen.outcome,
        note=chosen.note,
        late=_late(chosen),
        by=program.actor,
    )
    answer = {"id": done.id, "outcome": done.outcome, "case": done.case_id}
    opened = f"，已立整改 {done.case_id}" if done.case_id else ""
    return Answer(answer, f"档案 {done.id} 回头看：{done.outcome.label}{opened}")


def _case(program: "Program", chosen: Arguments) -> Answer:
    detail = program.rectifications.case(_case_id(chosen), by=program.actor)
    answer = {
        "case": detail.id,
        "establishment": detail.establishment_id,
        "name": detail.title,
        "stage": detail.stage,
        "due_on": detail.due_on,
        "overdue": detail.is_overdue,
        "findings": detail.findings,
        "steps": [
            {
                "step": step.step,
                "on": step.on,
                "entered_at": step.entered_at,
                "by": step.by,
                "people": step.people,
                "result": step.result,
                "note": step.note,
            }
            for step in detail.steps
        ],
    }
    lines = [f"{step.on}  {step.label}  {step.by}  {step.note}".rstrip() for step in detail.steps]
    return Answer(answer, "\n".join([f"整改 {detail.id}  {detail.title}  {detail.stage.label}", *lines]))


def _overdue(program: "Program", chosen: Arguments) -> Answer:
    on = day(chosen.on) if chosen.on is not None else program.clock.today()
    within = {"within_workdays": whole_number(chosen.within, "--within")} if chosen.within is not None else {}
    found = program.deadlines.overdue(on, by=program.actor, **within)
    rows = [
        {
            "case": row.case_id,
            "establishment": row.establishment_id,
            "name": row.title,
            "village": row.village,
            "due_on": row.due_on,
            "workdays_left": row.workdays_left,
            "overdue": row.is_overdue,
            "stage": row.stage,
        }
        for row in found
    ]
    lines = [f"{row.due_on}  {row.words}  {row.title}  {row.village}  {row.stage.label}" for row in found]
    late = sum(row.is_overdue for row in found)
    return Answer(
        {"on": on, "rows": rows}, "\n".join([*lines, f"逾期 {late} 件，快到期 {len(found) - late} 件"])
    )


def _state(done: "CaseState") -> Answer:
    return Answer({"case": done.case_id, "stage": done.stage}, f"整改 {done.case_id}：{done.stage.label}")


def _id(chosen: Arguments) -> int:
    return whole_number(chosen.id, "档案编号", least=1)


def _case_id(chosen: Arguments) -> int:
    return whole_number(chosen.case, "整改编号", least=1)
