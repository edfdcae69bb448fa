"""Gradient boosted trees as arrays: walked in numpy, so that nothing that teaches is needed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

MISSING = -9.0
"""A signal that is not known."""
_ARRAYS = ("roots", "feature", "threshold", "left", "right", "value")
Matrix = NDArray[np.float64]


@dataclass(frozen=True)
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
        feature, children, depth = self._walked
        signals = np.ascontiguousarray(rows).ravel()
        begins = (np.arange(len(rows), dtype=np.intp) * rows.shape[1])[:, None]
        at = np.repeat(self.roots[None].astype(np.intp), len(rows), 0)
        for _ in range(depth):
            goes_right = signals[feature[at] + begins] > self.threshold[at]
            at = children[2 * at + goes_right]
        return np.asarray(self.value[at].sum(1))

    @cached_property
    def _walked(self) -> tuple[NDArray[np.intp], NDArray[np.intp], int]:
        """The feature of each node, its two children one after the other, and how many steps lead
        to the deepest leaf. A leaf is its own child, so that all rows take as many steps."""
        own = np.arange(len(self.left), dtype=np.intp)
        is_leaf = self.left < 0
        feature = np.where(is_leaf, 0, self.feature).astype(np.intp)
        left, right = np.where(is_leaf, own, self.left), np.where(is_leaf, own, self.right)
        depth, at = 0, self.roots.astype(np.intp)
        while len(at := at[~is_leaf[at]]):
            at, depth = np.concatenate([left[at], right[at]]), depth + 1
        return feature, np.stack([left, right], 1).ravel().astype(np.intp), depth

    def kept(self, prefix: str) -> dict[str, Any]:
        """The arrays to keep in a file, each named with `prefix`."""
        arrays = {f"{prefix}_{each}": getattr(self, each) for each in _ARRAYS}
        return {f"{prefix}_names": np.array(self.names), **arrays}

    @classmethod
    def of(cls, file: Mapping[str, Any], prefix: str) -> Trees:
        """The inverse of :meth:`kept`."""
        names = [str(name) for name in file[f"{prefix}_names"]]
        return cls(names, *(file[f"{prefix}_{each}"] for each in _ARRAYS))
