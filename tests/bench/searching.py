"""How fast the place search answers a keystroke."""

from collections.abc import Callable, Iterator
from functools import partial
from random import Random

from sqlalchemy import select

from desktop.domain.pinyin import initials
from desktop.models.establishment import Establishment
from desktop.services.register.establishments import Establishments
from tests.bench.timing import Times, Work, interleaved
from tests.offices import TestOffice

KINDS: dict[str, Callable[[Establishment], str]] = {
    "first character of a name": lambda one: (one.name or "")[:1],
    "whole name of the operator": lambda one: one.operator_name,
    "two characters inside a name": lambda one: (one.name or "")[1:3],
    "two initials": lambda one: initials(one.name or "")[1:3],
    "four initials": lambda one: initials(one.name or "")[:4],
    "start of a phone number": lambda one: (one.phone or "")[:4],
    "tail of a phone number": lambda one: (one.phone or "")[-4:],
    "tail of an identity number": lambda one: (one.operator_id_number or "")[-4:],
    "two digits": lambda one: (one.phone or "")[-2:],
    "nothing there": lambda one: one.operator_name + "一二",
}


def keystrokes(desk: TestOffice, count: int, runs: int, *, chance: Random) -> dict[str, Times]:
    """Ask what people type of establishments anywhere in the register."""
    found = list(_some(desk, count, runs, chance))
    service = Establishments(desk.office)
    works: dict[str, list[Work]] = {
        kind: [partial(service.find, typed(one), by=desk.clerk) for one in found]
        for kind, typed in KINDS.items()
    }
    assert all(
        service.find(typed(found[0]), by=desk.clerk) or kind == "nothing there"
        for kind, typed in KINDS.items()
    )
    return interleaved(works, chance=chance)


def _some(desk: TestOffice, count: int, wanted: int, chance: Random) -> Iterator[Establishment]:
    ids = chance.sample(range(1, count + 1), wanted)
    with desk.office.db.reading() as session:
        for record in session.scalars(select(Establishment).where(Establishment.id.in_(ids))):
            session.expunge(record)
            yield record
