"""Verbs about workbooks: import, undo-import, export."""

from typing import TYPE_CHECKING

from desktop.commands.register import checked_kind, chosen_village
from desktop.commands.verbs import (
    Answer,
    Arguments,
    Verbs,
    add_verb,
    existing_file,
    new_file,
    whole_number,
)
from desktop.errors import UserError

if TYPE_CHECKING:
    from desktop.app import Program
    from desktop.domain.reporting_periods import ReportingPeriod
    from desktop.services.imports.answers import ImportAnswer


_COUNTY_FORM = "county-form"
_OF_FORM = ("file", "rows", "mode", "period", "filled", "lists", "unread", "lost")


def add_to(verbs: Verbs) -> None:
    """Add the verbs of this subject."""
    taking = add_verb(verbs, "import", _import, "导入村里的台账（.xlsx .xls .csv）")
    taking.add_argument("files", nargs="+", metavar="FILE")
    taking.add_argument("--kind", metavar="K", help="台账的类别代码，表里看不出时用")
    taking.add_argument("--village", metavar="V", help="台账所属的村，表里没有村一栏时用")
    taking.add_argument("--dry-run", action="store_true", help="只看结果，不写入")
    taking.add_argument("--good-rows", action="store_true", help="有错的行留下，其余照样导入")
    taking.add_argument("--errors", metavar="OUT.xlsx", help="把问题标在台账的副本上")

    undoing = add_verb(verbs, "undo-import", _undo, "撤回一次导入；之后改过的行保留")
    undoing.add_argument("import_id", metavar="ID")
    undoing.add_argument("--reason", required=True, metavar="TEXT")

    exporting = add_verb(verbs, "export", _export, "导出调查表、台账、证卡名单、整改台账，或填县（区）的空表")
    exporting.add_argument(
        "what",
        metavar="WHAT",
        help="survey、ledger、papers、roster、rectifications、risks、statistics 或 county-form",
    )
    exporting.add_argument(
        "blank", nargs="?", metavar="BLANK", help="county-form 要填的空表（.xlsx .xls .csv）"
    )
    exporting.add_argument("--kind", metavar="K")
    exporting.add_argument("--village", metavar="V")
    exporting.add_argument(
        "--period", metavar="P", help="统计期（2018-06、2018-Q2、2018），只用于 statistics 和 county-form"
    )
    version = exporting.add_mutually_exclusive_group()
    version.add_argument("--public", action="store_true", help="公开版：身份证号和电话隐去中间（默认）")
    version.add_argument("--internal", action="store_true", help="内部版：完整号码，须写 --reason")
    exporting.add_argument("--reason", default="", metavar="TEXT")
    exporting.add_argument("--dry-run", action="store_true", help="只看认出了什么，只用于 county-form")
    exporting.add_argument("-o", dest="target", required=True, metavar="FILE.xlsx")


def _import(program: "Program", chosen: Arguments) -> Answer:
    files = [existing_file(text) for text in chosen.files]
    if chosen.errors is not None and len(files) > 1:
        raise UserError("--errors 一次只能对一个台账；请把台账分开导入")
    marked = new_file(chosen.errors, ".xlsx") if chosen.errors is not None else None
    answer = program.imports.take_in(
        files,
        by=program.actor,
        kind=checked_kind(program, chosen.kind),
        village=chosen_village(program, chosen.village),
        is_dry_run=chosen.dry_run,
        good_rows_only=chosen.good_rows,
    )
    if marked is not None:
        program.imports.mark(files[0], answer.files[0], marked)
    refusal = ""
    if not answer.imported and not chosen.dry_run:
        refusal = _refusal(answer)
    return Answer({"files": answer.files, "imported": answer.imported}, _said(answer), refusal=refusal)


def _refusal(answer: "ImportAnswer") -> str:
    errors = [
        (one.file, problem) for one in answer.files for problem in one.problems if problem.severity == "error"
    ]
    if not errors:
        reasons = "；".join(
            f"{one.file}“{sheet.sheet}”：{sheet.reason}" for one in answer.files for sheet in one.not_imported
        )
        return f"没有可以导入的台账：{reasons or '文件里没有数据'}"
    file, first = errors[0]
    return (
        f"有 {len(errors)} 处错误，什么都没有导入。第一处：{file}“{first.sheet}”第 {first.row} 行"
        f" {first.column or ''} 列：{first.message}。改好后再导入，或用 --good-rows 只导入没有错的行"
    )


