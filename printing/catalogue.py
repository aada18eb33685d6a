"""The papers that can be printed, found by their place."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from printing import documents as package
from printing.document import Document


@cache
def documents() -> dict[str, Document[Any]]:
    """Return every paper by its code: one file in ``printing/documents`` each."""
    modules = (
        import_module(f"{package.__name__}.{module.name}") for module in iter_modules(package.__path__)
    )
    found: list[Document[Any]] = [module.DOCUMENT for module in modules]
    return {document.code: document for document in sorted(found, key=lambda document: document.code)}
