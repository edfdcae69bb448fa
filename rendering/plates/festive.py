"""Feasts and sales: red and gold for the new year, rings of light and gifts for 618 and 双11."""

from __future__ import annotations

import math
from pathlib import Path

import mitsuba as mi
import numpy as np

from rendering.plates import meshes
from rendering.plates import textures as tx
from rendering.plates.building import Build, Key, matte, metal, satin
from rendering.plates.camera import Camera
from rendering.plates.plate import Plate, plate
from rendering.plates.sets import RIGHT, SOFT, TOP
from rendering.plates.textures import rgb


def new_year(folder: Path, wall: str, key: Key, *, lanterns: bool, round_window: bool) -> Build:
    """Red and gold: a stepped red stand, a moon gate or lanterns, gold rims."""
    build = Build(folder, Camera(pitch=5, level=0.62), key, (0.3, 0.26, 0.25))
    build.sweep(matte(tx.plaster(rgb(wall), 81, 0.03)), back=-4.6, bend=1.0)
    red, gold = satin("#b3202a", 0.25), metal("Au", 0.22, "#f2d08a")
    build.drum(1.75, 0.3, (0, 0, 0), satin("#8f1620", 0.25), edge=0.05)
    build.drum(1.78, 0.05, (0, 0.3, 0), gold, edge=0.02)
    build.drum(1.3, 0.27, (0, 0.35, 0), red, edge=0.05)
    build.podium = (2.6, 2.6)
    if round_window:
        ring = _ring(folder, 2.35, 0.09, (0.0, 2.9, -3.6))
        build.add(ring, gold)
        circle = meshes.lathe(folder, meshes.disc_profile(2.3, 0.06, 0.02))
        circle["to_world"] = mi.ScalarTransform4f().translate([0, 2.9, -3.75]).rotate([1, 0, 0], 90)
        build.add(circle, matte("#c8323a"))
    if lanterns:
        for x, y, z, size in (
            (-1.95, 3.75, -2.4, 0.5),
            (2.1, 4.1, -2.8, 0.42),
            (-2.5, 2.7, -3.4, 0.36),
        ):
            _lantern(build, (x, y, z), size)
    for x in (-2.1, 2.15):
        build.block((0.7, 0.55, 0.7), (x, 0, -1.6), red, edge=0.03, turn=20 * x)
        build.block((0.12, 0.57, 0.72), (x, 0, -1.6), gold, edge=0.01, turn=20 * x)
    build.reflectivity, build.roughness = 0.06, 0.35
    return build


def _ring(folder: Path, radius: float, thick: float, at: tuple[float, float, float]) -> dict:
    """A torus that faces the camera."""
    u, v = np.meshgrid(
        np.linspace(0, 2 * math.pi, 120), np.linspace(0, 2 * math.pi, 16), indexing="ij"
    )
    reach = radius + thick * np.cos(v)
    grid = np.stack(
        [reach * np.cos(u) + at[0], reach * np.sin(u) + at[1], thick * np.sin(v) + at[2]], axis=-1
    )
    return meshes.surface(folder, grid)


def _lantern(build: Build, at: tuple[float, float, float], size: float) -> None:
    """A paper lantern that glows, with gold caps and a tassel."""
    angle = np.linspace(-1.25, 1.25, 24)
    ribs = 1 + 0.02 * np.cos(angle * 24)
    profile = [
        (size * math.cos(a) * r, size * 0.8 * math.sin(a)) for a, r in zip(angle, ribs, strict=True)
    ]
    build.turned(profile, at, matte("#d6303a"))
    gold = metal("Au", 0.25, "#f2d08a")
    for y in (-0.82, 0.74):
        build.drum(size * 0.34, size * 0.1, (at[0], at[1] + y * size, at[2]), gold, edge=0.01)
    build.rod(
        (at[0], at[1] - 0.8 * size, at[2]),
        (at[0], at[1] - 1.7 * size, at[2]),
        0.03,
        matte("#c8202a"),
    )
    build.rod(
        (at[0], at[1] + 0.8 * size, at[2]), (at[0], at[1] + 6, at[2]), 0.008, matte("#c8a24a")
    )


def sale(folder: Path, wall: str, stand: str, glow: str, key: Key, *, boxes: bool) -> Build:
    """A loud stage for 618 and 双11: steps, a ring of light, gift boxes."""
    build = Build(folder, Camera(pitch=5, level=0.55), key, (0.34, 0.31, 0.31))
    build.sweep(satin(tx.plaster(rgb(wall), 91, 0.01), 0.4), back=-4.6, bend=1.0)
    build.drum(1.85, 0.25, (0, 0, 0), satin(stand, 0.15), edge=0.04)
    build.drum(1.4, 0.3, (0, 0.25, 0), satin("#fff3e6", 0.15), edge=0.04)
    build.podium = (2.8, 2.8)
    random = np.random.default_rng(92)
    build.hoop(2.25, (0, 2.7, -3.4), 0.05, glow, 5.0)
    if boxes:
        for x, z, size in (
            (-2.2, -1.7, 0.95),
            (-1.75, -0.9, 0.55),
            (2.2, -1.5, 0.8),
            (2.35, -0.5, 0.5),
        ):
            turn = random.uniform(-25, 25)
            build.block((size, size, size), (x, 0, z), satin(stand, 0.3), edge=0.03, turn=turn)
            for scale in ((0.18, 1.01, 1.01), (1.01, 1.01, 0.18)):
                ribbon = tuple(size * part for part in scale)
                build.block(ribbon, (x, 0, z), satin("#ffe9b8", 0.2), edge=0.005, turn=turn)  # type: ignore[arg-type]
    build.reflectivity, build.roughness = 0.1, 0.25
    return build


PLATES: dict[str, Plate] = {
    "newyear-lanterns": plate(
        "newyear",
        "新年灯笼",
        "New year lanterns",
        lambda f: new_year(f, "#a31d26", TOP, lanterns=True, round_window=False),
        "spring_festival",
    ),
    "newyear-moongate": plate(
        "newyear",
        "新年月门",
        "New year moon gate",
        lambda f: new_year(f, "#b62a31", SOFT, lanterns=False, round_window=True),
        "spring_festival",
    ),
    "newyear-gold": plate(
        "newyear",
        "鎏金新年",
        "Golden new year",
        lambda f: new_year(f, "#d9b877", RIGHT, lanterns=True, round_window=True),
        "spring_festival",
    ),
    "sale-orange": plate(
        "sale",
        "大促橙红",
        "Sale in orange",
        lambda f: sale(f, "#f0562b", "#d8321c", "#fff0c9", SOFT, boxes=True),
        "618",
        "double11",
    ),
    "sale-purple": plate(
        "sale",
        "大促紫粉",
        "Sale in violet",
        lambda f: sale(f, "#7a3fd0", "#ff5fa2", "#ffd0f0", TOP, boxes=False),
        "618",
        "double11",
    ),
}
