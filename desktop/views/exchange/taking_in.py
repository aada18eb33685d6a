"""What the jobs of this place do with files, away from the main thread.

A workbook of the exchange that was made here is merged; any other one is a ledger and is imported.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.domain.mending import Mend
from desktop.errors import UserError, words_of
from desktop.services.exchange.answers import MergeAnswer
from desktop.services.exchange.books import MadeBook
from desktop.services.exchange.months import other_side
from desktop.services.imports.answers import FileAnswer, ImportAnswer
from desktop.services.office.villages import VillageRow
from desktop.views.exchange.desk import ExchangeDesk


@dataclass(frozen=True, slots=True)
class Looked:
    """What taking in came to; of workbooks of the exchange also what merging them came to."""

    answer: ImportAnswer
    merge: MergeAnswer | None = None


@dataclass(frozen=True, slots=True)
class SaidOfFiles:
    """What a person said while looking files over: cells that were mended, columns that are others."""

    mends: tuple[Mend, ...]
    columns: Mapping[str, Mapping[str, str]]


def take_in(
    desk: ExchangeDesk,
    files: Sequence[Path],
    kind: str | None,
    village: VillageRow | None,
    said: SaidOfFiles,
    *,
    is_dry_run: bool,
) -> Looked:
    """Take workbooks in, the good rows of them; a file that cannot be read is refused by its name."""
    try:
        books = [file for file in files if desk.merges.is_book(file)]
        if books and len(books) < len(files):
            names = "、".join(file.name for file in books)
            raise UserError(f"{names} 是月度交换表，别的是村里自己的台账；请分两次拖进来")
        if books:
            merge = desk.merges.merge(
                files, by=desk.actor, is_dry_run=is_dry_run, good_rows_only=True, mends=said.mends
            )
            return Looked(merge.review, merge)
        answer = desk.imports.take_in(
            files,
            by=desk.actor,
            kind=kind,
            village=village,
            is_dry_run=is_dry_run,
            good_rows_only=True,
            mends=said.mends,
            columns=said.columns,
        )
        return Looked(answer)
    except OSError as failed:
        name = Path(failed.filename or "").name or "台账"
        raise UserError(
            f"{name} 打不开（{words_of(failed)}）；请确认文件还在，没有被别的程序占用"
        ) from failed


def mark_problems(desk: ExchangeDesk, pairs: Iterable[tuple[Path, FileAnswer]]) -> tuple[Path, ...]:
    """Write a copy of each workbook that has problems, each of them marked in its cell."""
    targets = []
    try:
        desk.exports.mkdir(parents=True, exist_ok=True)
        for file, answer in pairs:
            if answer.problems or answer.duplicates:
                target = _free(desk.exports / f"{file.stem}-问题标注.xlsx")
                desk.imports.mark(file, answer, target)
                targets.append(target)
    except OSError as failed:
        raise UserError(
            f"标注的表存不下来（{words_of(failed)}）；请看磁盘是否已满、文件夹是否可写"
        ) from failed
    return tuple(targets)


def make_books(
    desk: ExchangeDesk, whose: Sequence[VillageRow | None], step: Callable[[int, int], None]
) -> tuple[MadeBook, ...]:
    """Make this month's workbooks in one folder, of no village the county's; none is overwritten."""
    county = f"{desk.profile.township}（报{other_side(desk.profile, None)}）"
    folder = desk.exports / f"交换表{desk.clock.today():%Y-%m}"
    made = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for place, village in enumerate(whose):
            step(place, len(whose))
            name = village.name if village is not None else county
            made.append(desk.books.make(village, _free(folder / f"{name}.xlsx"), by=desk.actor))
    except OSError as failed:
        raise UserError(
            f"交换表存不下来（{words_of(failed)}）；请看磁盘是否已满、{folder} 是否可写"
        ) from failed
    return tuple(made)


def _free(wanted: Path) -> Path:
    """Return the path, or the next with a number: what somebody works on is never overwritten."""
    number, free = 1, wanted
    while free.exists():
        number += 1
        free = wanted.with_stem(f"{wanted.stem}-{number}")
    return free
