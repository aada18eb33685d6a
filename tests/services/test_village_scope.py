"""A village account sees and touches its own village: what happens elsewhere changes no answer it gets."""

import importlib
import inspect
import pkgutil
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

import desktop.services
from desktop.domain.act import Actor, Role
from desktop.errors import NotAllowedError, UserError
from desktop.services.imports.runs import ImportRuns
from desktop.services.office.trail import Trail
from desktop.services.survey.surveys import Surveys
from tests.offices import TODAY, TestOffice, stall
from tests.services.asked import BY_ITSELF, acts, questions
from tests.services.elsewhere import (
    WHITE,
    Elsewhere,
    happen,
)


@pytest.fixture
def villager(desk: TestOffice) -> Actor:
    return desk.somebody("白塔村干部", Role.VILLAGE, village_id=WHITE)


def test_what_happens_in_another_village_changes_no_answer(
    desk: TestOffice, villager: Actor, tmp_path: Path
) -> None:
    round_id = Surveys(desk.office).open_round(name="2018", starts_on=TODAY, ends_on=None, by=desk.clerk)
    shop = stall(village="白塔村", address="白塔村2组2号", operator_id_number=None, phone=None)
    Surveys(desk.office).save("stall", shop, by=villager, identity=uuid4())
    desk.clock.day = TODAY + timedelta(days=10)
    before = {name: repr(ask(villager)) for name, ask in questions(desk, tmp_path, round_id)}
    desk.clock.day = TODAY

    happen(desk, tmp_path)

    after = {name: repr(ask(villager)) for name, ask in questions(desk, tmp_path, round_id)}
    assert {name: said for name, said in after.items() if said != before[name]} == {}
    everybody = {name: repr(ask(desk.clerk)) for name, ask in questions(desk, tmp_path, round_id)}
    changed_for_the_office = {name for name in after if everybody[name] != before[name]}
    assert changed_for_the_office == set(after) - {"Drafts.list"}


def test_nothing_of_another_village_is_opened_or_touched_by_its_id(
    desk: TestOffice, villager: Actor, tmp_path: Path
) -> None:
    there = happen(desk, tmp_path)

    opened = []
    for name, ask in acts(desk, there, tmp_path):
        try:
            ask(villager)
        except NotAllowedError:
            continue
        except UserError as unknown:
            if "没有编号为" in str(unknown):
                continue
            raise
        opened.append(name)

    assert opened == []
    assert [run.id for run in ImportRuns(desk.office).recent(by=there.own)] == [there.import_id]
    assert Trail(desk.office).of_establishment(there.shop, by=villager) == ()
    assert not (tmp_path / "文件").exists()


def test_every_question_and_act_of_the_services_is_asked_here(desk: TestOffice, tmp_path: Path) -> None:
    asked = {name for name, _ in questions(desk, tmp_path, 1)}
    asked |= {name for name, _ in acts(desk, Elsewhere(1, 1, 1, 1, 1, 1, "", desk.clerk, tmp_path), tmp_path)}
    asked |= {"Trail.of_establishment", "Drafts.discard"}

    there_are = set()
    for module in pkgutil.walk_packages(desktop.services.__path__, "desktop.services."):
        loaded = importlib.import_module(module.name)
        for class_name, one in vars(loaded).items():
            if not inspect.isclass(one) or one.__module__ != loaded.__name__:
                continue
            for method, function in vars(one).items():
                is_public = not method.startswith("_") and inspect.isfunction(function)
                if is_public and "by" in inspect.signature(function).parameters:
                    there_are.add(f"{class_name}.{method}")
    assert len(there_are) > 200
    assert there_are - asked - BY_ITSELF == set()
