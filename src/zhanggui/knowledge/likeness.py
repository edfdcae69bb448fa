"""Which of many sets are nearly the same, without holding each against every other."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from math import ceil

MOST_EFFORT = 5_000_000


class Effort:
    """What may still be done, in steps of about a microsecond; `is_spent` once it did not do."""

    def __init__(self, steps: int | None = None) -> None:
        self._left = MOST_EFFORT if steps is None else steps

    @property
    def is_spent(self) -> bool:
        """Whether more was to be done than may be."""
        return self._left < 0

    def spend(self, steps: int = 1) -> bool:
        """Whether so many steps may be done still."""
        self._left -= steps
        return not self.is_spent


def alike(
    sets: Sequence[frozenset[str]], share: float, effort: Effort, usual: int | None = None
) -> Iterator[tuple[int, int]]:
    """Places of two sets, the lower first, that have `share` of their members in common, as far
    as `effort` goes. What more than `usual` sets have does not bring two of them together.

    Sets that are so alike have one of their rarest members in common: of a set of n, one of the
    n - share * n + 1 that the fewest others have.
    """
    often = Counter(member for each in sets for member in each)
    order = sorted(often, key=lambda member: (often[member], member))
    rank = {member: place for place, member in enumerate(order)}
    places: dict[str, list[int]] = defaultdict(list)
    for place, each in enumerate(sets):
        rarest = sorted(each, key=rank.__getitem__)
        others: set[int] = set()
        for member in rarest[: len(each) - ceil(share * len(each) - 1e-9) + 1]:
            if usual is None or often[member] <= usual:
                others.update(places[member])
                if not effort.spend(1 + len(places[member])):
                    return
                places[member].append(place)
        for other in sorted(others):
            common = len(each & sets[other])
            if common >= share * (len(each) + len(sets[other]) - common):
                yield other, place
