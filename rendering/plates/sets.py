"""Sets of a photographer's studio: paper sweeps, podiums, arches, wood, slabs of stone, cloth."""

from __future__ import annotations

import math
from functools import partial
from pathlib import Path

import mitsuba as mi
import numpy as np

from rendering.plates import meshes
from rendering.plates import textures as tx
from rendering.plates.building import Build, Key, matte, metal, satin
from rendering.plates.camera import Camera
from rendering.plates.plate import Plate
from rendering.plates.textures import rgb

WARM, COOL = (1.08, 1.0, 0.9), (0.94, 1.0, 1.08)


def sweep(folder: Path, colour: str, key: Key, *, gloss: bool = False, sky: float = 0.33) -> Build:
    """Paper that bends from floor to wall."""
    build = Build(folder, Camera(pitch=5), key, (sky, sky, sky * 1.03))
    build.sweep(
        satin(colour, 0.3) if gloss else matte(tx.plaster(rgb(colour), 3, 0.02)), back=-5, bend=2.4
    )
    build.reflectivity, build.roughness = (0.16, 0.35) if gloss else (0.02, 0.9)
    return build


def podium(
    folder: Path, wall: str, top: str, key: Key, *, radius: float, height: float, disc: str = ""
) -> Build:
    """A round podium before a wall; with `disc` a coloured circle leans behind it."""
    build = Build(folder, Camera(pitch=5, level=height), key, (0.34, 0.34, 0.35))
    build.sweep(matte(tx.plaster(rgb(wall), 5, 0.02)), back=-4.4, bend=1.2)
    build.drum(radius, height, (0, 0, 0), matte(tx.plaster(rgb(top), 6, 0.015)))
    build.podium = (2 * radius, 2 * radius)
    if disc:
        circle = meshes.lathe(folder, meshes.disc_profile(1.55, 0.16, 0.05))
        circle["to_world"] = (
            mi.ScalarTransform4f().translate([0.35, 2.6, -3.4]).rotate([1, 0, 0], 90)
        )
        build.add(circle, matte(disc))
    build.reflectivity, build.roughness = 0.02, 0.9
    return build


def steps(folder: Path, wall: str, block: str, key: Key, ball: str) -> Build:
    """Blocks of several heights beside the one that is for the product, and a ball or two."""
    build = Build(folder, Camera(pitch=6, level=0.7), key, (0.32, 0.32, 0.33))
    stone = matte(tx.plaster(rgb(block), 8, 0.03))
    build.sweep(matte(tx.plaster(rgb(wall), 7, 0.02)), back=-4.2, bend=0.8)
    build.block((2.3, 0.7, 2.0), (0, 0, 0), stone, edge=0.05)
    build.block((1.3, 2.2, 1.3), (1.75, 0, -1.9), stone, edge=0.05, turn=12)
    build.block((1.1, 1.3, 1.1), (-1.75, 0, -1.6), stone, edge=0.05, turn=-18)
    build.ball(0.36, (-1.75, 1.66, -1.6), satin(ball, 0.2))
    build.ball(0.26, (1.45, 0.26, 0.1), satin(ball, 0.2))
    build.podium = (2.3, 2.0)
    return build


def arch(folder: Path, wall: str, inside: str, key: Key) -> Build:
    """A niche with a round head in a plastered wall, and a low plinth before it."""
    build = Build(folder, Camera(pitch=5, level=0.35), key, (0.36, 0.35, 0.34))
    plaster = matte(tx.plaster(rgb(wall), 11, 0.05))
    build.floor(plaster)
    build.wall(matte(tx.plaster(rgb(inside), 12, 0.05)), z=-3.6)
    build.add(_arched_wall(folder, -2.6, 1.55, 2.9), plaster)
    build.add(_arch_band(folder, -2.6, -3.6, 1.55, 2.9), plaster)
    build.block((2.7, 0.35, 2.0), (0, 0, -0.1), plaster, edge=0.05)
    build.podium = (2.7, 1.8)
    build.floor_line_z = -3.6
    return build


def _arch_line(half: float, spring: float) -> np.ndarray:
    """The outline of an arch from its left foot over its head to its right foot."""
    angle = np.linspace(math.pi, 0, 48)
    head = np.stack([half * np.cos(angle), spring + half * np.sin(angle)], axis=1)
    return np.concatenate([[[-half, 0.0]], head, [[half, 0.0]]])


