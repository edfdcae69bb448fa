"""Places: kitchen, bathroom, desk, nursery, tea room, and festive, seasonal and outdoor sets."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

import mitsuba as mi
import numpy as np

from rendering.plates import meshes
from rendering.plates import textures as tx
from rendering.plates.building import Bsdf, Build, Key, matte, metal, satin
from rendering.plates.camera import Camera
from rendering.plates.plate import Plate
from rendering.plates.sets import BACK, COOL, HARD, LEFT, RIGHT, SOFT, TOP, WARM
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


def leaves(
    build: Build, at: tuple[float, float, float], size: float, count: int, colour: str, seed: int
) -> None:
    """A plant: leaves on invisible stems, leaning outwards."""
    random = np.random.default_rng(seed)
    for _ in range(count):
        turn, lean = random.uniform(0, 2 * math.pi), random.uniform(0.15, 1.0)
        length = size * random.uniform(0.55, 1.0)
        tone = np.array(rgb(colour)) * random.uniform(0.7, 1.35)
        build.add(
            _leaf(build.folder, at, turn, lean, length, length * random.uniform(0.16, 0.26)),
            satin(tuple(np.clip(tone, 0, 0.9).tolist()), 0.35),
        )


def _leaf(
    folder: Path,
    at: tuple[float, float, float],
    turn: float,
    lean: float,
    length: float,
    width: float,
) -> dict:
    """A blade that rises, bends over and ends in a point."""
    t = np.linspace(0, 1, 14)[:, None]
    across = np.linspace(-1, 1, 5)[None, :]
    out = length * (lean * t + 0.25 * lean * t**2)
    up = length * (1.15 * t * (1 - 0.45 * lean * t))
    half = width * np.sin(math.pi * np.clip(t * 0.96 + 0.02, 0, 1)) ** 0.8
    x = out + 0 * across
    y = up + half * 0.25 * across**2
    z = half * across
    cos, sin = math.cos(turn), math.sin(turn)
    grid = np.stack([x * cos - z * sin + at[0], y + at[1], x * sin + z * cos + at[2]], axis=-1)
    return meshes.surface(folder, grid)


def bathroom(folder: Path, tile: str, key: Key, *, brick: bool) -> Build:
    """A stone ledge before glazed tiles, with a folded towel, a bottle and a plant behind."""
    build = Build(folder, Camera(pitch=5, aperture=0.1), key, (0.42, 0.43, 0.44))
    glazed = tx.tiles(rgb(tile), rgb("#f4f2ee"), 61, 6, 12 if brick else 6, brick=brick)
    build.wall(satin(glazed, 0.12, 2.4), z=-3.6)
    build.block((20, 0.45, 6.4), (0, -0.45, -0.4), satin(tx.terrazzo(
        rgb("#e9e6e1"), [rgb("#c9c4bc"), rgb("#a9a39b"), rgb("#d8cfc4")], 62), 0.15, 4.5), edge=0.05)  # fmt: skip
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
    line = np.linspace(0, 2 * math.pi, 97)
    for one, other in zip(line[:-1], line[1:], strict=True):
        build.rod(
            (2.25 * math.cos(one), 2.7 + 2.25 * math.sin(one), -3.4),
            (2.25 * math.cos(other), 2.7 + 2.25 * math.sin(other), -3.4),
            0.05, None, (glow, 5.0),
        )  # fmt: skip
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
    build.drum(1.45, 0.75, (0, -0.45, 0), satin(tx.concrete(rgb(stone), 103), 0.5), edge=0.12)
    build.podium = (2.9, 2.9)
    for x0, z0, radius in ((-2.3, -1.6, 0.5), (2.4, -1.2, 0.4), (-1.9, 0.9, 0.26)):
        build.ball(radius, (x0, -0.35, z0), satin(tx.concrete(rgb(stone), 104), 0.5))
    build.floor_line_z = -5.8
    return build


def autumn(folder: Path, wall: str, cloth: str, key: Key) -> Build:
    """Ochre and dry grass: a wooden block, pumpkins, leaves on the ground."""
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
    leaves(build, (2.35, 0, -2.9), 2.6, 22, "#b99a62", 114)
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
        if abs(x) < 1.7 and -1.5 < z:
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
    hedge = tx.grass(seed + 1)
    for number, x in enumerate(np.linspace(-16, 16, 9)):
        build.ball(
            3.0 + 0.5 * (number % 3), (float(x), 1.0, -17 - 2 * (number % 2)), matte(hedge, 3)
        )
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
    bark = satin(tx.wood(rgb("#8a6a4a"), rgb("#4a3423"), 122, 8), 0.7, 0.5)
    build.drum(1.35, 0.86, (0, 0, 0), bark, edge=0.06)
    build.drum(1.3, 0.05, (0, 0.85, 0), satin(_rings(123), 0.5), edge=0.02)
    build.podium = (2.6, 2.6)
    canvas = matte(tx.linen(rgb("#d9c8a4"), 124), 2)
    for side in (-1, 1):
        for corners in (
            ((side * 3.0, 0.0, 0.0), (side * 0.55, 0.0, 0.35), (0.0, 4.2, 0.0)),
            ((side * 3.0, 0.0, 0.0), (side * 3.0, 0.0, -5.0), (0.0, 4.2, 0.0)),
        ):
            _panel(build, corners, (1.5, 0.0, -6.0), canvas)
    build.block((3.4, 3.4, 0.2), (1.5, 0, -8.5), matte("#4a4034"))
    random = np.random.default_rng(125)
    for number in range(12):
        x = -14 + 2.5 * number + random.uniform(-0.5, 0.5)
        build.turned(
            [(1.9, 0.0), (1.2, 3.0), (0.6, 6.0), (0.02, 8.5)],
            (float(x), 0, -17 - 2.0 * (number % 2)),
            matte("#33452f"),
        )
    if lights:
        for number in range(15):
            t = number / 14
            place = (-3.2 + 6.4 * t, 4.35 - 2.2 * t * (1 - t), -3.2)
            build.emitter(
                {"type": "sphere", "center": list(place), "radius": 0.075}, "#ffc77a", 22.0
            )
    build.floor_line_z = -16
    return build


def _panel(
    build: Build,
    corners: tuple[tuple[float, float, float], ...],
    at: tuple[float, float, float],
    bsdf: Bsdf,
) -> None:
    """A triangle of cloth that sags a little."""
    one, other, top = (np.array(corner) + np.array(at) for corner in corners)
    rows = []
    for t in np.linspace(0, 1, 16):
        line = [(one * (1 - u) + other * u) * (1 - t) + top * t for u in np.linspace(0, 1, 16)]
        sag = 0.12 * math.sin(math.pi * t) * np.sin(math.pi * np.linspace(0, 1, 16))
        rows.append(np.array(line) - np.array([0, 0, 1]) * sag[:, None])
    build.add(meshes.surface(build.folder, np.array(rows)), bsdf)


def _rings(seed: int) -> np.ndarray:
    """The end of a log: rings about its middle, none quite round."""
    y, x = np.mgrid[-1:1:512j, -1:1:512j]
    bent = tx.noise((512, 512), (170, 170), seed)
    share = 0.5 + 0.5 * np.sin(70 * np.hypot(x, y) * (1 + 0.09 * bent))
    cracks = np.exp(-np.abs(np.sin(np.arctan2(y, x) * 2.5 + bent)) / 0.01) * (np.hypot(x, y) > 0.3)
    weight = np.clip(0.6 * share + 0.5 * cracks, 0, 1)[..., None]
    pale, dark = np.array(rgb("#dcb98a")), np.array(rgb("#a97c4d"))
    return np.asarray(pale * (1 - weight) + dark * weight, np.float32)


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
        line = np.linspace(0, 2 * math.pi, 97)
        for a, b in zip(line[:-1], line[1:], strict=True):
            build.rod(
                (1.9 * math.cos(a), 2.6 + 1.9 * math.sin(a), -3.6),
                (1.9 * math.cos(b), 2.6 + 1.9 * math.sin(b), -3.6),
                0.05,
                None,
                (one, 9.0),
            )
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


def sunlit(
    folder: Path, wall: str, ground: str, shadow: Callable[[Build], None], key: Key
) -> Build:
    """A plastered corner in sunlight that falls through a window or leaves."""
    build = Build(folder, Camera(pitch=6), key, (0.34, 0.35, 0.38))
    build.floor(matte(tx.concrete(rgb(ground), 141), 1.6))
    build.wall(matte(tx.plaster(rgb(wall), 142, 0.06), 1.5), z=-3.4)
    shadow(build)
    return build


def window_bars(build: Build) -> None:
    """A window with bars between sun and set; its light falls on the wall, beside the product."""
    _between(build, [((-9, 0.9), (-1.6, 9)), ((1.6, 0.9), (9, 9)), ((-9, -9), (9, -3.2)), ((-9, 4.0), (9, 9)),
                     ((-0.1, -9), (0.1, 9)), ((-9, 0.3), (9, 0.5))])  # fmt: skip


def slats(build: Build) -> None:
    """A blind."""
    _between(build, [((-9, y), (9, y + 0.34)) for y in np.arange(-6, 7, 0.8).tolist()])


def _between(build: Build, spans: list[tuple[tuple[float, float], tuple[float, float]]]) -> None:
    """Opaque rectangles in a plane between the sun and the set, in the plane's own axes."""
    sun = np.array(build.key.towards) / np.linalg.norm(build.key.towards)
    right = np.cross([0, 1, 0], sun)
    right /= np.linalg.norm(right)
    up = np.cross(sun, right)
    middle = np.array([0, 2.6, -2.2]) + sun * 8
    for (x0, y0), (x1, y1) in spans:
        grid = np.array([[middle + right * x + up * y for x in (x0, x1)] for y in (y0, y1)])
        build.shade(meshes.surface(build.folder, grid))


