"""Sessions counted. Every figure is one division of whole numbers, or one of the values there were,
so that it comes out the same to its last digit whoever counts."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import astuple, dataclass
from datetime import datetime, timedelta

from zhanggui.base import clock
from zhanggui.insight.sessions import Key, Round, Session

THREE_MINUTES = timedelta(minutes=3)
LONGEST = timedelta(minutes=10)
"""What a round counts for at most, and where nobody replied."""
_OPENS, _CLOSES = 8, 23
"""The local hours in which Taobao measures."""
CONTENT = 4
"""From this rating on a shopper is content."""
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure: `of` in `n` where it is a share or a mean, with its 95 % interval where it is known
    from a sample."""

    value: float | int | None
    of: int | None = None
    n: int | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """Sessions by what became of them; `ended` may be judged, the others go on. `resolved` and
    `contained` are among the ended."""

    conversations: int
    ended: int
    involved: int
    involved_ended: int
    resolved: int
    contained: int
    with_people: int

    def __add__(self, other: Tally) -> Tally:
        return Tally(*(a + b for a, b in zip(astuple(self), astuple(other), strict=True)))


NOTHING = Tally(0, 0, 0, 0, 0, 0, 0)


def tally(sessions: Sequence[Session], wrong: Collection[Key], now: datetime) -> Tally:
    """Count sessions; those with a reply among `wrong` are not resolved."""
    ended = [session for session in sessions if session.has_ended(now)]
    return Tally(
        conversations=len(sessions),
        ended=len(ended),
        involved=sum(session.is_involved for session in sessions),
        involved_ended=sum(session.is_involved for session in ended),
        resolved=sum(is_resolved(session, wrong) for session in ended),
        contained=sum(not session.is_with_people for session in ended),
        with_people=sum(session.is_with_people for session in sessions),
    )


def is_resolved(session: Session, wrong: Collection[Key]) -> bool:
    """Whether the program answered, nobody of the people had to, and no reply was found wrong."""
    is_wrong = any(key in wrong for key in session.said)
    return session.answers > 0 and not session.is_with_people and not is_wrong


def causes(sessions: Sequence[Session]) -> Counter[str]:
    """How often sessions were handed to people, by why."""
    return Counter(cause for session in sessions for cause in session.causes)


def share(part: int, whole: int) -> Measure:
    """A part of a whole; null of nothing."""
    return Measure(part / whole if whole else None, part, whole)


def automation(counted: Tally) -> Measure:
    """Involvement times resolution, divided once."""
    whole = counted.conversations * counted.involved_ended
    part = counted.involved * counted.resolved
    return Measure(part / whole if whole else None)


def quantile(waits: Sequence[timedelta], part: float) -> Measure:
    """The shortest wait that a part of all are no longer than (nearest rank), in seconds."""
    if not waits:
        return Measure(None, None, 0)
    place = max(1, math.ceil(part * len(waits)))
    return Measure(sorted(waits)[place - 1].total_seconds(), None, len(waits))


@dataclass(frozen=True, slots=True)
class Waits:
    """Settled rounds for people in Taobao's hours: how many, how many of them were replied to in
    three minutes, and what they took together."""

    rounds: int = 0
    within: int = 0
    taken: timedelta = timedelta(0)

    def __add__(self, other: Waits) -> Waits:
        return Waits(
            self.rounds + other.rounds, self.within + other.within, self.taken + other.taken
        )


def waits(sessions: Iterable[Session], now: datetime) -> Waits:
    """The rounds of sessions."""
    rounds = [
        each
        for session in sessions
        for each in session.rounds
        if each.is_for_people and is_measured(each.began) and _is_settled(each, now)
    ]
    within = sum(_is_within(each) for each in rounds)
    return Waits(len(rounds), within, sum((_taken(each) for each in rounds), timedelta(0)))


@dataclass(frozen=True, slots=True)
class Responses:
    """How people replied: the share within three minutes, and the mean in seconds."""

    within: Measure
    mean: Measure


def responses(waits: Waits) -> Responses:
    """Of some rounds."""
    n, whole = waits.rounds, waits.taken // _MICROSECOND
    mean = whole / (n * 1_000_000) if n else None
    return Responses(share(waits.within, n), Measure(mean, None, n))


def is_measured(moment: datetime) -> bool:
    """Whether it lies in the hours in which Taobao measures."""
    return _OPENS <= clock.local(moment).hour < _CLOSES


def _is_settled(each: Round, now: datetime) -> bool:
    return not each.is_open or now >= each.began + LONGEST


def _is_within(each: Round) -> bool:
    return each.replied is not None and each.replied - each.began <= THREE_MINUTES


def _taken(each: Round) -> timedelta:
    if each.replied is None:
        return LONGEST
    return min(each.replied - each.began, LONGEST)
