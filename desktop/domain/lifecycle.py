"""The five status dimensions of an establishment, kept apart, and the steps that each may take."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Self


class Labelled(StrEnum):
    """A code for the database and the command line, with the word that people read."""

    label: str

    def __new__(cls, code: str, label: str = "") -> Self:
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label
        return member


class OperatingStatus(Labelled):
    """Dimension A: does it exist and trade (存续状态)?"""

    OPERATING = "operating", "正常经营"
    NEW = "new", "新设立"
    MOVED = "moved", "已搬迁"
    PAUSED = "paused", "停业"
    CLOSING = "closing", "限期关停中"
    CLOSED = "closed", "已关停"
    SHUT_DOWN = "shut_down", "已取缔"
    UPGRADED = "upgraded", "已升级为食品生产企业"
    NOT_FOUND = "not_found", "失联／查无"

    @property
    def is_trading(self) -> bool:
        """True where the trade goes on at the place we know."""
        return self in {OperatingStatus.OPERATING, OperatingStatus.NEW, OperatingStatus.MOVED}

    @property
    def has_ended(self) -> bool:
        """True where meeting it again means 死灰复燃."""
        return self in {OperatingStatus.CLOSED, OperatingStatus.SHUT_DOWN}

    @property
    def ends_paper(self) -> bool:
        """True where the certificate or card is deregistered: nobody trades under it any more."""
        return self.has_ended or self is OperatingStatus.UPGRADED


class RegistrationStatus(Labelled):
    """Dimension B: how far has its registration come (登记状态)?"""

    UNREGISTERED = "unregistered", "未登记"
    LACKING = "lacking", "条件欠缺愿整改"
    UNFIT = "unfit", "不具备条件"
    APPLIED = "applied", "已申请"
    TO_COMPLETE = "to_complete", "待补正"
    ACCEPTED = "accepted", "已受理"
    SITE_CHECK = "site_check", "核查中"
    REGISTERED = "registered", "已登记"
    REFUSED = "refused", "不予登记"


class PaperStatus(Labelled):
    """Dimension C: what is its certificate or card worth today (证卡状态)?"""

    NONE = "none", "无"
    VALID = "valid", "有效"
    EXPIRING = "expiring", "临期"
    EXPIRED = "expired", "过期"
    REPLACED = "replaced", "已换发／补发"
    DEREGISTERED = "deregistered", "注销"
    WITHDRAWN = "withdrawn", "撤销"
    REVOKED = "revoked", "吊销"
    VOID = "void", "作废"

    @property
    def is_living(self) -> bool:
        """True while the paper stands: there may be one per place and trade only."""
        return self in {PaperStatus.VALID, PaperStatus.EXPIRING}

    @property
    def is_ended(self) -> bool:
        """True where somebody ended it and nothing followed: its place is free for another."""
        return self in {
            PaperStatus.DEREGISTERED,
            PaperStatus.WITHDRAWN,
            PaperStatus.REVOKED,
            PaperStatus.VOID,
        }


class Stage(Labelled):
    """Dimension D: how far has putting right come (问题整改状态)? Late is computed, never a stage."""

    FOUND = "found", "待整改"
    CORRECTED = "corrected", "当场整改"
    ORDERED = "ordered", "整改中"
    REPORTED = "reported", "待复查"
    PASSED = "passed", "复查合格待销号"
    FAILED = "failed", "复查不合格"
    SUPERVISED = "supervised", "挂账督办"
    TRANSFERRED = "transferred", "移送／立案"
    CLOSED_OUT = "closed_out", "已销号"
    CONSOLIDATING = "consolidating", "巩固复查"
    RELAPSED = "relapsed", "反弹"
    ENDED = "ended", "关停了结"

    @property
    def is_open(self) -> bool:
        """True until it is closed out or ended with its trade; an open starred finding bars registration."""
        return not self.is_put_right and self is not Stage.ENDED

    @property
    def is_put_right(self) -> bool:
        """True where two have found it good and a third person has closed it out."""
        return self in {Stage.CLOSED_OUT, Stage.CONSOLIDATING}

    @property
    def has_running_deadline(self) -> bool:
        """True where a due day still binds the operator."""
        return self in {Stage.ORDERED, Stage.REPORTED, Stage.FAILED, Stage.SUPERVISED}


class Disposition(Labelled):
    """Dimension E: the three batches of seed 002 §五(二)1 (分类)."""

    PROMOTE = "promote", "提升"
    STANDARDISE = "standardise", "规范"
    WEED_OUT = "weed_out", "淘汰"


class Route(Labelled):
    """The three ways of seed 002 §五(二)1(1)–(3); undecided does not bar registration."""

    UNDECIDED = "undecided", "未定"
    URGE_REGISTRATION = "urge_registration", "督促办证"
    PUT_RIGHT_FIRST = "put_right_first", "整改后登记"
    CLOSE_BY_DATE = "close_by_date", "限期关停"


class CheckResult(Labelled):
    """What a reinspection found (复查结果)."""

    GOOD = "good", "合格"
    PARTLY = "partly", "部分合格"
    NOT_GOOD = "not-good", "不合格"


STAGE_STEPS: Mapping[Stage, frozenset[Stage]] = {
    Stage.FOUND: frozenset({Stage.CORRECTED, Stage.ORDERED, Stage.ENDED}),
    Stage.CORRECTED: frozenset({Stage.PASSED, Stage.FAILED, Stage.ENDED}),
    Stage.ORDERED: frozenset({Stage.REPORTED, Stage.PASSED, Stage.FAILED, Stage.SUPERVISED, Stage.ENDED}),
    Stage.REPORTED: frozenset({Stage.PASSED, Stage.FAILED, Stage.SUPERVISED, Stage.ENDED}),
    Stage.FAILED: frozenset({Stage.ORDERED, Stage.SUPERVISED, Stage.TRANSFERRED, Stage.ENDED}),
    Stage.SUPERVISED: frozenset({Stage.REPORTED, Stage.PASSED, Stage.FAILED, Stage.TRANSFERRED, Stage.ENDED}),
    Stage.TRANSFERRED: frozenset({Stage.PASSED, Stage.FAILED, Stage.ENDED}),
    Stage.RELAPSED: frozenset({Stage.ORDERED, Stage.TRANSFERRED, Stage.ENDED}),
    Stage.PASSED: frozenset({Stage.CLOSED_OUT}),
    Stage.CLOSED_OUT: frozenset({Stage.CONSOLIDATING}),
    Stage.CONSOLIDATING: frozenset(),
    Stage.ENDED: frozenset(),
}
"""Dimension D as one table (``DOMAIN.md`` §6.3): from each stage, the stages that may follow.

