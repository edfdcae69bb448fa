"""The few distributions the generator draws from a ``random.Random``."""

from __future__ import annotations

import math
from datetime import date, datetime, time, timedelta
from random import Random

from zhanggui.base.clock import SHANGHAI

_HOURS = (9, 4, 2, 1, 1, 2, 6, 14, 26, 44, 56, 48, 40, 42, 46, 48, 46, 42, 40, 50, 66, 72, 58, 28)
_PROMOTION_HOURS = (
    60, 22, 8, 3, 2, 3, 8, 16, 30, 48, 58, 48, 42, 42, 46, 48, 46, 44, 44, 60, 130, 96, 74, 60,
)  # fmt: skip


def poisson(rng: Random, mean: float) -> int:
    """A Poisson count (Knuth's method; the normal approximation above 60)."""
    if mean > 60:
        return max(0, round(rng.gauss(mean, math.sqrt(mean))))
    limit, count, product = math.exp(-mean), 0, rng.random()
    while product > limit:
        count += 1
        product *= rng.random()
    return count


def time_of_day(rng: Random, day: date, promotion: bool) -> datetime:
    """A moment of `day` when people shop, in the shop's zone."""
    hour = rng.choices(range(24), _PROMOTION_HOURS if promotion else _HOURS)[0]
    return at(day, hour, rng.randrange(60), rng.randrange(60))


def at(day: date, hour: int, minute: int = 0, second: int = 0) -> datetime:
    """A moment of `day` in the shop's zone."""
    return datetime.combine(day, time(hour, minute, second), SHANGHAI)


def later(rng: Random, moment: datetime, low: float, high: float) -> datetime:
    """`moment` and between `low` and `high` hours, to the second."""
    return moment + timedelta(seconds=round(rng.uniform(low, high) * 3600))
