"""What a shot looks like at each of its moments."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

import cv2
import numpy as np

from zhanggui.studio.cutting import Cutout
from zhanggui.studio.film import grounds
from zhanggui.studio.film.moves import about, between, eased, matrix
from zhanggui.studio.film.planes import (
    Layer,
    Matrix,
    Planes,
    enlarged,
    lay,
    layer,
    shaded,
    warped,
    warped_layer,
)
from zhanggui.studio.film.storyboard import Motion
from zhanggui.studio.pictures import Box, Pixels, Size

_FINE = 1.5
"""How much larger than the frame a still is kept; see :func:`enlarged`."""
_TURN_S = 2.9
"""About how long a whole turn takes."""
FOOT = 0.645
"""Where a product stands in a frame, as a share of its height: the captions are below."""
_WIDEST, _TALLEST, _ON_CARD = 0.9, 0.5, 0.31


class Take(Protocol):
    """A shot being filmed."""

    def at(self, number: int, progress: float) -> Planes:
        """The frame of this number from the shot's begin, after `progress` (0–1) of the shot. The
        planes may be changed by whoever gets them."""
        ...


class Still:
    """A picture under a moving camera."""

    def __init__(self, picture: Planes, motion: Motion) -> None:
        self._large = enlarged(picture, _FINE)
        self._motion, self._size = motion, picture.size

    def at(self, number: int, progress: float) -> Planes:
        """See :class:`Take`."""
        view = between(self._motion, progress)
        return warped(self._large, matrix(view, self._large.size, self._size), self._size)


class Spin:
    """A product on a turntable, on a plain ground, with the camera coming slowly nearer.

    A frame of the turn is held for a whole number of the film's, so that the rhythm is even; none
    is made up between two. `backwards` turns it the other way round.
    """

    def __init__(
        self,
        frames: Sequence[Cutout],
        ground: Planes,
        motion: Motion,
        *,
        fps: int,
        first: int = 0,
        backwards: bool = False,
    ) -> None:
        self._ground = ground
        size = self._ground.size
        self._frames, self._motion, self._size = frames, motion, size
        self._order = _turn(len(frames), fps, first, backwards)
        self._stand = Stand(frames, size)
        self._kept: tuple[int, Layer] | None = None

    def at(self, number: int, progress: float) -> Planes:
        """See :class:`Take`."""
        shown = self._order[number % len(self._order)]
        if self._kept is None or self._kept[0] != shown:
            self._kept = shown, self._stand.layer(self._frames[shown])
        frame = self._ground.copy()
        self._stand.place(frame, self._kept[1], between(self._motion, progress).zoom)
        return frame


class Card:
    """The end card: the product on a plain ground, under a camera that draws back to rest."""

    def __init__(self, cutout: Cutout, ground: Planes, motion: Motion, foot: float) -> None:
        self._ground = ground
        self._stand = Stand([cutout], self._ground.size, foot=foot, tallest=_ON_CARD)
        self._product = self._stand.layer(cutout)
        self._motion = motion

    def at(self, number: int, progress: float) -> Planes:
        """See :class:`Take`."""
        frame = self._ground.copy()
        self._stand.place(frame, self._product, between(self._motion, eased(progress)).zoom)
        return frame


class Stand:
    """Where the product of some frames stands in a video frame: one place and scale for all of
    them, as it stood before the camera."""

    def __init__(
        self,
        frames: Sequence[Cutout],
        size: Size,
        *,
        foot: float = FOOT,
        tallest: float = _TALLEST,
        closest: float = 1.12,
    ) -> None:
        boxes = [cutout.box for cutout in frames]
        self._box = Box(
            min(box.left for box in boxes),
            min(box.top for box in boxes),
            max(box.right for box in boxes),
            max(box.bottom for box in boxes),
        )
        self._size, self._foot = size, foot * size.height
        self._scale = min(
            _WIDEST * size.width / self._box.width / closest,
            tallest * size.height / self._box.height,
        )
        # Kept as large as the camera comes near, and never larger than the frame's own pixels
        # are worth; room for the shadow around.
        self._work = self._scale * closest
        margin = 0.16 * max(self._box.width, self._box.height)
        self._left, self._top = self._box.left - margin, self._box.top - 0.02 * margin
        self._layer_size = Size(
            _even((self._box.width + 2 * margin) * self._work),
            _even((self._box.height + 1.1 * margin) * self._work),
        )

    def layer(self, cutout: Cutout) -> Layer:
        """The product and its shadow."""
        to_layer = np.array(
            [[self._work, 0, -self._left * self._work], [0, self._work, -self._top * self._work]]
        )
        rgb, alpha = laid(cutout, to_layer, self._layer_size)
        foot = round((self._box.bottom - self._top) * self._work)
        return shaded(layer(rgb, alpha), grounds.shadow(alpha, foot))

    def affine(self, zoom: float) -> Matrix:
        """From pixels of the frames to those of the video frame, as :meth:`place` lays them."""
        scale = self._scale * zoom
        middle = (self._box.left + self._box.right) / 2
        return about(middle, self._box.bottom, scale, self._size.width / 2, self._foot)

    def place(self, frame: Planes, product: Layer, zoom: float) -> None:
        """Lay a product over a frame, `zoom` times as large as it stands there, about its foot."""
        scale = self._scale * zoom / self._work
        middle = ((self._box.left + self._box.right) / 2 - self._left) * self._work
        foot = (self._box.bottom - self._top) * self._work
        corner_x = self._size.width / 2 - middle * scale
        corner_y = self._foot - foot * scale
        x, y = int(np.floor(corner_x / 2)) * 2, int(np.floor(corner_y / 2)) * 2
        size = Size(*(_even(side * scale) + 4 for side in self._layer_size))
        lay(
            frame, warped_layer(product, about(0, 0, scale, corner_x - x, corner_y - y), size), x, y
        )


def close_up(cutout: Cutout, box: Box, ground: Planes) -> Planes:
    """A part of the cut-out laid over a ground so that it fills it, with its shadow where its foot
    is in the picture."""
    size = ground.size
    scale = size.width / box.width
    rgb, alpha = laid(cutout, about(box.left, box.top, scale, 0, 0), size)
    product = layer(rgb, alpha)
    foot = round((cutout.box.bottom - box.top) * scale)
    if foot < size.height:
        product = shaded(product, grounds.shadow(alpha, foot))
    frame = ground.copy()
    lay(frame, product, 0, 0)
    return frame


def laid(cutout: Cutout, to_place: Matrix, size: Size) -> tuple[Pixels, Pixels]:
    """The cut-out's own pixels and its mask, moved into a picture of the size."""
    rgb, alpha = cutout.rgb, cutout.alpha
    shrink = float(to_place[0, 0])
    if shrink < 0.7:
        # A cubic warp that shrinks skips pixels: first by areas to the size, then to the place.
        whole = Size(round(rgb.shape[1] * shrink), round(rgb.shape[0] * shrink))
        factors = np.array([whole.width / rgb.shape[1], whole.height / rgb.shape[0]])
        rgb = _bytes(cv2.resize(rgb, whole, interpolation=cv2.INTER_AREA))
        alpha = _bytes(cv2.resize(alpha, whole, interpolation=cv2.INTER_AREA))
        to_place = np.column_stack([to_place[:, :2] / factors, to_place[:, 2]])
    moved = cv2.warpAffine(
        rgb, to_place, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    mask = cv2.warpAffine(alpha, to_place, size, flags=cv2.INTER_LINEAR)
    return _bytes(moved), _bytes(mask)


def filling(picture: Pixels, size: Size) -> Pixels:
    """The middle of a picture, scaled so that it fills a frame."""
    height, width = picture.shape[:2]
    if (width, height) == size:
        return picture
    scale = max(size.width / width, size.height / height)
    cut = Size(min(width, round(size.width / scale)), min(height, round(size.height / scale)))
    left, top = (width - cut.width) // 2, (height - cut.height) // 2
    part = np.ascontiguousarray(picture[top : top + cut.height, left : left + cut.width])
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    return _bytes(cv2.resize(part, size, interpolation=way))


def _turn(count: int, fps: int, first: int, backwards: bool) -> list[int]:
    """For each video frame of a whole turn, the number of the frame that is shown."""
    wanted = _TURN_S * fps
    held = max(1, round(wanted / count))
    step = max(1, round(count / wanted))
    way = -1 if backwards else 1
    return [(first + way * turned) % count for turned in range(0, count, step) for _ in range(held)]


def _even(length: float) -> int:
    return 2 * int(np.ceil(length / 2))


def _bytes(found: Any) -> Pixels:
    """What OpenCV gives back, for which it has no type."""
    return np.asarray(found, dtype=np.uint8)
