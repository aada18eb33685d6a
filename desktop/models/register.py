"""Every mapped class at once, for those who need the whole schema: migrations and tests.

Whoever needs a part of it imports that part: mapping all of it takes a tenth of the window's start.
"""

from desktop.models import (
    audit,
    establishment,
    exchange,
    imports,
    ledger,
    messages,
    office,
    rectification,
    registration,
    signing,
)
from desktop.models.base import Base

__all__ = [
    "Base",
    "audit",
    "establishment",
    "exchange",
    "imports",
    "ledger",
    "messages",
    "office",
    "rectification",
    "registration",
    "signing",
]
