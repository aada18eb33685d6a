"""What is to be printed, how it lies on the sheet, and what printing it came to."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from desktop.domain.lifecycle import PaperStatus
from desktop.domain.profile import Profile

COPIES = {
    "certificate_duplicate": ("certificate",),
    "card_small": ("card",),
    "display_sheet": ("certificate", "card"),
}
"""Whose facts are printed on what stands beside a certificate or card."""

_POCKET, _EIGHT = {"card": "card_small"}, 8


class Order(StrEnum):
    """In which order papers lie in the file."""

    NUMBER = "number"
    VILLAGE = "village"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which papers to print: by number, by establishment, by day of issue, or all not yet printed.

    ``village_id`` narrows the choice to one village; ``is_blank`` wants the form to be filled in by hand,
    where a record has one.
    """

    code: str
    numbers: tuple[str, ...] = ()
    ids: tuple[int, ...] = ()
    issued_on: date | None = None
    is_unprinted: bool = False
    village_id: int | None = None
    is_blank: bool = False
    order: Order = Order.NUMBER


@dataclass(frozen=True, slots=True)
class Sheet:
    """How they are put onto the sheet."""

    per_page: int = 1
    offset_mm: tuple[float, float] = (0.0, 0.0)
    onto_preprinted: bool = False
    on_both_sides: bool = False
    files: int = 1  # more than one is written by as many processes at once
    blanks_from: str = ""  # the printed serial of the first blank; each paper uses the next one


def drawn_as(code: str, sheet: Sheet) -> str:
    """Return in which form a paper is drawn: eight cards to a sheet of A4 are pocket cards (A7) in full size.

    A6 would have to shrink below what can be read and scanned. It stays the card in the log, copy and all.
    """
    return _POCKET.get(code, code) if sheet.per_page == _EIGHT else code


@dataclass(frozen=True, slots=True)
class PrintedPaper:
    """A paper that stands in the file, and which copy of it that is."""

    number: str
    copy: int


@dataclass(frozen=True, slots=True)
class RefusedPaper:
    """A paper that cannot be printed, for one reason."""

    id: int
    number: str
    code: str
    reason: str
    characters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PrintOutcome:
    """What printing came to; with ``file`` empty nothing was printed and nothing was logged.

    ``file`` is the first of ``files``.
    """

    file: str
    pages: int
    papers: tuple[PrintedPaper, ...]
    refused: tuple[RefusedPaper, ...]
    files: tuple[str, ...] = ()


def not_living(establishment_id: int, number: str, status: PaperStatus) -> RefusedPaper:
    """Return the refusal of a paper that no longer stands, with what may be done instead."""
    if status is PaperStatus.REPLACED:
        said = f"{number} 这一张已换发或补发，不能再打印；请打印新的一张"
    else:
        said = f"{number} 已{status.label}，不能再打印，也不能补发、延续；仍在经营的请按新申请办理登记"
    return RefusedPaper(establishment_id, number, "not_living", said, ())


def with_way_out(
    refused: Sequence[RefusedPaper], code: str, profile: Profile, *, in_pocket_size: bool = False
) -> tuple[RefusedPaper, ...]:
    """Say of what was frozen at issue that mending the record is not enough: it takes an amendment.

    What fits no pocket card may fit the card of full size.
    """
    amend = "证卡的内容发证时已定：先把档案改好，再办变更，打印新的一张"
    way_out = f"请一页印 4 张（A6 原大）试试；也印不下的，{amend}" if in_pocket_size else amend
    originals = COPIES.get(code, (code,))
    trades = [trade.paper for trade in profile.trades if trade.paper.code in originals]
    frozen = tuple(f"“{row.label}”" for paper in trades for row in paper.rows)
    return tuple(
        replace(one, reason=f"{one.reason}。{way_out}") if frozen and one.reason.startswith(frozen) else one
        for one in refused
    )
