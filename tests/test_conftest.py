"""The fixtures that every other test stands on."""

import asyncio
import tempfile
from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import ProgrammingError

from tests.postgres import APPLICATION, OWNER
from zhanggui.base import clock as base_clock
from zhanggui.base.settings import Settings


@pytest.fixture
async def early():
    """Something asynchronous that is set up before the clock stops."""
    await asyncio.sleep(0)


async def test_the_clock_stands_still_in_every_task_and_thread(early, clock):
    seen = [base_clock.now(), await asyncio.create_task(_now())]
    thread = Thread(target=lambda: seen.append(base_clock.now()))
    thread.start()
    thread.join()
    assert set(seen) == {clock.now}
    clock.move(minutes=3)
    assert base_clock.now() - seen[0] == timedelta(minutes=3)
    with base_clock.at(datetime(2030, 1, 1, tzinfo=UTC)):
        assert base_clock.now().year == 2030
    assert base_clock.now() == clock.now


async def _now():
    return base_clock.now()


def test_nothing_is_kept_in_the_cache_of_whoever_runs_the_tests(settings):
    assert settings.cache.is_relative_to(tempfile.gettempdir())
    assert Settings().cache == settings.cache


@pytest.mark.db
async def test_each_test_has_a_migrated_database_of_its_own(settings, database, engine):
    assert database.engine.dialect.name == engine
    async with database.engine.connect() as connection:
        tables = await connection.run_sync(lambda c: sa.inspect(c).get_table_names())
    assert "alembic_version" in tables
    assert len(tables) > 1


def test_the_application_role_can_neither_own_nor_bypass(postgres):
    urls = postgres.create_database()
    engine = sa.create_engine(urls.application.replace("asyncpg", "psycopg"))
    with engine.connect() as connection:
        query = sa.text("SELECT rolname, rolsuper OR rolbypassrls OR rolcreaterole FROM pg_roles")
        rights = {row[0]: row[1] for row in connection.execute(query)}
        assert connection.scalar(sa.text("SELECT current_user")) == APPLICATION
        assert not rights[APPLICATION]
        assert not rights[OWNER]
        with pytest.raises(ProgrammingError, match="permission denied"):
            connection.execute(sa.text("CREATE TABLE mine (id int)"))
    engine.dispose()
    postgres.drop_database(urls)
