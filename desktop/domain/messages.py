"""Why somebody is told by telephone or a message, and how they were told."""

from desktop.domain.lifecycle import Labelled


class Occasion(Labelled):
    """What a message list is about (通知事由)."""

    DUE = "due", "整改到期"
    EXPIRING = "expiring", "证卡到期"
    COLLECT = "collect", "领取证卡"

    @property
    def wording(self) -> str:
        """The code of the rule pack's words for it."""
        return f"message_{self.value}"


class Means(Labelled):
    """How somebody was told (通知方式)."""

    PHONE = "phone", "电话"
    TEXT = "text", "短信、微信"
    IN_PERSON = "in_person", "当面"
