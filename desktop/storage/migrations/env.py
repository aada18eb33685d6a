"""Run by Alembic with our own open connection, so that a step shares our transaction and driver."""

from alembic import context

from desktop.models.register import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    transaction_per_migration=False,
    compare_type=True,
)
context.run_migrations()
