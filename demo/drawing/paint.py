"""Colours and surfaces: glazes with their speckles and pooling, weaves, wood, brushwork."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from drawing.space import Material, Points, Scalars

Colour = Callable[[Points, Points], Points]


def tone(hexadecimal: str) -> NDArray[np.float32]:
    """Linear RGB of an sRGB colour such as ``e9e2d4``."""
    srgb = np.array([int(hexadecimal[i : i + 2], 16) for i in (0, 2, 4)]) / 255
    linear = np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)
    return linear.astype(np.float32)


def ground(hexadecimal: str) -> tuple[float, float, float]:
    """The same as a scene's ground."""
    r, g, b = tone(hexadecimal)
    return float(r), float(g), float(b)


def noise(points: Points, scale: float, seed: int = 0) -> Scalars:
    """Smooth value noise in [0, 1] over space."""
    p = points * np.float32(scale) + np.float32(seed * 17.31)
    cell = np.floor(p).astype(np.int64)
    t = (p - cell).astype(np.float32)
    t = t * t * (3 - 2 * t)
    total = np.zeros(len(points), dtype=np.float32)
    for corner in range(8):
        offset = np.array([corner & 1, corner >> 1 & 1, corner >> 2 & 1])
        weight = np.prod(np.where(offset, t, 1 - t), axis=1)
        total += weight * _hash(cell + offset, seed)
    return total


def _hash(cell: NDArray[np.int64], seed: int) -> Scalars:
    h = cell[:, 0] * 374761393 + cell[:, 1] * 668265263 + cell[:, 2] * 2147483647 + seed * 974711
    h = (h ^ (h >> 13)) * 1274126177
    return (((h ^ (h >> 16)) & 0xFFFFFF) / np.float32(0xFFFFFF)).astype(np.float32)


def speckles(points: Points, scale: float, share: float, seed: int = 0) -> Scalars:
    """1 in the middle of small iron spots, one cell in 1/`share` having one."""
    p = points * np.float32(scale)
    cell = np.floor(p).astype(np.int64)
    spot = np.zeros(len(points), dtype=np.float32)
    jitter = [_hash(cell, seed + k) for k in (1, 2, 3)]
    centre = cell + 0.25 + 0.5 * np.stack(jitter, axis=1)
    size = 0.08 + 0.22 * _hash(cell, seed + 4) ** 2
    away = np.linalg.norm(p - centre, axis=1)
    chosen = _hash(cell, seed) < share
    spot[chosen] = np.clip(1 - away / size, 0, 1)[chosen]
    return np.clip(spot * 3, 0, 1)


def glaze(
    colour: str, *, rim: str | None = None, rim_height: float = 1.0, rim_width: float = 0.03,
    spots: float = 0.0, foot: str | None = None, foot_height: float = 0.0, pool: float = 0.0,
    gloss: float = 1.0, blur: float = 0.1, vary: float = 0.05,
) -> Material:  # fmt: skip
    """A fired glaze: thin and warmer at the rim, deeper where it pools, bare at the foot."""
    base, edge = tone(colour), tone(rim or colour)
    bare = tone(foot or "c9b194")

    def paint(p: Points, normals: Points) -> Points:
        mottle = 1 + vary * (noise(p, 2.6) - 0.5) + vary * 0.5 * (noise(p, 9) - 0.5)
        out = base * mottle[:, None]
        if pool:
            out *= (1 - pool * np.clip(1 - np.abs(normals[:, 1]), 0, 1) * 0.4)[:, None]
            hollow = np.exp(-((p[:, 1] / 0.25) ** 2))
            out *= (1 - pool * hollow * (normals[:, 1] > 0.5))[:, None]
        if rim:
            wander = rim_width * (0.8 + 0.7 * noise(p, 5, 2))
            share = np.clip((p[:, 1] - rim_height + wander) / (rim_width * 0.6), 0, 1)[:, None]
            out = out * (1 - share) + edge * share
        if foot_height:
            line = foot_height * (0.85 + 0.3 * noise(p, 3, 4))
            share = np.clip((line - p[:, 1]) / 0.012, 0, 1)[:, None]
            out = out * (1 - share) + bare * (0.93 + 0.14 * noise(p, 40, 1))[:, None] * share
        if spots:
            dark = np.maximum(speckles(p, 11, spots), speckles(p, 25, spots * 1.3, 9) * 0.7)
            out = out * (1 - 0.62 * dark[:, None])
        return out.astype(np.float32)

    return Material(paint, gloss=gloss, blur=blur)


