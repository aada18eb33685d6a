"""Each act that a service writes to the trail has a word that people know."""

from ast import (
    AST,
    Assign,
    Attribute,
    Call,
    Constant,
    FormattedValue,
    IfExp,
    JoinedStr,
    Name,
    parse,
    unparse,
    walk,
)
from collections.abc import Iterator

from desktop.domain.paper_life import PaperAct
from desktop.domain.rectification import ShutdownKind
from desktop.services.papers.paperwork import SOURCES
from desktop.services.registration.applications import Step
from desktop.views.workbench.happening_words import action_words
from tests.architecture.reading import sources

# What stands in an action that is put together, by the expression in its braces.
PUT_TOGETHER = {
    "decision.kind": [str(kind) for kind in ShutdownKind],
    "act": [str(act) for act in PaperAct],
    "step": [str(step) for step in Step],
    "code": sorted(SOURCES),
}


def actions_in(expression: AST, module: AST) -> Iterator[str]:
    match expression:
        case Constant(value=str(action)):
            yield action
        case IfExp():
            yield from actions_in(expression.body, module)
            yield from actions_in(expression.orelse, module)
        case JoinedStr():
            (part,) = [part for part in expression.values if isinstance(part, FormattedValue)]
            for value in PUT_TOGETHER[unparse(part.value)]:
                yield "".join(
                    str(one.value) if isinstance(one, Constant) else value for one in expression.values
                )
        case Name(id="action"):
            for node in walk(module):
                if isinstance(node, Assign) and unparse(node.targets[0]) == "action":
                    yield from actions_in(node.value, module)


def written_actions() -> set[str]:
    """Return what stands behind ``office.act(by, …)`` and ``action=`` in the services."""
    found = set()
    for file in sources("desktop/services"):
        module = parse(file.read_text("utf-8"))
        for node in walk(module):
            if not isinstance(node, Call):
                continue
            if isinstance(node.func, Attribute) and node.func.attr == "act" and len(node.args) > 1:
                found |= set(actions_in(node.args[1], module))
            for keyword in node.keywords:
                if keyword.arg == "action":
                    found |= set(actions_in(keyword.value, module))
    return found


def test_each_act_has_its_word() -> None:
    written = written_actions()

    assert {"message.told", "account.sign_in_failed", "paper.renewal", "register.make"} <= written
    assert sorted(action for action in written if action_words(action) == action) == []
