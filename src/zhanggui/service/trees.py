"""Gradient boosted trees as arrays: walked in numpy, so that nothing that teaches is needed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

MISSING = -9.0
"""A signal that is not known."""
_ARRAYS = ("roots", "feature", "threshold", "left", "right", "value")
Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Trees:
    """A sum of binary trees. Node `i` goes to `left[i]` where signal `feature[i]` is at most
    `threshold[i]`, else to `right[i]`; a leaf has `left[i]` of -1 and adds `value[i]`."""

    names: list[str]
    roots: NDArray[np.int32]
    feature: NDArray[np.int32]
    threshold: Matrix
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    value: Matrix

    def chances(self, rows: Sequence[Mapping[str, float]]) -> Matrix:
        """The probability of each row of signals, shape (n,)."""
        if not rows:
            return np.zeros(0)
        known = np.array([[row.get(n, MISSING) for n in self.names] for row in rows], np.float64)
        return np.asarray(1 / (1 + np.exp(-np.clip(self.scores(known), -30, 30))))

    def scores(self, rows: Matrix) -> Matrix:
        """The log odds of each row of shape (n, signals), shape (n,)."""
        at = np.repeat(self.roots[None], len(rows), 0)
        lines = np.arange(len(rows))[:, None]
        while True:
            inner = self.left[at] >= 0
            if not inner.any():
                return np.asarray(self.value[at].sum(1))
            goes_left = rows[lines, self.feature[at]] <= self.threshold[at]
            following = np.where(goes_left, self.left[at], self.right[at])
            at = np.where(inner, following, at)

    def kept(self, prefix: str) -> dict[str, Any]:
        """The arrays to keep in a file, each named with `prefix`."""
        arrays = {f"{prefix}_{each}": getattr(self, each) for each in _ARRAYS}
        return {f"{prefix}_names": np.array(self.names), **arrays}

    @classmethod
    def of(cls, file: Mapping[str, Any], prefix: str) -> Trees:
        """The inverse of :meth:`kept`."""
        names = [str(name) for name in file[f"{prefix}_names"]]
        return cls(names, *(file[f"{prefix}_{each}"] for each in _ARRAYS))
