"""Palettes, drawn from a shop's brand and from the product's own colours.

Colours are reckoned with in OKLCH (Ottosson 2020, https://bottosson.github.io/posts/oklab/): equal
steps of lightness look equal in every hue, so that a palette made for blue holds for yellow.
"""

from __future__ import annotations

import math
import warnings
from dataclasses import dataclass
from typing import Literal, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy.cluster.vq import kmeans2

from zhanggui.studio.brand import Brand
from zhanggui.studio.cutting import Cutout
from zhanggui.studio.lettering import Colour, contrast

Scheme = Literal["light", "tint", "deep", "vivid", "paper", "festive", "night"]


class Share(NamedTuple):
    """One of a product's colours and how much of the product has it."""

    colour: Colour
    share: float


@dataclass(frozen=True, slots=True)
class Palette:
    """The roles that colours have on a poster.

    `ground` and its mate `other` fill it, `shape` is what is drawn on them, `ink` and the quieter
    `muted` are type on either, `accent` is for prices and pills with `on_accent` type upon it,
    `panel` is a card's, `on_panel` its type's and `line` a rule's.
    """

    ground: Colour
    other: Colour
    shape: Colour
    ink: Colour
    muted: Colour
    accent: Colour
    on_accent: Colour
    panel: Colour
    on_panel: Colour
    line: Colour


def product_colours(cutout: Cutout, *, count: int = 4, seed: int = 0) -> tuple[Share, ...]:
    """The product's colours, the commonest first: k-means in CIELAB over at most 3,000 pixels."""
    pixels = cutout.rgb[cutout.alpha > 200]
    if len(pixels) < count:
        return (Share((128, 128, 128), 1.0),)
    random = np.random.default_rng(seed)
    some = pixels[random.integers(0, len(pixels), min(3000, len(pixels)))]
    count = min(count, len(np.unique(some, axis=0)))
    lab = cv2.cvtColor((some[None] / np.float32(255)).astype(np.float32), cv2.COLOR_RGB2LAB)[0]
    with warnings.catch_warnings():
        # A centre that nothing is near has no share and is left out below.
        warnings.simplefilter("ignore", UserWarning)
        centres, labels = kmeans2(lab, count, iter=12, minit="++", seed=random)
    shares = np.bincount(labels, minlength=count) / len(labels)
    rgb = cv2.cvtColor(centres[None].astype(np.float32), cv2.COLOR_LAB2RGB)[0]
    found = [
        Share(_colour(rgb[index] * 255), float(shares[index]))
        for index in np.argsort(-shares)
        if shares[index] > 0
    ]
    return tuple(found)


def lightness(colour: Colour) -> float:
    """OKLCH's, 0–1."""
    return _oklch(colour)[0]


def palette(scheme: Scheme, brand: Brand, colours: tuple[Share, ...], turn: float = 0.0) -> Palette:
    """The palette of a scheme: its hue is the brand's, else that of the product's most colourful
    part, else a warm sand; `turn` in degrees moves it, so that a set's posters are no copies."""
    hue, strength = _hue(brand, colours)
    hue = (hue + turn) % 360
    if scheme in ("deep", "night", "vivid") and 50 < hue < 125:
        # Dark yellow looks like mud; brown is as warm.
        hue, strength = 40.0, strength * 0.8
    if scheme == "festive":
        return _of((0.46, 0.17, 27), (0.38, 0.14, 25), (0.55, 0.19, 32), (0.97, 0.03, 85), hue=85)
    if scheme == "deep":
        c = 0.035 + 0.05 * strength
        return _of((0.30, c, hue), (0.22, c, hue), (0.38, c * 1.2, hue), (0.97, 0.01, hue), hue=80)
    if scheme == "night":
        return _of(
            (0.20, 0.012, hue), (0.13, 0.01, hue), (0.29, 0.02, hue), (0.97, 0.0, hue), hue=78
        )
    if scheme == "vivid":
        c = 0.10 + 0.05 * strength
        return _of((0.50, c, hue), (0.42, c, hue), (0.58, c, hue), (0.99, 0.0, hue), hue=95)
    if scheme == "paper":
        return _of(
            (0.965, 0.012, 85), (0.935, 0.02, 80), (0.90, 0.03, 75), (0.25, 0.02, 60), hue=hue
        )
    c = 0.02 + 0.03 * strength
    if scheme == "tint":
        return _of(
            (0.86, c * 1.7, hue), (0.80, c * 1.9, hue), (0.92, c, hue), (0.25, c, hue), hue=hue
        )
    return _of((0.955, c * 0.7, hue), (0.91, c, hue), (0.87, c * 1.4, hue), (0.24, c, hue), hue=hue)


