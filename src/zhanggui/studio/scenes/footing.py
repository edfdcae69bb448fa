"""What a product stands on: its base, read off the lower edge of its silhouette."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zhanggui.studio.cutting import Cutout
from zhanggui.studio.pictures import Box, Pixels
from zhanggui.studio.stages import StageKind

_OPAQUE = 128
_BASE = 0.035
"""How far above its lowest point an outline still counts as standing, by the product's height: the
front of a round base seen from ten degrees above, but not the belly of a ball."""
_DEPTH = 0.12
"""The same by the width of what stands."""


@dataclass(frozen=True)
class Footing:
    """A cut-out's base, in pixels of its frame.

    `columns` are the columns of the box; `lower` is the outline's lower edge in each (NaN where the
    product is not); `floor` is where the floor is met in each, which is `lower` where the product
    stands and goes on level beside it; `contact` (0–1) is how far it touches there. `depth` is how
    far the front of the base lies under its middle.
    """

    box: Box
    columns: NDArray[np.float64]
    lower: NDArray[np.float64]
    floor: NDArray[np.float64]
    contact: NDArray[np.float64]
    base: tuple[float, float]
    depth: float

    @property
    def base_width(self) -> float:
        """How wide the base is."""
        return self.base[1] - self.base[0]

    def anchor(self, kind: StageKind) -> tuple[float, float]:
        """The point of the frame that comes to a stage's stand."""
        if kind == "flat_lay":
            return (self.box.left + self.box.right) / 2, (self.box.top + self.box.bottom) / 2
        if kind == "hanging":
            return (self.box.left + self.box.right) / 2, float(self.box.top)
        # Between the middle of what stands and of what is seen: a handle has its weight too.
        seen = (self.box.left + self.box.right) / 2
        return (sum(self.base) / 2 + seen) / 2, self.box.bottom - self.depth


def find(cutout: Cutout) -> Footing:
    """Read the base off a cut-out's silhouette."""
    box = cutout.box
    alpha = cutout.alpha[box.top : box.bottom, box.left : box.right]
    columns = np.arange(box.left, box.right, dtype=np.float64)
    lower = _lower(alpha) + box.top
    if np.isnan(lower).all():
        flat = np.full_like(columns, box.bottom)
        base = (float(box.left), float(box.right))
        return Footing(box, columns, flat, flat, np.ones_like(columns), base, 0.0)
    bottom = float(np.nanmax(lower))
    gap = bottom - np.where(np.isnan(lower), -np.inf, lower)
    standing = gap <= max(_BASE * box.height, 2.0)
    width = float(np.ptp(columns[standing])) + 1
    # A wide base shows more of its front's curve than a narrow one.
    standing = gap <= min(max(_BASE * box.height, _DEPTH * width, 2.0), 0.08 * box.height + 2)
    first, last = columns[standing][[0, -1]]
    depth = _curve(columns, lower, standing)
    hull = _hull(columns, lower, standing)
    above = np.clip(hull - np.where(np.isnan(lower), -np.inf, lower), 0, None)
    contact = np.where(standing, np.exp(-above / max(0.006 * box.height, 1.0)), 0.0)
    return Footing(box, columns, lower, hull, contact, (float(first), float(last) + 1), depth)


def _lower(alpha: Pixels) -> NDArray[np.float64]:
    """The row under the lowest opaque pixel of each column; NaN without one."""
    opaque = alpha >= _OPAQUE
    rows = alpha.shape[0] - np.argmax(opaque[::-1], axis=0)
    return np.where(opaque.any(axis=0), rows, np.nan).astype(np.float64)


def _curve(
    columns: NDArray[np.float64], lower: NDArray[np.float64], standing: NDArray[np.bool_]
) -> float:
    """How far the base's front hangs under its ends: half the depth of a round base as it is seen,
    nothing for one with a straight front."""
    xs, ys = columns[standing], lower[standing]
    ends = max(len(xs) // 20, 1)
    return float(max(np.max(ys) - (np.median(ys[:ends]) + np.median(ys[-ends:])) / 2, 0.0))


def _hull(
    columns: NDArray[np.float64], lower: NDArray[np.float64], standing: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """The lower hull of what stands, level beyond its ends: what a floor would touch first."""
    hull: list[tuple[float, float]] = []
    for point in zip(columns[standing], lower[standing], strict=True):
        while len(hull) >= 2 and _bends_up(hull[-2], hull[-1], point):
            hull.pop()
        hull.append(point)
    xs, ys = np.array(hull).T
    return np.asarray(np.interp(columns, xs, ys), np.float64)


def _bends_up(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]) -> bool:
    """Whether b lies on or above the line from a to c (y grows downwards)."""
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]) >= 0
