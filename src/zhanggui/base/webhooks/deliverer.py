"""Tells webhooks what happened: a plain loop beside the requests.

Every webhook that is on is looked after by itself, so that one whose receiver is slow holds up no
other.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from functools import partial
from random import Random

import structlog

from zhanggui.base import clock, metrics
from zhanggui.base.connections import KEPT
from zhanggui.base.events import Dispatcher
from zhanggui.base.ids import new_id
from zhanggui.base.looping import beside, rest
from zhanggui.base.runtime import Runtime
from zhanggui.base.waking import Waking
from zhanggui.base.webhooks import feeding, leasing, store
from zhanggui.base.webhooks.guard import Rules
from zhanggui.base.webhooks.leasing import Taken
from zhanggui.base.webhooks.sending import Answer, Message, send
from zhanggui.base.webhooks.store import Target

log = structlog.get_logger(__name__)

TOPIC = "webhooks"
"""What wakes the loop (:class:`Waking`)."""
_PRUNED_EVERY = timedelta(hours=1)
_AT_ONCE = 16
"""Webhooks that are sent to at a time."""
_STEPS = 10
"""Batches of events that are read before what is due is sent."""


class Deliverer:
    """The loop of a process."""

    def __init__(
        self, runtime: Runtime, *, period: float = 1.0, random: Random | None = None
    ) -> None:
        self._runtime = runtime
        self._period = period
        self._random = random or Random()  # noqa: S311 # Spreads attempts, and guards nothing.
        self._rules = Rules.of(runtime.settings)
        self._dispatcher = Dispatcher(runtime.db, ())
        self._by = new_id("snd")
        self._working: dict[str, asyncio.Task[None]] = {}
        self._slots = asyncio.Semaphore(_AT_ONCE)
        self._pruned: dict[str, datetime] = {}

    async def run(self) -> None:
        """Run until cancelled; what was under way is sent again by whoever comes next."""
        try:
            with self._runtime.service(Waking).listening(TOPIC) as signal:
                while True:
                    signal.clear()
                    try:
                        await self._begin()
                    except Exception:
                        log.exception("webhooks_not_found")
                    await rest(signal, self._period)
        finally:
            for task in self._working.values():
                task.cancel()
            await asyncio.gather(*self._working.values(), return_exceptions=True)

    async def drain(self) -> None:
        """Send all that is due, webhook by webhook."""
        for target in await store.targets(self._runtime.db, clock.now()):
            await self._look_after(target)

    async def _begin(self) -> None:
        for target in await store.targets(self._runtime.db, clock.now()):
            busy = target.id in self._working
            if not busy and (target.has_work or self._is_stale(target)):
                task = asyncio.create_task(self._look_after(target))
                self._working[target.id] = task
                task.add_done_callback(partial(self._ended, target.id))

    def _ended(self, webhook_id: str, task: asyncio.Task[None]) -> None:
        del self._working[webhook_id]

    async def _look_after(self, target: Target) -> None:
        try:
            if self._is_stale(target):
                await self._prune(target)
            if target.is_on:
                await self._serve(target)
        except feeding.Changed:
            pass  # It is looked at anew in the next round.
        except Exception:
            log.exception("webhook_not_served", webhook=target.id)

    async def _serve(self, target: Target) -> None:
        consumer, more = feeding.consumer(target), True
        while more:
            for _ in range(_STEPS):
                more = await self._dispatcher.step(consumer) > 0
                if not more:
                    break
            await self._send_due(target)

    async def _send_due(self, target: Target) -> None:
        db, at = self._runtime.db, (target.shop_id, target.id)
        async with db.reading(target.shop_id) as session:
            if not await store.due(session, *at, clock.now(), 1):
                return  # The usual case, which waits for no writer.
        while True:
            async with self._slots:
                async with db.transaction(target.shop_id) as session:
                    taken = await leasing.take(session, self._runtime.cipher, *at, by=self._by)
                if taken is None:
                    break
                sends = (self._tell(taken, each) for each in taken.messages)
                # All have to end before the webhook is held anew, also when one was not recorded.
                for outcome in await asyncio.gather(*sends, return_exceptions=True):
                    if isinstance(outcome, BaseException):
                        raise outcome
        async with db.transaction(target.shop_id) as session:
            await leasing.let_go(session, *at, by=self._by)

    async def _tell(self, taken: Taken, message: Message) -> None:
        if taken.secrets:
            answer = await send(self._rules, taken.url, taken.secrets, message)
        else:
            answer = Answer(failure="key")
        async with self._runtime.db.transaction(taken.shop_id) as session:
            await leasing.record(session, taken, message, answer, self._random)
        metrics.WEBHOOKS.labels(answer.failure or "delivered").inc()

    def _is_stale(self, target: Target) -> bool:
        """Whether its old deliveries have not been removed for a while."""
        pruned = self._pruned.get(target.id)
        return pruned is None or clock.now() - pruned >= _PRUNED_EVERY

    async def _prune(self, target: Target) -> None:
        now = clock.now()
        async with self._runtime.db.transaction(target.shop_id) as session:
            await store.forget(session, target.shop_id, target.id, before=now - KEPT)
        self._pruned[target.id] = now


@asynccontextmanager
async def delivering(runtime: Runtime) -> AsyncIterator[None]:
    """Tell webhooks, for as long as the block lasts."""
    async with beside(Deliverer(runtime).run()):
        yield
