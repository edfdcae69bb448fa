"""What a start writes on PostgreSQL: nothing where all stands as it should."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, create_engine, make_url, text

from zhanggui.base import schema
from zhanggui.base.settings import Settings

pytestmark = pytest.mark.parametrize("engine", ["postgresql"], indirect=True)


@pytest.fixture
def owner(settings: Settings) -> Iterator[Engine]:
    engine = create_engine(schema.owner_url(settings))
    yield engine
    engine.dispose()


def policies(owner: Engine) -> list[tuple[object, ...]]:
    query = "SELECT tablename, policyname, roles, qual, xmin FROM pg_policies, pg_policy"
    query += " WHERE polname = policyname AND polrelid = CAST(tablename AS regclass)"
    with owner.connect() as connection:
        return sorted(tuple(map(str, row)) for row in connection.execute(text(query)))


def test_a_server_may_start_while_another_serves(settings: Settings, owner: Engine) -> None:
    before = policies(owner)
    impatient = make_url(str(settings.database_owner_url)).update_query_dict(
        {"options": "-c lock_timeout=3000"}
    )
    starting = settings.model_copy(
        update={"database_owner_url": impatient.render_as_string(hide_password=False)}
    )
    with owner.connect() as serving, serving.begin():
        for table in ("faqs", "events", "model_days"):
            serving.execute(text(f"LOCK TABLE {table} IN ROW EXCLUSIVE MODE"))
        schema.upgrade(starting)
    assert policies(owner) == before


@pytest.mark.parametrize(
    "harm",
    [
        "DROP POLICY one_shop ON faqs",
        "DROP POLICY the_owner ON faqs",
        "ALTER POLICY one_shop ON faqs USING (true)",
        "CREATE POLICY more ON faqs USING (true)",
        "ALTER TABLE faqs NO FORCE ROW LEVEL SECURITY",
        "ALTER TABLE faqs DISABLE ROW LEVEL SECURITY",
        "REVOKE UPDATE ON faqs FROM zhanggui_app",
        "REVOKE ALL ON SEQUENCE events_seq_seq FROM zhanggui_app",
    ],
)
def test_what_is_not_as_it_should_be_is_made_so(
    settings: Settings, owner: Engine, harm: str
) -> None:
    def standing() -> list[tuple[object, ...]]:
        query = """
            SELECT relname, relkind, relrowsecurity, relforcerowsecurity,
              CASE relkind WHEN 'S' THEN has_sequence_privilege('zhanggui_app', oid, 'USAGE')
              ELSE has_table_privilege('zhanggui_app', oid, 'UPDATE') END
            FROM pg_class WHERE relname IN ('faqs', 'events_seq_seq')
        """
        with owner.connect() as connection:
            return sorted(tuple(row) for row in connection.execute(text(query)))

    good = [row[:4] for row in policies(owner)], standing()
    with owner.begin() as connection:
        connection.execute(text(harm))
    assert ([row[:4] for row in policies(owner)], standing()) != good
    schema.upgrade(settings)
    assert ([row[:4] for row in policies(owner)], standing()) == good
