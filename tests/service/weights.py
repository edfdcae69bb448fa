"""Trees and a sorter small enough to be read, in place of what was learnt."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from zhanggui.ai.trees import Trees
from zhanggui.service import kinds, weighing
from zhanggui.service.kinds import Sorter
from zhanggui.service.weighing import Learnt

Stump = tuple[str, float, float, float]
"""A signal, a threshold, and what is added to the log odds at most there and above."""


def stumps(*made: Stump) -> Trees:
    """A sum of trees with one question each."""
    count = len(made)
    feature = [place for each in range(count) for place in (each, 0, 0)]
    threshold = [value for _, limit, _, _ in made for value in (limit, 0, 0)]
    left = [place for each in range(count) for place in (3 * each + 1, -1, -1)]
    right = [place for each in range(count) for place in (3 * each + 2, -1, -1)]
    value = [each for _, _, low, high in made for each in (0, low, high)]
    return Trees(
        [name for name, *_ in made],
        np.arange(0, 3 * count, 3, dtype=np.int32),
        np.array(feature, np.int32),
        np.array(threshold, np.float64),
        np.array(left, np.int32),
        np.array(right, np.int32),
        np.array(value, np.float64),
    )


def learnt(*made: Stump) -> Learnt:
    """What weighs proposals by these stumps, and is as sure of a reply as of its first proposal."""
    step = 0.02
    stairs = [("odds_0", odds + step / 2, 0.0, step) for odds in np.arange(-10, 10, step)]
    return Learnt(
        stumps(*made),
        stumps(("odds_0", 99.0, -10.0 + 1e-6, 0.0), *stairs),
        ceilings=np.array([0.01, 0.05]),
        thresholds=np.array([0.8, 0.5]),
    )


def use(monkeypatch: pytest.MonkeyPatch, *made: Stump, sorts: Sequence[str] = ("any",)) -> None:
    """Weigh by these stumps alone; every sort of question is as likely as another."""
    small = learnt(*made)
    monkeypatch.setattr(weighing, "learnt", lambda has_meaning: small)

    class Even(Sorter):
        def chances(self, vector):
            return {f"sort_{label}": 1 / len(sorts) for label in sorts}

    monkeypatch.setattr(kinds, "sorter", lambda: Even(list(sorts), np.zeros((len(sorts), 1))))
