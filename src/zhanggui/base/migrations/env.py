"""Alembic's environment: one connection, every room's tables, row security at the end.

The caller has imported the rooms whose tables are to be known (`zhanggui.rooms.load_models`).
"""

from __future__ import annotations

from alembic import context
from sqlalchemy import NullPool, create_engine, event, func, select

from zhanggui.base.db import Base
from zhanggui.base.events import CurrentTransaction
from zhanggui.base.row_security import protect

config = context.config
_LOCK = 0x7A67_6D69_6772_6174
"""Any number that nothing else of the house locks."""
engine = create_engine(config.attributes["url"], poolclass=NullPool)

if engine.dialect.name == "sqlite":

    @event.listens_for(engine, "connect")
    def _wait(connection, record):  # type: ignore[no-untyped-def]
        connection.execute("PRAGMA busy_timeout=60000")
        connection.execute("PRAGMA journal_mode=WAL")


def _render(kind, item, context):  # type: ignore[no-untyped-def]
    """Write the one default that differs by engine as what it is, not as one engine's SQL."""
    if kind == "server_default" and isinstance(getattr(item, "arg", None), CurrentTransaction):
        return "zhanggui.base.events.CurrentTransaction()"
    return False


with engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=engine.dialect.name == "sqlite",
        compare_type=True,
        render_item=_render,
    )
    with context.begin_transaction():
        if engine.dialect.name == "postgresql":
            # Of servers that start at once one migrates, and the others find it done.
            connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))
        context.run_migrations()
        protect(connection, config.attributes.get("app_role"))
