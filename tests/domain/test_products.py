"""Prohibited foods are found among products, and harmless words around them are heeded."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis.strategies import text

from desktop.domain.products import Hit, prohibited


@dataclass(frozen=True)
class Rule:
    word: str
    unless: tuple[str, ...] = ()


RULES = (Rule("酒", ("酒酿", "料酒")), Rule("裱花蛋糕"), Rule("乳制品"))


@pytest.mark.parametrize("products", ["", "酒酿圆子", "料酒烧肉", "豆腐、酒酿", "蛋糕"])
def test_harmless_products_are_left_alone(products):
    assert prohibited(products, RULES) == ()


@pytest.mark.parametrize(
    ("products", "hits"),
    [
        ("散装酒", (Hit("酒", "散装酒"),)),
        ("酒酿、白酒", (Hit("酒", "白酒"),)),
        ("酒酿酒", (Hit("酒", "酒酿酒"),)),
        ("裱花 蛋糕，乳制品", (Hit("裱花蛋糕", "裱花 蛋糕"), Hit("乳制品", "乳制品"))),
        ("乳制品\n白酒；豆腐", (Hit("乳制品", "乳制品"), Hit("酒", "白酒"))),
    ],
)
def test_a_prohibited_food_is_told_with_the_product_as_typed(products, hits):
    assert prohibited(products, RULES) == hits


@given(text())
def test_what_is_found_stands_in_what_was_typed(typed):
    assert all(hit.product in typed for hit in prohibited(typed, RULES))


def test_the_longest_harmless_words_are_heeded_first():
    assert prohibited("酒酿圆子酒", (Rule("酒", ("酒酿", "酒酿圆子酒")),)) == ()


def test_what_stands_around_a_harmless_word_makes_no_new_one():
    assert prohibited("白料酒", (Rule("白酒", ("料",)),)) == ()


def test_a_rule_without_a_word_finds_nothing():
    assert prohibited("豆腐", (Rule("、"),)) == ()


def test_words_of_two_products_make_no_third():
    assert prohibited("乳、制品", RULES) == ()
