"""How a thing to do is said: its chip, its text, and the one verb that moves it on."""

from datetime import date

from desktop.domain.lifecycle import RegistrationStatus, Stage
from desktop.domain.today import Subject, ToDo
from desktop.views.kit.chips import ChipText
from desktop.views.kit.tokens import Status

_VERBS = {
    Stage.FOUND: "下达整改",
    Stage.CORRECTED: "安排复查",
    Stage.ORDERED: "登记报改",
    Stage.REPORTED: "填复查结果",
    Stage.PASSED: "销号",
    Stage.FAILED: "再次责令",
    Stage.SUPERVISED: "安排复查",
    Stage.RELAPSED: "再次责令",
}
_OF_APPLICATION = {
    RegistrationStatus.APPLIED: ("审查申请材料", "受理"),
    RegistrationStatus.TO_COMPLETE: ("等补正材料", "催补材料"),
    RegistrationStatus.ACCEPTED: ("尚缺现场核查", "安排核查"),
    RegistrationStatus.SITE_CHECK: ("已核查，待决定", "作出决定"),
}


def chip_of(one: ToDo, today: date) -> ChipText:
    """Return the chip that says how much time is left."""
    if one.is_late:
        late = "已逾期" if one.workdays_left is None else f"逾期 {-one.workdays_left} 个工作日"
        return ChipText(late, "alarm-clock", Status.DANGER)
    match one.subject:
        case Subject.FINDING:
            return ChipText("待责令", "circle-alert", Status.WARNING)
        case Subject.PAPER:
            return ChipText(f"{_short(one.due_on, today)}到期", "calendar-clock", Status.WARNING)
        case Subject.APPLICATION:
            return ChipText(_time_left(one, today), "file-clock", Status.INFO)
    return _of_stage(one, today)


def verb_of(one: ToDo) -> str:
    """Return the one verb at the end of the line."""
    match one.subject:
        case Subject.FINDING:
            return "下达整改"
        case Subject.PAPER:
            return "提醒延续"
        case Subject.APPLICATION:
            return _OF_APPLICATION[RegistrationStatus(one.status)][1]
    stage = Stage(one.status)
    return "督办" if one.is_late and stage is Stage.ORDERED else _VERBS.get(stage, "看经过")


def text_of(one: ToDo) -> str:
    """Return what it is about."""
    if one.subject is Subject.APPLICATION:
        said = _OF_APPLICATION[RegistrationStatus(one.status)][0]
        return f"{said}：缺{one.text}" if one.text else said
    return f"{one.text}将到期" if one.subject is Subject.PAPER else one.text


def _of_stage(one: ToDo, today: date) -> ChipText:
    match Stage(one.status):
        case Stage.PASSED:
            return ChipText("待销号", "list-checks", Status.SUCCESS)
        case Stage.REPORTED | Stage.CORRECTED:
            when = f"{_short(one.due_on, today)}前复查" if one.due_on else "待复查"
            return ChipText(when, "eye", Status.INFO)
        case Stage.FAILED | Stage.RELAPSED | Stage.FOUND:
            return ChipText("待责令", "circle-alert", Status.WARNING)
    return ChipText(_time_left(one, today), "clock", Status.WARNING)


def _time_left(one: ToDo, today: date) -> str:
    if one.due_on is None:
        return "未定期限"
    if one.workdays_left and one.workdays_left > 0:
        return f"还有 {one.workdays_left} 个工作日"
    # No workday is left, but a weekend may be; or the calendar of that year is not loaded.
    return f"{_short(one.due_on, today)}到期"


def _short(day: date | None, today: date) -> str:
    if day is None:
        return ""
    return "今天" if day == today else f"{day.month}月{day.day}日"
