"""Rooms: kitchen, bathroom, desk, nursery, neon, tea room, and plinths of terrazzo."""

from __future__ import annotations

from pathlib import Path

import mitsuba as mi
import numpy as np

from rendering.plates import textures as tx
from rendering.plates.building import Bsdf, Build, Key, matte, metal, satin
from rendering.plates.camera import Camera
from rendering.plates.plants import leaves
from rendering.plates.plate import Plate, plate
from rendering.plates.sets import HARD, LEFT, RIGHT, SOFT
from rendering.plates.textures import rgb


def kitchen(folder: Path, wall: np.ndarray, top: Bsdf, key: Key, wood: str, show: float) -> Build:
    """A worktop before tiles; a shelf with jars, a board and a plant stand aside, out of focus."""
    build = Build(folder, Camera(pitch=5, aperture=0.12), key, (0.36, 0.36, 0.35))
    build.wall(matte(wall, 4.0), z=-4.2)
    build.block((20, 0.5, 8.4), (0, -0.5, 0), top, edge=0.05)
    board = satin(tx.wood(rgb(wood), rgb("#8a6440"), 51, 3), 0.35, 0.5, 90)
    build.block((1.5, 2.3, 0.12), (-2.05, 0, -3.75), board, edge=0.05)
    build.block((6.5, 0.12, 1.0), (3.0, 3.3, -3.7), board, edge=0.03)
    for number, (x, radius, height) in enumerate(((1.5, 0.3, 0.8), (2.25, 0.36, 0.6))):
        build.drum(radius, height, (x, 3.42, -3.7), satin(("#e9e4da", "#9db0a0")[number], 0.2))
    build.drum(0.42, 0.7, (2.25, 0, -3.1), satin("#efece6", 0.15), edge=0.1)
    leaves(build, (2.25, 0.7, -3.1), 0.9, 26, "#57733f", 52)
    build.reflectivity, build.roughness = show, 0.3
    return build


def bathroom(folder: Path, tile: str, key: Key, *, brick: bool) -> Build:
    """A stone ledge before glazed tiles, with a folded towel, a bottle and a plant behind."""
    build = Build(folder, Camera(pitch=5, aperture=0.1), key, (0.42, 0.43, 0.44))
    glazed = tx.tiles(rgb(tile), rgb("#f4f2ee"), 61, 6, 12 if brick else 6, brick=brick)
    build.wall(satin(glazed, 0.12, 2.4), z=-3.6)
    chips = [rgb("#c9c4bc"), rgb("#a9a39b"), rgb("#d8cfc4")]
    stone = satin(tx.terrazzo(rgb("#e9e6e1"), chips, 62), 0.15, 4.5)
    build.block((20, 0.45, 6.4), (0, -0.45, -0.4), stone, edge=0.05)
    towel = matte(tx.linen(rgb("#f3efe9"), 63), 3)
    for number in range(3):
        build.block(
            (1.7, 0.3, 1.1), (-2.25, 0.3 * number, -2.7), towel, edge=0.145, turn=3 * number
        )
    build.drum(0.34, 1.25, (2.1, 0, -2.8), satin("#b98f63", 0.1), edge=0.12)
    build.drum(0.12, 0.4, (2.1, 1.25, -2.8), metal("Al", 0.2), edge=0.03)
    leaves(build, (2.75, 0.0, -3.0), 1.5, 18, "#5d7f4d", 64)
    build.reflectivity, build.roughness = 0.08, 0.25
    return build


def desk(folder: Path, wall: str, top: np.ndarray, key: Key, accent: str) -> Build:
    """A desk with books, a lamp and a cup of pencils behind."""
    build = Build(folder, Camera(pitch=6, aperture=0.12), key, (0.36, 0.36, 0.37))
    build.wall(matte(tx.plaster(rgb(wall), 71, 0.04)), z=-4.4)
    build.block((20, 0.4, 8.4), (0, -0.4, 0), satin(top, 0.35, 4), edge=0.05)
    random = np.random.default_rng(72)
    height = 0.0
    for colour in (accent, "#e7dfd2", "#55606b", "#c9a37b"):
        thick = random.uniform(0.16, 0.3)
        size = (random.uniform(1.4, 1.8), thick, 1.2)
        build.block(
            size, (-2.2, height, -3.1), matte(colour), edge=0.03, turn=random.uniform(-9, 9)
        )
        height += thick
    build.drum(0.33, 0.75, (2.15, 0, -3.0), matte("#ece6dc"), edge=0.05)
    for _ in range(7):
        x, z = 2.15 + random.uniform(-0.2, 0.2), -3.0 + random.uniform(-0.2, 0.2)
        tip = (x + random.uniform(-0.25, 0.25), random.uniform(1.1, 1.5), z)
        build.rod(
            (x, 0.3, z), tip, 0.035, matte(("#d9a441", accent, "#3e4a55")[random.integers(3)])
        )
    build.reflectivity, build.roughness = 0.04, 0.5
    return build


