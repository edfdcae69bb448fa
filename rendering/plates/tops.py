"""Stages for flat goods: table tops seen from above, rails and hooks on walls, shelves."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np

from rendering.plates import textures as tx
from rendering.plates.building import Bsdf, Build, Key, matte, metal, satin
from rendering.plates.camera import Camera
from rendering.plates.plants import leaves
from rendering.plates.plate import Plate
from rendering.plates.sets import LEFT, RIGHT
from rendering.plates.textures import rgb

_ABOVE = {"pitch": 90.0, "stand": 0.5}
_LOW_LEFT = Key((-0.7, 0.75, -0.35), (1.06, 1.0, 0.92), 0.7, 5)
_LOW_RIGHT = Key((0.65, 0.8, -0.4), (1.02, 1.0, 0.97), 0.7, 10)


def from_above(folder: Path, top: Bsdf, key: Key, dress: Callable[[Build], None]) -> Build:
    """A table top with something at its edges."""
    build = Build(folder, Camera(**_ABOVE, fov=26), key, (0.36, 0.36, 0.37))
    build.floor(top)
    dress(build)
    build.safe = (0.13, 0.13, 0.87, 0.87)
    build.floor_line_z = -9
    return build


def sprigs(build: Build) -> None:
    """Green sprigs that come in from two corners."""
    for x, z, seed in ((-1.75, -2.2, 201), (1.8, 2.3, 202)):
        leaves(build, (x, 0.05, z), 0.9, 12, "#6b8a58", seed)


def cup(build: Build) -> None:
    """A cup of coffee and a notebook at the rim."""
    build.drum(0.62, 0.06, (1.75, 0, -2.1), satin("#f1ede6", 0.15), edge=0.02)
    build.drum(0.4, 0.5, (1.75, 0.05, -2.1), satin("#f1ede6", 0.15), edge=0.06)
    build.drum(0.34, 0.03, (1.75, 0.53, -2.1), satin("#4a2d1c", 0.1), edge=0.01)
    build.block((1.3, 0.14, 1.8), (-2.0, 0, 2.35), matte("#a65c46"), edge=0.03, turn=14)


def confetti(build: Build) -> None:
    """Paper discs and a sheet of another colour."""
    build.block((2.6, 0.02, 9), (-2.1, 0, 0), matte("#f1c9b5"), edge=0.005, turn=14)
    random = np.random.default_rng(203)
    for _ in range(9):
        x, z = random.uniform(-1.8, 1.8), float(random.choice([-1, 1])) * random.uniform(2.0, 2.4)
        build.drum(
            random.uniform(0.08, 0.2),
            0.03,
            (x, 0.01, z),
            matte(("#e9a58d", "#f6e3c5", "#b9c7b0")[random.integers(3)]),
            edge=0.01,
        )


def nothing(build: Build) -> None:
    """An empty top."""


def hanging(folder: Path, wall: Bsdf, key: Key, rail: str) -> Build:
    """A wall with something to hang from: a brass rail, a row of pegs, one hook."""
    build = Build(
        folder, Camera(pitch=1.0, fov=24, stand=0.2, aperture=0.03), key, (0.38, 0.38, 0.38)
    )
    build.camera = Camera(pitch=1.0, fov=24, stand=0.2, level=4.2, aperture=0.03)
    build.wall(wall, z=-0.45)
    brass, oak = (
        metal("Au", 0.25, "#ead3a2"),
        satin(tx.wood(rgb("#cfa677"), rgb("#94683f"), 211, 1), 0.35, 1),
    )
    if rail == "rail":
        build.rod((-6, 4.2, 0), (6, 4.2, 0), 0.045, brass)
    elif rail == "pegs":
        build.block((12, 0.34, 0.14), (0, 4.12, -0.38), oak, edge=0.04)
        for x in (-2.4, -1.2, 0.0, 1.2, 2.4):
            build.rod((x, 4.27, -0.34), (x, 4.34, 0.06), 0.06, oak)
            build.ball(0.085, (x, 4.34, 0.08), oak)
    else:
        build.rod((0, 4.25, -0.45), (0, 4.25, 0.05), 0.035, brass)
        build.ball(0.07, (0, 4.26, 0.06), brass)
        build.drum(0.14, 0.04, (0, 4.23, -0.44), brass, edge=0.01)
    build.safe = (0.1, 0.19, 0.9, 0.94)
    build.floor_line_z = -0.45
    return build


def shelf(folder: Path, wall: str, board: Bsdf, key: Key, *, bench: bool) -> Build:
    """A shelf or a bench for what is folded, with a vase beside."""
    build = Build(folder, Camera(pitch=7, stand=0.72, aperture=0.08), key, (0.38, 0.38, 0.38))
    build.wall(matte(tx.plaster(rgb(wall), 221, 0.05)), z=-2.6)
    build.block((20, 0.3, 4.2 if bench else 3.2), (0, -0.3, -0.6), board, edge=0.05)
    build.floor(matte(tx.plaster(rgb(wall), 222, 0.05)), level=-4)
    build.drum(0.36, 1.0, (2.2, 0, -1.7), satin("#efe9df", 0.25), edge=0.18)
    leaves(build, (2.2, 0.95, -1.7), 1.5, 10, "#a79a6d", 223)
    return build


def _top(zh: str, en: str, build: Callable[[Path], Build], kind: str, style: str) -> Plate:
    return Plate(style, zh, en, build, kind=kind)


PLATES: dict[str, Plate] = {
    "flat-linen": _top(
        "亚麻平铺",
        "Linen from above",
        lambda f: from_above(f, matte(tx.linen(rgb("#d9cbb6"), 204), 9), _LOW_LEFT, sprigs),
        "flat_lay",
        "linen",
    ),
    "flat-wood": _top(
        "木桌平铺",
        "Wood from above",
        lambda f: from_above(
            f, satin(tx.wood(rgb("#c79c6d"), rgb("#8f6238"), 205), 0.4, 2.2, 90), _LOW_RIGHT, cup
        ),
        "flat_lay",
        "wood",
    ),
    "flat-paper": _top(
        "纸面平铺",
        "Paper from above",
        lambda f: from_above(
            f, matte(tx.plaster(rgb("#f3ddd0"), 206, 0.015)), _LOW_RIGHT, confetti
        ),
        "flat_lay",
        "minimal_pastel",
    ),
    "flat-marble": _top(
        "大理石平铺",
        "Marble from above",
        lambda f: from_above(
            f, satin(tx.marble(rgb("#f0eeeb"), rgb("#9a948f"), 207), 0.2, 1.6), _LOW_LEFT, sprigs
        ),
        "flat_lay",
        "marble",
    ),
    "flat-white": _top(
        "素白平铺",
        "White from above",
        lambda f: from_above(f, matte(tx.plaster(rgb("#e9e7e3"), 208, 0.02)), _LOW_LEFT, nothing),
        "flat_lay",
        "studio",
    ),
    "hang-rail": _top(
        "黄铜挂杆",
        "Brass rail",
        lambda f: hanging(
            f,
            matte(tx.plaster(rgb("#e5dccf"), 212, 0.05), 1.2),
            Key((-0.5, 0.75, 0.75), (1.05, 1, 0.93), 0.66, 6),
            "rail",
        ),
        "hanging",
        "plaster",
    ),
    "hang-pegs": _top(
        "木挂钩",
        "Peg rail",
        lambda f: hanging(
            f,
            matte(tx.plaster(rgb("#c9d2cf"), 213, 0.04), 1.2),
            Key((0.5, 0.7, 0.8), (1, 1, 1), 0.66, 10),
            "pegs",
        ),
        "hanging",
        "nordic",
    ),
    "hang-hook": _top(
        "白墙单钩",
        "One hook",
        lambda f: hanging(
            f,
            matte(tx.plaster(rgb("#ece9e4"), 214, 0.03), 1.2),
            Key((-0.6, 0.6, 0.8), (1.04, 1, 0.95), 0.7, 3),
            "hook",
        ),
        "hanging",
        "studio",
    ),
    "fold-bench": _top(
        "橡木长凳",
        "Oak bench",
        lambda f: shelf(
            f,
            "#dfd8cd",
            satin(tx.wood(rgb("#d6b488"), rgb("#a77c4f"), 224), 0.35, 4),
            LEFT,
            bench=True,
        ),
        "folded",
        "wood",
    ),
    "fold-shelf": _top(
        "白色层板",
        "White shelf",
        lambda f: shelf(f, "#c9bfae", satin("#f0ece5", 0.3), RIGHT, bench=False),
        "folded",
        "nordic",
    ),
}
