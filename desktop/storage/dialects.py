"""What SQLite and PostgreSQL say in words of their own, so that a question is written once."""

from typing import Any

from sqlalchemy import Boolean
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
