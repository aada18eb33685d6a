"""What others need to verify without the register: the signed list of revocations, and a page with it.

The list names the public keys of the office and every paper that somebody ended: number, edition, status
and day, no person. It is dated and signed by the key in use.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop.domain.act import Actor
from desktop.domain.lifecycle import PaperStatus
from desktop.errors import EnvironmentFailedError, RuleError, UserError, words_of
from desktop.models.office import Office
from desktop.models.registration import Paper
from desktop.services.open_office import OpenOffice
from desktop.services.rights import Right, require
from desktop.services.signing.keys import keys_of
from desktop.services.signing.signer import NO_KEY, signer_in

_ENDED = (
    PaperStatus.REPLACED,
    PaperStatus.DEREGISTERED,
    PaperStatus.WITHDRAWN,
    PaperStatus.REVOKED,
    PaperStatus.VOID,
)


@dataclass(frozen=True, slots=True)
class WrittenList:
    """A file that was written: how many keys and ended papers stand in it."""

    file: str
    keys: int
    papers: int


class VerificationPages:
    """Writes the list, and the page around it; ``scripts`` is where the set-up put TweetNaCl."""

    def __init__(self, office: OpenOffice, scripts: Path) -> None:
        self.office = office
        self.scripts = scripts

    def write_list(self, target: Path, *, by: Actor) -> WrittenList:
        """Write the list as JSON: ``signature`` signs ``text`` with ``SXR1`` and a line end before it."""
        return self._write(target, by, lambda signed: json.dumps(signed, ensure_ascii=False, indent=2))

    def write_page(self, target: Path, *, by: Actor) -> WrittenList:
        """Write the page: one file that verifies in any browser, without a network."""
        require(by, Right.PRINT)
        script = self.scripts / "tweetnacl.js"
        if not script.is_file():
            raise EnvironmentFailedError(f"核验页用的脚本 {script} 不见了；请重新安装，或运行 make setup")
        verifier = script.read_text(encoding="utf-8")
        return self._write(target, by, lambda signed: page_of(signed, verifier))

    def _write(self, target: Path, by: Actor, contents: Callable[[dict[str, str]], str]) -> WrittenList:
        require(by, Right.PRINT)
        if not target.parent.is_dir():
            raise UserError(f"文件夹 {target.parent} 不存在，请先建好或另选一处保存")
        with self.office.db.writing(self.office.act(by, "code.export")) as session:
            signed = self._signed(session)
            said = json.loads(signed["text"])
            written = WrittenList(str(target), len(said["keys"]), len(said["papers"]))
            session.trail.note(
                "VerificationList", said["made_on"], {"keys": written.keys, "papers": written.papers}
            )
            try:
                target.write_text(contents(signed), encoding="utf-8")
            except OSError as failed:
                raise EnvironmentFailedError(
                    f"文件 {target} 写不进去（{words_of(failed)}）；请检查磁盘和文件夹权限"
                ) from failed
        return written

    def _signed(self, session: Session) -> dict[str, str]:
        signer = signer_in(session)
        if signer is None:
            raise RuleError(NO_KEY)
        text = json.dumps(self._said(session), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        signature = signer.secret.sign(f"SXR1\n{text}".encode())
        return {"text": text, "key": signer.key_id, "signature": signature.hex()}

    def _said(self, session: Session) -> dict[str, Any]:
        office = session.scalars(select(Office)).one()
        ended = session.execute(
            select(Paper.number, Paper.edition, Paper.status, Paper.status_on)
            .where(Paper.status.in_(_ENDED))
            .order_by(Paper.number, Paper.edition)
        )
        profile = self.office.profile
        return {
            "office": profile.office,
            "township": office.township,
            "made_on": self.office.clock.today().isoformat(),
            "keys": [
                {
                    "id": key.id,
                    "public_key": key.public_key,
                    "revoked_on": key.revoked_on.isoformat() if key.revoked_on else None,
                }
                for key in keys_of(session)
            ],
            "papers": [[row.number, row.edition, row.status, row.status_on.isoformat()] for row in ended],
            "trades": {trade.code: trade.paper.title for trade in profile.trades},
            "statuses": {str(status): status.label.removeprefix("已") for status in PaperStatus},
        }


def page_of(signed: dict[str, str], verifier: str) -> str:
    """Put list and scripts into the page; nothing in the list can end the script that holds it."""
    folder = files("desktop.services.signing.verification_page")
    page = (folder / "page.html").read_text(encoding="utf-8")
    parts = {
        "/*TWEETNACL*/": verifier.replace("</", "<\\/"),
        "/*CODE*/": (folder / "code.js").read_text(encoding="utf-8"),
        "/*LIST*/": json.dumps(signed, ensure_ascii=True).replace("<", "\\u003c"),
    }
    for mark, part in parts.items():
        page = page.replace(mark, part)
    return page
