"""A cut-out set on a stage."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from zhanggui.studio.cutting import Cutout
from zhanggui.studio.manifest import Affine
from zhanggui.studio.pictures import Box, Pixels, Size
from zhanggui.studio.scenes import shadows
from zhanggui.studio.scenes.footing import Footing, find
from zhanggui.studio.scenes.glass import ground_colour, is_glass, seen_through
from zhanggui.studio.scenes.grading import grade, shade
from zhanggui.studio.scenes.placing import Placing, place
from zhanggui.studio.scenes.reflection import reflect
from zhanggui.studio.stages import Stage

_FINE = 0.5
"""Beneath this scale a bilinear warp skips pixels, so the frame is first halved by areas."""


@dataclass(frozen=True)
class Scene:
    """A finished scene: the picture, the frame's affine into it, the product's box and its mask
    (0–255), all in pixels of the picture."""

    picture: Pixels
    affine: Affine
    box: Box
    mask: Pixels


def compose(
    cutout: Cutout, stage: Stage, plate: Pixels, size: Size, *, seed: int, within: Box | None = None
) -> Scene:
    """Set a product on a stage, with its shadows, its reflection and the light it has there.

    `plate` is the stage's picture; `within` is where in the output the product is to be (a
    poster's place for it), by default the stage's safe area. The plate is mirrored when its light
    then agrees better with the product's own.
    """
    if light_leans(cutout) * stage.light.towards[0] < -_CLEAR:
        stage, plate = mirrored(stage), np.ascontiguousarray(plate[:, ::-1])
    footing = find(cutout)
    placing = place(stage, footing, size, within)
    rgb, alpha = laid(cutout, placing)
    ground = _lit_ground(stage, plate, placing, footing, rgb, alpha, clear=is_glass(cutout))
    product = grade(rgb, stage)
    if is_glass(cutout):
        product = seen_through(product, ground, ground_colour(cutout))
    ground = _grained(ground, max(stage.grain, noise(cutout)), seed)
    weight = alpha[..., None]
    picture = np.rint(product * weight + ground * (1 - weight)).astype(np.uint8)
    mask = np.rint(alpha * 255).astype(np.uint8)
    (a, b, c), (d, e, f) = placing.product.tolist()
    return Scene(picture, ((a, b, c), (d, e, f)), _bounds(mask), mask)


_CLEAR = 0.02
_BETWEEN = 2.4
_THROUGH_GLASS = 0.45


def light_leans(cutout: Cutout) -> float:
    """Which side the product is lit from: how much lighter its right half is than its left, by its
    mean lightness. Near 0 where its own pattern or an even light says nothing."""
    box = cutout.box
    part = cutout.rgb[box.top : box.bottom, box.left : box.right]
    inside = cutout.alpha[box.top : box.bottom, box.left : box.right] > 200
    if not inside.any():
        return 0.0
    luma = cv2.cvtColor(part, cv2.COLOR_RGB2GRAY).astype(np.float64)
    half = part.shape[1] // 2
    left, right = luma[:, :half][inside[:, :half]], luma[:, half:][inside[:, half:]]
    if not len(left) or not len(right):
        return 0.0
    return float((right.mean() - left.mean()) / max(luma[inside].mean(), 1.0))


def mirrored(stage: Stage) -> Stage:
    """The stage seen in a mirror that stands upright."""
    x, y, z = stage.light.towards
    left, top, right, bottom = stage.safe
    return stage.model_copy(
        update={
            "light": stage.light.model_copy(update={"towards": (-x, y, z)}),
            "stand": (1 - stage.stand[0], stage.stand[1]),
            "safe": (1 - right, top, 1 - left, bottom),
        }
    )


def laid(cutout: Cutout, placing: Placing) -> tuple[Pixels, NDArray[np.float32]]:
    """Colour and alpha (0–1) of the frame as they come into the picture."""
    rgb, alpha, matrix = cutout.rgb, cutout.alpha, placing.product
    while matrix[0, 0] < _FINE:
        small = (rgb.shape[1] // 2, rgb.shape[0] // 2)
        even = (slice(0, small[1] * 2), slice(0, small[0] * 2))
        rgb = _halved(rgb[even], small)
        alpha = _halved(alpha[even], small)
        # A pixel's middle lies half a pixel in: (x - 0.5) / 2 in the halved frame is x / 2 - 0.25.
        matrix = matrix @ np.array([[2, 0, 0.5], [0, 2, 0.5], [0, 0, 1]])
    flags = cv2.INTER_CUBIC if matrix[0, 0] > 1.05 else cv2.INTER_LINEAR
    size = placing.size
    colour = cv2.warpAffine(rgb, matrix, size, flags=flags, borderMode=cv2.BORDER_REPLICATE)
    shown = cv2.warpAffine(alpha, matrix, size, flags=cv2.INTER_LINEAR)
    return np.asarray(colour, np.uint8), np.asarray(shown / 255.0, np.float32)


def _halved(picture: Pixels, size: tuple[int, int]) -> Pixels:
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8)


def _lit_ground(
    stage: Stage,
    plate: Pixels,
    placing: Placing,
    footing: Footing,
    rgb: Pixels,
    alpha: NDArray[np.float32],
    *,
    clear: bool,
) -> Pixels:
    """The plate's crop with the product's shadows and reflection on it; what is `clear` keeps off
    only some of the light."""
    size = placing.size
    shrinks = placing.zoom < 0.75
    flags = cv2.INTER_AREA if shrinks else cv2.INTER_CUBIC
    ground = cropped(plate, placing, flags)
    if stage.kind in ("flat_lay", "hanging"):
        dark = shadows.lying(stage, alpha)
        return shade(ground, stage, dark, 0.25 * dark)
    thrown = shadows.cast(stage, placing, footing, alpha)
    if clear:
        thrown = _THROUGH_GLASS * thrown
    thrown = np.asarray(cv2.resize(thrown, size, interpolation=cv2.INTER_LINEAR), np.float32)
    near = shadows.contact(placing, footing, size)
    ground = shade(ground, stage, _on_podium(stage, placing, thrown), near)
    seen = reflect(stage, placing, footing, rgb, alpha)
    if seen is None:
        return ground
    mirror, share = seen
    weight = share[..., None]
    return np.rint(mirror * weight + ground * (1 - weight)).astype(np.uint8)


def cropped(plate: Pixels, placing: Placing, flags: int = cv2.INTER_CUBIC) -> Pixels:
    """The part of the plate that the picture shows, at the picture's size."""
    size, zoom = placing.size, placing.zoom
    if flags != cv2.INTER_AREA:
        return np.asarray(
            cv2.warpAffine(plate, placing.plate, size, flags=flags, borderMode=cv2.BORDER_REFLECT),
            np.uint8,
        )
    left, top = (round(-offset / zoom) for offset in placing.plate[:, 2])
    width, height = round(size.width / zoom), round(size.height / zoom)
    part = plate[max(top, 0) : top + height, max(left, 0) : left + width]
    return np.asarray(cv2.resize(part, size, interpolation=flags), np.uint8)


