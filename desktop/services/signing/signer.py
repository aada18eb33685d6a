"""Signing the codes of papers: the key in use, and the code that a paper carries from its issue on."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.act import Act, Actor
from desktop.domain.paper_code import CodeFacts, key_id_of, message_of, place_within, shortened, written
from desktop.domain.profile import Profile
from desktop.errors import RuleError
from desktop.models.registration import Paper
from desktop.models.signing import SigningKey, SigningSecret
from desktop.services.open_office import OpenOffice

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

NO_KEY = "本单位没有可用的签名钥匙；请管理员到“设置—签名钥匙”换一把新钥匙，再来打印"

SPECIMEN_KEY = "0000"
"""What a proof carries instead of a key: a code of the true size that no key verifies."""


@dataclass(frozen=True, slots=True)
class Signer:
    """The key in use; signing the same facts twice gives the same text."""

    key_id: str
    secret: "Ed25519PrivateKey"

    def signed(self, facts: CodeFacts) -> str:
        """Return the code of some facts."""
        message = message_of(facts, self.key_id)
        return written(message, self.secret.sign(message))


def make_key_in(session: Session, secret: bytes, act: Act) -> SigningKey:
    """Put a new key into use, inside an open block; the one before retires and its secret is deleted."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    public = Ed25519PrivateKey.from_private_bytes(secret).public_key().public_bytes_raw()
    key_id = key_id_of(public)
    if key_id == SPECIMEN_KEY or session.get(SigningKey, key_id) is not None:
        raise RuleError("新钥匙的编号碰巧已经用过，没有换；请再换一次")
    for old in session.scalars(select(SigningKey).where(SigningKey.retired_on.is_(None))):
        old.retired_on = act.on
    forget_secrets(session)
    key = SigningKey(
        id=key_id,
        public_key=public.hex(),
        made_on=act.on,
        retired_on=None,
        revoked_on=None,
        revoked_reason="",
        entered_at=act.at,
        entered_by=act.by.name,
    )
    session.add(key)
    session.flush()
    session.add(SigningSecret(key_id=key_id, secret=secret))
    return key


def forget_secrets(session: Session) -> None:
    """Delete every secret: from then on nothing can be signed until a new key is made."""
    for secret in session.scalars(select(SigningSecret)):
        session.delete(secret)
    session.flush()


def signer_in(session: Session) -> Signer | None:
    """Return who signs, inside an open block; ``None`` where no key is in use."""
    kept = session.scalars(select(SigningSecret).limit(1)).first()
    if kept is None:
        return None
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Signer(kept.key_id, Ed25519PrivateKey.from_private_bytes(kept.secret))


def sign_in(session: Session, profile: Profile, papers: Iterable[Paper]) -> None:
    """Give papers their codes, inside an open block; without a key, or by another rule, they stay without."""
    signer = signer_in(session) if profile.code.content == "signed" else None
    if signer is not None:
        for paper in papers:
            paper.signed_code = signer.signed(code_facts(paper, profile))


def sign_missing(office: OpenOffice, papers: Iterable[Paper], *, by: Actor) -> dict[int, Paper]:
    """Sign now what could not be signed at its issue, or was signed by a key since revoked.

    Returns the papers as they are afterwards, by their ids; those that still lack a code are not among them.
    """
    wanted = lacking(office, papers)
    if not wanted:
        return {}
    with office.db.writing(office.act(by, "paper.sign")) as session:
        if signer_in(session) is None:
            return {}
        found = session.scalars(select(Paper).where(Paper.id.in_(sorted(wanted))).with_for_update()).all()
        sign_in(session, office.profile, found)
        return {paper.id: paper for paper in found}


def lacking(office: OpenOffice, papers: Iterable[Paper]) -> set[int]:
    """Return the ids of papers that the rule pack wants signed and that no good key has signed."""
    if office.profile.code.content != "signed":
        return set()
    with office.db.reading() as session:
        revoked = set(session.scalars(select(SigningKey.id).where(SigningKey.revoked_on.is_not(None))))
    return {paper.id for paper in papers if not paper.signed_code or key_named(paper.signed_code) in revoked}


def cannot_be_signed(office: OpenOffice, papers: Iterable[Paper]) -> set[int]:
    """Return the ids of papers that lack a good code and will not get one, because no key is in use."""
    wanted = lacking(office, papers)
    if not wanted:
        return set()
    with office.db.reading() as session:
        return wanted if signer_in(session) is None else set()


def key_named(code: str) -> str:
    """Return the id of the key that a code names."""
    return code.split("-", 2)[1]


def specimen(paper: Paper, profile: Profile) -> str:
    """Return a code of the size that this paper's will have, which no key verifies."""
    return written(message_of(code_facts(paper, profile), SPECIMEN_KEY), bytes(range(64)))


def code_facts(paper: Paper, profile: Profile) -> CodeFacts:
    """Return what the code of a paper says, cut to its size."""
    return shortened(
        CodeFacts(
            trade=paper.kind,
            number=paper.number,
            valid_until=paper.valid_until,
            holder=paper.facts["operator_name"],
            place=place_within(paper.facts["address"], profile.township),
            edition=paper.edition or 1,  # a proof was never stored and has none yet
        )
    )
