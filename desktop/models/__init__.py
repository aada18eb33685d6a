"""The mapped classes: how the register is kept, with its constraints and without behaviour."""

from desktop.models import (
    audit,
    establishment,
    exchange,
    imports,
    ledger,
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
    "office",
    "rectification",
    "registration",
    "signing",
]
