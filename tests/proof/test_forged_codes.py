"""Promise 16: a forged card is seen. Of ten thousand forged codes none is accepted."""

from collections.abc import Callable
from random import Random
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import select

from desktop.domain.paper_code import key_id_of, message_of, read_code, written
from desktop.models.registration import Paper
from desktop.services.registration.registrations import Choice, Registrations
from desktop.services.signing.verifying import Verifying
from desktop.services.survey.surveys import Surveys
from tests.offices import TODAY, TestOffice, stall

pytestmark = [pytest.mark.proof, pytest.mark.timeout(600)]

FORGERIES = 10_000
PAPERS = 12
_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def genuine_codes(desk: TestOffice) -> list[str]:
    for number in range(1, PAPERS + 1):
        typed = stall(
            address=f"沙湖村{number}号", operator_name=f"钱𠮷{'一二三四五六七八九十甲乙'[number - 1]}"
        )
        Surveys(desk.office).save("stall", typed, by=desk.clerk, identity=UUID(int=number))
    Registrations(desk.office).register_all(Choice(), decided_on=TODAY, by=desk.clerk)
    with desk.office.db.reading() as session:
        codes = list(session.scalars(select(Paper.signed_code)))
    assert len(codes) == PAPERS
    return codes


def flip_a_bit(codes: list[str], chance: Random) -> str:
    """Flip one bit of what was signed or of the signature, and spell it as the rules want it."""
    code = read_code(chance.choice(codes))
    whole = bytearray(code.message.split(b"-", 5)[5] + code.signature)
    whole[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
    head = b"-".join(code.message.split(b"-", 5)[:5]) + b"-"
    return written(head + bytes(whole[:-64]), bytes(whole[-64:]))


def change_a_character(codes: list[str], chance: Random) -> str:
    text = chance.choice(codes)
    place = chance.randrange(len(text))
    other = chance.choice([digit for digit in _DIGITS if digit != text[place]])
    return text[:place] + other + text[place + 1 :]


def cut_the_tail(codes: list[str], chance: Random) -> str:
    text = chance.choice(codes)
    return text[: -chance.randint(1, len(text) - 4)]


def swap_a_field(codes: list[str], chance: Random) -> str:
    """Put a field of one card into another."""
    here, there = (code.split("-", 5) for code in chance.sample(codes, k=2))
    differing = [place for place in range(6) if here[place] != there[place]]
    place = chance.choice(differing)
    here[place] = there[place]
    return "-".join(here)


def exchange_signatures(codes: list[str], chance: Random) -> str:
    one, other = (read_code(code) for code in chance.sample(codes, k=2))
    return written(one.message, other.signature)


def sign_with_another_key(codes: list[str], chance: Random) -> str:
    """Sign true facts with a key of one's own, under its own name or under the office's."""
    code = read_code(chance.choice(codes))
    key = Ed25519PrivateKey.from_private_bytes(chance.randbytes(32))
    own = key_id_of(key.public_key().public_bytes_raw())
    message = message_of(code.facts, chance.choice([own, code.key_id]))
    return written(message, key.sign(message))


def add_the_order(codes: list[str], chance: Random) -> str:
    """Spell the same signature with another scalar, which careless verifiers take too."""
    code = read_code(chance.choice(codes))
    order = 2**252 + 27742317777372353535851937790883648493
    scalar = int.from_bytes(code.signature[32:], "little") + order * chance.randint(1, 14)
    return written(code.message, code.signature[:32] + scalar.to_bytes(32, "little"))


FORGERS: list[Callable[[list[str], Random], str]] = [
    flip_a_bit,
    change_a_character,
    cut_the_tail,
    swap_a_field,
    exchange_signatures,
    sign_with_another_key,
    add_the_order,
]


@pytest.mark.parametrize("place", ["sqlite"], indirect=True)  # signatures know no database
def test_of_ten_thousand_forged_codes_none_is_accepted(desk: TestOffice, record_property) -> None:
    codes, seed = genuine_codes(desk), 20180608
    chance, verifying = Random(seed), Verifying(desk.office)
    record_property("seed", seed)

    accepted = []
    for number in range(FORGERIES):
        forged = FORGERS[number % len(FORGERS)](codes, chance)
        assert forged not in codes
        if verifying.text(forged, by=desk.clerk).genuine:
            accepted.append(forged)

    assert accepted == []
    assert all(verifying.text(code, by=desk.clerk).genuine for code in codes)


@pytest.mark.parametrize("place", ["sqlite"], indirect=True)
def test_a_verifier_that_only_reads_the_code_would_accept_many(desk: TestOffice, monkeypatch) -> None:
    """The negative control: the same forgeries before a verifier that takes every signature."""
    monkeypatch.setattr("desktop.services.signing.verifying.is_signed_by", lambda code, key: True)
    codes, chance, verifying = genuine_codes(desk), Random(1), Verifying(desk.office)

    accepted = [
        forger.__name__
        for forger in FORGERS
        for _ in range(40)
        if verifying.text(forger(codes, chance), by=desk.clerk).genuine
    ]

    assert {"flip_a_bit", "swap_a_field", "exchange_signatures", "add_the_order"} <= set(accepted)
