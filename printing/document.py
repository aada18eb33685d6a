"""What every printed paper states: its code, its sheet, its samples and its drawing."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, fields, is_dataclass
from hashlib import sha256
from json import dumps
from typing import Generic, TypeVar

from printing.errors import Reason
from printing.fonts import Faces
from printing.geometry import Sheet
from printing.layout import Layout
from printing.page import Page

F = TypeVar("F")


@dataclass(frozen=True, slots=True)
class Document(Generic[F]):
    """One paper.

    ``draw`` draws the facts; ``background`` what a pre-printed blank already carries, the same for
    all papers with one ``background_key``. A paper without ``background`` may run over several
    pages and is never laid several to a sheet. ``laid_out`` returns the same paper in another layout.
    A list of many has ``set_row``, which sets one of its ``rows``: a bad one is told from the others.
    """

    code: str
    title: str
    sheet: Sheet
    sample: F
    longest: F
    draw: Callable[[Page, F], None]
    background: Callable[[Page, F], None] | None = None
    background_key: Callable[[F], Hashable] | None = None
    layout: object = None
    set_row: Callable[[Page, F, int], object] | None = None
    laid_out: "Callable[[Layout], Document[F]] | None" = None

    def check(self, facts: F, faces: Faces, *, scale: float = 1.0) -> tuple[Reason, ...]:
        """Return all that stops this paper: it is drawn once on a page that only measures."""
        behind = self.check_background(facts, faces, scale=scale)
        return tuple(dict.fromkeys((*behind, *self.check_facts(facts, faces, scale=scale))))

    def check_background(self, facts: F, faces: Faces, *, scale: float = 1.0) -> tuple[Reason, ...]:
        """Return what stops every paper with the same ``background_key``."""
        page = Page(faces, self.sheet, None, scale=scale)
        if self.background is not None:
            self.background(page, facts)
        return tuple(page.reasons)

    def check_facts(self, facts: F, faces: Faces, *, scale: float = 1.0) -> tuple[Reason, ...]:
        """Return what stops this paper whatever lies behind its facts."""
        page = Page(faces, self.sheet, None, scale=scale)
        self.draw(page, facts)
        return tuple(page.reasons)

    def refused_rows(self, facts: F, faces: Faces, rows: int) -> dict[int, tuple[Reason, ...]]:
        """Return which of the rows of a list cannot stand on it, and why; other papers have none."""
        refused = {}
        for index in range(rows if self.set_row is not None else 0):
            page = Page(faces, self.sheet, None)
            assert self.set_row is not None  # else there are no rows
            self.set_row(page, facts, index)
            if page.reasons:
                refused[index] = tuple(dict.fromkeys(page.reasons))
        return refused

    def pages(self, facts: F, faces: Faces) -> int:
        """Return how many pages this paper takes."""
        page = Page(faces, self.sheet, None)
        self.draw(page, facts)
        return page.number

    def digest(self, facts: F) -> str:
        """Return the SHA-256 of the facts and the layout: what this very paper says and looks like."""
        return self.digests()(facts)

    def digests(self) -> Callable[[F], str]:
        """Return what gives the digests of many papers, which share their code, sheet and layout."""
        shared = sha256(f"{_said([self.code, self.sheet, self.layout])[:-1]}, ".encode())

        def of(facts: F) -> str:
            whole = shared.copy()
            whole.update(f"{_said(facts)}]".encode())
            return whole.hexdigest()

        return of


def _said(thing: object) -> str:
    return dumps(thing, ensure_ascii=False, sort_keys=True, default=_plain)


def _plain(thing: object) -> object:
    if is_dataclass(thing) and not isinstance(thing, type):
        return {field.name: getattr(thing, field.name) for field in fields(thing)}
    return str(thing)
