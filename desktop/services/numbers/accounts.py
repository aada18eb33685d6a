"""Accounts for every serial of every sequence: issued, marked, set aside; what is left over is a gap."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from desktop.domain.ledger import NumberState
from desktop.domain.lifecycle import PaperStatus
from desktop.models.ledger import NumberMark, NumberRange
from desktop.models.registration import Paper, Serial


@dataclass(frozen=True, slots=True)
class Account:
    """How the serials of one sequence add up: ``last`` is all of the others together."""

    scope: str
    last: int
    issued: int
    void: int
    reserved: int
    marked: Mapping[NumberState, int]
    highest: int

    @property
    def gaps(self) -> int:
        """How many serials have neither paper nor word."""
        return self.last - self.issued - self.void - self.reserved - sum(self.marked.values())


def read_accounts(session: Session) -> tuple[Account, ...]:
    """Return the account of each sequence that ever gave, or set aside, a number of a paper."""
    counters: dict[str, int] = {one.scope: one.last for one in session.scalars(select(Serial))}
    papers = _papers(session)
    marks = _marks(session)
    reserved = _reserved(session)
    scopes = sorted(papers.keys() | marks.keys() | reserved.keys())
    return tuple(
        Account(
            scope=scope,
            last=counters.get(scope, 0),
            issued=papers.get(scope, (0, 0, 0))[0],
            void=papers.get(scope, (0, 0, 0))[1],
            reserved=reserved.get(scope, 0),
            marked=marks.get(scope, {}),
            highest=papers.get(scope, (0, 0, 0))[2],
        )
        for scope in scopes
    )


def _papers(session: Session) -> dict[str, tuple[int, int, int]]:
    """Count serials with a paper; a number of several editions counts once, void where its last one is."""
    numbers = (
        select(
            Paper.scope,
            Paper.serial,
            func.max(case((Paper.status == PaperStatus.VOID, 1), else_=0)).label("is_void"),
        )
        .where(Paper.serial.is_not(None))
        .group_by(Paper.scope, Paper.serial)
        .subquery()
    )
    query = select(
        numbers.c.scope, func.count(), func.sum(numbers.c.is_void), func.max(numbers.c.serial)
    ).group_by(numbers.c.scope)
    return {
        scope: (count - int(void), int(void), highest)
        for scope, count, void, highest in session.execute(query)
    }


def _marks(session: Session) -> dict[str, dict[NumberState, int]]:
    query = select(NumberMark.scope, NumberMark.mark, func.count()).group_by(
        NumberMark.scope, NumberMark.mark
    )
    found: dict[str, dict[NumberState, int]] = {}
    for scope, mark, count in session.execute(query):
        found.setdefault(scope, {})[NumberState(mark)] = count
    return found


def _reserved(session: Session) -> dict[str, int]:
    """Count what was set aside and is still open: neither issued nor marked nor returned."""
    found: dict[str, int] = {}
    for one in session.scalars(select(NumberRange)):
        found.setdefault(one.scope, 0)
        if one.returned_on is None:
            used = taken_in_range(session, one)
            found[one.scope] += one.last - one.first + 1 - len(used)
    return found


def taken_in_range(session: Session, one: NumberRange) -> frozenset[int]:
    """Return the serials of a range that have a paper or a mark by now."""
    papers = select(Paper.serial).where(Paper.scope == one.scope, Paper.serial.between(one.first, one.last))
    marks = select(NumberMark.serial).where(
        NumberMark.scope == one.scope, NumberMark.serial.between(one.first, one.last)
    )
    found = {*session.scalars(papers), *session.scalars(marks)}
    return frozenset(serial for serial in found if serial is not None)
