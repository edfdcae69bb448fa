"""Periods of whole local days, and the like period before: the same weekdays, up to the same
time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from zhanggui.base import clock
from zhanggui.base.errors import Invalid
from zhanggui.base.words import Text
from zhanggui.service.quality.sampling import end_of

USUAL = 7
MOST = 366


@dataclass(frozen=True, slots=True)
class Period:
    """The local days from `since` to `until`, both included, up to the moment `end`."""

    since: date
    until: date
    end: datetime

    @property
    def start(self) -> datetime:
        """The moment it begins."""
        return end_of(self.since - timedelta(days=1))

    @property
    def days(self) -> list[date]:
        """Its days, the first first."""
        return [self.since + timedelta(days=n) for n in range((self.until - self.since).days + 1)]

    def before(self) -> Period:
        """As many days, whole weeks earlier, up to the same time of the last."""
        length = (self.until - self.since).days + 1
        back = timedelta(weeks=-(-length // 7))
        return Period(self.since - back, self.until - back, self.end - back)


def period(since: date | None, until: date | None, now: datetime) -> Period:
    """The days asked for, the last seven where nothing is said, up to now. Raises Invalid for days
    in the wrong order, more than a year of them, or none that has begun."""
    today = clock.local(now).date()
    last = until if until is not None else max(today, since or today)
    first = since if since is not None else last - timedelta(days=USUAL - 1)
    if first > last or first > today:
        raise Invalid(
            Text("开始的日子要在结束之前，也不能在将来", "The first day comes before the last"),
            hint=Text("换一段日子。", "Choose other days; none of them in the future."),
            where="since",
        )
    if (last - first).days >= MOST:
        raise Invalid(
            Text(f"一次最多看 {MOST} 天", f"No more than {MOST} days at a time"),
            hint=Text("换一段短一些的。", "Choose fewer days."),
            where="since",
        )
    return Period(first, last, min(end_of(last), now + timedelta(microseconds=1)))
