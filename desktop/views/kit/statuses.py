"""The chip of every status: one table per dimension, kept apart as the law keeps them apart."""

from collections.abc import Mapping

from desktop.domain.ledger import NumberState
from desktop.domain.lifecycle import Disposition, OperatingStatus, PaperStatus, RegistrationStatus, Stage
from desktop.views.kit.chips import ChipText
from desktop.views.kit.tokens import Status

_BAD, _WARN, _GOOD, _INFO, _PLAIN = (
    Status.DANGER,
    Status.WARNING,
    Status.SUCCESS,
    Status.INFO,
    Status.NEUTRAL,
)

OPERATING: Mapping[OperatingStatus, ChipText] = {
    OperatingStatus.OPERATING: ChipText("正常经营", "store", _GOOD, is_quiet=True),
    OperatingStatus.NEW: ChipText("新设立", "circle-plus", _INFO),
    OperatingStatus.MOVED: ChipText("已搬迁", "truck", _INFO),
    OperatingStatus.PAUSED: ChipText("停业", "circle-pause", _PLAIN),
    OperatingStatus.CLOSING: ChipText("限期关停中", "hourglass", _WARN),
    OperatingStatus.CLOSED: ChipText("已关停", "circle-stop", _PLAIN),
    OperatingStatus.SHUT_DOWN: ChipText("已取缔", "ban", _BAD),
    OperatingStatus.UPGRADED: ChipText("已升级为食品生产企业", "circle-arrow-up", _INFO),
    OperatingStatus.NOT_FOUND: ChipText("失联／查无", "circle-question-mark", _WARN),
}

REGISTRATION: Mapping[RegistrationStatus, ChipText] = {
    RegistrationStatus.UNREGISTERED: ChipText("未登记", "circle-dot", _PLAIN),
    RegistrationStatus.LACKING: ChipText("条件欠缺愿整改", "triangle-alert", _WARN),
    RegistrationStatus.UNFIT: ChipText("不具备条件", "circle-x", _BAD),
    RegistrationStatus.APPLIED: ChipText("已申请", "inbox", _INFO),
    RegistrationStatus.TO_COMPLETE: ChipText("待补正", "file-pen", _WARN),
    RegistrationStatus.ACCEPTED: ChipText("已受理", "file-clock", _INFO),
    RegistrationStatus.SITE_CHECK: ChipText("核查中", "scan-search", _INFO),
    RegistrationStatus.REGISTERED: ChipText("已登记", "circle-check", _GOOD, is_quiet=True),
    RegistrationStatus.REFUSED: ChipText("不予登记", "file-x", _BAD),
}

PAPER: Mapping[PaperStatus, ChipText] = {
    PaperStatus.NONE: ChipText("无", "minus", _PLAIN, is_quiet=True),
    PaperStatus.VALID: ChipText("有效", "circle-check", _GOOD, is_quiet=True),
    PaperStatus.EXPIRING: ChipText("临期", "calendar-clock", _WARN),
    PaperStatus.EXPIRED: ChipText("过期", "calendar-x", _BAD),
    PaperStatus.REPLACED: ChipText("已换发／补发", "refresh-cw", _INFO),
    PaperStatus.DEREGISTERED: ChipText("注销", "circle-minus", _PLAIN),
    PaperStatus.WITHDRAWN: ChipText("撤销", "undo-2", _BAD),
    PaperStatus.REVOKED: ChipText("吊销", "gavel", _BAD),
    PaperStatus.VOID: ChipText("作废", "trash-2", _PLAIN),
}

STAGE: Mapping[Stage, ChipText] = {
    Stage.FOUND: ChipText("待整改", "circle-alert", _WARN),
    Stage.CORRECTED: ChipText("当场整改", "wrench", _INFO),
    Stage.ORDERED: ChipText("整改中", "wrench", _INFO),
    Stage.REPORTED: ChipText("待复查", "eye", _INFO),
    Stage.PASSED: ChipText("待销号", "list-checks", _GOOD),
    Stage.FAILED: ChipText("复查不合格", "circle-x", _BAD),
    Stage.SUPERVISED: ChipText("挂账督办", "siren", _BAD),
    Stage.TRANSFERRED: ChipText("移送／立案", "gavel", _BAD),
    Stage.CLOSED_OUT: ChipText("已销号", "check-check", _GOOD, is_quiet=True),
    Stage.CONSOLIDATING: ChipText("巩固复查", "shield-check", _GOOD),
    Stage.RELAPSED: ChipText("反弹", "rotate-ccw", _BAD),
    Stage.ENDED: ChipText("关停了结", "ban", _PLAIN, is_quiet=True),
}

DISPOSITION: Mapping[Disposition, ChipText] = {
    Disposition.PROMOTE: ChipText("提升一批", "trending-up", _GOOD, is_quiet=True),
    Disposition.STANDARDISE: ChipText("规范一批", "layers", _INFO, is_quiet=True),
    Disposition.WEED_OUT: ChipText("淘汰一批", "trending-down", _WARN),
}

NUMBER: Mapping[NumberState, ChipText] = {
    NumberState.ISSUED: ChipText("已发", "circle-check", _GOOD, is_quiet=True),
    NumberState.TAKEN_IN: ChipText("补录", "inbox", _INFO, is_quiet=True),
    NumberState.VOID: ChipText("作废", "trash-2", _PLAIN),
    NumberState.RESERVED: ChipText("预留未用", "hourglass", _INFO),
    NumberState.STATED: ChipText("旧证占用", "file-clock", _WARN),
    NumberState.SPOILT: ChipText("废号", "circle-x", _PLAIN),
    NumberState.RETURNED: ChipText("预留退回", "undo-2", _PLAIN),
    NumberState.EXPLAINED: ChipText("空号，已说明", "circle-minus", _PLAIN),
    NumberState.GAP: ChipText("空号，未说明", "triangle-alert", _BAD),
}

OVERDUE = ChipText("逾期未改", "alarm-clock", _BAD)
OVERDUE_SHORT = ChipText("逾期", "alarm-clock", _BAD)
EXTENDED = ChipText("已延期", "history", _WARN)
MODEL = ChipText("示范", "award", _GOOD, is_quiet=True)
NO_FINDING = ChipText("无", "minus", _PLAIN, is_quiet=True)
"""Computed states and marks that no dimension keeps as a value."""
