"""The words of putting right: how an inspection came about, the steps of a case, shutdowns, looking back."""

from collections.abc import Iterable, Mapping

from desktop.domain.folding import fold_name
from desktop.domain.lifecycle import Labelled, Stage


class InspectionMode(Labelled):
    """How the inspection came about (发现方式)."""

    ROUTINE = "routine", "日常"
    SURPRISE = "surprise", "突击检查"
    RANDOM = "random", "随机抽查"
    UNDERCOVER = "undercover", "明察暗访"
    CROSS = "cross", "交叉检查"
    JOINT = "joint", "联合检查"
    COMPLAINT = "complaint", "投诉"
    THIRD_PARTY = "third_party", "第三方"
    SELF = "self", "自查"

    @property
    def is_supervision(self) -> bool:
        """True where it counts as an inspection of a plan: not one's own, and not what others were paid for.

        A third party's word is a reference only (监督检查管理办法 art. 47).
        """
        return self not in {InspectionMode.SELF, InspectionMode.THIRD_PARTY}


class InspectionResult(Labelled):
    """What an inspection as a whole came to (检查结果)."""

    GOOD = "good", "符合"
    MOSTLY_GOOD = "mostly_good", "基本符合"
    NOT_GOOD = "not_good", "不符合"

    @classmethod
    def of(cls, *, starred: int, general: int, limit: int) -> "InspectionResult":
        """Judge by the items that were not good: one starred is enough, of others ``limit`` (0: none is)."""
        if starred or (limit and general >= limit):
            return cls.NOT_GOOD
        return cls.MOSTLY_GOOD if general else cls.GOOD


class Signature(Labelled):
    """What became of the signature of whoever was inspected (被检查人签名)."""

    UNKNOWN = "unknown", "没有记录"
    SIGNED = "signed", "已签名"
    REFUSED = "refused", "拒绝签名"


class PhotoMoment(Labelled):
    """When a photograph of what was found was taken (佐证照片)."""

    BEFORE = "before", "整改前"
    AFTER = "after", "整改后"


class CaseStep(Labelled):
    """What was done about a case; some steps change its stage, others only its history."""

    FOUND = "found", "发现"
    CORRECTED = "corrected", "当场改正"
    ORDERED = "ordered", "责令整改"
    SERVED = "served", "送达"
    REPORTED = "reported", "报告改好"
    EXTENDED = "extended", "延期"
    REINSPECTED = "reinspected", "复查"
    SUPERVISED = "supervised", "挂账督办"
    TRANSFERRED = "transferred", "移送／立案"
    CLOSED_OUT = "closed_out", "销号"
    CONSOLIDATED = "consolidated", "巩固复查"
    RELAPSED = "relapsed", "反弹"
    ENDED = "ended", "关停了结"


class ShutdownKind(Labelled):
    """The steps of closing down (关停、取缔)."""

    ORDERED = "ordered", "限期关停"
    VERIFIED = "verified", "核实关停"
    FORCED = "forced", "取缔"


class LookBackOutcome(Labelled):
    """What a look-back found (回头看结论, ``DOMAIN.md`` §4.8)."""

    KEPT = "kept", "保持良好"
    REBOUNDED = "rebounded", "出现反弹"
    REOPENED = "reopened", "死灰复燃"
    MOVED = "moved", "已搬迁"
    CHANGED_TRADE = "changed-trade", "已转行"


class FollowUp(Labelled):
    """The lists of who is still to be seen to: whoever must close, and whoever is looked back at."""

    TO_CLOSE = "to-close", "待限期关停"
    CLOSING = "closing", "关停待核实"
    REGISTERED = "registered", "已登记"
    CLOSED = "closed", "已关停"
    SHUT_DOWN = "shut-down", "已取缔"


CAME_BACK = "look_back"
"""What stands in place of a check-list item in findings of what came back."""


def item_word(code: str, known: Mapping[str, str]) -> str:
    """Return what people call the item of a finding, given the words of the check list."""
    return CaseStep.RELAPSED.label if code == CAME_BACK else known.get(code, code)


STAGE_AFTER_STEP = {
    CaseStep.CORRECTED: Stage.CORRECTED,
    CaseStep.ORDERED: Stage.ORDERED,
    CaseStep.REPORTED: Stage.REPORTED,
    CaseStep.SUPERVISED: Stage.SUPERVISED,
    CaseStep.TRANSFERRED: Stage.TRANSFERRED,
    CaseStep.CLOSED_OUT: Stage.CLOSED_OUT,
    CaseStep.CONSOLIDATED: Stage.CONSOLIDATING,
    CaseStep.ENDED: Stage.ENDED,
}
"""Where a step leads; serving and extending change no stage, a reinspection leads where its result says."""


def distinct_people(names: Iterable[str]) -> tuple[str, ...]:
    """Return each person once, in their order: 张 三 and 张三 are one."""
    people: dict[str, str] = {}
    for name in names:
        if fold_name(name):
            people.setdefault(fold_name(name), name.strip())
    return tuple(people.values())


def is_among(name: str, people: Iterable[str]) -> bool:
    """Tell whether a person is one of these, however the name was typed."""
    return fold_name(name) in {fold_name(other) for other in people}
