"""The real window on a real register of an office with eight villages and two people."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop.app import Program, program_for
from desktop.domain.act import Actor, Role
from desktop.pages import read_known
from desktop.places import OfficeWindow
from desktop.services.office.villages import read_village_list
from desktop.views.jobs import Jobs
from desktop.views.kit.theme import Theme
from tests.e2e.hands import Hands
from tests.offices import LEDGERS, PASSWORD, StoppedClock

CLERK, REVIEWER, COLLEAGUE = "周敏", "吴审核", "陈国华"


@dataclass(frozen=True, slots=True)
class Shop:
    """The one establishment of the round, as it is typed and as it must come out again."""

    kind: str
    typed: dict[str, str]
    initials: str

    @property
    def name(self) -> str:
        return self.typed["name"]


@pytest.fixture
def shop() -> Shop:
    typed = {
        "name": "沙湖豆腐坊",
        "village": "沙湖村",
        "address": "沙湖村6组23号",
        "operator_name": "钱杰永",
        "operator_id_number": "320482199001010019",
        "phone": "13912345678",
        "products": "豆腐、百叶",
        "employee_count": "2",
        "health_certificate_count": "2",
        "surveyor": "陈国华",
    }
    return Shop("workshop", typed, "shdff")


@pytest.fixture
def program(tmp_path: Path, assets: Path) -> Iterator[Program]:
    environment = {"SANXIAO_USER": CLERK, "SANXIAO_PASSWORD": PASSWORD, "SANXIAO_ASSETS": str(assets)}
    made = program_for(
        data=tmp_path / "office", database_url=None, clock=StoppedClock(), environment=environment
    )
    villages = read_village_list((LEDGERS / "villages.csv").read_bytes(), "villages.csv")
    made.make_register(profile="jintan-2018", township="", villages=villages)
    made.accounts.add(
        name=REVIEWER, password=PASSWORD, roles=(Role.REVIEWER,), village_id=None, by=made.actor
    )
    yield made
    made.database.close()


@pytest.fixture
def reviewer(program: Program) -> Actor:
    return program.accounts.sign_in(REVIEWER, PASSWORD, desk="测试机")


@pytest.fixture
def sit_down(
    no_garbage: None, theme: Theme, program: Program, qtbot: QtBot
) -> Iterator[Callable[[Actor], Hands]]:
    """Open the window for a person; a window that is open already is closed before."""
    at_work: list[Hands] = []
    runners: list[Jobs] = []

    def leave() -> None:
        for jobs in runners:
            jobs.stop()
        for hands in at_work:
            hands.window.close()
            # Nobody looks at it again, so that no later zoom has to dress it.
            hands.window.deleteLater()
        runners.clear()
        at_work.clear()

    def sit(actor: Actor) -> Hands:
        leave()
        jobs = Jobs()
        office = OfficeWindow(program, actor, read_known(program, actor), theme, jobs)
        hands = Hands(office, jobs, qtbot)
        runners.append(jobs)
        at_work.append(hands)
        hands.window.resize(1366, 768)
        with qtbot.waitActive(hands.window):
            office.open()
            hands.window.activateWindow()
        hands.settle()
        return hands

    yield sit
    leave()
