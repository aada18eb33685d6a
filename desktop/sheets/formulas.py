"""Where formulas stand in an .xlsx and which rows are hidden: one streaming pass; nothing is evaluated."""

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from re import Match, fullmatch
from re import compile as pattern
from typing import IO
from xml.etree.ElementTree import Element, ParseError, iterparse
from zipfile import ZipFile

from desktop.sheets.cells import SheetCells, column_number
from desktop.sheets.refusals import broken

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_FORMULA = pattern(rb"f(?<=[<:]f)[\s/>]")
_ERROR = pattern(rb"\st=[\"']e[\"']")
_OVERLAP = 1_024
_ROW = pattern(rb"<(?:\w+:)?row\b([^<>]*)>")
_HIDDEN = pattern(rb"\shidden=[\"'](?:1|true)[\"']")
_NUMBER = pattern(rb"\sr=[\"'](\d{1,7})[\"']")
_FROM_1904 = pattern(rb"\sdate1904=[\"'](?:1|true)[\"']")
_STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """By sheet the places of formulas and the rows that nobody sees; from which year bare days count."""

    formulas: Mapping[str, frozenset[tuple[int, int]]]
    hidden_rows: Mapping[str, frozenset[int]]
    is_1904: bool

    def beside(self, sheet: SheetCells) -> SheetCells:
        """Return a sheet with what is known of it beside its cells."""
        return replace(
            sheet,
            formulas=self.formulas.get(sheet.name, frozenset[tuple[int, int]]()),
            hidden_rows=self.hidden_rows.get(sheet.name, frozenset[int]()),
            is_1904=self.is_1904,
        )


def sheet_facts(content: bytes, file: str) -> SheetFacts:
    """Look for what the markup says beside the cells; formulas also where their result is kept."""
    try:
        with ZipFile(io.BytesIO(content)) as package:
            names = {name.lower(): name for name in package.namelist()}
            formulas, hidden = {}, {}
            for sheet, part in sheet_parts(package, names):
                with package.open(part) as stream:
                    has_formula, rows = _looked_through(stream)
                if rows:
                    hidden[sheet] = rows
                if has_formula:
                    with package.open(part) as stream:
                        formulas[sheet] = frozenset(_places(stream))
            workbook = next(name for low, name in names.items() if low.endswith("workbook.xml"))
            is_1904 = _FROM_1904.search(package.read(workbook)) is not None
            return SheetFacts(formulas, hidden, is_1904)
    except (ParseError, KeyError, ValueError) as wrong:
        raise broken(file) from wrong


def sheet_parts(package: ZipFile, names: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Return for each sheet its name and the part of the package that it is."""
    workbook = next(name for low, name in names.items() if low.endswith("workbook.xml"))
    folder = PurePosixPath(workbook).parent
    relations = names.get(f"{folder}/_rels/{PurePosixPath(workbook).name}.rels".lower())
    targets: dict[str, str] = {}
    if relations:
        with package.open(relations) as stream:
            for element in _elements(stream, "Relationship"):
                targets[element.get("Id", "")] = element.get("Target", "")
    with package.open(workbook) as stream:
        for element in _elements(stream, "sheet"):
            target = targets.get(element.get(_RELATION) or element.get(_STRICT_RELATION) or "", "")
            path = target.lstrip("/") if target.startswith("/") else str(folder / target)
            part = names.get(path.lower())
            if part and part.lower().endswith(".xml"):
                yield element.get("name", ""), part


def _looked_through(stream: IO[bytes]) -> tuple[bool, frozenset[int]]:
    """Look at the bytes alone: most ledgers have neither, and parsing them again takes long."""
    has_formula, hidden = False, set[int]()
    end = b""
    while chunk := stream.read(2**20):
        text = end + chunk
        has_formula = has_formula or _FORMULA.search(text) is not None or _ERROR.search(text) is not None
        if _HIDDEN.search(text):  # of columns it may be said as well
            hidden |= {int(found[1]) for row in _ROW.findall(text) if (found := _hidden_row(row))}
        end = text[-_OVERLAP:]
    return has_formula, frozenset(hidden)


def _hidden_row(attributes: bytes) -> Match[bytes] | None:
    return _NUMBER.search(attributes) if _HIDDEN.search(attributes) else None


def _places(stream: IO[bytes]) -> Iterator[tuple[int, int]]:
    row = column = 0
    for event, element in iterparse(stream, events=("start", "end")):
        tag = element.tag.rpartition("}")[2]
        if event == "start" and tag == "row":
            row, column = int(element.get("r", row + 1)), 0
        elif event == "start" and tag == "c":
            row, column = _place(element.get("r", ""), row, column)
            if element.get("t") == "e":  # #N/A, which a formula left behind
                yield row, column
        elif event == "start" and tag == "f":
            yield row, column
        elif event == "end" and tag == "row":
            element.clear()


def _place(reference: str, row: int, column: int) -> tuple[int, int]:
    """Read ``B26``; a cell without a reference follows the one before it."""
    found = fullmatch(r"([A-Z]{1,3})(\d{1,7})", reference)
    return (int(found[2]), column_number(found[1])) if found else (row, column + 1)


def _elements(stream: IO[bytes], tag: str) -> Iterator[Element]:
    for _, element in iterparse(stream):
        if element.tag.rpartition("}")[2] == tag:
            yield element
