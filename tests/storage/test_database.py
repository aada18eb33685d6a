"""The database block: all or nothing, said in sentences, announced after the commit."""

from pathlib import Path

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError

from desktop.errors import EnvironmentFailedError, UserError
from desktop.models.establishment import Survey
from desktop.services.office.trail import Trail
from desktop.storage.database import Database
from tests.offices import TODAY, TestOffice, open_test_office


def survey(name: str) -> Survey:
    return Survey(name=name, starts_on=TODAY, ends_on=None)


def test_a_question_alone_leaves_no_connection_that_writes_by_itself(postgres_url: str) -> None:
    desk = open_test_office(postgres_url)
    db, act = desk.office.db, desk.office.act(desk.clerk, "survey.open")
    surveys = select(func.count()).select_from(Survey)

    def add_and_fail() -> None:
        with db.writing(act) as session:
            session.add(survey("一"))
            session.flush()
            raise UserError("不写了")

    assert db.answer(surveys, {}) == [(0,)]
    with pytest.raises(UserError):
        add_and_fail()
    assert db.answer(surveys, {}) == [(0,)]
    db.close()


def test_a_question_alone_is_answered_after_the_server_has_dropped_its_connection(postgres_url: str) -> None:
    desk = open_test_office(postgres_url)
    db = desk.office.db
    mine = select(func.pg_backend_pid())
    ((before,),) = db.answer(mine, {})
    with db.reading() as session:
        session.execute(select(func.pg_terminate_backend(before)))

    ((after,),) = db.answer(mine, {})

    assert after != before
    db.close()


def test_a_block_that_fails_leaves_nothing_and_says_nothing(office: TestOffice) -> None:
    db = office.office.db
    act = office.office.act(office.clerk, "survey.open")

    def add_two_of_one_name() -> None:
        with db.writing(act) as session:
            session.add(survey("一"))
            session.flush()
            session.add(survey("一"))

    with pytest.raises(IntegrityError):
        add_two_of_one_name()

    with db.reading() as session:
        assert session.query(Survey).count() == 0
    assert office.heard == []


def test_a_walk_holds_little_in_memory_and_leaves_the_connection_as_it_was(office: TestOffice) -> None:
    def cache_kb(*, is_walk: bool) -> int:
        with office.office.db.reading(is_walk=is_walk) as session:
            return -int(session.scalar(text("PRAGMA cache_size")) or 0)

    assert [cache_kb(is_walk=walk) for walk in (False, True, False)] == [32_768, 2_048, 32_768]


def test_a_dry_run_does_everything_and_keeps_nothing(office: TestOffice) -> None:
    db = office.office.db
    before = len(Trail(office.office).entries(by=office.clerk))

    with db.writing(office.office.act(office.clerk, "survey.open"), keep=False) as session:
        session.add(survey("一"))
        session.flush()
        assert session.query(Survey).count() == 1

    with db.reading() as session:
        assert session.query(Survey).count() == 0
    assert len(Trail(office.office).entries(by=office.clerk)) == before
    assert office.heard == []


def test_every_write_is_in_the_trail_without_its_author_thinking_of_it(office: TestOffice) -> None:
    with office.office.db.writing(office.office.act(office.clerk, "survey.open", reason="开始")) as session:
        session.add(survey("一"))

    entry = Trail(office.office).entries(by=office.clerk)[0]

    assert (entry.account, entry.action, entry.reason) == ("周敏", "survey.open", "开始")
    assert (entry.object, entry.changes["name"]) == ("Survey/1", "一")


def test_what_changed_is_written_as_from_and_to(office: TestOffice) -> None:
    db = office.office.db
    with db.writing(office.office.act(office.clerk, "survey.open")) as session:
        session.add(survey("一"))
    with db.writing(office.office.act(office.clerk, "survey.rename")) as session:
        session.get_one(Survey, 1).name = "二"

    entry = Trail(office.office).entries(by=office.clerk)[0]

    assert entry.changes["name"] == ["一", "二"]


def test_commits_survive_a_power_cut_by_their_settings(office: TestOffice) -> None:
    with office.office.db.connection() as connection:
        pragma = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }

    assert pragma == {"journal_mode": "wal", "synchronous": 3, "foreign_keys": 1}


def test_the_sqlite_that_runs_has_the_wal_reset_bug_mended(office: TestOffice) -> None:
    with office.office.db.connection() as connection:
        version = connection.execute(text("SELECT sqlite_version()")).scalar_one()

    assert tuple(map(int, version.split("."))) > (3, 51, 2)


def test_a_file_that_is_no_register_is_not_touched_and_named(tmp_path: Path) -> None:
    path = tmp_path / "register.db"
    path.write_bytes(b"not a database at all" * 200)
    before = path.read_bytes()

    with pytest.raises(EnvironmentFailedError, match="损坏"):
        Database.at(path).has_register()

    assert path.read_bytes() == before


def test_a_server_that_does_not_answer_is_said_with_a_way_out() -> None:
    with pytest.raises(EnvironmentFailedError, match=r"数据库服务器|数据库打不开"):
        Database.at("postgresql://nobody@127.0.0.1:1/none").has_register()


def test_only_postgresql_urls_are_taken() -> None:
    with pytest.raises(EnvironmentFailedError, match="postgresql://"):
        Database.at("mysql://localhost/x")
