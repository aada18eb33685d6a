"""The signed code (核验码) on a paper: facts and an Ed25519 signature as text that a QR holds densely.

``SX1-KEY-TRADE-NUMBER-UNTIL-BODY``: the head can be read by anybody with a telephone; ``BODY`` is, in
base 36, the algorithm byte, the edition, the holder and the place in UTF-16 and the 64 bytes of the
signature. Only digits, capitals, ``-`` and ``%`` are used: the QR's alphanumeric mode takes them at 5.5 bits
each, and an input method leaves alone what a scanner types of them. There is one spelling for each code and
reading is strict, so that nothing but what was signed is ever accepted. No identity number and no phone.
Why so: docs/decisions.md, "The signed code".
"""

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from urllib.parse import unquote_to_bytes

ED25519 = 1
"""The algorithm byte; another algorithm gets another number, and this program refuses it."""

SIGNATURE_LENGTH = 64

LONGEST_TEXT = 221
"""What a QR of version 8 (49 modules) holds at level M: 0.51 mm a module at 25 mm."""

HOLDER_MOST, PLACE_LEAST = 28, 16
"""Bytes (two a character, four a rare one) of the holder that are kept at most, and of the place at least."""

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_SCHEME = "SX1"
_NO_END = "0"
_HEAD = re.compile(
    r"SX1-(?P<key>[0-9A-Z]{4})-(?P<trade>[0-9A-Z]+)-(?P<number>(?:[0-9A-Z]|%[0-9A-F]{2})+)"
    r"-(?P<until>0|[0-9]{8})-(?P<body>[1-9A-Z][0-9A-Z]*)"
)
_TRADE = re.compile(r"[a-z0-9]+")
_LONGEST_READ = 1000


class WrongCode(ValueError):
    """A text is no signed code, or one that was not written by the rules; the sentence says which."""


@dataclass(frozen=True, slots=True)
class CodeFacts:
    """What a code says of a paper. ``place`` is the end of the address within the township.

    ``edition`` (1 to 255) tells a paper that was lost from the one that was issued in its stead.
    """

    trade: str
    number: str
    valid_until: date | None
    holder: str
    place: str
    edition: int = 1


@dataclass(frozen=True, slots=True)
class SignedCode:
    """A code as it was read; whether the signature is good, only the key can tell."""

    key_id: str
    facts: CodeFacts
    message: bytes
    signature: bytes


def key_id_of(public_key: bytes) -> str:
    """Return the four characters by which a code names its key."""
    number = int.from_bytes(sha256(public_key).digest(), "big")
    return _base36(number % 36**4).rjust(4, "0")


def can_be_signed(trade: str) -> bool:
    """Tell whether the code of a trade can stand in a signed code: small letters and digits only."""
    return _TRADE.fullmatch(trade) is not None


def shortened(facts: CodeFacts) -> CodeFacts:
    """Cut holder and place so that the QR stays at version 8: of a name the beginning, of a place the end.

    The end of an address tells one stall from the next. What was cut shows as …
    """
    place = _clean(facts.place)
    holder = kept = _clean(facts.holder)
    while len(_packed(holder)) > HOLDER_MOST:
        kept = kept[:-1].rstrip("…")
        holder = f"{kept}…"
    characters = LONGEST_TEXT - len(_head(facts, "0000"))
    room = ((36**characters).bit_length() - 2) // 8 + 1 if characters > 0 else 0
    room -= 3 + len(_packed(holder)) + SIGNATURE_LENGTH
    end = place
    while len(_packed(place)) > max(room, PLACE_LEAST):
        end = end[1:].lstrip("…")
        place = f"…{end}"
    return replace(facts, holder=holder, place=place)


def message_of(facts: CodeFacts, key_id: str) -> bytes:
    """Return the bytes that are signed; the scheme in front keeps them apart from all else the key signs.

    Facts that no code can hold (an empty or over-long holder, an empty place) are a ``ValueError``.
    """
    if not can_be_signed(facts.trade):
        raise ValueError(f"no code can name the trade {facts.trade!r}")
    holder, place = _packed(facts.holder), _packed(facts.place)
    if not 0 < len(holder) < 256 or not place or not facts.number or not 0 < facts.edition < 256:
        raise ValueError("a code needs number, edition, holder and place")
    begin = bytes([ED25519, facts.edition, len(holder)])
    return _head(facts, key_id).encode("ascii") + begin + holder + place


