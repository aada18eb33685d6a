"""An office at its command line, and beside it a book that a person could keep with a pencil.

Who was visited, which case stands where and by when: what the program answers is held against the book.
"""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from tests.commands.conftest import Console
from tests.printing.reading import whole_text

PAIR = "赵学军,史国平"
RUNNING = {"ordered", "reported", "failed", "supervised"}
CLOSED = {"closed_out", "consolidating"}


@dataclass(slots=True)
class Case:
    """One case as the book has it."""

    number: int
    whose: int
    stage: str
    due: date
    findings: list[int]


@dataclass(slots=True)
class Book:
    """What somebody would write down with a pencil."""

    visits: list[int] = field(default_factory=list)
    findings: int = 0
    orders: int = 0
    cases: list[Case] = field(default_factory=list)
    registered: set[int] = field(default_factory=set)
    route: dict[int, str] = field(default_factory=dict)
    verified: set[int] = field(default_factory=set)
    forced: set[int] = field(default_factory=set)
    shut: set[int] = field(default_factory=set)
    """Who does not trade today."""

    @property
    def gone(self) -> set[int]:
        return self.verified | self.forced | self.shut

    def late(self, on: date) -> set[int]:
        return {one.number for one in self.cases if one.stage in RUNNING and one.due < on}

    def end(self, whose: int) -> None:
        """Let the open cases of somebody end with the trade; what had passed is still closed out."""
        for case in self.cases:
            if case.whose == whose and case.stage not in {*CLOSED, "passed"}:
                case.stage = "ended"

    def at(self, *stages: str) -> list[Case]:
        return [one for one in self.cases if one.stage in stages]


@dataclass(slots=True)
class Office:
    """The office at its command line, with the book beside it."""

    console: Console
    folder: Path
    everybody: list[dict[str, Any]] = field(default_factory=list)
    book: Book = field(default_factory=Book)
    papers: int = 0

    def say(self, on: date, *words: object) -> Any:
        told = self.console(*words, today=str(on))
        assert told.code == 0, (words, told.err)
        return told.json

    def refused(self, on: date, sentence: str, *words: object) -> None:
        told = self.console(*words, today=str(on))
        assert (told.code, sentence in told.err) == (1, True), told.err

    def kind(self, one: int) -> str:
        return {row["id"]: str(row["kind"]) for row in self.everybody}[one]

    def inspect(
        self, on: date, one: int, *items: str, mode: str = "routine", people: str = PAIR
    ) -> list[int]:
        faults = [word for item in items for word in ("--fail", f"{item}=不符合要求")]
        words = ("inspect", "--id", one, "--on", on, "--inspectors", people, "--mode", mode)
        told = self.say(on, *words, *faults)
        self.book.visits.append(one)
        self.book.findings += len(items)
        return [finding["finding"] for finding in told["findings"]]

    def order(
        self, on: date, one: int, findings: list[int], *until: object, family: str = "township"
    ) -> Case:
        told = self.say(on, "order", "--finding", *findings, *until, "--on", on, "--family", family)
        self.book.orders += 1
        case = Case(told["case"], one, told["stage"], date.fromisoformat(told["due_on"]), findings)
        self.book.cases.append(case)
        return case

    def order_again(self, on: date, case: Case, days: int) -> None:
        told = self.say(on, "order", "--case", case.number, "--within-days", days, "--on", on)
        self.book.orders += 1
        case.stage, case.due = told["stage"], date.fromisoformat(told["due_on"])

    def step(self, on: date, verb: str, case: Case, *words: object) -> None:
        told = self.say(on, verb, "--case", case.number, "--on", on, *words)
        case.stage = told["stage"]
        case.due = date.fromisoformat(told.get("due_on") or str(case.due))

    def reinspect(self, on: date, case: Case, result: str, *words: object) -> None:
        self.step(on, "reinspect", case, "--inspectors", PAIR, "--result", result, *words)

    def force(self, on: date, one: int, reason: str) -> None:
        """Shut somebody down (取缔), and print the record of it."""
        words = ("--forced-on", on, "--reason", reason, "--document", "金政发〔2018〕31号")
        told = self.say(on, "shutdown", "--id", one, *words)
        assert (told["operating_status"], told["paper_status"]) == ("shut_down", "none")
        self.book.shut.discard(one)
        self.book.forced.add(one)
        self.book.end(one)
        assert reason in self.print(on, "shutdown_record", "--id", one)

    def print(self, on: date, paper: str, *words: object) -> str:
        """Print a paper and return what stands on it."""
        self.papers += 1
        target = self.folder / f"{self.papers:03}-{paper}.pdf"
        told = self.say(on, "print", paper, *words, "-o", target)
        assert told["papers"]
        assert told["refused"] == []
        text: str = whole_text(target)
        return text

    def month_ends(self, on: date) -> None:
        """Hold what the program says against the book, and write the tables of the month."""
        running = self.say(on, "overdue", "--within", 500)["rows"]
        told = {row["case"]: (row["stage"], row["due_on"], row["overdue"]) for row in running}
        late = self.book.late(on)
        meant = self.book.at(*RUNNING)
        assert told == {one.number: (one.stage, str(one.due), one.number in late) for one in meant}
        counts = self.say(on, "campaigns", 1)["counts"]
        assert counts == self.counted()
        for what, rows in (
            ("ledger", len(self.everybody)),
            ("papers", len(self.book.registered)),
            ("rectifications", self.book.findings),
        ):
            target = self.folder / f"{what}-{on:%Y-%m}.xlsx"
            words = ("export", what, "--internal", "--reason", "月报", "-o", target)
            assert self.say(on, *words)["rows"] == rows, what
            assert load_workbook(target).worksheets

    def counted(self) -> dict[str, int]:
        """Count slowly what counts towards the campaign; all of it lies in its days."""
        book, known = self.book, [row["id"] for row in self.everybody]
        trading = [one for one in known if one not in book.gone]
        return {
            "total": len(known),
            "covered": len([one for one in known if one in book.visits]),
            "left": len([one for one in trading if one not in book.visits]),
            "visits": len(book.visits),
            "findings": book.findings,
            "orders": book.orders,
            "closed_out": len(book.at(*CLOSED)),
            "open": len(book.cases) - len(book.at(*CLOSED, "ended")),
            "registered": len(book.registered),
            "closed": len(book.verified),
            "shut_down": len(book.forced),
            "undecided": len(
                [one for one in trading if one not in book.registered and one not in book.route]
            ),
        }
