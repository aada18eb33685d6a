"""Promise 9: of 2,000 mutated workbooks none crashes or hangs what reads it, and none comes in by halves."""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from random import Random
from uuid import uuid4
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import load_workbook
from sqlalchemy import func, select

from desktop.domain.act import Actor
from desktop.errors import UserError
from desktop.models.establishment import Establishment
from desktop.models.register import Base
from desktop.services.exchange.books import ExchangeBooks
from desktop.services.exchange.merging import ExchangeMerges
from desktop.services.imports.answers import ImportAnswer
from desktop.services.imports.imports import Imports
from desktop.services.imports.writing import Taken
from desktop.services.office.villages import Villages, villages_of
from desktop.services.survey.surveys import Surveys
from desktop.sheets.cells import SheetCells
from desktop.sheets.ledger import Wanted
from desktop.sheets.untrusted import WorkbookReader
from tests.offices import LEDGERS, TestOffice, reader

PARTS, TRIES, WHOLE = 8, 250, 10
"""Eight times 250 workbooks; each tenth goes all the way into the register."""

BOOK = "后阳村.xlsx"
CUT_OFF = "秒还没有读完"

pytestmark = [
    pytest.mark.proof,
    pytest.mark.timeout(300),
    pytest.mark.parametrize("place", ["sqlite"], indirect=True),
]

ODD_CELLS = (
    b'<c r="%s" t="b"><v>1</v></c>',
    b'<c r="%s" t="e"><v>#REF!</v></c>',
    b'<c r="%s" t="s"><v>999999</v></c>',
    b'<c r="%s" t="s"><v>-1</v></c>',
    b'<c r="%s" t="d"><v>2018-13-45</v></c>',
    b'<c r="%s" t="inlineStr"><is><t>=1+1</t></is></c>',
    b'<c r="%s" t="inlineStr"><is/></c>',
    b'<c r="%s" t="nonsense"><v>x</v></c>',
    b'<c r="%s" s="9999"><v>43000</v></c>',
    b'<c r="%s"><v>1E308</v></c>',
    b'<c r="%s"><v>-99999999999</v></c>',
    b'<c r="%s"><v>NaN</v></c>',
    b'<c r="%s"><f>A1+WEBSERVICE("http://x")</f><v>3</v></c>',
    b'<c r="%s"><f t="shared" si="0"/></c>',
    b'<c r="%s" t="str"><v>&#xD800;</v></c>',
    b'<c r="%s" t="inlineStr"><is><t>' + b"\xe9\x95\xbf" * 40_000 + b"</t></is></c>",
    b'<c r="">%s</c>',
)
JUNK = (
    b"", b"\0", b"<", b">", b"&", b"&amp", b"\xff\xfe", b'"', b"/>", b"<a>", b"</row>", b"<!--", b"]]>",
    b"<!DOCTYPE x>", b"-1", b"99999999999", b"1048577", b"1e9", "长".encode() * 300, b"\r", b",", b";", b"\t",
)  # fmt: skip


def flipped(content: bytes, chance: Random) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.choice((1, 1, 3, 20))):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def cut(content: bytes, chance: Random) -> bytes:
    first, last = sorted((chance.randrange(len(content)), chance.randrange(len(content))))
    return content[:last] if chance.random() < 0.5 else content[:first] + content[last:]


def sprinkled(content: bytes, chance: Random) -> bytes:
    for _ in range(chance.randint(1, 4)):
        start = chance.randrange(len(content) + 1)
        content = content[:start] + chance.choice(JUNK) + content[start + chance.choice((0, 0, 1, 9)) :]
    return content


def repacked(content: bytes, chance: Random, change: Callable[[str, bytes], bytes | None]) -> bytes:
    """Change one part of a package; ``None`` takes it away."""
    kept = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(kept, "w", ZIP_DEFLATED) as new:
        names = old.namelist()
        sheets = [name for name in names if "worksheets/sheet" in name]
        chosen = chance.choice(sheets if chance.random() < 0.5 else names)
        for name in names:
            part = change(name, old.read(name)) if name == chosen else old.read(name)
            if part is not None:
                new.writestr(name, part)
    return kept.getvalue()


def damaged_markup(content: bytes, chance: Random) -> bytes:
    return repacked(content, chance, lambda _, part: chance.choice((flipped, cut, sprinkled))(part, chance))


def without_part(content: bytes, chance: Random) -> bytes:
    return repacked(content, chance, lambda *_: chance.choice((None, b"")))


def emptied(content: bytes, chance: Random) -> bytes:
    rows = re.compile(rb"<row\b.*?</row>", re.DOTALL)
    return repacked(content, chance, lambda _, part: rows.sub(b"", part, chance.choice((0, 1, 5))))


def odd_cells(content: bytes, chance: Random) -> bytes:
    def another(found: re.Match[bytes]) -> bytes:
        return chance.choice(ODD_CELLS) % found[1] if chance.random() < 0.1 else found[0]

    cell = re.compile(rb'<c r="([A-Z]+\d+)"[^>]*?(?:/>|>.*?</c>)', re.DOTALL)
    return repacked(content, chance, lambda _, part: cell.sub(another, part))


ANY = (flipped, cut, sprinkled)
OF_PACKAGES = (*ANY, damaged_markup, damaged_markup, without_part, emptied, odd_cells, odd_cells)


