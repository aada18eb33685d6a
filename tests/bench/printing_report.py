"""Writes what printing cost as docs/performance-printing.md: the promises first, then every figure."""

from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from tests.bench.printing import Printing
from tests.bench.report import Promise, heading, opening, times_table
from tests.bench.rivals import LIBRARIES

REPORT = Path(__file__).parents[2] / "docs" / "performance-printing.md"


def written(printing: Printing) -> str:
    """Return the whole document."""
    return "\n".join(_lines(printing)) + "\n"


def _lines(printing: Printing) -> Iterator[str]:
    others = [line.split()[0] for line in LIBRARIES.with_suffix(".in").read_text().splitlines()]
    made_with = f"ReportLab {version('reportlab')}; beside it {', '.join(others)}"
    yield from opening("printing", "tests.bench.printing", made_with, "asked", _promises(printing))
    yield from _notes(printing)


def _promises(printing: Printing) -> Iterator[Promise]:
    cards = f"{printing.cards:,} cards"
    yield _faster(printing, f"{cards}, cards a second beside fpdf2", "fpdf2", "program", 1.5)
    for slow, least in (("WeasyPrint", 15), ("LibreOffice", 50)):
        if slow in printing.times:
            what = f"cards a second beside {slow}, of {printing.few:,}"
            yield _faster(printing, what, slow, "program", least, more=printing.cards / printing.few)
    yield _longer(printing, f"{cards}, beside a bare loop", "program", "bare ReportLab loop", 1.3)
    parted = f"{printing.parted:,} cards, two processes beside one"
    yield _faster(printing, parted, "one process", "two processes", 1.6)
    what = f"{printing.notices:,} notices, beside a bare loop"
    yield _longer(printing, what, "notices, program", "notices, bare", 1.5)
    yield Promise("bytes a card beyond the fonts", printing.bytes_a_card / 1024, None, 3, "KB")
    more = printing.peak_mb_of_many / printing.peak_mb
    yield Promise(f"memory for {printing.many:,} cards, beside {printing.cards:,}", more, None, 1.1, "×")


def _longer(printing: Printing, what: str, ours: str, other: str, most: float) -> Promise:
    a, b = printing.times[ours], printing.times[other]
    return Promise(f"{what} (p50)", a.p50 / b.p50, a.processor_p50 / b.processor_p50, most, "×")


def _faster(
    printing: Printing, what: str, slow: str, quick: str, least: float, *, more: float = 1.0
) -> Promise:
    """Say how often the quick one is done while the slow one is done once; it did so many times more."""
    a, b = printing.times[slow], printing.times[quick]
    ratios = more * a.p50 / b.p50, more * a.processor_p50 / b.processor_p50
    return Promise(f"{what} (p50)", *ratios, least, "×", is_at_least=True)


def _notes(printing: Printing) -> Iterator[str]:
    yield from heading(
        "Each run",
        f"{printing.cards:,} cards (A6, 15 fields, rare characters on every tenth) into one file. The program"
        " signs each card (Ed25519), checks every glyph and fit before the first page, makes the codes, and"
        " fingerprints each paper. The others are told every mark with its place, font and size, and the rows"
        " of each code: they only draw. WeasyPrint and LibreOffice take so long that they are given"
        f" {printing.few:,} cards, once; both grow faster than the number of cards. The bare"
        " loop and the program begin with their fonts read, as in a running window. *One"
        " process* and *two processes* print cards that were signed at their issue; two write two files,"
        " their start counted, and the processor's time is that of one of them."
        f" Notices are {printing.notices:,} letters of one to three pages.",
    )
    yield from times_table(printing.times)
    yield ""
    rate = printing.cards / printing.times["program"].p50 * 1000
    yield (
        f"{rate:,.0f} cards a second. A file holds {printing.bytes_a_card / 1024:.2f} KB a card and"
        f" {printing.font_bytes / 1024:,.0f} KB of fonts. Most memory: {printing.peak_mb:.0f} MB for"
        f" {printing.cards:,} cards, {printing.peak_mb_of_many:.0f} MB for {printing.many:,}."
    )
    if "LibreOffice" in printing.missing:
        yield ""
        yield (
            "**LibreOffice was not measured, because it is not installed here**"
            " (`apt-get install libreoffice-writer-nogui`, then run this again)."
        )
