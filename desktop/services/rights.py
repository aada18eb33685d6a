"""Who may do what: one table, asked by every use case before it touches anything."""

from collections.abc import Mapping
from enum import Enum

from desktop.domain.act import Actor as Actor  # the window names people by it and knows no storage
from desktop.domain.act import Role as Role
from desktop.errors import NotAllowedError

_WORKERS = frozenset({Role.REVIEWER, Role.CLERK, Role.VILLAGE})
_TOWN = frozenset({Role.REVIEWER, Role.CLERK})
_OFFICERS = _TOWN | {Role.MARKET}


class Right(Enum):
    """One thing that a role may or may not do, with the words for a refusal."""

    SEE = "查看档案"
    SURVEY = "登记和修改摸底档案"
    IMPORT = "导入台账"
    JOIN = "并档"
    APPLY = "受理登记申请"
    REGISTER = "决定登记、发放证卡"
    END_PAPER = "作废、注销、撤销、吊销证卡"
    NUMBERS = "预留号段、说明空号、补录旧证"
    LEDGER = "查看号码台账"
    PRINT = "打印证卡和文书"
    HAND_OVER = "登记证卡领取和空白证"
    INSPECT = "录入检查和整改"
    ORDER = "下达整改文书"
    ENFORCE = "批准延期、决定督办、移送和关停"
    CLOSE_OUT = "销号"
    PLAN = "抽取检查对象、评定风险、制定计划和专项整治"
    REVEAL = "查看完整的身份证号和电话"
    EXPORT = "导出表格"
    EXPORT_INTERNAL = "导出含完整个人信息的内部版"
    ACCOUNTS = "管理账号"
    BACK_UP = "备份和检查数据"
    AUDIT = "查看操作日志"
    CALENDAR = "装入节假日表"
    LAYOUT = "改证卡版式"
    KEYS = "管理签名钥匙"


_HOLDERS: Mapping[Right, frozenset[Role]] = {
    Right.SEE: _WORKERS | {Role.AUDITOR, Role.MARKET},
    Right.SURVEY: _WORKERS,
    Right.IMPORT: _WORKERS,
    Right.JOIN: _TOWN,
    Right.APPLY: _TOWN,
    Right.REGISTER: frozenset({Role.REVIEWER}),
    Right.END_PAPER: frozenset({Role.REVIEWER, Role.ADMINISTRATOR}),
    Right.NUMBERS: frozenset({Role.REVIEWER, Role.ADMINISTRATOR}),
    Right.LEDGER: _TOWN | {Role.ADMINISTRATOR, Role.AUDITOR},
    Right.PRINT: _OFFICERS,
    Right.HAND_OVER: _TOWN,
    Right.INSPECT: _WORKERS | {Role.MARKET},
    Right.ORDER: _OFFICERS,
    Right.ENFORCE: frozenset({Role.REVIEWER, Role.MARKET}),
    Right.CLOSE_OUT: frozenset({Role.REVIEWER, Role.MARKET}),
    Right.PLAN: _OFFICERS,
    Right.REVEAL: _OFFICERS,
    Right.EXPORT: _WORKERS | {Role.MARKET},
    Right.EXPORT_INTERNAL: _TOWN,
    Right.ACCOUNTS: frozenset({Role.ADMINISTRATOR}),
    Right.BACK_UP: frozenset({Role.ADMINISTRATOR, Role.CLERK, Role.REVIEWER}),
    Right.AUDIT: frozenset({Role.AUDITOR, Role.ADMINISTRATOR}),
    Right.CALENDAR: frozenset({Role.ADMINISTRATOR, Role.REVIEWER}),
    Right.LAYOUT: frozenset({Role.ADMINISTRATOR, Role.REVIEWER}),
    Right.KEYS: frozenset({Role.ADMINISTRATOR}),
}


def may(by: Actor, right: Right) -> bool:
    """Return whether any role of this person carries the right."""
    return bool(by.roles & _HOLDERS[right])


def require(by: Actor, right: Right) -> None:
    """Refuse, in a sentence that says who could do it."""
    if not may(by, right):
        holders = "、".join(sorted(role.label for role in _HOLDERS[right]))
        raise NotAllowedError(f"“{by.name}”的账号不能{right.value}；需要{holders}，请让管理员调整账号")


def village_scope(by: Actor) -> int | None:
    """Return the one village that this person may see and touch; ``None`` means all."""
    wider = by.roles - {Role.VILLAGE, Role.ADMINISTRATOR}
    return by.village_id if Role.VILLAGE in by.roles and not wider else None


def require_whole_town(by: Actor) -> None:
    """Refuse a person of one village what is of all of them."""
    if village_scope(by) is not None:
        raise NotAllowedError(f"“{by.name}”是村级账号，只能办本村的事；全镇的请由镇食安办办理")


def require_village(by: Actor, village_id: int) -> None:
    """Refuse what lies in another village than this person's own."""
    scope = village_scope(by)
    if scope is not None and scope != village_id:
        raise NotAllowedError(f"“{by.name}”是村级账号，只能办本村的事；请报镇食安办办理")
