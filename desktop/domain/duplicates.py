"""What may be decided of a row that may be an establishment we have (疑似重复)."""

from desktop.domain.lifecycle import Labelled


class Decision(Labelled):
    """Somebody's word on a parked row."""

    SAME = "same", "是同一户"
    DIFFERENT = "different", "是另一户"
    DROP = "drop", "不收这一行"
