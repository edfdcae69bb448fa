"""Goods drawn for tests, whose pixels and outlines are known exactly, and an empty stage."""

from __future__ import annotations

import math
from typing import Any

import cv2
import numpy as np

from zhanggui.studio.cutting import Cutout
from zhanggui.studio.pictures import Pixels
from zhanggui.studio.stages import Light, Stage

WIDTH, HEIGHT = 1200, 1600


def vase(size: int = 700, *, lit_from: float = -0.5, texture: int = 14) -> Cutout:
    """A round body seen from a little above, lit from one side, with a fine pattern."""
    rgb = np.full((size, size, 3), 255, np.uint8)
    alpha = np.zeros((size, size), np.uint8)
    middle, top, bottom, radius = size // 2, size // 6, size * 5 // 6, size // 5
    depth = radius // 6
    cv2.rectangle(alpha, (middle - radius, top), (middle + radius, bottom), 255, -1)
    cv2.ellipse(alpha, (middle, bottom), (radius, depth), 0, 0, 180, 255, -1)
    x = np.clip((np.arange(size) - middle) / radius, -1, 1)
    lit = np.clip(lit_from * x + 0.8 * np.sqrt(1 - x**2), 0, 1)
    colour = 30 + lit[None, :, None] * np.array([150, 100, 70])[None, None]
    pattern = np.random.default_rng(7).integers(-texture, texture + 1, (size, size, 1))
    inside = np.clip(colour + pattern, 0, 255).astype(np.uint8)
    return Cutout(np.where(alpha[..., None] > 0, inside, rgb), alpha, 1.0, "drawn")


def stool(size: int = 600) -> Cutout:
    """A seat on two legs with nothing between them."""
    rgb = np.full((size, size, 3), 120, np.uint8)
    alpha = np.zeros((size, size), np.uint8)
    alpha[size // 3 : size // 2, size // 5 : size * 4 // 5] = 255
    alpha[size // 2 : size * 5 // 6, size // 4 : size // 4 + 20] = 255
    alpha[size // 2 : size * 5 // 6, size * 3 // 4 - 20 : size * 3 // 4] = 255
    return Cutout(rgb, alpha, 1.0, "drawn")


def stage(towards: tuple[float, float, float] = (-0.6, 0.8, 0.5), **given: Any) -> Stage:
    """An empty stage with a camera that looks nine degrees down, lit from one direction."""
    pitch, fov = 9.0, 28.0
    focal = HEIGHT / 2 / math.tan(math.radians(fov / 2))
    length = math.hypot(*towards)
    x, y, z = (each / length for each in towards)
    light = Light(
        towards=(x, y, z), colour=(1.0, 1.0, 1.0), softness=given.pop("softness", 5.0), share=0.7
    )
    values: dict[str, Any] = {
        "id": "test",
        "style": "studio",
        "zh": "测试",
        "en": "test",
        "file": "test.webp",
        "width": WIDTH,
        "height": HEIGHT,
        "stand": (0.5, 0.74),
        "safe": (0.2, 0.2, 0.8, 0.78),
        "horizon": 0.5 - focal * math.tan(math.radians(pitch)) / HEIGHT,
        "floor_line": 0.52,
        "pitch": pitch,
        "fov": fov,
        "light": light,
        "ambient": (1.0, 1.0, 1.0),
        "reflectivity": 0.0,
        "roughness": 0.3,
    }
    return Stage.model_validate(values | given)


def plate(level: int = 200) -> Pixels:
    """A plate of one even grey."""
    return np.full((HEIGHT, WIDTH, 3), level, np.uint8)
