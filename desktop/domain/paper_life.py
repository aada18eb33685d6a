"""The life of a paper (证卡): what each act does to its number, its dates and its wording, as one table."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from desktop.domain.forms import Source
from desktop.domain.lifecycle import Labelled, PaperStatus


class PaperAct(Labelled):
    """Something that is decided about a paper (证卡事项)."""

    ISSUE = "issue", "发证"
    TAKING_IN = "taking_in", "补录"
    RENEWAL = "renewal", "延续"
    AMENDMENT = "amendment", "变更"
    REISSUE = "reissue", "补发"
    DEREGISTRATION = "deregistration", "注销"
    WITHDRAWAL = "withdrawal", "撤销"
    REVOCATION = "revocation", "吊销"
    VOIDING = "voiding", "作废"

    @property
    def makes_paper(self) -> bool:
        """True where a new sheet is printed and handed out."""
        return EFFECTS[self].number is not NumberEffect.NONE

    @property
    def ends_paper(self) -> bool:
        """True where nothing follows: the place is free again."""
        return EFFECTS[self].leaves.is_ended


class BanGround(Labelled):
    """Why somebody may not be registered again for a time (禁业事由)."""

    REVOCATION = "revocation", "被吊销"
    FRAUD = "fraud", "以欺骗、贿赂等不正当手段取得，被撤销"
    FALSE_MATERIAL = "false_material", "申请时隐瞒有关情况或者提供虚假材料"

    @classmethod
    def of(cls, act: PaperAct, *, is_fraud: bool) -> "BanGround | None":
        """Return what ending a paper bans for; a mistake of the office bans nobody (行政许可法 art. 69)."""
        if act is PaperAct.REVOCATION:
            return cls.REVOCATION
        return cls.FRAUD if act is PaperAct.WITHDRAWAL and is_fraud else None


class NumberEffect(StrEnum):
    """What becomes of the number."""

    NONE = "none"
    NEW = "new"
    KEPT = "kept"


class DateEffect(StrEnum):
    """What becomes of the first and the last valid day."""

    NONE = "none"
    STATED = "stated"  # as the old paper says
    KEPT = "kept"
    ANEW = "anew"  # from the day of the decision, for the term of the rule pack


@dataclass(frozen=True, slots=True)
class Effect:
    """One row of the table; ``leaves`` is what the paper that was there is worth afterwards.

    ``word`` stands on the new paper behind its date; ``law`` names clauses of the rule pack.
    """

    of: frozenset[PaperStatus]
    leaves: PaperStatus
    number: NumberEffect
    starts: DateEffect
    ends: DateEffect
    word: str
    needs_reason: bool
    law: str
    source: Source


_LIVING = frozenset({PaperStatus.VALID, PaperStatus.EXPIRING})
_NO_LIVING = frozenset(PaperStatus) - _LIVING
_GUIDE = "餐饮服务许可证填写说明：变更、补发的，起始日期填原证签发日期，新的签发日期后注明“变更”“补发”"

EFFECTS: Mapping[PaperAct, Effect] = {
    PaperAct.ISSUE: Effect(
        _NO_LIVING,
        PaperStatus.NONE,
        NumberEffect.NEW,
        DateEffect.ANEW,
        DateEffect.ANEW,
        "",
        needs_reason=False,
        law="decision",
        source=Source("行政许可法第四十二条、第四十四条；一地一证、一地一卡"),
    ),
    PaperAct.TAKING_IN: Effect(
        _NO_LIVING,
        PaperStatus.NONE,
        NumberEffect.NEW,
        DateEffect.STATED,
        DateEffect.STATED,
        "",
        needs_reason=False,
        law="",
        source=Source("假定：系统启用前手写、手编的证照原号补录，请本单位确认"),
    ),
    PaperAct.RENEWAL: Effect(
        _LIVING,
        PaperStatus.REPLACED,
        NumberEffect.KEPT,
        DateEffect.ANEW,
        DateEffect.ANEW,
        "",
        needs_reason=False,
        law="renewal",
        source=Source("行政许可法第五十条；延续后编号不变假定，请本单位确认"),
    ),
    PaperAct.AMENDMENT: Effect(
        _LIVING,
        PaperStatus.REPLACED,
        NumberEffect.KEPT,
        DateEffect.KEPT,
        DateEffect.KEPT,
        "变更",
        needs_reason=False,
        law="",
        source=Source(f"行政许可法第四十九条；{_GUIDE}；地址等另发新证的由规则包写明"),
    ),
    PaperAct.REISSUE: Effect(
        _LIVING,
        PaperStatus.REPLACED,
        NumberEffect.KEPT,
        DateEffect.KEPT,
        DateEffect.KEPT,
        "补发",
        needs_reason=True,
        law="",
        source=Source(_GUIDE),
    ),
    PaperAct.DEREGISTRATION: Effect(
        _LIVING | {PaperStatus.EXPIRED},
        PaperStatus.DEREGISTERED,
        NumberEffect.NONE,
        DateEffect.NONE,
        DateEffect.NONE,
        "",
        needs_reason=True,
        law="deregistration",
        source=Source("行政许可法第七十条"),
    ),
    PaperAct.WITHDRAWAL: Effect(
        _LIVING,
        PaperStatus.WITHDRAWN,
        NumberEffect.NONE,
        DateEffect.NONE,
        DateEffect.NONE,
        "",
        needs_reason=True,
        law="withdrawal",
        source=Source("行政许可法第六十九条"),
    ),
    PaperAct.REVOCATION: Effect(
        _LIVING,
        PaperStatus.REVOKED,
        NumberEffect.NONE,
        DateEffect.NONE,
        DateEffect.NONE,
        "",
        needs_reason=True,
        law="penalty_by_province",
        source=Source("食品安全法第一百二十七条：处罚依照省的具体管理办法；行政许可法第七十条（四）"),
    ),
    PaperAct.VOIDING: Effect(
        _LIVING,
        PaperStatus.VOID,
        NumberEffect.NONE,
        DateEffect.NONE,
        DateEffect.NONE,
        "",
        needs_reason=True,
        law="",
        source=Source("假定：发错的证卡收回作废，号码不再使用，请本单位确认"),
    ),
}
"""The life of a paper. Running out (过期) is no act: nobody decides it, it follows from the date."""


class LateRenewal(StrEnum):
    """What the rule pack makes of a renewal that is asked for too late, but before the paper ends."""

    AS_NEW = "as_new"
    ACCEPTED = "accepted"


class RenewedFrom(StrEnum):
    """From where the term of a renewed paper is counted."""

    EXPIRY = "expiry"
    DECISION = "decision"


@dataclass(frozen=True, slots=True)
class RenewalWindow:
    """When a renewal may be asked for; the paper itself is good to the end of ``ends_on``."""

    opens_on: date | None
    last_in_time_on: date
    ends_on: date

    @classmethod
    def of(cls, ends_on: date, *, closes_days: int, opens_days: int | None) -> "RenewalWindow":
        """Count back from the last valid day (届满三十日前)."""
        opens_on = ends_on - timedelta(days=opens_days) if opens_days is not None else None
        return cls(opens_on, ends_on - timedelta(days=closes_days), ends_on)

    def is_early(self, on: date) -> bool:
        return self.opens_on is not None and on < self.opens_on

    def is_late(self, on: date) -> bool:
        return on > self.last_in_time_on