def _said(answer: "ImportAnswer") -> str:
    lines = []
    for one in answer.files:
        lines.append(one.file if one.import_id is None else f"{one.file}（导入编号 {one.import_id}）")
        for sheet in one.sheets:
            counts = sheet.counts
            lines.append(
                f"  {sheet.name}：{counts.rows} 行，新增 {counts.new}，变更 {counts.changed}，"
                f"相同 {counts.same}，重复 {counts.duplicate}，有错 {counts.error}"
            )
            if sheet.unread:
                columns = "、".join(f"{letter} {words}".strip() for letter, words in sheet.unread.items())
                lines.append(f"    没有读取的栏：{columns}")
        lines += [f"  未导入“{left.sheet}”：{left.reason}" for left in one.not_imported]
        lines += [f"  {p.sheet} {p.column or ''}{p.row}：{p.message}" for p in one.problems]
    return "\n".join(lines)


def _undo(program: "Program", chosen: Arguments) -> Answer:
    number = whole_number(chosen.import_id, "导入编号", least=1)
    undone = program.imports.undo(number, reason=chosen.reason, by=program.actor)
    answer = {
        "import_id": undone.import_id,
        "removed": undone.removed,
        "restored": undone.restored,
        "kept": undone.kept,
    }
    lines = [f"撤回导入 {number}：删去 {undone.removed} 户，恢复 {undone.restored} 户"]
    lines += [f"保留第 {one.row} 行：{one.reason}" for one in undone.kept]
    return Answer(answer, "\n".join(lines))


def _period(typed: str | None) -> "ReportingPeriod | None":
    from desktop.domain.errors import WrongValue
    from desktop.domain.reporting_periods import read_period

    try:
        return read_period(typed) if typed is not None else None
    except WrongValue as wrong:
        raise UserError(str(wrong)) from wrong


def _export(program: "Program", chosen: Arguments) -> Answer:
    if chosen.what == _COUNTY_FORM:
        return _fill_form(program, chosen)
    for given, option in ((chosen.blank, "空表"), (chosen.dry_run, "--dry-run")):
        if given:
            raise UserError(f"{option} 只用于 {_COUNTY_FORM}；要别的表请去掉它")
    if chosen.period is not None and chosen.what != "statistics":
        raise UserError(f"--period 只用于 statistics 和 {_COUNTY_FORM}；要别的表请去掉它")
    exported = program.tables.export(
        chosen.what,
        new_file(chosen.target, ".xlsx"),
        by=program.actor,
        kind=checked_kind(program, chosen.kind),
        village=chosen_village(program, chosen.village),
        is_internal=chosen.internal,
        reason=chosen.reason,
    )
    answer = {"file": exported.file, "rows": exported.rows, "mode": exported.mode}
    return Answer(answer, f"{exported.file}：{exported.rows} 行")


def _fill_form(program: "Program", chosen: Arguments) -> Answer:
    from desktop.services.tables.county_planning import FormWishes

    if chosen.blank is None:
        raise UserError(f"请写要填的空表：export {_COUNTY_FORM} 空表.xlsx -o 填好的.xlsx")
    blank, target = existing_file(chosen.blank), new_file(chosen.target, ".xlsx")
    wishes = FormWishes(
        kind=checked_kind(program, chosen.kind) or "",
        village=chosen_village(program, chosen.village),
        period=_period(chosen.period),
        is_internal=chosen.internal,
        reason=chosen.reason,
    )
    forms = program.county_forms
    if chosen.dry_run:
        answer = forms.look(blank, wishes, by=program.actor)
    else:
        answer = forms.fill(blank, target, wishes, by=program.actor)
    done = f"{answer.file}：填了" if answer.file else f"{answer.blank}：没有写文件，会填"
    lines = [f"{done} {len(answer.filled)} 格，名单 {answer.rows} 户"]
    lines += [f"  {one.sheet} {one.cell} {one.label} = {one.meaning}：{one.value}" for one in answer.filled]
    lines += [f"  {one.sheet} 第 {one.first_row} 行起 {one.rows} 户" for one in answer.lists]
    lines += [f"  没有填 {one.sheet} {one.where}：{one.reason}" for one in answer.unread]
    lines += [f"  {answer.lost}"] if answer.lost else []
    facts = {name: getattr(answer, name) for name in _OF_FORM}
    return Answer(facts, "\n".join(lines))
