"""Promise 1: what is saved stays saved, wherever the process is killed."""

import multiprocessing
import os
import signal
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random
from uuid import UUID

import pytest
from sqlalchemy import func, select

from desktop.models.establishment import Establishment
from desktop.models.registration import Paper, Serial
from desktop.services.office.trail import Trail
from desktop.services.registration.registrations import Choice, Registrations
from desktop.services.survey.surveys import Surveys
from tests.offices import TODAY, TestOffice, open_made_office, stall

pytestmark = [pytest.mark.proof, pytest.mark.timeout(400)]

KILLS = 200
LONGEST_LIFE_SECONDS = 0.25


def work_until_killed(place: Path | str, start: int, told: Connection) -> None:
    """Save and register one after the other; tell each only once the service has returned."""
    desk = open_made_office(place)
    for number in range(start, start + 100_000):
        typed = stall(address=f"沙湖村{number}号", operator_id_number="320413198603279990")
        saved = Surveys(desk.office).save("stall", typed, by=desk.clerk, identity=UUID(int=number))
        told.send(("saved", saved.id))
        if number == start:
            told.send("ready")  # connected and warm: the life that follows is spent on work
        batch = Registrations(desk.office).register_all(
            Choice(ids=(saved.id,)), decided_on=TODAY, by=desk.clerk
        )
        told.send(("issued", batch.issued[0].number))


def lives(
    context: multiprocessing.context.BaseContext, place: Path | str, start: int, seconds: float
) -> list:
    """Let one process work for a while, kill it, and return what it was told had been kept."""
    hear, tell = context.Pipe(duplex=False)
    worker = context.Process(target=work_until_killed, args=(place, start, tell))
    worker.start()
    tell.close()
    heard = [hear.recv()]
    assert hear.recv() == "ready"
    worker.join(seconds)
    assert worker.pid is not None
    os.kill(worker.pid, signal.SIGKILL)
    worker.join()
    while hear.poll():
        try:
            heard.append(hear.recv())
        except EOFError:
            break
    return heard


def test_nothing_that_was_acknowledged_is_lost_when_the_process_is_killed(
    desk: TestOffice, place: Path | str, record_property
) -> None:
    seed = 1
    record_property("seed", seed)
    chance = Random(seed)
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.offices", "desktop.services.registration.registrations"])
    acknowledged = []
    kills = KILLS // 2  # the other half on the other database

    for life in range(kills):
        start = 1 + life * 100_000
        acknowledged += lives(context, place, start, chance.uniform(0.005, LONGEST_LIFE_SECONDS))

    with desk.office.db.reading() as session:
        ids = set(session.scalars(select(Establishment.id)))
        numbers = set(session.scalars(select(Paper.number)))
        counted = session.scalar(select(func.count(Paper.id)))
        last = session.scalar(select(Serial.last).where(Serial.scope.contains("stall"))) or 0
    saved = {what for kind, what in acknowledged if kind == "saved"}
    issued = {what for kind, what in acknowledged if kind == "issued"}
    assert len(saved) > kills // 4  # the harness did work
    assert saved - ids == set()
    assert issued - numbers == set()
    assert counted == last
    assert Trail(desk.office).check(by=desk.clerk) == ()
