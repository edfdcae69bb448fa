"""A product, its cut-outs and scenes, drawn small, for films in tests."""

from __future__ import annotations

import cv2
import numpy as np

from zhanggui.studio.cutting import Cutout
from zhanggui.studio.facts import Facts
from zhanggui.studio.pictures import Pixels, Size

SMALL = Size(288, 512)
FACTS = Facts(
    product_id="p1",
    title="手工粗陶马克杯 350ml",
    category="杯子",
    shop="山屿器物",
    price_fen=12950,
    points=("手工拉坯",),
)
CAPTIONS = (
    "一杯好茶，从握在手心开始",
    "每一面都经得起细看",
    "釉面温润，杯沿收得圆",
    "送礼自用都体面",
)


def turn(count: int, side: int = 240) -> list[Cutout]:
    """A striped drum on a turntable: its stripes move, its outline stays."""
    return [_drum(number / count, side) for number in range(count)]


def _drum(turned: float, side: int) -> Cutout:
    rgb = np.full((side, side, 3), 245, dtype=np.uint8)
    alpha = np.zeros((side, side), dtype=np.uint8)
    left, right, top, bottom = side // 4, side * 3 // 4, side // 5, side * 4 // 5
    across = np.linspace(-1, 1, right - left)
    angle = np.arcsin(np.clip(across, -1, 1)) + 2 * np.pi * turned
    stripes = np.where(np.sin(4 * angle) > 0, 1.0, 0.55) * (0.6 + 0.4 * np.cos(across))
    rgb[top:bottom, left:right] = (stripes[None, :, None] * np.array([60, 110, 170])).astype(
        np.uint8
    )
    alpha[top:bottom, left:right] = 255
    soft = np.asarray(cv2.GaussianBlur(alpha, (3, 3), 0), np.uint8)
    return Cutout(rgb, soft, 1.0, "drawn")


def scenes(count: int = 2, size: Size = SMALL) -> list[Pixels]:
    """Pictures with something everywhere, no two alike."""
    made = []
    for number in range(count):
        rng = np.random.default_rng(number)
        coarse = rng.integers(40, 220, (12, 8, 3)).astype(np.uint8)
        made.append(np.asarray(cv2.resize(coarse, size, interpolation=cv2.INTER_CUBIC), np.uint8))
    return made
