"""What planned rows come to in the words of an answer: problems, likely duplicates, changed fields."""

from collections.abc import Iterable, Sequence

from desktop.domain.forms import Answer
from desktop.services.imports.answers import Duplicate, FieldChange, RowProblem
from desktop.services.imports.matching import Match
from desktop.services.imports.planning import PlannedRow, in_reading_order


def problems_of(sheet: str, rows: Sequence[PlannedRow]) -> Iterable[RowProblem]:
    """Return the problems of a sheet as a person walks through it."""
    for one in in_reading_order(problem for row in rows for problem in row.problems):
        yield RowProblem(
            sheet, one.row, one.column, one.field, one.value, one.severity, one.code, one.message
        )


def duplicate_of(row: PlannedRow, scope: int | None) -> Duplicate:
    """Say what a row repeats; a village is not told which one of another village it is."""
    match = row.inside if row.is_sure_duplicate else (row.there or row.inside)
    place = row.inside.candidate.place if row.inside else None
    is_same_file = place is not None and place.file == row.place.file
    is_elsewhere = match is not None and scope not in {None, match.candidate.traits.village_id}
    return Duplicate(
        sheet=row.place.sheet,
        row=row.place.row,
        of_sheet=place.sheet if place and is_same_file else None,
        of_row=place.row if place and is_same_file else None,
        of_id=None if is_elsewhere else _register_id(row.there) or _register_id(row.inside),
        sure=row.is_sure_duplicate,
        alike=match.alike if match and not is_elsewhere else (),
        note=_ELSEWHERE if is_elsewhere else _note(row, is_same_file=is_same_file),
    )


_ELSEWHERE = "可能是已经登记在别处的一户，先放在一边，请镇食安办核实"


def _register_id(match: Match | None) -> int | None:
    return match.candidate.id if match else None


def _note(row: PlannedRow, *, is_same_file: bool) -> str:
    """Say in a sentence what the row repeats and what becomes of it."""
    if row.there and row.there.candidate.has_ended:
        return "档案里已关停或取缔的户又出现了（死灰复燃），先放在一边，请核实后决定"
    if row.there and row.there.candidate.is_barred:
        return "同一经营者或同一地点的一户已按决定关停、取缔或禁业（谨防死灰复燃），先放在一边，请核实后决定"
    place = row.inside.candidate.place if row.inside else None
    if place:
        where = f"本表“{place.sheet}”第 {place.row} 行" if is_same_file else "同时导入的另一个文件"
        return (
            f"与{where}是同一户，没有重复导入" if row.is_sure_duplicate else f"与{where}可能是同一户，请核实"
        )
    return "与档案里已有的一户可能是同一户，请核实"


def changes_of(row: PlannedRow) -> Iterable[FieldChange]:
    """Return each field that will be written otherwise than it stands."""
    for code, (before, after) in row.changes.items():
        record_id = row.record.id if row.record is not None else 0
        yield FieldChange(row.place.sheet, row.place.row, record_id, code, _words(before), _words(after))


def _words(answer: Answer) -> str:
    return "" if answer is None else "、".join(answer) if isinstance(answer, tuple) else str(answer)
