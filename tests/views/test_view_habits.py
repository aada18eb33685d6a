"""What keeps the window one window: tokens name every pixel, the kit every colour, no lambda holds a page."""

from ast import Attribute, Call, Constant, Lambda, expr, parse, walk
from functools import cache
from pathlib import Path

import pytest

VIEWS = Path(__file__).resolve().parents[2] / "desktop" / "views"
IN_PIXELS = {
    "setFixedWidth",
    "setFixedHeight",
    "setFixedSize",
    "setMinimumWidth",
    "setMinimumHeight",
    "setMinimumSize",
    "setMaximumWidth",
    "setMaximumHeight",
    "setContentsMargins",
    "setSpacing",
    "setPixelSize",
    "setPointSize",
    "setIconSize",
    "setColumnWidth",
    "addSpacing",
}


def files():
    return sorted(VIEWS.rglob("*.py"))


@cache  # each habit is looked for in every view
def told(source: str) -> tuple[list[Call], list[Constant]]:
    nodes = list(walk(parse(source)))
    return [one for one in nodes if isinstance(one, Call)], [
        one for one in nodes if isinstance(one, Constant)
    ]


def calls(path):
    return told(path.read_text(encoding="utf-8"))[0]


def name_of(call: Call) -> str:
    return call.func.attr if isinstance(call.func, Attribute) else ""


def is_number(argument: expr) -> bool:
    return isinstance(argument, Constant) and isinstance(argument.value, int | float) and argument.value > 1


def pixels(path):
    return [
        f"{path.name}:{call.lineno} {name_of(call)}"
        for call in calls(path)
        if name_of(call) in IN_PIXELS and any(is_number(argument) for argument in call.args)
    ]


def colours(path):
    return [
        f"{path.name}:{node.lineno} {node.value}"
        for node in told(path.read_text(encoding="utf-8"))[1]
        if isinstance(node.value, str) and node.value.startswith("#") and len(node.value) in {4, 7, 9}
    ]


def lambdas(path):
    return [
        f"{path.name}:{call.lineno}"
        for call in calls(path)
        if name_of(call) == "connect" and any(isinstance(argument, Lambda) for argument in call.args)
    ]


def test_only_the_tokens_name_pixels():
    assert [found for path in files() if path.name != "tokens.py" for found in pixels(path)] == []


def test_only_the_tokens_name_colours():
    assert [found for path in files() if path.name != "tokens.py" for found in colours(path)] == []


def test_only_one_place_sets_a_stylesheet():
    setters = [path.name for path in files() for call in calls(path) if name_of(call) == "setStyleSheet"]

    assert setters == ["stylesheet.py"]


def test_no_connection_holds_a_lambda():
    assert [found for path in files() for found in lambdas(path)] == []


@pytest.mark.parametrize(
    ("planted", "check"),
    [
        ("w.setFixedWidth(120)", pixels),
        ("layout.setContentsMargins(0, 0, 8, 0)", pixels),
        ("QColor('#1D5A9E')", colours),
        ("button.clicked.connect(lambda: self.save())", lambdas),
    ],
)
def test_a_planted_breach_is_found(tmp_path, planted, check):
    path = tmp_path / "planted.py"
    path.write_text(planted, encoding="utf-8")

    assert len(check(path)) == 1
