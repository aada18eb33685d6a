"""Many papers into one file: all checked before the first page, and a file that is whole or not there."""

import os
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from hashlib import file_digest
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Generic, TypeVar

from reportlab.pdfgen.canvas import Canvas

from printing.document import Document
from printing.errors import CannotWrite, PrintError, Reason, Refused
from printing.flat_canvas import FlatCanvas
from printing.fonts import FONTS_IN_USE, Face, Faces
from printing.geometry import A6_LANDSCAPE, MM, Box
from printing.impose import PER_PAGE, Imposition, draw_cut_marks, impose
from printing.ink import InkPage
from printing.layout import LEAST_SIZE, Layout, label_of
from printing.page import Page

F = TypeVar("F")
Progress = Callable[[int, int], None]

MOST_OFFSET = 20.0


@dataclass(frozen=True, slots=True)
class RefusedPaper:
    """A paper that was not printed: its place in the list and all its reasons."""

    index: int
    reasons: tuple[Reason, ...]


class BatchRefused(Refused):
    """Nothing was printed, because of these papers."""

    def __init__(self, refused: tuple[RefusedPaper, ...]) -> None:
        self.refused = refused
        super().__init__(reason for paper in refused for reason in paper.reasons)


@dataclass(frozen=True, slots=True)
class Printed:
    """A file as it was written; ``papers`` pairs each printed place in the list with its digest."""

    file: Path
    pages: int
    papers: tuple[tuple[int, str], ...]
    refused: tuple[RefusedPaper, ...]
    sha256: str


def print_batch(
    document: Document[F],
    facts_list: Sequence[F],
    target: Path,
    faces: Faces,
    *,
    per_page: int = 1,
    offset_mm: tuple[float, float] = (0.0, 0.0),
    onto_preprinted: bool = False,
    on_both_sides: bool = False,
    skip_refused: bool = False,
    title: str = "",
    progress: Progress | None = None,
) -> Printed:
    """Check every paper, then write one PDF beside the target and put it in place.

    Raises ``BatchRefused`` before the first page unless ``skip_refused``. The offset moves all marks
    right and down. For a printer that prints ``on_both_sides``, an empty page keeps the next paper (or
    the next sheet of several) off the back of the one before. The facts are asked for one by one, twice:
    a list that makes them then holds none. ``progress`` hears how many of how many steps are done and
    may raise to cancel.
    """
    imposition = imposition_of(document, per_page, offset_mm, onto_preprinted=onto_preprinted)
    if any(offset_mm):
        _refuse_ink_beyond(document, facts_list, faces, imposition, offset_mm, on_blank=onto_preprinted)
    steps = _Steps(2 * len(facts_list), progress)
    refused = _refused(document, facts_list, faces, imposition.scale, steps)
    if refused and (not skip_refused or len(refused) == len(facts_list)):
        raise BatchRefused(refused)
    if not facts_list:
        raise PrintError("没有要打印的证卡")
    left_out = {paper.index for paper in refused}
    chosen = [index for index in range(len(facts_list)) if index not in left_out]
    press = _Press(
        document,
        imposition,
        faces,
        offset_mm,
        onto_preprinted=onto_preprinted,
        on_both_sides=on_both_sides,
    )
    with _Beside(target) as beside:
        drawn = (facts_list[index] for index in chosen)
        pages, digests = press.write(beside, drawn, title or document.title, steps)
        digest = _file_digest(beside)
        beside.replace(target)
    return Printed(target, pages, tuple(zip(chosen, digests, strict=True)), refused, digest)


def check_batch(
    document: Document[F],
    facts_list: Sequence[F],
    faces: Faces,
    *,
    per_page: int = 1,
    offset_mm: tuple[float, float] = (0.0, 0.0),
    onto_preprinted: bool = False,
) -> tuple[RefusedPaper, ...]:
    """Return what ``print_batch`` would refuse, without writing anything."""
    imposition = imposition_of(document, per_page, offset_mm, onto_preprinted=onto_preprinted)
    return _refused(document, facts_list, faces, imposition.scale, _Steps(len(facts_list), None))


class _Steps:
    """Counts what is done and says so."""

    def __init__(self, total: int, progress: Progress | None) -> None:
        self.done = 0
        self.total = total
        self.progress = progress

    def one(self) -> None:
        self.done += 1
        if self.progress is not None:
            self.progress(self.done, self.total)


