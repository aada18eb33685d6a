"""What to do next with an establishment, in one line; what is late goes before what is due."""

from datetime import date

from desktop.domain.lifecycle import PaperStatus, RegistrationStatus, Stage
from desktop.services.register.establishment_rows import EstablishmentRow

_AT_STAGE = {
    Stage.FOUND: "下达整改告知",
    Stage.CORRECTED: "复查当场整改的问题",
    Stage.ORDERED: "等整改回复，到期复查",
    Stage.REPORTED: "安排复查，须两人",
    Stage.PASSED: "等审核员销号",
    Stage.FAILED: "再次责令或移送",
    Stage.SUPERVISED: "督办整改",
    Stage.RELAPSED: "重新下达整改告知",
}
_AT_REGISTRATION = {
    RegistrationStatus.UNREGISTERED: "申请登记",
    RegistrationStatus.LACKING: "整改后再登记",
    RegistrationStatus.UNFIT: "劝导停业或关停",
    RegistrationStatus.APPLIED: "受理申请",
    RegistrationStatus.TO_COMPLETE: "等补正材料",
    RegistrationStatus.ACCEPTED: "现场核查，须两人",
    RegistrationStatus.SITE_CHECK: "作出登记决定",
}


def next_step(row: EstablishmentRow, today: date) -> str:
    """Return the next step, or an empty text where nothing waits."""
    if row.operating_status.has_ended:
        return ""
    stage, due_on = row.rectification, row.rectification_due_on
    if stage is not None and due_on is not None and due_on < today and stage.has_running_deadline:
        return f"整改已逾期（{due_on.isoformat()} 到期），立即复查"
    if stage in _AT_STAGE:
        return _AT_STAGE[stage] + (f"（{due_on.isoformat()} 前）" if due_on is not None else "")
    if row.paper_status is PaperStatus.EXPIRED:
        return "证卡已过期，重新登记"
    if row.paper_status is PaperStatus.EXPIRING and row.valid_until is not None:
        return f"证卡剩 {(row.valid_until - today).days} 天，提醒延续"
    return _AT_REGISTRATION.get(row.registration_status, "")
