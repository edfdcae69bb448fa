"""Sessions on the records database, scoped to one shop at a time.

Every table that belongs to a shop has a ``shop_id`` column as the first part of its primary key.
A transaction names its shop when it opens, and two independent mechanisms hold it there:

- on PostgreSQL, row-level security reads ``app.shop_id``, which is set for the transaction;
- on SQLite, :mod:`zhanggui.base.tenancy` refuses a statement that is not filtered by that shop.

The scope :data:`EVERY_SHOP` reaches only tables marked ``cross_shop`` (the event log, who may sign
in where); :data:`NO_SHOP` reaches only tables that have no shop.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache
from typing import Any, cast

import orjson
from sqlalchemy import (
    JSON,
    ColumnElement,
    DateTime,
    Dialect,
    SQLColumnExpression,
    String,
    event,
    func,
    select,
    text,
)
from sqlalchemy import cast as sql_cast
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator, TypeEngine

from zhanggui.base import tenancy
from zhanggui.base.settings import Settings
from zhanggui.base.sqlite_driver import AdaptedConnection, Driver

EVERY_SHOP = tenancy.EVERY_SHOP
NO_SHOP = tenancy.NO_SHOP

_SCOPE = "zhanggui_scope"
_READ_ONLY = "zhanggui_read_only"


class UtcDateTime(TypeDecorator[datetime]):
    """An aware datetime, kept in UTC.

    ``timestamptz`` on PostgreSQL; on SQLite text of one width, so that it sorts, written and read
    by the datetime's own methods, which is several times faster than SQLAlchemy's type.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "sqlite":
            return dialect.type_descriptor(String(26))
        return dialect.type_descriptor(DateTime(timezone=True))

    def bind_processor(self, dialect: Dialect) -> Any:
        return _as_text if dialect.name == "sqlite" else _as_utc

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if isinstance(value, str):
            return datetime.fromisoformat(value).replace(tzinfo=UTC)
        return cast("datetime", value).astimezone(UTC)


def _as_utc(value: datetime | None) -> datetime | None:
    if value is None:
        return None
    if value.tzinfo is None:
        raise ValueError("a stored time needs a zone")
    return value.astimezone(UTC)


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def _as_text(value: datetime | None) -> str | None:
    """``2026-03-01 02:00:00.000000``, put together from remembered halves: an import writes
    millions, and ``isoformat`` takes three times as long."""
    if value is None:
        return None
    if value.tzinfo is None:
        raise ValueError("a stored time needs a zone")
    since = value - _EPOCH
    fraction = f"{since.microseconds:06}" if since.microseconds else "000000"
    return f"{_date(since.days)} {_time(since.seconds)}.{fraction}"


@lru_cache(maxsize=10_000)
def _date(days: int) -> str:
    return (_EPOCH + timedelta(days)).date().isoformat()


