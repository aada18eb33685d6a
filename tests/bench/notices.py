"""Notices of some hundred cases in one file: by the program, and by a bare loop that is told every mark."""

import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random
from time import perf_counter, process_time

from desktop.paths import Assets
from desktop.services.sample.township import SampleWords
from printing.batch import print_batch
from printing.documents.rectification_notice import DOCUMENT, NoticeFacts
from printing.fonts import Faces
from printing.geometry import A4
from tests.bench.bare import draw_bare, heard
from tests.bench.memory import peak_mb


def notices(count: int) -> Iterator[NoticeFacts]:
    """Yield notices to different people, with one to four findings each."""
    words, sample = SampleWords.shipped(), DOCUMENT.sample
    for number in range(1, count + 1):
        chance = Random(number)
        person = chance.choice(words.surnames) + "".join(chance.choices(words.given, k=2))
        name = chance.choice(words.rare_names) if number % 10 == 0 else person
        found = chance.choices(sample.findings, k=number % 4 + 1)
        yield replace(
            sample,
            number=f"金食安办告〔2018〕{number}号",
            addressee=f"{name}（{chance.choice(words.villages)[1]}）",
            findings=tuple(f"{finding}（第{number}号现场记录）" for finding in found),
            issued_on=sample.issued_on + timedelta(days=number % 60),
        )


def main(way: str, count: int, target: Path) -> None:
    """Print some notices in one of two ways; say how long it took and how much memory."""
    facts, faces = list(notices(count)), Faces(Assets.found().fonts)
    bare = heard(DOCUMENT.draw, facts, faces, A4) if way == "bare" else []
    DOCUMENT.check(facts[9], faces)  # fonts, that of a rare name too, are read once per process
    started, processor = perf_counter(), process_time()
    if way == "bare":
        draw_bare(bare, target, faces, A4)
    else:
        print_batch(DOCUMENT, facts, target, faces)
    print(perf_counter() - started, process_time() - processor, peak_mb())


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
