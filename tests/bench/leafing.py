"""How fast the register gives a page: the first, one far down, sorted, filtered."""

from functools import partial
from random import Random

from desktop.domain.lifecycle import Stage
from desktop.services.register.establishments import Establishments
from desktop.services.register.leafing import Filters, Outline, Sort
from desktop.views.kit.table_model import AHEAD, PAGE
from tests.bench.timing import Times, Work, interleaved
from tests.offices import TestOffice
from tests.outlines import outlined

READ = (AHEAD + 1) * PAGE

FILTERS = {
    "all": Filters(),
    "one trade": Filters(kinds=("stall",)),
    "one village": Filters(village_ids=(3,)),
    "one village and trade": Filters(village_ids=(3,), kinds=("stall",)),
    "three villages": Filters(village_ids=(2, 3, 7)),
    "three villages and two trades": Filters(village_ids=(2, 3, 7), kinds=("stall", "eatery")),
    "unregistered": Filters(statuses=("unregistered",)),
    "paper expired": Filters(statuses=("expired",)),
    "paper expired or expiring": Filters(statuses=("expired", "expiring")),
    "rectification ordered": Filters(stages=(Stage.ORDERED,)),
    "two characters of a name": Filters(search="桂芳"),
}


def pages(desk: TestOffice, runs: int, *, chance: Random) -> dict[str, Times]:
    """Ask for rows as the table does, each list with what the table knows of it by then.

    Before its first page that is how long the list is, before a page far down it is the outline.
    """
    service = Establishments(desk.office)
    works: dict[str, list[Work]] = {}
    for sort in Sort:
        outline = outlined(service, Filters(), by=desk.clerk, sort=sort)
        ask = partial(service.page, Filters(), by=desk.clerk, sort=sort, limit=READ)
        works[f"first page by {sort}"] = [partial(ask, outline=Outline(outline.total))] * runs
        works[f"random page by {sort}"] = [
            partial(ask, offset=_anywhere(outline.total, chance), outline=outline) for _ in range(runs)
        ]
    outline = outlined(service, Filters(), by=desk.clerk, sort=Sort.NAME, is_descending=True)
    works["random page by name, descending"] = [
        partial(
            service.page, Filters(), by=desk.clerk, sort=Sort.NAME, is_descending=True, limit=READ,
            offset=_anywhere(outline.total, chance), outline=outline,
        )
        for _ in range(runs)
    ]  # fmt: skip
    for name, filters in FILTERS.items():
        counted = Outline(service.count(filters, by=desk.clerk))
        ask = partial(service.page, filters, by=desk.clerk, limit=READ, outline=counted)
        works[f"first page of {name}"] = [ask] * runs
        works[f"first page of {name}, by name"] = [partial(ask, sort=Sort.NAME)] * runs
        outline = outlined(service, filters, by=desk.clerk, sort=Sort.NAME)
        works[f"random page of {name}, by name"] = [
            partial(ask, sort=Sort.NAME, offset=_anywhere(outline.total, chance), outline=outline)
            for _ in range(runs)
        ]
    return interleaved(works, chance=chance)


def counts(desk: TestOffice, runs: int, *, chance: Random) -> dict[str, Times]:
    """Ask how long lists are, and where their far pages begin; the table does so after its first page."""
    service = Establishments(desk.office)
    works: dict[str, list[Work]] = {}
    for name, filters in FILTERS.items():
        works[f"count of {name}"] = [partial(service.count, filters, by=desk.clerk)] * runs
    for sort in Sort:
        works[f"outline by {sort}"] = [partial(outlined, service, Filters(), by=desk.clerk, sort=sort)] * runs
    return interleaved(works, chance=chance)


def _anywhere(total: int, chance: Random) -> int:
    """Return where a page far down begins."""
    return chance.randrange(0, max(total - PAGE, 1), PAGE)
