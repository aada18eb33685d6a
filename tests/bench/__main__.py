"""Measures everything in one run on this machine and writes it to docs/: python -m tests.bench."""

from argparse import ArgumentParser
from collections.abc import Callable
from os import getloadavg
from pathlib import Path
from random import Random

from desktop.clock import SystemClock
from tests.bench import leafing, printing, printing_report, searching, workbooks, workbooks_report
from tests.bench.planning import plans
from tests.bench.registers import Registers
from tests.bench.report import Figures, written
from tests.bench.timing import Times
from tests.bench.wall import busy, walls
from tests.bench.windows import openings, table_times

SMALL, LARGE = 100_000, 1_000_000
REPORT = Path(__file__).parents[2] / "docs" / "performance.md"


def main() -> None:
    """Run all benches and write down what they found."""
    asked = ArgumentParser(prog="python -m tests.bench", description=__doc__)
    asked.add_argument(
        "--quick", action="store_true", help="few runs on 100,000 establishments; writes nothing"
    )
    is_quick = asked.parse_args().quick
    load = getloadavg()[0]
    sizes = (SMALL,) if is_quick else (SMALL, LARGE)
    registers, runs = Registers.kept(), 5 if is_quick else 20
    services = _services(registers, sizes, runs)
    with busy(registers.data(SMALL) / "register.db", SMALL) as desk:
        wall = walls(desk, runs, chance=Random(4))
        planning = plans(desk, 5, chance=Random(5))
    bare, program = openings(registers.data(SMALL), 3 if is_quick else 11)
    figures = Figures(
        day=SystemClock().today(),
        load=load,
        bare=bare,
        program=program,
        wall=wall,
        planning=planning,
        table={size: table_times(registers.data(size), 1 if is_quick else 8) for size in sizes},
        **services,
    )
    reports: dict[Path, Callable[[], str]] = {
        REPORT: lambda: written(figures),
        printing_report.REPORT: lambda: printing_report.written(printing.measured(is_quick=is_quick)),
        workbooks_report.REPORT: lambda: workbooks_report.written(workbooks.measured(is_quick=is_quick)),
    }
    for file, measure in reports.items():
        text = measure()
        print(text, flush=True)
        if not is_quick:
            file.write_text(text, encoding="utf-8")


def _services(
    registers: Registers, sizes: tuple[int, ...], runs: int
) -> dict[str, dict[str, dict[str, Times]]]:
    """Ask the services on every register, one database after the other."""
    found: dict[str, dict[str, dict[str, Times]]] = {"search": {}, "pages": {}, "counts": {}}
    with registers.server() as server:
        for size in sizes:
            for name, opened in (
                ("SQLite", registers.on_sqlite(size)),
                ("PostgreSQL", registers.on_postgresql(server, size)),
            ):
                with opened as desk:
                    where = f"{name}, {size:,}"
                    found["search"][where] = searching.keystrokes(desk, size, runs * 10, chance=Random(1))
                    found["pages"][where] = leafing.pages(desk, runs, chance=Random(2))
                    found["counts"][where] = leafing.counts(desk, 3, chance=Random(3))
    return found


if __name__ == "__main__":
    main()
