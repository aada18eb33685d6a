"""Applications as lines of a list: what each waits for, and how much of its legal period is left."""

from desktop.domain.lifecycle import RegistrationStatus
from desktop.domain.profile import Profile
from desktop.services.registration.applications_under_way import ApplicationRow
from desktop.views.kit.statuses import REGISTRATION
from desktop.views.kit.tokens import Status
from desktop.views.registration.short_model import Gauge, ShortColumn, ShortRow

COLUMNS = (
    ShortColumn("名称", 10, 7, is_strong=True),
    ShortColumn("类别", 5, is_spare=True),
    ShortColumn("村（社区）", 6, is_spare=True),
    ShortColumn("步骤", 6, 5),
    ShortColumn("眼下卡在", 8, is_muted=True, grows=True),
    ShortColumn("法定时限（工作日）", 17, 9),
)
_PRESSING = 3
_SOON = 6


def line(application: ApplicationRow, profile: Profile) -> ShortRow:
    """Return an application as a line."""
    return ShortRow(
        application.id,
        (
            application.title,
            profile.trade(application.kind).short_label,
            application.village,
            REGISTRATION[application.status],
            waits_for(application),
            clock(application),
        ),
    )


def waits_for(application: ApplicationRow) -> str:
    """Say who must move and what is missing."""
    lacking = "、".join(application.missing_materials)
    match application.status:
        case RegistrationStatus.APPLIED:
            return f"缺{lacking}" if lacking else "材料齐全，等受理"
        case RegistrationStatus.TO_COMPLETE:
            return f"等业主补：{lacking}" if lacking else f"等业主补正：{application.note}".rstrip("：")
        case RegistrationStatus.ACCEPTED:
            return "待派两人现场核查"
        case _:
            return "已核查，等决定"


def clock(application: ApplicationRow) -> Gauge | str:
    """Return how much of the legal period is used, as words where a year's calendar is not loaded.

    What is late is said as days too many.
    """
    used, allowed = application.workdays_used, application.workdays_allowed
    if application.missing_year is not None:
        return application.due_words
    left = allowed - used
    status = Status.DANGER if left <= _PRESSING else Status.WARNING if left <= _SOON else Status.NEUTRAL
    word = f"超 {-left} 日" if left < 0 else "今天到期" if left == 0 else f"剩 {left} 日"
    return Gauge(used / allowed if allowed else 1.0, word, f"{used} / {allowed}", status)
