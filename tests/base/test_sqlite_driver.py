"""One visit to the thread for each statement, and nothing lost by it."""

from __future__ import annotations

import asyncio

import aiosqlite
import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.ext.asyncio import create_async_engine

from zhanggui.base.sqlite_driver import Driver

METADATA = sa.MetaData()
THINGS = sa.Table(
    "things",
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("name", sa.String, unique=True),
)


@pytest.fixture
async def engine(tmp_path):
    engine = create_async_engine(
        f"sqlite+aiosqlite:///{tmp_path}/things.db", module=Driver(), pool_size=1, max_overflow=0
    )

    @sa.event.listens_for(engine.sync_engine, "connect")
    def prepare(connection, _record):
        connection.isolation_level = None

    @sa.event.listens_for(engine.sync_engine, "begin")
    def begin(connection):
        reads = connection.get_execution_options().get("reads", False)
        connection.connection.dbapi_connection.begin(read_only=reads)

    async with engine.begin() as connection:
        await connection.run_sync(METADATA.create_all)
        await connection.execute(THINGS.insert(), [{"name": name} for name in "abc"])
    yield engine
    await engine.dispose()


@pytest.fixture
def visits(engine, monkeypatch):
    """How often the thread was gone to, from here on."""
    count = [0]
    plain = aiosqlite.Connection._execute

    async def counting(*args, **kwargs):
        count[0] += 1
        return await plain(*args, **kwargs)

    monkeypatch.setattr(aiosqlite.Connection, "_execute", counting)
    return count


READS = {"reads": True}


async def test_what_only_reads_visits_once_for_each_statement(engine, visits):
    async with engine.connect() as connection:
        await connection.execution_options(**READS)
        for _ in range(2):
            rows = (await connection.execute(sa.select(THINGS.c.name).order_by(THINGS.c.id))).all()
            assert [name for (name,) in rows] == ["a", "b", "c"]
        await connection.commit()
    assert visits[0] == 2


async def test_what_writes_waits_to_hear_that_it_is_written(engine, visits):
    async with engine.begin() as connection:
        await connection.execute(THINGS.insert().values(name="d"))
    assert visits[0] == 2
    async with engine.connect() as connection:
        assert await connection.scalar(sa.select(sa.func.count()).select_from(THINGS)) == 4


async def test_a_transaction_in_which_nothing_was_said_is_none(engine, visits):
    async with engine.begin():
        pass
    async with engine.connect() as connection:
        await connection.execution_options(**READS)
        await connection.begin()
    assert visits[0] == 0


async def test_one_that_reads_cannot_write_and_the_next_can(engine):
    for name in ("d", "e"):
        async with engine.connect() as connection:
            await connection.execution_options(**READS)
            with pytest.raises(OperationalError):
                await connection.execute(THINGS.insert().values(name="never"))
        async with engine.begin() as connection:
            await connection.execute(THINGS.insert().values(name=name))
    async with engine.connect() as connection:
        names = (await connection.execute(sa.select(THINGS.c.name))).scalars()
        assert sorted(names) == ["a", "b", "c", "d", "e"]


async def test_what_is_read_is_not_held_when_nobody_waited_for_its_end(engine):
    async with engine.connect() as connection:
        await connection.execution_options(**READS)
        await connection.execute(sa.select(THINGS))
        await connection.commit()
        driver = (await connection.get_raw_connection()).driver_connection
        await driver.execute("SELECT 1")  # It comes after what was asked for before.
        assert not driver.in_transaction


async def test_what_a_statement_came_to_is_told(engine):
    async with engine.begin() as connection:
        inserted = await connection.execute(THINGS.insert().values(name="d"))
        assert inserted.inserted_primary_key == (4,)
        changed = await connection.execute(
            THINGS.update().where(THINGS.c.id > 2).values(name=THINGS.c.name + "!")
        )
        assert changed.rowcount == 2
        gone = await connection.execute(
            THINGS.delete().where(THINGS.c.id > 2).returning(THINGS.c.name)
        )
        assert sorted(gone.scalars()) == ["c!", "d!"]
        empty = await connection.execute(sa.select(THINGS).where(THINGS.c.id > 2))
        assert list(empty.keys()) == ["id", "name"]
        assert empty.all() == []


async def test_rows_are_streamed_where_that_is_asked_for(engine):
    async with engine.connect() as connection:
        streamed = await connection.stream(sa.select(THINGS.c.name).order_by(THINGS.c.id))
        assert [name async for (name,) in streamed] == ["a", "b", "c"]


async def test_a_statement_that_fails_leaves_the_connection_usable(engine):
    async def write_twice():
        async with engine.begin() as connection:
            await connection.execute(THINGS.insert().values(name="new"))
            await connection.execute(THINGS.insert().values(name="a"))

    with pytest.raises(IntegrityError):
        await write_twice()
    async with engine.begin() as connection:
        names = (await connection.execute(sa.select(THINGS.c.name))).scalars()
        assert sorted(names) == ["a", "b", "c"]


SLOW = sa.text(
    "INSERT INTO things (name) WITH RECURSIVE n(i) AS"
    " (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 3000000) SELECT 'n' || max(i) FROM n"
)


async def test_a_statement_whose_caller_went_away_is_undone(engine):
    async def write():
        async with engine.begin() as connection:
            await connection.execute(SLOW)

    writing = asyncio.create_task(write())
    await asyncio.sleep(0.05)
    writing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await writing
    async with engine.begin() as connection:
        names = (await connection.execute(sa.select(THINGS.c.name))).scalars()
        assert sorted(names) == ["a", "b", "c"]
