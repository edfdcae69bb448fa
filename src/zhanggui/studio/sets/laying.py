"""A product laid into a plain picture, and the close-ups worth showing of it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from zhanggui.studio.cutting import Cutout
from zhanggui.studio.manifest import Affine
from zhanggui.studio.pictures import Box, Pixels, Size
from zhanggui.studio.scenes.composing import laid
from zhanggui.studio.scenes.glass import ground_colour, is_glass, seen_through
from zhanggui.studio.scenes.placing import Placing

LARGEST_SCALE = 1.5
"""How far a frame is enlarged at most; beyond, the product is shown smaller."""
_STEPS = 12
_SHADOW = 0.30


@dataclass(frozen=True)
class Laid:
    """Where a product came to lie: the frame's affine, its box, and the scale of its pixels."""

    affine: Affine
    box: Box
    scale: float

    def moved(self, across: int, down: int) -> Laid:
        """The same within a larger picture, of which this one begins at a column and a row."""
        (a, b, c), (d, e, f) = self.affine
        left, top, right, bottom = self.box
        box = Box(left + across, top + down, right + across, bottom + down)
        return Laid(((a, b, c + across), (d, e, f + down)), box, self.scale)


def lay(
    picture: Pixels,
    cutout: Cutout,
    room: Box,
    *,
    shadow: bool = True,
    low: float = 0.5,
    most: float = LARGEST_SCALE,
) -> Laid:
    """Lay a product into a room of a picture, in place, as large as fits and its frame allows
    (`most` output pixels a pixel of the frame).

    `low` is where in the room's spare height it stands: 0.5 in the middle, 1 at the bottom. A
    soft contact shadow under the base keeps it from floating.
    """
    own = cutout.box
    scale = min(room.width / own.width, room.height / own.height, most)
    left = room.left + (room.width - scale * own.width) / 2
    top = room.top + low * (room.height - scale * own.height)
    matrix = np.array([[scale, 0.0, left - scale * own.left], [0.0, scale, top - scale * own.top]])
    return put(picture, cutout, matrix, shadow=shadow)


def put(
    picture: Pixels, cutout: Cutout, matrix: NDArray[np.float64], *, shadow: bool = False
) -> Laid:
    """Lay a product into a picture, in place, by an affine of one scale."""
    here = _reached(picture, cutout, matrix)
    part = picture[here.top : here.bottom, here.left : here.right]
    moved = matrix - np.array([[0.0, 0.0, here.left], [0.0, 0.0, here.top]])
    size = Size(here.width, here.height)
    rgb, alpha = laid(cutout, Placing(np.eye(2, 3), moved, (0.0, 0.0), 1.0, size))
    box = _bounds(alpha, size)
    box = Box(*(edge + (here.left, here.top)[place % 2] for place, edge in enumerate(box)))
    if shadow:
        _contact(picture, alpha, here)
    if is_glass(cutout):
        rgb = seen_through(rgb, part, ground_colour(cutout))
    weight = alpha[..., None]
    part[:] = np.rint(rgb * weight + part * (1 - weight)).astype(np.uint8)
    (a, b, c), (d, e, f) = matrix.tolist()
    return Laid(((a, b, c), (d, e, f)), box, float(matrix[0, 0]))


def _reached(picture: Pixels, cutout: Cutout, matrix: NDArray[np.float64]) -> Box:
    """The pixels of the picture that a product laid in by an affine may touch."""
    own, scale = cutout.box, float(matrix[0, 0])
    x, y = matrix[:, 2]
    edge = math.ceil(4 * scale) + 2
    height, width = picture.shape[:2]
    left = min(max(math.floor(own.left * scale + x) - edge, 0), width - 1)
    top = min(max(math.floor(own.top * scale + y) - edge, 0), height - 1)
    return Box(
        left,
        top,
        max(min(math.ceil(own.right * scale + x) + edge, width), left + 1),
        max(min(math.ceil(own.bottom * scale + y) + edge, height), top + 1),
    )


def _bounds(alpha: NDArray[np.float32], size: Size) -> Box:
    seen = alpha > 0.1
    if not seen.any():
        return Box(0, 0, size.width, size.height)
    rows, columns = np.flatnonzero(seen.any(axis=1)), np.flatnonzero(seen.any(axis=0))
    return Box(int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1)


