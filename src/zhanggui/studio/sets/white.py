"""The white-background picture: the product alone on pure white, in the middle, nothing else."""

from __future__ import annotations

import numpy as np

from zhanggui.base.words import Text
from zhanggui.studio.cutting import Cutout
from zhanggui.studio.pictures import Box, Pixels, Size
from zhanggui.studio.sets.drawn import Drawn
from zhanggui.studio.sets.laying import LARGEST_SCALE, lay

SIZE = Size(800, 800)
FILLS = 0.86
"""Of the shorter way across the picture: Taobao wants 80–90 %."""
LEAST = 0.80
MOST_BYTES = 3_000_000
_FAINT = 6
"""Alpha of 255 under which a soft edge is taken for ground, so that white stays #FFFFFF."""
_SMALL = Text(
    "原图偏小，商品没有占满画面", "the frame is small: the product does not fill the picture"
)


def make(cutout: Cutout, size: Size = SIZE, *, source: str | None = None) -> Drawn:
    """The product on #FFFFFF, filling 86 % of the picture where its frame is large enough for that
    at a scale of 1.5; smaller, with a note, where it is not."""
    width, height = size
    picture: Pixels = np.full((height, width, 3), 255, np.uint8)
    across, down = round(width * FILLS), round(height * FILLS)
    left, top = (width - across) // 2, (height - down) // 2
    room = Box(left, top, left + across, top + down)
    clean = np.where(cutout.alpha < _FAINT, 0, cutout.alpha).astype(np.uint8)
    whole = Cutout(cutout.rgb, clean, cutout.confidence, cutout.method, cutout.doubts)
    found = lay(picture, whole, room, shadow=False)
    filled = max(found.box.width / width, found.box.height / height)
    notes = (str(_SMALL),) if found.scale >= LARGEST_SCALE and filled < LEAST else ()
    return Drawn("white", picture, (), found.affine, found.box, source, notes=notes)
