"""The verb about records that are alike: duplicates."""

from typing import TYPE_CHECKING

from desktop.commands.verbs import Answer, Arguments, Verbs, add_verb, whole_number
from desktop.errors import UserError

if TYPE_CHECKING:
    from desktop.app import Program
    from desktop.services.register.alike_records import AlikePage
    from desktop.services.register.joining_comparison import Comparison

_ANSWERS = {"operator_id_number": "身份证号", "phone": "电话", "address": "地点", "name": "名称"}


def add_to(verbs: Verbs) -> None:
    """Add the verb of this subject."""
    alike = add_verb(verbs, "duplicates", _duplicates, "档案查重：列出相像的档案，并档，或认定不是同一户")
    alike.add_argument("--limit", default="200", metavar="N")
    alike.add_argument("--offset", default="0", metavar="N")
    doing = alike.add_mutually_exclusive_group()
    doing.add_argument(
        "--join", nargs=2, metavar=("ID", "OTHER"), help="把后一户并到前一户；前一户没有的答案取后一户的"
    )
    doing.add_argument("--apart", nargs=2, metavar=("ID", "OTHER"), help="认定不是同一户，以后不再问")
    doing.add_argument("--again", nargs=2, metavar=("ID", "OTHER"), help="撤回不是同一户的认定")


def _duplicates(program: "Program", chosen: Arguments) -> Answer:
    if chosen.join is not None:
        return _join(program, *_two(chosen.join))
    if chosen.apart is not None:
        one, another = _two(chosen.apart)
        said = _compared(program, one, another)
        versions = (said.kept.version, said.other.version)
        program.alike_records.tell_apart(one, another, versions=versions, by=program.actor)
        sentence = f"{said.kept.archive_number} 和 {said.other.archive_number} 已认定不是同一户"
        return Answer({"apart": [one, another]}, sentence)
    if chosen.again is not None:
        one, another = _two(chosen.again)
        program.alike_records.ask_again(one, another, by=program.actor)
        return Answer({"again": [one, another]}, "已撤回认定，仍相像的会再列出来")
    page = program.alike_records.page(
        by=program.actor,
        limit=whole_number(chosen.limit, "--limit"),
        offset=whole_number(chosen.offset, "--offset"),
    )
    answer = {
        "total": page.sure + page.unsure,
        "sure": page.sure,
        "unsure": page.unsure,
        "pairs": [
            {"kept": one.kept, "other": one.other, "kind": one.kind, "alike": one.alike, "sure": one.is_sure}
            for one in page.pairs
        ],
        "shared": page.shared,
    }
    return Answer(answer, _said(page))


def _two(typed: list[str]) -> tuple[int, int]:
    one, another = (whole_number(text, "档案编号", least=1) for text in typed)
    return one, another


def _compared(program: "Program", one: int, another: int) -> "Comparison":
    number = program.establishments.detail(another, by=program.actor).row.archive_number
    return program.joinings.compare(one, number, by=program.actor)


def _join(program: "Program", kept: int, other: int) -> Answer:
    said = _compared(program, kept, other)
    if said.refusal:
        raise UserError(said.refusal)
    take = [field.code for field in said.fields if field.differs and not field.kept]
    versions = (said.kept.version, said.other.version)
    number = program.joinings.join(kept, other, versions=versions, take=take, by=program.actor)
    sentence = f"{number} 已并到 {said.kept.archive_number}"
    return Answer({"kept": kept, "joined": number, "taken": take}, sentence)


def _said(page: "AlikePage") -> str:
    lines = [
        f"{'确定' if pair.is_sure else '拿不准'}  {pair.kept.id} {pair.kept.archive_number} {pair.kept.title}"
        f"（{pair.kept.village}）和 {pair.other.id} {pair.other.archive_number} {pair.other.title}"
        f"（{pair.other.village}）：{'、'.join(_ANSWERS[code] for code in pair.alike)}相同"
        for pair in page.pairs
    ]
    lines += [f"{_ANSWERS[one.what]} {one.value} 有 {one.count} 户共用，不逐对列出" for one in page.shared]
    return "\n".join([*lines, f"确定 {page.sure} 对，拿不准 {page.unsure} 对"])
