"""A register for the tests of the table: of any size, and it notes what it was asked."""

from collections.abc import Sequence

from desktop.errors import UserError
from desktop.views.kit.chips import ChipText
from desktop.views.kit.table_model import PAGE
from desktop.views.kit.table_source import Column, Query, TableRow
from desktop.views.kit.tokens import Status

VALID = ChipText("有效", "circle-check", Status.SUCCESS, True)

COLUMNS = (
    Column("number", "档案编号"),
    Column("name", "名称", 9),
    Column("kind", "类别", 5, choices=(("stall", "小摊贩"), ("eatery", "小餐饮"))),
    Column("paper", "证卡", is_sortable=False),
    Column("area", "面积", is_number=True),
    Column("surveyor", "调查员", is_shown=False),
)


class Register:
    """A register of any size that notes what it was asked."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.pages: list[int] = []
        self.queries: list[Query] = []
        self.refusal = ""

    def count(self, query: Query) -> int:
        if self.refusal:
            raise UserError(self.refusal)
        self.queries.append(query)
        return 0 if query.value("name") == "没有" else self.size

    def page(self, query: Query, offset: int, limit: int) -> Sequence[TableRow]:
        self.pages.append(offset // PAGE)
        last = min(offset + limit, self.size)
        return [
            TableRow(n, (f"100-{n:04}", f"第{n}家\t店", "小摊贩", VALID, None, "陈国华"))
            for n in range(offset, last)
        ]