def nursery(folder: Path, wall: str, key: Key, seed: int) -> Build:
    """Soft colours: wooden blocks, a cloud, balls, a rug."""
    build = Build(folder, Camera(pitch=6), key, (0.4, 0.4, 0.4))
    build.sweep(matte(tx.plaster(rgb(wall), seed, 0.02)), back=-4.4, bend=0.7)
    build.drum(1.9, 0.05, (0, 0, 0), matte(tx.linen(rgb("#f3ead9"), seed, 120), 2), edge=0.02)
    build.podium = None
    colours = ("#e9b7a3", "#a9c6c9", "#ecd28f", "#b9cda5")
    random = np.random.default_rng(seed)
    for number, (x, y, z) in enumerate(
        ((-2.3, 0, -2.0), (-1.6, 0, -2.6), (-2.2, 0.7, -2.1), (2.3, 0, -2.2))
    ):
        build.block(
            (0.68, 0.68, 0.68),
            (x, y, z),
            satin(colours[number], 0.35),
            edge=0.07,
            turn=random.uniform(-25, 25),
        )
    for x, z, radius, colour in (
        (1.75, -1.4, 0.3, "#ecd28f"),
        (2.4, -0.9, 0.22, "#e9b7a3"),
        (-2.3, -0.6, 0.2, "#a9c6c9"),
    ):
        build.ball(radius, (x, radius, z), satin(colour, 0.3))
    cloud = matte("#ffffff")
    for x, y, radius in (
        (0.9, 4.2, 0.5),
        (1.5, 4.35, 0.62),
        (2.15, 4.2, 0.48),
        (-1.9, 3.6, 0.36),
        (-1.45, 3.7, 0.45),
    ):
        build.ball(radius, (x, y, -4.0), cloud)
    return build


def neon(folder: Path, one: str, other: str, *, ring: bool) -> Build:
    """A dark room with tubes of light and a wet floor."""
    key = Key((0.1, 0.8, 0.6), (0.9, 0.9, 1.2), 0.22, 20)
    build = Build(folder, Camera(pitch=5, level=0.25), key, (0.035, 0.035, 0.05))
    build.floor(satin("#15151c", 0.08))
    build.wall(matte(tx.concrete(rgb("#3a3a48"), 131), 2), z=-4)
    build.drum(1.55, 0.25, (0, 0, 0), satin("#1d1d26", 0.12), edge=0.03)
    build.podium = (3.1, 3.1)
    if ring:
        build.hoop(1.9, (0, 2.6, -3.6), 0.05, one, 9.0)
    else:
        for x, lean, colour in (
            (-2.0, 0.5, one),
            (-1.55, 0.5, other),
            (1.9, -0.4, other),
            (2.35, -0.4, one),
        ):
            build.rod((x, 0, -3.5), (x + lean, 6.5, -3.7), 0.05, None, (colour, 9.0))
    build.emitter(
        {
            "type": "rectangle",
            "to_world": mi.ScalarTransform4f()
            .look_at(origin=[-6, 3, 2], target=[0, 1.4, 0], up=[0, 1, 0])
            .scale(1.3),
        },
        one,
        1.5,
    )
    build.emitter(
        {
            "type": "rectangle",
            "to_world": mi.ScalarTransform4f()
            .look_at(origin=[6, 3, 2], target=[0, 1.4, 0], up=[0, 1, 0])
            .scale(1.3),
        },
        other,
        1.5,
    )
    build.reflectivity, build.roughness = 0.2, 0.12
    return build


def tea(folder: Path, key: Key, *, screen: bool) -> Build:
    """A dark tray on a tea table, a paper screen or bamboo behind."""
    build = Build(folder, Camera(pitch=7, level=0.22), key, (0.36, 0.34, 0.31))
    build.block(
        (20, 0.4, 8),
        (0, -0.4, 0),
        satin(tx.wood(rgb("#7a5236"), rgb("#40281a"), 161), 0.3, 4),
        edge=0.05,
    )
    build.block(
        (3.3, 0.22, 2.1),
        (0, 0, 0),
        satin(tx.wood(rgb("#4b3324"), rgb("#2a1b12"), 162, 2), 0.3, 0.5),
        edge=0.04,
    )
    build.podium = (3.3, 2.1)
    if screen:
        build.wall(matte("#f2e8d5"), z=-4.2)
        bars = matte("#3d2a1c")
        for x in np.arange(-6, 6.1, 1.1).tolist():
            build.block((0.07, 9, 0.1), (x, 0, -4.1), bars, edge=0.01)
        for y in (1.2, 2.7, 4.2, 5.7):
            build.block((14, 0.07, 0.1), (0, y, -4.1), bars, edge=0.01)
    else:
        build.wall(matte(tx.plaster(rgb("#c3c6b2"), 163, 0.06)), z=-4.6)
        for number, x in enumerate((-2.3, -1.85, -1.45, 1.6, 2.05, 2.35)):
            cane = satin(("#a3ad6b", "#8c9a5b", "#b5b878")[number % 3], 0.3)
            depth, foot = -3.6 - 0.3 * (number % 2), -0.35 * (number * 7 % 5)
            build.rod((x, -1, depth), (x, 8, depth), 0.1, cane)
            for joint in range(8):
                build.drum(0.115, 0.06, (x, foot + 1.25 * joint, depth), cane, edge=0.028)
    build.drum(0.3, 0.34, (-2.3, 0, -1.6), satin("#d8d5c8", 0.15), edge=0.08)
    build.drum(0.3, 0.34, (2.35, 0, -1.2), satin("#d8d5c8", 0.15), edge=0.08)
    build.reflectivity, build.roughness = 0.05, 0.4
    return build


