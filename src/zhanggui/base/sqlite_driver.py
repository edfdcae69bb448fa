"""SQLite's driver with one visit to its thread for each statement.

aiosqlite keeps each connection in a thread of its own, and SQLAlchemy's cursor over it goes there
to open, to execute, to fetch and to close: four times for a SELECT, though the rows are wanted all
at once. A visit costs two wake-ups and, while the loop is at work, a wait for Python's one lock.
Here a statement is one visit, a transaction is opened by that of
its first statement, nobody waits for the end of one that only reads, and a rollback where nothing
is open is none. Server-side cursors fetch as they go, as before.
"""

from __future__ import annotations

import collections
import sqlite3
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, NamedTuple, TypeVar, cast

import aiosqlite
from sqlalchemy.dialects.sqlite.aiosqlite import (
    AsyncAdapt_aiosqlite_connection,
    AsyncAdapt_aiosqlite_cursor,
    AsyncAdapt_aiosqlite_dbapi,
)
from sqlalchemy.util.concurrency import await_

T = TypeVar("T")


class _Done(NamedTuple):
    """What a statement came to."""

    description: Any
    rows: Sequence[Any]
    rowcount: int
    lastrowid: int | None


def _execute(operation: str, parameters: Any, connection: sqlite3.Connection) -> _Done:
    return _all_of(connection.execute(operation, () if parameters is None else parameters))


def _execute_many(operation: str, parameters: Any, connection: sqlite3.Connection) -> _Done:
    return _all_of(connection.executemany(operation, parameters))


def _all_of(cursor: sqlite3.Cursor) -> _Done:
    try:
        # How many rows a RETURNING wrote is known only when they are fetched.
        rows = cursor.fetchall() if cursor.description else ()
        return _Done(cursor.description, rows, cursor.rowcount, cursor.lastrowid)
    finally:
        cursor.close()


_NOTHING = _Done(None, (), -1, None)


class Cursor(AsyncAdapt_aiosqlite_cursor):
    """A cursor that is open only while it executes; its rows are here."""

    __slots__ = ("_done", "arraysize")

    def __init__(self, adapt_connection: AsyncAdapt_aiosqlite_connection) -> None:
        self._adapt_connection = adapt_connection
        self._connection = adapt_connection._connection
        self._rows = collections.deque()
        self._done = _NOTHING
        self.arraysize = 1

    @property
    def description(self) -> Any:
        """The columns, as PEP 249 has them; None where nothing is returned."""
        return self._done.description

    @property
    def rowcount(self) -> int:
        """How many rows were written; -1 where that is not known."""
        return self._done.rowcount

    @property
    def lastrowid(self) -> Any:
        """The row inserted last."""
        return self._done.lastrowid

    async def _async_soft_close(self) -> None:
        """It is closed; its rows stay."""

    def close(self) -> None:
        """Let go of the rows."""
        self._rows.clear()

    async def _execute_async(self, operation: Any, parameters: Any) -> Any:
        await self._visit(partial(_execute, operation, parameters))

    async def _executemany_async(self, operation: Any, seq_of_parameters: Any) -> Any:
        await self._visit(partial(_execute_many, operation, seq_of_parameters))

    async def _visit(self, work: Callable[[sqlite3.Connection], _Done]) -> None:
        adapted = cast("AdaptedConnection", self._adapt_connection)
        self._done = await adapted.visit(work)
        self._rows = collections.deque(self._done.rows)


class AdaptedConnection(AsyncAdapt_aiosqlite_connection):
    """A connection with such cursors, whose transactions begin with their first statement."""

    __slots__ = ("_is_ending", "_is_read_only", "_is_settled", "_opening", "_reads")

    _cursor_cls = Cursor  # type: ignore[assignment] # Which its base declares too narrowly.

    def __init__(self, dbapi: Driver, connection: Any) -> None:
        super().__init__(dbapi, connection)
        self._opening: tuple[str, ...] = ()  # What goes before the next statement.
        self._is_read_only: bool | None = None  # What SQLite was told last.
        self._reads = False  # The transaction that is open, or the next, only reads.
        self._is_ending = False  # A commit that nobody waits for is the last that was asked for.
        self._is_settled = True  # No statement failed or was left by who waited for it.

    def begin(self, *, read_only: bool) -> None:
        """Begin a transaction: with its first statement, or by :meth:`open`. One that writes takes
        the write lock then, which turns a late SQLITE_BUSY, which cannot be waited out, into a wait
        at the start."""
        begin = "BEGIN" if read_only else "BEGIN IMMEDIATE"
        if self._is_read_only is read_only:
            self._opening = (begin,)
        else:
            self._opening = (f"PRAGMA query_only={int(read_only)}", begin)
            self._is_read_only = None  # Until it is known to be done.
        self._reads = read_only

    def open(self) -> None:
        """Open the transaction that was begun, if it is not."""
        if self._opening:
            await_(self.visit(_nothing))

    async def visit(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Do something in the connection's thread, with the transaction open."""
        driver: Any = self._connection
        async with self._execute_mutex:
            opening, self._opening, was_settled = self._opening, (), self._is_settled
            self._is_settled = self._is_ending = False
            done: T = await driver._execute(_after, opening, work, driver._conn)
            self._is_settled = was_settled
            if opening:
                self._is_read_only = self._reads
            return done

    def cursor(self, server_side: bool = False) -> Any:
        """A cursor; see the module."""
        if server_side:
            self.open()
        return super().cursor(server_side)

    def commit(self) -> None:
        """End the transaction. What was only read needs nobody to wait for that: whatever is asked
        of the connection next comes after it."""
        driver: Any = self._connection
        if self._opening:
            self._opening = ()
        elif self._reads and self._is_settled and driver._connection:
            driver._tx.put_nowait((None, driver._conn.commit))
            self._is_ending = True
        else:
            super().commit()

    def rollback(self) -> None:
        """Undo what is not committed; every connection that returns to the pool is asked to."""
        driver: Any = self._connection
        self._opening = ()
        if self._is_ending or not driver._connection:
            return
        if driver.in_transaction or not self._is_settled:
            super().rollback()
            self._is_settled = True


def _after(
    opening: Sequence[str], work: Callable[[sqlite3.Connection], T], connection: sqlite3.Connection
) -> T:
    for each in opening:
        connection.execute(each)
    return work(connection)


def _nothing(connection: sqlite3.Connection) -> None:
    """Nothing is wanted but that the transaction is open."""


class Driver(AsyncAdapt_aiosqlite_dbapi):
    """aiosqlite as SQLAlchemy is handed it, see ``create_engine``'s ``module``."""

    def __init__(self) -> None:
        super().__init__(aiosqlite, sqlite3)

    def connect(self, *arg: Any, **kw: Any) -> AdaptedConnection:
        """A connection in a thread of its own."""
        plain = super().connect(*arg, **kw)
        return AdaptedConnection(self, plain._connection)
