"""What a verb of the command line is, and what it is given to work with."""

import argparse
import json
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from desktop.errors import UserError

if TYPE_CHECKING:
    from desktop.app import Program

Arguments: TypeAlias = argparse.Namespace
Verb: TypeAlias = Callable[["Program", Arguments], "Answer"]
Verbs: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001 - it has no public name


_DAY = re.compile(r"(19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}")
"""Years in which a register can be worked; with the year 9999 every deadline would leave the calendar."""

_WHOLE = re.compile(r"-?[0-9]{1,12}")

_MOST = 2**31 - 1
"""The largest number that every database takes."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a verb says: the JSON of the contract, and the same for people.

    ``refusal`` is a sentence for standard error; with it the exit code is 1 and the JSON is still given.
    """

    json: Mapping[str, Any] | list[Any]
    text: str
    refusal: str = ""


def add_verb(verbs: Verbs, name: str, does: Verb, help_text: str) -> argparse.ArgumentParser:
    """Add a verb and return its parser for the options."""
    parser = verbs.add_parser(name, help=help_text, description=help_text, allow_abbrev=False)
    parser.set_defaults(does=does)
    return parser


def day(text: str) -> date:
    """Read a day option; a day that does not exist is a wrong value (exit 1), not a wrong option."""
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass  # the same sentence: no such day
    raise UserError(f"“{text}”不是一个日期；请写成 2018-06-08 这样，并核对这一天是否存在")


def existing_file(text: str) -> Path:
    """Read a file option; a file that is not there is a wrong value."""
    path = Path(text)
    if not path.is_file():
        raise UserError(f"找不到文件 {text}，请核对路径")
    return path


def new_file(text: str, ending: str) -> Path:
    """Read the option of a file to be written; a folder, or another kind of file, is a wrong value."""
    path = Path(text)
    if path.is_dir():
        raise UserError(f"{path} 是文件夹，请写上文件名，如 结果{ending}")
    if path.suffix.lower() != ending:
        raise UserError(f"文件名“{text}”不对，要以 {ending} 结尾")
    return path


def whole_number(text: str, what: str, *, least: int = 0) -> int:
    """Read a number option; anything else is a wrong value."""
    number = int(text) if _WHOLE.fullmatch(text) else None
    if number is None or number < least:
        raise UserError(f"{what}“{text}”不对，应为不小于 {least} 的整数")
    if number > _MOST:
        raise UserError(f"{what}“{text}”太大，请核对")
    return number


def as_json(value: object) -> Any:  # noqa: ANN401 - what JSON can hold
    """Turn rows of services into what JSON holds: codes, ISO days, plain numbers."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: as_json(getattr(value, field.name)) for field in fields(value)}
    match value:
        case Enum():
            return value.value
        case date():
            return value.isoformat()
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case Path():
            return str(value)
        case Mapping():
            return {str(key): as_json(inner) for key, inner in value.items()}
        case list() | tuple() | set() | frozenset():
            return [as_json(inner) for inner in value]
        case _:
            return value


def say(answer: Answer, *, wants_json: bool) -> int:
    """Write an answer to standard output, its refusal to standard error; return the exit code."""
    if wants_json:
        print(json.dumps(as_json(answer.json), ensure_ascii=False, indent=2))
    elif answer.text:
        print(answer.text)
    if answer.refusal:
        print(answer.refusal, file=sys.stderr)
        return 1
    return 0
