"""Forms that several goods share: bowls, plates, cups, sticks, sprigs."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from drawing.paint import glaze, plain, tone, wood
from drawing.space import Material, Points, Scalars, Shape, bake, curve, rod, swept, turned

CREAM, CELADON, BRICK, MIST = "f1ebde", "b9c8b8", "b06a4f", "8fa2ae"


def both(first: Shape, second: Shape) -> Shape:
    """Two shapes about the same axis as one, each as sharp as it is."""

    def distance(p: Points) -> Scalars:
        return np.minimum(first.distance(first.local(p)), second.distance(second.local(p))).astype(
            np.float32
        )

    return Shape(distance, first.centre, max(first.radius, second.radius), first.material)


def stretched(shape: Shape, x: float) -> Shape:
    """A shape drawn out along x: what was round becomes oval."""

    def distance(p: Points) -> Scalars:
        return shape.distance((p / np.float32([x, 1, 1])).astype(np.float32))

    def paint(p: Points, normals: Points) -> Points:
        return shape.material.colour((p / np.float32([x, 1, 1])).astype(np.float32), normals)

    material = replace(shape.material, colour=paint)
    return Shape(distance, shape.centre, shape.radius * x, material)


def bowl(
    radius: float, height: float, material: Material, *, foot: float = 0.45, wall: float = 0.034,
    lobes: int = 0, depth: float = 0.0, belly: float = 0.93,
) -> Shape:  # fmt: skip
    """An open bowl on a turned foot."""
    r, f = radius, radius * foot
    line = curve(
        [(0, 0.12 * height), (f * 0.7, 0.125 * height), (r * 0.72, height * 0.35),
         (r * belly, height * 0.7), (r, height)]
    )  # fmt: skip
    share = np.linspace(0, 1, len(line))
    thick = np.interp(share, [0, 0.5, 0.92, 1], [wall * 1.4, wall, wall * 0.7, wall * 0.5])
    body = turned(bake(line, thick), material, r, height, lobes, depth, height * 0.35)
    ring = turned(
        bake(np.array([[f, 0.13 * height], [f * 0.96, 0.018]]), 0.022), material, r, height
    )
    return both(body, ring)


def plate(
    radius: float, height: float, material: Material, *, lobes: int = 0, depth: float = 0.0
) -> Shape:
    """A shallow plate whose wall turns up."""
    r = radius
    line = curve(
        [(0, 0.06), (r * 0.55, 0.06), (r * 0.78, 0.075), (r * 0.92, height * 0.6), (r, height)]
    )
    thick = np.interp(np.linspace(0, 1, len(line)), [0, 0.7, 1], [0.032, 0.03, 0.02])
    body = turned(bake(line, thick), material, r, height, lobes, depth)
    ring = turned(bake(np.array([[r * 0.55, 0.05], [r * 0.54, 0.016]]), 0.018), material, r, height)
    return both(body, ring)


def cup(
    radius: float, height: float, material: Material, *, taper: float = 0.9, wall: float = 0.03
) -> Shape:
    """A straight cup, narrower at the bottom, softly rounded there."""
    r, b = radius, radius * taper
    line = curve(
        [
            (0, 0.05),
            (b * 0.8, 0.05),
            (b * 0.97, 0.1),
            (b + (r - b) * 0.3, height * 0.35),
            (r, height),
        ]
    )
    thick = np.interp(np.linspace(0, 1, len(line)), [0, 0.9, 1], [wall * 1.3, wall, wall * 0.6])
    return turned(bake(line, thick), material, r, height)


def ear(
    points: list[tuple[float, float]], tube: float, material: Material, flat: float = 1.3
) -> Shape:
    """A handle along a curve in the xy plane."""
    reach = max(float(np.hypot(x, y)) for x, y in points) + tube * 2
    return swept(bake(curve(points, 40)), tube, material, reach, flat)


def liquid(radius: float, height: float, colour: str) -> Shape:
    """What is in a cup: a flat disc."""
    deep = tone(colour)

    def paint(p: Points, normals: Points) -> Points:
        shallow = (np.hypot(p[:, 0], p[:, 2]) / radius) ** 3
        return (deep * (0.75 + 0.75 * shallow)[:, None]).astype(np.float32)

    material = Material(paint, gloss=2.2, blur=0.3)
    return turned(bake(np.array([[0, height], [radius, height]]), 0.012), material, radius, height)


def chopstick(
    a: tuple[float, float, float], b: tuple[float, float, float], material: Material | None = None
) -> Shape:
    """A stick from its thick end `a` to its tip `b`."""
    return rod(a, b, 0.042, 0.022, material or wood("6b4630", "3a2216", along=2, rings=14))


def sprig(x: float, y: float, z: float, seed: int, leaf: str, height: float = 1.3) -> list[Shape]:
    """A twig with leaves in pairs, standing at a point."""
    rng = np.random.default_rng(seed)
    bark, green = plain("6a5540"), plain(leaf, gloss=0.25, blur=0.5, vary=0.25)
    shapes, here = [], np.array([x, y, z], dtype=float)
    way = np.array([0.12 + 0.1 * rng.normal(), 1.0, 0.05])
    steps = 7
    for k in range(steps):
        way += np.array([0.16 * rng.normal() + 0.05, 0.1, 0.12 * rng.normal()])
        after = here + way / np.linalg.norm(way) * height / steps
        thick = 0.022 * (1 - 0.09 * k)
        shapes.append(rod(tuple(here), tuple(after), thick, thick * 0.9, bark))
        if k >= 2:
            for hand in (-1, 1):
                out = np.array(
                    [
                        hand * 0.75 + 0.25 * rng.normal(),
                        0.5 + 0.25 * rng.normal(),
                        0.6 * rng.normal(),
                    ]
                )
                shapes.append(
                    _leaf(
                        after,
                        out / np.linalg.norm(out),
                        (0.19 + 0.06 * rng.random()) * height**0.7,
                        green,
                    )
                )
        here = after
    return shapes


def _leaf(start: np.ndarray, way: np.ndarray, size: float, material: Material) -> Shape:
    """A flat, pointed leaf along `way`."""
    side = np.cross(way, [0.2, 0.3, 1.0])
    side /= np.linalg.norm(side)
    face = np.cross(way, side)
    middle = start + way * size * 0.55

    def distance(p: Points) -> Scalars:
        q = p - middle.astype(np.float32)
        along, across = q @ way.astype(np.float32), q @ side.astype(np.float32)
        up = q @ face.astype(np.float32) + along**2 * 0.5
        half = size * 0.5
        width = size * 0.26 * np.clip(1 - (along / half) ** 2, 0, 1)
        flat = np.hypot(np.maximum(np.abs(across) - width, 0), np.maximum(np.abs(along) - half, 0))
        return (np.hypot(flat, np.maximum(np.abs(up) - 0.006, 0)) * 0.7 - 0.006).astype(np.float32)

    return Shape(distance, tuple(float(v) for v in middle), size * 0.72, material)


def porcelain(
    colour: str = CREAM, *, rim: str | None = None, height: float = 1.0, width: float = 0.016
) -> Material:
    """The shop's white-ware glaze in one of its colours, with a thin rim where asked."""
    pool = 0.06 if colour == CREAM else 0.2
    return glaze(
        colour,
        rim=rim,
        rim_height=height,
        rim_width=width,
        foot_height=0.03,
        pool=pool,
        foot="d8c6ab",
    )


def stoneware(
    colour: str, spots: float = 0.1, rim: str | None = None, height: float = 1.0
) -> Material:
    """Coarse clay under a satin glaze, iron spots coming through."""
    return glaze(
        colour, spots=spots, rim=rim, rim_height=height, rim_width=0.03, foot="9d7a5c",
        foot_height=0.09, gloss=0.55, blur=0.35, vary=0.12,
    )  # fmt: skip
