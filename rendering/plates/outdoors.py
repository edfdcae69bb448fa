"""Seasons and open air: water, autumn, a picnic on a lawn, a camp."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np

from rendering.plates import meshes
from rendering.plates import textures as tx
from rendering.plates.building import Build, Key, matte, satin
from rendering.plates.camera import Camera
from rendering.plates.plants import bush, conifer, lawn, pampas
from rendering.plates.plate import Plate, plate
from rendering.plates.sets import BACK, HARD, LEFT
from rendering.plates.textures import rgb


def water(folder: Path, ground: str, key: Key, stone: str) -> Build:
    """A flat stone in a shallow pool whose ripples bend what lies under it."""
    build = Build(folder, Camera(pitch=7, level=0.3), key, (0.42, 0.46, 0.5))
    build.sweep(matte(tx.plaster(rgb(ground), 101, 0.05)), back=-7, bend=3.0, level=-0.7)
    x, z = np.meshgrid(np.linspace(-9, 9, 420), np.linspace(9, -6, 420))
    random = np.random.default_rng(102)
    height = np.zeros_like(x)
    for _ in range(22):
        turn, wave = random.uniform(0, 2 * math.pi), random.uniform(2.2, 7)
        height += (
            np.sin((x * math.cos(turn) + z * math.sin(turn)) * wave + random.uniform(0, 6)) / wave
        )
    far = np.hypot(x, z)
    height = 0.018 * height + 0.02 * np.sin(far * 7) * np.exp(-((far - 2.0) ** 2) / 1.2)
    grid = np.stack([x, height - 0.05, z], axis=-1)
    surface = {"type": "thindielectric", "int_ior": 1.33}
    build.add(meshes.surface(folder, grid), surface)
    build.drum(1.45, 1.0, (0, -0.7, 0), satin(tx.concrete(rgb(stone), 103), 0.5), edge=0.12)
    build.podium = (2.9, 2.9)
    for x0, z0, radius in ((-2.3, -1.6, 0.5), (2.4, -1.2, 0.4), (-1.9, 0.9, 0.26)):
        build.ball(radius, (x0, -0.35, z0), satin(tx.concrete(rgb(stone), 104), 0.5))
    build.floor_line_z = -5.8
    return build


def autumn(folder: Path, wall: str, cloth: str, key: Key) -> Build:
    """Ochre and dried grass: a wooden block, pumpkins, leaves on the ground."""
    build = Build(folder, Camera(pitch=6, level=0.45), key, (0.33, 0.31, 0.29))
    build.sweep(matte(tx.linen(rgb(wall), 111), 6), back=-4.4, bend=1.2)
    build.block(
        (2.8, 0.45, 2.0),
        (0, 0, 0),
        satin(tx.wood(rgb("#b98a5a"), rgb("#6e4526"), 112, 3), 0.4, 0.5),
        edge=0.05,
    )
    build.podium = (2.8, 2.0)
    for x, z, size, colour in (
        (-2.1, -1.5, 0.62, cloth),
        (-1.5, -2.2, 0.4, "#d9b06a"),
        (2.3, -1.7, 0.45, "#a8552e"),
    ):
        _pumpkin(build, (x, 0, z), size, colour)
    _fallen(build, 113, ("#b5622b", "#c98b3a", "#8a3d22", "#d6a650"))
    pampas(build, (2.4, 0, -2.6), 3.4, 114)
    return build


def _pumpkin(build: Build, at: tuple[float, float, float], size: float, colour: str) -> None:
    u, v = np.meshgrid(np.linspace(0, 2 * math.pi, 121), np.linspace(0, math.pi, 40), indexing="ij")
    ribs = 1 - 0.11 * np.abs(np.sin(5 * u)) ** 0.7
    reach = size * np.sin(v) * ribs
    dip = 1 - 0.22 * np.exp(-((np.sin(v) / 0.35) ** 2))
    y = at[1] + size * 0.72 * (1 - np.cos(math.pi - v) * dip * 0.98) - size * 0.02
    grid = np.stack([reach * np.cos(u) + at[0], y, reach * np.sin(u) + at[2]], axis=-1)
    build.add(meshes.surface(build.folder, grid), satin(colour, 0.4))
    build.rod(
        (at[0], at[1] + size * 1.2, at[2]),
        (at[0] + 0.1, at[1] + size * 1.75, at[2]),
        0.07 * size + 0.02,
        matte("#6b5a35"),
    )


def _fallen(build: Build, seed: int, colours: tuple[str, ...]) -> None:
    """Leaves that lie on the ground, none where the product stands."""
    random = np.random.default_rng(seed)
    for _ in range(34):
        x, z = random.uniform(-3.4, 3.4), random.uniform(-2.6, 2.0)
        if abs(x) < 1.7 and z > -1.5:
            continue
        length = random.uniform(0.28, 0.5)
        t = np.linspace(0, 1, 10)[:, None]
        across = np.linspace(-1, 1, 5)[None, :]
        half = 0.34 * length * np.sin(math.pi * t) ** 0.9
        turn = random.uniform(0, 2 * math.pi)
        px, pz = length * (t - 0.5) + 0 * across, half * across
        y = (
            0.02
            + 0.06 * length * np.cos(math.pi * across) * t
            + random.uniform(0, 0.03)
            + 0 * across
        )
        cos, sin = math.cos(turn), math.sin(turn)
        grid = np.stack([px * cos - pz * sin + x, y, px * sin + pz * cos + z], axis=-1)
        build.add(meshes.surface(build.folder, grid), matte(colours[random.integers(len(colours))]))


def picnic(folder: Path, check: tuple[str, str], key: Key, seed: int) -> Build:
    """A checked cloth on a lawn in sunshine."""
    build = Build(folder, Camera(pitch=9, level=0.1, aperture=0.2), key, (0.42, 0.5, 0.62))
    build.floor(matte(tx.grass(seed), 3.4), far=-40)
    lawn(build, seed, (2.62, 2.42), 0.25)
    for number, x0 in enumerate(np.linspace(-9, 9, 7).tolist()):
        size = 2.6 + 0.5 * (number * 5 % 3)
        bush(build, (x0, 1.2, -15.0 - 2 * (number % 2)), size, seed + number)
    x, z = np.meshgrid(np.linspace(-2.6, 2.6, 120), np.linspace(2.4, -2.4, 110))
    y = 0.1 + 0.025 * np.sin(x * 3 + z) * np.clip(np.hypot(x, z) - 1.2, 0, 1)
    cos, sin = math.cos(0.25), math.sin(0.25)
    grid = np.stack([x * cos - z * sin, y, x * sin + z * cos], axis=-1)
    build.add(
        meshes.surface(folder, grid, 1.0), matte(tx.gingham(rgb(check[0]), rgb(check[1]), seed), 1)
    )
    wicker = matte(tx.linen(rgb("#b58a54"), seed + 3, 60), 1)
    build.block((1.6, 1.0, 1.1), (-2.5, 0.1, -2.4), wicker, edge=0.1, turn=18)
    for x0, z0, colour in ((2.1, -1.9, "#d9403a"), (2.5, -1.4, "#e0b23c"), (1.75, -2.3, "#d9403a")):
        build.ball(0.3, (x0, 0.4, z0), satin(colour, 0.25))
    build.floor_line_z = -16
    return build


def camping(folder: Path, sky: tuple[float, float, float], key: Key, *, lights: bool) -> Build:
    """A stump before a tent, at dusk with a string of bulbs or by day."""
    build = Build(folder, Camera(pitch=5, level=0.9, aperture=0.16), key, sky)
    build.floor(matte(tx.concrete(rgb("#7d6a4e"), 121), 4), far=-40)
    build.add(
        _bark(folder, 1.35, 0.87), matte(tx.wood(rgb("#8d7258"), rgb("#4a3626"), 122, 3), 0.5, 90)
    )
    build.drum(1.345, 0.05, (0, 0.85, 0), satin(_rings(123), 0.5), edge=0.02)
    build.podium = (2.6, 2.6)
    _tent(build, (1.9, 0.0, -8.0), 3.1, 3.4, lit=lights)
    random = np.random.default_rng(125)
    for number, x in enumerate(np.linspace(-8.5, 8.5, 11).tolist()):
        place = (x + random.uniform(-0.4, 0.4), 0.0, -15.5 - 2.2 * (number % 3))
        conifer(build, place, random.uniform(6.5, 9.0), 300 + number)
    if lights:
        for number in range(15):
            t = number / 14
            place = (-3.2 + 6.4 * t, 4.35 - 2.2 * t * (1 - t), -3.2)
            build.emitter(
                {"type": "sphere", "center": list(place), "radius": 0.075}, "#ffc77a", 22.0
            )
    build.floor_line_z = -16
    return build


def _bark(folder: Path, radius: float, height: float) -> dict:
    """The side of a log, furrowed along its length."""
    turn = np.linspace(0, 2 * math.pi, 721)
    random = np.random.default_rng(126)
    rough = np.convolve(random.normal(0, 1, 723), [0.25, 0.5, 0.25], "valid")
    rough[-1] = rough[0]
    y = np.linspace(0, height, 12)[:, None]
    reach = radius + 0.022 * rough[None] + 0.03 * (1 - y / height) ** 2
    grid = np.stack([reach * np.cos(turn), y + 0 * turn, reach * np.sin(turn)], -1)
    return meshes.surface(folder, grid[::-1])


def _tent(
    build: Build, at: tuple[float, float, float], radius: float, height: float, *, lit: bool
) -> None:
    """A bell tent whose canvas sags between eight ropes; at night a lamp shines inside."""
    turn = np.linspace(0, 2 * math.pi, 129)
    y = np.linspace(0, 1, 30)[:, None]
    slack = 1 - 0.09 * np.abs(np.sin(4 * turn)) * np.sin(math.pi * np.clip(y, 0, 0.9))
    reach = radius * np.where(y < 0.22, 1.0, (1 - (y - 0.22) / 0.78) ** 0.92) * slack
    grid = np.stack([reach * np.cos(turn), height * y + 0 * turn, reach * np.sin(turn)], -1)
    build.add(meshes.surface(build.folder, grid + np.array(at)), matte("#e3d6ba"))
    foot, top = radius * 1.005, height * 0.62
    door = np.array(
        [
            [(-0.5, 0.0, foot), (0.5, 0.0, foot)],
            [(-0.42, 0.22 * height, foot), (0.42, 0.22 * height, foot)],
            [(-0.02, top, radius * 0.53), (0.02, top, radius * 0.53)],
        ]
    ) + np.array(at)
    if lit:
        build.emitter(meshes.surface(build.folder, door[:, ::-1]), "#ffb765", 1.6)
    else:
        build.add(meshes.surface(build.folder, door), matte("#5a4a36"))


def _rings(seed: int) -> np.ndarray:
    """The end of a log: rings about its middle, none quite round."""
    y, x = np.mgrid[-1:1:512j, -1:1:512j]
    bent = tx.noise((512, 512), (170, 170), seed)
    turn = np.arctan2(y, x)
    share = 0.5 + 0.5 * np.sin(95 * np.hypot(x, y) * (1 + 0.09 * bent))
    far = np.hypot(x, y)
    cracks = np.zeros_like(far)
    for start, first, last in ((0.4, 0.15, 0.8), (2.6, 0.4, 0.97), (-1.3, 0.55, 0.98)):
        off = far * np.abs(np.sin(turn - start - 0.12 * bent)) / 0.006
        ahead = np.cos(turn - start) > 0
        cracks = np.maximum(cracks, np.exp(-off) * ahead * (far > first) * (far < last))
    weight = np.clip(0.45 * share + 0.8 * cracks, 0, 1)[..., None]
    pale, dark = np.array(rgb("#dcb98a")), np.array(rgb("#a97c4d"))
    return np.asarray(pale * (1 - weight) + dark * weight, np.float32)


_DUSK = Key((-0.5, 0.35, 0.5), (1.25, 0.95, 0.7), 0.35, 16)
_SUN = Key((0.55, 0.75, 0.3), (1.08, 1.0, 0.86), 0.95, 0.8)


PLATES: dict[str, Plate] = {
    "summer-pool": plate(
        "summer_water",
        "盛夏水面",
        "Summer water",
        lambda f: water(f, "#8fd0dc", _SUN, "#e9e4d8"),
        "summer",
    ),
    "summer-mint": plate(
        "summer_water",
        "薄荷水台",
        "Mint water",
        lambda f: water(f, "#b5dccb", HARD, "#f2efe8"),
        "summer",
    ),
    "autumn-ochre": plate(
        "autumn",
        "秋日赭石",
        "Autumn ochre",
        lambda f: autumn(f, "#c79a5b", "#d9802e", LEFT),
        "autumn",
    ),
    "autumn-rust": plate(
        "autumn",
        "秋日锈红",
        "Autumn rust",
        lambda f: autumn(f, "#a3623f", "#c9a05a", HARD),
        "autumn",
    ),
    "picnic-red": plate(
        "picnic",
        "草地野餐",
        "Picnic lawn",
        lambda f: picnic(f, ("#f6efe6", "#c9302c"), _SUN, 115),
        "spring",
        "summer",
    ),
    "picnic-blue": plate(
        "picnic",
        "蓝格野餐",
        "Blue picnic",
        lambda f: picnic(f, ("#f3f3ee", "#4f7fb0"), BACK, 117),
        "spring",
        "summer",
    ),
    "camping-dusk": plate(
        "camping",
        "黄昏露营",
        "Camping at dusk",
        lambda f: camping(f, (0.16, 0.17, 0.28), _DUSK, lights=True),
        "autumn",
        "summer",
    ),
    "camping-day": plate(
        "camping",
        "山野露营",
        "Camping by day",
        lambda f: camping(f, (0.5, 0.56, 0.66), _SUN, lights=False),
        "spring",
        "autumn",
    ),
}
