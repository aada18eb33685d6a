"""Papers are signed when they are issued; keys are replaced and revoked; a code is verified against both."""

import re
from dataclasses import replace
from datetime import timedelta
from itertools import count
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import delete, select

from desktop.domain.act import Role
from desktop.domain.lifecycle import PaperStatus
from desktop.domain.paper_code import read_code
from desktop.domain.paper_life import PaperAct
from desktop.errors import NotAllowedError, RuleError, UserError
from desktop.models.audit import AuditEntry
from desktop.models.registration import Paper
from desktop.models.signing import SigningKey, SigningSecret
from desktop.profiles import load_profile
from desktop.services.office.villages import villages_of
from desktop.services.papers.papers import Papers, Wanted
from desktop.services.registration.registrations import Choice, Registrations
from desktop.services.signing.keys import SigningKeys
from desktop.services.signing.verifying import Verdict, Verifying
from desktop.services.survey.surveys import Surveys
from tests import lives
from tests.lives import newest, take
from tests.offices import SECRET, TODAY, TestOffice, stall


@pytest.fixture
def keys(desk: TestOffice) -> SigningKeys:
    secrets = count(1)
    return SigningKeys(desk.office, lambda: bytes([next(secrets)]) * 32)


def issued(desk: TestOffice, number: int = 1, **changed: object) -> Paper:
    """Return the paper of a new stall."""
    typed = stall(address=f"金城镇沙湖村{number}号", **changed)
    saved = Surveys(desk.office).save("stall", typed, by=desk.clerk, identity=UUID(int=number))
    Registrations(desk.office).register_all(Choice(ids=(saved.id,)), decided_on=TODAY, by=desk.clerk)
    with desk.office.db.reading() as session:
        return session.scalars(select(Paper).where(Paper.establishment_id == saved.id)).one()


def verdict(desk: TestOffice, text: str) -> Verdict:
    return Verifying(desk.office).text(text, by=desk.clerk)


def printed(desk: TestOffice, paper: Paper, target: Path, assets: Path, reason: str = ""):
    wanted = Wanted(paper.code, numbers=(paper.number,))
    return Papers(desk.office, assets / "fonts").print(wanted, target, by=desk.clerk, reason=reason)


def test_a_paper_is_signed_when_it_is_issued(desk: TestOffice) -> None:
    paper = issued(desk)

    found = verdict(desk, paper.signed_code)

    assert found == Verdict(
        genuine=True,
        number=paper.number,
        status=PaperStatus.VALID,
        as_of=TODAY,
        reason="登记册里这张证卡有效，有效期至 2019-06-07。",
        title="食品摊贩登记卡",
        holder="钱杰永",
        place="沙湖村1号",
        valid_until=paper.valid_until,
        establishment_id=paper.establishment_id,
    )


def test_a_code_gives_neither_identity_number_nor_phone_away(desk: TestOffice) -> None:
    said = read_code(issued(desk).signed_code).facts

    assert not any(part in repr(said) for part in ("9990", "320413198603279990", "17921275136", "5136"))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda text: text.replace("-STALL-", "-EATERY-"), "签名对不上"),
        (lambda text: text.replace("-20190607-", "-20290607-"), "签名对不上"),
        (lambda text: text[:4] + "ZZZZ" + text[8:], "不是本单位的"),
        (lambda text: text[:-20], "签名对不上|不完整|读不通|不合规则"),
        (lambda text: "SX1-" + text[4:30], "没有扫完整"),
    ],
)
def test_a_changed_code_is_not_genuine_and_says_why(desk: TestOffice, change, reason: str) -> None:
    found = verdict(desk, change(issued(desk).signed_code))

    assert not found.genuine
    assert found.status is None
    assert re.search(reason, found.reason)


@pytest.mark.parametrize("status", [PaperStatus.WITHDRAWN, PaperStatus.VOID, PaperStatus.REPLACED])
def test_a_genuine_code_says_what_became_of_its_paper(desk: TestOffice, status: PaperStatus) -> None:
    paper = issued(desk)
    with desk.office.db.writing(desk.office.act(desk.clerk, "test")) as session:
        kept = session.get_one(Paper, paper.id)
        kept.status, kept.status_on, kept.status_reason = status, TODAY, "原件遗失"

    found = verdict(desk, paper.signed_code)

    assert (found.genuine, found.status) == (True, status)
    assert f"已于 2018-06-08 {status.label.removeprefix('已')}（原件遗失），不能再用" in found.reason


def test_a_lost_card_is_told_from_the_one_issued_in_its_stead(desk: TestOffice) -> None:
    lost = issued(desk)
    lives.printed(desk, lost.id)
    step = take(desk, PaperAct.REISSUE, lost.id, reason="遗失，已登报声明")
    found = newest(desk, lost.establishment_id)

    old, new = verdict(desk, lost.signed_code), verdict(desk, found.signed_code)

    assert step.number == lost.number == found.number
    assert (old.genuine, old.status) == (True, PaperStatus.REPLACED)
    assert "不能再用" in old.reason
    assert (new.genuine, new.status) == (True, PaperStatus.VALID)


def test_a_paper_that_has_run_out_is_genuine_and_expired(desk: TestOffice) -> None:
    paper = issued(desk)
    assert paper.valid_until is not None
    desk.clock.day = paper.valid_until + timedelta(days=1)

    found = verdict(desk, paper.signed_code)

    assert (found.genuine, found.status) == (True, PaperStatus.EXPIRED)


