"""Every mapped class at once, for those who need the whole schema: migrations and tests.

Whoever needs a part of it imports that part: mapping all of it takes a tenth of the window's start.
"""

from sqlalchemy import Index, text

from desktop.models import (
    audit,
    establishment,
    exchange,
    imports,
    ledger,
    messages,
    office,
    planning,
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
    "planning",
    "rectification",
    "registration",
    "signing",
]

# Not at the class that it belongs to: SQLAlchemy reads every driver of PostgreSQL to check its condition,
# and an office on SQLite would wait for that at each start.
Index(
    "ix_paper_newest",
    registration.Paper.establishment_id,
    unique=True,
    sqlite_where=text("is_newest = 1"),
    postgresql_where=text("is_newest"),
)
