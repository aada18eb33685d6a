"""The words of a card on the wall."""

from datetime import date

import pytest

from desktop.domain.lifecycle import Stage
from desktop.domain.wall import Column, DeadlineRow
from desktop.services.rectification.wall import CaseWords, WallCard
from desktop.views.rectification.cards import card_of

TODAY = date(2018, 6, 28)
WORDS = CaseWords("未留存进货凭证", 0, "金食安办告〔2018〕4号", ("赵学军", "陆文娟"))


def late(stage: Stage) -> WallCard:
    row = DeadlineRow(
        case_id=1,
        establishment_id=1,
        archive_number="100-0001",
        kind="workshop",
        title="方边油坊",
        operator_name="陈梅建",
        village="方边村",
        stage=stage,
        column=Column.LATE,
        due_on=date(2018, 6, 14),
        workdays_left=-9,
        is_overdue=True,
        is_starred=False,
        asked_on=TODAY,
    )
    return WallCard(row, WORDS)


@pytest.mark.parametrize(
    ("stage", "verb"), [(Stage.ORDERED, "督办"), (Stage.REPORTED, "填结果"), (Stage.SUPERVISED, "填结果")]
)
def test_a_late_card_says_what_moves_it_on(stage, verb):
    assert card_of(late(stage), TODAY).verb == verb