def test_a_new_key_leaves_the_codes_of_the_old_one_good(desk: TestOffice, keys: SigningKeys) -> None:
    old = issued(desk, 1)

    made = keys.replace(by=desk.clerk)
    new = issued(desk, 2, operator_id_number="320482199001010019", phone="13912345678")

    assert [read_code(one.signed_code).key_id == made.id for one in (old, new)] == [False, True]
    assert verdict(desk, old.signed_code).genuine
    assert verdict(desk, new.signed_code).genuine
    assert [(key.is_in_use, key.paper_count) for key in keys.all(by=desk.clerk)] == [(True, 1), (False, 1)]


def test_a_revoked_key_makes_its_codes_worthless_until_they_are_printed_anew(
    desk: TestOffice, keys: SigningKeys, assets: Path, tmp_path: Path
) -> None:
    paper = issued(desk)
    (first,) = keys.all(by=desk.clerk)

    keys.revoke(first.id, reason="旧电脑失窃", by=desk.clerk)

    before = verdict(desk, paper.signed_code)
    assert not before.genuine
    assert "旧电脑失窃" in before.reason
    assert printed(desk, paper, tmp_path / "card.pdf", assets).papers
    with desk.office.db.reading() as session:
        again = session.get_one(Paper, paper.id).signed_code
    assert verdict(desk, again).genuine
    assert read_code(again).facts == read_code(paper.signed_code).facts


def test_without_a_key_nothing_is_printed_and_the_way_out_works(
    desk: TestOffice, keys: SigningKeys, assets: Path, tmp_path: Path
) -> None:
    with desk.office.db.writing(desk.office.act(desk.clerk, "test")) as session:
        session.execute(delete(SigningSecret))
    paper = issued(desk)

    refused = printed(desk, paper, tmp_path / "card.pdf", assets)

    assert refused.file == ""
    assert [one.code for one in refused.refused] == ["missing_key"]
    assert "换一把新钥匙" in refused.refused[0].reason
    assert not (tmp_path / "card.pdf").exists()
    keys.replace(by=desk.clerk)
    assert printed(desk, paper, tmp_path / "card.pdf", assets).pages == 1


def test_the_secret_stands_neither_in_the_trail_nor_beside_the_public_key(desk: TestOffice, keys) -> None:
    keys.replace(by=desk.clerk)

    with desk.office.db.reading() as session:
        trail = repr([entry.changes for entry in session.scalars(select(AuditEntry))])
        public = repr([vars(key) for key in session.scalars(select(SigningKey))])
        kept = session.scalars(select(SigningSecret.secret)).all()

    assert kept == [b"\1" * 32]
    assert "public_key" in trail
    for secret in (SECRET, b"\1" * 32):
        assert secret.hex() not in trail + public
        assert repr(secret)[2:-1] not in trail + public


def test_only_the_administrator_changes_keys(desk: TestOffice, keys: SigningKeys) -> None:
    clerk = desk.somebody("陈", Role.CLERK)
    (first,) = keys.all(by=desk.clerk)

    for forbidden in (
        lambda: keys.all(by=clerk),
        lambda: keys.replace(by=clerk),
        lambda: keys.revoke(first.id, reason="x", by=clerk),
    ):
        with pytest.raises(NotAllowedError, match="系统管理员"):
            forbidden()


def test_a_key_is_revoked_once_and_for_a_reason(desk: TestOffice, keys: SigningKeys) -> None:
    (first,) = keys.all(by=desk.clerk)

    with pytest.raises(RuleError, match="为什么"):
        keys.revoke(first.id, reason="  ", by=desk.clerk)
    with pytest.raises(UserError, match="没有编号为 XXXX"):
        keys.revoke("XXXX", reason="丢失", by=desk.clerk)
    keys.revoke(first.id, reason="丢失", by=desk.clerk)
    with pytest.raises(RuleError, match="已经在 2018-06-08 吊销"):
        keys.revoke(first.id, reason="丢失", by=desk.clerk)


def test_a_plain_code_is_looked_up_and_never_called_genuine(desk: TestOffice) -> None:
    plain = replace(desk.office.profile, code=load_profile("wuzhi-2022").code)
    office = replace(desk.office, profile=plain)
    paper = issued(replace(desk, office=office))
    called = paper.facts["name_or_operator"]
    lines = f"{paper.number}\n{called}\n小摊贩\n2019-06-07\n金城镇食品安全委员会办公室"

    found = Verifying(office).text(lines, by=desk.clerk)
    changed = Verifying(office).text(lines.replace("2019", "2029"), by=desk.clerk)
    unknown = Verifying(office).text("TF000\n谁", by=desk.clerk)

    assert paper.signed_code == ""
    assert (found.genuine, found.status) == (False, PaperStatus.VALID)
    assert "明码" in found.reason
    assert "不一样" not in found.reason
    assert "不一样" in changed.reason
    assert (unknown.genuine, unknown.status) == (False, None)


def test_a_village_account_learns_what_a_card_is_worth_but_not_the_way_to_another_villages_dossier(
    desk: TestOffice,
) -> None:
    paper = issued(desk)
    with desk.office.db.reading() as session:
        other = next(village.id for village in villages_of(session) if village.name != "沙湖村")
    somebody = desk.somebody("村员", Role.VILLAGE, village_id=other)

    found = Verifying(desk.office).text(paper.signed_code, by=somebody)

    assert found.genuine
    assert found.establishment_id is None
