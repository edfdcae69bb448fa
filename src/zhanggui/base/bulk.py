"""Writing many rows of one table at a time, several times faster than a session's own statements.

The statement is compiled once and the rows go to the driver column by column, past SQLAlchemy's
work for each row. They also go past the guard of :mod:`zhanggui.base.tenancy`, so each row's shop
is compared here; on PostgreSQL row-level security holds as ever.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any

from sqlalchemy import Dialect, Table, bindparam, insert, update
from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.base.tenancy import TenantLeak, is_scoped

Rows = Sequence[Mapping[str, Any]]


async def insert_many(session: AsyncSession, table: Table, rows: Rows) -> None:
    """Insert rows of the session's shop; all have the columns of the first, and no other column
    of the table has a default of Python's. Raises TenantLeak for another shop's row."""
    if rows:
        await _run(session, table, rows, tuple(rows[0]), ())


async def update_many(session: AsyncSession, table: Table, rows: Rows) -> None:
    """Set every column of rows of the session's shop, found by their primary key, to what `rows`
    say; all have the columns of the first. Raises TenantLeak for another shop's row."""
    if rows:
        keys = tuple(column.name for column in table.primary_key)
        await _run(session, table, rows, tuple(rows[0]), keys)


async def _run(
    session: AsyncSession, table: Table, rows: Rows, names: tuple[str, ...], keys: tuple[str, ...]
) -> None:
    if is_scoped(table):
        shops = set(map(itemgetter("shop_id"), rows))
        if shops != {session.info["shop_id"]}:
            raise TenantLeak(f"rows of {table.name} for {sorted(map(str, shops))}")
    connection = await session.connection()
    plan = _plan(table, names, keys, connection.dialect)
    await connection.exec_driver_sql(plan.sql, plan.parameters(rows))


class _Plan:
    """A statement as the driver takes it, and how rows become its parameters."""

    def __init__(
        self, table: Table, names: tuple[str, ...], keys: tuple[str, ...], dialect: Dialect
    ) -> None:
        # A name of a bind may not be a column's in an UPDATE, hence the prefix.
        binds = {name: bindparam(f"v_{name}", type_=table.c[name].type) for name in names}
        statement: Any
        if keys:
            statement = update(table).where(*(table.c[name] == binds[name] for name in keys))
            statement = statement.values({n: bind for n, bind in binds.items() if n not in keys})
        else:
            statement = insert(table).inline().values(binds)
        compiled = statement.compile(dialect=dialect)
        order = [name.removeprefix("v_") for name in compiled.positiontup or ()]
        if sorted(order) != sorted(names):
            raise TypeError(f"{table.name}: {sorted(order)} are to be given, not {sorted(names)}")
        self.sql = str(compiled)
        self._pick: Callable[[Mapping[str, Any]], tuple[Any, ...]] = itemgetter(*order)
        types = [table.c[name].type.dialect_impl(dialect) for name in order]
        self._processed = [
            (place, process)
            for place, each in enumerate(types)
            if (process := each.bind_processor(dialect)) is not None
        ]

    def parameters(self, rows: Rows) -> list[tuple[Any, ...]]:
        """The rows as tuples for the driver."""
        columns: list[Sequence[Any]] = list(zip(*map(self._pick, rows), strict=True))
        for place, process in self._processed:
            column = columns[place]
            if column[0] is column[-1] and len(set(map(id, column))) == 1:  # Such as the time.
                columns[place] = [process(column[0])] * len(column)
            else:
                columns[place] = list(map(process, column))
        return list(zip(*columns, strict=True))


@lru_cache(maxsize=256)
def _plan(table: Table, names: tuple[str, ...], keys: tuple[str, ...], dialect: Dialect) -> _Plan:
    return _Plan(table, names, keys, dialect)
