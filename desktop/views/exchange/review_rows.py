"""What a dry run found, as lines of the review: problems, likely duplicates, changed fields."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from desktop.domain.profile import Profile
from desktop.services.exchange.answers import MergeAnswer, MergeConflict
from desktop.services.imports.answers import Counts, Duplicate, ImportAnswer, RowProblem
from desktop.views.kit.chips import ChipText
from desktop.views.kit.tokens import Status
from desktop.views.registration.short_model import Cell, ShortColumn, ShortRow, Told

PROBLEM_COLUMNS = (
    ShortColumn("位置", 9, tight=7),
    ShortColumn("栏目", 7, tight=6),
    ShortColumn("表里写的", 11, tight=8),
    ShortColumn("哪里不对", 12, grows=True),
)
DUPLICATE_COLUMNS = (
    ShortColumn("位置", 9, tight=7),
    ShortColumn("把握", 6),
    ShortColumn("相同的栏", 12, is_spare=True),
    ShortColumn("说明", 12, grows=True),
)
CHANGE_COLUMNS = (
    ShortColumn("位置", 9, tight=7),
    ShortColumn("栏目", 7, tight=6),
    ShortColumn("档案里", 12, is_muted=True, grows=True),
    ShortColumn("表里（将改成）", 12, is_strong=True, grows=True),
)
_SURE = ChipText("同一户", "copy", Status.NEUTRAL)
_UNSURE = ChipText("疑似", "copy", Status.WARNING)
_CONFLICT = ChipText("冲突", "git-compare", Status.WARNING)


@dataclass(frozen=True, slots=True)
class Lines:
    """The three lists of a review."""

    problems: tuple[ShortRow, ...]
    duplicates: tuple[ShortRow, ...]
    changes: tuple[ShortRow, ...]


def total(answer: ImportAnswer) -> Counts:
    """Return the counts of all sheets together."""
    every = [sheet.counts for file in answer.files for sheet in file.sheets]
    return Counts(
        rows=sum(one.rows for one in every),
        new=sum(one.new for one in every),
        changed=sum(one.changed for one in every),
        same=sum(one.same for one in every),
        duplicate=sum(one.duplicate for one in every),
        error=sum(one.error for one in every),
    )


def unsure(answer: ImportAnswer) -> int:
    """Return how many rows would wait for somebody's word."""
    return sum(not one.sure for file in answer.files for one in file.duplicates)


def write_words(answer: ImportAnswer) -> str:
    """Say exactly what an import would write; empty where there is nothing to write."""
    counts, parked = total(answer), unsure(answer)
    parts = [
        f"{word} {number}"
        for word, number in (("新增", counts.new), ("改动", counts.changed), ("待核实", parked))
        if number
    ]
    if not parts:
        return ""
    which = "没有错的 " if counts.error else " "
    return f"导入{which}{counts.new + counts.changed + parked} 户（{'，'.join(parts)}）"


def merge_words(merge: MergeAnswer) -> str:
    """Say exactly what a merge would write; a workbook without any change is still one that was sent."""
    conflicts = {(found.sheet, found.row) for one in merge.files for found in one.conflicts}
    deleted = sum(one.deleted for one in merge.files)
    parts = [
        f"{word} {number}"
        for word, number in (
            ("新增", sum(one.new for one in merge.files)),
            ("改动", sum(one.changed for one in merge.files)),
            ("等着定", len(conflicts) + deleted),
        )
        if number
    ]
    errors = sum(len(one.errors) for one in merge.files)
    if not parts:
        return "" if errors else "记下已报（没有变化）"
    return f"合并{'没有错的户' if errors else ''}（{'，'.join(parts)}）"


def field_labels(profile: Profile) -> Mapping[str, str]:
    """Return the short word of each question; it is what stands over the columns of workbooks."""
    asked = {question.code: question.header or question.label for question in profile.questions}
    return {**asked, "operating_status": "经营状态", "note": "变动说明"}


def lines_of(answer: ImportAnswer, labels: Mapping[str, str], merge: MergeAnswer | None = None) -> Lines:
    """Turn an answer into lines; where several workbooks came, each line names its own."""
    problems: list[tuple[Cell, ...]] = []
    duplicates: list[tuple[Cell, ...]] = []
    changes: list[tuple[Cell, ...]] = []
    for file in answer.files:
        after = f"（{file.file}）" if len(answer.files) > 1 else ""
        problems += [_problem(one, after, labels) for one in file.problems]
        duplicates += [_duplicate(one, after, labels) for one in file.duplicates]
        changes += [
            (f"{one.sheet} 第 {one.row} 行{after}", labels.get(one.field, one.field), one.before, one.after)
            for one in file.changes
        ]
    for one in merge.files if merge is not None else ():
        after = f"（{one.file}）" if len(answer.files) > 1 else ""
        duplicates += [_conflict(found, after, labels) for found in one.conflicts if not found.is_parked]
    return Lines(_rows(problems), _rows(duplicates), _rows(changes))


def _rows(lines: Iterable[tuple[Cell, ...]]) -> tuple[ShortRow, ...]:
    return tuple(ShortRow(number, cells) for number, cells in enumerate(lines))


def _problem(one: RowProblem, after: str, labels: Mapping[str, str]) -> tuple[Cell, ...]:
    is_error = one.severity == "error"
    status, icon = (Status.DANGER, "circle-x") if is_error else (Status.WARNING, "triangle-alert")
    where = (
        f"{one.sheet} {one.column}{one.row}{after}" if one.column else f"{one.sheet} 第 {one.row} 行{after}"
    )
    return where, labels.get(one.field, one.field), one.value, Told(one.message, icon, status)


def _duplicate(one: Duplicate, after: str, labels: Mapping[str, str]) -> tuple[Cell, ...]:
    alike = "、".join(labels.get(code, code) for code in one.alike)
    return f"{one.sheet} 第 {one.row} 行{after}", _SURE if one.sure else _UNSURE, alike, one.note


def _conflict(found: MergeConflict, after: str, labels: Mapping[str, str]) -> tuple[Cell, ...]:
    label = labels.get(found.field, found.field)
    where = f"{found.sheet} 第 {found.row} 行{after}"
    return where, _CONFLICT, label, "两边都改过，或者要核实；合并后在“交换冲突”里逐栏定"
