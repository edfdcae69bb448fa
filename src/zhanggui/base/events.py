"""What happened, written once.

A room declares its events as subclasses of :class:`Event` in its ``events.py``; the docstrings are
the reference. :func:`append` writes them in the transaction of the change they tell of. Readers
follow the log through :class:`Consumer`, whose place is kept in the database.

An event carries ids and figures, never personal data.

Order and late commits. On PostgreSQL a transaction may commit after one that took a later sequence
number, so each row also keeps its transaction id, readers go by ``(xid, seq)`` and look only below
the oldest transaction still running (``pg_snapshot_xmin``). On SQLite there is one writer at a
time, ``xid`` is 0, and ``seq`` alone is the order.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, NamedTuple, cast

import structlog
from pydantic import BaseModel, ConfigDict
from sqlalchemy import (
    BigInteger,
    Index,
    Integer,
    String,
    Table,
    Text,
    and_,
    func,
    select,
    text,
    tuple_,
    update,
)
from sqlalchemy import cast as sql_cast
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.sql.elements import ColumnElement

from zhanggui.base import clock
from zhanggui.base.bulk import insert_many
from zhanggui.base.db import EVERY_SHOP, NO_SHOP, Base, Database
from zhanggui.base.looping import rest

log = structlog.get_logger(__name__)

_BIG = BigInteger().with_variant(Integer, "sqlite")


class CurrentTransaction(ColumnElement[int]):
    """The id of the running transaction, as a column default."""

    inherit_cache = True


@compiles(CurrentTransaction)
def _no_transaction_id(element: Any, compiler: Any, **kwargs: Any) -> str:
    return "0"


@compiles(CurrentTransaction, "postgresql")
def _postgres_transaction_id(element: Any, compiler: Any, **kwargs: Any) -> str:
    return "(pg_current_xact_id()::text::bigint)"


class Event(BaseModel):
    """A thing that happened in a shop. Subclasses set `type` and add ids and figures."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    type: ClassVar[str]
    zh: ClassVar[str] = ""
    """When it happens, in Chinese, where people choose from a list; the docstring says it whole."""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        name = cls.__dict__.get("type")
        if name is None:
            return
        if name in REGISTRY and REGISTRY[name].__qualname__ != cls.__qualname__:
            raise TypeError(f"two events are called {name}")
        REGISTRY[name] = cls


REGISTRY: dict[str, type[Event]] = {}
"""Every declared event by its type."""


class EventRow(Base):
    """The event log."""

    __tablename__ = "events"
    __table_args__ = (
        Index("events_by_place", "xid", "seq"),
        Index("events_by_shop", "shop_id", "type", "seq"),
        Index("events_by_shops_place", "shop_id", "xid", "seq"),
        # What figures are counted from day by day; an import's millions are not in it.
        Index(
            "events_of_service_by_time",
            "shop_id",
            "at",
            sqlite_where=text("type >= 'service.' AND type < 'service/'"),
            postgresql_where=text("type >= 'service.' AND type < 'service/'"),
        ),
        {"info": {"cross_shop": True}, "sqlite_autoincrement": True},
    )

    seq: Mapped[int] = mapped_column(_BIG, primary_key=True, autoincrement=True)
    shop_id: Mapped[str] = mapped_column(String(48))
    xid: Mapped[int] = mapped_column(BigInteger, server_default=CurrentTransaction())
    type: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]
    data: Mapped[dict[str, Any]]


_events = cast("Table", EventRow.__table__)


class CursorRow(Base):
    """How far a consumer has read."""

    __tablename__ = "event_cursors"

    consumer: Mapped[str] = mapped_column(String(64), primary_key=True)
    xid: Mapped[int] = mapped_column(BigInteger, default=0)
    seq: Mapped[int] = mapped_column(BigInteger, default=0)


@dataclass(frozen=True, slots=True)
class Recorded:
    """An event as read back from the log."""

    seq: int
    shop_id: str
    at: datetime
    event: Event


async def append(session: AsyncSession, *events: Event, at: datetime | None = None) -> None:
    """Write events of the session's shop in its transaction. `at` is when they happened, where we
    hear of them later."""
    await _append(session, [(event.type, event.model_dump()) for event in events], at)


async def append_facts(
    session: AsyncSession, event: type[Event], facts: Iterable[dict[str, Any]]
) -> None:
    """Write many events of one type in one statement. Each fact has the event's fields, as JSON
    takes them: at a million rows an import makes no objects of them, and nothing is validated."""
    await _append(session, [(event.type, fact) for fact in facts])