def terrazzo(folder: Path, wall: str, chips: list[str], key: Key, *, tall: bool) -> Build:
    """A terrazzo plinth before a wall of one colour."""
    level = 1.0 if tall else 0.5
    build = Build(folder, Camera(pitch=6, level=level), key, (0.35, 0.35, 0.36))
    stone = tx.terrazzo(rgb("#efeae2"), [rgb(each) for each in chips], 171)
    build.sweep(matte(tx.plaster(rgb(wall), 172, 0.02)), back=-4.4, bend=0.6)
    width = 1.9 if tall else 3.2
    build.block((width, level, 1.9), (0, 0, 0), satin(stone, 0.2, 1.0), edge=0.04)
    build.podium = (width, 1.9)
    build.drum(0.5, 1.5 if tall else 0.9, (2.3, 0, -1.7), satin(chips[0], 0.35), edge=0.05)
    build.reflectivity, build.roughness = 0.05, 0.35
    return build


_STONES = ["#d98e73", "#8fa89b", "#e3c27a", "#7d8794"]


PLATES: dict[str, Plate] = {
    "kitchen-white": plate(
        "kitchen",
        "白砖厨房",
        "White tiled kitchen",
        lambda f: kitchen(
            f,
            tx.tiles(rgb("#eceae4"), rgb("#cfccc4"), 53, 4, 8, brick=True),
            satin(tx.marble(rgb("#e9e6e2"), rgb("#a8a29c"), 54), 0.15, 4),
            LEFT,
            "#c79a66",
            0.08,
        ),
    ),
    "kitchen-green": plate(
        "kitchen",
        "绿砖厨房",
        "Green tiled kitchen",
        lambda f: kitchen(
            f,
            tx.tiles(rgb("#8ea693"), rgb("#dcdcd2"), 55, 6, 6),
            satin(tx.wood(rgb("#d3ae80"), rgb("#9d7248"), 56), 0.3, 4),
            RIGHT,
            "#d8b78c",
            0.05,
        ),
    ),
    "bathroom-white": plate(
        "bathroom",
        "白瓷浴室",
        "White bathroom",
        lambda f: bathroom(f, "#e6ebea", SOFT, brick=False),
    ),
    "bathroom-blue": plate(
        "bathroom", "雾蓝浴室", "Blue bathroom", lambda f: bathroom(f, "#9fb6bd", RIGHT, brick=True)
    ),
    "desk-light": plate(
        "desk",
        "原木书桌",
        "Light desk",
        lambda f: desk(f, "#dfe3e2", tx.wood(rgb("#dcc09a"), rgb("#b48d60"), 73), LEFT, "#5f8a8b"),
    ),
    "desk-dark": plate(
        "desk",
        "深色书桌",
        "Dark desk",
        lambda f: desk(f, "#4f5a5c", tx.wood(rgb("#7b5239"), rgb("#46301f"), 74), RIGHT, "#c77b4a"),
    ),
    "nursery-blue": plate(
        "nursery", "云朵儿童房", "Cloud nursery", lambda f: nursery(f, "#c9dde6", SOFT, 126)
    ),
    "nursery-peach": plate(
        "nursery", "蜜桃儿童房", "Peach nursery", lambda f: nursery(f, "#f2d9c9", LEFT, 127)
    ),
    "neon-ring": plate(
        "neon", "霓虹光环", "Neon ring", lambda f: neon(f, "#ff3fa0", "#3f7dff", ring=True)
    ),
    "neon-tubes": plate(
        "neon", "霓虹灯管", "Neon tubes", lambda f: neon(f, "#23d5ff", "#a14bff", ring=False)
    ),
    "tea-screen": plate(
        "tea_room", "纸屏茶席", "Tea by a paper screen", lambda f: tea(f, LEFT, screen=True)
    ),
    "tea-bamboo": plate(
        "tea_room", "竹影茶席", "Tea by bamboo", lambda f: tea(f, RIGHT, screen=False)
    ),
    "terrazzo-blue": plate(
        "terrazzo",
        "蓝墙水磨石",
        "Terrazzo on blue",
        lambda f: terrazzo(f, "#a9c3d6", _STONES, LEFT, tall=False),
    ),
    "terrazzo-coral": plate(
        "terrazzo",
        "珊瑚水磨石",
        "Terrazzo on coral",
        lambda f: terrazzo(f, "#e8a892", _STONES[::-1], HARD, tall=True),
    ),
}
