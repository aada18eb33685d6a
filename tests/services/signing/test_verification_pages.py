"""The offline page says of a code what the register says, in new browsers and in old ones."""

import json
import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from random import Random
from shutil import which
from typing import Any
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import delete, select

from desktop.domain.act import Role
from desktop.domain.lifecycle import PaperStatus
from desktop.errors import EnvironmentFailedError, NotAllowedError, RuleError
from desktop.models.registration import Paper
from desktop.models.signing import SigningSecret
from desktop.services.registration.registrations import Choice, Registrations
from desktop.services.signing.keys import SigningKeys
from desktop.services.signing.verification_pages import VerificationPages
from desktop.services.signing.verifying import Verifying
from desktop.services.survey.surveys import Surveys
from tests.examples import examples
from tests.offices import SECRET, TODAY, TestOffice, stall
from tests.proof.test_forged_codes import FORGERS

RUNNER = Path(__file__).with_name("verify_in_node.js")
RARE = ("张𬭎", "买买提·艾力", "𠮷㛃", "𫖯䶮", "赵")


@pytest.fixture
def pages(desk: TestOffice, assets: Path) -> VerificationPages:
    return VerificationPages(desk.office, assets / "scripts")


@pytest.fixture
def codes(desk: TestOffice) -> list[str]:
    """The codes of five stalls with rare names; the last one's card was withdrawn."""
    for number, name in enumerate(RARE, 1):
        typed = stall(address=f"沙湖村{number}号", operator_name=name)
        Surveys(desk.office).save("stall", typed, by=desk.clerk, identity=UUID(int=number))
    Registrations(desk.office).register_all(Choice(), decided_on=TODAY, by=desk.clerk)
    with desk.office.db.writing(desk.office.act(desk.clerk, "test")) as session:
        papers = session.scalars(select(Paper).order_by(Paper.id)).all()
        papers[-1].status = PaperStatus.WITHDRAWN
        return [paper.signed_code for paper in papers]


def asked(page: Path, mode: str, cases: list[str], today: str) -> dict[str, Any]:
    """Ask the page, as a browser would run it."""
    node = which("node", path=str(Path(sys.executable).parent))
    assert node, "node comes with the development tools"
    done = subprocess.run(
        [node, str(RUNNER), str(page), mode],
        input=json.dumps({"cases": cases, "today": today}),
        capture_output=True,
        encoding="utf-8",
        check=True,
        timeout=100,
    )
    return json.loads(done.stdout)


@pytest.mark.property
@pytest.mark.parametrize("place", ["sqlite"], indirect=True)
@pytest.mark.parametrize("mode", ["new", "old"])
def test_the_page_says_what_the_register_says(
    desk: TestOffice, pages: VerificationPages, codes: list[str], mode: str, tmp_path: Path
) -> None:
    page = tmp_path / "核验.html"
    pages.write_page(page, by=desk.clerk)
    chance = Random(1)
    forged = [forger(codes, chance) for forger in FORGERS for _ in range(examples(2))]

    answer = asked(page, mode, [*codes, codes[0].lower() + "\n", *forged, "x"], "2018-06-08")

    verifying = Verifying(desk.office)
    expected = [verifying.text(code, by=desk.clerk) for code in codes]
    genuine, again, rest = answer["verdicts"][:5], answer["verdicts"][5], answer["verdicts"][6:]
    for said, known in zip(genuine, expected, strict=True):
        assert said["genuine"]
        assert said["by"] == ("script" if mode == "old" else "browser")
        facts = (said["number"], said["holder"], said["place"], said["until"], said["status"], said["title"])
        assert known.valid_until is not None
        until = known.valid_until.isoformat()
        assert facts == (known.number, known.holder, known.place, until, known.status, known.title)
    assert again == genuine[0]
    assert [said["genuine"] for said in rest] == [False] * (len(forged) + 1)
    assert answer["isSigned"] == [True, False]


@pytest.mark.parametrize("place", ["sqlite"], indirect=True)
def test_the_page_knows_what_ran_out_and_which_keys_are_revoked(
    desk: TestOffice, pages: VerificationPages, codes: list[str], tmp_path: Path
) -> None:
    keys = SigningKeys(desk.office, lambda: bytes(32))
    first, second = tmp_path / "a.html", tmp_path / "b.html"
    pages.write_page(first, by=desk.clerk)
    keys.revoke(keys.all(by=desk.clerk)[0].id, reason="失窃", by=desk.clerk)
    pages.write_page(second, by=desk.clerk)

    late = (TODAY + timedelta(days=400)).isoformat()
    (expired,) = asked(first, "new", codes[:1], late)["verdicts"]
    (revoked,) = asked(second, "old", codes[:1], "2018-06-08")["verdicts"]

    assert (expired["genuine"], expired["status"]) == (True, "expired")
    assert not revoked["genuine"]
    assert "吊销" in revoked["reason"]


def test_the_list_is_dated_and_signed_and_names_no_person(
    desk: TestOffice, pages: VerificationPages, codes: list[str], tmp_path: Path
) -> None:
    written = pages.write_list(tmp_path / "名单.json", by=desk.clerk)

    signed = json.loads((tmp_path / "名单.json").read_text(encoding="utf-8"))
    said = json.loads(signed["text"])
    public = bytes.fromhex(said["keys"][0]["public_key"])
    Ed25519PublicKey.from_public_bytes(public).verify(
        bytes.fromhex(signed["signature"]), f"SXR1\n{signed['text']}".encode()
    )
    assert (written.keys, written.papers, said["made_on"]) == (1, 1, "2018-06-08")
    assert [row[1:] for row in said["papers"]] == [[1, "withdrawn", "2018-06-08"]]
    assert not any(name in signed["text"] for name in RARE)
    assert SECRET.hex() not in signed["text"]


def test_the_page_asks_no_network_and_holds_no_secret(
    desk: TestOffice, pages: VerificationPages, tmp_path: Path
) -> None:
    pages.write_page(tmp_path / "a.html", by=desk.clerk)

    html = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert "default-src 'none'" in html
    assert re.findall(r"(?:src|href)\s*=", html) == []
    assert "/*LIST*/" not in html
    assert SECRET.hex() not in html


def test_what_cannot_be_written_is_refused(
    desk: TestOffice, pages: VerificationPages, tmp_path: Path
) -> None:
    auditor = desk.somebody("审计", Role.AUDITOR)
    with pytest.raises(NotAllowedError):
        pages.write_page(tmp_path / "a.html", by=auditor)
    with pytest.raises(EnvironmentFailedError, match=r"tweetnacl\.js 不见了"):
        VerificationPages(desk.office, tmp_path).write_page(tmp_path / "a.html", by=desk.clerk)
    with desk.office.db.writing(desk.office.act(desk.clerk, "test")) as session:
        session.execute(delete(SigningSecret))
    with pytest.raises(RuleError, match="换一把新钥匙"):
        pages.write_page(tmp_path / "a.html", by=desk.clerk)
    assert list(tmp_path.glob("*.html")) == []
