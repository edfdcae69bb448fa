"""A process that does nothing but answer: ``python -m zhanggui.service.chat.answerer_process``.

Started by :mod:`zhanggui.service.chat.answerers`, which says what is spoken over the standard
streams. It ends with its input, and so with the server, however that ends.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from typing import BinaryIO

import orjson

from zhanggui.ai import opening as ai
from zhanggui.base import logs
from zhanggui.base.looping import beside
from zhanggui.base.runtime import Runtime, opened
from zhanggui.base.settings import Settings
from zhanggui.base.waking import Waking
from zhanggui.knowledge.opening import indexing
from zhanggui.service.chat.answerer import Answering, answering
from zhanggui.service.chat.answerers import COUNTED

_COUNT_S = 1.0
"""Seconds between two tellings of what was counted."""


class _Teller:
    """Tells the server whom to wake, and what was counted since it was told last."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._told: dict[tuple[str, ...], float] = {}

    def wake(self, topic: str) -> None:
        """Have those woken who wait for the topic."""
        self._say({"wake": [topic]})

    async def count(self) -> None:
        """Tell of what is counted, until cancelled."""
        while True:
            await asyncio.sleep(_COUNT_S)
            self.tell_counts()

    def tell_counts(self) -> None:
        """Tell what was counted since."""
        grown: dict[str, list[tuple[list[str], float]]] = {}
        for name, counter in COUNTED.items():
            for sample in (s for metric in counter.collect() for s in metric.samples):
                if not sample.name.endswith("_total"):
                    continue
                labels = list(sample.labels.values())
                more = sample.value - self._told.get((name, *labels), 0.0)
                if more:
                    self._told[name, *labels] = sample.value
                    grown.setdefault(name, []).append((labels, more))
        if grown:
            self._say(grown)

    def _say(self, said: object) -> None:
        with contextlib.suppress(BrokenPipeError):  # The input is over in a moment, too.
            self._out.write(orjson.dumps(said) + b"\n")
            self._out.flush()


async def answer(settings: Settings, told: asyncio.StreamReader, out: BinaryIO) -> None:
    """Answer until there is nothing more to be told."""
    teller = _Teller(out)
    async with opened(settings) as runtime:
        runtime.service(Waking).tell_others = teller.wake
        async with (
            ai.started(runtime),
            indexing(runtime),
            answering(runtime),
            beside(teller.count()),
        ):
            async for line in told:
                _heed(runtime, orjson.loads(line))
        teller.tell_counts()


def _heed(runtime: Runtime, said: object) -> None:
    answering_: Answering = runtime.service(Answering)  # type: ignore[type-abstract]
    if isinstance(said, dict):
        answering_.expect(said["read"])
    else:
        answering_.wake()


async def _main(out: BinaryIO) -> None:
    told = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(told), sys.stdin
    )
    settings = Settings.model_validate(orjson.loads(await told.readline()))
    logs.configure(settings)
    await answer(settings, told, out)


def main() -> None:
    """Answer, as the server says on standard input."""
    # Ctrl-C reaches the whole group; the server ends this process when its requests are done.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # What anything else prints must not be taken for what is told.
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as out:
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
        asyncio.run(_main(out))


if __name__ == "__main__":
    main()
