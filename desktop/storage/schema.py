"""The schema of the register: made, checked and brought up to date, whole or not at all."""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, text

from desktop.errors import EnvironmentFailedError
from desktop.storage.database import Database

if TYPE_CHECKING:
    from alembic.config import Config

NEWEST = "0001"
"""The revision that this program works with."""


def config_for(connection: Connection) -> "Config":
    """Return Alembic's settings, in code: a frozen program has no alembic.ini beside it."""
    from alembic.config import Config  # heavy, and wanted once in a register's life

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    return config


def revision_of(connection: Connection) -> str | None:
    """Return the revision a database has; ``None`` where there is no register yet."""
    if not connection.dialect.has_table(connection, "alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()


def bring_up_to_date(database: Database) -> None:
    """Make or upgrade the schema in one transaction; refuse a register that a newer program made."""
    with database.connection() as connection:
        found = revision_of(connection)
        if found == NEWEST:
            return
        if found is not None and found > NEWEST:
            raise EnvironmentFailedError(
                f"这本登记册是更新版本的程序建立的（{found}），本程序只认到 {NEWEST}；请先升级本程序"
            )
        connection.rollback()
        from alembic import command

        if not database.is_postgresql:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        command.upgrade(config_for(connection), "head")
        connection.commit()
