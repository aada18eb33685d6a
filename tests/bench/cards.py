"""How fast cards are printed, beside a bare loop that draws the same marks without asking anything."""

import sys
from base64 import b32encode
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random
from time import perf_counter, process_time
from typing import overload

from desktop.paths import Assets
from desktop.services.samples import SampleWords
from printing.batch import print_batch
from printing.documents.card import DOCUMENT
from printing.fonts import Faces
from printing.registration import RegistrationFacts, Row
from tests.bench.bare_cards import draw_bare, known_beforehand
from tests.bench.memory import peak_mb
from tests.offices import TODAY

AT_ONCE = 1_000
"""As many are made before the clock starts; more are made as they are printed."""

_SIGNED_BYTES = 96
"""Key id, algorithm, facts and an Ed25519 signature (64 of them): what the code of a card will hold."""


class Cards(Sequence[RegistrationFacts]):
    """Cards of as many invented people, a tenth with a rare character; each is made when asked for."""

    def __init__(self, first: int, count: int) -> None:
        self._numbers = range(first + 1, first + count + 1)
        self._words = SampleWords.shipped()

    def __len__(self) -> int:
        return len(self._numbers)

    @overload
    def __getitem__(self, place: int) -> RegistrationFacts: ...
    @overload
    def __getitem__(self, place: slice) -> list[RegistrationFacts]: ...
    def __getitem__(self, place: int | slice) -> RegistrationFacts | list[RegistrationFacts]:
        if isinstance(place, slice):
            return [_card(number, self._words) for number in self._numbers[place]]
        return _card(self._numbers[place], self._words)


def _card(number: int, words: SampleWords) -> RegistrationFacts:
    chance = Random(number)
    plain = chance.choice(words.surnames) + "".join(chance.choices(words.given, k=2))
    person = chance.choice(words.rare_names) if number % 10 == 0 else plain
    village = chance.choice(words.villages)[1]
    day = TODAY - timedelta(days=number % 60)
    until = day + timedelta(days=364)
    rows = (
        Row("经营者姓名", person),
        Row("身份证号", f"3204{chance.randint(131950, 131999)}****{number % 10000:04d}"),
        Row("经营品种", "、".join(chance.sample(words.products["stall"], 3)), may_wrap=True),
        Row("指定地点", f"金城镇{village}{number % 40 + 1}组便民疏导点　{number:04d}号摊位", may_wrap=True),
        Row("经营时段", "5:00—9:30"),
        Row("有效期限", f"{_said(day)}至{_said(until)}"),
    )
    signed = b32encode(chance.randbytes(_SIGNED_BYTES)).decode().rstrip("=")
    return replace(
        DOCUMENT.sample, number=f"TF 320413100 2018 {number:04d}", rows=rows, issued_on=day, qr_text=signed
    )


def _said(day: object) -> str:
    return f"{day:%Y年%-m月%-d日}"


def main(way: str, first: int, count: int, target: str) -> None:
    """Print some cards in one of two ways; say how long it took and how much memory."""
    facts: Sequence[RegistrationFacts] = Cards(first, count)
    if count <= AT_ONCE:
        facts = list(facts)  # making them is no part of printing
    faces = Faces(Assets.found().fonts)
    bare = known_beforehand(facts, faces) if way == "bare" else []
    started, processor = perf_counter(), process_time()
    if way == "bare":
        draw_bare(bare, facts[0], Path(target), faces)
    else:
        print_batch(DOCUMENT, facts, Path(target), faces)
    print(perf_counter() - started, process_time() - processor, peak_mb())


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
