"""The schema: migrations and mapped classes say the same, and a newer register is left alone."""

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from desktop.errors import EnvironmentFailedError
from desktop.models.register import Base
from desktop.storage.database import Database
from desktop.storage.schema import NEWEST, bring_up_to_date, config_for, revision_of


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path):
    place = tmp_path / "register.db" if request.param == "sqlite" else request.getfixturevalue("postgres_url")
    database = Database.at(place)
    yield database
    database.close()


def test_migrations_lead_to_what_the_mapped_classes_say(empty: Database) -> None:
    bring_up_to_date(empty)

    with empty.connection() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []
        assert revision_of(connection) == NEWEST


def test_the_newest_revision_is_the_last_migration(empty: Database) -> None:
    with empty.connection() as connection:
        assert ScriptDirectory.from_config(config_for(connection)).get_current_head() == NEWEST


def test_bringing_up_to_date_twice_changes_nothing(empty: Database) -> None:
    bring_up_to_date(empty)
    bring_up_to_date(empty)

    with empty.connection() as connection:
        assert revision_of(connection) == NEWEST


def test_a_register_of_a_newer_program_is_refused_in_one_sentence(empty: Database) -> None:
    bring_up_to_date(empty)
    with empty.connection() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        connection.commit()

    with pytest.raises(EnvironmentFailedError, match="更新版本"):
        bring_up_to_date(empty)


def test_every_constraint_has_a_name() -> None:
    nameless = [
        constraint
        for table in Base.metadata.tables.values()
        for constraint in table.constraints
        if not constraint.name
    ]

    assert nameless == []
