"""The benches fill the register as it is: a schema that has moved on stops them here, not after an hour."""

from pathlib import Path
from random import Random

from tests.bench.big_register import fill
from tests.bench.leafing import pages
from tests.bench.wall import busy, walls


def test_a_register_of_the_bench_can_be_filled_and_asked(tmp_path: Path) -> None:
    register = tmp_path / "register.db"
    desk = fill(register, 40)
    assert "first page by name" in pages(desk, 1, chance=Random(1))
    desk.office.db.close()

    with busy(register, 40) as desk:
        assert "board with its counts, all" in walls(desk, 1, chance=Random(1))
