"""Surfaces made of noise: wood, marble, linen, terrazzo, plaster and more, as linear RGB."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.float32]
Colour = tuple[float, float, float]


def rgb(hexa: str) -> Colour:
    """A colour as designers write it (`#e8d5c4`), as linear RGB."""
    parts = [int(hexa[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return red, green, blue


def noise(size: tuple[int, int], cell: tuple[float, float], seed: int) -> Picture:
    """Smooth noise of mean 0 whose spots are about `cell` pixels, 1 at its largest."""
    random = np.random.default_rng(seed)
    small = (max(int(size[0] / cell[0]), 2) + 3, max(int(size[1] / cell[1]), 2) + 3)
    grid = random.normal(0, 1, (small[1], small[0])).astype(np.float32)
    found = cv2.resize(grid, size, interpolation=cv2.INTER_CUBIC)
    return np.asarray(found / np.abs(found).max(), np.float32)


def clouds(size: tuple[int, int], cell: float, seed: int, octaves: int = 5) -> Picture:
    """Noise on noise, each octave half as large and half as strong."""
    found = np.zeros((size[1], size[0]), np.float32)
    for octave in range(octaves):
        scale = max(cell / 2**octave, 1.5)
        found += noise(size, (scale, scale), seed + octave) / 2**octave
    return np.asarray(found / np.abs(found).max(), np.float32)


def _mixed(share: Picture, low: Colour, high: Colour) -> Picture:
    weight = np.clip(share, 0, 1)[..., None]
    return np.asarray(np.array(low) * (1 - weight) + np.array(high) * weight, np.float32)


def plaster(colour: Colour, seed: int, strength: float = 0.05) -> Picture:
    """A painted wall: hardly anything, and never nothing."""
    field = (
        1 + strength * clouds((1024, 1024), 220, seed) + 0.015 * clouds((1024, 1024), 6, seed + 9)
    )
    return np.asarray(np.array(colour)[None, None] * field[..., None], np.float32)


def concrete(colour: Colour, seed: int, *, cast: bool = False) -> Picture:
    """Concrete: clouds, pores, a few pits; `cast` on site also the formwork's joint and ties."""
    size = (1024, 1024)
    field = 1 + 0.1 * clouds(size, 300, seed) + 0.05 * clouds(size, 40, seed + 3)
    field += 0.035 * clouds(size, 5, seed + 5)
    pits = (clouds(size, 14, seed + 11) > 0.62).astype(np.float32)
    field *= 1 - 0.35 * cv2.GaussianBlur(pits, (0, 0), 1.2)
    if cast:
        y, x = np.mgrid[0:1024, 0:1024].astype(np.float32)
        joint = np.minimum(np.minimum(x, 1023 - x), np.minimum(y, 1023 - y))
        field *= 1 - 0.35 * np.exp(-((joint / 2.5) ** 2)) + 0.05 * np.exp(-(((joint - 7) / 4) ** 2))
        for across in (256, 768):
            for down in (256, 768):
                off = np.hypot(x - across, y - down)
                field *= 1 - 0.4 * np.exp(-((off / 9) ** 4)) + 0.1 * np.exp(-((off - 12) ** 2) / 4)
    return np.asarray(np.array(colour)[None, None] * field[..., None], np.float32)


_WHOLE = 3
"""A board of so few planks is glued from whole ones."""


def wood(light: Colour, dark: Colour, seed: int, planks: int = 5) -> Picture:
    """Planks that run along x, flat-sawn: a plank cuts the tree's rings, cones about a pith that
    lies below it and wanders, so that its middle shows arches and its edges lines. Each plank is
    cut from another place, of another tone, and ends where its neighbours do not."""
    size = (1536, 1024)
    random = np.random.default_rng(seed)
    along = np.linspace(0, 1, size[0], dtype=np.float32)[None, :]
    y = np.linspace(0, planks, size[1], endpoint=False, dtype=np.float32)[:, None]
    plank = np.floor(y).astype(int)[:, 0]
    first, second = random.uniform(0.2, 0.45, planks), random.uniform(0.6, 0.85, planks)
    ends = np.where(np.arange(planks) % 2, first, second)
    if planks <= _WHOLE:
        ends[:] = 9.0
    board = 2 * plank[:, None] + (along > ends[plank][:, None])
    pith, depth, taper, tone = (
        random.uniform(low, high, 2 * planks).astype(np.float32)[board]
        for low, high in ((0.2, 0.8), (0.1, 0.9), (-0.7, 0.7), (0.0, 0.3))
    )
    wander = 0.16 * noise(size, (520, 90), seed + 1) + 0.03 * noise(size, (150, 22), seed + 2)
    rings = np.hypot(y % 1 - pith + 0.5 * wander, depth + taper * along + wander)
    phase = 11 * rings + 0.25 * noise(size, (400, 12), seed + 5)
    late = (phase % 1) ** 2.5 * np.clip((1 - phase % 1) / 0.12, 0, 1)
    fibres = noise(size, (220, 2.2), seed + 3) + 0.7 * noise(size, (70, 1.6), seed + 4)
    pores = np.clip(noise(size, (36, 1.5), seed + 6) - 0.42, 0, 1)
    found = _mixed(0.12 + 0.42 * late + 0.16 * fibres + 0.5 * pores + tone, light, dark)
    off = np.minimum(y % 1, 1 - y % 1) * size[1] / planks
    off = np.minimum(off, np.abs(along - ends[plank][:, None]) * size[0])
    gap = np.clip(1 - off / 2.5, 0, 1)
    return np.asarray(found * (1 - 0.6 * gap)[..., None], np.float32)


