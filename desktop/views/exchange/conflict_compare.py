"""A record as the office has it beside what village or county say, and what both began with."""

from collections.abc import Mapping

from desktop.services.exchange.conflicts import ConflictField, ConflictRow
from desktop.views.exchange.field_choices import FieldChoices, FieldLine, Said
from desktop.views.kit.arrange import Grow, column
from desktop.views.kit.choices import Choice, Segmented
from desktop.views.kit.panels import Banner, Panel
from desktop.views.kit.scrolling import scrolling
from desktop.views.kit.tokens import Status

HERE, THEIRS = "here", "theirs"
_EMPTY = "（空）"


class ConflictCompare(Panel):
    """Three columns; each field that clashes has its own choice, nothing is written before the decision."""

    def __init__(self) -> None:
        super().__init__("交换冲突", margins="none", ruled=True)
        self.row: ConflictRow | None = None
        self.note = Banner(Status.INFO, closes=False)
        self.choices = FieldChoices(())

        self.add(Grow(scrolling(column(self.note, self.choices, None, gap="small", margins="medium"))))

    @property
    def sides(self) -> Mapping[str, Segmented]:
        return self.choices.sides

    def show_row(self, row: ConflictRow) -> None:
        """Show a row; the same row again leaves what was chosen."""
        if row == self.row:
            return
        self.row = row
        number = f" {row.archive_number}" if row.archive_number else ""
        self.set_title(f"{row.title}（{row.village}）{number}")
        self.set_note(row.where)
        said = f"{row.side}说明：{row.note}" if row.note else ""
        if row.record_id is None:
            said += "（这一户放在“疑似重复”里，请在那里认定）"
        said += row.warning
        self.note.setVisible(bool(said))
        if said:
            self.note.tell(Status.WARNING if row.warning else Status.INFO, said)
        heads = ("发出时", "档案现在", f"{row.side}改的") if row.fields else ()
        sides = (Choice(HERE, "留档案"), Choice(THEIRS, f"取{row.side}"))
        self.choices.show_lines(heads, [_line(field) for field in row.fields], sides)

    def taken(self) -> tuple[str, ...]:
        """Return the codes of what is to be taken from the other side."""
        return self.choices.chosen(THEIRS)


def _line(field: ConflictField) -> FieldLine:
    said = (
        Said(field.base or _EMPTY, "muted"),
        Said(field.here or _EMPTY),
        Said(field.theirs or _EMPTY, "warning"),
    )
    return FieldLine(field.code, field.label, said, HERE)
