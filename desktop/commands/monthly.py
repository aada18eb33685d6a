"""The verb of the monthly exchange: exchange make, exchange merge."""

from typing import TYPE_CHECKING

from desktop.commands.verbs import Answer, Arguments, Verbs, add_verb, existing_file, new_file
from desktop.domain.village_names import ALL_VILLAGES

if TYPE_CHECKING:
    from desktop.app import Program
    from desktop.services.exchange.answers import MergeAnswer, MergedFile


def add_to(verbs: Verbs) -> None:
    """Add the verb and its two ways."""
    exchange = verbs.add_parser(
        "exchange", help="月度交换表：做给村里或县（区）里（make），合并回来（merge）"
    )
    ways = exchange.add_subparsers(title="做什么", metavar="make|merge", required=True)
    making = add_verb(ways, "make", _make, "做一个村本月的交换表，或报县（区）的全镇交换表")
    whose = making.add_mutually_exclusive_group(required=True)
    whose.add_argument("--village", metavar="V", help="村名或代码")
    whose.add_argument("--county", action="store_true", help="全镇的，报县（区）；每行写着所属的村")
    making.add_argument("-o", dest="target", required=True, metavar="FILE.xlsx")
    merging = add_verb(ways, "merge", _merge, "把报回的交换表合并进来；两边都改过的等着定")
    merging.add_argument("files", nargs="+", metavar="FILE")
    merging.add_argument("--dry-run", action="store_true", help="只看结果，不写入")


def _make(program: "Program", chosen: Arguments) -> Answer:
    village = None if chosen.county else program.villages.named(chosen.village)
    made = program.exchange_books.make(village, new_file(chosen.target, ".xlsx"), by=program.actor)
    said = f"{made.file}：{made.village or ALL_VILLAGES} {made.rows} 户"
    return Answer({"file": made.file, "rows": made.rows}, said)


def _merge(program: "Program", chosen: Arguments) -> Answer:
    files = [existing_file(text) for text in chosen.files]
    answer = program.exchange_merges.merge(files, by=program.actor, is_dry_run=chosen.dry_run)
    refusal = _refusal(answer) if not answer.merged and not chosen.dry_run else ""
    said = "\n".join(line for one in answer.files for line in _said(one))
    return Answer({"files": answer.files}, said, refusal=refusal)


def _refusal(answer: "MergeAnswer") -> str:
    wrong = [(one.file, error) for one in answer.files for error in one.errors]
    file, first = wrong[0]
    return (
        f"有 {len(wrong)} 处错误，什么都没有合并。第一处：{file}“{first.sheet}”第 {first.row} 行"
        f" {first.column or ''} 列：{first.message}。改好后再合并"
    )


def _said(one: "MergedFile") -> list[str]:
    number = "" if one.import_id is None else f"（导入编号 {one.import_id}）"
    whose = one.village or ALL_VILLAGES
    lines = [
        f"{one.file}{number}：{whose} {one.month:%Y-%m}，新增 {one.new}，变更 {one.changed}，"
        f"相同 {one.same}，删去 {one.deleted}，冲突 {len(one.conflicts)}，有错 {len(one.errors)}"
    ]
    lines += [f"  冲突 {found.sheet} 第 {found.row} 行：{found.field}" for found in one.conflicts]
    lines += [f"  {wrong.sheet} {wrong.column or ''}{wrong.row}：{wrong.message}" for wrong in one.errors]
    return lines
