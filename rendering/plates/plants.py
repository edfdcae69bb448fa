"""Leaves and what is made of them."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np

from rendering.plates import meshes
from rendering.plates.building import Build, satin
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
