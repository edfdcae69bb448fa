"""How many gaps are open, as every page of the console shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from zhanggui.base import clock
from zhanggui.base.runtime import Runtime
from zhanggui.service.events import GapDecided
from zhanggui.service.gaps import store
from zhanggui.service.gaps.finding import finder

DAYS = 30
"""How many days back questions are looked at, unless somebody says otherwise."""
LATELY = timedelta(minutes=10)
"""How long a count holds: finding gaps takes seconds, and nobody hurries to them."""


@dataclass(frozen=True, slots=True)
class Count:
    """Gaps that are open, how often they were asked, and the minutes people spent on them."""

    open: int
    asked: int
    minutes: float


class Counter:
    """Counts now and then, and at once when somebody has decided: a service of the runtime."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._known: dict[str, tuple[int, datetime, Count]] = {}

    async def current(self, shop_id: str) -> Count:
        """What was so within :data:`LATELY`."""
        runtime, now = self._runtime, clock.now()
        async with runtime.db.reading(shop_id) as session:
            decided = await store.last_event(session, shop_id, (GapDecided.type,))
            known = self._known.get(shop_id)
            if known is not None and known[0] == decided and _is_fresh(known[1], now):
                return known[2]
            # Most shops have nothing to find, and need not wait until all they know was read.
            if not await store.unanswered(session, shop_id, now - timedelta(days=DAYS), 1):
                return Count(0, 0, 0.0)
        count = await self._count(shop_id)
        self._known[shop_id] = decided, now, count
        return count

    async def _count(self, shop_id: str) -> Count:
        found = await finder(self._runtime).current(shop_id, DAYS)
        gaps = [gap for gap in found.gaps if not gap.is_dismissed]
        minutes = round(sum(gap.minutes for gap in gaps), 1)
        return Count(len(gaps), sum(gap.count for gap in gaps), minutes)


def counter(runtime: Runtime) -> Counter:
    """The runtime's, made at the first call."""
    found: Counter = runtime.services.setdefault(Counter, Counter(runtime))
    return found


def _is_fresh(then: datetime, now: datetime) -> bool:
    return timedelta(0) <= now - then < LATELY
