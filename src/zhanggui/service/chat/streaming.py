"""Server-sent events of a conversation (WHATWG HTML, "Server-sent events").

A stream ends by itself now and then; whoever reads it begins another after the last message seen.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from datetime import datetime, timedelta
from typing import Any

from pydantic import BaseModel

from zhanggui.base import clock
from zhanggui.base.errors import TooMany
from zhanggui.base.runtime import Runtime
from zhanggui.base.words import Text

MOST = 100
"""Messages read at a time."""
DOCUMENTED: dict[int | str, dict[str, Any]] = {200: {"content": {"text/event-stream": {}}}}
"""What the description of the API says of a stream."""
STILL_HERE = b": still here\n\n"
_SILENCE_S = 15.0
"""How long nothing is sent."""
SILENCES = 4
"""After so many it is looked though nobody woke us, which bounds how late such a message is. It is
seldom needed, and each of some hundred open chats would look."""
_AT_ONCE = 6
"""Streams of one conversation: a shopper may have a few pages open."""
_TYPES_FOR = timedelta(seconds=5)
"""How long a sign of writing is taken to hold."""


LASTS = timedelta(minutes=10)
"""How long a stream lasts: who begins another has to be let in again."""


def end() -> datetime:
    """When a stream that begins now is over."""
    return clock.now() + LASTS


def typing_topic(conversation_id: str) -> str:
    """Is woken when a person of the shop is writing."""
    return f"{conversation_id}#shop"


def writing_topic(conversation_id: str) -> str:
    """Is woken when the shopper is writing."""
    return f"{conversation_id}#shopper"


def desk_topic(shop_id: str) -> str:
    """Is woken when something happened in any conversation of the shop."""
    return f"desk#{shop_id}"


def event(name: str, data: BaseModel, *, number: int | None = None) -> bytes:
    """An event as it is sent."""
    place = f"id: {number}\n" if number is not None else ""
    return f"event: {name}\n{place}data: {data.model_dump_json()}\n\n".encode()


class Typed:
    """Whether somebody was seen writing a moment ago."""

    def __init__(self) -> None:
        self._until = clock.now()

    def look(self, signal: asyncio.Event) -> None:
        """Take up a sign, if there was one."""
        if signal.is_set():
            signal.clear()
            self._until = clock.now() + _TYPES_FOR

    @property
    def is_so(self) -> bool:
        """Whether the last sign still holds."""
        return clock.now() < self._until


async def woken(signal: asyncio.Event, typing: asyncio.Event, typed: Typed) -> bool:
    """Wait until there is something to look at; False when there was nothing for long."""
    was = typed.is_so
    seconds = _TYPES_FOR.total_seconds() if was else _SILENCE_S
    return await either(signal, typing, seconds=seconds) or was


async def either(*signals: asyncio.Event, seconds: float = _SILENCE_S) -> bool:
    """Wait for any of some signals; False when there was none for so long."""
    waiting = [asyncio.ensure_future(each.wait()) for each in signals]
    try:
        done, _ = await asyncio.wait(waiting, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for each in waiting:
            each.cancel()
    return bool(done)


class Streams:
    """How many streams of each conversation are open: a service of the runtime."""

    def __init__(self) -> None:
        self._open: Counter[str] = Counter()

    def admit(self, conversation_id: str) -> None:
        """Raise TooMany where there are enough."""
        if self._open[conversation_id] >= _AT_ONCE:
            raise TooMany(
                Text("打开的聊天窗口太多了", "Too many open chats"),
                retry_after=int(_SILENCE_S),
                hint=Text("请关掉几个页面。", "Close some of the pages."),
            )

    @contextlib.contextmanager
    def counted(self, conversation_id: str) -> Iterator[None]:
        """One more is open, for as long as the block lasts."""
        self._open[conversation_id] += 1
        try:
            yield
        finally:
            self._open[conversation_id] -= 1
            if not self._open[conversation_id]:
                del self._open[conversation_id]


def streams(runtime: Runtime) -> Streams:
    """The runtime's, made at the first call."""
    found: Streams = runtime.services.setdefault(Streams, Streams())
    return found


async def sent(
    steps: AsyncIterator[bytes], streams: Streams, conversation_id: str
) -> AsyncGenerator[bytes]:
    """What a stream sends, counted while it is open."""
    with streams.counted(conversation_id):
        async for step in steps:
            yield step
