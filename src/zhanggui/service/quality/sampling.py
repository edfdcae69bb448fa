"""Which of a day's replies a person looks at.

The lot is made of the reply's own ids, so the sample of a day is the same whoever asks for it, and
nobody chooses it. Replies of a day are divided by decision and by how sure the program was; each
stratum gives the replies of the lowest lots, the strata in turn one each until there are as many as
the shop wants: what is rare is looked at as well. Which stratum begins changes from day to day, so
that with few reviews a day none is always left out.
"""

from __future__ import annotations

import hashlib
from bisect import bisect
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from zhanggui.base import clock

DECISIONS = ("answer", "clarify", "decline")
"""What the program says by itself; what it hands over people answer anyway."""
DAILY = 10
"""Replies of a day that are sampled where the shop has not said."""
_BANDS = (0.8, 0.9, 0.97)
"""Between these confidences lie the strata of answers."""
_SEED = "quality 1"


@dataclass(frozen=True, slots=True)
class Replied:
    """A reply of the program: the `seq`-th message of a conversation."""

    conversation_id: str
    seq: int
    decision: str
    confidence: float
    at: datetime

    @property
    def key(self) -> tuple[str, int]:
        """By which it is known in the shop."""
        return self.conversation_id, self.seq

    @property
    def day(self) -> date:
        """The local day it was given on."""
        return day_of(self.at)

    @property
    def stratum(self) -> str:
        """Its decision; of answers also between which confidences it lies."""
        if self.decision != "answer":
            return self.decision
        return f"answer {bisect(_BANDS, self.confidence)}"


@dataclass(frozen=True, slots=True)
class Choice:
    """From a moment on, how many replies of a day are sampled at most."""

    at: datetime
    daily: int


def day_of(moment: datetime) -> date:
    """The local day a moment is on."""
    return clock.local(moment).date()


def end_of(day: date) -> datetime:
    """The moment after a local day."""
    midnight = datetime.combine(day + timedelta(days=1), datetime.min.time())
    return midnight.replace(tzinfo=clock.SHANGHAI)


def is_ripe(day: date, now: datetime) -> bool:
    """Whether the replies of a day may be looked at: a whole day has passed since, so it is known
    what came of them."""
    return now >= end_of(day) + timedelta(days=1)


def daily_on(choices: Sequence[Choice], day: date) -> int:
    """How many replies of a day are sampled: what was chosen last before it was over. Later choices
    do not change the sample of a day that has passed."""
    before = [choice.daily for choice in choices if choice.at < end_of(day)]
    return before[-1] if before else DAILY


def quotas(sizes: Mapping[str, int], most: int, order: Sequence[str]) -> dict[str, int]:
    """How many replies each stratum gives: one each in turn, in this order, until `most` are drawn
    or none is left."""
    given = dict.fromkeys(order, 0)
    left = min(most, sum(sizes.values()))
    while left:
        for stratum in order:
            if left and given[stratum] < sizes[stratum]:
                given[stratum] += 1
                left -= 1
    return given


def drawn(shop_id: str, day: date, replies: Iterable[Replied], most: int) -> list[Replied]:
    """The sample of one day's replies, in the order in which it is to be looked at. Blocks: of a
    busy day there are thousands."""
    strata: dict[str, list[Replied]] = defaultdict(list)
    for reply in replies:
        strata[reply.stratum].append(reply)
    order = sorted(strata, key=lambda stratum: _lot(shop_id, day.isoformat(), stratum))
    sizes = {stratum: len(found) for stratum, found in strata.items()}
    chosen: list[Replied] = []
    for stratum, quota in quotas(sizes, most, order).items():
        chosen += sorted(strata[stratum], key=lambda reply: _lot_of(shop_id, reply))[:quota]
    return sorted(chosen, key=lambda reply: _lot_of(shop_id, reply))


def _lot_of(shop_id: str, reply: Replied) -> bytes:
    return _lot(shop_id, reply.conversation_id, str(reply.seq))


def _lot(*parts: str) -> bytes:
    return hashlib.sha256("\n".join((_SEED, *parts)).encode()).digest()
