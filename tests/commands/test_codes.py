"""Codes on the command line: verified as text and as a picture; keys listed, replaced, revoked."""

import json
from pathlib import Path

import pypdfium2
import pytest

from tests.commands.conftest import Console


@pytest.fixture
def card(stalls: Console, tmp_path: Path) -> Path:
    """A printed card, as a photograph of it would be."""
    assert stalls("register", "--id", 1).json["issued"]
    number = stalls("list", "establishments", "--kind", "stall").json["rows"][0]["paper_number"]
    assert stalls("print", "card", "--number", number, "-o", tmp_path / "card.pdf").code == 0
    picture = tmp_path / "card.png"
    document = pypdfium2.PdfDocument(tmp_path / "card.pdf")
    document[0].render(scale=3).to_pil().save(picture)
    document.close()
    return picture


def test_the_picture_of_a_printed_card_is_verified(stalls: Console, card: Path) -> None:
    told = stalls("verify", "--picture", card)

    assert told.code == 0
    assert (told.json["genuine"], told.json["status"], told.json["as_of"]) == (True, "valid", "2018-06-08")
    row = stalls("list", "establishments", "--search", told.json["number"]).json["rows"][0]
    assert told.json["holder"] == row["operator_name"]
    assert told.json["place"] in row["village"] + row["address"] + row["address"]


def test_a_card_that_ran_out_is_not_said_to_have_passed(stalls: Console, card: Path) -> None:
    told = stalls("verify", "--picture", card, today="2019-06-08", as_json=False)

    assert told.code == 0
    assert told.out.startswith("签名是真的，但是不能再用")
    assert "只到 2019-06-07，已经过期" in told.out


def test_a_code_that_is_none_is_refused_and_the_json_still_given(stalls: Console) -> None:
    told = stalls("verify", "SX1-AAAA-STALL-TF1-0-1ABC")

    assert told.code == 1
    assert told.json["genuine"] is False
    assert "核验没有通过" in told.err


def test_a_picture_without_a_code_is_refused(stalls: Console, tmp_path: Path) -> None:
    other = tmp_path / "x.png"
    other.write_bytes(b"\x89PNG nothing")

    assert "不是能打开的图片" in stalls("verify", "--picture", other).err
    assert stalls("verify", "--picture", tmp_path / "none.png").code == 1
    assert stalls("verify", "A", "--picture", other).code == 2
    assert stalls("verify").code == 2


def test_a_key_that_may_be_known_is_revoked_and_the_cards_are_printed_anew(
    stalls: Console, card: Path, tmp_path: Path
) -> None:
    (first,) = stalls("keys").json

    assert stalls("keys", "revoke", first["id"], "--reason", "旧电脑失窃").json["to_print_again"] > 0

    told = stalls("verify", "--picture", card)
    assert told.code == 1
    assert "旧电脑失窃" in told.json["reason"]
    again = stalls(
        "print", "card", "--number", told.json["number"], "-o", tmp_path / "b.pdf", "--reason", "换钥匙"
    )
    assert again.code == 0
    assert [key["is_in_use"] for key in stalls("keys", "list").json].count(True) == 1


def test_no_answer_of_the_command_line_holds_the_secret(stalls: Console) -> None:
    made = stalls("keys", "replace").json["key"]

    keys = stalls("keys").json
    trail = stalls("audit").json

    assert {made} == {key["id"] for key in keys if key["is_in_use"]}
    assert set(keys[0]) == {
        "id",
        "public_key",
        "made_on",
        "retired_on",
        "revoked_on",
        "revoked_reason",
        "is_in_use",
        "paper_count",
    }
    assert "secret" not in json.dumps(trail)
