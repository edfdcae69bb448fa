"""Plastered and cast walls in sunlight that falls through a window, a blind or leaves."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

import numpy as np

from rendering.plates import meshes
from rendering.plates import textures as tx
from rendering.plates.building import Build, Key, matte
from rendering.plates.camera import Camera
from rendering.plates.plate import Plate, plate
from rendering.plates.sets import COOL, WARM
from rendering.plates.textures import rgb


def sunlit(
    folder: Path,
    wall: str,
    ground: str,
    shadow: Callable[[Build], None],
    key: Key,
    *,
    cast: bool = False,
) -> Build:
    """A plastered corner in sunlight that falls through a window or leaves."""
    build = Build(folder, Camera(pitch=6), key, (0.34, 0.35, 0.38))
    build.floor(matte(tx.concrete(rgb(ground), 141), 2.6))
    bare = tx.concrete(rgb(wall), 142, cast=True) if cast else tx.plaster(rgb(wall), 142, 0.06)
    build.wall(matte(bare, 2.5), z=_WALL)
    shadow(build)
    return build


def window(build: Build) -> None:
    """A tall window of six panes, whose light lies on the wall, and another whose light reaches
    the product."""
    left, right, low, high = -1.9, 1.3, 0.7, 3.7
    _shade(build, [(-30, high), (30, high), (30, 30), (-30, 30)])
    _shade(build, [(-30, low), (left, low), (left, high), (-30, high)])
    _shade(build, [(right, low), (30, low), (30, high), (right, high)])
    _shade(build, [(-30, -0.5), (30, -0.5), (30, low), (-30, low)])
    bar = 0.07
    middle = (left + right) / 2
    _shade(
        build,
        [(middle - bar, low), (middle + bar, low), (middle + bar, high), (middle - bar, high)],
    )
    for y in (low + (high - low) * share for share in (0.36, 0.7)):
        _shade(build, [(left, y - bar), (right, y - bar), (right, y + bar), (left, y + bar)])


def slats(build: Build) -> None:
    """A blind, let down as far as the wall's foot."""
    for y in np.arange(0.35, 7, 0.5).tolist():
        _shade(build, [(-30, y), (30, y - 0.5), (30, y - 0.25), (-30, y + 0.25)])


def corner(build: Build) -> None:
    """A roof's edge, whose shadow cuts the wall aslant."""
    _shade(build, [(-8, -1.4), (8, 5.6), (8, 30), (-8, 30)])


def beam(build: Build) -> None:
    """A gap between two walls: a band of light that climbs from the product's place."""
    _shade(build, [(2.6, -0.4), (12, -0.4), (12, 30), (-16, 30), (-6.5, 4.6)])


def palm(build: Build) -> None:
    """Fronds in front of the sun, near ones sharp and far ones soft, clear of the product."""
    random = np.random.default_rng(151)
    for root, turns, away in (
        ((-2.9, 4.3), (-80, -52, -24, 4), 10.5),
        ((2.9, 3.3), (150, 178, 204, 232), 13.0),
        ((-3.3, 0.9), (24, 52), 14.0),
    ):
        for turn in turns:
            _frond(build, root, turn + random.uniform(-5, 5), random.uniform(2.3, 3.1), away)


def _frond(
    build: Build, root: tuple[float, float], turn: float, length: float, away: float
) -> None:
    """A palm's leaf as its shadow on the wall is to look: leaflets along a rib that droops."""
    for t in np.linspace(0.12, 1.0, 17):
        along = math.radians(turn - 28 * t)
        foot = (
            root[0] + length * t * math.cos(along),
            root[1] + length * t * math.sin(along),
        )
        reach = 0.95 * math.sin(math.pi * (0.12 + 0.8 * t)) * (1.05 - 0.3 * t)
        for side in (-1, 1):
            lean = along + side * math.radians(62 - 34 * t)
            tip = (foot[0] + reach * math.cos(lean), foot[1] + reach * math.sin(lean))
            wide = (-0.08 * math.sin(lean), 0.08 * math.cos(lean))
            belly = tuple(0.6 * foot[i] + 0.4 * tip[i] for i in (0, 1))
            _shade(
                build,
                [
                    foot,
                    (belly[0] + wide[0], belly[1] + wide[1]),
                    tip,
                    (belly[0] - wide[0], belly[1] - wide[1]),
                ],
                away,
            )


_WALL = -3.4


def _shade(build: Build, outline: list[tuple[float, float]], away: float = 11.0) -> None:
    """Something opaque `away` units towards the sun whose shadow has this outline (convex) on the
    wall's plane; below 0 it goes on over the floor, towards the viewer."""
    wall = np.array([(x, y, _WALL) for x, y in outline])
    rays = build.key_place - wall
    corners = wall + rays * away / np.linalg.norm(rays, axis=1, keepdims=True)
    middle = corners.mean(axis=0)
    ring = np.concatenate([corners, corners[:1]])
    build.shade(
        meshes.surface(build.folder, np.stack([np.repeat(middle[None], len(ring), 0), ring]))
    )


PLATES: dict[str, Plate] = {
    "window-bars": plate(
        "window_light",
        "窗格光影",
        "Window light",
        lambda f: sunlit(f, "#e6dccb", "#d8cdbb", window, Key((-0.62, 0.6, 0.55), WARM, 0.9, 0.35)),
    ),
    "window-slats": plate(
        "window_light",
        "百叶光影",
        "Blinds",
        lambda f: sunlit(f, "#d3c6bd", "#c9bcb2", slats, Key((0.7, 0.55, 0.5), WARM, 1.0, 0.5)),
    ),
    "window-palm": plate(
        "window_light",
        "棕榈光影",
        "Palm shadows",
        lambda f: sunlit(f, "#ead9cf", "#dfcabd", palm, Key((-0.5, 0.7, 0.6), WARM, 0.95, 0.4)),
    ),
    "concrete-sun": plate(
        "concrete",
        "清水混凝土",
        "Concrete in sun",
        lambda f: sunlit(
            f, "#b3b0ab", "#bdbab4", corner, Key((-0.66, 0.62, 0.5), WARM, 0.9, 0.7), cast=True
        ),
    ),
    "concrete-dark": plate(
        "concrete",
        "深灰水泥",
        "Dark concrete",
        lambda f: sunlit(
            f, "#6d6e70", "#77777a", beam, Key((0.7, 0.66, 0.42), COOL, 0.95, 0.8), cast=True
        ),
    ),
}
