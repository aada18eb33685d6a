"""Words of the number ledger (号码台账): what became of a serial, and what became of a blank."""

from desktop.domain.lifecycle import Labelled


class NumberState(Labelled):
    """What became of one serial of a sequence (号码状态)."""

    ISSUED = "issued", "已发"
    TAKEN_IN = "taken_in", "补录"
    VOID = "void", "作废"
    RESERVED = "reserved", "预留未用"
    STATED = "stated", "旧证占用，未补录"
    SPOILT = "spoilt", "废号"
    RETURNED = "returned", "预留退回"
    EXPLAINED = "explained", "空号，已说明"
    GAP = "gap", "空号，未说明"


class BlankState(Labelled):
    """What became of one pre-printed blank (空白证状态)."""

    USED = "used", "已用"
    SPOILT = "spoilt", "损坏"
    LEFT = "left", "库存"
