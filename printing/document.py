"""What every printed paper states: its code, its sheet, its samples and its drawing."""

from collections.abc import Callable, Hashable
from dataclasses import asdict, dataclass, is_dataclass
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
    laid_out: "Callable[[Layout], Document[F]] | None" = None

    def check(self, facts: F, faces: Faces, *, scale: float = 1.0) -> tuple[Reason, ...]:
        """Return all that stops this paper: it is drawn once on a page that only measures."""
        page = Page(faces, self.sheet, None, scale=scale)
        if self.background is not None:
            self.background(page, facts)
        self.draw(page, facts)
        return tuple(page.reasons)

    def pages(self, facts: F, faces: Faces) -> int:
        """Return how many pages this paper takes."""
        page = Page(faces, self.sheet, None)
        self.draw(page, facts)
        return page.number

    def digest(self, facts: F) -> str:
        """Return the SHA-256 of the facts and the layout: what this very paper says and looks like."""
        content = [self.code, _plain(self.sheet), _plain(self.layout), _plain(facts)]
        return sha256(dumps(content, ensure_ascii=False, sort_keys=True, default=str).encode()).hexdigest()


def _plain(thing: object) -> object:
    return asdict(thing) if is_dataclass(thing) and not isinstance(thing, type) else thing