def _contact(picture: Pixels, alpha: NDArray[np.float32], here: Box) -> None:
    """A shadow where the base touches: dark and narrow at the edge, wide and faint around it."""
    seen = alpha > 0.5
    if not seen.any():
        return
    rows = np.flatnonzero(seen.any(axis=1))
    bottom, height = int(rows[-1]), int(rows[-1] - rows[0]) + 1
    foot = np.flatnonzero(seen[max(bottom - max(2, height // 16), 0) : bottom + 1].any(axis=0))
    width = max(int(foot[-1] - foot[0]), 8)
    middle = (int(foot[0]) + int(foot[-1])) // 2
    reach, deep = math.ceil(0.75 * width), math.ceil(0.22 * width) + 4
    dark = np.zeros((2 * deep, 2 * reach), np.float32)
    for share, wide, drop, blur in ((0.55, 0.50, 0.010, 0.012), (0.45, 0.56, 0.030, 0.045)):
        layer = np.zeros(dark.shape, np.float32)
        axes = (max(round(width * wide), 2), max(round(width * drop * 2), 2))
        cv2.ellipse(layer, (reach, deep - axes[1] // 2), axes, 0, 0, 360, 1.0, -1, cv2.LINE_AA)
        dark += share * cv2.GaussianBlur(layer, (0, 0), max(width * blur, 1.0))
    left, top = here.left + middle - reach, here.top + bottom - deep
    x0, y0 = max(left, 0), max(top, 0)
    x1, y1 = min(left + 2 * reach, picture.shape[1]), min(top + 2 * deep, picture.shape[0])
    part = picture[y0:y1, x0:x1]
    weight = np.clip(dark[y0 - top : y1 - top, x0 - left : x1 - left], 0, 1)[..., None]
    part[:] = np.rint(part * (1 - weight * _SHADOW * 0.75)).astype(np.uint8)


def closeups(cutout: Cutout, count: int, ratio: float, *, share: float = 0.5) -> list[Box]:
    """The parts of a frame worth a closer look, best first: windows of a width-to-height ratio and
    `share` of the product's size, full of it and of detail, far from one another."""
    own = cutout.box
    width = max(16.0, share * max(own.width, own.height * ratio))
    height = width / ratio
    detail = _detail(cutout)
    found: list[tuple[float, Box]] = []
    for row in np.linspace(own.top - 0.1 * height, own.bottom - 0.9 * height, _STEPS):
        for column in np.linspace(own.left - 0.1 * width, own.right - 0.9 * width, _STEPS):
            box = Box(round(column), round(row), round(column + width), round(row + height))
            if box.left < 0 or box.top < 0 or box.right > cutout.alpha.shape[1]:
                continue
            if box.bottom > cutout.alpha.shape[0]:
                continue
            found.append((_worth(cutout, detail, box), box))
    found.sort(key=lambda each: -each[0])
    kept: list[Box] = []
    for worth, box in found:
        if worth > 0 and all(_apart(box, other) for other in kept):
            kept.append(box)
        if len(kept) == count:
            break
    return kept


def nearby(
    views: Sequence[tuple[str, Cutout]], count: int, ratio: float
) -> list[tuple[str, Cutout, Box | None]]:
    """Close-ups for a set: two of the first view, then one each of views around the product, and
    the first as a whole where it has nothing worth a closer look."""
    around = [views[(place * len(views)) // 4] for place in range(1, 4)] if len(views) > 3 else []
    found: list[tuple[str, Cutout, Box | None]] = []
    for place, (name, cutout) in enumerate([views[0], *around]):
        boxes = closeups(cutout, 2 if place == 0 else 1, ratio)
        found += [(name, cutout, box) for box in boxes]
    more = closeups(views[0][1], 4, ratio)[2:]
    found += [(views[0][0], views[0][1], box) for box in more]
    return found[:count] or [(views[0][0], views[0][1], None)]


def _detail(cutout: Cutout) -> NDArray[np.float32]:
    grey = cv2.cvtColor(cutout.rgb, cv2.COLOR_RGB2GRAY).astype(np.float32)
    fine = np.abs(cv2.Laplacian(cv2.GaussianBlur(grey, (0, 0), 1.2), cv2.CV_32F))
    inside = cv2.erode((cutout.alpha > 200).astype(np.uint8), np.ones((5, 5), np.uint8))
    return np.asarray(np.minimum(fine, 12.0) * inside, np.float32)


def _worth(cutout: Cutout, detail: NDArray[np.float32], box: Box) -> float:
    part = (slice(box.top, box.bottom), slice(box.left, box.right))
    filled = float((cutout.alpha[part] > 200).mean())
    if filled < 0.45:
        return 0.0
    return float(detail[part].mean()) * (0.5 + min(filled, 0.9))


def _apart(box: Box, other: Box) -> bool:
    across = min(box.right, other.right) - max(box.left, other.left)
    down = min(box.bottom, other.bottom) - max(box.top, other.top)
    shared = max(across, 0) * max(down, 0)
    return shared < 0.35 * box.width * box.height
