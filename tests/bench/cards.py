"""Cards of invented people, a tenth with a rare character, and how long one process takes to print them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from random import Random
from resource import RUSAGE_CHILDREN, getrusage
from time import perf_counter, process_time
from typing import overload

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from desktop.domain.paper_code import CodeFacts, shortened
from desktop.paths import Assets
from desktop.services.sample.township import SampleWords
from desktop.services.signing.signer import Signer
from printing.batch import print_batch
from printing.documents.card import DOCUMENT, draw_background
from printing.fonts import Faces
from printing.geometry import A6_LANDSCAPE
from printing.parts import print_parts
from printing.registration import RegistrationFacts, Row
from tests.bench.bare import draw_bare, heard
from tests.bench.memory import peak_mb
from tests.offices import TODAY

AT_ONCE = 5_000
"""As many are made before the clock starts; more are made as they are printed."""


class Cards(Sequence[RegistrationFacts]):
    """So many cards; each is made, and signed, when it is asked for."""

    def __init__(self, first: int, count: int) -> None:
        self._numbers = range(first + 1, first + count + 1)
        self._words = SampleWords.shipped()
        self._signer = Signer("BNCH", Ed25519PrivateKey.from_private_bytes(bytes(32)))

    def __len__(self) -> int:
        return len(self._numbers)

    @overload
    def __getitem__(self, place: int) -> RegistrationFacts: ...
    @overload
    def __getitem__(self, place: slice) -> list[RegistrationFacts]: ...
    def __getitem__(self, place: int | slice) -> RegistrationFacts | list[RegistrationFacts]:
        if isinstance(place, slice):
            return [self[one] for one in range(len(self))[place]]
        return self.signed(_card(self._numbers[place], self._words))

    def unsigned(self) -> list[RegistrationFacts]:
        return [_card(number, self._words) for number in self._numbers]

    def signed(self, card: RegistrationFacts) -> RegistrationFacts:
        """Return a card with its code, as the office signs it when it issues one."""
        said = {row.fact: row.value for row in card.rows}
        number = card.number.replace(" ", "")
        until = card.issued_on + timedelta(days=364)
        facts = CodeFacts("stall", number, until, said["operator_name"], said["address"])
        return replace(card, qr_text=self._signer.signed(shortened(facts)))


def _card(number: int, words: SampleWords) -> RegistrationFacts:
    chance = Random(number)
    plain = chance.choice(words.surnames) + "".join(chance.choices(words.given, k=2))
    person = chance.choice(words.rare_names) if number % 10 == 0 else plain
    village = chance.choice(words.villages)[1]
    day = TODAY - timedelta(days=number % 60)
    place = f"金城镇{village}{number % 40 + 1}组便民疏导点　{number:04d}号摊位"
    rows = (
        Row("经营者姓名", person, fact="operator_name"),
        Row("身份证号", f"3204{chance.randint(131950, 131999)}****{number % 10000:04d}"),
        Row("经营品种", "、".join(chance.sample(words.products["stall"], 3)), may_wrap=True),
        Row("指定地点", place, may_wrap=True, fact="address"),
        Row("经营时段", "5:00—9:30"),
        Row("有效期限", f"{_said(day)}至{_said(day + timedelta(days=364))}"),
    )
    return replace(DOCUMENT.sample, number=f"TF 320413100 2018 {number:04d}", rows=rows, issued_on=day)


def _said(day: object) -> str:
    return f"{day:%Y年%-m月%-d日}"


def main(way: str, first: int, count: int, target: Path) -> None:
    """Print some cards in one of four ways; say how long it took and how much memory.

    The program signs, checks every glyph and fit, draws and fingerprints; the bare loop only draws. One
    process and two get cards that were signed at their issue. Of two that work at once, the processor's
    time is counted that one of them took.
    """
    cards, faces = Cards(first, count), Faces(Assets.found().fonts)
    made = cards.unsigned() if count <= AT_ONCE else []
    bare = heard(DOCUMENT.draw, cards, faces, A6_LANDSCAPE) if way == "bare" else []
    signed = list(map(cards.signed, made)) if way in {"one", "two"} else []
    DOCUMENT.check(cards[9], faces)  # fonts, that of a rare name too, are read once per process
    started, processor = perf_counter(), process_time()
    if way == "bare":
        behind = partial(draw_background, facts=cards[0], layout=DOCUMENT.layout)
        draw_bare(bare, target, faces, A6_LANDSCAPE, behind)
    else:
        facts: Sequence[RegistrationFacts] = signed or list(map(cards.signed, made)) or cards
        if way == "two":
            targets = [target.with_stem(f"{target.stem}-{part}") for part in (1, 2)]
            print_parts(DOCUMENT, facts, targets, faces.folder)
        else:
            print_batch(DOCUMENT, facts, target, faces)
    children = getrusage(RUSAGE_CHILDREN)
    spent = process_time() - processor + (children.ru_utime + children.ru_stime) / 2
    print(perf_counter() - started, spent, peak_mb())