def mutated(sources: list[tuple[str, bytes]], seed: int) -> tuple[str, bytes]:
    chance = Random(seed)
    name, content = sources[seed % len(sources)]
    ways = OF_PACKAGES if content.startswith(b"PK") else ANY
    return name, chance.choice(ways)(content, chance)


@dataclass(frozen=True)
class Harness:
    """An office, the workbooks that are mutated, and what reads them."""

    desk: TestOffice
    folder: Path
    sources: list[tuple[str, bytes]]
    imports: Imports
    merges: ExchangeMerges

    @classmethod
    def of(cls, desk: TestOffice, folder: Path, workbooks: WorkbookReader | None = None) -> "Harness":
        ledgers = sorted(path for path in LEDGERS.iterdir() if path.suffix in {".xlsx", ".xls", ".csv"})
        ledgers = [path for path in ledgers if path.name != "villages.csv"]
        surveys = Surveys(desk.office)
        Imports(desk.office, surveys, uuid4).take_in([LEDGERS / "04-three-kinds.xlsx"], by=desk.clerk)
        ExchangeBooks(desk.office, uuid4).make(
            Villages(desk.office).named("后阳村"), folder / BOOK, by=desk.clerk
        )
        sources = [(path.name, path.read_bytes()) for path in (*ledgers, folder / BOOK)]
        office = replace(desk.office, workbooks=workbooks or desk.office.workbooks)
        return cls(
            desk, folder, sources, Imports(office, surveys, uuid4), ExchangeMerges(office, surveys, uuid4)
        )

    def wrong(self, seeds: range) -> Iterator[tuple[int, str]]:
        """Give each seed whose workbook crashed, hung or came in by halves, and what happened."""
        with self.desk.office.db.reading() as session:
            villages = villages_of(session)
        for seed in seeds:
            name, content = mutated(self.sources, seed)
            try:
                if seed % WHOLE == seed // len(self.sources) % WHOLE:
                    yield from ((seed, said) for said in self._taken_in(name, content))
                else:
                    self.imports._read(Taken(name, content), villages, Wanted(), frozenset(), ())
            except UserError as refused:
                if (
                    CUT_OFF in str(refused)
                    or "\n" in str(refused)
                    or not str(refused).startswith((name, "读"))
                ):
                    yield seed, str(refused)
            except Exception as crashed:
                yield seed, repr(crashed)

    def _taken_in(self, name: str, content: bytes) -> Iterator[str]:
        path = self.folder / name
        path.write_bytes(content)
        before, there = self._export(), self._count()
        new = 0
        with suppress(UserError):
            if self.merges.is_book(path):
                merged = self.merges.merge([path], by=self.desk.clerk)
                new = sum(file.new for file in merged.files) if merged.review.imported else 0
                is_taken = merged.review.imported
            else:
                answer = self.imports.take_in([path], by=self.desk.clerk)
                counts = [sheet.counts for file in answer.files for sheet in file.sheets]
                new = sum(one.new for one in counts) if answer.imported else 0
                is_taken = answer.imported
            if is_taken:
                if self._count() - there != new:
                    yield f"said {new} new, but {self._count() - there} came in"
                return
        if self._export() != before:
            yield "something came in though it was refused"

    def _count(self) -> int:
        with self.desk.office.db.reading() as session:
            return session.scalar(select(func.count()).select_from(Establishment)) or 0

    def _export(self) -> list[object]:
        """Return all that the register holds, trail and counters with it."""
        with self.desk.office.db.reading() as session:
            return [
                tuple(row) for table in Base.metadata.sorted_tables for row in session.execute(select(table))
            ]


@pytest.mark.parametrize("part", range(PARTS))
def test_mutated_workbooks_are_read_or_refused_whole(
    desk: TestOffice, tmp_path: Path, caplog: pytest.LogCaptureFixture, part: int
) -> None:
    harness = Harness.of(desk, tmp_path)

    assert list(harness.wrong(range(part * TRIES, (part + 1) * TRIES))) == []
    assert [record.getMessage() for record in caplog.records if "untrusted" in record.name] == []


class _Trusting(WorkbookReader):
    """Reads as one would without a thought: with a library, in the program's own process."""

    def sheets(self, content: bytes, file: str) -> tuple[SheetCells, ...]:
        if not content.startswith(b"PK"):
            return reader().sheets(content, file)
        book = load_workbook(BytesIO(content))
        return tuple(SheetCells(sheet.title, tuple(sheet.values)) for sheet in book.worksheets)


def test_the_proof_sees_a_reader_that_trusts_its_files(desk: TestOffice, tmp_path: Path) -> None:
    harness = Harness.of(desk, tmp_path, _Trusting())

    assert next(harness.wrong(range(TRIES)), None) is not None


def test_the_proof_sees_an_import_that_keeps_what_it_had_before_an_error(
    desk: TestOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_in = Imports.take_in

    def hasty(self: Imports, files: list[Path], *, by: Actor) -> ImportAnswer:
        return replace(take_in(self, files, by=by, good_rows_only=True), imported=False)

    monkeypatch.setattr(Imports, "take_in", hasty)
    harness = Harness.of(desk, tmp_path)

    assert next(harness.wrong(range(TRIES)), None) is not None
