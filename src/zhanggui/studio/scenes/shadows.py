"""Shadows of a standing product: the one it casts along the light, and the dark where it touches.

The product is taken as its silhouette in some depth: slices that stand behind and before its
middle, narrower the further out, as a round body's are. Each is thrown along the key light onto the
floor, and above the floor line onto the wall behind it, by the perspective of the stage's camera.
What is higher up is blurred more: the penumbra at a height `a` is as wide as `a` seen under the
light's angle. All of this is soft, so it is computed at a quarter of the picture's size.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from zhanggui.studio.pictures import Size
from zhanggui.studio.scenes.footing import Footing
from zhanggui.studio.scenes.placing import Placing
from zhanggui.studio.stages import Stage

Mask = NDArray[np.float32]

SHRINK = 4
_BANDS = (0.0, 0.06, 0.16, 0.34, 0.62, 1.0)
"""Heights at which the silhouette is parted; each part has a penumbra of its own."""
_SLICES = tuple(
    (math.sin(angle), math.cos(angle)) for angle in np.radians(np.linspace(-72, 72, 7)).tolist()
)
"""Depth by half the product's depth, and the slice's width by its whole width: a circle's."""
_DEPTH = 0.5
"""How deep a product is taken to be, by its base's width."""
_LOWEST = 0.14
"""The least height of the light, as the sine of its angle: beneath, shadows have no end."""


