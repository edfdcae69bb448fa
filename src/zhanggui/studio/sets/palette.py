"""The colours of a set, taken from the product's own."""

from __future__ import annotations

import colorsys
from dataclasses import dataclass

import cv2
import numpy as np

from zhanggui.studio.cutting import Cutout
from zhanggui.studio.lettering import Colour, contrast

_GREYISH = 0.10
_NEUTRAL_HUE = 0.085
"""Warm: what a grey, black or white product is set on."""


@dataclass(frozen=True)
class Palette:
    """`paper` is the ground, `card` what lies on it, `tint` a stronger ground, `deep` a dark one;
    `ink`, `muted` and `accent` read at 4.5:1 or more on paper, card and tint."""

    paper: Colour
    card: Colour
    tint: Colour
    deep: Colour
    ink: Colour
    muted: Colour
    accent: Colour
    line: Colour


def of(cutout: Cutout) -> Palette:
    """The palette of a product: hues of its own, quiet enough that it stays what is looked at."""
    hue, strength = _own_hue(cutout)
    tint = _colour(hue, 0.90, 0.16 + 0.16 * strength)
    paper = _colour(hue, 0.965, 0.20 + 0.16 * strength)
    return Palette(
        paper=paper,
        card=(255, 255, 255),
        tint=tint,
        deep=_colour(hue, 0.19, 0.16 + 0.20 * strength),
        ink=_colour(hue, 0.13, 0.14),
        muted=contrast.toned(_colour(hue, 0.42, 0.10), tint),
        accent=contrast.toned(_colour(hue, 0.40, 0.28 + 0.34 * strength), tint),
        line=_colour(hue, 0.82, 0.14 + 0.14 * strength),
    )


def _own_hue(cutout: Cutout) -> tuple[float, float]:
    """Hue (0–1) of the product's most coloured third, and how coloured that is (0–1)."""
    inside = cutout.rgb[cutout.alpha > 230]
    if not len(inside):
        return _NEUTRAL_HUE, 0.0
    some = inside[:: max(1, len(inside) // 20_000)][None]
    hsv = cv2.cvtColor(some, cv2.COLOR_RGB2HSV_FULL)[0].astype(np.float64) / 255
    colourful = hsv[:, 1] * np.minimum(hsv[:, 2] * 1.6, 1.0)
    strong = colourful >= np.quantile(colourful, 2 / 3)
    strength = float(colourful[strong].mean())
    if strength < _GREYISH:
        return _NEUTRAL_HUE, 0.0
    angle = np.exp(2j * np.pi * hsv[strong, 0]).mean()
    return float(np.angle(angle) / (2 * np.pi) % 1.0), min(1.0, strength)


def _colour(hue: float, lightness: float, saturation: float) -> Colour:
    red, green, blue = colorsys.hls_to_rgb(hue, lightness, saturation)
    return round(red * 255), round(green * 255), round(blue * 255)
