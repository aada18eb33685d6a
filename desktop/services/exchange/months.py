"""The months of the exchange: how they are called, when workbooks are due, who is at the other end."""

from calendar import monthrange
from datetime import date, timedelta

from desktop.domain.profile import Profile
from desktop.services.open_office import OpenOffice

_PERIOD = "monthly_exchange"


def exchange_words(office: OpenOffice, month: date, village: str) -> dict[str, str]:
    """Return what the rule pack's words about the exchange may name; the county's workbook has no village."""
    profile = office.profile
    family = profile.family("township")
    due = due_on(office, month)
    return {
        "村": village,
        "乡镇": profile.township,
        "县": profile.county,
        "月份": month_words(month),
        "截止日": f"{due.year}年{due.month}月{due.day}日",
        "联系单位": family.contact or family.issuer,
    }


def other_side(profile: Profile, village_id: int | None) -> str:
    """Return who is at the other end of a workbook, in the office's own words: 村里, 区里."""
    return "村里" if village_id is not None else f"{profile.county[-1]}里"


def due_on(office: OpenOffice, month: date) -> date:
    """Return the last day for the workbook of a month: so many days into the next one."""
    profile = office.profile
    days = profile.period(_PERIOD).days if profile.has_period(_PERIOD) else 0
    return month.replace(day=monthrange(month.year, month.month)[1]) + timedelta(days=days)


def month_words(month: date) -> str:
    """Return a month as people write it."""
    return f"{month.year}年{month.month}月"
