"""A copy of somebody else's workbook with values in its empty cells; all else is as it was, byte for byte.

Nothing is read into a model and written out again: what no library knows would be lost (drop-downs of newer
programs, pictures, the set-up of the printer). Cells go into the markup of their sheet, and each other part
of the package is copied.
"""

import io
from collections.abc import Sequence
from dataclasses import replace
from zipfile import ZipFile

from desktop.sheets.as_new import as_new, is_new, new_title
from desktop.sheets.cell_looks import CellLooks
from desktop.sheets.formulas import sheet_parts
from desktop.sheets.markup import Edit, Element, spliced, walk, written
from desktop.sheets.opening import open_workbook
from desktop.sheets.package import check_package
from desktop.sheets.refusals import broken
from desktop.sheets.splicing import Fill, with_cells, without_results

_BEHIND = frozenset(
    {
        "oleSize", "customWorkbookViews", "pivotCaches", "smartTagPr", "smartTagTypes", "webPublishing",
        "fileRecoveryPr", "webPublishObjects", "extLst",
    }
)  # fmt: skip
"""What stands behind the settings of calculating in the markup of a workbook."""


def filled_copy(content: bytes, file: str, fills: Sequence[Fill]) -> bytes:
    """Return the workbook with cells filled in; nobody has reckoned its formulas then.

    Old formats come back as .xlsx with the same cells, without looks and formulas.
    """
    if not is_new(content):
        content = _renewed(content, file)
        fills = [replace(fill, sheet=new_title(fill.sheet)) for fill in fills]
    check_package(content, file)
    try:
        with ZipFile(io.BytesIO(content)) as package:
            changed = _changed(package, fills)
            kept = io.BytesIO()
            with ZipFile(kept, "w") as copy:
                for part in package.infolist():
                    said = changed.get(part.filename)
                    copy.writestr(part, package.read(part) if said is None else said, part.compress_type)
            return kept.getvalue()
    except (KeyError, ValueError) as wrong:
        raise broken(file) from wrong


def _renewed(content: bytes, file: str) -> bytes:
    kept = io.BytesIO()
    as_new(sheet.without_formulas() for sheet in open_workbook(content, file)).save(kept)
    return kept.getvalue()


def _changed(package: ZipFile, fills: Sequence[Fill]) -> dict[str, bytes]:
    """Return the parts that are others: the sheets, the looks of cells, and that all is to be reckoned."""
    names = {name.lower(): name for name in package.namelist()}
    workbook = next(name for low, name in names.items() if low.endswith("workbook.xml"))
    styles = names.get(f"{workbook.rpartition('/')[0]}/styles.xml".lower(), "")
    looks = CellLooks(package.read(styles) if styles else b"")
    changed = {workbook: _reckoned_when_opened(package.read(workbook))}
    for sheet, part in sheet_parts(package, names):
        own = [fill for fill in fills if fill.sheet == sheet]
        read = package.read(part)
        changed[part] = with_cells(read, own, looks.settled) if own else without_results(read)
    if styles:
        changed[styles] = looks.content()
    return changed


def _reckoned_when_opened(content: bytes) -> bytes:
    """Say in the workbook that its formulas are reckoned when it is opened."""
    found: dict[str, Element] = {}

    def finish(one: Element) -> None:
        if one.parent is not None and one.parent.name == "workbook":
            found.setdefault(
                "calcPr" if one.name == "calcPr" else "behind" if one.name in _BEHIND else "", one
            )
        elif one.parent is None:
            found["workbook"] = one

    walk(content, lambda one: None, finish)
    said = {"fullCalcOnLoad": "1"}
    if there := found.get("calcPr"):
        whole = written(there.tag, {**there.attributes, **said})
        return spliced(content, [Edit(there.start, there.end, whole.encode())])
    root = found["workbook"]
    place = found["behind"].start if "behind" in found else root.inside_end
    return spliced(content, [Edit(place, place, written(f"{root.prefix}calcPr", said).encode())])
