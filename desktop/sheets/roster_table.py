"""The register of who is registered (登记名册): for the public without persons, or whole for the office."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from desktop.sheets.layout import OfficialTable, Sender, Shape, TableColumn, Value

_COLUMNS = (
    TableColumn("序号", 6, Shape.COUNT),
    TableColumn("类别", 11),
    TableColumn("证（卡）名称", 18),
    TableColumn("编号", 21),
    TableColumn("名称", 22),
    TableColumn("经营者", 11),
    TableColumn("村（社区）", 12),
    TableColumn("品种", 20),
    TableColumn("发证日期", 12, Shape.DAY),
    TableColumn("有效期至", 12),
    TableColumn("状态", 8),
)
_ADDRESS = (TableColumn("地址", 26),)
_PERSON = (TableColumn("身份证号", 21), TableColumn("联系电话", 14))


@dataclass(frozen=True, slots=True)
class RosterLine:
    """Who holds a paper that stands today, masked already where it is for the public."""

    kind: str
    title: str
    number: str
    name: str
    operator_name: str
    village: str
    products: str | None
    issued_on: date
    valid_until: str
    status: str
    address: str
    id_number: str | None
    phone: str | None


def roster_table(
    title: str, sender: Sender, lines: Iterable[RosterLine], *, has_address: bool, has_person: bool
) -> OfficialTable:
    """Return the roster; what the public is not to see has no column at all."""
    columns = _COLUMNS + _ADDRESS * has_address + _PERSON * has_person
    return OfficialTable("登记名册", title, sender, columns, _rows(lines, has_address, has_person))


def _rows(lines: Iterable[RosterLine], has_address: bool, has_person: bool) -> Iterator[tuple[Value, ...]]:
    for number, line in enumerate(lines, 1):
        yield (
            number,
            line.kind,
            line.title,
            line.number,
            line.name,
            line.operator_name,
            line.village,
            line.products,
            line.issued_on,
            line.valid_until,
            line.status,
            *(line.address,) * has_address,
            *(line.id_number, line.phone) * has_person,
        )
