"""A background that a model drew, with the product put back from its own pixels.

A model for editing pictures is given an embedded scene and asked for other surroundings. Whatever
it did to the product is thrown away: where the product was moved a little, the drawn picture is
moved back under it; where it was moved far, turned or changed in shape, traces would look out
beside the real one, so the picture is refused.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from zhanggui.studio.likeness import ssim
from zhanggui.studio.pictures import Pixels
from zhanggui.studio.scenes.composing import Scene

FARTHEST = 0.04
"""How far the product may have been moved, by the picture's shorter side."""
LEAST_ALIKE = 0.55
"""Structural similarity of the drawn product and the real one under which its shape cannot be
trusted. What a model redraws in place has some 0.7 to 0.95, another product 0.1 to 0.3."""
MOST_LEFT = 0.10
"""How much of a rim about the product may look like the product still: its traces."""
_ERODED = np.ones((7, 7), np.uint8)
_RIM = 0.012
_PRINTED, _ENOUGH = 24.0, 300
_LEAST_OUTLINED = 0.6


@dataclass(frozen=True)
class Restored:
    """The scene with the product back in it, or None and why not (`moved`, `changed`, `traces`)."""

    scene: Scene | None
    alike: float
    why: str | None = None


def put_back(drawn: Pixels, before: Scene) -> Restored:
    """Put the product of `before`, the scene that the model was given, back into what it drew.

    Inside the mask the result is `before`, pixel for pixel; the affine stays.
    """
    height, width = before.mask.shape
    shrinks = drawn.shape[0] > height
    picture: Pixels = np.asarray(
        cv2.resize(
            drawn, (width, height), interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_CUBIC
        ),
        np.uint8,
    )
    moved = _moved(picture, before)
    if moved is None:
        return Restored(None, 0.0, "moved")
    picture = _moved_back(picture, moved)
    alike = ssim(picture, before.picture, _telling(before))
    if not alike >= LEAST_ALIKE or _outlined(picture, before) < _LEAST_OUTLINED:
        return Restored(None, alike, "changed")
    if _traces(picture, before) > MOST_LEFT:
        return Restored(None, alike, "traces")
    weight = before.mask[..., None].astype(np.float32) / 255
    whole = before.picture * weight + picture * (1 - weight)
    restored = Scene(np.rint(whole).astype(np.uint8), before.affine, before.box, before.mask)
    return Restored(restored, alike)


def _telling(before: Scene) -> NDArray[np.bool_]:
    """The pixels of the product that tell whether it is there: those with print and edges, since
    plain faces are alike wherever they are; all of a product that has hardly any."""
    inside = cv2.erode(before.mask, _ERODED) > 250
    marked = inside & (_edges(before.picture) > _PRINTED)
    return np.asarray(marked if np.count_nonzero(marked) >= _ENOUGH else inside, np.bool_)


def _outlined(picture: Pixels, before: Scene) -> float:
    """The share of the product's outline along which the drawn picture has an edge too, of that
    part where the real one has; 1 where the outline is nowhere strong enough to tell."""
    solid = (before.mask > 128).astype(np.uint8)
    outline = (cv2.dilate(solid, _round(2)) - cv2.erode(solid, _round(2))) > 0
    strong = outline & (_edges(before.picture) > _PRINTED)
    if np.count_nonzero(strong) < _ENOUGH:
        return 1.0
    near = cv2.dilate(_edges(picture), _round(3))
    return float((near[strong] > _PRINTED / 2).mean())


def _moved(drawn: Pixels, before: Scene) -> tuple[int, int] | None:
    """By how many pixels the drawn product lies to the right of and under the real one; None where
    it is not found near."""
    box = before.box
    reach = round(FARTHEST * min(before.mask.shape))
    product = _edges(before.picture)[box.top : box.bottom, box.left : box.right]
    mask = (before.mask[box.top : box.bottom, box.left : box.right] > 128).astype(np.float32)
    field = cv2.copyMakeBorder(_edges(drawn), reach, reach, reach, reach, cv2.BORDER_REPLICATE)[
        box.top : box.bottom + 2 * reach, box.left : box.right + 2 * reach
    ]
    scores = cv2.matchTemplate(field, product * mask, cv2.TM_CCORR_NORMED, mask=mask)
    best = np.unravel_index(int(np.argmax(scores)), scores.shape)
    down, right = int(best[0]) - reach, int(best[1]) - reach
    return None if max(abs(down), abs(right)) >= reach else (right, down)


def _edges(picture: Pixels) -> NDArray[np.float32]:
    """How strongly the luma changes: what stays when a model changes the light."""
    grey = cv2.GaussianBlur(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), (0, 0), 1.5)
    across = cv2.Sobel(grey, cv2.CV_32F, 1, 0)
    down = cv2.Sobel(grey, cv2.CV_32F, 0, 1)
    return np.asarray(cv2.magnitude(across, down), np.float32)


def _moved_back(picture: Pixels, moved: tuple[int, int]) -> Pixels:
    if moved == (0, 0):
        return picture
    matrix = np.array([[1.0, 0.0, -moved[0]], [0.0, 1.0, -moved[1]]])
    height, width = picture.shape[:2]
    return np.asarray(
        cv2.warpAffine(picture, matrix, (width, height), borderMode=cv2.BORDER_REFLECT), np.uint8
    )


def _traces(picture: Pixels, before: Scene) -> float:
    """The share of a rim outside the product that has the colours of its edge and not of the ground
    further out: where the drawn product is larger than the real one."""
    rim = max(round(_RIM * min(before.mask.shape)), 3)
    solid = (before.mask > 40).astype(np.uint8)
    near = cv2.dilate(solid, _round(rim)) - cv2.dilate(solid, _round(2))
    if not near.any():
        return 0.0
    # For each pixel of the rim: the product's colour nearest to it, and the ground's.
    product = _spread(before.picture, cv2.erode(solid, _round(2)) > 0, 3 * rim)
    ground = _spread(picture, cv2.dilate(solid, _round(2 * rim)) == 0, 3 * rim)
    lab = cv2.cvtColor(picture, cv2.COLOR_RGB2LAB).astype(np.float32)
    to_product = np.linalg.norm(lab - product, axis=2)[near > 0]
    to_ground = np.linalg.norm(lab - ground, axis=2)[near > 0]
    apart = np.linalg.norm(product - ground, axis=2)[near > 0]
    # Where product and ground look alike nobody sees a trace.
    seen = apart > 20
    return float(((to_product < 0.4 * to_ground) & seen).mean())


def _round(radius: int) -> NDArray[np.uint8]:
    return np.asarray(
        cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * radius + 1, 2 * radius + 1)), np.uint8
    )


def _spread(picture: Pixels, known: NDArray[np.bool_], reach: int) -> NDArray[np.float32]:
    """The Lab colours of the known pixels, carried outwards by weighed blurring."""
    lab = cv2.cvtColor(picture, cv2.COLOR_RGB2LAB).astype(np.float32)
    weight = known.astype(np.float32)
    summed = cv2.GaussianBlur(lab * weight[..., None], (0, 0), reach / 2)
    counted = cv2.GaussianBlur(weight, (0, 0), reach / 2)
    return np.asarray(summed / np.maximum(counted, 1e-4)[..., None], np.float32)