def written(message: bytes, signature: bytes) -> str:
    """Return the text of a code: the head as it is, the rest in base 36."""
    head, dash, tail = _parted(message)
    return head + dash + _base36(int.from_bytes(tail + signature, "big"))


def read_code(text: str) -> SignedCode:
    """Read the text of a code strictly; what has another spelling than ours is ``WrongCode``."""
    found = _HEAD.fullmatch(text) if len(text) <= _LONGEST_READ else None
    if found is None:
        raise WrongCode("这不是本系统的核验码，或者没有扫完整；请对准二维码重扫一遍")
    tail = _bytes_of(found["body"])
    length = tail[2] if len(tail) > 3 else 0
    if tail[0] != ED25519:
        raise WrongCode(
            f"核验码没有扫完整，或者签名算法（{tail[0]}）本版本不认识；请对准二维码重扫一遍，仍这样再升级本系统"
        )
    if length == 0 or len(tail) <= 3 + length + SIGNATURE_LENGTH:
        raise WrongCode("核验码不完整，请对准二维码重扫一遍")
    try:
        facts = CodeFacts(
            trade=found["trade"].lower(),
            number=unquote_to_bytes(found["number"]).decode("utf-8"),
            valid_until=_day(found["until"]),
            holder=tail[3 : 3 + length].decode("utf-16-be"),
            place=tail[3 + length : -SIGNATURE_LENGTH].decode("utf-16-be"),
            edition=tail[1],
        )
        message = message_of(facts, found["key"])
    except ValueError as wrong:
        raise WrongCode("核验码里的内容读不通，不是本系统写的") from wrong
    code = SignedCode(found["key"], facts, message, tail[-SIGNATURE_LENGTH:])
    if written(message, code.signature) != text or any(map(_is_unclean, (facts.holder, facts.place))):
        raise WrongCode("核验码的写法不合规则，不是本系统写的")
    return code


def looks_like_code(text: str) -> bool:
    """Tell whether somebody typed or scanned a signed code, or the beginning of one."""
    return fold_typed(text).startswith(f"{_SCHEME}-")


def fold_typed(text: str) -> str:
    """Undo what keyboards, input methods and telephones do to a code: width, case, white space."""
    folded = unicodedata.normalize("NFKC", text).replace("－", "-").replace("—", "-")
    return re.sub(r"[\s\u200b\ufeff]", "", folded).upper()


def place_within(address: str, township: str) -> str:
    """Return an address without what stands before and with the township: all its papers share that."""
    _, _, rest = address.partition(township)
    return rest.strip() or address


def _head(facts: CodeFacts, key_id: str) -> str:
    until = facts.valid_until.strftime("%Y%m%d") if facts.valid_until else _NO_END
    return f"{_SCHEME}-{key_id}-{facts.trade.upper()}-{_escaped(facts.number)}-{until}-"


def _escaped(text: str) -> str:
    return "".join(
        character if character in _DIGITS else "".join(f"%{byte:02X}" for byte in character.encode())
        for character in text
    )


def _parted(message: bytes) -> tuple[str, str, bytes]:
    """Part a message after the fifth dash: the head is ASCII and holds exactly five."""
    parts = message.split(b"-", 5)
    return b"-".join(parts[:5]).decode("ascii"), "-", parts[5]


def _day(text: str) -> date | None:
    return None if text == _NO_END else date.fromisoformat(f"{text[:4]}-{text[4:6]}-{text[6:]}")


def _packed(text: str) -> bytes:
    return text.encode("utf-16-be")


def _clean(text: str) -> str:
    """Return a text without line breaks and other characters that cannot be seen."""
    normal = unicodedata.normalize("NFC", text)
    return "".join(c for c in normal if not _is_hidden(c)).strip()


def _is_unclean(text: str) -> bool:
    return _clean(text) != text


def _is_hidden(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cf", "Cs"}


def _base36(number: int) -> str:
    digits = []
    while number:
        number, rest = divmod(number, 36)
        digits.append(_DIGITS[rest])
    return "".join(reversed(digits)) or "0"


def _bytes_of(body: str) -> bytes:
    number = int(body, 36)
    return number.to_bytes((number.bit_length() + 7) // 8, "big")
