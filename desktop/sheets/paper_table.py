"""The ledger of certificates and cards that were issued (发证台账)."""

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
    TableColumn("经营者姓名", 11),
    TableColumn("身份证号", 21),
    TableColumn("联系电话", 14),
    TableColumn("村（社区）", 11),
    TableColumn("地址", 24),
    TableColumn("品种", 18),
    TableColumn("发证日期", 12, Shape.DAY),
    TableColumn("有效期至", 12),
    TableColumn("状态", 10),
    TableColumn("备注", 14),
)


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One paper as it stands today."""

    kind: str
    title: str
    number: str
    name: str
    operator_name: str
    id_number: str | None
    phone: str | None
    village: str
    address: str
    products: str | None
    issued_on: date
    valid_until: str
    status: str
    remark: str


def paper_table(name: str, title: str, sender: Sender, lines: Iterable[PaperLine]) -> OfficialTable:
    """Return the ledger."""
    return OfficialTable(name, title, sender, _COLUMNS, _rows(lines), unit="张")


def _rows(lines: Iterable[PaperLine]) -> Iterator[tuple[Value, ...]]:
    for number, line in enumerate(lines, 1):
        yield (
            number,
            line.kind,
            line.title,
            line.number,
            line.name,
            line.operator_name,
            line.id_number,
            line.phone,
            line.village,
            line.address,
            line.products,
            line.issued_on,
            line.valid_until,
            line.status,
            line.remark,
        )
