"""Reads source files for the architecture tests: what they import, which days they ask for, what they say."""

from ast import (
    AST,
    AsyncFunctionDef,
    Attribute,
    Call,
    Constant,
    Expr,
    FunctionDef,
    If,
    Import,
    ImportFrom,
    Lambda,
    Module,
    Name,
    expr,
    get_source_segment,
    iter_child_nodes,
    parse,
    walk,
)
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from re import compile
from sys import stdlib_module_names

CLONE = Path(__file__).resolve().parents[2]

# No sentence: a token of a number template ("{序:4}") and its parts, the form of a list on the command line.
TOKEN = compile(r"\{[^{}]*\}|(?:序|校验):|甲,乙")
ASKING = {"today", "now", "utcnow"}
HALF_WIDTH_AFTER_HAN = compile(r"[\u3400-\u9fff\U00020000-\U0003ffff][,:;?!]")


def sources(*folders: str, root: Path = CLONE) -> Iterator[Path]:
    """Give every Python file below the folders (or the file itself), sorted."""
    for folder in folders:
        place = root / folder
        yield from [place] if place.is_file() else sorted(place.rglob("*.py"))


def imports(path: Path, root: Path = CLONE, *, at_once: bool = False) -> set[str]:
    """Return every module that a file imports, also inside functions, by relative name and by string.

    With `at_once` only what is really imported as soon as the file itself is, not what types need.
    """
    package = path.relative_to(root).with_suffix("").parts[:-1]
    return set(_imports(path.read_text(encoding="utf-8"), package, at_once))


@cache  # each row of the table reads the whole program
def _imports(source: str, package: tuple[str, ...], at_once: bool) -> frozenset[str]:
    found: set[str] = set()
    tree = parse(source)
    for node in _outside_functions(tree) if at_once else walk(tree):
        match node:
            case Import(names=names):
                found.update(alias.name for alias in names)
            case ImportFrom(module=module, names=names, level=level):
                above = package[: len(package) - level + 1] if level else ()
                base = ".".join([*above, *([module] if module else [])])
                found.update(f"{base}.{alias.name}" for alias in names)
            case Call(func=Name(id="import_module" | "__import__"), args=[Constant(value=str(name)), *_]):
                found.add(name)
            case Call(func=Attribute(attr="import_module"), args=[Constant(value=str(name)), *_]):
                found.add(name)
    return frozenset(found)


def _outside_functions(node: AST) -> Iterator[AST]:
    yield node
    for child in iter_child_nodes(node):
        if not isinstance(child, FunctionDef | AsyncFunctionDef | Lambda) and not _is_for_types(child):
            yield from _outside_functions(child)


def _is_for_types(node: AST) -> bool:
    return isinstance(node, If) and isinstance(node.test, Name) and node.test.id == "TYPE_CHECKING"


def strangers(folder: str, allowed: Iterable[str], root: Path = CLONE) -> list[str]:
    """Return what the files of a folder import beyond the standard library and the allowed modules."""
    welcome = tuple(allowed)
    return [
        f"{path.relative_to(root)} imports {name}"
        for path in sources(folder, root=root)
        for name in sorted(imports(path, root))
        if name.split(".")[0] not in stdlib_module_names and not within(name, welcome)
    ]


def within(name: str, modules: Iterable[str]) -> bool:
    """Tell whether a name is one of the modules or lies inside one."""
    return any(name == module or name.startswith(f"{module}.") for module in modules)


def asks_the_machine_for_the_time(path: Path) -> list[str]:
    """Return where a file calls `date.today()`, `datetime.now()` or their likes."""
    source = path.read_text(encoding="utf-8")
    if not any(f".{word}" in source for word in ASKING):
        return []
    return [
        f"{path}:{node.lineno}"
        for node in walk(parse(source))
        if isinstance(node, Call)
        and isinstance(node.func, Attribute)
        and node.func.attr in ASKING
        and _last_name(node.func.value) in {"date", "datetime"}
    ]


def _last_name(node: expr) -> str:
    return node.id if isinstance(node, Name) else node.attr if isinstance(node, Attribute) else ""


def half_width_marks(path: Path) -> list[str]:
    """Return the texts in which a Chinese word is followed by an ASCII comma, colon or the like."""
    source = path.read_text(encoding="utf-8")
    tree = parse(source)
    return [
        f"{path}:{node.lineno} {text}"
        for node, text in _texts(tree)
        if HALF_WIDTH_AFTER_HAN.search(TOKEN.sub("", text)) and not _is_pattern(source, node)
    ]


def _texts(tree: Module) -> Iterator[tuple[Constant, str]]:
    docstrings = {id(node) for node in _docstrings(tree)}
    for node in walk(tree):
        if isinstance(node, Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node, node.value


def _docstrings(tree: Module) -> Iterator[Constant]:
    # English with Chinese words in it: a string that stands alone as a statement.
    for node in walk(tree):
        if isinstance(node, Expr) and isinstance(node.value, Constant):
            yield node.value


def _is_pattern(source: str, node: Constant) -> bool:
    # A raw string is a regular expression: "日?" means that the day's word may be missing.
    segment = get_source_segment(source, node) or ""
    return "r" in segment[:2].lower().split('"')[0].split("'")[0]
