"""Video frames as H.264 keeps them: BT.709 luma at full size, both chromas at half, 16–235.

A film is composed in these planes and not in RGB: a frame has half the samples, and none has to be
converted before it is encoded. Blending is the same in both, since the conversion is linear.
Widths, heights and the places of layers are even, so that chroma samples fall on whole pixels.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from zhanggui.studio.pictures import Pixels, Size

# ITU-R BT.709-6, 3.2 to 3.5: R'G'B' of 0–255 to 8-bit Y'CbCr of narrow range.
_KR, _KB = 0.2126, 0.0722
_KG = 1 - _KR - _KB
_Y = np.array([_KR, _KG, _KB]) * 219 / 255
_CB = np.array([-_KR, -_KG, 1 - _KB]) / (2 * (1 - _KB)) * 224 / 255
_CR = np.array([1 - _KR, -_KG, -_KB]) / (2 * (1 - _KR)) * 224 / 255
_TO_YCC = np.column_stack([np.stack([_Y, _CB, _CR]), [16.0, 128.0, 128.0]]).astype(np.float32)
_LINEAR = np.linalg.inv(np.stack([_Y, _CB, _CR]))
_TO_RGB = np.column_stack([_LINEAR, -_LINEAR @ np.array([16.0, 128.0, 128.0])]).astype(np.float32)

Matrix = NDArray[np.float64]
"""A 2×3 affine map from places of a source to places of a frame, both in luma pixels."""


@dataclass(frozen=True)
class Planes:
    """One picture: `y` is height × width, `uv` height/2 × width/2 × 2."""

    y: Pixels
    uv: Pixels

    @property
    def size(self) -> Size:
        """Width and height in luma pixels."""
        return Size(self.y.shape[1], self.y.shape[0])

    def copy(self) -> Planes:
        """The same picture in memory of its own."""
        return Planes(self.y.copy(), self.uv.copy())


@dataclass(frozen=True)
class Layer:
    """A picture to lay over others: colours times alpha, and 255 − alpha for luma and chroma."""

    over: Planes
    through_y: Pixels
    through_uv: Pixels

    @property
    def size(self) -> Size:
        """Width and height in luma pixels."""
        return self.over.size


def planes(rgb: Pixels) -> Planes:
    """A picture of even size in planes; raises ValueError for an odd one."""
    _even(rgb.shape[1], rgb.shape[0])
    full = cv2.transform(np.ascontiguousarray(rgb), _TO_YCC)
    y, cb, cr = cv2.split(full)
    return Planes(_bytes(y), _halved(_bytes(cv2.merge([cb, cr]))))


def rgb(picture: Planes) -> Pixels:
    """A picture in RGB again."""
    size = picture.size
    chroma = cv2.resize(picture.uv, size, interpolation=cv2.INTER_LINEAR)
    full = np.dstack([picture.y, chroma])
    return np.asarray(cv2.transform(full, _TO_RGB), dtype=np.uint8)


def layer(rgb: Pixels, alpha: Pixels) -> Layer:
    """A picture with alpha (0–255), of even size, to be laid over others."""
    _even(rgb.shape[1], rgb.shape[0])
    full = cv2.transform(np.ascontiguousarray(rgb), _TO_YCC)
    full = cv2.multiply(full, cv2.merge([alpha, alpha, alpha]), scale=1 / 255)
    y, cb, cr = cv2.split(full)
    through = cv2.bitwise_not(np.ascontiguousarray(alpha))
    return Layer(
        Planes(_bytes(y), _halved(_bytes(cv2.merge([cb, cr])))),
        _bytes(through),
        _halved(_bytes(through)),
    )


def shaded(given: Layer, dark: Pixels, shade: int = 32) -> Layer:
    """A layer with a shadow (0–255) of a neutral luma under it."""
    seen = cv2.multiply(dark, given.through_y, scale=1 / 255)
    half = _halved(_bytes(seen))
    grey = cv2.convertScaleAbs(half, alpha=128 / 255)
    return Layer(
        Planes(
            _bytes(cv2.add(given.over.y, cv2.convertScaleAbs(seen, alpha=shade / 255))),
            _bytes(cv2.add(given.over.uv, cv2.merge([grey, grey]))),
        ),
        _bytes(cv2.subtract(given.through_y, seen)),
        _bytes(cv2.subtract(given.through_uv, half)),
    )


def warped(picture: Planes, matrix: Matrix, size: Size) -> Planes:
    """A picture moved by `matrix` into a frame of `size`, at fractions of a pixel; what lies
    outside repeats the picture's edge."""
    return Planes(
        _moved(picture.y, matrix, size, cv2.BORDER_REPLICATE),
        _moved(picture.uv, _for_chroma(matrix), _half(size), cv2.BORDER_REPLICATE),
    )