def corner(build: Build) -> None:
    """A house's edge, whose shadow cuts the wall aslant."""
    _between(build, [((0.9, -9), (9, 3.4)), ((-9, -9), (-2.6, 9))])


def palm(build: Build) -> None:
    """Leaves between sun and wall, off the product's place."""
    sun = np.array(build.key.towards) / np.linalg.norm(build.key.towards)
    random = np.random.default_rng(151)
    for cluster in ((-1.9, 3.4), (2.3, 4.2), (-2.6, 1.2)):
        root = np.array([cluster[0], cluster[1], -3.4]) + sun * 3.2
        for _ in range(9):
            leaf = _leaf(
                build.folder,
                tuple(root.tolist()),
                random.uniform(0, 6.3),
                random.uniform(0.4, 1.2),
                random.uniform(1.2, 1.9),
                0.13,
            )
            build.shade(leaf)


def tea(folder: Path, key: Key, *, screen: bool) -> Build:
    """A dark tray on a tea table, a paper screen or bamboo behind."""
    build = Build(folder, Camera(pitch=7, level=0.22), key, (0.3, 0.28, 0.25))
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
        build.wall(matte(tx.plaster(rgb("#9aa089"), 163, 0.06)), z=-4.6)
        for x in (-2.6, -2.2, -1.75, 2.0, 2.45, 2.75):
            build.rod((x, -1, -3.7), (x + 0.06, 8, -3.8), 0.11, satin("#8c9a5b", 0.3))
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


