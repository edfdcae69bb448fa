"""Shapes as signed distances over arrays of points (N × 3, float32, one unit is ten centimetres).

Profiles are drawn as polylines, baked into a distance grid once, and then turned, swept or
extruded: a lookup costs the same however fine the curve.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float32]
Scalars = NDArray[np.float32]
Distance = Callable[[Points], Scalars]


@dataclass(frozen=True)
class Material:
    """How a surface looks: its colour (linear RGB, or one per point), gloss and relief."""

    colour: Callable[[Points, Points], Points]
    gloss: float = 1.0
    blur: float = 0.12
    relief: Callable[[Points], Scalars] | None = None
    relief_size: float = 0.0
    sheen: float = 0.0


@dataclass(frozen=True)
class Shape:
    """A solid: its distance, its bounding sphere, what it is made of."""

    distance: Distance
    centre: tuple[float, float, float]
    radius: float
    material: Material
    place: NDArray[np.float32] = field(default_factory=lambda: np.eye(3, 4, dtype=np.float32))

    def local(self, points: Points) -> Points:
        """World points in the shape's own space."""
        moved = points - self.place[:, 3]
        return (moved @ self.place[:, :3]).astype(np.float32)

    def world_centre(self) -> NDArray[np.float32]:
        """The centre of the bounding sphere in the world."""
        own = np.asarray(self.centre, dtype=np.float32)
        return (self.place[:, :3] @ own + self.place[:, 3]).astype(np.float32)

    def at(
        self,
        x: float = 0,
        y: float = 0,
        z: float = 0,
        turn: float = 0,
        tilt: float = 0,
        roll: float = 0,
    ) -> Shape:
        """Turned about the vertical, tilted about x and rolled about z (degrees), then moved."""
        a, b, c = np.radians([turn, tilt, roll])
        about_y = np.array([[np.cos(a), 0, np.sin(a)], [0, 1, 0], [-np.sin(a), 0, np.cos(a)]])
        about_x = np.array([[1, 0, 0], [0, np.cos(b), -np.sin(b)], [0, np.sin(b), np.cos(b)]])
        about_z = np.array([[np.cos(c), -np.sin(c), 0], [np.sin(c), np.cos(c), 0], [0, 0, 1]])
        turned = about_y @ about_x @ about_z
        place = np.concatenate([turned, [[x], [y], [z]]], axis=1).astype(np.float32)
        whole = np.eye(4, dtype=np.float32)
        whole[:3] = self.place
        return replace(self, place=(place @ whole).astype(np.float32))


@dataclass(frozen=True)
class Grid:
    """A distance field over a rectangle, looked up bilinearly; outside it, the edge plus the way
    to the edge."""

    values: Scalars
    low: tuple[float, float]
    step: float

    def __call__(self, u: Scalars, v: Scalars) -> Scalars:
        rows, columns = self.values.shape
        x, y = (u - self.low[0]) / self.step, (v - self.low[1]) / self.step
        cx, cy = np.clip(x, 0, columns - 1.001), np.clip(y, 0, rows - 1.001)
        out = np.hypot(x - cx, y - cy) * self.step
        i, j = cx.astype(np.int32), cy.astype(np.int32)
        fx, fy = cx - i, cy - j
        flat, base = self.values.ravel(), j * columns + i
        top = flat[base] * (1 - fx) + flat[base + 1] * fx
        bottom = flat[base + columns] * (1 - fx) + flat[base + columns + 1] * fx
        return (top * (1 - fy) + bottom * fy + out).astype(np.float32)


def curve(points: list[tuple[float, float]], count: int = 48) -> NDArray[np.float64]:
    """A smooth line (Catmull-Rom) through `points`, as many-pointed polyline."""
    p = np.asarray(points, dtype=np.float64)
    p = np.concatenate([[2 * p[0] - p[1]], p, [2 * p[-1] - p[-2]]])
    pieces = []
    for i in range(1, len(p) - 2):
        t = np.linspace(0, 1, count // (len(p) - 3) + 2)[:-1, None]
        a, b, c, d = p[i - 1 : i + 3]
        pieces.append(
            0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2
                   + (3 * b - a - 3 * c + d) * t**3)
        )  # fmt: skip
    return np.concatenate([*pieces, p[-2][None]])


def bake(
    line: NDArray[np.float64], thickness: float | NDArray[np.float64] = 0.0, filled: bool = False,
    step: float = 0.006, margin: float = 0.25,
) -> Grid:  # fmt: skip
    """The distance to a polyline with thickness (half of it, per vertex), or, when `filled`, to
    the area it encloses, grown by the thickness of the first vertex."""
    half = np.broadcast_to(np.asarray(thickness, dtype=np.float64), (len(line),))
    low, high = line.min(axis=0) - margin, line.max(axis=0) + margin
    u, v = np.arange(low[0], high[0], step), np.arange(low[1], high[1], step)
    grid_u, grid_v = np.meshgrid(u, v)
    best = np.full(grid_u.shape, 1e9)
    inside = np.zeros(grid_u.shape, dtype=bool)
    ends = np.roll(line, -1, axis=0) if filled else line[1:]
    for k, (a, b) in enumerate(zip(line, ends, strict=False)):
        ab = b - a
        length = float(ab @ ab) or 1e-12
        t = np.clip(((grid_u - a[0]) * ab[0] + (grid_v - a[1]) * ab[1]) / length, 0, 1)
        away = np.hypot(grid_u - a[0] - t * ab[0], grid_v - a[1] - t * ab[1])
        wall = 0.0 if filled else half[k] * (1 - t) + half[(k + 1) % len(line)] * t
        best = np.minimum(best, away - wall)
        if filled:
            crosses = (a[1] > grid_v) != (b[1] > grid_v)
            at = a[0] + (grid_v - a[1]) * ab[0] / (ab[1] or 1e-12)
            inside ^= crosses & (grid_u < at)
    values = np.where(inside, -best, best) - half[0] if filled else best
    return Grid(values.astype(np.float32), (float(low[0]), float(low[1])), step)


