"""Verbs about papers: print, documents."""

from math import isfinite, nan
from typing import TYPE_CHECKING

from desktop.commands.verbs import Answer, Arguments, Verbs, add_verb, day, new_file, whole_number
from desktop.errors import UserError

if TYPE_CHECKING:
    from desktop.app import Program
    from desktop.services.papers.papers import Order

REGISTERED = ("certificate", "card")
CALIBRATION = "calibration"


_ID_MEANS = (
    "档案编号；整改文书（整改告知书、责令改正通知书、送达回证、整改情况报告、延期、复查、销号、移送、"
    "到期文书）为整改编号；关停、取缔、回头看、检查表为档案编号"
)


def add_to(verbs: Verbs) -> None:
    """Add the verbs of this subject."""
    printing = add_verb(verbs, "print", _print, "把证卡打印成一个 PDF")
    printing.add_argument("paper", metavar="PAPER", help="certificate、card 或 documents 列出的代码")
    which = printing.add_mutually_exclusive_group(required=True)
    which.add_argument("--number", nargs="+", action="extend", dest="numbers", metavar="N")
    which.add_argument("--unprinted", action="store_true")
    which.add_argument("--issued-on", metavar="DATE")
    which.add_argument("--sheet", metavar="a4|a4-landscape|a6|a7", help="校准页（calibration）的纸")
    which.add_argument("--id", nargs="+", action="extend", dest="ids", metavar="ID", help=_ID_MEANS)
    which.add_argument("--village", metavar="V", help="名册、签收表等：一个村的全部；证和卡：一个村还没打的")
    which.add_argument("--blank", metavar="KIND", help="空白表：survey_form、application_form")
    printing.add_argument("--count", default="1", metavar="N", help="空白表的份数")
    printing.add_argument("-o", dest="target", required=True, metavar="FILE.pdf")
    printing.add_argument("--per-page", default="1", metavar="1|2|4|8")
    printing.add_argument("--offset-mm", metavar="X,Y")
    printing.add_argument("--printer", metavar="NAME", help="用这台电脑上给这台打印机量好的偏移")
    printing.add_argument("--onto-preprinted", action="store_true", help="套打：只打内容")
    printing.add_argument(
        "--by-hand", action="store_true", help="手填表：检查、复查、延期、回头看，带去现场填"
    )
    printing.add_argument("--both-sides", action="store_true", help="双面打印：下一张不落在上一张的背面")
    printing.add_argument("--order", default="number", metavar="number|village", help="按编号或按村排")
    printing.add_argument("--two-files", action="store_true", help="两个进程同时打成两个文件，快些")
    printing.add_argument("--blanks-from", default="", metavar="SERIAL", help="套打：第一张空白证的流水号")
    printing.add_argument("--skip-refused", action="store_true", help="打不了的跳过，打印其余")
    printing.add_argument("--reason", default="", metavar="TEXT", help="再次打印的原因")
    add_verb(verbs, "documents", _documents, "列出能打印的证卡和文书")


def _print(program: "Program", chosen: Arguments) -> Answer:
    if chosen.paper == CALIBRATION:
        return _print_calibration(program, chosen)
    if chosen.sheet is not None:
        raise UserError(f"--sheet 只用于校准页（{CALIBRATION}）；证卡和文书的纸在版式里定好了")
    if chosen.blank is not None:
        return _print_blank(program, chosen)
    from desktop.services.papers.papers import Order, Sheet, Wanted

    wanted = Wanted(
        code=_checked_code(chosen.paper),
        numbers=tuple(chosen.numbers or ()),
        ids=tuple(whole_number(text, "编号", least=1) for text in chosen.ids or ()),
        issued_on=day(chosen.issued_on) if chosen.issued_on is not None else None,
        is_unprinted=chosen.unprinted or (chosen.village is not None and chosen.paper in REGISTERED),
        village_id=_village(program, chosen),
        is_blank=chosen.by_hand,
        order=_order(chosen.order),
    )
    sheet = Sheet(
        per_page=_per_page(chosen.per_page),
        offset_mm=_offset(program, chosen),
        onto_preprinted=chosen.onto_preprinted,
        on_both_sides=chosen.both_sides,
        files=2 if chosen.two_files else 1,
        blanks_from=chosen.blanks_from,
    )
    if wanted.order is not Order.NUMBER and wanted.code not in REGISTERED:
        raise UserError("--order 只用于证和卡；其他文书按档案编号排")
    if chosen.blanks_from and wanted.code not in REGISTERED:
        raise UserError("--blanks-from 只用于证和卡（certificate、card），文书不用空白证")
    # Certificates and cards have a life of their own; every other paper is made from what the register says.
    service = program.papers if wanted.code in REGISTERED else program.paperwork
    outcome = service.print(
        wanted,
        new_file(chosen.target, ".pdf"),
        by=program.actor,
        sheet=sheet,
        skip_refused=chosen.skip_refused,
        reason=chosen.reason,
    )
    answer = {
        "file": outcome.file,
        "pages": outcome.pages,
        "papers": outcome.papers,
        "refused": outcome.refused,
    }
    if sheet.files > 1:
        answer["files"] = outcome.files
    reasons = [f"{one.number}：{one.reason}" for one in outcome.refused]
    if not outcome.file:
        refusal = f"有 {len(outcome.refused)} 处打不了，什么都没有打印：{'；'.join(reasons)}"
        return Answer(answer, "", refusal=refusal)
    printed = f"{'、'.join(outcome.files)}：{len(outcome.papers)} 张，{outcome.pages} 页"
    return Answer(answer, "\n".join([printed, *(f"跳过：{reason}" for reason in reasons)]))


