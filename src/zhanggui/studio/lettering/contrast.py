"""Contrast as WCAG 2.2 defines it (1.4.3), measured against the pixels a text really lies on.

A text reads as badly as it does at its worst, so the figure for a box is the 5th percentile of its
pixels' ratios, not the mean: one bright corner behind white letters is enough to fail.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from zhanggui.studio.lettering.drawing import Colour
from zhanggui.studio.pictures import Box, Pixels

ENOUGH = 4.5
"""WCAG 2.2 AA for type of any size."""
WORST = 5.0
"""The percentile of a box's pixels that stands for it."""

WHITE: Colour = (255, 255, 255)
NEARLY_BLACK: Colour = (24, 24, 27)
BLACK: Colour = (0, 0, 0)
_SAFETY = 1.04


@lru_cache(maxsize=1)
def _linear() -> NDArray[np.float32]:
    share = np.arange(256) / 255
    return np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4).astype(
        np.float32
    )


def luminance(rgb: Pixels) -> NDArray[np.float32]:
    """Relative luminance, 0–1, of each pixel of an array whose last axis is RGB."""
    linear = _linear()[rgb]
    return np.asarray(linear @ np.array([0.2126, 0.7152, 0.0722], np.float32), np.float32)


def ratio(one: Colour, other: Colour) -> float:
    """Of two colours, 1–21."""
    first, second = luminance(np.array([one, other], np.uint8)).tolist()
    return float((max(first, second) + 0.05) / (min(first, second) + 0.05))


def behind(rgb: Pixels, box: Box, ink: Colour) -> float:
    """The contrast of an ink against what is in the box (before anything is written there)."""
    ground = luminance(_part(rgb, box)).ravel() + 0.05
    own = float(luminance(np.array(ink, np.uint8))) + 0.05
    ratios = np.maximum(ground, own) / np.minimum(ground, own)
    return float(np.percentile(ratios, WORST))


def ink_for(
    rgb: Pixels, box: Box, wanted: Sequence[Colour] = (), *, enough: float = ENOUGH
) -> Colour | None:
    """The first of the wanted inks, then of white and the blacks, that reads well enough there."""
    for ink in (*wanted, WHITE, NEARLY_BLACK, BLACK):
        if behind(rgb, box, ink) >= enough:
            return ink
    return None


def best_ink(rgb: Pixels, box: Box) -> Colour:
    """White or near black, whichever reads better there."""
    return max((WHITE, NEARLY_BLACK), key=lambda ink: behind(rgb, box, ink))


def toned(colour: Colour, ground: Colour, enough: float = ENOUGH) -> Colour:
    """The colour, made darker or lighter as little as gives enough contrast on a plain ground."""
    darker = luminance(np.array(ground, np.uint8)) > 0.18
    towards = np.array((0, 0, 0) if darker else WHITE, np.float64)
    for step in range(41):
        mixed = np.rint(np.array(colour) + (towards - colour) * step / 40).astype(int).tolist()
        found: Colour = (mixed[0], mixed[1], mixed[2])
        if ratio(found, ground) >= enough:
            return found
    return BLACK if darker else WHITE


def scrim(
    rgb: Pixels,
    box: Box,
    ink: Colour,
    *,
    colour: Colour | None = None,
    keep: Pixels | None = None,
    enough: float = ENOUGH,
) -> float:
    """Lay a soft veil behind a box, in place, as thin as makes the ink read well enough there.

    It is black under light ink and white under dark, or `colour`, and fades out over half the box's
    height or a twentieth of the picture's side. `keep` is a mask (0–255) of what it must not touch.
    Returns the contrast then reached, which is less than enough only where `keep` or `colour`
    forbids it.
    """
    found = behind(rgb, box, ink)
    if found >= enough:
        return found
    light = float(luminance(np.array(ink, np.uint8))) > 0.18
    veil = np.array(colour or ((0, 0, 0) if light else WHITE), np.float32)
    before, shape = rgb.copy(), _feathered(rgb.shape[:2], box)
    if keep is not None:
        shape *= 1 - keep.astype(np.float32) / np.float32(255)
    low, high = 0.0, 1.0
    for _ in range(7):
        middle = (low + high) / 2
        _veil(rgb, before, veil, shape * middle)
        low, high = (low, middle) if behind(rgb, box, ink) >= enough * _SAFETY else (middle, high)
    _veil(rgb, before, veil, shape * high)
    return behind(rgb, box, ink)


def _veil(
    rgb: Pixels, before: Pixels, veil: NDArray[np.float32], weight: NDArray[np.float32]
) -> None:
    rgb[:] = np.rint(before + (veil - before) * weight[..., None]).astype(np.uint8)


def _feathered(shape: tuple[int, ...], box: Box) -> NDArray[np.float32]:
    """1 in the box and fading to 0 around it."""
    reach = max(4, box.height // 2, min(shape) // 24)
    mask = np.zeros(shape, np.float32)
    grown = [max(box.top - reach // 2, 0), max(box.left - reach // 2, 0)]
    mask[grown[0] : box.bottom + reach // 2, grown[1] : box.right + reach // 2] = 1
    soft = np.asarray(cv2.blur(mask, (reach | 1, reach | 1)), np.float32)
    soft[box.top : box.bottom, box.left : box.right] = 1
    return soft


def _part(rgb: Pixels, box: Box) -> Pixels:
    part = rgb[max(box.top, 0) : max(box.bottom, 0), max(box.left, 0) : max(box.right, 0)]
    if not part.size:
        raise ValueError(f"no pixel of the picture lies in {tuple(box)}")
    return part
