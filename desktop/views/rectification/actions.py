"""What may be done about a case at each stage, which fields each act needs, and the act itself."""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from desktop.domain.act import Actor
from desktop.domain.late_entry import IN_TIME, LateEntry
from desktop.domain.lifecycle import Stage
from desktop.domain.rectification import CaseStep
from desktop.services.rectification.case_history import RectificationDetail
from desktop.services.rectification.rectifications import Rectifications, Until
from desktop.services.rights import Right, may


class Input(Enum):
    """A field of an act."""

    INSPECTORS = "inspectors"
    RESULT = "result"
    PERIOD = "period"
    UNTIL = "until"
    HOW = "how"
    RECEIVER = "receiver"
    REASON = "reason"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Action:
    """One act: its word, the day's label, who may do it, at which stages, and what must be told."""

    code: str
    word: str
    day_label: str
    right: Right
    stages: frozenset[Stage]
    inputs: tuple[Input, ...]
    advice: str = ""

    @property
    def is_accounted_for(self) -> bool:
        """True where the office itself acts: entered days later, a second person may stand behind it."""
        return self.code not in {"serve", "report"}


_RUNNING = frozenset({Stage.ORDERED, Stage.REPORTED})
ACTIONS = (
    Action(
        "reinspect",
        "复查",
        "复查日期",
        Right.INSPECT,
        frozenset({Stage.CORRECTED, Stage.ORDERED, Stage.REPORTED, Stage.SUPERVISED, Stage.TRANSFERRED}),
        (Input.INSPECTORS, Input.RESULT, Input.NOTE),
        "复查须两名以上不同的人；部分合格算不合格，但照实记下。",
    ),
    Action(
        "close_out",
        "销号",
        "销号日期",
        Right.CLOSE_OUT,
        frozenset({Stage.PASSED}),
        (Input.NOTE,),
        "销号由没有参加这次复查的人办理。",
    ),
    Action(
        "order_again",
        "再次责令",
        "下达日期",
        Right.ORDER,
        frozenset({Stage.FAILED, Stage.RELAPSED}),
        (Input.PERIOD,),
        "下达当天不算，到期当天仍算按时。",
    ),
    Action("report", "报改", "报改日期", Right.INSPECT, frozenset({Stage.ORDERED}), (Input.NOTE,)),
    Action("serve", "送达", "送达日期", Right.INSPECT, _RUNNING, (Input.HOW,)),
    Action(
        "extend",
        "延期",
        "批准日期",
        Right.ENFORCE,
        _RUNNING,
        (Input.UNTIL, Input.REASON),
        "延期只能在期限内批准，原因记入经过。",
    ),
    Action("supervise", "督办", "督办日期", Right.ENFORCE, _RUNNING, (Input.NOTE,), "逾期未改的才挂账督办。"),
    Action(
        "transfer",
        "移送",
        "移送日期",
        Right.ENFORCE,
        frozenset({Stage.FAILED, Stage.SUPERVISED, Stage.RELAPSED}),
        (Input.RECEIVER, Input.REASON),
        "移送单的文号从办理这一步起就有，收件单位印在上面。",
    ),
)
_LATE_EXTENSION = Action(
    "extend",
    "补录延期",
    "批准日期",
    Right.ENFORCE,
    _RUNNING,
    (Input.UNTIL, Input.REASON),
    "期限内已经批准、当时没有录入的才补录；写明补录原因，由第二人同意。",
)


@dataclass(frozen=True, slots=True)
class Told:
    """What was typed for an act."""

    on: date
    inspectors: tuple[str, ...] = ()
    result: str = ""
    until: Until | None = None
    family: str = ""
    new_due_on: date | None = None
    text: str = ""
    receiver: str = ""
    unmet: tuple[int, ...] = ()
    late: LateEntry = IN_TIME


def possible(detail: RectificationDetail, by: Actor) -> tuple[Action, ...]:
    """Return the acts that this person may do now, the most likely first."""
    found = [one for one in ACTIONS if detail.stage in one.stages and may(by, one.right)]
    if not _waits_for_service(detail):
        found = [one for one in found if one.code != "serve"]
    if detail.is_overdue:
        found = [_LATE_EXTENSION if one.code == "extend" else one for one in found]
    else:
        found = [one for one in found if one.code != "supervise"]
    return tuple(sorted(found, key=lambda one: _likelihood(one, detail)))


def may_close_down(detail: RectificationDetail, by: Actor) -> bool:
    """Tell whether closing down may follow: the order was not met, and this person may decide it."""
    unmet = {Stage.FAILED, Stage.SUPERVISED, Stage.TRANSFERRED, Stage.RELAPSED}
    return may(by, Right.ENFORCE) and (detail.stage in unmet or detail.is_overdue)


def may_look_back(detail: RectificationDetail, by: Actor) -> bool:
    """Tell whether looking back may follow: the case has gone, or what was closed out is to be confirmed."""
    return may(by, Right.INSPECT) and not detail.stage.is_open


def advice_without(detail: RectificationDetail) -> str:
    """Say why nothing is offered."""
    if detail.stage is Stage.ENDED:
        return "这一户关停时，这件整改随之了结；以后去看过，请点“回头看”录入结论。"
    if detail.stage is Stage.CLOSED_OUT:
        return "这件整改已经销号；过些时候再去看一次有没有反弹，点“回头看”录入结论。"
    if detail.stage is Stage.CONSOLIDATING:
        return "这件整改已经销号，回头看也巩固住了，没有要办的了。"
    if detail.stage is Stage.TRANSFERRED:
        return "已移送立案，等处理结果。"
    return "您的账号现在没有可办的步骤；请交有权限的同事办理。"


def act(work: Rectifications, case_id: int, action: Action, told: Told, by: Actor) -> None:
    """Do it; a refusal comes back as the sentence of the service."""
    match action.code:
        case "reinspect":
            work.reinspect(
                case_id,
                on=told.on,
                inspectors=told.inspectors,
                result=told.result,
                note=told.text,
                unmet=told.unmet,
                late=told.late,
                by=by,
            )
        case "close_out":
            work.close_out(case_id, on=told.on, note=told.text, late=told.late, by=by)
        case "order_again":
            until = told.until or Until()
            work.order_again(case_id, until=until, on=told.on, family=told.family, late=told.late, by=by)
        case "report":
            work.report(case_id, on=told.on, note=told.text, by=by)
        case "serve":
            work.serve(case_id, on=told.on, how=told.text, by=by)
        case "extend":
            until_day = told.new_due_on or told.on
            work.extend(case_id, until=until_day, on=told.on, reason=told.text, late=told.late, by=by)
        case "supervise":
            work.supervise(case_id, on=told.on, note=told.text, late=told.late, by=by)
        case "transfer":
            work.transfer(case_id, on=told.on, note=told.text, to=told.receiver, late=told.late, by=by)


def _waits_for_service(detail: RectificationDetail) -> bool:
    steps = [one.step for one in detail.steps if one.step in {CaseStep.ORDERED, CaseStep.SERVED}]
    return bool(steps) and steps[-1] is CaseStep.ORDERED


def _likelihood(one: Action, detail: RectificationDetail) -> int:
    """Put the act that a case of this stage waits for before the others."""
    first = {Stage.ORDERED: "report", Stage.FAILED: "order_again", Stage.RELAPSED: "order_again"}
    if detail.is_overdue and one.code == "supervise":
        return -1
    codes = [action.code for action in ACTIONS]
    if one is _LATE_EXTENSION:
        return len(codes) + 1
    return 0 if first.get(detail.stage) == one.code else codes.index(one.code) + 1
