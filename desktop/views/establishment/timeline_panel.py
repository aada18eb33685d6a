"""Everything that happened to an establishment on one line, narrowed by kind."""

from collections.abc import Mapping, Sequence
from datetime import date

from desktop.services.register.dossier_events import EventGroup, TimelineEntry
from desktop.views.kit.arrange import Grow, column, row
from desktop.views.kit.buttons import LinkButton
from desktop.views.kit.choices import Choice, Segmented
from desktop.views.kit.panels import Panel
from desktop.views.kit.scrolling import scrolling
from desktop.views.kit.timeline import Event, Timeline
from desktop.views.kit.tokens import Status
from desktop.views.kit.words import Words

SHOWN_AT_FIRST = 60
ALL = "all"
_GROUPS = (
    Choice(ALL, "全部"),
    Choice(EventGroup.SURVEY, "摸底"),
    Choice(EventGroup.PAPER, "证照"),
    Choice(EventGroup.RECTIFICATION, "检查整改"),
    Choice(EventGroup.PRINT, "打印"),
)
_MARKS: Mapping[str, tuple[str, Status]] = {
    "survey": ("clipboard-list", Status.NEUTRAL),
    "status": ("store", Status.INFO),
    "moved": ("truck", Status.INFO),
    "apply": ("inbox", Status.INFO),
    "complete": ("file-pen", Status.WARNING),
    "accept": ("file-clock", Status.INFO),
    "site_check": ("scan-search", Status.INFO),
    "approve": ("stamp", Status.SUCCESS),
    "refuse": ("file-x", Status.DANGER),
    "issue": ("badge-check", Status.SUCCESS),
    "renewal": ("calendar-check", Status.SUCCESS),
    "amendment": ("file-pen", Status.INFO),
    "reissue": ("refresh-cw", Status.INFO),
    "taking_in": ("inbox", Status.INFO),
    "collected": ("inbox", Status.SUCCESS),
    "end": ("circle-minus", Status.NEUTRAL),
    "print": ("printer", Status.NEUTRAL),
    "reprint": ("printer", Status.WARNING),
    "inspection": ("scan-search", Status.WARNING),
    "inspection_clean": ("scan-search", Status.SUCCESS),
    "ordered": ("file-text", Status.WARNING),
    "served": ("file-check", Status.INFO),
    "reported": ("flag", Status.INFO),
    "extended": ("history", Status.WARNING),
    "reinspected": ("eye", Status.INFO),
    "corrected": ("wrench", Status.SUCCESS),
    "supervised": ("siren", Status.DANGER),
    "transferred": ("gavel", Status.DANGER),
    "closed_out": ("check-check", Status.SUCCESS),
    "consolidated": ("shield-check", Status.SUCCESS),
    "relapsed": ("rotate-ccw", Status.DANGER),
    "ended": ("ban", Status.NEUTRAL),
    "shutdown": ("ban", Status.DANGER),
    "look_back": ("rotate-ccw", Status.INFO),
    "sampling": ("flask-conical", Status.INFO),
    "sampling_bad": ("flask-conical", Status.DANGER),
    "drawn": ("dices", Status.INFO),
    "risk": ("gauge", Status.WARNING),
}


class TimelinePanel(Panel):
    """The timeline with its filter; the oldest part comes when it is asked for."""

    def __init__(self) -> None:
        self.groups = Segmented(_GROUPS, small=True)
        super().__init__("经过", self.groups, margins="none", ruled=True)
        self._entries: tuple[TimelineEntry, ...] = ()
        self._shows_all = False
        self._year = date.min.year
        self.line = Timeline()
        self._older = LinkButton("看更早的")
        self._nothing = Words("还没有记录。", role="muted")

        inside = column(self._nothing, self.line, row(None, self._older, None), None, margins="medium")
        self.add(Grow(scrolling(inside)))
        self.groups.set_value(ALL)

        self.groups.changed.connect(self._fill)
        self._older.clicked.connect(self._older_asked)

    def show_entries(self, entries: Sequence[TimelineEntry], today: date) -> None:
        """Show what happened; days of this year go without it."""
        self._entries, self._shows_all, self._year = tuple(entries), False, today.year
        for choice in _GROUPS:
            count = len(self._of(choice.code))
            self.groups.set_label(choice.code, f"{choice.label} {count}" if count else choice.label)
        self._fill()

    def _of(self, group: str) -> tuple[TimelineEntry, ...]:
        return tuple(entry for entry in self._entries if group in {ALL, entry.group})

    def _fill(self) -> None:
        entries = self._of(self.groups.value())
        shown = entries if self._shows_all else entries[:SHOWN_AT_FIRST]
        self.line.show_events([self._event(entry) for entry in shown])
        self._nothing.setVisible(not entries)
        self._older.setVisible(len(shown) < len(entries))
        self._older.setText(f"看更早的 {len(entries) - len(shown)} 条")

    def _event(self, entry: TimelineEntry) -> Event:
        day = f"{entry.on:%m-%d}" if entry.on.year == self._year else entry.on.isoformat()
        icon, status = _MARKS.get(entry.what, ("circle-dot", Status.NEUTRAL))
        return Event(day, icon, entry.title, entry.text, entry.people, status)

    def _older_asked(self) -> None:
        self._shows_all = True
        self._fill()
