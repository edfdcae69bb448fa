"""Where on a product there is something to be seen from near."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from zhanggui.studio.cutting import Cutout
from zhanggui.studio.pictures import Box, Size

_SMALL = 360
"""Pixels of the longer side at which a product is looked over."""
_PART = 0.62
"""How much of the product's height a detail shows."""
_MIDDLE = 0.4
_LIKE = 720
MOST_ENLARGED = 2.2
"""Times a frame's pixel may be enlarged in a film 720 wide; more looks blurred. In a larger film it
is as many times more: it is seen as large, and looks the same."""


def details(cutout: Cutout, frame: Size, count: int) -> list[Box]:
    """The best places for close-ups that fill a video frame of the size, the best first, in pixels
    of the cut-out: rich in detail, filled by the product, apart from each other.

    A box has the frame's shape and may reach over the picture's edge. It is not so small that more
    than :data:`MOST_ENLARGED` comes of it.
    """
    box = cutout.box
    # A flat product is seen by its width: of its height a portrait frame shows all.
    whole = max(box.height, box.width * frame.height / frame.width)
    high = max(_PART * whole, _LIKE * frame.height / frame.width / MOST_ENLARGED)
    wide = high * frame.width / frame.height
    scale = _SMALL / max(box.width, box.height)
    richness = _richness(cutout, box, scale)
    window = (max(1, round(wide * scale)) | 1, max(1, round(high * scale)) | 1)
    score = cv2.blur(richness, window, borderType=cv2.BORDER_CONSTANT)
    found = []
    for _ in range(count):
        row, column = np.unravel_index(int(score.argmax()), score.shape)
        x, y = box.left + float(column) / scale, box.top + float(row) / scale
        found.append(_around(x, y, wide, high))
        radius = max(2, round(0.45 * min(high, wide) * scale))
        cv2.circle(score, (int(column), int(row)), radius, 0.0, -1)
    return found


def _richness(cutout: Cutout, box: Box, scale: float) -> NDArray[np.float32]:
    """For each place how much detail is there (0–1); a little for being the product at all."""
    part = np.s_[box.top : box.bottom, box.left : box.right]
    grey = cv2.cvtColor(cutout.rgb[part], cv2.COLOR_RGB2GRAY)
    size = (max(1, round(box.width * scale)), max(1, round(box.height * scale)))
    grey = cv2.resize(grey, size, interpolation=cv2.INTER_AREA).astype(np.float32)
    alpha = cv2.resize(cutout.alpha[part], size, interpolation=cv2.INTER_AREA)
    inside = cv2.erode(alpha, np.ones((7, 7), np.uint8)).astype(np.float32) / 255
    edges = cv2.magnitude(cv2.Sobel(grey, cv2.CV_32F, 1, 0), cv2.Sobel(grey, cv2.CV_32F, 0, 1))
    # Past a point an edge is a hard reflection and not more to be seen.
    return np.asarray((np.minimum(edges, 120) / 120 + 0.15) * inside, dtype=np.float32)


def _around(x: float, y: float, wide: float, high: float) -> Box:
    """A box with the place in its middle, but for a caption's height above it."""
    left, top = round(x - wide / 2), round(y - _MIDDLE * high)
    return Box(left, top, left + round(wide), top + round(high))
