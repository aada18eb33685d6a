"""Writes what was measured as docs/performance.md: the promises first, then every figure."""

import os
import platform
from argparse import ArgumentParser
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path

from desktop.clock import SystemClock
from tests.bench.leafing import READ
from tests.bench.timing import Times
from tests.bench.windows import Opening

Named = Mapping[str, Times]


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything one run has measured; services by database and size, the table by size."""

    day: date
    load: float
    bare: Opening
    program: Opening
    search: Mapping[str, Named]
    pages: Mapping[str, Named]
    counts: Mapping[str, Named]
    table: Mapping[int, Named]
    wall: Named
    planning: Named


@dataclass(frozen=True, slots=True)
class Promise:
    """What was promised, the most (or the least) it may be, and what was measured by both clocks."""

    what: str
    measured: float
    processor: float | None
    most: float
    unit: str
    is_at_least: bool = False

    @property
    def line(self) -> str:
        processor = "" if self.processor is None else f"{self.processor:.2f} {self.unit}"
        clock = f"{self.measured:.2f} {self.unit}"
        sign = "≥" if self.is_at_least else "≤"
        return f"| {self.what} | {sign} {self.most:g} {self.unit} | {clock} | {processor} | {self.verdict} |"

    @property
    def verdict(self) -> str:
        if self._keeps(self.measured):
            return "kept"
        if self.processor is not None and self._keeps(self.processor):
            return "kept by the processor, not by the clock"
        return "**missed**"

    def _keeps(self, figure: float) -> bool:
        return figure >= self.most if self.is_at_least else figure <= self.most


def opening(
    subject: str, module: str, made_with: str, asked: str, promises: Iterable[Promise]
) -> Iterator[str]:
    """Begin a document about what is run in fresh processes: where, with what, and what was promised."""
    yield f"# Speed and size of {subject}"
    yield ""
    yield f"Written by `make bench` (`python -m {module}`); nothing here is asserted by the suite."
    yield ""
    yield f"* {SystemClock().today().isoformat()}; {machine()}"
    yield f"* {made_with}"
    yield (
        f"* Load of the machine when the run ended: {os.getloadavg()[0]:.1f}. The clock counts whatever else"
        " runs, the processor's own times do not; all kinds are run in turn, each in a fresh process."
    )
    yield ""
    yield f"| promise | {asked} | by the clock | processor | |"
    yield "|---|--:|--:|--:|---|"
    for promise in promises:
        yield promise.line


def measure_alone(words: str | None, report: Path, measure: Callable[[bool], str]) -> None:
    """Run one of the benches from the command line: write its report, or with ``--quick`` only show it."""
    asked = ArgumentParser(description=words)
    asked.add_argument("--quick", action="store_true", help="few runs of little; writes nothing")
    is_quick = asked.parse_args().quick
    text = measure(is_quick)
    print(text)
    if not is_quick:
        report.write_text(text, encoding="utf-8")


def written(figures: Figures) -> str:
    """Return the whole document."""
    return "\n".join(_lines(figures)) + "\n"


def _lines(figures: Figures) -> Iterator[str]:
    yield "# Speed and size"
    yield ""
    yield "Written by `make bench` (`python -m tests.bench`); nothing here is asserted by the suite."
    yield ""
    yield f"* {figures.day.isoformat()}; {machine()}"
    yield (
        f"* {platform.python_implementation()} {platform.python_version()}, PySide6"
        f" {version('PySide6-Essentials')},"
        f" SQLAlchemy {version('sqlalchemy')}, ReportLab {version('reportlab')}"
    )
    yield (
        f"* Load of the machine when the run began: {figures.load:.1f} on {os.cpu_count()} cores."
        " Whatever else"
        " runs counts in the times by the clock; the processor's own times (in the second pair of"
        " columns) are"
        " those of the asking thread alone, for the table and the windows of the whole process. Kinds of"
        " questions"
        " are asked in one mixed order, windows and prints in turn."
    )
    yield ""
    yield "| promise | at most | by the clock | processor | |"
    yield "|---|--:|--:|--:|---|"
    for promise in _promises(figures):
        yield promise.line
    yield from _window(figures)
    yield from _services(figures)
    yield from _table(figures)
    yield from _wall(figures)
    yield from _planning(figures)
    yield ""
    yield (
        "Printing is measured in [performance-printing.md](performance-printing.md), workbooks in"
        " [performance-workbooks.md](performance-workbooks.md)."
    )


def _promises(figures: Figures) -> Iterator[Promise]:
    bare, program = figures.bare.complete, figures.program
    yield ratio("window usable, beside a bare one (p50)", program.usable, bare, 2)
    yield Promise("memory of the open window", program.memory_mb, None, 250, "MB")
    for where, kinds in figures.search.items():
        yield _slowest(f"search keystroke, slowest kind ({where}; p95)", kinds, "", 5)
    for size, kinds in figures.table.items():
        yield _slowest(f"table, first paint, slowest list ({size:,}; p95)", kinds, "first paint", 100)
        yield _slowest(f"table, random jump until drawn ({size:,}; p95)", kinds, "jump:", 16)
    for where, kinds in figures.pages.items():
        yield _slowest(f"random page in the service, slowest order ({where}; p95)", kinds, "random page", 16)

    yield _slowest(
        "wall, first page of a column, slowest (100,000 cases; p95)", figures.wall, "first page", 50
    )


def _slowest(what: str, kinds: Named, beginning: str, most: float) -> Promise:
    several = [times for name, times in kinds.items() if name.startswith(beginning)]
    clock, processor = max(t.p95 for t in several), max(t.processor_p95 for t in several)
    # A server's work is on no thread of ours: there only the clock tells.
    return Promise(what, clock, None if "PostgreSQL" in what else processor, most, "ms")


def _window(figures: Figures) -> Iterator[str]:
    yield from heading(
        "The window",
        "From the start of the process on a register of 100,000: *painted* is the first picture of the"
        " frame with"
        " its first place, *usable* when a letter typed at that picture stands in it, *filled* when all"
        " numbers and"
        " lists of the place are there and drawn. The bare window imports PySide6 and SQLAlchemy, loads the"
        " same"
        " fonts and shows 100 rows.",
    )
    yield from times_table(
        {
            "bare window": figures.bare.complete,
            "program, painted": figures.program.painted,
            "program, usable": figures.program.usable,
            "program, filled": figures.program.complete,
        }
    )
    yield ""
    yield (
        f"Memory (resident): bare {figures.bare.memory_mb:.0f} MB; the program after its first place, the"
        " register"
        f" and jumps through all of it {figures.program.memory_mb:.0f} MB."
    )


def _services(figures: Figures) -> Iterator[str]:
    yield from heading("Search, one keystroke", "`Establishments.find`, typed of establishments anywhere.")
    yield from _by_place(figures.search)
    yield from heading(
        f"Pages of {READ} rows",
        "`Establishments.page`; first pages with the length of the list, random ones with its outline, as the"
        " table asks.",
    )
    yield from _by_place(figures.pages)
    yield from heading("Counts and outlines", "Asked once for a list, on the working thread.")
    yield from _by_place(figures.counts)


def _table(figures: Figures) -> Iterator[str]:
    yield from heading(
        "The table of the register",
        "The real table with its columns, 1200 × 640, drawn without a screen: from the question (or from the"
        " scroll bar's move) until the rows are drawn. A list is outlined when it has stood for a moment;"
        " a jump at once is one before that.",
    )
    for size, kinds in figures.table.items():
        yield f"### {size:,}"
        yield ""
        yield from times_table(dict(sorted(kinds.items())))
        yield ""


def _wall(figures: Figures) -> Iterator[str]:
    yield from heading(
        "The wall",
        "A case for each of 100,000 establishments, every fifth open (SQLite). A page has 30 cards with their"
        " findings, papers and inspectors; a board is the first page of every column with the counts of all.",
    )
    yield from times_table(figures.wall)


def _planning(figures: Figures) -> Iterator[str]:
    yield from heading(
        "Plans, campaigns, draws, visits",
        "On the same register, with a plan of the year, a campaign about everybody and a draw. Levels of risk"
        " are worked out for all 100,000 at each question; nothing is kept between them.",
    )
    yield from times_table(figures.planning)


def ratio(what: str, ours: Times, bare: Times, most: float) -> Promise:
    """Return what ours may take of another's time."""
    return Promise(what, ours.p50 / bare.p50, ours.processor_p50 / bare.processor_p50, most, "×")


def heading(title: str, text: str) -> Iterator[str]:
    """Yield a heading with what is below it."""
    yield ""
    yield f"## {title}"
    yield ""
    yield text
    yield ""


def _by_place(places: Mapping[str, Named]) -> Iterator[str]:
    for where, kinds in places.items():
        yield f"### {where}"
        yield ""
        yield from times_table(kinds)
        yield ""


def times_table(kinds: Named) -> Iterator[str]:
    """Yield a table of times."""
    yield "| ms | p50 | p95 | processor p50 | processor p95 | runs |"
    yield "|---|--:|--:|--:|--:|--:|"
    for name, times in kinds.items():
        figures = (times.p50, times.p95, times.processor_p50, times.processor_p95)
        said = " | ".join(f"{figure:,.2f}" for figure in figures)
        yield f"| {name} | {said} | {len(times.milliseconds)} |"


def machine() -> str:
    """Return what this ran on."""
    processors = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    model = next((line.split(":")[1].strip() for line in processors if line.startswith("model name")), "")
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    system = f"{platform.system()} {platform.release()}"
    return f"{model or platform.machine()}, {os.cpu_count()} cores, {memory:.0f} GB, {system}"
