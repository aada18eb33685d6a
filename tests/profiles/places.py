"""Finds the names and codes of particular places in source files."""

from ast import AST, AnnAssign, Assign, Constant, Expr, Name, keyword, parse, walk
from pathlib import Path
from re import compile

CLONE = Path(__file__).resolve().parents[2]
PLACE = compile(r"金坛|金城|江苏|常州|武陟|河南|(?<!\d)(320413|320482|410823)(?![\d*])")
# A paper's sample has to show some place; it is never printed for an office.
SAMPLES = {"sample", "longest"}


def places_named(path: Path) -> list[str]:
    """Return the texts of a file that name a place; docstrings and samples of papers may."""
    tree = parse(path.read_text(encoding="utf-8"))
    free: set[int] = set()
    for node in walk(tree):
        if isinstance(node, Expr) and isinstance(node.value, Constant):
            free.add(id(node.value))
        elif _names(node) & SAMPLES:
            free.update(id(part) for part in walk(node))
    return [
        f"{path}:{node.lineno} {node.value}"
        for node in walk(tree)
        if isinstance(node, Constant)
        and isinstance(node.value, str)
        and id(node) not in free
        and PLACE.search(node.value)
    ]


def _names(node: AST) -> set[str]:
    """Return what a value is called: by assignment or as an argument."""
    match node:
        case Assign(targets=[*targets]):
            pass
        case AnnAssign(target=target):
            targets = [target]
        case keyword(arg=str(name)):
            return {name}
        case _:
            return set()
    return {target.id.strip("_").lower() for target in targets if isinstance(target, Name)}
