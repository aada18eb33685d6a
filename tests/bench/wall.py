"""How fast the wall of a busy county is: a case for each of 100,000 establishments, every fifth open."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random
from shutil import copyfile
from tempfile import TemporaryDirectory

from sqlalchemy import delete, insert

from desktop.domain.lifecycle import Stage
from desktop.domain.wall import Column, WallFilters
from desktop.models.base import Base
from desktop.models.rectification import (
    Finding,
    Inspection,
    RectificationCase,
    RectificationOrder,
    RectificationStep,
)
from desktop.services.rectification.wall import Wall
from tests.bench.big_register import Row
from tests.bench.timing import Times, Work, interleaved
from tests.offices import TODAY, TestOffice, open_made_office

OPEN_EACH = 5
_OPEN = tuple(stage for stage in Stage if stage.is_open)
_DUE = {stage for stage in _OPEN if stage.has_running_deadline}
_MOMENT = datetime(2018, 6, 8, tzinfo=UTC)
_ENTERED = {"entered_at": _MOMENT, "entered_by": "bench"}
_WALLS = {
    "all": WallFilters(),
    "one village": WallFilters(village_ids=(3,)),
    "one trade": WallFilters(kinds=("stall",)),
    "one inspector": WallFilters(inspectors=("史国平",)),
    "one item": WallFilters(items=("S05",)),
}


@contextmanager
def busy(register: Path, count: int) -> Iterator[TestOffice]:
    """Open a copy of a register in which each establishment has had something to put right."""
    with TemporaryDirectory() as folder:
        desk = open_made_office(Path(copyfile(register, Path(folder) / "register.db")))
        with desk.office.db.connection() as connection:
            connection.exec_driver_sql("BEGIN")
            connection.execute(delete(RectificationCase))
            for mapped, rows in _tables(count).items():
                connection.execute(insert(mapped), rows)
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("ANALYZE")
        yield desk
        desk.office.db.close()


def walls(desk: TestOffice, runs: int, *, chance: Random) -> dict[str, Times]:
    """Ask for the first page of each column, filtered and not, and for the whole board as the window does."""
    wall = Wall(desk.office)
    works: dict[str, list[Work]] = {}
    for name, filters in _WALLS.items():
        for column in Column:
            ask = partial(wall.cards, replace(filters, column=column), by=desk.clerk)
            works[f"first page, {column.label}, {name}"] = [ask] * runs
        works[f"board with its counts, {name}"] = [partial(wall.board, filters, by=desk.clerk)] * runs
    return interleaved(works, chance=chance)


def _tables(count: int) -> Mapping[type[Base], list[Row]]:
    numbers = range(1, count + 1)
    return {
        Inspection: [_inspection(number) for number in numbers],
        RectificationCase: [_case(number) for number in numbers],
        Finding: [_finding(number) for number in numbers],
        RectificationOrder: [_order(number) for number in numbers],
        RectificationStep: [_step(number) for number in numbers if _stage(number) is Stage.PASSED],
    }


def _stage(number: int) -> Stage:
    return _OPEN[number // OPEN_EACH % len(_OPEN)] if number % OPEN_EACH == 0 else Stage.CLOSED_OUT


def _case(number: int) -> Row:
    stage = _stage(number)
    due_on = TODAY + timedelta(days=number % 61 - 30)
    return {
        "id": number,
        "establishment_id": number,
        "stage": stage,
        "family": "township",
        "is_starred": number % 3 == 0,
        "due_on": due_on if stage in _DUE or not stage.is_open else None,
        "closed_out_on": None if stage.is_open else TODAY - timedelta(days=number % 300),
        "version": 1,
        **_ENTERED,
    }


def _inspection(number: int) -> Row:
    return {
        "id": number,
        "establishment_id": number,
        "inspected_on": TODAY - timedelta(days=number % 90),
        "mode": "routine",
        "inspectors": ["赵学军", "史国平"],
        "not_applicable": [],
        **dict.fromkeys(("refusal_reason", "witness", "late_reason", "late_approved_by"), ""),
        "signature": "unknown",
        **_ENTERED,
    }


def _finding(number: int) -> Row:
    return {
        "id": number,
        "establishment_id": number,
        "inspection_id": number,
        "case_id": number,
        "item": f"S{number % 12 + 1:02}",
        "text": "原料与成品混放",
        "is_starred": number % 3 == 0,
        "found_on": TODAY - timedelta(days=number % 90),
        "is_corrected": False,
        "version": 1,
        **_ENTERED,
    }


def _order(number: int) -> Row:
    return {
        "id": number,
        "case_id": number,
        "number": f"金城食安改〔2018〕{number}号",
        "family": "township",
        "ordered_on": TODAY - timedelta(days=30),
        "within_days": 15,
        "within_workdays": None,
        "due_on": TODAY,
        "party": {},
        **_ENTERED,
    }


def _step(number: int) -> Row:
    return {
        "id": number,
        "case_id": number,
        "step": "reinspected",
        "stage": Stage.PASSED,
        "done_on": TODAY,
        "people": ["赵学军", "史国平"],
        "result": "good",
        "unmet": [],
        **dict.fromkeys(("note", "number", "addressee"), ""),
        **_ENTERED,
    }
