"""The schema: what migrations make is what the tables say, protected on PostgreSQL."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import create_engine, inspect, text

from zhanggui.base import schema, tenancy
from zhanggui.base.db import Base
from zhanggui.base.errors import Invalid, Unavailable
from zhanggui.base.settings import Settings
from zhanggui.rooms import load_models

load_models()


@pytest.mark.db
def test_migrations_make_what_the_tables_say(settings: Settings) -> None:
    # Raises when autogenerate would write another migration.
    command.check(schema.alembic_config(settings))


@pytest.mark.db
def test_every_table_is_made(settings: Settings) -> None:
    engine = create_engine(schema.owner_url(settings))
    found = set(inspect(engine).get_table_names())
    engine.dispose()
    assert found >= set(Base.metadata.tables)


@pytest.mark.db
def test_upgrading_again_changes_nothing(settings: Settings) -> None:
    schema.upgrade(settings)


def test_a_database_that_does_not_answer_is_told(tmp_path: Path) -> None:
    nobody = Settings(data=tmp_path, database_url="postgresql://app@127.0.0.1:1/zhanggui")
    with pytest.raises(Unavailable) as told:
        schema.upgrade(nobody)
    assert "ZHANGGUI_DATABASE_URL" in str(told.value.hint)


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_a_role_that_may_not_make_tables_is_told(blank_settings: Settings) -> None:
    ownerless = blank_settings.model_copy(update={"database_owner_url": None})
    with pytest.raises(Invalid) as told:
        schema.upgrade(ownerless)
    assert "ZHANGGUI_DATABASE_OWNER_URL" in str(told.value.hint)


@pytest.mark.db
def test_every_shops_table_has_its_policy(settings: Settings) -> None:
    if settings.is_sqlite:
        # SQLite has no row security; its guard is tested in test_tenancy.
        assert all("shop_id" in t.c for t in Base.metadata.sorted_tables if tenancy.is_scoped(t))
        return
    engine = create_engine(schema.owner_url(settings))
    with engine.connect() as connection:
        rows = connection.execute(
            text(
                "SELECT relname, relrowsecurity AND relforcerowsecurity, "
                "EXISTS (SELECT FROM pg_policies WHERE tablename = relname) "
                "FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace "
                "WHERE relkind = 'r' AND n.nspname = 'public'"
            )
        ).all()
    engine.dispose()
    protected = {name for name, forced, policy in rows if forced and policy}
    wanted = {t.name for t in Base.metadata.sorted_tables if tenancy.is_scoped(t)}
    assert wanted
    assert protected == wanted


@pytest.mark.db
def test_a_database_of_the_first_version_is_brought_up_to_date(blank_settings: Settings) -> None:
    blank_settings.data.mkdir(parents=True, exist_ok=True)
    schema.upgrade(blank_settings, "0001")
    engine = create_engine(schema.owner_url(blank_settings))
    with engine.begin() as connection:
        connection.execute(
            text(
                'INSERT INTO faqs (shop_id, id, question, "similar", answer, is_phrase) '
                "VALUES ('s', 'F1', '能退吗', '[]', '七天', :no)"
            ),
            {"no": False},
        )
    schema.upgrade(blank_settings)
    with engine.connect() as connection:
        kept = connection.execute(text("SELECT answer, valid_from, valid_until FROM faqs")).all()
    engine.dispose()
    assert kept == [("七天", None, None)]
    command.check(schema.alembic_config(blank_settings))
