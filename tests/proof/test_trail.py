"""Promises 8, 12 and 13: no lost update, no personal number in the trail, no tampering unseen."""

from collections.abc import Callable
from random import Random
from uuid import UUID

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from desktop.domain.identity import check_digit
from desktop.errors import ChangedMeanwhileError
from desktop.models.audit import AuditEntry, AuditHead
from desktop.services.register.establishments import Establishments
from desktop.services.register.leafing import Filters
from desktop.services.survey.surveys import Surveys
from desktop.storage.audit import broken_at, chained
from tests.offices import TestOffice, stall

pytestmark = [pytest.mark.proof, pytest.mark.timeout(300)]

TRIES = 1_000
CONFLICTS = 200


def is_broken(session: Session) -> bool:
    entries = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    return broken_at(entries, session.scalars(select(AuditHead)).one()) is not None


def edit(session: Session, chance: Random, last: int) -> None:
    column, value = chance.choice(
        [("account", "别人"), ("action", "x"), ("reason", "补"), ("desk", "y"), ("object_id", "999")]
    )
    one = chance.randint(1, last)
    session.execute(update(AuditEntry).where(AuditEntry.id == one).values({column: value}))


def remove(session: Session, chance: Random, last: int) -> None:
    session.execute(delete(AuditEntry).where(AuditEntry.id == chance.randint(1, last)))


def cut_the_tail(session: Session, chance: Random, last: int) -> None:
    session.execute(delete(AuditEntry).where(AuditEntry.id > chance.randint(0, last - 1)))


def swap(session: Session, chance: Random, last: int) -> None:
    one, two = chance.sample(range(1, last + 1), k=2)
    said = {
        entry.id: (entry.changes, entry.object_type, entry.action)
        for entry in session.scalars(select(AuditEntry).where(AuditEntry.id.in_([one, two])))
    }
    if said[one] == said[two]:
        return edit(session, chance, last)
    for here, there in ((one, two), (two, one)):
        changes, object_type, action = said[there]
        values = {"changes": changes, "object_type": object_type, "action": action}
        session.execute(update(AuditEntry).where(AuditEntry.id == here).values(values))
    return None


def rehash_one(session: Session, chance: Random, last: int) -> None:
    """Change an entry and give it a hash that fits: the entry after it still knows better."""
    one = chance.randint(2, last)
    entry = session.get_one(AuditEntry, one)
    before = session.get_one(AuditEntry, one - 1).hash
    entry.account = "别人"
    said = {name: getattr(entry, name) for name in COLUMNS}
    entry.hash = chained(before, said)
    session.flush()


COLUMNS = [column.key for column in AuditEntry.__mapper__.column_attrs if column.key != "hash"]
TAMPERINGS: list[Callable[[Session, Random, int], None]] = [edit, remove, cut_the_tail, swap, rehash_one]


def test_every_tampering_with_the_trail_is_found(desk: TestOffice, record_property) -> None:
    sheets = [("stall", stall(address=f"沙湖村{n}号"), UUID(int=n)) for n in range(1, 9)]
    Surveys(desk.office).enter_all(sheets, round_id=None, by=desk.clerk)
    seed = 20180608
    chance, missed = Random(seed), 0
    record_property("seed", seed)

    with desk.office.db.reading() as session:
        last = session.scalar(select(func.count(AuditEntry.id))) or 0
        assert not is_broken(session)
        for number in range(TRIES):
            tamper = TAMPERINGS[number % len(TAMPERINGS)]
            with session.begin_nested() as moment:
                tamper(session, chance, last)
                session.flush()
                session.expire_all()
                missed += not is_broken(session)
                moment.rollback()
            session.expire_all()
        assert not is_broken(session)

    assert missed == 0


def test_a_chain_that_is_not_checked_would_find_nothing(desk: TestOffice) -> None:
    """The negative control: the same tampering, looked at without the hashes."""
    with desk.office.db.reading() as session:
        before = session.scalar(select(func.count(AuditEntry.id)))
        edit(session, Random(1), before or 1)
        after = session.scalar(select(func.count(AuditEntry.id)))

        assert before == after
        assert is_broken(session)


def test_of_two_people_on_one_record_none_is_lost_without_a_word(desk: TestOffice) -> None:
    surveys = Surveys(desk.office)
    saved = surveys.save("stall", stall(), by=desk.clerk, identity=UUID(int=1))
    silent = 0

    for number in range(CONFLICTS):
        opened = Establishments(desk.office).detail(saved.id, by=desk.clerk).version
        first = surveys.save(
            "stall",
            stall(products=f"馄饨{number}"),
            by=desk.clerk,
            identity=UUID(int=2),
            establishment_id=saved.id,
            version=opened,
        )
        try:
            surveys.save(
                "stall",
                stall(products="凉皮"),
                by=desk.clerk,
                identity=UUID(int=3),
                establishment_id=saved.id,
                version=opened,
            )
            silent += 1
        except ChangedMeanwhileError:
            assert first.version == opened + 1

    (row,) = Establishments(desk.office).page(Filters(), by=desk.clerk)
    assert (silent, row.products) == (0, f"馄饨{CONFLICTS - 1}")


def test_no_planted_personal_number_stands_in_the_trail(desk: TestOffice) -> None:
    chance = Random(7)
    planted = []
    sheets = []
    for number in range(1, 1_000):
        body = f"32041319{chance.randint(50, 99)}0101{number:03d}"
        planted.append((body + check_digit(body), f"139{chance.randint(0, 10**8 - 1):08d}"))
        typed = stall(
            address=f"沙湖村{number}号",
            operator_id_number=planted[-1][0],
            phone=planted[-1][1],
            remark=f"找{planted[-1][1]}，身份证{planted[-1][0]}",
        )
        sheets.append(("stall", typed, UUID(int=number)))
    Surveys(desk.office).enter_all(sheets, round_id=None, by=desk.clerk)

    with desk.office.db.reading() as session:
        written = "\n".join(str(changes) for changes in session.scalars(select(AuditEntry.changes)))

    found = [value for pair in planted for value in pair if value in written]
    assert len(written) > 100_000
    assert found == []
