"""Takes long ledgers in and writes long tables, beside others, in turn: python -m tests.bench.workbooks."""

import pickle
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from python_calamine import CalamineWorkbook

from tests.bench import rivals
from tests.bench.long_ledger import known_stalls, write_ledger
from tests.bench.processes import Run, ours, run
from tests.bench.registers import Registers
from tests.bench.timing import Times, times_of
from tests.offices import open_made_office

HERE = Path(__file__).parent / "rivals"
REGISTER = 100_000


@dataclass(frozen=True, slots=True)
class Workbooks:
    """What workbooks cost; each is taken in or written by a fresh process, whose own start is not counted."""

    rows: int
    imports: Mapping[int, Times]
    import_mb: Mapping[int, float]
    reading: Times
    export: Times
    writing: Times
    cells: int
    export_mb: float
    file_mb: float


def workbooks(register: Path, *, sizes: Sequence[int], runs: int) -> Workbooks:
    """Measure the size in the middle beside pandas, the export beside openpyxl; the other sizes once."""
    rows = sizes[len(sizes) // 2]
    with TemporaryDirectory() as folder:
        here = Path(folder)
        exported, told = here / "exported.xlsx", here / "told.pickle"
        known = known_stalls(open_made_office(register))
        ledgers = {size: here / f"{size}.xlsx" for size in sizes}
        for size, ledger in ledgers.items():
            write_ledger(ledger, size, known, chance=Random(5))
        imports: dict[int, list[Run]] = {size: [] for size in sizes}
        reading: list[Run] = []
        export: list[Run] = []
        writing: list[Run] = []
        for turn in range(runs):
            for size in sizes if turn == 0 else (rows,):
                imports[size].append(ours("workbook_run", "import", register, ledgers[size], here))
            reading.append(run([rivals.python(), HERE / "pandas_read.py", ledgers[rows]]))
            export.append(ours("workbook_run", "export", register, exported, here))
            if not told.exists():
                cells = _tell(exported, told)
            writing.append(run([rivals.python(), HERE / "openpyxl_write.py", told, here / "written.xlsx"]))
        file_mb = exported.stat().st_size / 2**20
    return Workbooks(
        rows=rows,
        imports={size: times_of(one[:2] for one in several) for size, several in imports.items()},
        import_mb={size: max(one[2] for one in several) for size, several in imports.items()},
        reading=times_of(one[:2] for one in reading),
        export=times_of(one[:2] for one in export),
        writing=times_of(one[:2] for one in writing),
        cells=cells,
        export_mb=max(one[2] for one in export),
        file_mb=file_mb,
    )


def _tell(workbook: Path, target: Path) -> int:
    """Write down every cell of a workbook for who writes it again; return how many there are."""
    opened = CalamineWorkbook.from_path(workbook)
    sheets = [
        (name, [[cell if cell != "" else None for cell in row] for row in rows])
        for name in opened.sheet_names
        for rows in [opened.get_sheet_by_name(name).to_python()]
    ]
    target.write_bytes(pickle.dumps(sheets))
    return sum(len(row) for _, rows in sheets for row in rows)


def measured(*, is_quick: bool) -> Workbooks:
    """Return what is promised at its size, or a few runs of a few rows."""
    register = Registers.kept().data(REGISTER) / "register.db"
    if is_quick:
        return workbooks(register, sizes=(500, 1_000, 2_000), runs=1)
    return workbooks(register, sizes=(10_000, 50_000, 200_000), runs=3)


def main() -> None:
    """Measure, and write docs/performance-workbooks.md."""
    from tests.bench.report import measure_alone
    from tests.bench.workbooks_report import REPORT, written

    measure_alone(__doc__, REPORT, lambda is_quick: written(measured(is_quick=is_quick)))


if __name__ == "__main__":
    main()
