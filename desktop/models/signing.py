"""The keys that sign the codes on papers; the secret half lies apart, where no trail and no export looks."""

from datetime import date

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from desktop.models.base import Base, Entered, Versioned


class SigningKey(Versioned, Entered, Base):
    """A key of this office; its public half keeps verifying after a newer key has taken over."""

    __tablename__ = "signing_key"
    topic = "keys"

    id: Mapped[str] = mapped_column(primary_key=True)
    public_key: Mapped[str]
    made_on: Mapped[date]
    retired_on: Mapped[date | None]
    revoked_on: Mapped[date | None]
    revoked_reason: Mapped[str]


class SigningSecret(Base):
    """The secret half of the key in use, 32 bytes; it is deleted on the day that another takes over."""

    __tablename__ = "signing_secret"
    is_audited = False

    key_id: Mapped[str] = mapped_column(ForeignKey("signing_key.id"), primary_key=True)
    secret: Mapped[bytes] = mapped_column(LargeBinary)
