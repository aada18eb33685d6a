"""A batch in several files, each written by a process of its own: for whoever asks for speed."""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from itertools import pairwise
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from printing.batch import BatchRefused, Printed, Progress, RefusedPaper, print_batch
from printing.document import Document
from printing.errors import CannotWrite, PrintError
from printing.fonts import Faces

STEPS_TOGETHER = 20
"""So many steps are told at once: a word from process to process costs more than a card."""


_DIED = "打印到一半停了，什么都没有印出来；请再试一次，或不分文件打印"


@dataclass(frozen=True, slots=True)
class _Part:
    """What one process has come to: a file, or papers that it refused, or why it failed."""

    printed: Printed | None = None
    refused: tuple[RefusedPaper, ...] = ()
    failed: Exception | None = None


@dataclass(frozen=True, slots=True)
class _Order:
    """What one process is asked to print, once it has got ready."""

    facts: list[Any]
    target: Path
    how: dict[str, Any]


def print_parts(
    document: Document[Any],
    facts_list: Sequence[Any],
    targets: Sequence[Path],
    fonts: Path,
    *,
    progress: Progress | None = None,
    skip_refused: bool = False,
    **how: Any,  # noqa: ANN401 - what ``print_batch`` takes besides
) -> tuple[Printed, ...]:
    """Print consecutive parts of a list into the targets, 1–N and N+1–M; all files are there or none.

    Places in the list are counted over all parts. Raises what ``print_batch`` raises, and
    ``BatchRefused`` with the refused papers of all parts together, before any target is touched.
    """
    starts = [len(facts_list) * number // len(targets) for number in range(len(targets) + 1)]
    spans = list(pairwise(starts))
    how["skip_refused"] = skip_refused
    with _folder_beside(targets[0]) as folder:
        orders = [
            _Order(list(facts_list[first:end]), folder / target.name, how)
            for (first, end), target in zip(spans, targets, strict=True)
        ]
        parts = _run(document, fonts, orders, 2 * len(facts_list), progress)
        for failed in (part.failed for part in parts if part.failed is not None):
            raise failed
        refused = tuple(
            replace(paper, index=paper.index + first)
            for (first, _), part in zip(spans, parts, strict=True)
            for paper in (part.refused or (part.printed.refused if part.printed else ()))
        )
        if refused and (not skip_refused or not any(part.printed for part in parts)):
            raise BatchRefused(refused)
        made = [
            (order.target, target)
            for order, target, part in zip(orders, targets, parts, strict=True)
            if part.printed is not None
        ]
        _put_in_place(made, folder)
    return tuple(
        _seen_whole(part.printed, target, first)
        for (first, _), target, part in zip(spans, targets, parts, strict=True)
        if part.printed is not None
    )


def _put_in_place(made: Sequence[tuple[Path, Path]], folder: Path) -> None:
    """Put every file in its place; where one cannot go there, all places are as they were."""
    touched: list[tuple[Path, Path | None]] = []
    try:
        for file, target in made:
            before = target.replace(folder / f"{target.name}.before") if target.is_file() else None
            touched.append((target, before))
            file.replace(target)
    except OSError:
        for target, before in touched:
            if before is not None:
                before.replace(target)
            elif target.is_file():
                target.unlink()
        raise


@contextmanager
def _folder_beside(target: Path) -> Iterator[Path]:
    """Lend a folder next to the target; a process that is ended cannot clear away what it has begun."""
    try:
        folder = TemporaryDirectory(prefix=".", dir=target.parent)
    except OSError as error:
        raise CannotWrite(f"写不进文件夹 {target.parent}，请换个地方或者换个短些的名字保存") from error
    with folder as path:
        yield Path(path)


def _run(
    document: Document[Any], fonts: Path, orders: Sequence[_Order], steps: int, progress: Progress | None
) -> list[_Part]:
    """Let a process work on each order; when one dies or the caller cancels, all are ended."""
    context = get_context("spawn")  # a forked process would share the window's threads and locks
    lines: list[Connection] = []
    processes = []
    try:
        for _ in orders:
            ours, theirs = context.Pipe()
            process = context.Process(target=_print_part, args=(theirs, document, fonts), daemon=True)
            process.start()
            theirs.close()
            lines.append(ours)
            processes.append(process)
        # All processes get ready before the first order is put into words, which takes as long again.
        for line, order in zip(lines, orders, strict=True):
            _tell(line, order)
        return _listen(lines, steps, progress)
    finally:
        for process in processes:
            process.terminate()
            process.join()


def _tell(line: Connection, order: _Order) -> None:
    try:
        line.send(order)
    except OSError as died:
        raise PrintError(_DIED) from died


def _listen(lines: Sequence[Connection], steps: int, progress: Progress | None) -> list[_Part]:
    done: dict[Connection, int] = {}
    parts: dict[Connection, _Part] = {}
    while len(parts) < len(lines):
        ready = wait([line for line in lines if line not in parts])
        for line in (line for line in lines if line in ready):
            try:
                said = line.recv()
            except EOFError as died:
                raise PrintError(_DIED) from died
            if isinstance(said, _Part):
                parts[line] = said
            else:
                done[line] = said
                if progress is not None:
                    progress(sum(done.values()), steps)
    return [parts[line] for line in lines]


def _print_part(says: Connection, document: Document[Any], fonts: Path) -> None:
    """Print the part that is asked for; runs in a process of its own."""
    faces = Faces(fonts)
    _read_fonts(document, faces)  # while the papers are still put into words
    order: _Order = says.recv()
    gc.freeze()  # the papers stay to the end: nobody need look among them for garbage

    def step(done: int, of: int) -> None:
        if done % STEPS_TOGETHER == 0 or done == of:
            says.send(done)

    try:
        printed = print_batch(document, order.facts, order.target, faces, progress=step, **order.how)
        says.send(_Part(printed=printed))
    except BatchRefused as batch:
        says.send(_Part(refused=batch.refused))
    except (PrintError, OSError) as failed:
        says.send(_Part(failed=failed))


def _read_fonts(document: Document[Any], faces: Faces) -> None:
    """Read the fonts that the document's sample needs; what is wrong is said of the papers themselves."""
    with suppress(PrintError, OSError):
        document.check(document.sample, faces)


def _seen_whole(printed: Printed, target: Path, first: int) -> Printed:
    """Return the same in its place, with places counted from the beginning of the whole list."""
    return replace(
        printed,
        file=target,
        papers=tuple((index + first, digest) for index, digest in printed.papers),
        refused=tuple(replace(paper, index=paper.index + first) for paper in printed.refused),
    )
