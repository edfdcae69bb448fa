"""A product's colours brought a little way towards its stage's light, its lightness left alone."""

from __future__ import annotations

from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from zhanggui.studio.pictures import Pixels
from zhanggui.studio.stages import Stage

Colour: TypeAlias = NDArray[np.float64]

_LUMA = np.array([0.2126, 0.7152, 0.0722])
_SHARE = 0.3
"""How far the product goes towards the stage's light: an eye adapts to the rest, and a shopper has
to see the colour that comes."""
_MOST = 0.07
"""The largest change of a channel."""


def light_at_stand(stage: Stage) -> Colour:
    """The linear RGB of all light at the stand, of luma 1."""
    key, ambient = np.array(stage.light.colour), np.array(stage.ambient)
    light = stage.light.share * key + (1 - stage.light.share) * ambient
    return np.asarray(light / max(float(light @ _LUMA), 1e-6), np.float64)


def grade(rgb: Pixels, stage: Stage) -> Pixels:
    """The product under its stage's light: a gain for each channel, of luma 1."""
    gain = 1 + np.clip(_SHARE * (light_at_stand(stage) - 1), -_MOST, _MOST)
    gain /= float(gain @ _LUMA)
    if np.abs(gain - 1).max() < 0.004:
        return rgb
    levels = np.arange(256, dtype=np.float64)[:, None]
    table = np.clip(np.rint(levels * gain ** (1 / 2.2)), 0, 255).astype(np.uint8)
    return np.asarray(cv2.LUT(rgb, table[None]), np.uint8)


def shade(
    plate: Pixels, stage: Stage, cast: NDArray[np.float32], near: NDArray[np.float32]
) -> Pixels:
    """The plate with light taken away: `cast` of the key, which leaves the ambient light's colour,
    and `near` of everything. Both 0–1 and of the plate's size."""
    key = stage.light.share * np.array(stage.light.colour)
    ambient = (1 - stage.light.share) * np.array(stage.ambient)
    share = np.clip(key / np.maximum(key + ambient, 1e-6), 0, 1)
    left = (1 - cast[..., None] * share.astype(np.float32)) * (1 - near[..., None])
    factor = cv2.pow(np.maximum(left, 1e-4), 1 / 2.2)
    return (
        np.asarray(cv2.multiply(plate.astype(np.float32), factor), np.float32)
        .round()
        .astype(np.uint8)
    )
