"""Rate limits: how often something may be tried, per process.

Counters live in memory: several workers behind one address allow as many times as much, and a
restart forgets. What must hold whatever happens (a token that works once) is in the database.
"""

from __future__ import annotations

import math
import time

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter

from zhanggui.base.errors import TooMany
from zhanggui.base.words import Text

SIGN_IN_ACCOUNT = parse("10 per 15 minutes")
SIGN_IN_ADDRESS = parse("60 per 15 minutes")
TOKEN_ADDRESS = parse("30 per 15 minutes")
"""One-time links, resets and invitations presented from one address."""
RESET_ACCOUNT = parse("3 per hour")
SECOND_FACTOR = parse("10 per 15 minutes")
API = parse("1200 per minute")
"""Calls of one session or key."""


class RateLimits:
    """The counters of a process: a service of the runtime."""

    def __init__(self) -> None:
        self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())

    def hit(self, rule: RateLimitItem, *of: str) -> None:
        """Count one try; raises TooMany, with the seconds to wait, when there were enough."""
        if self._limiter.hit(rule, *of):
            return
        # A counter's window ends on the limiter's own wall clock.
        reset = self._limiter.get_window_stats(rule, *of).reset_time
        wait = max(1, math.ceil(reset - time.time()))  # noqa: TID251
        minutes = math.ceil(wait / 60)
        raise TooMany(
            Text("操作太频繁了", "Too many tries"),
            retry_after=wait,
            hint=Text(f"请在 {minutes} 分钟后再试。", f"Try again in {minutes} min."),
        )

    def forget(self, rule: RateLimitItem, *of: str) -> None:
        """Begin to count anew, after a success."""
        self._limiter.clear(rule, *of)