def _on_podium(stage: Stage, placing: Placing, thrown: NDArray[np.float32]) -> NDArray[np.float32]:
    """The cast shadow as far as a podium carries it: beyond its edge the floor lies deeper, and
    what arrives there is far out of focus. The top is taken as between a disc and a board."""
    if stage.podium is None:
        return thrown
    x, y = placing.stand
    across = stage.podium.width * stage.width * placing.zoom / 2
    down = (stage.podium.front - stage.stand[1]) * stage.height * placing.zoom
    columns = np.abs(np.arange(placing.size.width, dtype=np.float32) - x) / max(across, 1.0)
    rows = np.abs(np.arange(placing.size.height, dtype=np.float32) - y) / max(down, 1.0)
    reach = (columns[None, :] ** _BETWEEN + rows[:, None] ** _BETWEEN) ** (1 / _BETWEEN)
    keep = np.clip((1.0 - reach) * down / 3 + 0.5, 0.0, 1.0)
    return np.asarray(thrown * keep, np.float32)


def noise(cutout: Cutout) -> float:
    """The frame's grain in levels of 255: the median absolute difference of a pixel from the mean
    of its neighbours, inside the product (Immerkær's mask, 1996, made robust by the median)."""
    box = cutout.box
    part = cutout.rgb[box.top : box.bottom : 1, box.left : box.right]
    inside = cutout.alpha[box.top : box.bottom, box.left : box.right] > 250
    if np.count_nonzero(inside) < 100:
        return 0.0
    luma = cv2.cvtColor(part, cv2.COLOR_RGB2GRAY).astype(np.float32)
    mask = np.array([[1, -2, 1], [-2, 4, -2], [1, -2, 1]], np.float32)
    found = np.abs(cv2.filter2D(luma, cv2.CV_32F, mask))[inside]
    return float(np.median(found) / 0.6745 / 6)


def _grained(picture: Pixels, sigma: float, seed: int) -> Pixels:
    """The ground with the frame's grain, so that the product is not the only thing that has one."""
    if sigma < 0.4:
        return picture
    random = np.random.default_rng(seed)
    height, width = picture.shape[:2]
    # One tile, laid again: nobody sees where grain repeats, and a picture's worth costs ten times.
    tile = random.normal(0, min(sigma, 4.0), (256, 256)).astype(np.float32)
    whole = np.tile(tile, (-(-height // 256), -(-width // 256)))[:height, :width]
    return np.asarray(np.clip(np.rint(picture + whole[..., None]), 0, 255), np.uint8)


def _bounds(mask: Pixels) -> Box:
    seen = mask > 25
    if not seen.any():
        return Box(0, 0, 0, 0)
    rows, columns = np.flatnonzero(seen.any(axis=1)), np.flatnonzero(seen.any(axis=0))
    return Box(int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1)
