"""How like two pictures are: structural similarity where a mask says, and perceptual hashes."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from zhanggui.studio.pictures import Pixels

_WINDOW, _SIGMA = (11, 11), 1.5
_C1, _C2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2


def ssim(one: Pixels, other: Pixels, inside: NDArray[np.bool_] | None = None) -> float:
    """Mean structural similarity of the lumas (Wang et al., 2004: a Gaussian window of 11 pixels,
    sigma 1.5), over the pixels `inside`; 1 for equal pictures, NaN where nothing is inside."""
    x, y = _luma(one), _luma(other)
    mean_x, mean_y = _smooth(x), _smooth(y)
    spread_x = _smooth(x * x) - mean_x**2
    spread_y = _smooth(y * y) - mean_y**2
    shared = _smooth(x * y) - mean_x * mean_y
    found = ((2 * mean_x * mean_y + _C1) * (2 * shared + _C2)) / (
        (mean_x**2 + mean_y**2 + _C1) * (spread_x + spread_y + _C2)
    )
    if inside is not None:
        found = found[inside]
    return float(found.mean()) if found.size else float("nan")


def _luma(picture: Pixels) -> NDArray[np.float64]:
    grey = picture if picture.ndim == 2 else cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    return np.asarray(grey, np.float64)


def _smooth(values: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(cv2.GaussianBlur(values, _WINDOW, _SIGMA), np.float64)


def perceptual_hash(picture: Pixels) -> int:
    """64 bits of which like pictures share most: the signs against their median of the 8 × 8 lowest
    frequencies of the luma, seen at 32 × 32 (Zauner, 2010)."""
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    small = cv2.resize(grey, (32, 32), interpolation=cv2.INTER_AREA).astype(np.float32)
    lowest = np.asarray(cv2.dct(small))[:8, :8]
    bits = (lowest > np.median(lowest)).ravel()
    return int("".join("1" if bit else "0" for bit in bits), 2)


def distance(one: int, other: int) -> int:
    """How many bits of two hashes differ."""
    return (one ^ other).bit_count()