def _arched_wall(folder: Path, z: float, half: float, spring: float) -> dict:
    """A wall with an arch cut out, as a ribbon from the outline to a frame far around."""
    line = _arch_line(half, spring)
    centre = np.array([0.0, spring * 0.6])
    out = line - centre
    out = centre + out / np.linalg.norm(out, axis=1, keepdims=True) * 16
    out[0], out[-1] = (-16, 0), (16, 0)
    grid = np.stack([np.column_stack([each, np.full(len(each), z)]) for each in (line, out)])
    return meshes.surface(folder, grid)


def _arch_band(folder: Path, front: float, back: float, half: float, spring: float) -> dict:
    """The arch's inner side."""
    line = _arch_line(half, spring)
    grid = np.stack([np.column_stack([line, np.full(len(line), z)]) for z in (front, back)])
    return meshes.surface(folder, grid)


def table(
    folder: Path,
    top: np.ndarray,
    wall: str,
    key: Key,
    *,
    gloss: float,
    show: float,
    scale: float = 4.0,
) -> Build:
    """A table whose far edge is seen before a wall out of focus."""
    build = Build(folder, Camera(pitch=5, aperture=0.13), key, (0.34, 0.34, 0.33))
    build.wall(matte(tx.plaster(rgb(wall), 21, 0.07)), z=-7)
    build.block((18, 0.5, 7.6), (0, -0.5, -0.2), satin(top, gloss, scale), edge=0.06)
    build.floor(matte(wall), level=-3)
    build.reflectivity, build.roughness = show, min(gloss * 1.4, 1)
    build.floor_line_z = -4.0
    return build


def draped(folder: Path, colour: str, wall: str, key: Key, seed: int) -> Build:
    """Cloth laid over a table and hung behind it, in long soft folds."""
    build = Build(folder, Camera(pitch=7), key, (0.34, 0.33, 0.32))
    cloth = matte(tx.linen(rgb(colour), seed), 7)
    x = np.linspace(-8, 8, 320)
    rows = []
    for along in np.linspace(0, 1, 160):
        z, y = _over(along)
        rise = np.clip((along - 0.46) / 0.16, 0, 1)
        bent = x + 0.5 * np.sin(x * 0.7 + seed) + 0.35 * along
        folds = np.sin(bent * 2.6) * (0.6 + 0.4 * np.cos(x * 0.5 + seed)) + 0.3 * np.sin(bent * 5.9)
        soft = 0.34 * rise * folds
        near = np.exp(-((x / 1.7) ** 2))
        waves = np.sin(x * 2.1 + along * 14 + seed) + 0.5 * np.sin(x * 1.1 - along * 21)
        low = 0.07 * (1 - near) * waves * np.clip(1 - rise, 0, 1)
        rows.append(np.stack([x, np.full_like(x, y) + low, np.full_like(x, z) + soft], axis=1))
    build.add(meshes.surface(folder, np.array(rows), 1.0), cloth)
    build.wall(matte(wall), z=-6)
    build.floor_line_z = -2.4
    return build


def _over(along: float) -> tuple[float, float]:
    """Depth and height of a cloth from its front edge over the table and up the wall."""
    if along < 0.5:
        return 6.0 - 16.0 * along, 0.0
    turn = min((along - 0.5) / 0.12, 1.0) * math.pi / 2
    z, y = -2.0 - 1.2 * math.sin(turn), 1.2 - 1.2 * math.cos(turn)
    return z, y + max(along - 0.62, 0) * 26


def slab(
    folder: Path, stone: np.ndarray, wall: np.ndarray, key: Key, *, brass: bool = False
) -> Build:
    """A slab of stone on a stone counter."""
    build = Build(folder, Camera(pitch=6, level=0.4), key, (0.36, 0.36, 0.37))
    build.wall(matte(wall, 0.8), z=-4)
    build.floor(satin(stone, 0.12, 1.6))
    build.block((2.7, 0.4, 2.0), (0, 0, 0), satin(stone, 0.1, 0.8, 30), edge=0.03)
    build.podium = (2.7, 2.0)
    build.reflectivity, build.roughness = 0.1, 0.25
    if brass:
        gold = metal("Au", 0.18, "#f0d9a8")
        build.rod((1.85, 0, -2.4), (1.85, 6.4, -2.4), 0.05, gold)
        build.drum(0.75, 0.06, (1.85, 0, -2.4), gold, edge=0.02)
        build.ball(0.3, (-1.6, 0.3, -1.3), gold)
    return build


