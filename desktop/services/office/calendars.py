"""The years of workdays: which are known and from where, and how an office loads the next one."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from desktop.domain.act import Actor
from desktop.domain.strict_toml import WrongFile
from desktop.domain.workdays import Calendar, YearTable, parse_year, shipped_years
from desktop.errors import UserError, words_of
from desktop.services.office.own_files import put
from desktop.services.open_office import OpenOffice
from desktop.services.rights import Right, require

TOPIC = "calendar"
_MOST_BYTES = 100_000


@dataclass(frozen=True, slots=True)
class YearRow:
    """A loaded year: where it comes from, how it differs from plain weeks, and whose it is."""

    year: int
    source: str
    days_off: int
    working_weekends: int
    is_own: bool


class Calendars:
    """The tables that ship with the program, and the office's own in its data folder, which win."""

    def __init__(self, office: OpenOffice, folder: Path) -> None:
        self.office = office
        self.folder = folder

    def years(self, *, by: Actor) -> tuple[YearRow, ...]:
        """Return all years that are known, the newest first."""
        require(by, Right.SEE)
        own = {table.year for table in own_years(self.folder)}
        tables = {table.year: table for table in self._tables()}
        return tuple(_row(tables[year], is_own=year in own) for year in sorted(tables, reverse=True))

    def calendar(self) -> Calendar:
        """Return the calendar as the files say it now; whoever opens the office anew works with it."""
        return Calendar.of(self._tables())

    def load(self, path: Path, *, by: Actor) -> YearRow:
        """Take in the file of one year; a wrong one is refused with its line and nothing is changed."""
        require(by, Right.CALENDAR)
        content = _read(path)
        table = _parse(content, path.name)
        target = self.folder / f"{table.year}.toml"
        before = target.read_bytes() if target.exists() else None
        with self.office.db.writing(self.office.act(by, "calendar.load")) as session:
            session.trail.note("YearTable", table.year, _changes(before, target.name, table))
            session.trail.topics.add(TOPIC)
            # Last in the block: a file that cannot be written takes its line in the trail back with it.
            # A byte order mark from Notepad stays outside: the reader at the start does not take one.
            put(target, content.decode("utf-8-sig").encode())
        return _row(table, is_own=True)

    def _tables(self) -> Iterable[YearTable]:
        return (*shipped_years(), *own_years(self.folder))


def own_years(folder: Path) -> tuple[YearTable, ...]:
    """Return the office's own year tables; a damaged one is refused with its file and line."""
    if not folder.is_dir():
        return ()
    return tuple(_parse(_read(path), path.name) for path in sorted(folder.glob("*.toml")))


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise UserError(f"{path.name} 太大，不像一年的放假安排；请选 年份.toml 文件")
        return path.read_bytes()
    except OSError as failed:
        raise UserError(f"{path.name} 打不开（{words_of(failed)}）；请确认文件还在、可以读") from failed


def _parse(content: bytes, name: str) -> YearTable:
    try:
        return parse_year(content.decode("utf-8-sig"), name)
    except UnicodeDecodeError as wrong:
        line = content[: wrong.start].count(b"\n") + 1
        raise UserError(f"{name} 第 {line} 行不是 UTF-8，请另存为 UTF-8 编码再装入") from wrong
    except WrongFile as wrong:
        raise UserError(str(wrong)) from wrong


def _changes(before: bytes | None, name: str, table: YearTable) -> dict[str, object]:
    replaced = _parse(before, name) if before is not None else None
    return {
        "source": [replaced.source if replaced else None, table.source],
        "days_off": [len(replaced.days_off) if replaced else None, len(table.days_off)],
        "working_weekends": [
            len(replaced.working_weekends) if replaced else None,
            len(table.working_weekends),
        ],
    }


def _row(table: YearTable, *, is_own: bool) -> YearRow:
    return YearRow(table.year, table.source, len(table.days_off), len(table.working_weekends), is_own)