@dataclass(frozen=True)
class Camera:
    """The stage's camera in the output's pixels: `focal`, the picture's middle on its axis, how far
    it looks down; the floor lies one unit under it."""

    focal: float
    middle: tuple[float, float]
    pitch: float

    @classmethod
    def of(cls, stage: Stage, placing: Placing) -> Camera:
        """The camera that rendered the plate, as the crop shows it."""
        focal = stage.height / 2 / math.tan(math.radians(stage.fov) / 2) * placing.zoom
        middle = placing.plate @ np.array([stage.width / 2, stage.height / 2, 1.0])
        return cls(focal, (float(middle[0]), float(middle[1])), math.radians(stage.pitch))

    @property
    def up(self) -> NDArray[np.float64]:
        """The world's up in the camera's axes."""
        return np.array([0.0, math.cos(self.pitch), math.sin(self.pitch)])

    @property
    def away(self) -> NDArray[np.float64]:
        """Along the floor, away from the camera."""
        return np.array([0.0, math.sin(self.pitch), -math.cos(self.pitch)])

    def ray(self, x: float, y: float) -> NDArray[np.float64]:
        """From the camera through a pixel."""
        return np.array([(x - self.middle[0]) / self.focal, (self.middle[1] - y) / self.focal, -1])

    def on_floor(self, x: float, y: float) -> NDArray[np.float64]:
        """The floor's point under a pixel; a pixel above the horizon is taken as just beneath."""
        ray = self.ray(x, y)
        return ray * (-1.0 / min(float(ray @ self.up), -1e-3))

    def seen(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """The pixels of points (n × 3); what lies behind the camera is put far off."""
        far = np.minimum(points[:, 2], -1e-3)
        x = self.middle[0] - self.focal * points[:, 0] / far
        y = self.middle[1] + self.focal * points[:, 1] / far
        return np.stack([x, y], axis=1)


def cast(stage: Stage, placing: Placing, footing: Footing, alpha: Mask) -> Mask:
    """How much of the key light the product keeps from each pixel (0–1), at :data:`SHRINK`.

    `alpha` is the product as laid into the picture, 0–1, at full size.
    """
    small = Size(-(-placing.size.width // SHRINK), -(-placing.size.height // SHRINK))
    camera = Camera.of(stage, placing)
    silhouette: Mask = np.asarray(cv2.resize(alpha, small, interpolation=cv2.INTER_AREA))
    floor_y = float(placing.product[1] @ [0, stage_floor(footing), 1.0])
    top = float(placing.product[1] @ [0, footing.box.top, 1.0])
    tall = max(floor_y - top, 1.0)
    wall = _wall_mask(stage, placing, small)
    light = np.ones((small.height, small.width), np.float32)
    for low, high in pairwise(_BANDS):
        band = _band(silhouette, floor_y / SHRINK, tall / SHRINK, low, high)
        if not band.any():
            continue
        thrown = np.zeros_like(band)
        for quad, onto, is_wall in _throws(stage, camera, placing, footing, (low, high), tall):
            part = cv2.warpPerspective(band, cv2.getPerspectiveTransform(quad, onto), small)
            thrown = np.maximum(thrown, part * (wall if is_wall else 1 - wall))
        sigma = _penumbra(stage, (low + high) / 2 * tall) / SHRINK
        light *= 1 - cv2.GaussianBlur(thrown, (0, 0), max(sigma, 0.6))
    return np.asarray(1 - light, np.float32)


def stage_floor(footing: Footing) -> float:
    """The frame's row at which the middle of the base touches the floor."""
    return footing.box.bottom - footing.depth


def _penumbra(stage: Stage, height: float) -> float:
    """The blur's sigma in pixels for what is `height` pixels above the floor: a uniform disc's
    spread is half its radius."""
    towards = np.array(stage.light.towards)
    sine = max(float(towards @ _up(stage)), _LOWEST)
    return 0.5 * height / sine * math.tan(math.radians(max(stage.light.softness, 0.5)))


def _up(stage: Stage) -> NDArray[np.float64]:
    pitch = math.radians(stage.pitch)
    return np.array([0.0, math.cos(pitch), math.sin(pitch)])


def _band(silhouette: Mask, floor: float, tall: float, low: float, high: float) -> Mask:
    """The part of the silhouette between two heights; the lowest reaches below the floor's line,
    for a round base's front does."""
    band = np.zeros_like(silhouette)
    top = max(round(floor - high * tall), 0)
    bottom = round(floor - low * tall) if low > 0 else silhouette.shape[0]
    band[top : max(bottom, top)] = silhouette[top : max(bottom, top)]
    return band


def _throws(
    stage: Stage,
    camera: Camera,
    placing: Placing,
    footing: Footing,
    heights: tuple[float, float],
    tall: float,
) -> Iterator[tuple[NDArray[np.float32], NDArray[np.float32], bool]]:
    """For each slice, four points of the silhouette and where the light throws them: onto the
    floor, and onto the wall that stands at the floor line."""
    left = float(placing.product[0] @ [footing.box.left, 0, 1.0])
    right = float(placing.product[0] @ [footing.box.right, 0, 1.0])
    floor_y = placing.stand[1]
    base = camera.on_floor(placing.stand[0], floor_y)
    per_unit = camera.focal / -base[2]
    deep = _DEPTH * footing.base_width * placing.product[0, 0] / per_unit / 2
    towards = np.array(stage.light.towards)
    wall = _wall_distance(stage, camera, placing)
    corners = [(x, a) for a in heights for x in (left, right)]
    quad = np.array([(x / SHRINK, (floor_y - a * tall) / SHRINK) for x, a in corners], np.float32)
    for depth, narrowed in _SLICES:
        points = np.array(
            [
                base
                + np.array([narrowed * (x - placing.stand[0]) / per_unit, 0.0, 0.0])
                + camera.up * (a * tall / per_unit / math.cos(camera.pitch))
                + camera.away * (depth * deep)
                for x, a in corners
            ]
        )
        for is_wall in (False, True):
            hit = _onto(points, towards, camera, wall if is_wall else None)
            if hit is not None:
                yield quad, (camera.seen(hit) / SHRINK).astype(np.float32), is_wall


def _onto(
    points: NDArray[np.float64],
    towards: NDArray[np.float64],
    camera: Camera,
    wall: float | None,
) -> NDArray[np.float64] | None:
    """Where rays from the light through the points meet the floor, or the wall at a distance."""
    if wall is None:
        sine = max(float(towards @ camera.up), _LOWEST)
        heights = points @ camera.up + 1
        return points - heights[:, None] / sine * towards
    slope = float(-towards @ camera.away)
    if slope < 0.05:  # The light comes from behind the wall or along it.
        return None
    behind = wall - points @ camera.away
    if np.any(behind <= 0):
        return None
    return points - behind[:, None] / slope * towards


def _wall_distance(stage: Stage, camera: Camera, placing: Placing) -> float:
    """How far along the floor its far end is."""
    x, y = placing.plate @ np.array([stage.width / 2, stage.floor_line * stage.height, 1.0])
    return float(camera.on_floor(float(x), float(y)) @ camera.away)


def _wall_mask(stage: Stage, placing: Placing, small: Size) -> Mask:
    """1 above the floor line, 0 beneath, softly parted as a sweep's bend is."""
    line = (placing.plate[1] @ [0, stage.floor_line * stage.height, 1.0]) / SHRINK
    rows = np.arange(small.height, dtype=np.float32)
    column = np.clip((line - rows) / 6 + 0.5, 0, 1)
    return np.repeat(column[:, None], small.width, axis=1).astype(np.float32)


def contact(placing: Placing, footing: Footing, size: Size) -> Mask:
    """How much of all light is kept off by nearness (0–1), at full size: a fine line where the
    product touches, and a wide dimness under and about its base."""
    scale = float(placing.product[0, 0])
    base = footing.base_width * scale
    shade = np.zeros((size.height, size.width), np.float32)
    line = np.zeros_like(shade)
    thickness = max(0.008 * base, 1.0)
    for x, row, touch in _touching(placing, footing):
        if 0 <= x < size.width and touch > 0.02:
            first, last = round(row - 2 * thickness), round(row + thickness)
            line[max(first, 0) : max(last, 0), x] = touch
    depth = max(footing.depth * scale, 0.05 * base)
    centre = (round(placing.stand[0]), round(placing.stand[1] + 0.35 * depth))
    axes = (max(round(0.5 * base), 1), max(round(0.8 * depth), 1))
    cv2.ellipse(shade, centre, axes, 0, 0, 360, 1.0, -1, cv2.LINE_AA)
    near = cv2.GaussianBlur(line, (0, 0), max(0.5 * thickness, 0.8))
    middle = cv2.GaussianBlur(line, (0, 0), max(0.02 * base, 1.5))
    wide = _blurred(shade, max(0.09 * base, 2.0))
    lit = (1 - 0.72 * near) * (1 - 0.5 * middle) * (1 - 0.45 * wide)
    return np.asarray(1 - lit, np.float32)


def _touching(placing: Placing, footing: Footing) -> Iterator[tuple[int, float, float]]:
    """Each output column of the base: where the floor is met and how far the product touches."""
    scale, offset = float(placing.product[0, 0]), placing.product[:, 2]
    xs = footing.columns * scale + offset[0]
    columns = np.arange(math.floor(xs[0]), math.ceil(xs[-1]) + 1)
    rows = np.interp(columns, xs, footing.floor * scale + offset[1])
    touches = np.interp(columns, xs, footing.contact)
    yield from zip(columns.tolist(), rows.tolist(), touches.tolist(), strict=True)


def _blurred(mask: Mask, sigma: float) -> Mask:
    """A wide blur, computed on a smaller copy."""
    shrink = max(int(sigma / 3), 1)
    height, width = mask.shape
    small = cv2.resize(
        mask, (-(-width // shrink), -(-height // shrink)), interpolation=cv2.INTER_AREA
    )
    small = cv2.GaussianBlur(small, (0, 0), sigma / shrink)
    return np.asarray(
        cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR), np.float32
    )


def lying(stage: Stage, alpha: Mask) -> Mask:
    """The shadow of what lies on a table seen from above, or hangs before a wall (0–1, full size):
    the silhouette moved away from the light, once close and once further off, over a fine edge."""
    towards = np.array(stage.light.towards)
    lean = towards[:2] / max(float(towards[2]), 0.35)
    extent = float(np.sqrt(np.count_nonzero(alpha > 0.5)))
    off = {"hanging": 0.05}.get(stage.kind, 0.025) * extent
    soft = math.tan(math.radians(max(stage.light.softness, 1.0)))
    light = np.ones_like(alpha)
    for share, strength in ((0.35, 0.5), (1.0, 0.6)):
        move = np.array([[1, 0, -lean[0] * off * share], [0, 1, lean[1] * off * share]])
        moved: Mask = np.asarray(cv2.warpAffine(alpha, move, alpha.shape[::-1]))
        light *= 1 - strength * _blurred(moved, max(off * share * (0.35 + soft), 1.0))
    return np.asarray(1 - light, np.float32)
