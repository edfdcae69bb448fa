"""When people answer shoppers, and what is said to who is handed over at another time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from zhanggui.base import clock

_WAIT = "，请稍等。"
_AT_ONCE = "我马上"


@dataclass(frozen=True, slots=True)
class Hours:
    """From `opens` until before `closes`, in the shop's local time; past midnight where it closes
    earlier than it opens."""

    opens: time
    closes: time

    def include(self, moment: datetime) -> bool:
        """Whether somebody is there at `moment`."""
        now = clock.local(moment).time()
        if self.opens < self.closes:
            return self.opens <= now < self.closes
        return now >= self.opens or now < self.closes

    def next_open(self, moment: datetime) -> datetime:
        """The first moment from `moment` on at which somebody is there."""
        if self.include(moment):
            return moment
        here = clock.local(moment)
        opening = here.replace(
            hour=self.opens.hour, minute=self.opens.minute, second=0, microsecond=0
        )
        return opening if opening > here else opening + timedelta(days=1)

    def told(self, reply: str, moment: datetime) -> str:
        """The reply to who is handed over at `moment`: in place of the request to wait it says
        when somebody will be there."""
        if self.include(moment):
            return reply
        when = f"工作时间 {_short(self.opens)}–{_short(self.closes)} 会回复您。"
        return not_at_once(reply, when)


def not_at_once(reply: str, when: str) -> str:
    """The reply to who is handed over while nobody is there: `when` somebody will be, in place of
    the request to wait."""
    reply = reply.replace(_AT_ONCE, "我会")  # Nobody is there to keep it.
    if reply.endswith(_WAIT):
        return f"{reply.removesuffix(_WAIT)}，{when}"
    return reply + when


def by(until: datetime, moment: datetime) -> str:
    """A time as it is promised at `moment`, on the shop's own clock: ``明天 9:03``."""
    here, there = clock.local(moment).date(), clock.local(until)
    days = (there.date() - here).days
    day = {0: "今天", 1: "明天"}.get(days, f"{there.month}月{there.day}日")
    return f"{day} {_short(there.time())}"


def parse(opens: str | None, closes: str | None) -> Hours | None:
    """Hours as the settings keep them; None where none were chosen."""
    if opens is None or closes is None:
        return None
    return Hours(time.fromisoformat(opens), time.fromisoformat(closes))


def _short(moment: time) -> str:
    return f"{moment.hour}:{moment.minute:02}"
