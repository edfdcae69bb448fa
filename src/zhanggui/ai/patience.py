"""How long a model that does not answer is borne with: how often it is tried again, and when its
server is left alone for a while.

Waits grow twofold with full jitter (M. Brooker, "Exponential Backoff and Jitter", AWS 2015), and
are never shorter than a server's Retry-After. A server that failed some times in a row is asked
nothing for a while, then one call tries it (M. Nygard, "Release It!", circuit breaker).
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

from zhanggui.ai.faults import ITS_OWN, PASSING, ModelFault
from zhanggui.base import clock

TRIES = 3
"""How often a model is asked before the next of its role is."""
FIRST_WAIT_S = 0.4
LONGEST_WAIT_S = 6.0
"""Who wants to be left alone for longer is not waited for: the next model is asked."""
FAILURES = 5
"""Failures in a row after which a server is left alone."""
LEFT_ALONE = timedelta(seconds=30)
RESTING = "resting"
"""The code of the fault while a server is left alone."""


def wait_s(fault: ModelFault, tries: int, rng: random.Random) -> float | None:
    """How long to wait before the same is tried again, after so many tries; None where it is not
    worth it."""
    if fault.kind not in PASSING or tries >= TRIES:
        return None
    wait = rng.uniform(0, FIRST_WAIT_S * 2 ** (tries - 1))
    if fault.after_s is not None:
        wait += fault.after_s
    return wait if wait <= LONGEST_WAIT_S else None


class Door:
    """The door to a server: so many go through at once, and none while it is left alone."""

    def __init__(self, at_once: int) -> None:
        self._places = asyncio.Semaphore(at_once)
        self._failures = 0
        self._closed_until: datetime | None = None
        self._is_tried = False
        self._inside = 0
        self._let_go: Callable[[], Awaitable[None]] | None = None

    @property
    def is_busy(self) -> bool:
        """Whether the server is being asked."""
        return self._inside > 0

    async def retire(self, let_go: Callable[[], Awaitable[None]]) -> None:
        """Call `let_go` when nobody is inside, now and whenever that is so again: another door is
        gone through from now on, but for who stood before this one already."""
        self._let_go = let_go
        if not self._inside:
            await let_go()

    @property
    def is_open(self) -> bool:
        """Whether the server may be asked."""
        if self._closed_until is None:
            return True
        return clock.now() >= self._closed_until and not self._is_tried

    @asynccontextmanager
    async def through(self, until: float | None = None) -> AsyncIterator[None]:
        """Hold a place while the server is asked, and note how it went. Raises ModelFault ``down``
        while it is left alone, and ``busy`` where there is no place until a moment of the loop's
        clock: that is no fault of the server's."""
        async with self._place(until):
            if not self.is_open:
                raise ModelFault("down", code=RESTING)
            tries = self._closed_until is not None
            self._is_tried = self._is_tried or tries
            self._inside += 1
            try:
                yield
            except ModelFault as fault:
                self._failed(fault)
                raise
            else:
                self._failures, self._closed_until = 0, None
            finally:
                if tries:
                    self._is_tried = False
                self._inside -= 1
                if self._let_go is not None and not self._inside:
                    await self._let_go()

    @asynccontextmanager
    async def _place(self, until: float | None) -> AsyncIterator[None]:
        try:
            async with asyncio.timeout_at(until):
                await self._places.acquire()
        except TimeoutError:
            raise ModelFault("busy") from None
        try:
            yield
        finally:
            self._places.release()

    def _failed(self, fault: ModelFault) -> None:
        if fault.kind not in ITS_OWN:
            return
        self._failures += 1
        if self._failures >= FAILURES or self._closed_until is not None:
            self._closed_until = clock.now() + LEFT_ALONE
