"""The one thing to do next: what is late before what is due, what is due before what is possible."""

from dataclasses import replace
from datetime import date

import pytest

from desktop.domain.lifecycle import OperatingStatus, PaperStatus, RegistrationStatus, Stage
from desktop.domain.next_step import OpenCase, Standing, Verb, next_step
from tests.offices import CALENDAR

TODAY = date(2026, 6, 12)
PLAIN = Standing(
    operating=OperatingStatus.OPERATING,
    registration=RegistrationStatus.UNREGISTERED,
    paper=PaperStatus.NONE,
    paper_title="食品摊贩登记卡",
    valid_until=None,
    is_printed=False,
    cases=(),
    barred=(),
    today=TODAY,
)


def case(stage: Stage, due_on: date | None = None) -> OpenCase:
    is_late = due_on is not None and due_on < TODAY
    return OpenCase(1, stage, due_on, is_late, -CALENDAR.workdays_left(TODAY, due_on) if is_late else None)


@pytest.mark.parametrize(
    ("standing", "verb", "said"),
    [
        (PLAIN, Verb.REGISTER, "可以登记"),
        (replace(PLAIN, barred=("缺身份证号，请先补全档案",)), Verb.EDIT, "缺身份证号"),
        (replace(PLAIN, barred=("禁业到2030-01-01，期满才能登记",)), Verb.NONE, "禁业"),
        (replace(PLAIN, registration=RegistrationStatus.ACCEPTED), Verb.REGISTER, "现场核查"),
        (replace(PLAIN, paper=PaperStatus.VALID), Verb.PRINT, "还没有打印"),
        (replace(PLAIN, paper=PaperStatus.VALID, is_printed=True), Verb.INSPECT, "证照齐全"),
        (
            replace(PLAIN, paper=PaperStatus.EXPIRING, is_printed=True, valid_until=date(2026, 7, 8)),
            Verb.INSPECT,
            "26 天到期",
        ),
        (replace(PLAIN, operating=OperatingStatus.SHUT_DOWN), Verb.LOOK_BACK, "死灰复燃"),
        (replace(PLAIN, cases=(case(Stage.PASSED),)), Verb.INSPECT, "没有参加这次复查的人"),
        (replace(PLAIN, cases=(case(Stage.ORDERED, date(2026, 6, 10)),)), Verb.INSPECT, "已过 2 个工作日"),
    ],
)
def test_each_standing_has_its_one_step(standing: Standing, verb: Verb, said: str) -> None:
    step = next_step(standing)

    assert (step.verb, said in step.sentence) == (verb, True)
    assert bool(step.word) is (verb is not Verb.NONE)


def test_what_is_late_comes_before_everything_else() -> None:
    cases = (
        case(Stage.PASSED),
        case(Stage.ORDERED, date(2026, 6, 1)),
        case(Stage.REPORTED, date(2026, 6, 15)),
    )

    assert "已过 9 个工作日" in next_step(replace(PLAIN, cases=cases)).sentence


@pytest.mark.parametrize("stage", [stage for stage in Stage if stage.is_open])
def test_every_open_stage_has_its_words(stage: Stage) -> None:
    assert next_step(replace(PLAIN, cases=(case(stage, date(2026, 6, 15)),))).word