def _of(
    ground: tuple[float, float, float],
    other: tuple[float, float, float],
    shape: tuple[float, float, float],
    ink: tuple[float, float, float],
    *,
    hue: float,
) -> Palette:
    """Fill the other roles so that each reads on what it is written on; `hue` is the accent's."""
    dark = ground[0] < 0.6
    grounds = [_rgb(*ground), _rgb(*other)]
    worst = min(grounds, key=lightness) if not dark else max(grounds, key=lightness)
    accent = _rgb(0.86, 0.13, hue) if dark else _rgb(0.52, 0.17, _warmed(hue))
    accent = contrast.toned(accent, worst)
    panel = _rgb(0.985, 0.008, ground[2])
    return Palette(
        ground=grounds[0],
        other=grounds[1],
        shape=_rgb(*shape),
        ink=contrast.toned(_rgb(*ink), worst),
        muted=contrast.toned(_rgb(0.84 if dark else 0.42, 0.02, ground[2]), worst),
        accent=accent,
        on_accent=contrast.toned(_rgb(0.22, 0.05, hue) if dark else (255, 255, 255), accent),
        panel=panel,
        on_panel=_rgb(0.24, 0.02, ground[2]),
        line=_rgb(0.5 if dark else 0.82, 0.02, ground[2]),
    )


def _warmed(hue: float) -> float:
    """An accent's hue on a light ground: prices are red or orange unless the brand is as warm."""
    hue %= 360
    return hue if hue < 60 or hue > 340 else 32.0


def _hue(brand: Brand, colours: tuple[Share, ...]) -> tuple[float, float]:
    """The hue in degrees, and how colourful it is (0–1)."""
    if brand.main is not None:
        _, chroma, hue = _oklch(brand.main)
        return hue, min(chroma / 0.15, 1.0)
    weighed = [(_oklch(each.colour), each.share) for each in colours]
    (_, chroma, hue), _ = max(weighed, key=lambda each: each[0][1] * math.sqrt(each[1]))
    return (hue, min(chroma / 0.15, 1.0)) if chroma > 0.02 else (75.0, 0.25)


_TO_LMS = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
_TO_LAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)


def _oklch(colour: Colour) -> tuple[float, float, float]:
    share = np.array(colour) / 255
    linear = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    light, a, b = (_TO_LAB @ np.cbrt(_TO_LMS @ linear)).tolist()
    return light, math.hypot(a, b), math.degrees(math.atan2(b, a)) % 360


def _rgb(light: float, chroma: float, hue: float) -> Colour:
    """The colour, with as much of the chroma as sRGB has at that lightness and hue."""
    for step in range(21):
        linear = _linear(light, chroma * (1 - step / 20), hue)
        if step == 20 or (linear.min() > -0.002 and linear.max() < 1.002):
            break
    linear = np.clip(linear, 0, 1)
    return _colour(
        255 * np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)
    )


def _linear(light: float, chroma: float, hue: float) -> NDArray[np.float64]:
    angle = math.radians(hue)
    lab = np.array([light, chroma * math.cos(angle), chroma * math.sin(angle)])
    return np.asarray(np.linalg.solve(_TO_LMS, np.linalg.solve(_TO_LAB, lab) ** 3))


def _colour(values: NDArray[np.floating]) -> Colour:
    red, green, blue = np.clip(np.rint(values), 0, 255).astype(int).tolist()
    return red, green, blue