async def _append(
    session: AsyncSession, told: Sequence[tuple[str, dict[str, Any]]], at: datetime | None = None
) -> None:
    shop_id, moment = session.info["shop_id"], at or clock.now()
    rows = [{"shop_id": shop_id, "type": t, "at": moment, "data": data} for t, data in told]
    await insert_many(session, _events, rows)


Handler = Callable[[AsyncSession, Sequence[Recorded]], Awaitable[None]]
Preparation = Callable[[Sequence[Recorded]], Awaitable[Handler]]


class OutdatedError(Exception):
    """What was prepared for some events no longer holds: they are prepared and handled again."""


@dataclass(frozen=True, slots=True)
class Consumer:
    """A reader of the log.

    `handle` gets a session on one shop and that shop's next events in order; what it writes and
    the cursor's move are one transaction, so each event takes effect exactly once. With a
    `shop_id` it reads that shop's events only.

    A consumer that thinks for long has `prepare` in its place: it is given the events before the
    transaction opens, changes nothing, and gives what is to handle them. That looks again whether
    what was read still holds, and raises :class:`OutdatedError` where it does not. On SQLite every
    other writer waits while a transaction is open.
    """

    name: str
    types: frozenset[str]
    handle: Handler | None = None
    shop_id: str | None = None
    prepare: Preparation | None = None

    async def handler(self, told: Sequence[Recorded]) -> Handler:
        """What is to handle some events."""
        if self.prepare is not None:
            return await self.prepare(told)
        if self.handle is None:
            raise TypeError(f"{self.name} handles nothing")
        return self.handle


class Dispatcher:
    """Brings consumers up to the log: a plain loop, woken by :meth:`wake` or by its period."""

    def __init__(
        self, db: Database, consumers: Sequence[Consumer], *, period: float = 1.0, batch: int = 500
    ) -> None:
        self._db = db
        self._consumers = consumers
        self._period = period
        self._batch = batch
        self._wake = asyncio.Event()
        self._looked: dict[str, tuple[_Place, _Place]] = {}
        """Of a consumer, where its cursor stood, and up to where nothing for it came after that: a
        cursor is moved when there is something to handle, and not for each event of others."""

    def wake(self) -> None:
        """Look at the log now."""
        self._wake.set()

    async def run(self) -> None:
        """Run until cancelled; a consumer that fails is logged and tried again next round."""
        while True:
            self._wake.clear()
            for consumer in self._consumers:
                try:
                    while await self.step(consumer):
                        pass
                except Exception:
                    log.exception("consumer_failed", consumer=consumer.name)
            await rest(self._wake, self._period)

    async def drain(self) -> None:
        """Bring every consumer to the end of the log as it is now."""
        for consumer in self._consumers:
            while await self.step(consumer):
                pass

    async def step(self, consumer: Consumer) -> int:
        """Handle the next events of one shop; returns how many rows the cursor moved over."""
        async with self._db.reading(consumer.shop_id or EVERY_SHOP) as session:
            cursor = await session.get(CursorRow, consumer.name)
            place = (cursor.xid, cursor.seq) if cursor else (0, 0)
            stood, looked = self._looked.get(consumer.name, (place, place))
            after = looked if stood == place else place  # It was put back, or others moved it.
            ahead = await self._ahead(session, after, consumer.shop_id)
            if not ahead:
                return 0
            passed, mine = _next(ahead, consumer.types, self._batch)
            # One of a shop's may have its types changed and be put back: its cursor says all.
            if not mine and len(passed) < _AHEAD and consumer.shop_id is None:
                self._looked[consumer.name] = place, (passed[-1].xid, passed[-1].seq)
                return len(passed)
            rows = await _whole(session, mine)
        shop_id = mine[0].shop_id if mine else NO_SHOP
        told = [
            Recorded(r.seq, r.shop_id, r.at, REGISTRY[r.type].model_validate(r.data)) for r in rows
        ]
        handle = await consumer.handler(told) if told else None
        try:
            async with self._db.transaction(shop_id) as session:
                after = (passed[-1].xid, passed[-1].seq)
                if not await _advance(session, consumer.name, place, after):
                    return 1  # Another worker has handled these; look again from where it is.
                if handle is not None:
                    await handle(session, told)
        except OutdatedError:
            return 1  # They are as they were; look again at what they are about.
        return len(passed)

    async def _ahead(
        self, session: AsyncSession, place: tuple[int, int], shop_id: str | None
    ) -> list[_Ahead]:
        # So that it is looked up in the index: an OR would read all of it, and SQLite, where every
        # xid is 0, takes no pair for a place. Of every type: a cursor that waits for a rare one
        # would look through ever more of the others.
        if self._db.is_sqlite:
            after = and_(EventRow.xid == place[0], EventRow.seq > place[1])
        else:
            after = tuple_(EventRow.xid, EventRow.seq) > place
        query = select(EventRow.xid, EventRow.seq, EventRow.shop_id, EventRow.type).where(after)
        if shop_id is not None:
            query = query.where(EventRow.shop_id == shop_id)
        if not self._db.is_sqlite:
            query = query.where(EventRow.xid < _oldest_running())
        query = query.order_by(EventRow.xid, EventRow.seq).limit(_AHEAD)
        return [_Ahead(*row) for row in await session.execute(query)]


