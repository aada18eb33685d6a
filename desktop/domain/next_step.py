"""The one thing to do next about an establishment, from where it stands in all five dimensions."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from desktop.domain.lifecycle import OperatingStatus, PaperStatus, RegistrationStatus, Stage


class Verb(StrEnum):
    """What the button does."""

    EDIT = "edit"
    REGISTER = "register"
    PRINT = "print"
    INSPECT = "inspect"
    LOOK_BACK = "look_back"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class OpenCase:
    """A case of putting right that is not closed out.

    ``workdays_late`` counts as the wall does, at least 1; ``None`` where that year's calendar is not loaded.
    """

    id: int
    stage: Stage
    due_on: date | None
    is_late: bool
    workdays_late: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an establishment stands."""

    operating: OperatingStatus
    registration: RegistrationStatus
    paper: PaperStatus
    paper_title: str
    valid_until: date | None
    is_printed: bool
    cases: tuple[OpenCase, ...]
    barred: tuple[str, ...]
    today: date


@dataclass(frozen=True, slots=True)
class NextStep:
    """What to do next: a sentence, the verb and the word on its button."""

    verb: Verb
    sentence: str
    word: str = ""


_URGENT = (Stage.PASSED, Stage.REPORTED, Stage.FAILED, Stage.RELAPSED, Stage.SUPERVISED, Stage.FOUND)
_OF_STAGE = {
    Stage.PASSED: ("复查已经合格，请由没有参加这次复查的人销号。", "去销号"),
    Stage.REPORTED: ("业主已报改，请{due}安排两人复查；复查合格才能销号。", "安排复查"),
    Stage.FAILED: ("复查不合格，请再次责令整改或者移送。", "去处理"),
    Stage.RELAPSED: ("问题反弹，请再次责令整改或者移送。", "去处理"),
    Stage.SUPERVISED: ("已挂账督办，请{due}安排两人复查。", "安排复查"),
    Stage.FOUND: ("查出的问题还没有下达整改文书，请定下期限。", "下达整改"),
    Stage.ORDERED: ("正在整改，{due}改好后复查。", "看整改"),
    Stage.CORRECTED: ("当场改正的问题还没有复查，请安排复查后销号。", "安排复查"),
    Stage.TRANSFERRED: ("已移送立案，等处理结果；处理完了请复查、销号。", "看整改"),
}
_UNDER_WAY = {
    RegistrationStatus.APPLIED: "申请已经收下，请在期限内决定是否受理。",
    RegistrationStatus.TO_COMPLETE: "申请材料待补正，补齐后受理。",
    RegistrationStatus.ACCEPTED: "申请已受理，请派两人现场核查后作出决定。",
    RegistrationStatus.SITE_CHECK: "现场核查已做，请作出决定。",
}


def next_step(standing: Standing) -> NextStep:
    """Return the one right action; what is late comes first, then what the law's clock runs for."""
    if standing.operating.has_ended:
        return NextStep(Verb.LOOK_BACK, f"{standing.operating.label}，回头看时留意死灰复燃。", "回头看")
    if case := _most_urgent(standing.cases):
        return _of_case(case)
    if standing.registration in _UNDER_WAY:
        return NextStep(Verb.REGISTER, _UNDER_WAY[standing.registration], "去办理")
    return _of_paper(standing)


def _of_case(case: OpenCase) -> NextStep:
    sentence, word = _OF_STAGE[case.stage]
    if case.is_late and case.due_on is not None:
        days = f" {case.workdays_late} 个工作日" if case.workdays_late else ""
        return NextStep(
            Verb.INSPECT, f"整改期限 {case.due_on:%Y-%m-%d} 已过{days}，请马上安排两人复查。", "安排复查"
        )
    due = f"在 {case.due_on:%Y-%m-%d} 前" if case.due_on else "尽快"
    return NextStep(Verb.INSPECT, sentence.format(due=due), word)


def _of_paper(standing: Standing) -> NextStep:
    title = standing.paper_title
    if standing.paper.is_living:
        if not standing.is_printed:
            return NextStep(Verb.PRINT, f"{title}已经发出，还没有打印。", f"打印{title}")
        if standing.paper is PaperStatus.EXPIRING and standing.valid_until is not None:
            days = (standing.valid_until - standing.today).days
            return NextStep(
                Verb.INSPECT, f"{title}还有 {days} 天到期，检查时提醒业主来办延续。", "记一次检查"
            )
        return NextStep(Verb.INSPECT, "证照齐全，没有未销号的问题；到期前按计划检查。", "记一次检查")
    if not standing.barred:
        return NextStep(Verb.REGISTER, f"条件都够了，可以登记并发{title}。", "登记发证")
    verb = Verb.EDIT if any(reason.startswith("缺") for reason in standing.barred) else Verb.NONE
    word = "补全档案" if verb is Verb.EDIT else ""
    return NextStep(verb, f"还不能登记：{'；'.join(standing.barred)}。", word)


def _most_urgent(cases: tuple[OpenCase, ...]) -> OpenCase | None:
    def urgency(case: OpenCase) -> tuple[bool, int, date]:
        rank = _URGENT.index(case.stage) if case.stage in _URGENT else len(_URGENT)
        return (not case.is_late, rank, case.due_on or date.max)

    return min(cases, key=urgency, default=None)