A case ends with its trade (关停、取缔) where it had not passed its reinspection. What was closed out or has
ended stays so: a relapse begins a case of its own, which names the one before.
"""

FIRST_STAGES = frozenset({Stage.FOUND, Stage.RELAPSED})
"""Where a case may begin."""


REGISTRATION_STEPS: Mapping[RegistrationStatus, frozenset[RegistrationStatus]] = {
    RegistrationStatus.UNREGISTERED: frozenset({RegistrationStatus.APPLIED}),
    RegistrationStatus.LACKING: frozenset({RegistrationStatus.APPLIED, RegistrationStatus.UNREGISTERED}),
    RegistrationStatus.UNFIT: frozenset({RegistrationStatus.UNREGISTERED}),
    RegistrationStatus.APPLIED: frozenset({RegistrationStatus.TO_COMPLETE, RegistrationStatus.ACCEPTED}),
    RegistrationStatus.TO_COMPLETE: frozenset({RegistrationStatus.ACCEPTED}),
    RegistrationStatus.ACCEPTED: frozenset(
        {RegistrationStatus.SITE_CHECK, RegistrationStatus.REGISTERED, RegistrationStatus.REFUSED}
    ),
    RegistrationStatus.SITE_CHECK: frozenset({RegistrationStatus.REGISTERED, RegistrationStatus.REFUSED}),
    RegistrationStatus.REGISTERED: frozenset({RegistrationStatus.UNREGISTERED, RegistrationStatus.APPLIED}),
    RegistrationStatus.REFUSED: frozenset({RegistrationStatus.APPLIED}),
}
"""Dimension B as one table (行政许可法 arts. 32, 34, 42; ``DOMAIN.md`` §2.4).

Who is registered applies anew when the paper has run out, or when its renewal comes too late.
"""


def may_follow(now: Stage, to: Stage) -> bool:
    """Return whether the table lets ``to`` follow ``now``."""
    return to in STAGE_STEPS[now]
