"""Verifying the code of a paper (核验): who holds it, where, and what it is worth today."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.act import Actor
from desktop.domain.lifecycle import PaperStatus
from desktop.domain.paper_code import CodeFacts, SignedCode, WrongCode, fold_typed, looks_like_code, read_code
from desktop.models.establishment import Establishment
from desktop.models.registration import Paper
from desktop.models.signing import SigningKey
from desktop.services.open_office import OpenOffice
from desktop.services.papers.printing_facts import plain_lines
from desktop.services.register.leafing import in_scope
from desktop.services.registration.paper_worth import paper_status_on
from desktop.services.rights import Right, require, village_scope
from desktop.services.signing.code_pictures import code_in
from desktop.services.signing.signer import code_facts

PHOTOCOPY = "复印件上的码同样能通过核验：请核对持证人和地点与现场是否一致，原件应当挂在现场。"
"""What nobody can tell from a code alone, and what to do about it."""

PLAIN = "这是明码，没有签名，谁都印得出来：只按编号查了登记册，请核对原件和持证人。"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a code is worth. ``status`` is what the register says on ``as_of``, ``None`` where nothing.

    ``establishment_id`` is given to those who may open the dossier.
    """

    genuine: bool
    number: str
    status: PaperStatus | None
    as_of: date
    reason: str
    title: str = ""
    holder: str = ""
    place: str = ""
    valid_until: date | None = None
    establishment_id: int | None = None


class Verifying:
    """Answers what a code is worth; a question, so nothing of it is written down."""

    def __init__(self, office: OpenOffice) -> None:
        self.office = office

    def text(self, scanned: str, *, by: Actor) -> Verdict:
        """Verify the text of a code as it was typed, scanned or pasted."""
        require(by, Right.SEE)
        with self.office.db.reading() as session:
            if not looks_like_code(scanned):
                return self._plain(session, scanned, by)
            try:
                code = read_code(fold_typed(scanned))
            except WrongCode as wrong:
                return self._not_genuine("", str(wrong))
            return self._signed(session, code, by)

    def picture(self, file: Path, *, by: Actor) -> Verdict:
        """Verify the code on a photograph or a scan; a picture without a code is refused."""
        require(by, Right.SEE)
        return self.text(code_in(file), by=by)

    def _signed(self, session: Session, code: SignedCode, by: Actor) -> Verdict:
        key = session.get(SigningKey, code.key_id)
        number = code.facts.number
        if key is None:
            return self._not_genuine(number, f"签名钥匙 {code.key_id} 不是本单位的：伪造，或者别处发的证")
        if not is_signed_by(code, key):
            return self._not_genuine(number, "签名对不上：内容被改过，或者是伪造的")
        if key.revoked_on is not None:
            return self._not_genuine(
                number,
                f"签名钥匙 {key.id} 已于 {key.revoked_on:%Y-%m-%d} 吊销（{key.revoked_reason}），"
                "真假辨不出来；请按编号查登记册，属实的重新打印换发",
            )
        this = Paper.number == number, Paper.edition == code.facts.edition
        paper = session.scalars(select(Paper).where(*this)).first()
        if paper is None:
            said = "签名是本单位的，但登记册里没有这个编号；请查是否恢复过旧备份，并报告管理员"
            return self._verdict(session, code.facts, None, said, by=by)
        said = self._worth(paper)
        if code_facts(paper, self.office.profile) != code.facts:
            said = f"登记册里这张证卡现在的内容不同，以登记册为准；{said}"
        return self._verdict(session, code.facts, paper, said, by=by)

    def _plain(self, session: Session, scanned: str, by: Actor) -> Verdict:
        """Look a plain code or a bare number up; it proves nothing, so it is never genuine."""
        lines = [line.strip() for line in scanned.strip().splitlines()] or [""]
        number = next(iter(lines[0].split()), "").upper()
        query = select(Paper).join(Establishment).where(Paper.number == number, in_scope(by))
        paper = session.scalars(query.order_by(Paper.edition.desc()).limit(1)).first()
        if paper is None:
            return self._not_genuine(
                "", "这不是本系统的核验码，登记册里也查不到这个编号；请对准二维码重扫一遍，或核对编号"
            )
        is_as_printed = len(lines) == 1 or lines == plain_lines(paper, self.office.profile)
        said = PLAIN if is_as_printed else f"码上的内容和登记册不一样，可能被改过。{PLAIN}"
        facts = code_facts(paper, self.office.profile)
        said = f"{said}{self._worth(paper)}"
        return self._verdict(session, facts, paper, said, by=by, genuine=False)

    def _verdict(
        self,
        session: Session,
        facts: CodeFacts,
        paper: Paper | None,
        reason: str,
        *,
        by: Actor,
        genuine: bool = True,
    ) -> Verdict:
        profile, today = self.office.profile, self.office.clock.today()
        kind = facts.trade
        return Verdict(
            genuine=genuine,
            number=facts.number,
            status=paper_status_on(paper, today, profile) if paper is not None else None,
            as_of=today,
            reason=reason,
            title=profile.trade(kind).paper.title if profile.has_trade(kind) else "",
            holder=facts.holder,
            place=facts.place,
            valid_until=facts.valid_until,
            establishment_id=_may_open(session, paper, by) if paper is not None else None,
        )

    def _not_genuine(self, number: str, reason: str) -> Verdict:
        return Verdict(False, number, None, self.office.clock.today(), reason)

    def _worth(self, paper: Paper) -> str:
        """Say in a sentence what the register holds of a paper today."""
        status = paper_status_on(paper, self.office.clock.today(), self.office.profile)
        if status.is_living:
            until = f"，有效期至 {paper.valid_until:%Y-%m-%d}" if paper.valid_until else "，长期有效"
            return f"登记册里这张证卡有效{until}。"
        if status is PaperStatus.EXPIRED and paper.valid_until is not None:
            return f"这张证卡只到 {paper.valid_until:%Y-%m-%d}，已经过期。"
        why = f"（{paper.status_reason}）" if paper.status_reason else ""
        return f"这张证卡已于 {paper.status_on:%Y-%m-%d} {status.label.removeprefix('已')}{why}，不能再用。"


def is_signed_by(code: SignedCode, key: SigningKey) -> bool:
    """Tell whether the signature of a code is that of a key."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(key.public_key)).verify(code.signature, code.message)
    except InvalidSignature:
        return False
    return True


def _may_open(session: Session, paper: Paper, by: Actor) -> int | None:
    scope = village_scope(by)
    village = session.scalar(
        select(Establishment.village_id).where(Establishment.id == paper.establishment_id)
    )
    return paper.establishment_id if scope is None or scope == village else None
