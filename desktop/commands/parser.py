"""The parser of the command line: global options, then the verbs of each subject."""

import argparse
from typing import NoReturn

from desktop import __version__
from desktop.commands import exchange, later, office, paper, rectification, register, sample


class _Parser(argparse.ArgumentParser):
    """Says in Chinese what is wrong with an option; exit code 2 is for misuse and nothing else."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"命令写得不对：{message}\n用法：{self.format_usage().removeprefix('usage: ')}")


def make_parser() -> argparse.ArgumentParser:
    """Return the whole command line."""
    parser = _Parser(prog="sanxiao", description="食品三小登记与整治", allow_abbrev=False)
    parser.add_argument("--version", action="version", version=__version__)
    parser.add_argument("--data", metavar="DIR", help="数据文件夹")
    parser.add_argument("--database", metavar="URL", help="PostgreSQL 地址，代替数据文件夹里的登记册")
    parser.add_argument("--today", metavar="YYYY-MM-DD", help="办事的日期（默认今天）")
    parser.add_argument("--json", action="store_true", help="在标准输出只给一份 JSON")
    parser.set_defaults(does=None)
    verbs = parser.add_subparsers(title="动词", metavar="VERB", parser_class=_Parser)
    for subject in (office, register, exchange, paper, rectification, sample, later):
        subject.add_to(verbs)
    return parser