_Place = tuple[int, int]
"""Where in the log: the transaction and the number."""

_AHEAD = 5_000
"""Rows of the log that are looked at in a step."""


class _Ahead(NamedTuple):
    """An event without its data."""

    xid: int
    seq: int
    shop_id: str
    type: str


def _next(
    ahead: list[_Ahead], types: frozenset[str], most: int
) -> tuple[list[_Ahead], list[_Ahead]]:
    """What the cursor moves over, and the events of some types and of one shop among it."""
    mine: list[_Ahead] = []
    for at, row in enumerate(ahead):
        if row.type not in types:
            continue
        if mine and (row.shop_id != mine[0].shop_id or len(mine) == most):
            return ahead[:at], mine
        mine.append(row)
    return ahead, mine


async def _whole(session: AsyncSession, mine: Sequence[_Ahead]) -> list[EventRow]:
    if not mine:
        return []
    query = (
        select(EventRow)
        .where(EventRow.shop_id == mine[0].shop_id, EventRow.seq.in_([row.seq for row in mine]))
        .order_by(EventRow.xid, EventRow.seq)
    )
    return list(await session.scalars(query))


def _oldest_running() -> ColumnElement[int]:
    """The lowest transaction id that may still commit, on PostgreSQL."""
    return sql_cast(sql_cast(func.pg_snapshot_xmin(func.pg_current_snapshot()), Text), BigInteger)


async def start_here(session: AsyncSession, shop_id: str, consumer: str) -> None:
    """Put a consumer of one shop at the end of the log: it reads all that commits from now on.

    On PostgreSQL it may also read what committed while an older transaction is still running.
    """
    if session.get_bind().dialect.name == "sqlite":
        last = select(func.max(EventRow.seq)).where(EventRow.shop_id == shop_id)
        xid, seq = 0, await session.scalar(last) or 0
    else:
        xid, seq = (await session.scalar(select(_oldest_running())) or 1) - 1, 0
    await session.merge(CursorRow(consumer=consumer, xid=xid, seq=seq))
    await session.flush()


async def start_again(session: AsyncSession, shop_id: str, consumer: str, since: datetime) -> None:
    """Put a consumer of one shop back, so that it reads again all that happened since a moment,
    and some of what came before; never forward."""
    first = (
        select(EventRow.xid, EventRow.seq)
        .where(EventRow.shop_id == shop_id, EventRow.at >= since)
        .order_by(EventRow.xid, EventRow.seq)
        .limit(1)
    )
    found = (await session.execute(first)).first()
    cursor = await session.get(CursorRow, consumer, with_for_update=True)
    if found is not None and cursor is not None:
        cursor.xid, cursor.seq = min((cursor.xid, cursor.seq), (found.xid, found.seq - 1))


async def _advance(
    session: AsyncSession, consumer: str, before: tuple[int, int], after: tuple[int, int]
) -> bool:
    """Move the cursor from `before` to `after`; False when another worker has moved it."""
    if before == (0, 0) and await session.get(CursorRow, consumer) is None:
        session.add(CursorRow(consumer=consumer, xid=after[0], seq=after[1]))
        await session.flush()
        return True
    held = (
        CursorRow.consumer == consumer,
        CursorRow.xid == before[0],
        CursorRow.seq == before[1],
    )
    move = update(CursorRow).where(*held).values(xid=after[0], seq=after[1])
    return await session.scalar(move.returning(CursorRow.consumer)) is not None
