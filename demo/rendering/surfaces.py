"""Textures made in code, sRGB bytes: wood, cloth, glazes with specks, labels with type."""

from __future__ import annotations

from importlib import resources

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

Pixels = NDArray[np.uint8]
Colour = tuple[float, float, float]


def _bytes(colour: NDArray[np.float64]) -> Pixels:
    return np.clip(np.round(colour * 255), 0, 255).astype(np.uint8)


def clouds(rng: np.random.Generator, height: int, width: int, scale: float) -> NDArray[np.float64]:
    """Smooth noise of mean 0 and about unit spread; `scale` is the blobs' size in pixels."""
    small = rng.normal(size=(max(2, int(height / scale)), max(2, int(width / scale))))
    found = cv2.resize(small, (width, height), interpolation=cv2.INTER_CUBIC)
    return np.asarray(found / (found.std() + 1e-9))


def wood(rng: np.random.Generator, colour: Colour, size: int = 1024) -> Pixels:
    """Grain along the picture's height."""
    x = np.linspace(0, 6, size)[None, :] + 0.28 * clouds(rng, size, size, size / 3)
    x = x + 0.05 * clouds(rng, size, size, size / 12)
    rings = 0.5 + 0.5 * np.sin(2 * np.pi * x * 1.7)
    fibre = cv2.resize(rng.normal(size=(24, size)), (size, size), interpolation=cv2.INTER_LINEAR)
    tone = 0.9 + 0.13 * (rings - 0.5) + 0.035 * fibre
    return _bytes(
        np.clip(
            tone[..., None]
            * np.array(colour)
            * (1 + 0.02 * clouds(rng, size, size, 40)[..., None]),
            0,
            1,
        )
    )


def muted(rng: np.random.Generator) -> NDArray[np.float64]:
    """A colour as cloth and paper are dyed: any hue and lightness, seldom strong."""
    grey, strength = rng.uniform(0.2, 0.9), rng.uniform(0.1, 0.55)
    return np.asarray(np.clip(grey + strength * (rng.uniform(0, 1, 3) - 0.5), 0.03, 0.97))


def pattern(rng: np.random.Generator, size: int = 1024) -> Pixels:
    """A cloth or paper with stripes, checks, dots or leaves in two or three colours."""
    base, ink, third = (muted(rng) for _ in range(3))
    y, x = np.mgrid[0:size, 0:size] / size
    kind, n = int(rng.integers(4)), int(rng.integers(8, 18))
    if kind == 0:
        on = (np.sin(2 * np.pi * n * x) > 0.2).astype(float)
    elif kind == 1:
        on = ((np.sin(2 * np.pi * n * x) > 0).astype(float) + (np.sin(2 * np.pi * n * y) > 0)) / 2
    elif kind == 2:
        on = (np.hypot((x * n) % 1 - 0.5, (y * n) % 1 - 0.5) < 0.28).astype(float)
    else:
        bend = clouds(rng, size, size, size / n)
        on = ((bend > 0.5) | (np.abs(bend) < 0.08)).astype(float)
    colour = base + on[..., None] * (ink - base)
    colour = np.where((clouds(rng, size, size, size / 9) > 1.2)[..., None], third, colour)
    weave = 1 + 0.03 * rng.normal(size=(size, size, 1))
    return _bytes(np.clip(colour * weave, 0, 1))


def spine(rng: np.random.Generator) -> Pixels:
    """The back of a book: a colour with bands."""
    colour = np.ones((256, 256, 3)) * muted(rng)
    for at in rng.integers(20, 230, 4):
        colour[at : at + int(rng.integers(3, 14))] = muted(rng)
    return _bytes(colour)


def glaze(
    rng: np.random.Generator, colour: Colour, size: tuple[int, int] = (512, 1024),
    *, specks: float = 0.0, foot: float = 0.0, foot_colour: Colour = (0.72, 0.6, 0.48),
) -> Pixels:  # fmt: skip
    """A glaze a little uneven, with iron specks, over a bare clay foot (a share of the height)."""
    height, width = size
    tone = 1 + 0.03 * clouds(rng, height, width, 90) + 0.012 * clouds(rng, height, width, 18)
    picture = tone[..., None] * np.array(colour)
    if specks:
        spots = clouds(rng, height, width, 3.2) + 0.6 * clouds(rng, height, width, 7)
        dark = np.clip((spots - 3.4 + specks) / 0.5, 0, 1)[..., None]
        picture = picture * (1 - 0.65 * dark)
    if foot:
        edge = height * (1 - foot) + 5 * clouds(rng, 1, width, 70)
        below = np.arange(height)[:, None] > edge
        clay = np.array(foot_colour) * (1 + 0.05 * clouds(rng, height, width, 4)[..., None])
        picture = np.where(below[..., None], clay, picture)
    return _bytes(np.clip(picture, 0, 1))


def font(size: int, *, serif: bool = False) -> ImageFont.FreeTypeFont:
    """Noto SC from its wheel."""
    name = "NotoSerifSC-Regular.otf" if serif else "NotoSansSC-Regular.otf"
    return ImageFont.truetype(str(resources.files("pylopdf_fonts_zh_cn") / name), size)


def printed(
    ground: Pixels, words: list[tuple[str, int, float, float]], ink: Colour, *, serif: bool = False
) -> Pixels:
    """Words on a texture: each with its size in pixels and its middle as fractions."""
    picture = Image.fromarray(ground)
    draw = ImageDraw.Draw(picture)
    fill = tuple(round(c * 255) for c in ink)
    for text, size, x, y in words:
        draw.text((x * picture.width, y * picture.height), text, fill=fill, anchor="mm",
                  font=font(size, serif=serif))  # fmt: skip
    return np.asarray(picture)