def warped_layer(given: Layer, matrix: Matrix, size: Size) -> Layer:
    """A layer moved by `matrix` into one of `size`; outside it nothing is laid over."""
    chroma, half = _for_chroma(matrix), _half(size)
    return Layer(
        Planes(
            _moved(given.over.y, matrix, size, cv2.BORDER_CONSTANT),
            _moved(given.over.uv, chroma, half, cv2.BORDER_CONSTANT),
        ),
        _moved(given.through_y, matrix, size, cv2.BORDER_CONSTANT, 255),
        _moved(given.through_uv, chroma, half, cv2.BORDER_CONSTANT, 255),
    )


def lay(frame: Planes, given: Layer, x: int, y: int, *, opacity: float = 1.0) -> None:
    """Lay a layer over a frame, in place, with its corner at an even `x`, `y`; what reaches over
    the frame's edge is left out."""
    if x % 2 or y % 2:
        raise ValueError(f"a layer at an odd place: {x}, {y}")
    if opacity <= 0:
        return
    _lay(frame.y, given.over.y, given.through_y, x, y, opacity)
    _lay(frame.uv, given.over.uv, given.through_uv, x // 2, y // 2, opacity)


def mixed(first: Planes, second: Planes, share: float) -> Planes:
    """A mixture with `share` (0–1) of the second."""
    return Planes(
        np.asarray(cv2.addWeighted(first.y, 1 - share, second.y, share, 0), dtype=np.uint8),
        np.asarray(cv2.addWeighted(first.uv, 1 - share, second.uv, share, 0), dtype=np.uint8),
    )


def masked(first: Planes, second: Planes, mask: Pixels) -> Planes:
    """The second where `mask` (height × width) is 255, the first where it is 0."""
    half = _bytes(cv2.resize(mask, _half(first.size), interpolation=cv2.INTER_AREA))
    return Planes(_chosen(first.y, second.y, mask), _chosen(first.uv, second.uv, half))


def enlarged(picture: Planes, times: float) -> Planes:
    """A picture larger by `times`, to be warped from: sampled from it at any fraction of a pixel,
    bilinear interpolation neither softens nor shimmers."""
    size = Size(*(2 * round(side * times / 2) for side in picture.size))
    return Planes(
        np.asarray(cv2.resize(picture.y, size, interpolation=cv2.INTER_CUBIC), dtype=np.uint8),
        np.asarray(
            cv2.resize(picture.uv, _half(size), interpolation=cv2.INTER_CUBIC), dtype=np.uint8
        ),
    )


def _even(width: int, height: int) -> None:
    if width % 2 or height % 2:
        raise ValueError(f"an odd size: {width}×{height}")


def _half(size: Size) -> Size:
    return Size(size.width // 2, size.height // 2)


def _halved(full: Pixels) -> Pixels:
    half = Size(full.shape[1] // 2, full.shape[0] // 2)
    return _bytes(cv2.resize(full, half, interpolation=cv2.INTER_AREA))


def _bytes(found: Any) -> Pixels:
    """What OpenCV gives back, for which it has no type."""
    return np.asarray(found, dtype=np.uint8)


def _for_chroma(matrix: Matrix) -> Matrix:
    """The same map between places of chroma samples, whose centres lie between luma pixels."""
    linear, moved = matrix[:, :2], matrix[:, 2]
    # A chroma place c is the luma place 2c + ½.
    offset = (linear @ np.array([0.5, 0.5]) + moved - 0.5) / 2
    return np.column_stack([linear, offset])


def _moved(plane: Pixels, matrix: Matrix, size: Size, border: int, outside: float = 0) -> Pixels:
    return np.asarray(
        cv2.warpAffine(
            plane,
            matrix,
            size,
            flags=cv2.INTER_LINEAR,
            borderMode=border,
            borderValue=(outside,) * 4,
        ),
        dtype=np.uint8,
    )


def _lay(under: Pixels, over: Pixels, through: Pixels, x: int, y: int, opacity: float) -> None:
    top, left = max(0, y), max(0, x)
    bottom, right = min(under.shape[0], y + over.shape[0]), min(under.shape[1], x + over.shape[1])
    if bottom <= top or right <= left:
        return
    there = slice(top, bottom), slice(left, right)
    here = slice(top - y, bottom - y), slice(left - x, right - x)
    colours, holes = over[here], through[here]
    if opacity < 1:
        colours = _bytes(cv2.convertScaleAbs(colours, alpha=opacity))
        holes = _bytes(cv2.convertScaleAbs(holes, alpha=opacity, beta=255 * (1 - opacity)))
    if under.ndim == 3:
        holes = _bytes(cv2.merge([holes, holes]))
    seen = cv2.multiply(under[there], holes, scale=1 / 255)
    under[there] = cv2.add(seen, colours)


def _chosen(first: Pixels, second: Pixels, mask: Pixels) -> Pixels:
    share = mask.astype(np.float32) / 255
    return np.asarray(cv2.blendLinear(second, first, share, 1 - share), dtype=np.uint8)