def _order(text: str) -> "Order":
    from desktop.services.papers.papers import Order

    if text not in list(Order):
        raise UserError(f"--order 只能是 {'、'.join(Order)}，没有“{text}”")
    return Order(text)


def _print_calibration(program: "Program", chosen: Arguments) -> Answer:
    if chosen.sheet is None:
        raise UserError("校准页要写明用哪种纸，如 --sheet a4")
    target = new_file(chosen.target, ".pdf")
    program.layouts.calibration(chosen.sheet, target, by=program.actor)
    answer = {"file": str(target), "pages": 1, "papers": [], "refused": []}
    return Answer(answer, f"{target}：校准页 1 页；按实际大小打印，量出差值后写进 --offset-mm")


def _village(program: "Program", chosen: Arguments) -> int | None:
    if chosen.village is None:
        return None
    from desktop.services.office.villages import village_named

    return village_named(program.villages.all(), chosen.village).id


def _print_blank(program: "Program", chosen: Arguments) -> Answer:
    target = new_file(chosen.target, ".pdf")
    count = whole_number(chosen.count, "份数", least=1)
    pages = program.blank_forms.print(
        chosen.blank, target, count=count, code=_checked_code(chosen.paper), by=program.actor
    )
    answer = {"file": str(target), "pages": pages, "papers": [], "refused": []}
    return Answer(answer, f"{target}：空白表 {count} 份，{pages} 页")


def _documents(program: "Program", chosen: Arguments) -> Answer:
    from printing.catalogue import documents

    rows = [
        {"code": code, "title": document.title, "sheet": document.sheet.name}
        for code, document in documents().items()
    ]
    return Answer(rows, "\n".join(f"{row['code']}  {row['title']}  {row['sheet']}" for row in rows))


def _checked_code(code: str) -> str:
    from desktop.services.papers.paperwork import SOURCES

    if code in REGISTERED or code in SOURCES:
        return code
    from printing.catalogue import documents

    known = documents()
    if code in known:
        may = "、".join((*REGISTERED, *SOURCES))
        raise UserError(f"“{known[code].title}”还不能从命令行打印；可打印：{may}")
    raise UserError(f"没有“{code}”这种证卡或文书；可用：{'、'.join(known)}")


def _per_page(text: str) -> int:
    if text not in {"1", "2", "4", "8"}:
        raise UserError(f"每页张数“{text}”不对，只能是 1、2、4、8")
    return int(text)


def _offset(program: "Program", chosen: Arguments) -> tuple[float, float]:
    """Return what was typed, else what this desk has measured for the printer that was named."""
    if chosen.offset_mm is not None:
        return _typed_offset(chosen.offset_mm)
    if chosen.printer is None:
        return 0.0, 0.0
    measured = program.printer_offsets.here(by=program.actor)
    if (chosen.printer, chosen.paper) not in measured:
        known = "、".join(printer for printer, paper in measured if paper == chosen.paper)
        raise UserError(
            f"这台电脑还没有给打印机“{chosen.printer}”量过 {chosen.paper} 的偏移"
            + (f"（量过的：{known}）" if known else "")
            + "；请到打印中心量好，或者用 --offset-mm 写明"
        )
    return measured[chosen.printer, chosen.paper]


def _typed_offset(text: str) -> tuple[float, float]:
    parts = text.replace("，", ",").split(",")
    try:
        across, down = (float(part) for part in parts)
    except ValueError:
        across = down = nan
    if not (isfinite(across) and isfinite(down)):
        raise UserError(f"套打偏移“{text}”不对，应写成 X,Y（毫米），如 1.5,-0.5")
    return across, down
