"""The register as a table asks for it: columns, filters and sorts, and a line of cells for each record."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from desktop.domain.act import Actor
from desktop.domain.lifecycle import OperatingStatus, PaperStatus, RegistrationStatus, Stage
from desktop.domain.profile import Profile
from desktop.services.office.villages import VillageRow
from desktop.services.register.establishment_rows import EstablishmentRow
from desktop.services.register.establishments import Establishments
from desktop.services.register.leafing import Dimension, Filters, Outline, Sort
from desktop.views.kit.chips import ChipText
from desktop.views.kit.statuses import (
    NO_FINDING,
    OPERATING,
    OVERDUE_SHORT,
    PAPER,
    REGISTRATION,
    STAGE,
)
from desktop.views.kit.table_source import Cell, Column, Query, TableRow, Value

SEARCH = "search"
"""The filter that is typed above the table and not in a column."""

_STATUS_COLUMNS = ("operating", "registration", "paper")


def columns(profile: Profile, villages: Sequence[VillageRow]) -> tuple[Column, ...]:
    """Return the columns; those hidden at first wait in the column chooser."""
    trades = tuple((trade.code, trade.short_label) for trade in profile.trades)
    places = tuple((str(village.id), village.name) for village in villages)
    return (
        Column("archive", "档案编号", 5, is_muted=True),
        Column("name", "名称", 10, is_strong=True),
        Column("kind", "类别", 5, is_sortable=False, choices=trades),
        Column("village", "村（社区）", 6, choices=places),
        Column("operator", "经营者", 5, is_sortable=False),
        Column("phone", "联系电话", 7, is_sortable=False),
        Column("registration", "登记状态", 7, is_sortable=False, choices=_chips(REGISTRATION)),
        Column("paper", "证卡", 5, is_sortable=False, choices=_chips(PAPER)),
        Column("rectification", "整改", 5, is_sortable=False, choices=_chips(STAGE), can_overlap=True),
        Column("operating", "存续", 8, is_sortable=False, is_shown=False, choices=_chips(OPERATING)),
        Column("id_number", "身份证号", 11, is_sortable=False, is_shown=False),
        Column("address", "详细地址", 16, is_sortable=False, is_shown=False),
        Column("products", "品种", 12, is_sortable=False, is_shown=False),
        Column("employees", "从业人数", 5, is_sortable=False, is_number=True, is_shown=False),
        Column("certificates", "健康证", 5, is_sortable=False, is_number=True, is_shown=False),
        Column("area", "面积（㎡）", 6, is_sortable=False, is_number=True, is_shown=False),
        Column("paper_number", "证（卡）编号", 11, is_sortable=False, is_shown=False),
        Column("valid_until", "有效期至", 7, is_sortable=False, is_shown=False),
        Column("surveyed", "摸底日期", 7, is_shown=False),
    )


class RegisterSource:
    """Answers the paged table; its methods run on the working thread."""

    def __init__(
        self,
        establishments: Establishments,
        actor: Actor,
        profile: Profile,
        shown: Sequence[Column],
        today: Callable[[], date],
    ) -> None:
        self._establishments = establishments
        self._actor = actor
        self._kinds = {trade.code: trade.short_label for trade in profile.trades}
        self._cells = tuple(_CELLS[column.key] for column in shown)
        self._today = today
        self._known: tuple[Query, Outline] | None = None

    def count(self, query: Query) -> int:
        total = self._establishments.count(filters_of(query), by=self._actor)
        self._known = (query, Outline(total))
        return total

    def outline(self, query: Query) -> bool:
        known = self._known_of(query)
        outline = self._establishments.outline(
            filters_of(query),
            by=self._actor,
            sort=_sort_of(query),
            is_descending=query.is_descending,
            begun=known,
        )
        self._known = (query, outline)
        return outline.is_complete

    def counts(self, query: Query, key: str) -> Mapping[str, int]:
        return self._establishments.counts(filters_of(query), Dimension(key), by=self._actor)

    def page(self, query: Query, offset: int, limit: int) -> Sequence[TableRow]:
        rows = self._establishments.page(
            filters_of(query),
            by=self._actor,
            sort=_sort_of(query),
            is_descending=query.is_descending,
            offset=offset,
            limit=limit,
            outline=self._known_of(query),
        )
        today = self._today()
        return [
            TableRow(row.id, tuple(cell(row, self._kinds, today) for cell in self._cells)) for row in rows
        ]

    def _known_of(self, query: Query) -> Outline | None:
        return self._known[1] if self._known is not None and self._known[0] == query else None


def _sort_of(query: Query) -> Sort:
    return Sort(query.sort) if query.sort else Sort.ARCHIVE


def filters_of(query: Query) -> Filters:
    """Return what the register is asked for; each status column asks of its own dimension."""
    return Filters(
        kinds=query.values("kind"),
        village_ids=tuple(map(int, query.values("village"))),
        statuses=tuple(code for key in _STATUS_COLUMNS for code in query.values(key)),
        stages=tuple(map(Stage, query.values("rectification"))),
        search=query.value(SEARCH),
    )


def rectification_chip(row: EstablishmentRow, today: date) -> ChipText:
    """Return where the most urgent open case stands; how late it is is computed, never stored."""
    if row.rectification is None:
        return NO_FINDING
    due_on = row.rectification_due_on
    if due_on is not None and due_on < today and row.rectification.has_running_deadline:
        return OVERDUE_SHORT
    return STAGE[row.rectification]


def _chips(
    chips: Mapping[OperatingStatus, ChipText]
    | Mapping[RegistrationStatus, ChipText]
    | Mapping[PaperStatus, ChipText]
    | Mapping[Stage, ChipText],
) -> tuple[Value, ...]:
    return tuple((str(code), chip) for code, chip in chips.items())


def _day(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None


def _number(number: object) -> str | None:
    return None if number is None else str(number)


def _paper(row: EstablishmentRow) -> Cell:
    return None if row.paper_status is PaperStatus.NONE else PAPER[row.paper_status]


_CELLS: Mapping[str, Callable[[EstablishmentRow, Mapping[str, str], date], Cell]] = {
    "archive": lambda row, _, __: row.archive_number,
    "name": lambda row, _, __: row.title,
    "kind": lambda row, kinds, __: kinds.get(row.kind, row.kind),
    "village": lambda row, _, __: row.village,
    "operator": lambda row, _, __: row.operator_name,
    "phone": lambda row, _, __: row.phone,
    "registration": lambda row, _, __: REGISTRATION[row.registration_status],
    "paper": lambda row, _, __: _paper(row),
    "rectification": lambda row, _, today: rectification_chip(row, today),
    "operating": lambda row, _, __: OPERATING[row.operating_status],
    "id_number": lambda row, _, __: row.operator_id_number,
    "address": lambda row, _, __: row.address,
    "products": lambda row, _, __: row.products,
    "employees": lambda row, _, __: _number(row.employee_count),
    "certificates": lambda row, _, __: _number(row.health_certificate_count),
    "area": lambda row, _, __: _number(row.area_m2),
    "paper_number": lambda row, _, __: row.paper_number,
    "valid_until": lambda row, _, __: _day(row.valid_until),
    "surveyed": lambda row, _, __: _day(row.surveyed_on),
}