@cache
def _time(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


class Base(DeclarativeBase):
    """The declarative base of every table."""

    type_annotation_map = {
        datetime: UtcDateTime(),
        dict[str, Any]: JSON(),
        list[str]: JSON(),
    }


class ShopScoped:
    """Mix-in: the table belongs to a shop; `shop_id` leads the primary key."""

    shop_id: Mapped[str] = mapped_column(String(48), primary_key=True, sort_order=-10)


class Database:
    """The records database. Open one per process and close it at the end."""

    def __init__(self, settings: Settings) -> None:
        url = settings.resolved_database_url
        self.is_sqlite = settings.is_sqlite
        common: dict[str, Any] = {
            # An error's text would carry the statement's values into logs.
            "hide_parameters": True,
            "json_serializer": _to_json,
            "json_deserializer": orjson.loads,
        }
        if self.is_sqlite:
            settings.data.mkdir(parents=True, exist_ok=True)
            self.engine: AsyncEngine = create_async_engine(
                url,
                module=Driver(),
                connect_args={"timeout": 60},
                pool_size=8,
                max_overflow=8,
                # The connection used last has the warm cache; each has one of its own.
                pool_use_lifo=True,
                **common,
            )
            _prepare_sqlite(self.engine)
        else:
            self.engine = create_async_engine(
                url, pool_size=8, max_overflow=8, pool_pre_ping=True, **common
            )
            event.listen(self.engine.sync_engine, "begin", _set_postgres_scope)

    async def close(self) -> None:
        """Return every connection."""
        await self.engine.dispose()

    @asynccontextmanager
    async def transaction(self, shop_id: str) -> AsyncIterator[AsyncSession]:
        """A writing session on one shop; commits at the end of the block, or rolls back."""
        async with self._session(shop_id, read_only=False) as session, session.begin():
            await session.connection(execution_options=self._options(shop_id, read_only=False))
            yield session

    @asynccontextmanager
    async def reading(self, shop_id: str) -> AsyncIterator[AsyncSession]:
        """A reading session on one shop, which does not wait for a writer."""
        async with self._session(shop_id, read_only=True) as session, session.begin():
            await session.connection(execution_options=self._options(shop_id, read_only=True))
            yield session

    async def settle(self) -> None:
        """Bring what was committed from SQLite's log into its file, and empty the log, which has
        what was overwritten; while somebody reads, some of it stays until the next time."""
        if not self.is_sqlite:
            return
        async with self.engine.connect() as connection:
            raw = await connection.get_raw_connection()
            driver: Any = raw.driver_connection
            cursor = await driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            await cursor.close()

    def _session(self, shop_id: str, *, read_only: bool) -> AsyncSession:
        info = {"shop_id": shop_id, "read_only": read_only}
        return AsyncSession(self.engine, expire_on_commit=False, info=info)

    @staticmethod
    def _options(shop_id: str, *, read_only: bool) -> dict[str, Any]:
        return {_SCOPE: shop_id, _READ_ONLY: read_only}


def _to_json(value: Any) -> str:
    return orjson.dumps(value).decode()


def _prepare_sqlite(engine: AsyncEngine) -> None:
    @event.listens_for(engine.sync_engine, "connect")
    def configure(connection: Any, record: object) -> None:
        connection.isolation_level = None  # We say BEGIN ourselves, see `begin`.
        cursor = connection.cursor()
        for pragma in (
            "journal_mode=WAL",
            "synchronous=NORMAL",
            "foreign_keys=ON",
            "busy_timeout=60000",
            "cache_size=-65536",
            "temp_store=MEMORY",
            "secure_delete=ON",  # What is erased is gone from the file too.
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Connection) -> None:
        driver = cast("AdaptedConnection", connection.connection.dbapi_connection)
        driver.begin(read_only=connection.get_execution_options().get(_READ_ONLY, False))

    @event.listens_for(engine.sync_engine, "before_execute")
    def guard(
        connection: Connection,
        statement: Any,
        multiparams: Any,
        params: Any,
        execution_options: Any,
    ) -> None:
        scope = connection.get_execution_options().get(_SCOPE)
        if scope is not None:
            tenancy.check(statement, multiparams or ([params] if params else []), scope)


def _set_postgres_scope(connection: Connection) -> None:
    options = connection.get_execution_options()
    scope = options.get(_SCOPE, NO_SHOP)
    if options.get(_READ_ONLY, False):
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")
    connection.execute(text("SELECT set_config('app.shop_id', :scope, true)"), {"scope": scope})


async def hold(session: AsyncSession, name: str) -> None:
    """Wait for whoever else holds `name`, and hold it until the transaction ends.

    On SQLite a writing transaction that is open has waited for every other one.
    """
    if session.get_bind().dialect.name != "postgresql":
        await (await session.connection()).run_sync(_opened)
    else:
        number = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], signed=True)
        await session.execute(select(func.pg_advisory_xact_lock(number)))


def _opened(connection: Connection) -> None:
    connection.exec_driver_sql("SELECT 1")  # A transaction begins with its first statement.


def inserting(session: AsyncSession, table: type[Base]) -> sqlite.Insert | postgresql.Insert:
    """An INSERT that may say what is done ON CONFLICT."""
    if session.get_bind().dialect.name == "sqlite":
        return sqlite.insert(table)
    return postgresql.insert(table)


def holds(column: SQLColumnExpression[Any], text: str) -> ColumnElement[bool]:
    """Whether a JSON column has `text` as one of its values, however deep."""
    return sql_cast(column, String).contains(_to_json(text), autoescape=True)


def sqlite_path(settings: Settings) -> str:
    """The file of a SQLite database URL."""
    return settings.resolved_database_url.split("///", 1)[1]


def sqlite_version() -> str:
    """The version of the SQLite library in this process."""
    return sqlite3.sqlite_version
