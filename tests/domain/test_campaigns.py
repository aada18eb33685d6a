"""Campaigns: phases in their order, the countdown to the day, times as schedules write them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis.strategies import dates

from desktop.domain.campaigns import Phase, Task, countdown, disorder

SURVEY = Phase("调查摸底", date(2018, 4, 1), date(2018, 5, 31))
WORK = Phase("集中整治", date(2018, 6, 1), date(2018, 12, 31))
KEEP = Phase("巩固提升", date(2019, 7, 1), date(2019, 10, 31))
PLAN = (SURVEY, WORK, KEEP)


@pytest.mark.parametrize(
    ("today", "words", "is_late"),
    [
        (date(2018, 3, 30), "“调查摸底”2018年4月1日开始，还有 2 天", False),
        (date(2018, 5, 30), "“调查摸底”还有 1 天", False),
        (date(2018, 5, 31), "“调查摸底”今天结束", False),
        (date(2018, 6, 1), "“集中整治”还有 213 天", False),
        (date(2019, 6, 30), "“巩固提升”2019年7月1日开始，还有 1 天", False),
        (date(2019, 11, 2), "已过结束日 2 天，还没有收尾", True),
    ],
)
def test_the_countdown_says_which_phase_runs_or_comes(today: date, words: str, is_late: bool) -> None:
    said = countdown(PLAN, today)

    assert (said.words, said.is_late) == (words, is_late)


@pytest.mark.parametrize(
    ("first", "last", "when"),
    [
        (None, date(2022, 2, 28), "2022年2月底前"),
        (None, date(2022, 9, 10), "2022年9月10日前"),
        (date(2022, 3, 1), date(2022, 3, 31), "2022年3月"),
        (date(2022, 4, 1), date(2022, 6, 30), "2022年4月～6月"),
        (date(2022, 12, 1), date(2023, 1, 31), "2022年12月～2023年1月"),
        (date(2024, 8, 14), date(2024, 9, 9), "2024年8月14日～2024年9月9日"),
    ],
)
def test_the_time_of_a_line_is_said_as_schedules_say_it(first: date | None, last: date, when: str) -> None:
    assert Task(first, last, "甲", "").when == when


@pytest.mark.parametrize(
    ("phases", "tasks", "said"),
    [
        ((), (), "至少要有一个阶段"),
        ((Phase(" ", *(date(2018, 1, 1),) * 2),), (), "第 1 个阶段没有名称"),
        ((Phase("甲", date(2018, 2, 1), date(2018, 1, 1)),), (), "早于开始日"),
        ((SURVEY, Phase("乙", SURVEY.ends_on, WORK.ends_on)), (), "日期重叠"),
        (PLAN, (Task(None, WORK.ends_on, " ", ""),), "第 1 行没有工作重点"),
        (PLAN, (Task(WORK.ends_on, WORK.starts_on, "甲", ""),), "第 1 行结束日"),
        (PLAN, (Task(None, WORK.ends_on, "甲", "措" * 401),), "推进措施有 401 个字，最多 400 个"),
    ],
)
def test_what_is_out_of_order_is_said_with_its_place(phases, tasks, said: str) -> None:
    assert said in disorder(phases, tasks)


def test_a_gap_between_two_phases_is_as_in_the_plan_of_2018() -> None:
    assert disorder(PLAN, (Task(None, WORK.ends_on, "甲", ""),)) == ""


@given(dates(date(2018, 1, 1), date(2019, 12, 31)))
def test_every_day_has_its_words_and_is_late_only_after_the_end(today: date) -> None:
    said = countdown(PLAN, today)

    assert said.words
    assert said.is_late == (today > KEEP.ends_on)
    assert countdown(PLAN, today + timedelta(days=1)).words != said.words
