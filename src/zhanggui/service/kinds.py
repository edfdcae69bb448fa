"""What sort of question a message is, by its meaning: multinomial logistic regression over its
vector, learnt over a dozen trades (``training/weigher.py``)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_FILE = Path(__file__).with_name("weights") / "kinds.npz"
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Sorter:
    """`weights` has a row a label: one weight for each dimension of the vector, and a constant."""

    labels: list[str]
    weights: Floats

    def chances(self, vector: NDArray[np.float32]) -> dict[str, float]:
        """P(label) by label; they sum to 1."""
        scores = self.weights[:, :-1] @ vector.astype(np.float64) + self.weights[:, -1]
        powers = np.exp(scores - scores.max())
        return {
            f"sort_{label}": float(chance)
            for label, chance in zip(self.labels, powers / powers.sum(), strict=True)
        }


@cache
def sorter() -> Sorter:
    """What was learnt."""
    with np.load(_FILE, allow_pickle=False) as kept:
        return Sorter([str(label) for label in kept["labels"]], kept["weights"])
