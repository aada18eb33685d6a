"""The parser of the command line: global options, then the verbs of each subject."""

import argparse
import re
from collections.abc import Iterable, Sequence
from typing import Any, NoReturn

from desktop import __version__
from desktop.commands import (
    alike,
    campaigns,
    codes,
    exchange,
    later,
    ledger,
    monthly,
    office,
    paper,
    planning,
    plans,
    rectification,
    register,
    sample,
)
from desktop.commands.misuse import in_chinese
from desktop.commands.verbs import Arguments
from desktop.errors import UserError

_NEGATIVE = re.compile(r"-[0-9.].*")
_OPTION = re.compile(r"--[a-z][a-z-]*")


class _Help(argparse.HelpFormatter):
    """Writes help under Chinese headings."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: "Iterable[argparse._MutuallyExclusiveGroup]",
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


class _Parser(argparse.ArgumentParser):
    """Speaks Chinese in its help and its refusals; exit code 2 is for misuse and nothing else."""

    def __init__(self, *, add_help: bool = True, **how: Any) -> None:  # noqa: ANN401 - argparse's own options
        super().__init__(add_help=False, formatter_class=_Help, **how)
        self._positionals.title, self._optionals.title = "要写的", "选项"
        if add_help:
            self.add_argument("-h", "--help", action="help", help="显示这份说明")

    def error(self, message: str) -> NoReturn:
        usage = self.format_usage().removeprefix("用法：")
        self.exit(2, f"命令写得不对：{in_chinese(message)}\n用法：{usage}")


def read_arguments(words: Sequence[str]) -> Arguments:
    """Read a command line; misuse ends the process with exit code 2."""
    if any("\ud800" <= character <= "\udfff" for word in words for character in word):
        raise UserError("命令里有不是 UTF-8 编码的字，读不出来；请改用 UTF-8 的终端，文件请先改名")
    return make_parser().parse_args(_joined(words))


def make_parser() -> argparse.ArgumentParser:
    """Return the whole command line."""
    parser = _Parser(prog="sanxiao", description="食品三小登记与整治", allow_abbrev=False)
    parser.add_argument("--version", action="version", version=__version__, help="显示版本")
    parser.add_argument("--data", metavar="DIR", help="数据文件夹")
    parser.add_argument("--database", metavar="URL", help="PostgreSQL 地址，代替数据文件夹里的登记册")
    parser.add_argument("--today", metavar="YYYY-MM-DD", help="办事的日期（默认今天）")
    parser.add_argument("--json", action="store_true", help="在标准输出只给一份 JSON")
    parser.set_defaults(does=None)
    verbs = parser.add_subparsers(title="动词", metavar="VERB", parser_class=_Parser)
    subjects = (
        *(office, register, alike, exchange, monthly, paper, ledger, codes),
        *(rectification, planning, plans, campaigns, sample, later),
    )
    for subject in subjects:
        subject.add_to(verbs)
    return parser


def _joined(words: Sequence[str]) -> list[str]:
    """Write ``--offset-mm -1,2`` as ``--offset-mm=-1,2``: argparse would take the value for an option."""
    joined: list[str] = []
    for word in words:
        if _NEGATIVE.fullmatch(word) and joined and _OPTION.fullmatch(joined[-1]):
            joined[-1] += f"={word}"
        else:
            joined.append(word)
    return joined