class _Press(Generic[F]):
    """Draws checked papers onto the pages of one file."""

    def __init__(
        self,
        document: Document[F],
        imposition: Imposition,
        faces: Faces,
        offset_mm: tuple[float, float],
        *,
        onto_preprinted: bool,
        on_both_sides: bool,
    ) -> None:
        self.document = document
        self.imposition = imposition
        self.faces = faces
        self.offset_mm = offset_mm
        self.onto_preprinted = onto_preprinted
        self.on_both_sides = on_both_sides
        self._backgrounds: dict[Hashable, str] = {}

    def write(self, path: Path, papers: Iterator[F], title: str, steps: _Steps) -> tuple[int, list[str]]:
        """Write the file; return its number of pages, and the digest of each paper."""
        sheet = self.imposition.sheet
        canvas = FlatCanvas(
            path,
            pagesize=(sheet.width * MM, sheet.height * MM),
            invariant=1,
            pageCompression=1,
            initialFontName=self.faces.font_name(Face.SONG),
            lang="zh-CN",
        )
        canvas.setTitle(title)
        for name_of in (canvas.setAuthor, canvas.setSubject, canvas.setCreator, canvas.setProducer):
            name_of("")
        with closing(canvas):
            pages, digest = 0, self.document.digests()
            digests: list[str] = []
            while together := list(islice(papers, len(self.imposition.places))):
                if self.on_both_sides and pages % 2:
                    canvas.showPage()
                    pages += 1
                pages += self._sheet(canvas, together, steps)
                digests += map(digest, together)
            with FONTS_IN_USE:
                canvas.save()
        return pages, digests

    def _sheet(self, canvas: Canvas, papers: Sequence[F], steps: _Steps) -> int:
        taken = 1
        if len(self.imposition.places) > 1:
            draw_cut_marks(Page(self.faces, self.imposition.sheet, canvas), self.imposition)
        for place, facts in zip(self.imposition.places, papers, strict=False):
            taken = self._paper(canvas, place, facts)
            steps.one()
        canvas.showPage()
        return taken

    def _paper(self, canvas: Canvas, place: Box, facts: F) -> int:
        background = None if self.onto_preprinted else self._background(canvas, facts)
        page = Page(
            self.faces,
            self.document.sheet,
            canvas,
            scale=self.imposition.scale,
            onto_preprinted=self.onto_preprinted,
        )
        left = place.x + self.offset_mm[0]
        bottom = self.imposition.sheet.height - place.bottom - self.offset_mm[1]
        with page.lying_at(left, bottom):
            if background is not None:
                canvas.doForm(background)
            self.document.draw(page, facts)
        return page.number

    def _background(self, canvas: Canvas, facts: F) -> str | None:
        """Return the name of the form that holds what papers of one kind have in common."""
        document = self.document
        if document.background is None or document.background_key is None:
            return None
        key = document.background_key(facts)
        if key not in self._backgrounds:
            name = f"background{len(self._backgrounds) + 1}"
            sheet = document.sheet
            canvas.beginForm(name, 0, 0, sheet.width * MM, sheet.height * MM)
            document.background(Page(self.faces, sheet, canvas, scale=self.imposition.scale), facts)
            canvas.endForm()
            self._backgrounds[key] = name
        return self._backgrounds[key]


class _Beside:
    """A new file next to the target, readable as the target would be, and gone when its block fails."""

    def __init__(self, target: Path) -> None:
        self.path = target.with_name(f".{target.name}.{os.getpid()}")

    def __enter__(self) -> Path:
        try:
            self.path.write_bytes(b"")
        except OSError as error:
            raise CannotWrite(f"写不进文件夹 {self.path.parent}，请换个地方或者换个短些的名字保存") from error
        return self.path

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.path.unlink(missing_ok=True)


