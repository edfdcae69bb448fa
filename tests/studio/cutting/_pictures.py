"""Pictures to cut: drawn ones, whose masks are known, and the demo goods."""

from __future__ import annotations

import cv2
import numpy as np

from tests.conftest import ROOT
from zhanggui.studio import pictures
from zhanggui.studio.pictures import Pixels

GOODS = ROOT / "demo" / "goods"
SIDE = 320


def iou(one: Pixels, other: Pixels) -> float:
    """Intersection over union of both over a half."""
    a, b = one > 127, other > 127
    return float((a & b).sum() / (a | b).sum())


def good(sku: str, ground: str, name: str) -> tuple[Pixels, Pixels]:
    """A demo good's picture and mask."""
    folder = GOODS / sku
    masks = folder / "masks" if ground == "frames" else folder / ground / "masks"
    rgb, _ = pictures.read(folder / ground / f"{name}.webp")
    mask, _ = pictures.read(masks / f"{name}.png")
    return rgb, mask[..., 0]


def jar(
    colour: tuple[int, int, int] = (170, 70, 50),
    ground: tuple[int, int, int] = (236, 234, 230),
    *,
    shadow: float = 0.35,
    handle: int = 0,
    noise: float = 1.0,
    seed: int = 0,
) -> tuple[Pixels, Pixels]:
    """A jar with a label on a ground that falls off to the corners, its shadow beside it.

    `handle` is the thickness in pixels of a loop at its side, drawn when not 0.
    """
    big = 4
    shape = (SIDE * big, SIDE * big)
    mask: Pixels = np.zeros(shape, np.uint8)
    cv2.rectangle(mask, (100 * big, 90 * big), (190 * big, 250 * big), 255, -1)
    cv2.ellipse(mask, (145 * big, 250 * big), (45 * big, 14 * big), 0, 0, 360, 255, -1)
    cv2.ellipse(mask, (145 * big, 90 * big), (45 * big, 12 * big), 0, 0, 360, 255, -1)
    if handle:
        middle, axes = (190 * big, 170 * big), (48 * big, 52 * big)
        cv2.ellipse(mask, middle, axes, 0, -95, 95, 255, handle * big)
    mask = np.asarray(cv2.resize(mask, (SIDE, SIDE), interpolation=cv2.INTER_AREA), np.uint8)
    y, x = np.mgrid[-1 : 1 : SIDE * 1j, -1 : 1 : SIDE * 1j]
    behind = np.array(ground) * (1 - 0.07 * (x**2 + y**2))[..., None]
    cast = np.zeros((SIDE, SIDE), np.float32)
    cv2.ellipse(cast, (185, 258), (70, 12), 0, 0, 360, 1, -1)
    behind = behind * (1 - shadow * cv2.GaussianBlur(cast, (0, 0), 7))[..., None]
    product = np.array(colour) * (0.8 + 0.35 * np.cos(1.6 * (x + 0.1)))[..., None]
    product[150:200, 115:175] = product[150:200, 115:175] * 0.5 + 20
    share = mask[..., None] / 255
    grain = np.random.default_rng(seed).normal(0, noise, (SIDE, SIDE, 3))
    rgb = behind * (1 - share) + product * share + grain
    return np.clip(np.round(rgb), 0, 255).astype(np.uint8), mask
