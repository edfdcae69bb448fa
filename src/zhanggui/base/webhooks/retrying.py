"""When a delivery that failed is tried again."""

from __future__ import annotations

from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from random import Random

DELAYS = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)
"""After each attempt that failed but the last, which comes three days and three hours after the
first: the schedule that Standard Webhooks recommend."""
GIVE_UP = timedelta(days=3)
"""A webhook to which nothing got through for so long is switched off."""
_JITTER = 0.1
"""The share by which a delay may be longer, so that what failed together does not come back
together. Never shorter, so that the last attempt is later than `GIVE_UP`."""
_LONGEST_HELD = timedelta(days=1)
_HOLDING = (429, 503)


def wait(attempts: int, held: timedelta | None, random: Random) -> timedelta | None:
    """How long to wait after so many attempts, at least as long as the receiver asked for; None
    when it is given up."""
    if attempts > len(DELAYS):
        return None
    delay = DELAYS[attempts - 1] * (1 + _JITTER * random.random())
    return max(delay, held or delay)


def held(code: int, retry_after: str | None, now: datetime) -> timedelta | None:
    """For how long a receiver that is overloaded wants to be left alone, at most a day."""
    if code not in _HOLDING or not retry_after:
        return None
    try:
        asked = _asked(retry_after, now)
    except (ValueError, OverflowError):  # Numbers may be of any length, and days of any year.
        return None
    return None if asked is None else min(max(asked, timedelta()), _LONGEST_HELD)


def _asked(retry_after: str, now: datetime) -> timedelta | None:
    if retry_after.strip().isdecimal():
        return timedelta(seconds=min(int(retry_after), _LONGEST_HELD.total_seconds()))
    moment = parsedate_to_datetime(retry_after)
    if moment.tzinfo is None:  # "-0000" says that the zone is not known.
        return None
    return moment - now
