"""What a floor shows of the product that stands on it."""

from __future__ import annotations

import cv2
import numpy as np

from zhanggui.studio.pictures import Pixels
from zhanggui.studio.scenes.footing import Footing
from zhanggui.studio.scenes.placing import Placing
from zhanggui.studio.scenes.shadows import Mask
from zhanggui.studio.stages import Stage

_LEAST = 0.015
_REACH = 0.42
"""How much of the product's height is mirrored before it has faded."""


def reflect(
    stage: Stage, placing: Placing, footing: Footing, rgb: Pixels, alpha: Mask
) -> tuple[Pixels, Mask] | None:
    """The mirrored product and how much of it the floor shows (0–1), both at full size.

    Each column is turned over at the height where the floor is met in it, so that the mirror image
    hangs on the product even where its base is round. None for a floor that shows nothing.
    """
    if stage.reflectivity < _LEAST or stage.kind not in ("standing", "folded"):
        return None
    height, width = alpha.shape
    scale, offset = float(placing.product[0, 0]), placing.product[:, 2]
    xs = footing.columns * scale + offset[0]
    floor = np.interp(np.arange(width), xs, footing.floor * scale + offset[1]).astype(np.float32)
    tall = (footing.box.height) * scale
    first = max(int(floor.min()) - 2, 0)
    last = min(int(floor.max() + _REACH * tall) + 1, height)
    if last <= first:
        return None
    rows = np.arange(first, last, dtype=np.float32)[:, None]
    map_y = 2 * floor[None, :] - rows
    map_x = np.broadcast_to(np.arange(width, dtype=np.float32), map_y.shape)
    mirrored: Pixels = np.asarray(cv2.remap(rgb, map_x, map_y, cv2.INTER_LINEAR), np.uint8)
    shown: Mask = np.asarray(cv2.remap(alpha, map_x, map_y, cv2.INTER_LINEAR), np.float32)
    below = np.clip(rows - floor[None, :], 0, None)
    fade = np.clip(1 - below / (_REACH * tall), 0, 1) ** 1.6
    shown = shown * fade * (rows >= floor[None, :] - 0.5)
    shown *= _front(stage, placing, rows)
    mirrored, shown = _blurred(mirrored, shown, stage.roughness * 0.05 * tall)
    whole, part = np.zeros_like(alpha), stage.reflectivity * shown
    whole[first:last] = part
    picture = np.zeros_like(rgb)
    picture[first:last] = mirrored
    return picture, whole


def _front(stage: Stage, placing: Placing, rows: Mask) -> Mask:
    """1 on the podium's top, falling to 0 at its front edge: what hangs over it is not mirrored."""
    if stage.podium is None:
        return np.ones_like(rows)
    edge = float(placing.plate[1] @ [0, stage.podium.front * stage.height, 1.0])
    return np.asarray(np.clip((edge - rows) / 6.0, 0, 1), np.float32)


def _blurred(rgb: Pixels, shown: Mask, sigma: float) -> tuple[Pixels, Mask]:
    """Both blurred as a rough floor does; the colours weighed by what is shown, so that no ground
    bleeds in."""
    if sigma < 0.7:
        return rgb, shown
    shrink = max(int(sigma / 2), 1)
    height, width = shown.shape
    small = (max(width // shrink, 1), max(height // shrink, 1))
    weight = cv2.resize(shown, small, interpolation=cv2.INTER_AREA)
    colour = cv2.resize(rgb, small, interpolation=cv2.INTER_AREA).astype(np.float32)
    soft = cv2.GaussianBlur(weight, (0, 0), sigma / shrink)
    weighed = cv2.GaussianBlur(colour * weight[..., None], (0, 0), sigma / shrink)
    even = np.clip(weighed / np.maximum(soft, 1e-3)[..., None], 0, 255).astype(np.uint8)
    size = (width, height)
    return np.asarray(cv2.resize(even, size), np.uint8), np.asarray(
        cv2.resize(soft, size), np.float32
    )
