"""Different papers of one sheet in one file: each piece says which paper it is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from printing.catalogue import documents
from printing.document import Document
from printing.geometry import A4
from printing.page import Page


@dataclass(frozen=True, slots=True)
class Piece:
    """One paper of the file: its code and the facts that its own document draws."""

    code: str
    facts: Any


class MixedDocument(Document[Piece]):
    """A file of several kinds of paper; each keeps the digest that it has when printed alone."""

    def digests(self) -> Callable[[Piece], str]:
        of = {code: document.digests() for code, document in documents().items()}
        return lambda piece: of[piece.code](piece.facts)


def mixed() -> Document[Piece]:
    """Return what draws papers of several kinds, all of them on A4, into one file."""
    code, some = next((code, one) for code, one in documents().items() if one.sheet == A4)
    piece = Piece(code, some.sample)
    return MixedDocument("mixed", "文书", A4, piece, piece, _draw)


def _draw(page: Page, piece: Piece) -> None:
    documents()[piece.code].draw(page, piece.facts)
