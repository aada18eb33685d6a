"""What waits for printing, by kind of paper, and how each kind was last put onto the sheet."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace

from desktop.domain.profile import Profile
from desktop.services.papers.papers import Order, PaperRow, Sheet, Wanted
from desktop.views.kit.table_source import Remembered

PER_PAGE = (1, 2, 4, 8)
STEP_MM = 0.1
MOST_MM = 20.0

Offsets = Mapping[tuple[str, str], tuple[float, float]]
"""How far in mm to the right and down, by printer and paper."""


@dataclass(frozen=True, slots=True)
class PrintJob:
    """Papers of one title that go into one file; ``is_again`` needs a reason."""

    key: str
    title: str
    code: str
    note: str
    numbers: tuple[str, ...]
    is_again: bool = False

    def wanted(self) -> Wanted:
        return Wanted(self.code, numbers=self.numbers)

    def joined(self, number: str) -> "PrintJob":
        """Return the same job with one paper more."""
        return replace(self, numbers=tuple(dict.fromkeys((*self.numbers, number))))


@dataclass(frozen=True, slots=True)
class Setting:
    """How a kind of paper is put onto the sheet at this desk."""

    per_page: int
    printer: str = ""
    right_mm: float = 0.0
    down_mm: float = 0.0
    onto_preprinted: bool = False
    on_both_sides: bool = False
    by_village: bool = False
    in_two_files: bool = False

    def sheet(self) -> Sheet:
        return Sheet(
            per_page=self.per_page,
            offset_mm=(self.right_mm, self.down_mm),
            onto_preprinted=self.onto_preprinted,
            on_both_sides=self.on_both_sides,
            files=2 if self.in_two_files else 1,
        )

    def ordered(self, wanted: Wanted) -> Wanted:
        """Return what is wanted in the order of this setting."""
        return replace(wanted, order=Order.VILLAGE if self.by_village else Order.NUMBER)


def jobs_of(rows: Iterable[PaperRow], profile: Profile) -> tuple[PrintJob, ...]:
    """Return what has never been printed, one job for each title."""
    waiting: dict[str, list[PaperRow]] = {}
    for row in rows:
        waiting.setdefault(row.kind, []).append(row)
    return tuple(
        PrintJob(
            key=kind,
            title=profile.trade(kind).paper.title,
            code=profile.trade(kind).paper.code,
            note=_days([row.issued_on.isoformat() for row in papers]),
            numbers=tuple(sorted(row.number for row in papers)),
        )
        for kind, papers in waiting.items()
    )


def again(row: PaperRow, profile: Profile) -> PrintJob:
    """Return the job of printing a paper that may have been printed before."""
    rule = profile.trade(row.kind).paper
    return PrintJob(
        f"again/{row.kind}", f"补打：{rule.title}", rule.code, "须写明原因", (row.number,), is_again=True
    )


def recall(job: PrintJob, remembered: Remembered, offsets: Offsets) -> Setting:
    """Return how this kind was printed last; cards lie four to a sheet at first, certificates alone.

    What is off belongs to the printer, not to who prints.
    """
    kept = remembered.get(f"print/{job.code}")
    setting = Setting(**json.loads(kept)) if kept else Setting(4 if job.code == "card" else 1)
    right, down = offsets.get((setting.printer, job.code), (0.0, 0.0))
    return replace(setting, right_mm=right, down_mm=down)


def remember(job: PrintJob, setting: Setting, remembered: Remembered) -> None:
    """Keep how this person prints this kind."""
    remembered.set(f"print/{job.code}", json.dumps(asdict(replace(setting, right_mm=0.0, down_mm=0.0))))


def _days(days: list[str]) -> str:
    first, last = min(days), max(days)
    return f"{first} 发" if first == last else f"{first} 至 {last} 发"
