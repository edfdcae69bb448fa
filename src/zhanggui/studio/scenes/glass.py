"""Glass on a stage: what its own frame lets through and mirrors, with the stage behind it.

A frame before a plain ground says how much light each part lets through: its colour by the
ground's. The stage is seen through by that share. What is lighter than the ground is mirrored light
and stays. The frame's pixels are not laid in as they are here, since they show the ground they were
taken on; that is why glass stands apart where a product is compared with its frame.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from zhanggui.studio.cutting import Cutout
from zhanggui.studio.pictures import Pixels

DOUBT = "glass"
_MOST = 1.12
"""How much lighter than its ground a part may be before it is a mirrored lamp."""
_BENDS = 0.006
"""How much what is behind is blurred, by the picture's size: thick glass is no window."""
_OWN = 0.10
"""How much of the frame itself stays: no glass is quite clear."""


def is_glass(cutout: Cutout) -> bool:
    """Whether the product was cut out as something that is seen through."""
    return DOUBT in cutout.doubts


def ground_colour(cutout: Cutout) -> NDArray[np.float64]:
    """The colour of the ground the frame was taken on: the median of its rim."""
    rgb = cutout.rgb
    rim = np.concatenate(
        [rgb[:4].reshape(-1, 3), rgb[:, :4].reshape(-1, 3), rgb[:, -4:].reshape(-1, 3)]
    )
    return np.asarray(np.maximum(np.median(rim, axis=0), 16.0), np.float64)


def seen_through(rgb: Pixels, ground: Pixels, taken_on: NDArray[np.float64]) -> Pixels:
    """The product as laid into the picture, with the ground behind it seen through."""
    through = rgb.astype(np.float32) / taken_on.astype(np.float32)
    sigma = max(_BENDS * ground.shape[0], 1.0)
    behind = cv2.GaussianBlur(ground, (0, 0), sigma).astype(np.float32)
    seen = behind * np.minimum(through, _MOST)
    # A lamp's mirror image is as light on any ground.
    lamps = np.clip(rgb.astype(np.float32) - _MOST * taken_on.astype(np.float32), 0, None)
    found = (1 - _OWN) * (seen + lamps) + _OWN * rgb
    return np.asarray(np.clip(np.rint(found), 0, 255), np.uint8)
