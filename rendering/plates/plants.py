"""Leaves and what is made of them."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np

from rendering.plates import meshes
from rendering.plates.building import Build, matte, satin
from rendering.plates.meshes import blades
from rendering.plates.textures import rgb


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
            leaf(build.folder, at, turn, lean, length, length * random.uniform(0.16, 0.26)),
            satin(tuple(np.clip(tone, 0, 0.9).tolist()), 0.35),
        )


def leaf(
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


def pampas(build: Build, at: tuple[float, float, float], height: float, seed: int) -> None:
    """Plumes of dried grass on stems that part."""
    random = np.random.default_rng(seed)
    for _ in range(6):
        lean = np.array([random.uniform(-0.45, 0.25), 1.0, random.uniform(-0.2, 0.2)])
        tip = np.array(at) + lean * height * random.uniform(0.75, 1.0)
        tone = np.array(rgb("#e2cfa6")) * random.uniform(0.75, 1.05)
        build.rod(at, tuple(tip.tolist()), 0.016, matte("#b39a66"))
        share = random.uniform(0.55, 1.0, 520)
        feet = np.array(at) + (tip - np.array(at)) * share[:, None]
        spread = random.normal(0, 1, (520, 3)) * [0.17, 0.05, 0.17]
        full = np.sin(np.pi * np.clip((share - 0.5) / 0.54, 0, 1))[:, None]
        tips = feet + spread * full + lean * 0.26
        hair = blades(build.folder, feet, tips, np.full(520, 0.02), 0.05)
        build.add(hair, matte(tuple(tone.tolist())))


def conifer(build: Build, at: tuple[float, float, float], height: float, seed: int) -> None:
    """A spruce: tiers of boughs that hang, shorter towards the top."""
    random = np.random.default_rng(seed)
    count = 1500
    up = random.uniform(0.08, 1.0, count)
    up = (np.floor(up * 13) + 0.5 * random.uniform(0, 1, count)) / 13
    turn = random.uniform(0, 2 * math.pi, count)
    reach = 0.24 * height * (1.02 - up) * random.uniform(0.65, 1.1, count)
    feet = np.stack([np.full(count, at[0]), at[1] + up * height, np.full(count, at[2])], 1)
    away = np.stack([np.cos(turn) * reach, -0.42 * reach, np.sin(turn) * reach], 1)
    tone = np.array(rgb("#3d5a3c")) * random.uniform(0.75, 1.25)
    boughs = blades(build.folder, feet, feet + away, 0.3 * reach + 0.05, 0.1)
    build.add(boughs, matte(tuple(tone.tolist())))


def lawn(build: Build, seed: int, bare: tuple[float, float], turn: float) -> None:
    """Grass that stands, thinner with distance, none under a cloth of half
    the width and depth `bare`, turned by `turn`."""
    cos, sin = math.cos(turn), math.sin(turn)
    random = np.random.default_rng(seed)
    for colour in ("#6f9a35", "#5b8a2e", "#88ab48"):
        z = 5.0 - 21.0 * random.uniform(0, 1, 26000) ** 1.5
        x = random.uniform(-1, 1, 26000) * (3.2 + 0.35 * (5.0 - z))
        outside = (np.abs(x * cos + z * sin) > bare[0]) | (np.abs(z * cos - x * sin) > bare[1])
        feet = np.stack([x, np.zeros_like(x), z], 1)[outside]
        lean = random.normal(0, 0.09, feet.shape)
        lean[:, 1] = random.uniform(0.1, 0.26, len(feet))
        width = random.uniform(0.018, 0.034, len(feet))
        build.add(blades(build.folder, feet, feet + lean, width, 0.08), matte(colour))


def bush(build: Build, at: tuple[float, float, float], radius: float, seed: int) -> None:
    """A leafy mass, light where it is outermost."""
    random = np.random.default_rng(seed)
    build.ball(radius * 0.82, at, matte("#35501f"))
    for colour in ("#5f8a35", "#7fa64a", "#4a7329"):
        out = random.normal(0, 1, (2200, 3))
        out /= np.linalg.norm(out, axis=1, keepdims=True)
        bumps = 0.88 + 0.13 * np.sin(5 * out[:, 0] + seed) * np.cos(6 * out[:, 1] - seed)
        feet = np.array(at) + out * radius * bumps[:, None]
        tips = feet + 0.3 * out + random.normal(0, 0.26, feet.shape)
        build.add(blades(build.folder, feet, tips, np.full(2200, 0.24), 0.05), matte(colour))
