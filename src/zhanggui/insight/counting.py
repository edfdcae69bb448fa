"""What a period's figures are counted from, counted as it is read: a year of a busy shop has more
sessions, replies and judgements than are kept at a time. Pure, but for the threads it counts in."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Sequence
from datetime import date, datetime, timedelta

from zhanggui.insight import figures
from zhanggui.insight.figures import NOTHING, Tally, Waits
from zhanggui.insight.periods import Period
from zhanggui.insight.sessions import Key, Session
from zhanggui.service.quality.estimating import Cell, Estimate, cells_of, estimate
from zhanggui.service.quality.sampling import (
    Choice,
    Replied,
    daily_on,
    day_of,
    drawn,
    is_ripe,
)
from zhanggui.service.store import Happened


class Reviews:
    """What was said last of each reply that was judged since a period began, as a reply is judged
    later; and how many judgements were made in the period, in how many seconds."""

    def __init__(self, period: Period) -> None:
        self._end = period.end
        self.verdicts: dict[Key, str] = {}
        self.made = self.seconds = 0

    def take(self, judged: Iterable[Happened]) -> None:
        """Read further judgements."""
        for at, _, data in judged:
            self.verdicts[data["id"], data["seq"]] = data["verdict"]
            if at < self._end:
                self.made += 1
                self.seconds += data["seconds"]

    @property
    def wrong(self) -> set[Key]:
        """The replies that were judged wrong."""
        return {key for key, verdict in self.verdicts.items() if verdict == "wrong"}


class Counted:
    """The sessions of a period, counted. `days` by the day they began on, `causes` why they were
    handed to people; `program` and `people` are first responses, `waits` the rounds for people."""

    def __init__(self, period: Period, wrong: set[Key], now: datetime) -> None:
        self._wrong, self._now = wrong, now
        self.days: dict[date, Tally] = dict.fromkeys(period.days, NOTHING)
        self.causes: Counter[str] = Counter()
        self.program: list[timedelta] = []
        self.people: list[timedelta] = []
        self.waits = Waits()

    def take(self, sessions: Sequence[Session]) -> None:
        """Count further sessions, each to its end."""
        of: dict[date, list[Session]] = {}
        for each in sessions:
            of.setdefault(day_of(each.began), []).append(each)
        for day, begun in of.items():
            self.days[day] += figures.tally(begun, self._wrong, self._now)
        self.causes += figures.causes(sessions)
        self.program += [s.program_after for s in sessions if s.program_after is not None]
        self.people += [wait for s in sessions if (wait := s.people_after) is not None]
        self.waits += figures.waits(sessions, self._now)

    @property
    def whole(self) -> Tally:
        """The sessions of all days."""
        return sum(self.days.values(), NOTHING)


async def estimated(
    days: AsyncIterator[list[Replied]],
    *,
    shop_id: str,
    choices: Sequence[Choice],
    reviews: Reviews,
    now: datetime,
) -> Estimate:
    """The share of wrong replies, of all that were given on `days` that are ripe."""
    cells: Counter[Cell] = Counter()
    reviewed: list[Replied] = []
    async for replies in days:
        day = replies[0].day
        if is_ripe(day, now):
            cells += cells_of(replies)
            most = daily_on(choices, day)
            sample = await asyncio.to_thread(drawn, shop_id, day, replies, most)
            reviewed += [reply for reply in sample if reply.key in reviews.verdicts]
    return estimate(cells, reviewed, reviews.wrong)
