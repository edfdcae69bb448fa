"""What a sample says of all replies.

Every reply that was looked at stands for as many as were in its stratum on its day for each one
looked at there (Horvitz and Thompson 1952); a stratum that nobody looked at on some days is judged
by its other days, and one that nobody looked at at all is left out and said to be. The interval is
Wilson's (1927) for the number of equal replies that tell as much (Kish 1965): (Σw)² / Σw².
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from zhanggui.service.quality.sampling import Replied

_Z = 1.959963984540054
"""Of 95 %, two-sided."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A share of all replies with its 95 % interval. `wrong` of the `reviewed` were; `covered` of
    `replies` are in strata that somebody has looked at. The share is null where nobody has."""

    share: float | None
    low: float | None
    high: float | None
    wrong: int
    reviewed: int
    covered: int
    replies: int


Cell = tuple[str, date]
"""A stratum on a day."""


def cells_of(replies: Iterable[Replied]) -> Counter[Cell]:
    """How many replies there are of each stratum on each day."""
    return Counter((reply.stratum, reply.day) for reply in replies)


def estimate(
    cells: Counter[Cell], reviewed: Iterable[Replied], wrong: Collection[tuple[str, int]]
) -> Estimate:
    """The share of all replies, by their `cells`, that are wrong, by the sampled ones that were
    `reviewed`, of which those with the keys `wrong` were."""
    looked_at = list(reviewed)
    seen = cells_of(looked_at)
    strata: Counter[str] = Counter()
    covered: Counter[str] = Counter()
    for cell, count in cells.items():
        strata[cell[0]] += count
        if seen[cell]:
            covered[cell[0]] += count
    weights = [_weight(reply, cells, seen, strata, covered) for reply in looked_at]
    of_wrong = [
        weight for reply, weight in zip(looked_at, weights, strict=True) if reply.key in wrong
    ]
    whole, squares = sum(weights), sum(weight * weight for weight in weights)
    share = float(Fraction(sum(of_wrong), whole)) if whole else None
    low, high = wilson(share, float(whole * whole / squares)) if share is not None else (None, None)
    return Estimate(
        share=share,
        low=low,
        high=high,
        wrong=len(of_wrong),
        reviewed=len(looked_at),
        covered=sum(count for stratum, count in strata.items() if covered[stratum]),
        replies=sum(cells.values()),
    )


def _weight(
    reply: Replied,
    cells: Counter[Cell],
    seen: Counter[Cell],
    strata: Counter[str],
    covered: Counter[str],
) -> Fraction:
    """For how many replies one that was looked at stands."""
    cell, stratum = (reply.stratum, reply.day), reply.stratum
    return Fraction(cells[cell], seen[cell]) * Fraction(strata[stratum], covered[stratum])


def wilson(share: float, count: float) -> tuple[float, float]:
    """The 95 % interval of a share that was found among `count` of equal weight."""
    square = _Z * _Z
    middle = (share + square / (2 * count)) / (1 + square / count)
    spread = math.sqrt(share * (1 - share) / count + square / (4 * count * count))
    reach = _Z / (1 + square / count) * spread
    return max(0.0, middle - reach), min(1.0, middle + reach)
