"""A table on a register of any size."""

import pytest

from desktop.views.jobs import Jobs
from desktop.views.kit.table import PagedTable
from desktop.views.kit.table_source import Query
from tests.views.kit.registers import COLUMNS, Register


@pytest.fixture
def make(theme, jobs: Jobs, remembered, qtbot):
    def make(size: int) -> tuple[PagedTable, Register]:
        source = Register(size)
        table = PagedTable("register", COLUMNS, source, jobs, remembered, unit="户")
        qtbot.addWidget(table)
        table.resize(900, 480)
        table.show()
        with qtbot.waitSignal(table.loaded):
            table.ask(Query(sort="number"))
        return table, source

    return make
