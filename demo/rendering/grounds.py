"""What products stand before: a light box in white or grey, and a desk full of things."""

from __future__ import annotations

from typing import Any

import mitsuba as mi
import numpy as np

from demo.rendering import surfaces
from demo.rendering.forms import Form, block, curve, lathe, sheet, sweep
from demo.rendering.scene import Part, Shot, _mesh, cloth, coat

T = mi.ScalarTransform4f


def _lamp(x: float, y: float, z: float, size: float, power: float, reach: float) -> dict[str, Any]:
    """A soft box at a place in units of `reach`, turned to the product."""
    return {
        "type": "rectangle",
        "to_world": T().look_at(
            origin=[x * reach, y * reach, z * reach], target=[0, 0.3 * reach, 0], up=[0, 1, 0.01]
        )
        @ T().scale(size * reach),
        "emitter": {"type": "area", "radiance": {"type": "rgb", "value": power}},
    }


def _sweep_behind(reach: float, depth: float = 2.2) -> Form:
    """A floor that bends up into a wall: no horizon."""
    bend = np.linspace(0, np.pi / 2, 24)
    radius = 1.6 * reach
    z = np.concatenate([[8 * reach], -depth * reach - radius * np.sin(bend)])
    y = np.concatenate([[0], radius * (1 - np.cos(bend))])
    z, y = np.append(z, z[-1]), np.append(y, 12 * reach)
    x = np.linspace(-14 * reach, 14 * reach, 3)
    rows = [np.stack([x, np.full(3, b), np.full(3, a)], axis=1) for a, b in zip(z, y, strict=True)]
    return sheet(np.array(rows))


def box_of_light(shot: Shot, *, tone: float = 0.9, ambient: float = 0.55) -> dict[str, Any]:
    """A seamless ground of one tone under two soft boxes, the key from the upper left."""
    reach = max(shot.height, 2 * shot.radius)
    floor = Part(_sweep_behind(reach), cloth((tone, tone, tone * 0.997)))
    return {
        "ground": _mesh(floor, 0, floor.bsdf),
        "sky": {"type": "constant", "radiance": {"type": "rgb", "value": ambient}},
        "key": _lamp(-1.9, 2.6, 2.0, 0.75, 4.6, reach),
        "fill": _lamp(2.6, 1.6, 1.4, 0.6, 1.5, reach),
    }


def desk(shot: Shot, seed: int) -> dict[str, Any]:
    """A wooden desk with a patterned cloth, books, a plant and a jar, before a papered wall.

    Things stand behind and beside the product and never before it; where they stand is drawn from
    the seed.
    """
    rng = np.random.default_rng(seed)
    reach = max(shot.height, 2 * shot.radius)
    wide = 9 * reach
    wood = cloth(surfaces.wood(rng, ((0.45, 0.28, 0.16), (0.72, 0.52, 0.32), (0.85, 0.82, 0.78))[
        int(rng.integers(3))]))  # fmt: skip
    top = Part(sheet(np.array([[[-wide, 0, -2.2 * reach], [wide, 0, -2.2 * reach]],
                               [[-wide, 0, 8 * reach], [wide, 0, 8 * reach]]])), wood)  # fmt: skip
    paper = cloth(surfaces.pattern(rng))
    wall = Part(sheet(np.array([[[-wide / 2, 6 * reach, -2.3 * reach], [wide / 2, 6 * reach,
        -2.3 * reach]],
                                [[-wide / 2, -reach, -2.3 * reach], [wide / 2, -reach,
                                    -2.3 * reach]]])), paper)  # fmt: skip
    parts = [
        top,
        wall,
        _runner(reach, rng),
        *_books(reach, rng),
        *_plant(reach, rng),
        _jar(reach, rng),
    ]
    return {
        **{f"thing{i}": _mesh(part, 0, part.bsdf) for i, part in enumerate(parts)},
        "sky": {"type": "constant", "radiance": {"type": "rgb", "value": [0.42, 0.46, 0.5]}},
        "key": _lamp(-2.4, 2.2, 1.6, 0.8, 6.5, reach),
    }


def _runner(reach: float, rng: np.random.Generator) -> Part:
    """A cloth on the desk under the product, askew, with a faint wave."""
    x, z = np.meshgrid(np.linspace(-1.1, 1.1, 60) * reach, np.linspace(-1.0, 1.6, 60) * reach)
    waves = 0.004 * reach * (1 + np.sin(x / reach * 9 + z / reach * 4))
    y = 0.002 * reach + waves * (np.hypot(x, z) > 0.75 * reach)
    return Part(sheet(np.stack([x, y, z], axis=-1)).turned(float(rng.uniform(-25, 25))),
                cloth(surfaces.pattern(rng)))  # fmt: skip


def _books(reach: float, rng: np.random.Generator) -> list[Part]:
    side = 1 if rng.random() < 0.5 else -1
    parts, x = [], side * 0.95 * reach
    for _ in range(int(rng.integers(4, 7))):
        thick, tall = rng.uniform(0.09, 0.2) * reach, rng.uniform(0.75, 1.15) * reach
        colour = surfaces.spine(rng)
        parts.append(Part(block(thick, tall, 0.7 * reach, 24, 40).moved(x, 0, -1.35 * reach),
                          coat(colour, 0.55)))  # fmt: skip
        x += side * (thick + 0.015 * reach)
    return parts


def _plant(reach: float, rng: np.random.Generator) -> list[Part]:
    x = float(rng.choice([-1, 1])) * rng.uniform(0.25, 0.5) * reach
    pot = lathe(
        curve(
            [(0, 0), (0.2, 0), (0.25, 0.3), (0.27, 0.34), (0.23, 0.33), (0.2, 0.28), (0, 0.28)], 40
        )
        * reach
    )
    parts = [Part(pot.moved(x, 0, -1.6 * reach), coat((0.75, 0.42, 0.28), 0.8))]
    for _ in range(16):
        lean, angle, long = (
            rng.uniform(0.25, 0.8),
            rng.uniform(0, 360),
            rng.uniform(0.6, 1.15) * reach,
        )
        t = np.linspace(0, 1, 20)
        spine = np.stack([lean * long * t**1.6, long * (t - 0.35 * lean * t**2.4), 0 * t], axis=1)
        width = 0.09 * reach * np.sin(np.pi * np.clip(t, 0.02, 0.995)) ** 0.8
        leaf = np.stack(
            [spine + width[:, None] * np.array([0, 0.12, s]) for s in (-1, 0, 1)], axis=1
        )
        green = (0.16 + 0.12 * rng.random(), 0.38 + 0.2 * rng.random(), 0.18)
        parts.append(Part(sheet(leaf).turned(angle).moved(x, 0.25 * reach, -1.6 * reach),
                          coat(green, 0.5)))  # fmt: skip
    return parts


def _jar(reach: float, rng: np.random.Generator) -> Part:
    """A jar with pens, as one form with the pens left out: its mouth is seldom seen."""
    tall = rng.uniform(0.35, 0.6)
    profile = curve(
        [(0, 0), (0.16, 0), (0.17, 0.05), (0.15, tall), (0.165, tall + 0.02), (0.13, tall)], 40
    )
    return Part(lathe(profile * reach).moved(float(rng.choice([-0.8, 0.8])) * reach, 0,
        -1.0 * reach),
                coat(tuple(surfaces.muted(rng)), 0.3, clearcoat=0.5))  # fmt: skip


def cord(points: list[tuple[float, float, float]], radius: float) -> Form:
    """A cable that lies about."""
    return sweep(curve(points, 120), radius, segments=12)
