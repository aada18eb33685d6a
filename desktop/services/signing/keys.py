"""The keys of the office (签名钥匙): replaced by the administrator, revoked when one may be known."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from desktop.domain.act import Actor
from desktop.domain.lifecycle import PaperStatus
from desktop.errors import RuleError, UserError
from desktop.models.registration import Paper
from desktop.models.signing import SigningKey, SigningSecret
from desktop.services.open_office import OpenOffice
from desktop.services.rights import Right, require
from desktop.services.signing.signer import forget_secrets, make_key_in


@dataclass(frozen=True, slots=True)
class KeyRow:
    """A key as lists show it; ``paper_count`` living papers carry codes that it signed."""

    id: str
    public_key: str
    made_on: date
    retired_on: date | None
    revoked_on: date | None
    revoked_reason: str
    is_in_use: bool
    paper_count: int


class SigningKeys:
    """What the administrator sees of the keys, and does with them."""

    def __init__(self, office: OpenOffice, new_secret: Callable[[], bytes]) -> None:
        self.office = office
        self.new_secret = new_secret

    def all(self, *, by: Actor) -> tuple[KeyRow, ...]:
        """Return all keys, the newest first."""
        require(by, Right.KEYS)
        with self.office.db.reading() as session:
            return keys_of(session)

    def replace(self, *, by: Actor) -> KeyRow:
        """Put a new key into use; what the old one signed goes on verifying."""
        require(by, Right.KEYS)
        act = self.office.act(by, "key.make")
        with self.office.db.writing(act) as session:
            key_id = make_key_in(session, self.new_secret(), act).id
            return _row(session, key_id)

    def revoke(self, key_id: str, *, reason: str, by: Actor) -> KeyRow:
        """Give a key up because somebody else may know it: no code that it signed counts any more.

        Living papers that it signed are signed anew when they are next printed.
        """
        require(by, Right.KEYS)
        if not reason.strip():
            raise RuleError("请写明为什么吊销这把钥匙，如“旧电脑失窃”")
        act = self.office.act(by, "key.revoke", reason=reason)
        with self.office.db.writing(act) as session:
            key = session.get(SigningKey, key_id)
            if key is None:
                raise UserError(f"没有编号为 {key_id} 的签名钥匙，请在“设置—签名钥匙”里核对")
            if key.revoked_on is not None:
                raise RuleError(f"钥匙 {key_id} 已经在 {key.revoked_on:%Y-%m-%d} 吊销了")
            key.revoked_on, key.revoked_reason = act.on, reason.strip()
            if session.get(SigningSecret, key_id) is not None:
                forget_secrets(session)
                make_key_in(session, self.new_secret(), act)
            session.flush()
            return _row(session, key_id)


def keys_of(session: Session) -> tuple[KeyRow, ...]:
    """Return all keys inside an open block, the newest first."""
    used = set(session.scalars(select(SigningSecret.key_id)))
    named = func.substr(Paper.signed_code, 5, 4)
    query = select(named, func.count()).where(Paper.status == PaperStatus.VALID).group_by(named)
    counts = {row[0]: row[1] for row in session.execute(query)}
    keys = session.scalars(select(SigningKey).order_by(SigningKey.entered_at.desc(), SigningKey.id)).all()
    return tuple(
        KeyRow(
            id=key.id,
            public_key=key.public_key,
            made_on=key.made_on,
            retired_on=key.retired_on,
            revoked_on=key.revoked_on,
            revoked_reason=key.revoked_reason,
            is_in_use=key.id in used,
            paper_count=counts.get(key.id, 0),
        )
        for key in keys
    )


def _row(session: Session, key_id: str) -> KeyRow:
    return next(key for key in keys_of(session) if key.id == key_id)