_DUSK = Key((-0.5, 0.35, 0.5), (1.25, 0.95, 0.7), 0.35, 16)
_SUN = Key((0.55, 0.75, 0.3), (1.08, 1.0, 0.86), 0.95, 0.8)
_STONES = ["#d98e73", "#8fa89b", "#e3c27a", "#7d8794"]


def _plate(style: str, zh: str, en: str, build: Callable[[Path], Build], *seasons: str) -> Plate:
    return Plate(style, zh, en, build, seasons=seasons)


PLATES: dict[str, Plate] = {
    "kitchen-white": _plate(
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
    "kitchen-green": _plate(
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
    "bathroom-white": _plate(
        "bathroom",
        "白瓷浴室",
        "White bathroom",
        lambda f: bathroom(f, "#e6ebea", SOFT, brick=False),
    ),
    "bathroom-blue": _plate(
        "bathroom", "雾蓝浴室", "Blue bathroom", lambda f: bathroom(f, "#9fb6bd", RIGHT, brick=True)
    ),
    "desk-light": _plate(
        "desk",
        "原木书桌",
        "Light desk",
        lambda f: desk(f, "#dfe3e2", tx.wood(rgb("#dcc09a"), rgb("#b48d60"), 73), LEFT, "#5f8a8b"),
    ),
    "desk-dark": _plate(
        "desk",
        "深色书桌",
        "Dark desk",
        lambda f: desk(f, "#4f5a5c", tx.wood(rgb("#7b5239"), rgb("#46301f"), 74), RIGHT, "#c77b4a"),
    ),
    "newyear-lanterns": _plate(
        "newyear",
        "新年灯笼",
        "New year lanterns",
        lambda f: new_year(f, "#a31d26", LEFT, lanterns=True, round_window=False),
        "spring_festival",
    ),
    "newyear-moongate": _plate(
        "newyear",
        "新年月门",
        "New year moon gate",
        lambda f: new_year(f, "#b62a31", SOFT, lanterns=False, round_window=True),
        "spring_festival",
    ),
    "newyear-gold": _plate(
        "newyear",
        "鎏金新年",
        "Golden new year",
        lambda f: new_year(f, "#d9b877", RIGHT, lanterns=True, round_window=True),
        "spring_festival",
    ),
    "sale-orange": _plate(
        "sale",
        "大促橙红",
        "Sale in orange",
        lambda f: sale(f, "#f0562b", "#d8321c", "#fff0c9", SOFT, boxes=True),
        "618",
        "double11",
    ),
    "sale-purple": _plate(
        "sale",
        "大促紫粉",
        "Sale in violet",
        lambda f: sale(f, "#7a3fd0", "#ff5fa2", "#ffd0f0", TOP, boxes=False),
        "618",
        "double11",
    ),
    "summer-pool": _plate(
        "summer_water",
        "盛夏水面",
        "Summer water",
        lambda f: water(f, "#8fd0dc", _SUN, "#e9e4d8"),
        "summer",
    ),
    "summer-mint": _plate(
        "summer_water",
        "薄荷水台",
        "Mint water",
        lambda f: water(f, "#b5dccb", HARD, "#f2efe8"),
        "summer",
    ),
    "autumn-ochre": _plate(
        "autumn",
        "秋日赭石",
        "Autumn ochre",
        lambda f: autumn(f, "#c79a5b", "#d9802e", LEFT),
        "autumn",
    ),
    "autumn-rust": _plate(
        "autumn",
        "秋日锈红",
        "Autumn rust",
        lambda f: autumn(f, "#a3623f", "#c9a05a", HARD),
        "autumn",
    ),
    "picnic-red": _plate(
        "picnic",
        "草地野餐",
        "Picnic lawn",
        lambda f: picnic(f, ("#f6efe6", "#c9302c"), _SUN, 115),
        "spring",
        "summer",
    ),
    "picnic-blue": _plate(
        "picnic",
        "蓝格野餐",
        "Blue picnic",
        lambda f: picnic(f, ("#f3f3ee", "#4f7fb0"), BACK, 117),
        "spring",
        "summer",
    ),
    "camping-dusk": _plate(
        "camping",
        "黄昏露营",
        "Camping at dusk",
        lambda f: camping(f, (0.16, 0.17, 0.28), _DUSK, lights=True),
        "autumn",
        "summer",
    ),
    "camping-day": _plate(
        "camping",
        "山野露营",
        "Camping by day",
        lambda f: camping(f, (0.5, 0.56, 0.66), _SUN, lights=False),
        "spring",
        "autumn",
    ),
    "nursery-blue": _plate(
        "nursery", "云朵儿童房", "Cloud nursery", lambda f: nursery(f, "#c9dde6", SOFT, 126)
    ),
    "nursery-peach": _plate(
        "nursery", "蜜桃儿童房", "Peach nursery", lambda f: nursery(f, "#f2d9c9", LEFT, 127)
    ),
    "neon-ring": _plate(
        "neon", "霓虹光环", "Neon ring", lambda f: neon(f, "#ff3fa0", "#3f7dff", ring=True)
    ),
    "neon-tubes": _plate(
        "neon", "霓虹灯管", "Neon tubes", lambda f: neon(f, "#23d5ff", "#a14bff", ring=False)
    ),
    "window-bars": _plate(
        "window_light",
        "窗格光影",
        "Window light",
        lambda f: sunlit(
            f, "#e6dccb", "#d8cdbb", window_bars, Key((-0.62, 0.6, 0.55), WARM, 0.95, 0.6)
        ),
    ),
    "window-slats": _plate(
        "window_light",
        "百叶光影",
        "Blinds",
        lambda f: sunlit(f, "#d3c6bd", "#c9bcb2", slats, Key((0.7, 0.55, 0.5), WARM, 1.0, 0.5)),
    ),
    "window-palm": _plate(
        "window_light",
        "棕榈光影",
        "Palm shadows",
        lambda f: sunlit(f, "#ead9cf", "#dfcabd", palm, Key((-0.5, 0.7, 0.6), WARM, 0.95, 0.8)),
    ),
    "concrete-sun": _plate(
        "concrete",
        "清水混凝土",
        "Concrete in sun",
        lambda f: sunlit(f, "#b3b0ab", "#bdbab4", corner, HARD),
    ),
    "concrete-dark": _plate(
        "concrete",
        "深灰水泥",
        "Dark concrete",
        lambda f: sunlit(f, "#6d6e70", "#77777a", slats, Key((-0.7, 0.7, 0.4), COOL, 0.9, 3)),
    ),
    "tea-screen": _plate(
        "tea_room", "纸屏茶席", "Tea by a paper screen", lambda f: tea(f, LEFT, screen=True)
    ),
    "tea-bamboo": _plate(
        "tea_room", "竹影茶席", "Tea by bamboo", lambda f: tea(f, BACK, screen=False)
    ),
    "terrazzo-blue": _plate(
        "terrazzo",
        "蓝墙水磨石",
        "Terrazzo on blue",
        lambda f: terrazzo(f, "#a9c3d6", _STONES, LEFT, tall=False),
    ),
    "terrazzo-coral": _plate(
        "terrazzo",
        "珊瑚水磨石",
        "Terrazzo on coral",
        lambda f: terrazzo(f, "#e8a892", _STONES[::-1], HARD, tall=True),
    ),
}