def plain(colour: str, gloss: float = 0.0, blur: float = 0.6, vary: float = 0.03) -> Material:
    """One colour with a little life."""
    base = tone(colour)

    def paint(p: Points, normals: Points) -> Points:
        return (base * (1 + vary * (noise(p, 4) - 0.5))[:, None]).astype(np.float32)

    return Material(paint, gloss=gloss, blur=blur)


def wood(
    light: str, dark: str, *, along: int = 0, rings: float = 9.0, gloss: float = 0.35
) -> Material:
    """Boards sawn from a trunk lying along an axis, with fine pores."""
    pale, deep = tone(light), tone(dark)

    def paint(p: Points, normals: Points) -> Points:
        stretched = p.copy()
        stretched[:, along] *= 0.16
        bend = noise(stretched, 2.0, 3) * 1.1 + noise(stretched, 5.5, 5) * 0.28
        across = [a for a in range(3) if a != along]
        distance = np.hypot(p[:, across[0]] * 0.55 + 0.7, p[:, across[1]] + 1.3) + bend * 0.42
        ring = 0.5 + 0.5 * np.sin(distance * rings * 2 * np.pi / 2.4)
        fine = p.copy()
        fine[:, along] *= 0.05
        pores = noise(fine, 60, 7)
        share = np.clip(0.15 + 0.55 * ring**1.6 + 0.3 * (pores - 0.5), 0, 1)[:, None]
        return (pale * (1 - share) + deep * share).astype(np.float32)

    return Material(paint, gloss=gloss, blur=0.5)


def cloth(
    pattern: Callable[[Scalars, Scalars], Points], *, thread: float = 55.0, relief: float = 0.24,
    sheen: float = 0.25, axes: tuple[int, int] = (0, 2),
) -> Material:  # fmt: skip
    """Woven cloth whose colour is `pattern` over two of its axes."""

    def paint(p: Points, normals: Points) -> Points:
        u, v = p[:, axes[0]], p[:, axes[1]]
        slub = 0.93 + 0.1 * noise(p * np.float32([1, 0, 14]), 3, 1)
        slub *= 0.95 + 0.1 * noise(p * np.float32([14, 0, 1]), 3, 2)
        crossing = 0.97 + 0.03 * np.sin(u * thread * np.pi) * np.sin(v * thread * np.pi)
        return (pattern(u, v) * (slub * crossing)[:, None]).astype(np.float32)

    def weave(p: Points) -> Scalars:
        u, v = p[:, axes[0]] * np.float32(thread), p[:, axes[1]] * np.float32(thread)
        threads = np.sin(u * np.pi) * np.cos(v * np.pi) * 0.006
        return (threads + 0.05 * noise(p, 7, 5) + 0.12 * noise(p, 1.8, 6)).astype(np.float32)

    return Material(paint, gloss=0.0, relief=weave, relief_size=relief, sheen=sheen)


def stripes(
    base: str, bands: list[tuple[float, float, str]], *, across: bool = True, repeat: float = 0.0
) -> Callable[[Scalars, Scalars], Points]:
    """Bands (centre, half width, colour) on one of the two axes, soft as woven ones are."""
    ground_colour, tones = tone(base), [(c, w, tone(h)) for c, w, h in bands]

    def pattern(u: Scalars, v: Scalars) -> Points:
        along = u if across else v
        if repeat:
            along = (along + repeat * 50.5) % repeat - repeat / 2
        out = np.broadcast_to(ground_colour, (len(u), 3)).copy()
        for centre, half, colour in tones:
            share = np.clip((half - np.abs(along - centre)) / 0.008 + 0.5, 0, 1)[:, None]
            out = out * (1 - share) + colour * share
        return out

    return pattern


