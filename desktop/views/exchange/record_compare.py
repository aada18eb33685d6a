"""Two records of the register side by side: what differs is marked, and each answer can be chosen."""

from collections.abc import Iterable

from desktop.services.register.joining_comparison import Comparison, JoinField
from desktop.views.exchange.duplicate_compare import sameness
from desktop.views.exchange.field_choices import FieldChoices, FieldLine, Said
from desktop.views.kit.arrange import Grow, column
from desktop.views.kit.choices import Choice
from desktop.views.kit.panels import Banner, Panel
from desktop.views.kit.scrolling import scrolling
from desktop.views.kit.tokens import Status
from desktop.views.kit.words import Words

KEPT, OTHER = "kept", "other"
_SIDES = (Choice(KEPT, "取左边的"), Choice(OTHER, "取右边的"))


class RecordCompare(Panel):
    """The record that is kept at the left, the other one beside it; choosing changes nothing yet."""

    def __init__(self) -> None:
        super().__init__("两户对照", margins="none", ruled=True)
        self.said: Comparison | None = None
        self.refused = Banner(Status.WARNING, closes=False)
        self.reason = Words(role="muted", wraps=True)
        self.choices = FieldChoices(_SIDES)

        body = column(self.refused, self.reason, self.choices, None, gap="small", margins="medium")
        self.add(Grow(scrolling(body)))
        self.refused.hide()

    def show_pair(self, said: Comparison, alike: Iterable[str], *, is_sure: bool) -> None:
        """Show two records, and what must be settled before; the same two again leave what was chosen."""
        self.refused.setVisible(bool(said.refusal))
        if said.refusal:
            self.refused.tell(Status.WARNING, said.refusal)
        if said == self.said:
            return
        self.said = said
        kept, other = said.kept, said.other
        self.set_title(kept.title)
        self.set_note(f"和 {other.archive_number} {other.title}")
        self.reason.setText(sameness(alike, is_sure=is_sure))
        heads = [
            f"留下 {kept.archive_number}（{kept.village}）",
            f"并入 {other.archive_number}（{other.village}）",
        ]
        differing_first = sorted(said.fields, key=lambda field: not field.differs)
        self.choices.show_lines(heads, [join_line(field) for field in differing_first])

    def forget(self) -> None:
        """Show nothing of two records that are no longer asked about."""
        self.said = None
        self.refused.hide()
        self.set_note("")
        self.reason.setText("")
        self.choices.show_lines([], [])

    def taken(self) -> tuple[str, ...]:
        """Return the codes of what is to be taken from the other one."""
        return self.choices.chosen(OTHER)


def join_line(field: JoinField) -> FieldLine:
    """Return an answer of both records; where only one of them has it, that one is chosen to begin with."""
    kept, other = Said(field.kept or "—"), Said(field.other or "—", "warning" if field.differs else "muted")
    if not field.differs:
        return FieldLine(field.code, field.label, (Said(kept.text, "muted"), other))
    return FieldLine(field.code, field.label, (kept, other), KEPT if field.kept else OTHER)
