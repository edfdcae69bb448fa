"""What becomes of conversations by themselves, and of promises that come near: a plain loop beside
the requests.

What nobody writes in any more is closed, unless somebody is owed an answer: that stays at the desk.
What anonymous shoppers wrote is erased when the shop's days are over; those the shop knows are
erased with the buyer. Each is done in a transaction of its own, which looks again.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from zhanggui.base import clock
from zhanggui.base.looping import beside, rest
from zhanggui.base.runtime import Runtime
from zhanggui.base.waking import Waking
from zhanggui.service.chat import desk_store, ending, images, promising, store
from zhanggui.service.chat.models import Conversation
from zhanggui.service.chat.streaming import desk_topic
from zhanggui.service.models import ServiceSettings
from zhanggui.service.preferences import of_row
from zhanggui.shop import store as shop_store

log = structlog.get_logger(__name__)

TIDIED_EVERY = timedelta(minutes=10)
_LOOKS_KEPT = timedelta(days=1)
"""How long it is kept who had a conversation open."""
_Step = Callable[[AsyncSession, Conversation], Awaitable[bool]]


class Tidier:
    """The loop of a process."""

    def __init__(self, runtime: Runtime, *, period: float = 20.0) -> None:
        self._runtime = runtime
        self._period = period
        self._tidied_at: dict[str, datetime] = {}

    async def run(self) -> None:
        """Run until cancelled."""
        never = asyncio.Event()
        while True:
            await rest(never, self._period)
            try:
                await self.look_after_all()
            except Exception:
                log.exception("conversations_not_tidied")

    async def look_after_all(self) -> None:
        """Look after every shop, each by itself."""
        for shop in await shop_store.shops(self._runtime.db):
            try:
                await self._look_after(shop.shop_id)
            except Exception:
                log.exception("shop_not_tidied", shop=shop.shop_id)

    async def _look_after(self, shop_id: str) -> None:
        await self.remind(shop_id)
        now, last = clock.now(), self._tidied_at.get(shop_id)
        if last is None or now - last >= TIDIED_EVERY:
            self._tidied_at[shop_id] = now
            await self.tidy(shop_id)

    async def remind(self, shop_id: str) -> None:
        """Tell of promises that are to be kept soon."""
        async with self._runtime.db.reading(shop_id) as session:
            found = await promising.near(session, shop_id)
        await self._each(shop_id, found, promising.remind)

    async def tidy(self, shop_id: str) -> None:
        """Close, erase and remove what its time has come for."""
        now = clock.now()
        async with self._runtime.db.reading(shop_id) as session:
            choice = of_row(await session.get(ServiceSettings, (shop_id,)))
            idle = now - timedelta(hours=choice.idle_hours)
            kept = now - timedelta(days=choice.retention_days)
            quiet = await store.idle(session, shop_id, idle)
            old = await store.anonymous(session, shop_id, kept)
            unsaid = await store.unsaid(session, shop_id, idle)
            looks = await desk_store.has_looks(session, shop_id, now - _LOOKS_KEPT)

        async def close(session: AsyncSession, row: Conversation) -> bool:
            return await ending.close_idle(session, row, since=idle)

        async def empty(session: AsyncSession, row: Conversation) -> bool:
            if not await ending.empty(session, row, since=kept):
                return False
            # Before the commit: what stayed behind after it nobody would find again.
            await images.forget(self._runtime.blobs, shop_id, row.id)
            return True

        async def remove(session: AsyncSession, row: Conversation) -> bool:
            if not await ending.remove(session, row):
                return False
            # A picture may lie there whose message never came to be kept.
            await images.forget(self._runtime.blobs, shop_id, row.id)
            return True

        await self._each(shop_id, quiet, close)
        await self._each(shop_id, old, empty)
        await self._each(shop_id, unsaid, remove)
        if looks:
            async with self._runtime.db.transaction(shop_id) as session:
                await desk_store.remove_looks(session, shop_id, now - _LOOKS_KEPT)

    async def _each(self, shop_id: str, ids: Sequence[str], step: _Step) -> None:
        changed = []
        for each in ids:
            try:
                async with self._runtime.db.transaction(shop_id) as session:
                    row = await store.conversation(session, shop_id, each, held=True)
                    is_done = row is not None and await step(session, row)
            except Exception:
                # It is looked at again the next time; the others do not wait for it.
                log.exception("conversation_not_tidied", conversation=each)
            else:
                if is_done:
                    changed.append(each)
        if changed:
            waking = self._runtime.service(Waking)
            for topic in (*changed, desk_topic(shop_id)):
                waking.wake(topic)


@asynccontextmanager
async def tidying(runtime: Runtime) -> AsyncIterator[None]:
    """Tidy conversations, for as long as the block lasts."""
    async with beside(Tidier(runtime).run()):
        yield