def checks(
    base: str, line: str, *, repeat: float, half: float
) -> Callable[[Scalars, Scalars], Points]:
    """Bands both ways; where they cross the colour is full, elsewhere half."""
    pale, deep = tone(base), tone(line)

    def pattern(u: Scalars, v: Scalars) -> Points:
        share = np.zeros(len(u), dtype=np.float32)
        for along in (u, v):
            place = (along + repeat * 50.5) % repeat - repeat / 2
            share += 0.5 * np.clip((half - np.abs(place)) / 0.008 + 0.5, 0, 1)
        return pale * (1 - share[:, None]) + deep * share[:, None]

    return pattern


class Brushwork:
    """Strokes of ink on a sheet that is wrapped around a pot (u once around, v bottom to top)."""

    def __init__(self, width: int = 2048, height: int = 512, seed: int = 1) -> None:
        self._ink = np.zeros((height, width), dtype=np.float32)
        self._rng = np.random.default_rng(seed)

    def stroke(
        self, points: list[tuple[float, float]], widths: list[float], strength: float = 0.9
    ) -> None:
        """A brush drawn through `points` (pixels) and pressed to `widths`, drier as it goes."""
        height, width = self._ink.shape
        spots = np.asarray(points, dtype=np.float64)
        length = max(2, int(np.abs(np.diff(spots, axis=0)).sum()))
        t = np.linspace(0, len(spots) - 1, length)
        i = np.minimum(t.astype(int), len(spots) - 2)
        f = (t - i)[:, None]
        way = spots[i] * (1 - f) + spots[i + 1] * f
        pressed = np.interp(
            t, np.arange(len(widths)) * (len(spots) - 1) / (len(widths) - 1), widths
        )
        load = strength * (1 - 0.35 * np.linspace(0, 1, length) ** 2)
        for (x, y), half, ink in zip(way, pressed, load, strict=True):
            r = int(half) + 2
            xs, ys = np.arange(int(x) - r, int(x) + r + 1), np.arange(int(y) - r, int(y) + r + 1)
            ys = ys[(ys >= 0) & (ys < height)]
            gx, gy = np.meshgrid(xs, ys)
            mark = np.clip(half - np.hypot(gx - x, gy - y) + 0.5, 0, 1) * ink
            mark *= 0.94 + 0.06 * self._rng.random(mark.shape)
            view = np.ix_(ys, xs % width)
            self._ink[view] = np.maximum(self._ink[view], mark)

    def sheet(self, blur: float = 1.4) -> NDArray[np.float32]:
        """How much ink lies where, bled a little into the glaze."""
        grey = Image.fromarray((np.clip(self._ink, 0, 1) * 255).astype(np.uint8))
        soft = np.asarray(grey.filter(ImageFilter.GaussianBlur(blur)), dtype=np.float32) / 255
        wide = np.asarray(grey.filter(ImageFilter.GaussianBlur(blur * 5)), dtype=np.float32) / 255
        return np.clip(soft * 0.92 + wide * 0.16, 0, 1)


def painted(
    under: Material, sheet: NDArray[np.float32], ink: str, low: float, high: float,
    inside: bool = False,
) -> Material:  # fmt: skip
    """`under` with brushwork between two heights of its outer wall (or seen from above)."""
    colour = tone(ink)
    rows, columns = sheet.shape

    def paint(p: Points, normals: Points) -> Points:
        out = under.colour(p, normals)
        u = (np.arctan2(p[:, 2], p[:, 0]) / (2 * np.pi)) % 1.0
        v = (p[:, 1] - low) / (high - low)
        if inside:
            u, v = p[:, 0] / (2 * high) + 0.5, 0.5 - p[:, 2] / (2 * high)
        x = np.clip((u * columns).astype(int), 0, columns - 1)
        y = np.clip(((1 - v) * rows).astype(int), 0, rows - 1)
        outward = (p[:, 0] * normals[:, 0] + p[:, 2] * normals[:, 2]) > 0
        shown = (v > 0) & (v < 1) & ((normals[:, 1] > 0.2) if inside else outward)
        share = (sheet[y, x] * shown)[:, None]
        return (out * (1 - share) + colour * share).astype(np.float32)

    return Material(paint, gloss=under.gloss, blur=under.blur)
