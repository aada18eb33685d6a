"""The benches fill the register as it is: a schema that has moved on stops them here, not after an hour."""

from pathlib import Path
from random import Random

import pytest

from tests.bench.big_register import fill
from tests.bench.leafing import pages
from tests.bench.long_ledger import known_stalls, write_ledger
from tests.bench.planning import plans
from tests.bench.wall import busy, walls
from tests.bench.workbook_run import export_survey, import_ledger


def test_a_register_of_the_bench_can_be_filled_and_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    register = tmp_path / "register.db"
    desk = fill(register, 40)
    assert "first page by name" in pages(desk, 1, chance=Random(1))
    known = known_stalls(desk)
    desk.office.db.close()

    copies = tmp_path / "copies"
    copies.mkdir()
    write_ledger(tmp_path / "ledger.xlsx", 30, known, chance=Random(1))
    import_ledger(register, tmp_path / "ledger.xlsx", copies)
    export_survey(register, tmp_path / "exported.xlsx", copies)
    assert [len(line.split()) for line in capsys.readouterr().out.splitlines()] == [3, 3]

    with busy(register, 40) as desk:
        assert "board with its counts, all" in walls(desk, 1, chance=Random(1))
        assert "campaign, who is left" in plans(desk, 1, chance=Random(1))
