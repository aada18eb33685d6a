"""The glossary and the code use the same words."""

import re
from pathlib import Path

from sqlalchemy.orm import DeclarativeBase

from desktop.domain.lifecycle import Labelled
from desktop.models.register import Base

ROOT = Path(__file__).parent.parent
ROWS = re.findall(r"^\| ([^|]+) \| `([^`]+)`", (ROOT / "docs/glossary.md").read_text("utf-8"), re.MULTILINE)
NAMES = [name for _, name in ROWS]


def mapped_classes() -> set[type[DeclarativeBase]]:
    return {mapper.class_ for mapper in Base.registry.mappers}


def test_every_mapped_class_stands_in_the_glossary() -> None:
    assert {one.__name__ for one in mapped_classes()} - set(NAMES) == set()


def test_every_status_dimension_stands_in_the_glossary() -> None:
    assert {one.__name__ for one in Labelled.__subclasses__()} - set(NAMES) == set()


def test_one_chinese_term_has_one_english_word_and_the_other_way_round() -> None:
    terms = [term.strip() for term, _ in ROWS]

    assert sorted(set(terms)) == sorted(terms)
    assert sorted(set(NAMES)) == sorted(NAMES)
