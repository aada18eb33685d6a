"""A row of a workbook beside the record that it may be: what differs is marked, each side can be chosen."""

from collections.abc import Iterable, Mapping

from desktop.services.register.parked_duplicates import ParkedField, ParkedRow
from desktop.views.exchange.field_choices import FieldChoices, FieldLine, Said
from desktop.views.kit.arrange import Grow, column
from desktop.views.kit.chips import Chip
from desktop.views.kit.choices import Choice, Segmented
from desktop.views.kit.panels import Banner, Panel
from desktop.views.kit.scrolling import scrolling
from desktop.views.kit.statuses import OPERATING
from desktop.views.kit.tokens import Status
from desktop.views.kit.words import Words

STATED, HAS = "stated", "has"
_SIDES = (Choice(STATED, "取表里"), Choice(HAS, "留档案"))
ALIKE = {"operator_id_number": "身份证号", "phone": "电话", "address": "地址", "name": "名称"}


def sameness(alike: Iterable[str], *, is_sure: bool) -> str:
    """Say what two have in common, and whether they must be one."""
    same = "、".join(ALIKE[code] for code in alike)
    return f"{same}相同，{'应是同一户' if is_sure else '可能是同一户'}"


class DuplicateCompare(Panel):
    """The two side by side; choosing changes nothing before the decision."""

    def __init__(self) -> None:
        self._chip = Chip(next(iter(OPERATING.values())))
        super().__init__("", self._chip, margins="none", ruled=True)
        self.row: ParkedRow | None = None
        self.note = Banner(Status.WARNING, closes=False)
        self.reason = Words(role="muted", wraps=True)
        self.choices = FieldChoices(_SIDES)

        body = column(self.note, self.reason, self.choices, None, gap="small", margins="medium")
        self.add(Grow(scrolling(body)))

    @property
    def sides(self) -> Mapping[str, Segmented]:
        return self.choices.sides

    def show_row(self, row: ParkedRow) -> None:
        """Show a row; the same row again leaves what was chosen."""
        if row == self.row:
            return
        self.row = row
        self.set_title(f"{row.title}（{row.village}）")
        self.set_note(f"{row.file} · {row.sheet} 第 {row.row} 行")
        self._chip.setVisible(row.match is not None)
        if row.match is not None:
            self._chip.set_chip(OPERATING[row.match.operating_status])
        self.note.setVisible(bool(row.note))
        if row.note:
            self.note.tell(Status.WARNING, row.note)
        self.reason.setVisible(bool(row.alike))
        self.reason.setText(sameness(row.alike, is_sure=row.is_sure))
        has = [f"档案 {row.match.archive_number}"] if row.match is not None else []
        lines = [_line(field, has_match=row.match is not None) for field in row.fields]
        self.choices.show_lines(["表里的", *has], lines)

    def taken(self) -> tuple[str, ...]:
        """Return the codes of what is to be taken out of the workbook."""
        return self.choices.chosen(STATED)


def _line(field: ParkedField, *, has_match: bool) -> FieldLine:
    if not has_match:
        return FieldLine(field.code, field.label, (Said(field.stated),))
    if not field.differs:
        return FieldLine(
            field.code, field.label, (Said(field.stated, "muted"), Said(field.has or "—", "muted"))
        )
    side = HAS if field.has else STATED
    return FieldLine(field.code, field.label, (Said(field.stated, "warning"), Said(field.has or "—")), side)