def turned(
    profile: Grid, material: Material, radius: float, height: float,
    lobes: int = 0, depth: float = 0.0, from_height: float = 0.0,
) -> Shape:  # fmt: skip
    """A profile in (radius, height) turned on the wheel, its wall pressed into `lobes`."""

    def distance(p: Points) -> Scalars:
        r = np.hypot(p[:, 0], p[:, 2])
        if not lobes:
            return profile(r, p[:, 1])
        angle = np.arctan2(p[:, 2], p[:, 0])
        share = np.clip((p[:, 1] - from_height) / max(height - from_height, 1e-3), 0, 1)
        wave = np.sqrt(np.cos(angle * lobes / 2) ** 2 + 0.02) - 0.62
        return profile(r / (1 + depth * wave * share * share), p[:, 1]) * np.float32(0.85)

    reach = float(np.hypot(radius, height / 2)) * 1.04 + 0.03
    return Shape(distance, (0, height / 2, 0), reach, material)


def swept(line: Grid, tube: float, material: Material, reach: float, flat: float = 1.0) -> Shape:
    """A tube along a line in the xy plane; `flat` > 1 makes it a band along z."""

    def distance(p: Points) -> Scalars:
        away = line(p[:, 0], p[:, 1])
        side = p[:, 2] / flat
        return (np.hypot(away, side) - tube).astype(np.float32)

    return Shape(distance, (0, 0, 0), reach, material)


def slab(
    outline: Grid, height: float, rounding: float, material: Material, reach: float,
    swell: Callable[[Points], Scalars] | None = None,
) -> Shape:  # fmt: skip
    """An outline in (x, z) lying on the ground, `height` thick, with soft edges; `swell` lifts
    its upper side."""

    def distance(p: Points) -> Scalars:
        top = height if swell is None else height + swell(p)
        side = outline(p[:, 0], p[:, 2]) + rounding
        up = np.abs(p[:, 1] - top / 2) - top / 2 + rounding
        outside = np.hypot(np.maximum(side, 0), np.maximum(up, 0))
        d = outside + np.minimum(np.maximum(side, up), 0) - rounding
        return (d * (0.7 if swell else 1.0)).astype(np.float32)

    return Shape(distance, (0, height / 2, 0), reach, material)


def box(size: tuple[float, float, float], rounding: float, material: Material) -> Shape:
    """A box of half sizes `size` standing on the ground."""
    half = np.asarray(size, dtype=np.float32) - rounding

    def distance(p: Points) -> Scalars:
        q = np.abs(p - np.float32([0, size[1], 0])) - half
        outside = np.sqrt((np.maximum(q, 0) ** 2).sum(axis=1))
        return (outside + np.minimum(q.max(axis=1), 0) - rounding).astype(np.float32)

    reach = float(np.linalg.norm(size))
    return Shape(distance, (0, size[1], 0), reach, material)


def rod(
    a: tuple[float, float, float], b: tuple[float, float, float], ra: float, rb: float,
    material: Material,
) -> Shape:  # fmt: skip
    """A round stick from `a` to `b`, `ra` thick at one end and `rb` at the other."""
    start, way = np.float32(a), np.float32(b) - np.float32(a)
    length = float(way @ way)

    def distance(p: Points) -> Scalars:
        t = np.clip((p - start) @ way / length, 0, 1)
        away = np.linalg.norm(p - start - t[:, None] * way, axis=1)
        return (away - (ra * (1 - t) + rb * t)).astype(np.float32)

    middle = tuple(float(x) for x in start + way / 2)
    return Shape(distance, middle, length**0.5 / 2 + max(ra, rb), material)


def joined(*shapes: Shape, blend: float = 0.05) -> Shape:
    """Shapes melted into one another like clay; the first one's material covers all."""

    def distance(p: Points) -> Scalars:
        whole = shapes[0].distance(shapes[0].local(p))
        for other in shapes[1:]:
            d = other.distance(other.local(p))
            h = np.clip(0.5 + 0.5 * (whole - d) / blend, 0, 1)
            whole = whole * (1 - h) + d * h - blend * h * (1 - h)
        return whole.astype(np.float32)

    return _around(shapes, distance)


def carved(body: Shape, hole: Shape) -> Shape:
    """`body` without what `hole` takes out of it."""

    def distance(p: Points) -> Scalars:
        return np.maximum(body.distance(body.local(p)), -hole.distance(hole.local(p)))

    return Shape(distance, tuple(map(float, body.world_centre())), body.radius, body.material)


def _around(shapes: tuple[Shape, ...], distance: Distance) -> Shape:
    centre = np.mean([shape.world_centre() for shape in shapes], axis=0)
    radius = max(float(np.linalg.norm(s.world_centre() - centre)) + s.radius for s in shapes)
    return Shape(distance, tuple(map(float, centre)), radius, shapes[0].material)