LEFT = Key((-0.62, 0.72, 0.48), WARM, 0.62, 7)
RIGHT = Key((0.66, 0.7, 0.4), (1.02, 1.0, 0.97), 0.62, 9)
SOFT = Key((-0.45, 0.8, 0.62), (1.0, 1.0, 1.0), 0.55, 19)
HARD = Key((0.72, 0.62, 0.42), (1.08, 1.0, 0.88), 0.85, 1.4)
BACK = Key((-0.5, 0.75, -0.42), (1.06, 1.0, 0.92), 0.8, 10)
TOP = Key((0.15, 1.0, 0.25), (1.0, 1.0, 1.0), 0.62, 16)

_MARBLE = partial(tx.marble, rgb("#f1efec"), rgb("#8f8a86"))

PLATES: dict[str, Plate] = {
    "studio-white": Plate(
        "studio", "白色无缝纸", "White paper sweep", lambda f: sweep(f, "#eceae6", SOFT)
    ),
    "studio-warm": Plate(
        "studio", "暖灰无缝纸", "Warm grey sweep", lambda f: sweep(f, "#cdbfb0", LEFT)
    ),
    "studio-dark": Plate(
        "studio",
        "深灰镜面台",
        "Dark glossy set",
        lambda f: sweep(f, "#3c3e44", Key((0.6, 0.8, -0.1), COOL, 1.1, 12), gloss=True, sky=0.2),
    ),
    "pastel-blush": Plate(
        "minimal_pastel",
        "裸粉圆台",
        "Blush podium",
        lambda f: podium(f, "#ecd0c6", "#f3e0d8", LEFT, radius=1.25, height=0.7, disc="#e3b6a8"),
    ),
    "pastel-mint": Plate(
        "minimal_pastel",
        "薄荷圆台",
        "Mint podium",
        lambda f: podium(f, "#cfe0d5", "#e5efe8", RIGHT, radius=0.85, height=1.1),
    ),
    "pastel-lilac": Plate(
        "minimal_pastel",
        "藕紫阶梯",
        "Lilac blocks",
        lambda f: steps(f, "#d9d0e2", "#e8e1ee", SOFT, "#b9a5cf"),
    ),
    "pastel-cream": Plate(
        "minimal_pastel", "奶油拱门", "Cream arch", lambda f: arch(f, "#eee3d2", "#e0cdb4", LEFT)
    ),
    "terracotta-arch": Plate(
        "arch", "陶土拱龛", "Terracotta niche", lambda f: arch(f, "#c98d6c", "#b47555", HARD)
    ),
    "sage-arch": Plate(
        "arch", "鼠尾草绿拱龛", "Sage niche", lambda f: arch(f, "#b9c2ac", "#a3ae95", RIGHT)
    ),
    "wood-oak": Plate(
        "wood",
        "橡木桌面",
        "Oak table",
        lambda f: table(
            f, tx.wood(rgb("#d8b78c"), rgb("#a87c4f"), 31), "#d9d2c6", LEFT, gloss=0.32, show=0.05
        ),
    ),
    "wood-walnut": Plate(
        "wood",
        "胡桃木桌面",
        "Walnut table",
        lambda f: table(
            f, tx.wood(rgb("#8a5f42"), rgb("#4c2f1f"), 33), "#7d8076", BACK, gloss=0.22, show=0.09
        ),
    ),
    "wood-white": Plate(
        "wood",
        "白蜡木桌面",
        "Ash table",
        lambda f: table(
            f, tx.wood(rgb("#e8dcc8"), rgb("#cdb997"), 35, 7), "#c4d0d4", SOFT, gloss=0.4, show=0.04
        ),
    ),
    "marble-white": Plate(
        "marble",
        "白色大理石",
        "White marble",
        lambda f: slab(f, _MARBLE(41), tx.plaster(rgb("#dcdad6"), 42), SOFT),
    ),
    "marble-brass": Plate(
        "marble",
        "大理石与黄铜",
        "Marble and brass",
        lambda f: slab(f, _MARBLE(43), tx.plaster(rgb("#cfc4b4"), 44), LEFT, brass=True),
    ),
    "marble-green": Plate(
        "marble",
        "墨绿大理石",
        "Green marble",
        lambda f: slab(
            f,
            tx.marble(rgb("#2f5145"), rgb("#c9d3c4"), 45),
            tx.plaster(rgb("#ddd6c8"), 46),
            RIGHT,
            brass=True,
        ),
    ),
    "linen-natural": Plate(
        "linen", "原色亚麻布", "Natural linen", lambda f: draped(f, "#dcccb4", "#dcccb4", LEFT, 2)
    ),
    "linen-grey": Plate(
        "linen",
        "雾蓝亚麻布",
        "Misty blue linen",
        lambda f: draped(f, "#aebac4", "#aebac4", RIGHT, 5),
    ),
}
