"""Where on a stage a product stands, how large it is, and which part of the plate is seen.

The product is laid in by one affine with the same scale both ways, so that its pixels are the
frame's own: shape, writing and proportion cannot change.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zhanggui.studio.pictures import Box, Size
from zhanggui.studio.scenes.footing import Footing
from zhanggui.studio.stages import Stage

LARGEST_SCALE = 1.6
"""How far a frame is enlarged at most: beyond, it looks soft beside its stage."""
_LARGEST_ZOOM = 1.9
_WIDER = 0.06
"""How much of the plate's width a product may reach beyond the safe area where no podium says how
wide it should be: it then covers what stands aside rather than touches it."""
_ON_PODIUM = 0.84
"""How much of a podium's width a base may take."""
_FILLS = {"standing": 0.94, "folded": 0.94, "flat_lay": 0.9, "hanging": 0.94}


@dataclass(frozen=True)
class Placing:
    """How plate and product come into the picture.

    `plate` and `product` are 2×3 affines to output pixels from pixels of the plate and of the
    frame; `stand` is the point of the output on which the product rests, and `zoom` output pixels
    per pixel of the plate.
    """

    plate: NDArray[np.float64]
    product: NDArray[np.float64]
    stand: tuple[float, float]
    zoom: float
    size: Size


def place(stage: Stage, footing: Footing, size: Size, within: Box | None = None) -> Placing:
    """Choose crop and scale so that the product fills `within` (the stage's own safe area without
    it) as far as stage, podium and the frame's resolution allow."""
    zoom, left, top = _crop(stage, size, within)
    stand = (
        stage.stand[0] * stage.width * zoom - left,
        stage.stand[1] * stage.height * zoom - top,
    )
    room = within or _safe(stage, zoom, left, top, size)
    scale = _scale(stage, footing, stand, room, zoom)
    anchor_x, anchor_y = footing.anchor(stage.kind)
    product = np.array(
        [[scale, 0.0, stand[0] - scale * anchor_x], [0.0, scale, stand[1] - scale * anchor_y]]
    )
    return Placing(np.array([[zoom, 0.0, -left], [0.0, zoom, -top]]), product, stand, zoom, size)


def _crop(stage: Stage, size: Size, within: Box | None) -> tuple[float, float, float]:
    """Zoom of the plate and the crop's left and top in zoomed pixels: the most of the plate that
    has the size's proportions and the stand where the product is to rest."""
    across, down = _wanted(stage, size, within)
    x, y = stage.stand[0] * stage.width, stage.stand[1] * stage.height
    ratio = size.width / size.height
    widths = [x / across, (stage.width - x) / (1 - across)]
    heights = [y / down, (stage.height - y) / (1 - down)]
    width = min(*widths, *(height * ratio for height in heights))
    # Wherever the stand should be, a crop much closer than the output's own pixels is only blur.
    width = max(width, size.width / _LARGEST_ZOOM)
    width = min(width, stage.width, stage.height * ratio)
    zoom = size.width / width
    left = min(max(x * zoom - across * size.width, 0.0), stage.width * zoom - size.width)
    top = min(max(y * zoom - down * size.height, 0.0), stage.height * zoom - size.height)
    return zoom, left, top


def _wanted(stage: Stage, size: Size, within: Box | None) -> tuple[float, float]:
    """Where in the output the stand should come, as shares of its width and height."""
    edge = 0.04
    if within is None:
        down = {"flat_lay": 0.5, "hanging": 0.17}.get(stage.kind, 0.8)
        return 0.5, down
    across = (within.left + within.right) / 2 / size.width
    down = {
        "flat_lay": (within.top + within.bottom) / 2 / size.height,
        "hanging": within.top / size.height,
    }.get(stage.kind, (within.bottom - 0.03 * within.height) / size.height)
    return min(max(across, edge), 1 - edge), min(max(down, edge), 1 - edge)


def _safe(stage: Stage, zoom: float, left: float, top: float, size: Size) -> Box:
    """The stage's safe area in the output, never nearer to an edge than a twentieth."""
    x0, y0, x1, y1 = stage.safe
    if stage.podium is None:
        x0, x1 = x0 - _WIDER, x1 + _WIDER
    edge = round(0.05 * min(size))
    return Box(
        max(round(x0 * stage.width * zoom - left), edge),
        max(round(y0 * stage.height * zoom - top), edge),
        min(round(x1 * stage.width * zoom - left), size.width - edge),
        min(round(y1 * stage.height * zoom - top), size.height - edge),
    )


def _scale(
    stage: Stage, footing: Footing, stand: tuple[float, float], room: Box, zoom: float
) -> float:
    """Output pixels per pixel of the frame."""
    box = footing.box
    anchor_x, anchor_y = footing.anchor(stage.kind)
    sides = (
        (anchor_x - box.left, stand[0] - room.left),
        (box.right - anchor_x, room.right - stand[0]),
        (anchor_y - box.top, stand[1] - room.top),
        (box.bottom - anchor_y, max(room.bottom, stand[1] + 0.06 * room.height) - stand[1]),
    )
    fits = min(max(space, 1.0) / reach for reach, space in sides if reach > 0.5)
    scale = min(fits * _FILLS[stage.kind], LARGEST_SCALE)
    if stage.podium is not None and stage.kind in ("standing", "folded"):
        width = stage.podium.width * stage.width * zoom
        off = 2 * abs(sum(footing.base) / 2 - anchor_x)
        scale = min(scale, _ON_PODIUM * width / max(footing.base_width + off, 1.0))
    return scale
