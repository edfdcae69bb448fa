"""Who waits for something to change, and how they are woken: in this process, and over PostgreSQL's
LISTEN and NOTIFY in the others that share its database."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import structlog

from zhanggui.base.db import Database
from zhanggui.base.ids import new_id
from zhanggui.base.looping import beside

log = structlog.get_logger(__name__)

_CHANNEL = "zhanggui_woken"
_MOST_UNTOLD = 10_000
"""Topics the other processes have not been told of; what is more they find by looking."""
_AGAIN_S = 2.0
"""How long until a lost connection is tried again."""


class Waking:
    """Those who wait, by the topic they wait for: a service of the runtime.

    Waking promises nothing: whoever is woken looks at the database, and looks now and then without
    being woken.
    """

    def __init__(self) -> None:
        self._waiting: dict[str, set[asyncio.Event]] = {}
        self._closed = False
        self.tell_others: Callable[[str], None] = lambda topic: None

    @property
    def count(self) -> int:
        """How many wait."""
        return sum(map(len, self._waiting.values()))

    @contextmanager
    def listening(self, topic: str) -> Iterator[asyncio.Event]:
        """A signal that is set whenever the topic is woken; look only after this, or what happened
        in between is missed."""
        signal = asyncio.Event()
        if self._closed:
            signal.set()
        self._waiting.setdefault(topic, set()).add(signal)
        try:
            yield signal
        finally:
            self._waiting[topic].discard(signal)
            if not self._waiting[topic]:
                del self._waiting[topic]

    def wake(self, topic: str) -> None:
        """Tell whoever waits for this, wherever they are."""
        self.wake_here(topic)
        self.tell_others(topic)

    def wake_all_here(self) -> None:
        """Tell everybody in this process to look."""
        for topic in list(self._waiting):
            self.wake_here(topic)

    def wake_here(self, topic: str) -> None:
        """Tell whoever waits for this in this process."""
        for signal in self._waiting.get(topic, ()):
            signal.set()

    @property
    def is_closed(self) -> bool:
        """Whether nobody is to wait any more."""
        return self._closed

    def close(self) -> None:
        """Let everybody go: the server stops once the requests it has are answered."""
        self._closed = True
        self.wake_all_here()


@asynccontextmanager
async def across(db: Database, waking: Waking) -> AsyncIterator[None]:
    """Hear of what other processes wake, and tell them, for as long as the block lasts. On SQLite
    there are no others."""
    if db.is_sqlite:
        yield
        return
    async with beside(_Exchange(db, waking).run()):
        yield


class _Exchange:
    """A connection of its own on which this process listens and tells."""

    def __init__(self, db: Database, waking: Waking) -> None:
        self._db, self._waking = db, waking
        self._me = new_id("proc")
        self._untold: asyncio.Queue[str] = asyncio.Queue(_MOST_UNTOLD)
        waking.tell_others = self._tell

    def _tell(self, topic: str) -> None:
        with contextlib.suppress(asyncio.QueueFull):
            self._untold.put_nowait(topic)

    async def run(self) -> None:
        """Run until cancelled; a connection that is lost is made again."""
        while True:
            try:
                await self._connected()
            except Exception as error:
                log.warning("waking_lost", error=type(error).__name__)
            await asyncio.sleep(_AGAIN_S)

    async def _connected(self) -> None:
        async with self._db.engine.connect() as connection:
            raw = await connection.get_raw_connection()
            driver: Any = raw.driver_connection
            await driver.add_listener(_CHANNEL, self._heard)
            self._waking.wake_all_here()  # Something may have been missed.
            try:
                await self._telling(driver)
            finally:
                # It listens, so it is of no use to anybody else.
                await connection.invalidate()

    async def _telling(self, driver: Any) -> None:
        """Tell of what is woken here until the connection is lost; looks at it now and then."""
        while not driver.is_closed():
            try:
                async with asyncio.timeout(_AGAIN_S):
                    topic = await self._untold.get()
            except TimeoutError:
                continue
            await driver.execute("SELECT pg_notify($1, $2)", _CHANNEL, f"{self._me} {topic}")

    def _heard(self, driver: Any, pid: int, channel: str, said: str) -> None:
        who, _, topic = said.partition(" ")
        if who != self._me:
            self._waking.wake_here(topic)
