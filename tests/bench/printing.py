"""Prints cards and notices by the program and by others, in turn: python -m tests.bench.printing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from desktop.paths import Assets
from printing.fonts import Faces
from tests.bench import rivals
from tests.bench.cards import Cards
from tests.bench.processes import Run, ours, run
from tests.bench.rivals import libreoffice_cards
from tests.bench.rivals.told import tell
from tests.bench.timing import Times, times_of

HERE = Path(__file__).parent / "rivals"


@dataclass(frozen=True, slots=True)
class Printing:
    """What printing cost; each file is written by a fresh process, whose own start is not counted."""

    cards: int
    few: int
    many: int
    parted: int
    notices: int
    times: Mapping[str, Times]
    bytes_a_card: float
    font_bytes: int
    peak_mb: float
    peak_mb_of_many: float
    missing: Sequence[str]


def prints(*, cards: int, many: int, parted: int, notices: int, runs: int) -> Printing:
    """Print in turn by the program and by each other; what takes a second a card prints a tenth, once."""
    with TemporaryDirectory() as folder:
        here = Path(folder)
        told, told_few, few = here / "told.json", here / "told-few.json", cards // 10
        for file, count in ((told, cards), (told_few, few)):
            tell(Cards(0, count), Faces(Assets.found().fonts), file)
        often: dict[str, Callable[[], Run]] = {
            "program": lambda: ours("print_cards", "program", 0, cards, here / "program.pdf"),
            "bare ReportLab loop": lambda: ours("print_cards", "bare", 0, cards, here / "bare.pdf"),
            "fpdf2": lambda: run([rivals.python(), HERE / "fpdf2_cards.py", told, here / "fpdf2.pdf"]),
            "one process": lambda: ours("print_cards", "one", 0, parted, here / "one.pdf"),
            "two processes": lambda: ours("print_cards", "two", 0, parted, here / "two.pdf"),
            "notices, program": lambda: ours("notices", "program", notices, here / "notices.pdf"),
            "notices, bare": lambda: ours("notices", "bare", notices, here / "bare-notices.pdf"),
        }
        once: dict[str, Callable[[], Run]] = {
            "WeasyPrint": lambda: run(
                [rivals.python(), HERE / "weasyprint_cards.py", told_few, here / "weasyprint.pdf"]
            )
        }
        missing = [] if libreoffice_cards.is_here() else ["LibreOffice"]
        if not missing:
            once["LibreOffice"] = lambda: ours("rivals.libreoffice_cards", told_few, here / "libreoffice.pdf")
        spent: dict[str, list[Run]] = {name: [] for name in (*often, *once)}
        for turn in range(runs):
            for name, work in {**often, **(once if turn == 0 else {})}.items():
                spent[name].append(work())
        half = ours("print_cards", "program", 0, cards // 2, here / "half.pdf")
        whole = (here / "program.pdf").stat().st_size
        a_card = (whole - (here / "half.pdf").stat().st_size) / (cards - cards // 2)
        of_many = ours("print_cards", "program", 0, many, here / "many.pdf")
    return Printing(
        cards=cards,
        few=few,
        many=many,
        parted=parted,
        notices=notices,
        times={name: times_of(run[:2] for run in of_one) for name, of_one in spent.items()},
        bytes_a_card=a_card,
        font_bytes=round(whole - a_card * cards),
        peak_mb=max(run[2] for run in (*spent["program"], half)),
        peak_mb_of_many=of_many[2],
        missing=missing,
    )


def measured(*, is_quick: bool) -> Printing:
    """Return what is promised at its size, or a few runs of a few."""
    if is_quick:
        return prints(cards=200, many=400, parted=400, notices=50, runs=1)
    return prints(cards=1_000, many=20_000, parted=5_000, notices=500, runs=5)


def main() -> None:
    """Print, and write docs/performance-printing.md."""
    from tests.bench.printing_report import REPORT, written
    from tests.bench.report import measure_alone

    measure_alone(__doc__, REPORT, lambda is_quick: written(measured(is_quick=is_quick)))


if __name__ == "__main__":
    main()
