"""Writes what workbooks cost as docs/performance-workbooks.md: the promises first, then every figure."""

from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from tests.bench.report import Promise, heading, opening, ratio, times_table
from tests.bench.workbooks import REGISTER, Workbooks

REPORT = Path(__file__).parents[2] / "docs" / "performance-workbooks.md"


def written(workbooks: Workbooks) -> str:
    """Return the whole document."""
    return "\n".join(_lines(workbooks)) + "\n"


def _lines(workbooks: Workbooks) -> Iterator[str]:
    made_with = f"python-calamine {version('python-calamine')}, XlsxWriter {version('xlsxwriter')}"
    yield from opening("workbooks", "tests.bench.workbooks", made_with, "at most", _promises(workbooks))
    yield from _import(workbooks)
    yield from _export(workbooks)


def _promises(workbooks: Workbooks) -> Iterator[Promise]:
    ours = workbooks.imports[workbooks.rows]
    what = f"import of {workbooks.rows:,} × 30, beside pandas with openpyxl reading it (p50)"
    yield ratio(what, ours, workbooks.reading, 1)
    few, many = min(workbooks.imports), max(workbooks.imports)
    of_few, of_many = workbooks.imports[few], workbooks.imports[many]
    growth = (of_many.p50 / of_few.p50, of_many.processor_p50 / of_few.processor_p50)
    yield Promise(f"import of {many:,} rows, beside {few:,}", *growth, many / few * 1.1, "×")
    yield ratio(
        f"export of {REGISTER:,} in the official layout, beside openpyxl write-only (p50)",
        workbooks.export,
        workbooks.writing,
        1,
    )
    yield Promise("memory of the export", workbooks.export_mb, None, 80, "MB")


def _import(workbooks: Workbooks) -> Iterator[str]:
    yield from heading(
        "Import",
        f"A ledger of stalls with 30 columns into a register of {REGISTER:,} (SQLite): read in the process"
        " that reads what others sent, whose time is counted, columns guessed, each cell checked, each row"
        " compared with the register and the rows before it, written with search keys and trail, committed."
        " A tenth of the rows is known already. pandas only reads the file.",
    )
    rows = {f"import of {size:,}": times for size, times in workbooks.imports.items()}
    yield from times_table({**rows, f"pandas reads {workbooks.rows:,}": workbooks.reading})
    yield ""
    held = ", ".join(f"{mb:,.0f} MB for {size:,} rows" for size, mb in workbooks.import_mb.items())
    yield f"Most memory beside the reading process: {held}."


def _export(workbooks: Workbooks) -> Iterator[str]:
    yield from heading(
        "Export",
        f"The survey tables of all trades out of a register of {REGISTER:,}: {workbooks.cells:,} cells with"
        " their looks, in the internal version. openpyxl is told the same cells and writes them in its"
        " write-only mode, without any look.",
    )
    yield from times_table({"export": workbooks.export, "openpyxl, write-only": workbooks.writing})
    yield ""
    yield f"The file has {workbooks.file_mb:.1f} MB; most memory {workbooks.export_mb:.0f} MB."
