"""Plain grounds to set a product on: a wall that runs into the floor, tinted to go with it."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from zhanggui.studio.cutting import Cutout
from zhanggui.studio.pictures import Pixels, Size

HORIZON = 0.57
"""Where the wall begins to turn into the floor, as a share of the height."""


def tint(cutout: Cutout, seed: int) -> tuple[float, float, float]:
    """A colour for the ground, as CIE L*a*b*: of the product's hue or of one that complements it,
    pale, and darker the lighter the product is, so that its edge is seen."""
    inside = cutout.alpha > 200
    if not inside.any():
        return 88.0, 0.0, 2.0
    lab = _lab(cutout.rgb[inside][None])[0]
    chroma = np.hypot(lab[:, 1], lab[:, 2])
    weights = chroma + 1e-3
    a, b = (float(np.average(lab[:, channel], weights=weights)) for channel in (1, 2))
    strength = float(np.hypot(a, b))
    if strength < 4:
        # A grey product says nothing: a warm or a cool ground goes with it.
        a, b = ((2.0, 8.0), (-3.0, -7.0), (6.0, 3.0), (-5.0, 4.0))[seed % 4]
        strength = float(np.hypot(a, b))
    elif seed % 3 == 1:
        a, b = -0.7 * a, -0.7 * b
    light = float(lab[:, 0].mean())
    lightness = 91.0 if light < 62 else 84.0 if light < 82 else 72.0
    scale = min(13.0, 0.45 * strength + 4) / strength
    return lightness, a * scale, b * scale


def cove(size: Size, colour: tuple[float, float, float], rng: np.random.Generator) -> Pixels:
    """A ground of the colour: lighter behind the product and on the floor before it, darker to the
    corners, with noise of less than a level so that the slow changes do not band."""
    x = np.linspace(-1, 1, size.width, dtype=np.float32)[None]
    y = np.linspace(0, 1, size.height, dtype=np.float32)[:, None]
    glow = np.exp(-(x**2 / 0.9 + (y - 0.4) ** 2 / 0.09))
    floor = 1 / (1 + np.exp(-(y - HORIZON) / 0.018))
    nearness = np.clip((y - HORIZON) / (1 - HORIZON), 0, 1)
    corners = x**2 * 2.2 + (y - 0.5) ** 2 * 12
    lightness, a, b = colour
    shade = (
        5 * glow
        - 2.2 * corners
        - 2
        + floor * (3.0 - 4.5 * nearness + 3 * np.exp(-((x / 0.6) ** 2)))
    )
    lab = np.empty((size.height, size.width, 3), dtype=np.float32)
    lab[:, :, 0] = np.clip(lightness + shade, 0, 100)
    lab[:, :, 1], lab[:, :, 2] = a, b
    rgb = cv2.cvtColor(lab, cv2.COLOR_Lab2RGB) * 255
    rgb += rng.uniform(-0.9, 0.9, (size.height, size.width, 1)).astype(np.float32)
    return np.clip(np.rint(rgb), 0, 255).astype(np.uint8)


def shadow(alpha: Pixels, foot: int) -> Pixels:
    """The shadow (0–255) of a product that stands with its lowest row at `foot`: narrow and dark
    where it touches, wide and faint around, as under a large soft light from above."""
    tall = max(8, int(np.count_nonzero(alpha.max(axis=1) > 25)))
    wide = _squashed(alpha, foot, 0.12, 0.012 * tall, 0.05 * tall)
    strip = alpha.copy()
    strip[: max(0, foot - int(tall * 0.12))] = 0
    close = _squashed(strip, foot, 0.3, 0.006 * tall, 0.011 * tall)
    return np.asarray(cv2.addWeighted(wide, 0.34, close, 0.42, 0), dtype=np.uint8)


def _squashed(alpha: Pixels, foot: int, share: float, lower: float, blur: float) -> Pixels:
    """The mask laid down about its foot, moved down by some pixels, and blurred. It is blurred as
    small as its own softness allows."""
    size = Size(alpha.shape[1], alpha.shape[0])
    scale = min(1.0, 3.0 / blur)
    small = (max(1, round(size.width * scale)), max(1, round(size.height * scale)))
    x, y = small[0] / size.width, small[1] / size.height
    shrunk = cv2.resize(alpha, small, interpolation=cv2.INTER_AREA)
    move = np.array([[1, 0, 0], [0, share, y * (foot * (1 - share) + lower)]])
    laid = cv2.warpAffine(shrunk, move, small, flags=cv2.INTER_LINEAR)
    laid = cv2.GaussianBlur(laid, (0, 0), blur * x, sigmaY=blur * y)
    return np.asarray(cv2.resize(laid, size, interpolation=cv2.INTER_LINEAR), dtype=np.uint8)


def _lab(rgb: Pixels) -> NDArray[np.float32]:
    return np.asarray(cv2.cvtColor(rgb.astype(np.float32) / 255, cv2.COLOR_RGB2Lab))
