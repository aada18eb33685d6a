"""Where formulas stand in an .xlsx: one streaming pass over its sheets; no formula is ever evaluated."""

import io
from collections.abc import Iterator
from pathlib import PurePosixPath
from re import compile as pattern
from re import fullmatch
from typing import IO
from xml.etree.ElementTree import Element, ParseError, iterparse
from zipfile import ZipFile

from desktop.sheets.cells import column_number
from desktop.sheets.refusals import broken

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_FORMULA = pattern(rb"f(?<=[<:]f)[\s/>]")
_STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


def formula_places(content: bytes, file: str) -> dict[str, frozenset[tuple[int, int]]]:
    """Return for each sheet the row and column of every formula, also of those whose result is kept."""
    try:
        with ZipFile(io.BytesIO(content)) as package:
            names = {name.lower(): name for name in package.namelist()}
            found = {}
            for sheet, part in sheet_parts(package, names):
                with package.open(part) as stream:
                    if not _has_formula(stream):
                        continue
                with package.open(part) as stream:
                    found[sheet] = frozenset(_places(stream))
            return found
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


def _has_formula(stream: IO[bytes]) -> bool:
    """Look at the bytes alone: most ledgers have no formula, and parsing them again takes long."""
    end = b""
    while chunk := stream.read(2**20):
        if _FORMULA.search(end + chunk):
            return True
        end = chunk[-64:]
    return False


def _places(stream: IO[bytes]) -> Iterator[tuple[int, int]]:
    row = column = 0
    for event, element in iterparse(stream, events=("start", "end")):
        tag = element.tag.rpartition("}")[2]
        if event == "start" and tag == "row":
            row, column = int(element.get("r", row + 1)), 0
        elif event == "start" and tag == "c":
            row, column = _place(element.get("r", ""), row, column)
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
