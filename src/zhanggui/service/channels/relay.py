"""Brings what the shop says to the channels it belongs to, and fetches what waits there: a plain
loop beside the requests.

It looks once a second, and at once when something happened in a shop that has a channel. Channels
are looked after each by itself, so that one whose other side is slow holds up no other, and so are
the conversations of a channel.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from functools import partial
from random import Random

import structlog

from zhanggui.base import clock, metrics
from zhanggui.base.errors import Unavailable
from zhanggui.base.ids import new_id
from zhanggui.base.looping import beside
from zhanggui.base.runtime import Runtime
from zhanggui.base.waking import Waking
from zhanggui.service.channels import alerting, outbox, posting, store, wecom_pulling, wecom_sending
from zhanggui.service.channels.failing import Outcome
from zhanggui.service.channels.models import Channel
from zhanggui.service.channels.outbox import Outgoing
from zhanggui.service.chat import streaming
from zhanggui.service.chat.streaming import desk_topic

log = structlog.get_logger(__name__)

TOPIC = "channels"
"""What wakes the loop (:class:`Waking`)."""
_AT_ONCE = 8
"""Messages that are under way at a time."""
_OF_ONE = 2
"""Of these those of one channel: one whose other side is slow leaves room for the others."""
_BREATH_S = 0.05
"""What happens within so little time is looked at together."""
_LOOKED_AT = 64
"""Conversations of a channel that are looked at in one go."""


class Relay:
    """The loop of a process."""

    def __init__(
        self, runtime: Runtime, *, period: float = 1.0, random: Random | None = None
    ) -> None:
        self._runtime = runtime
        self._period = period
        self._random = random or Random()  # noqa: S311 # Spreads attempts, and guards nothing.
        self._working: dict[str, asyncio.Task[None]] = {}
        self._slots = asyncio.Semaphore(_AT_ONCE)
        self._own: dict[str, asyncio.Semaphore] = {}

    async def run(self) -> None:
        """Run until cancelled; what was under way is sent again by whoever comes next."""
        waking = self._runtime.service(Waking)
        topics = {TOPIC}
        try:
            while True:
                with ExitStack() as stack:
                    signals = [stack.enter_context(waking.listening(topic)) for topic in topics]
                    try:
                        topics = {TOPIC, *await self._begin()}
                    except Exception:
                        log.exception("channels_not_found")
                    await streaming.either(*signals, seconds=self._period)
                    await asyncio.sleep(_BREATH_S)
        finally:
            for task in self._working.values():
                task.cancel()
            await asyncio.gather(*self._working.values(), return_exceptions=True)

    async def drain(self) -> None:
        """Do all that is due, channel by channel."""
        for channel in await store.switched_on(self._runtime.db):
            await self._look_after(channel)

    async def _begin(self) -> list[str]:
        """Begin what is due; gives what it is to be woken by."""
        channels = await store.switched_on(self._runtime.db)
        for channel in channels:
            if channel.id not in self._working:
                task = asyncio.create_task(self._look_after(channel))
                self._working[channel.id] = task
                task.add_done_callback(partial(self._ended, channel.id))
        return [desk_topic(channel.shop_id) for channel in channels]

    def _ended(self, channel_id: str, task: asyncio.Task[None]) -> None:
        del self._working[channel_id]

    async def _look_after(self, channel: Channel) -> None:
        try:
            if channel.kind == "robot":
                await alerting.tell(self._runtime, channel)
                return
            if channel.kind == "wecom":
                await wecom_pulling.pull(self._runtime, channel)
            await self._send_due(channel)
        except Unavailable as error:
            log.warning("channel_not_served", channel=channel.id, error=error.code)
        except Exception:
            log.exception("channel_not_served", channel=channel.id)

    async def _send_due(self, channel: Channel) -> None:
        while True:
            async with self._runtime.db.reading(channel.shop_id) as session:
                due = await store.due_threads(
                    session, channel.shop_id, channel.id, clock.now(), _LOOKED_AT
                )
            if not due:
                return
            # All have to end before it is looked anew, also when one was not recorded.
            ended = await asyncio.gather(
                *(self._talk(channel, index) for index in due), return_exceptions=True
            )
            for each in ended:
                if isinstance(each, BaseException):
                    raise each

    async def _talk(self, channel: Channel, index: str) -> None:
        """Send what one sender has not been sent, message by message."""
        by, db, cipher = new_id("snd"), self._runtime.db, self._runtime.cipher
        own = self._own.setdefault(channel.id, asyncio.Semaphore(_OF_ONE))
        async with own, self._slots:
            while True:
                async with db.transaction(channel.shop_id) as session:
                    outgoing = await outbox.take(session, cipher, channel, index, by=by)
                if outgoing is None:
                    return
                outcome = await self._sent(outgoing)
                metrics.CHANNELS.labels(channel.kind, outcome.failure or "delivered").inc()
                async with db.transaction(channel.shop_id) as session:
                    await outbox.record(session, cipher, outgoing, outcome, by=by)

    async def _sent(self, outgoing: Outgoing) -> Outcome:
        if outgoing.channel.kind == "wecom":
            return await wecom_sending.send(self._runtime, outgoing)
        return await posting.send(self._runtime, outgoing, self._random)


@asynccontextmanager
async def relaying(runtime: Runtime) -> AsyncIterator[None]:
    """Look after the channels, for as long as the block lasts."""
    async with beside(Relay(runtime).run()):
        yield
