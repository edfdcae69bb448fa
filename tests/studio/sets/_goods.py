"""A drawn product with its cut-outs, facts and copy."""

from __future__ import annotations

import cv2
import numpy as np

from zhanggui.studio.copywriting import Copy, write
from zhanggui.studio.cutting import Cutout
from zhanggui.studio.facts import Facts
from zhanggui.studio.pictures import Box
from zhanggui.studio.sets import Still

FACTS = Facts(
    product_id="cup",
    title="粗陶马克杯",
    category="杯子",
    brand="檐下",
    price_fen=5950,
    attributes={
        "材质": "粗陶，1220℃烧成", "颜色": "苔绿", "容量": "380ml", "口径": "8.4cm",
        "微波炉": "可以",
        "烤箱": "不可以", "洗涤": "手洗，晾干再收", "产地": "江西景德镇",
    },
)  # fmt: skip


def cutout(side: int = 480, colour: tuple[int, int, int] = (90, 120, 80), turn: int = 0) -> Cutout:
    """A cup with a handle and a band of dots that move as it turns."""
    rgb = np.full((side, side, 3), 235, np.uint8)
    alpha = np.zeros((side, side), np.uint8)
    unit = side / 480
    left, top, right, bottom = (round(each * unit) for each in (130, 110, 310, 370))
    cv2.rectangle(alpha, (left, top), (right, bottom), 255, -1)
    axes = (round(60 * unit), round(80 * unit))
    middle = (right, (top + bottom) // 2)
    cv2.ellipse(alpha, middle, axes, 0, -90, 90, 255, round(26 * unit))
    rgb[alpha > 0] = colour
    for dot in range(12):
        x = left + (dot * 37 + turn * 11) % (right - left - 20) + 10
        cv2.circle(rgb, (x, top + 60 + (dot % 3) * 50), 5, (230, 220, 190), -1)
    return Cutout(rgb, np.asarray(cv2.GaussianBlur(alpha, (0, 0), 0.8), np.uint8), 0.98, "drawn")


def views(count: int = 4, side: int = 480) -> list[tuple[str, Cutout]]:
    """The cup from several sides, by the names of their frames."""
    return [(f"{place:03d}.webp", cutout(side, turn=place)) for place in range(count)]


def still(size: int = 600) -> Still:
    """A scene: the cup on a two-tone ground."""
    picture = np.full((size, size, 3), (214, 205, 190), np.uint8)
    picture[size * 2 // 3 :] = (180, 168, 150)
    scale = size / 600
    affine = ((scale, 0.0, 60.0 * scale), (0.0, scale, 80.0 * scale))
    box = Box(*(round(scale * each) for each in (190, 190, 440, 450)))
    return Still(picture, affine, box, "000.webp", "linen")


def copy(known: Facts = FACTS) -> Copy:
    """Its copy."""
    return write(known, seed=1)
