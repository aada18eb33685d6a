"""What SQLite and PostgreSQL say in words of their own, so that a question is written once."""

from typing import Any

from sqlalchemy import Boolean, Integer
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


class Passed(FunctionElement[Any]):
    """A column that is only looked at in passing.

    SQLite would rather collect by the index of one filter and sort than walk in order; a sign in front
    keeps it from that. PostgreSQL knows from its statistics what is cheaper.
    """

    name = "passed"
    inherit_cache = True


@compiles(Passed)
def _unsigned(element: Passed, compiler: SQLCompiler, **how: Any) -> str:  # noqa: ANN401 - SQLAlchemy's own
    return compiler.process(element.clauses, **how)


@compiles(Passed, "sqlite")
def _signed(element: Passed, compiler: SQLCompiler, **how: Any) -> str:  # noqa: ANN401 - SQLAlchemy's own
    return "+" + compiler.process(element.clauses, **how)


class ListHolds(FunctionElement[bool]):
    """That a stored list (JSON) holds a text."""

    name = "list_holds"
    type = Boolean()
    inherit_cache = True


@compiles(ListHolds)
def _in_document(element: ListHolds, compiler: SQLCompiler, **how: Any) -> str:  # noqa: ANN401 - SQLAlchemy's own
    return f"jsonb_exists({compiler.process(element.clauses, **how)})"


@compiles(ListHolds, "sqlite")
def _in_json(element: ListHolds, compiler: SQLCompiler, **how: Any) -> str:  # noqa: ANN401 - SQLAlchemy's own
    kept, text = (compiler.process(one, **how) for one in element.clauses)
    return f"EXISTS (SELECT 1 FROM json_each({kept}) WHERE value = {text})"


class ListLength(FunctionElement[int]):
    """How many a stored list (JSON) holds."""

    name = "list_length"
    type = Integer()
    inherit_cache = True


@compiles(ListLength)
def _of_document(element: ListLength, compiler: SQLCompiler, **how: Any) -> str:  # noqa: ANN401 - SQLAlchemy's own
    return f"jsonb_array_length({compiler.process(element.clauses, **how)})"


@compiles(ListLength, "sqlite")
def _of_json(element: ListLength, compiler: SQLCompiler, **how: Any) -> str:  # noqa: ANN401 - SQLAlchemy's own
    return f"json_array_length({compiler.process(element.clauses, **how)})"


class WordPlace(FunctionElement[int]):
    """At which letter of a text a word stands, 0 where it does not."""

    name = "word_place"
    type = Integer()
    inherit_cache = True


@compiles(WordPlace)
def _strpos(element: WordPlace, compiler: SQLCompiler, **how: Any) -> str:  # noqa: ANN401 - SQLAlchemy's own
    return f"strpos({compiler.process(element.clauses, **how)})"


@compiles(WordPlace, "sqlite")
def _instr(element: WordPlace, compiler: SQLCompiler, **how: Any) -> str:  # noqa: ANN401 - SQLAlchemy's own
    return f"instr({compiler.process(element.clauses, **how)})"


class Matches(FunctionElement[bool]):
    """That a text matches a pattern, which is told twice: as SQLite writes it, and as PostgreSQL does."""

    name = "matches"
    type = Boolean()
    inherit_cache = True


@compiles(Matches)
def _regular(element: Matches, compiler: SQLCompiler, **how: Any) -> str:  # noqa: ANN401 - SQLAlchemy's own
    text, _, regular = element.clauses
    return f"({compiler.process(text, **how)} ~ {compiler.process(regular, **how)})"


@compiles(Matches, "sqlite")
def _glob(element: Matches, compiler: SQLCompiler, **how: Any) -> str:  # noqa: ANN401 - SQLAlchemy's own
    text, glob, _ = element.clauses
    return f"({compiler.process(text, **how)} GLOB {compiler.process(glob, **how)})"
