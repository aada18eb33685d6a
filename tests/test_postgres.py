"""The test database itself: real, empty, and never missing without a word."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis.strategies import integers
from psycopg import connect
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.pool import NullPool

from tests.postgres import NoPostgresError, PostgresServer, find_programs


def ask(url: str, question: str) -> str:
    with create_engine(url, poolclass=NullPool).begin() as connection:
        return str(connection.execute(text(question)).scalar())


def test_a_test_gets_a_real_postgresql_that_keeps_rare_characters(postgres_url: str) -> None:
    assert ask(postgres_url, "SELECT version()").startswith("PostgreSQL")
    assert ask(postgres_url, "SELECT '𠮷𬭎·䶮'") == "𠮷𬭎·䶮"


def test_every_test_gets_a_database_of_its_own(postgres_server: PostgresServer) -> None:
    with postgres_server.new_database() as one, postgres_server.new_database() as two:
        ask(one, "SELECT lo_create(7)")
        assert ask(one, "SELECT count(*) FROM pg_largeobject_metadata") == "1"
        assert ask(two, "SELECT count(*) FROM pg_largeobject_metadata") == "0"


def test_a_database_is_dropped_even_while_somebody_is_connected(postgres_server: PostgresServer) -> None:
    with postgres_server.new_database() as url:
        name = make_url(url).database
        still_connected = connect(make_url(url).set(drivername="postgresql").render_as_string())
    kept = ask(str(postgres_server.url), f"SELECT count(*) FROM pg_database WHERE datname = '{name}'")
    still_connected.close()

    assert kept == "0"


def test_without_postgresql_the_tests_are_told_what_to_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.postgres.find_spec", lambda _: None)
    monkeypatch.setattr(Path, "glob", lambda *_: iter(()))

    with pytest.raises(NoPostgresError, match="make setup"):
        find_programs()


@given(integers())
def test_properties_may_stand_beside_the_shared_fixtures(number: int) -> None:
    assert number == int(str(number))
