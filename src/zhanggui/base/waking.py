"""Who waits for something to change in this process, and how they are woken."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager


class Waking:
    """Those who wait, by the topic they wait for: a service of the runtime.

    Waking promises nothing: whoever is woken looks at the database, and looks now and then without
    being woken where another process may have written.
    """

    def __init__(self) -> None:
        self._waiting: dict[str, set[asyncio.Event]] = {}
        self._closed = False

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
        """Tell whoever waits for this."""
        for signal in self._waiting.get(topic, ()):
            signal.set()

    @property
    def is_closed(self) -> bool:
        """Whether nobody is to wait any more."""
        return self._closed

    def close(self) -> None:
        """Let everybody go: the server stops once the requests it has are answered."""
        self._closed = True
        for topic in list(self._waiting):
            self.wake(topic)
