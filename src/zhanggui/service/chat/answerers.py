"""Processes beside the server that think about shoppers' messages.

Python runs on one core at a time, and thinking is most of what a message costs: where the settings
ask for it, other processes (:mod:`zhanggui.service.chat.answerer_process`) take up the turns, and
this one is left to the requests. They share nothing but the database. What has to be heard at once
goes over their standard streams, one JSON value a line: they are told to look and which shop to
read, and tell whom to wake and what they counted.
"""

from __future__ import annotations

import asyncio
import contextlib
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import orjson
import structlog
from pydantic import SecretStr

from zhanggui.base import metrics
from zhanggui.base.looping import beside
from zhanggui.base.runtime import Runtime
from zhanggui.base.settings import Settings
from zhanggui.base.waking import Waking
from zhanggui.service.chat.answerer import Answering

log = structlog.get_logger(__name__)

LOOK = orjson.dumps("look") + b"\n"
COUNTED = {
    "answers": metrics.ANSWERS,
    "wordings": metrics.WORDINGS,
    "model_calls": metrics.MODEL_CALLS,
}
"""What a process counts, by the name under which it tells."""
_MODULE = "zhanggui.service.chat.answerer_process"
_AGAIN_S = 1.0
"""How long until another takes the place of one that has ended."""
_GRACE_S = 10.0
"""How long one may take to end by itself."""


def settings_line(settings: Settings) -> bytes:
    """The settings with their secrets, as they are handed to a process of our own."""
    values = settings.model_dump(mode="json")
    for name, value in settings:
        if isinstance(value, SecretStr):
            values[name] = value.get_secret_value()
    return orjson.dumps(values) + b"\n"


class Answerers:
    """The processes that answer; an :class:`~zhanggui.service.chat.answerer.Answering`."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._running: set[Process] = set()
        self._expected: dict[str, None] = {}

    def wake(self) -> None:
        """Have all of them look for turns."""
        for process in self._running:
            _tell(process, LOOK)

    def expect(self, shop_id: str) -> None:
        """Have all of them begin to read the shop, and those that come after them."""
        if shop_id in self._expected:
            return
        self._expected[shop_id] = None
        for process in self._running:
            _tell(process, _read(shop_id))

    async def keep_one(self) -> None:
        """Keep a process running until cancelled."""
        while True:
            try:
                await self._one()
                log.warning("answerer_ended")
            except Exception:
                log.exception("answerer_failed")
            await asyncio.sleep(_AGAIN_S)

    async def _one(self) -> None:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", _MODULE, stdin=PIPE, stdout=PIPE
        )
        try:
            _tell(process, settings_line(self._runtime.settings))
            for shop_id in self._expected:
                _tell(process, _read(shop_id))
            self._running.add(process)
            assert process.stdout is not None  # noqa: S101 # It was asked for.
            async for line in process.stdout:
                self._heard(orjson.loads(line))
        finally:
            self._running.discard(process)
            await _ended(process)

    def _heard(self, said: dict[str, Any]) -> None:
        for topic in said.get("wake", ()):
            self._runtime.service(Waking).wake(topic)
        for name, counter in COUNTED.items():
            for labels, count in said.get(name, ()):
                counter.labels(*labels).inc(count)


def _read(shop_id: str) -> bytes:
    return orjson.dumps({"read": shop_id}) + b"\n"


def _tell(process: Process, line: bytes) -> None:
    """What an ended one is told is lost; it is told anew what it has to know."""
    assert process.stdin is not None  # noqa: S101 # It was asked for.
    with contextlib.suppress(ConnectionError):
        process.stdin.write(line)


async def _ended(process: Process) -> None:
    """Let the process end: its input is over."""
    assert process.stdin is not None  # noqa: S101 # It was asked for.
    process.stdin.close()
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(_GRACE_S):
            await process.wait()
    if process.returncode is None:
        process.kill()
        await process.wait()


@asynccontextmanager
async def answering_apart(runtime: Runtime) -> AsyncIterator[None]:
    """Have shoppers answered in processes of their own, for as long as the block lasts."""
    answerers = Answerers(runtime)
    runtime.services[Answering] = answerers
    async with AsyncExitStack() as stack:
        for _ in range(runtime.settings.answerers):
            await stack.enter_async_context(beside(answerers.keep_one()))
        yield
