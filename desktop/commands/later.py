"""Verbs of the contract that are not built yet: they say so in one sentence and change nothing."""

import argparse
from typing import TYPE_CHECKING

from desktop.commands.verbs import Answer, Arguments, Verbs
from desktop.errors import UserError

if TYPE_CHECKING:
    from desktop.app import Program

_LATER = {
    "statistics": "统计报表",
    "backup": "备份",
    "restore": "从备份恢复",
    "self-test": "安装自检",
}


def add_to(verbs: Verbs) -> None:
    """Add every verb that comes later; its options are taken whatever they are."""
    for name, what in _LATER.items():
        # No word begins with this prefix, so that none is taken for an option that is not there.
        parser = verbs.add_parser(name, help=f"{what}（本版本还没有）", prefix_chars="\0", add_help=False)
        parser.add_argument("anything", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)
        parser.set_defaults(does=_refuse, what=what)


def _refuse(program: "Program", chosen: Arguments) -> Answer:
    raise UserError(f"这一版还不能“{chosen.what}”，什么都没有做；升级到有这项功能的版本后再用")
