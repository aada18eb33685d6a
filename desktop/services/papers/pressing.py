"""Lets printing write the files of one batch, and says what went wrong in the words of the office."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from desktop.errors import EnvironmentFailedError, UserError, words_of
from desktop.services.papers.print_orders import PrintedPaper, PrintOutcome, RefusedPaper, Sheet

if TYPE_CHECKING:
    from printing import batch
    from printing.document import Document

Progress = Callable[[int, int], None]


class PrintJob(Protocol):
    """A paper on its way into a file, as its list knows it."""

    @property
    def establishment_id(self) -> int: ...

    @property
    def number(self) -> str: ...

    @property
    def copy(self) -> int: ...


@dataclass(frozen=True, slots=True)
class PressedPaper:
    """A paper that was drawn: its place in the list, its digest, its file and the file's digest."""

    index: int
    digest: str
    file: Path
    file_sha256: str


@dataclass(frozen=True, slots=True)
class Pressed:
    """What a batch came to; without papers nothing was drawn and no file is there."""

    pages: int
    papers: tuple[PressedPaper, ...]
    refused: "tuple[batch.RefusedPaper, ...]"

    @property
    def files(self) -> tuple[Path, ...]:
        return tuple(dict.fromkeys(paper.file for paper in self.papers))

    @contextmanager
    def kept_if_logged(self) -> Iterator[None]:
        """Take the files away again where the block fails: no page may lie about that is in no log."""
        try:
            yield
        except BaseException:
            for file in self.files:
                file.unlink(missing_ok=True)
            raise


def lacks_reason(jobs: Sequence[PrintJob], reason: str) -> str:
    """Say that something would be printed a second time without a word why; nothing where it is not so."""
    again = [job.number for job in jobs if job.copy > 1]
    if not again or reason.strip():
        return ""
    return f"有 {len(again)} 份以前打印过（如 {again[0]}），再打须写明原因（--reason），什么都没有打印"


def stopped(refused: Sequence[RefusedPaper], unexplained: str) -> PrintOutcome:
    """Say why nothing is printed, all of it together; a missing reason concerns no single paper."""
    if unexplained:
        others = "；".join(dict.fromkeys(f"{one.number}：{one.reason}" for one in refused))
        raise UserError(f"{unexplained}。另外，这些打不了：{others}" if others else unexplained)
    return PrintOutcome("", 0, (), tuple(refused))


def require_folder(target: Path) -> None:
    """Refuse a file in a folder that is not there, before anything is read or drawn for it."""
    if not target.parent.is_dir():
        raise UserError(f"文件夹 {target.parent} 不存在，请先建好或另选一处保存")


def press(
    document: "Document[Any]",
    facts: Sequence[Any],
    target: Path,
    fonts: Path,
    sheet: Sheet,
    *,
    skip_refused: bool,
    progress: Progress | None = None,
) -> Pressed:
    """Draw papers into the target, or into as many files beside it as the sheet wants."""
    from printing.batch import BatchRefused, print_batch  # ReportLab is slow to load
    from printing.fonts import Faces
    from printing.parts import print_parts

    targets = _targets(target, min(sheet.files, len(facts)))
    how: dict[str, Any] = {
        "per_page": sheet.per_page,
        "offset_mm": sheet.offset_mm,
        "onto_preprinted": sheet.onto_preprinted,
        "on_both_sides": sheet.on_both_sides,
        "skip_refused": skip_refused,
        "progress": progress,
    }
    try:
        with said_by_the_office():
            if len(targets) > 1:
                done = print_parts(document, facts, targets, fonts, **how)
            else:
                done = (print_batch(document, facts, target, Faces(fonts), **how),)
    except BatchRefused as batch:
        return Pressed(0, (), batch.refused)
    except OSError as failed:
        raise EnvironmentFailedError(
            f"文件 {target} 写不进去（{words_of(failed)}），什么都没有打印；请检查磁盘和文件夹权限"
        ) from failed
    return Pressed(
        pages=sum(printed.pages for printed in done),
        papers=tuple(
            PressedPaper(index, digest, printed.file, printed.sha256)
            for printed in done
            for index, digest in printed.papers
        ),
        refused=tuple(paper for printed in done for paper in printed.refused),
    )


def examine(
    document: "Document[Any]", facts: Sequence[Any], jobs: Sequence[PrintJob], fonts: Path, sheet: Sheet
) -> tuple[RefusedPaper, ...]:
    """Return what could not be drawn of papers that are not printed now, for a reason of others."""
    from printing.batch import check_batch  # ReportLab is slow to load
    from printing.fonts import Faces

    with said_by_the_office():
        refused = check_batch(
            document,
            facts,
            Faces(fonts),
            per_page=sheet.per_page,
            offset_mm=sheet.offset_mm,
            onto_preprinted=sheet.onto_preprinted,
        )
    return refusals(Pressed(0, (), refused), jobs)


@contextmanager
def said_by_the_office() -> Iterator[None]:
    """Turn what printing refuses into a refusal of this office."""
    from printing.batch import BatchRefused
    from printing.errors import CannotWrite, FontMissing, PrintError

    try:
        yield
    except BatchRefused:
        raise
    except (FontMissing, CannotWrite) as failed:
        cause = failed.__cause__
        why = f"（{words_of(cause)}）" if isinstance(cause, OSError) else ""
        raise EnvironmentFailedError(f"{failed}{why}") from failed
    except PrintError as wrong:
        raise UserError(str(wrong)) from wrong


def outcome_of(
    pressed: Pressed, jobs: Sequence[PrintJob], refused: Sequence[RefusedPaper] = ()
) -> PrintOutcome:
    """Say of a batch what its list of jobs knows; ``refused`` were kept back before it was drawn."""
    files = tuple(map(str, pressed.files))
    return PrintOutcome(
        file=files[0] if files else "",
        pages=pressed.pages,
        papers=tuple(PrintedPaper(jobs[one.index].number, jobs[one.index].copy) for one in pressed.papers),
        refused=(*refused, *refusals(pressed, jobs)),
        files=files,
    )


def refusals(pressed: Pressed, jobs: Sequence[PrintJob]) -> tuple[RefusedPaper, ...]:
    """Name each paper that could not be drawn, once for each of its reasons."""
    return tuple(
        RefusedPaper(
            id=jobs[paper.index].establishment_id,
            number=jobs[paper.index].number,
            code=str(reason.code),
            reason=reason.sentence,
            characters=tuple(reason.characters),
        )
        for paper in pressed.refused
        for reason in paper.reasons
    )


def _targets(target: Path, files: int) -> list[Path]:
    """Name the files: one as asked for, several as ``cards-1.pdf``, ``cards-2.pdf``."""
    if files < 2:
        return [target]
    return [target.with_stem(f"{target.stem}-{number}") for number in range(1, files + 1)]
