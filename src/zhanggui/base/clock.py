"""The only source of time.

Every room asks this module for the time, so a test, an evaluation or a replay can stand at any
moment. Times are timezone-aware and stored in UTC; people read them in the shop's zone.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
"""The zone in which Chinese platforms write their naive times."""

_frozen: ContextVar[datetime | None] = ContextVar("zhanggui_clock", default=None)


def now() -> datetime:
    """The current time in UTC, or the time set by :func:`at`."""
    return _frozen.get() or datetime.now(UTC)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Stand at `moment` (aware) within the block; nests, and follows async tasks started in it."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    token = _frozen.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _frozen.reset(token)


def local(moment: datetime) -> datetime:
    """`moment` as a merchant in China reads it."""
    return moment.astimezone(SHANGHAI)
