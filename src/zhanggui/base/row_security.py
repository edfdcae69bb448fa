"""On PostgreSQL: what the application's role may do, and the policy of every shop's table.

What stands is looked at first and only what differs is written: a server that starts must not lock
the tables that the others of its house are serving from.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import Connection, Table, text

from zhanggui.base import tenancy
from zhanggui.base.db import EVERY_SHOP, Base

_CURRENT = "current_setting('app.shop_id', true)"
_OWN = f"shop_id = {_CURRENT}"
_EVERY = f"{_OWN} OR {_CURRENT} = '{EVERY_SHOP}'"

# As PostgreSQL writes them back. Where another version writes them otherwise, they are made anew.
_CURRENT_BACK = "current_setting('app.shop_id'::text, true)"
_OWN_BACK = f"((shop_id)::text = {_CURRENT_BACK})"
_EVERY_BACK = f"({_OWN_BACK} OR ({_CURRENT_BACK} = '{EVERY_SHOP}'::text))"


class _Standing(NamedTuple):
    """How a table stands: whether row security holds for all, whether the application may use it,
    and its policies with the roles they are for."""

    is_forced: bool
    is_granted: bool
    policies: frozenset[tuple[str, tuple[str, ...], str]]


def protect(connection: Connection, app_role: str | None) -> None:
    """Give the application's role its rights and every shop's table its policy.

    Called at the end of each migration, so a new table cannot be forgotten; does nothing on SQLite.
    """
    if connection.dialect.name != "postgresql":
        return
    owner = str(connection.scalar(text("SELECT current_user")))
    standing = dict(_standing(connection, app_role))
    for table in Base.metadata.sorted_tables:
        if table.name in standing:  # Else it comes with a later revision.
            for statement in _missing(table, standing[table.name], app_role, owner):
                connection.execute(text(statement))
    if app_role and not _sequences_granted(connection, app_role):
        connection.execute(
            text(f'GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO "{app_role}"')
        )


def _missing(table: Table, standing: _Standing, app_role: str | None, owner: str) -> Iterator[str]:
    name = f'"{table.name}"'
    if not standing.is_granted:
        yield f'GRANT SELECT, INSERT, UPDATE, DELETE ON {name} TO "{app_role}"'
    if not tenancy.is_scoped(table):
        return
    if not standing.is_forced:
        yield f"ALTER TABLE {name} ENABLE ROW LEVEL SECURITY"
        yield f"ALTER TABLE {name} FORCE ROW LEVEL SECURITY"
    every = tenancy.is_cross_shop(table)
    wanted = {("one_shop", ("public",), _EVERY_BACK if every else _OWN_BACK)}
    # The owner makes backups and restores them; it is nobody the application runs as.
    has_owner = app_role not in (None, owner)
    if has_owner:
        wanted.add(("the_owner", (owner,), "true"))
    if standing.policies == wanted:
        return
    for policy, _, _ in sorted(standing.policies):
        yield f'DROP POLICY "{policy}" ON {name}'
    yield f"CREATE POLICY one_shop ON {name} USING ({_EVERY if every else _OWN})"
    if has_owner:
        yield f"CREATE POLICY the_owner ON {name} TO CURRENT_USER USING (true)"


def _standing(connection: Connection, app_role: str | None) -> Iterator[tuple[str, _Standing]]:
    rows = connection.execute(
        text(
            "SELECT c.relname, c.relrowsecurity AND c.relforcerowsecurity,"
            " CAST(:role AS text) IS NULL OR ("
            "  has_table_privilege(CAST(:role AS text), c.oid, 'SELECT')"
            "  AND has_table_privilege(CAST(:role AS text), c.oid, 'INSERT')"
            "  AND has_table_privilege(CAST(:role AS text), c.oid, 'UPDATE')"
            "  AND has_table_privilege(CAST(:role AS text), c.oid, 'DELETE'))"
            " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE n.nspname = 'public' AND c.relkind = 'r'"
        ),
        {"role": app_role},
    ).all()
    found = connection.execute(
        text(
            "SELECT tablename, policyname, CAST(roles AS text[]), qual FROM pg_policies"
            " WHERE schemaname = 'public' AND cmd = 'ALL' AND permissive = 'PERMISSIVE'"
            " AND with_check IS NULL"
        )
    ).all()
    for name, is_forced, is_granted in rows:
        policies = frozenset(
            (policy, tuple(roles), qual) for table, policy, roles, qual in found if table == name
        )
        yield name, _Standing(is_forced, is_granted, policies)


def _sequences_granted(connection: Connection, app_role: str) -> bool:
    return bool(
        connection.scalar(
            text(
                "SELECT coalesce(bool_and("
                "  has_sequence_privilege(:role, c.oid, 'USAGE')"
                "  AND has_sequence_privilege(:role, c.oid, 'SELECT')), true)"
                " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
                " WHERE n.nspname = 'public' AND c.relkind = 'S'"
            ),
            {"role": app_role},
        )
    )