def imposition_of(
    document: Document[F], per_page: int, offset_mm: tuple[float, float], *, onto_preprinted: bool
) -> Imposition:
    """Return how papers lie on the sheet; what cannot lie so, or would lie beyond it, is refused."""
    if not all(abs(part) <= MOST_OFFSET for part in offset_mm):  # so that what is no number is refused too
        raise PrintError(
            f"偏移最多 {MOST_OFFSET:g} 毫米，现在是 {offset_mm[0]:g}、{offset_mm[1]:g}，请重新测量"
        )
    imposition = impose(document.sheet, per_page)
    if onto_preprinted and document.background is None:
        raise PrintError(f"{document.title}没有预印的底版，不能套打")
    if per_page > 1 and document.background is None:
        raise PrintError(f"{document.title}一页只能印一张，请把每页张数改成 1")
    if isinstance(document.layout, Layout):
        _refuse_too_small(document, document.layout, imposition)
        _refuse_beyond(document.layout, imposition, offset_mm)
    return imposition


def _refuse_too_small(document: Document[F], layout: Layout, imposition: Imposition) -> None:
    """Refuse so many on a sheet that the smallest type of a paper could not be read any more."""
    name, size = layout.smallest()
    if imposition.scale == 1.0 or size * imposition.scale >= LEAST_SIZE:
        return
    whole = max(count for count in PER_PAGE if impose(document.sheet, count).scale == 1.0)
    smaller = "，或者改印 A7 小卡（原大，一页可以 8 张）" if document.sheet == A6_LANDSCAPE else ""
    raise PrintError(
        f"{document.title}一页 {len(imposition.places)} 张要缩到 {imposition.scale:.0%}，"
        f"“{label_of(name)}”只剩 {size * imposition.scale:.1f} 磅，看不清；"
        f"请一页印 {whole} 张（原大）{smaller}"
    )


def _refuse_beyond(layout: Layout, imposition: Imposition, offset_mm: tuple[float, float]) -> None:
    """Refuse an offset that pushes a field that is filled in beyond the sheet."""
    for name, box in layout.filled():
        if not _lies_on_sheet(box, imposition, offset_mm):
            raise PrintError(
                f"偏移右 {offset_mm[0]:g}、下 {offset_mm[1]:g} 毫米把“{label_of(name)}”推出了纸边"
                f"（{imposition.sheet.label}），请改小偏移，或在版式里移动这一项"
            )


def _refuse_ink_beyond(
    document: Document[F],
    facts_list: Sequence[F],
    faces: Faces,
    imposition: Imposition,
    offset_mm: tuple[float, float],
    *,
    on_blank: bool,
) -> None:
    """Refuse an offset that pushes any mark beyond the sheet, be it words, lines or a frame."""
    behind: set[Hashable] = set()
    for facts in facts_list:
        page = InkPage(faces, document.sheet)
        document.draw(page, facts)
        if document.background is not None and document.background_key is not None and not on_blank:
            key = document.background_key(facts)
            if key not in behind:
                document.background(page, facts)
                behind.add(key)
        if page.ink is not None and not _lies_on_sheet(page.ink, imposition, offset_mm):
            raise PrintError(
                f"偏移右 {offset_mm[0]:g}、下 {offset_mm[1]:g} 毫米把“{document.title}”的内容推出了纸边"
                f"（{imposition.sheet.label}），请改小偏移"
            )


def _lies_on_sheet(box: Box, imposition: Imposition, offset_mm: tuple[float, float]) -> bool:
    """Say whether a box of a paper, moved by an offset, stays on the sheet in each of its places."""
    sheet, scale = imposition.sheet, imposition.scale
    for place in imposition.places:
        left, top = place.x + box.x * scale + offset_mm[0], place.y + box.y * scale + offset_mm[1]
        right, bottom = left + box.width * scale, top + box.height * scale
        if left < 0 or top < 0 or right > sheet.width or bottom > sheet.height:
            return False
    return True


def _refused(
    document: Document[F], facts_list: Sequence[F], faces: Faces, scale: float, steps: _Steps
) -> tuple[RefusedPaper, ...]:
    refused = []
    behind: dict[Hashable, tuple[Reason, ...]] = {}
    for index, facts in enumerate(facts_list):
        key = document.background_key(facts) if document.background_key is not None else None
        if key not in behind:
            behind[key] = document.check_background(facts, faces, scale=scale)
        reasons = behind[key] + document.check_facts(facts, faces, scale=scale)
        if reasons:
            refused.append(RefusedPaper(index, tuple(dict.fromkeys(reasons))))
        steps.one()
    return tuple(refused)


def _file_digest(path: Path) -> str:
    with path.open("r+b") as file:
        os.fsync(file.fileno())
        return file_digest(file, "sha256").hexdigest()