def marble(ground: Colour, vein: Colour, seed: int, scale: float = 1.0) -> Picture:
    """Veins aslant: where a slope, bent by noise ever finer, crosses a few levels; each fades in
    and out, and a faint haze keeps near the strong ones."""
    size = (1400, 1400)
    y, x = np.mgrid[0:1:1400j, 0:1:1400j].astype(np.float32)
    found = np.zeros((size[1], size[0]), np.float32)
    for number, (turn, levels, bend, width, strength) in enumerate(
        ((0.9, 2.2, 0.9, 0.010, 0.8), (0.6, 4.0, 1.3, 0.014, 0.45), (1.9, 5.0, 1.6, 0.02, 0.16))
    ):
        slope = (x * np.cos(turn) + y * np.sin(turn)) * levels / scale
        field = slope + bend * 0.55 * clouds(size, 520 * scale, seed + 20 + number, 7)
        off = np.abs(field % 1 - 0.5)
        patch = np.clip(0.35 + 1.3 * clouds(size, 260, seed + 40 + number, 3), 0, 1)
        sharp = np.exp(-off / (width * (0.4 + patch)))
        found = np.maximum(found, patch * strength * (sharp + 0.07 * np.exp(-off / 0.09)))
    cloudy = 0.07 * np.clip(0.3 + clouds(size, 420, seed, 6), 0, 1)
    return _mixed(found + cloudy, ground, vein)


def linen(colour: Colour, seed: int, threads: int = 260) -> Picture:
    """A plain weave with slubs: threads across and along, thicker here and there."""
    size = (1024, 1024)
    x = np.linspace(0, threads, size[0], dtype=np.float32)[None, :]
    y = np.linspace(0, threads, size[1], dtype=np.float32)[:, None]
    across = np.sin(np.pi * (x + 0.3 * noise(size, (300, 8), seed))) ** 2
    along = np.sin(np.pi * (y + 0.3 * noise(size, (8, 300), seed + 1))) ** 2
    over = ((np.floor(x) + np.floor(y)) % 2).astype(np.float32)
    weave = over * across + (1 - over) * along
    slubs = noise(size, (120, 3), seed + 2) + noise(size, (3, 120), seed + 3)
    field = 0.84 + 0.16 * weave + 0.06 * slubs + 0.05 * clouds(size, 200, seed + 4)
    return np.asarray(np.array(colour)[None, None] * field[..., None], np.float32)


def gingham(one: Colour, other: Colour, seed: int, squares: int = 12) -> Picture:
    """Checked cotton: two colours and their mixture, woven."""
    size = (1024, 1024)
    x = (np.linspace(0, squares, size[0], dtype=np.float32) % 1 > 0.5)[None, :]
    y = (np.linspace(0, squares, size[1], dtype=np.float32) % 1 > 0.5)[:, None]
    share = 0.5 * x + 0.5 * y
    return np.asarray(_mixed(share, one, other) * linen((1, 1, 1), seed), np.float32)


def terrazzo(ground: Colour, chips: list[Colour], seed: int, count: int = 900) -> Picture:
    """Chips of stone, larger and smaller, in a cement."""
    size = 1200
    random = np.random.default_rng(seed)
    found = plaster(ground, seed, 0.03)
    found = np.asarray(cv2.resize(found, (size, size)), np.float32)
    for _ in range(count):
        at = random.uniform(0, size, 2)
        radius = random.gamma(2.2, 5.0) + 2
        angles = np.sort(random.uniform(0, 2 * np.pi, random.integers(5, 8)))
        reach = radius * random.uniform(0.6, 1.2, len(angles))
        corners = np.stack([np.cos(angles), np.sin(angles)], 1) * reach[:, None] + at
        colour = np.array(chips[random.integers(len(chips))]) * random.uniform(0.85, 1.1)
        cv2.fillPoly(
            found, [np.rint(corners * 8).astype(np.int32)], colour.tolist(), cv2.LINE_AA, 3
        )
    return found


def tiles(
    colour: Colour, grout: Colour, seed: int, columns: int, rows: int, *, brick: bool = False
) -> Picture:
    """Glazed tiles in a bond, no two of one tone."""
    width, height = 1200, 1200
    random = np.random.default_rng(seed)
    y = np.linspace(0, rows, height, endpoint=False)[:, None]
    shift = 0.5 * (np.floor(y) % 2) if brick else 0.0
    x = np.linspace(0, columns, width, endpoint=False)[None, :] + shift
    tone = random.normal(0, 0.016, (rows + 1, columns + 2))
    field = 1 + tone[np.floor(y).astype(int), np.floor(x).astype(int)]
    near = np.minimum(
        np.minimum(x % 1, 1 - x % 1) * width / columns, np.minimum(y % 1, 1 - y % 1) * height / rows
    )
    joint = np.clip(1.6 - near / 2.2, 0, 1)[..., None]
    glazed = np.array(colour)[None, None] * field[..., None]
    return np.asarray(glazed * (1 - joint) + np.array(grout) * joint, np.float32)


def grass(seed: int) -> Picture:
    """A mown lawn from above: blades in all greens."""
    size = 1400
    random = np.random.default_rng(seed)
    found = np.full((size, size, 3), rgb("#3f5a22"), np.float32)
    for _ in range(26000):
        at = random.uniform(0, size, 2)
        turn, length = random.uniform(0, 2 * np.pi), random.uniform(7, 20)
        end = at + length * np.array([np.cos(turn), np.sin(turn)])
        tone = random.uniform(0.6, 1.5)
        colour = np.array(rgb(("#5f8a2f", "#7da53c", "#4c7327", "#93b24a")[random.integers(4)]))
        one, other = (tuple(np.rint(each).astype(int).tolist()) for each in (at, end))
        cv2.line(found, one, other, (colour * tone).tolist(), random.integers(1, 3), cv2.LINE_AA)
    return found
