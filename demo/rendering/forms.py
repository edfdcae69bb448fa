"""Meshes from a few strokes: what a potter turns, what is bent from wire, what is cut from a block.

Lengths are centimetres, y is up. Every form carries texture coordinates in 0–1.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Form:
    """Triangles: `points` n × 3, `faces` m × 3, `uv` n × 2."""

    points: Floats
    faces: NDArray[np.uint32]
    uv: Floats

    def moved(self, x: float = 0, y: float = 0, z: float = 0) -> Form:
        """The form elsewhere."""
        return Form(self.points + np.array([x, y, z]), self.faces, self.uv)

    def turned(self, degrees: float, axis: str = "y") -> Form:
        """The form turned about an axis through the origin."""
        return Form(self.points @ turning(degrees, axis).T, self.faces, self.uv)

    def printed_along(self, axes: tuple[int, int]) -> Form:
        """The form with its texture laid straight through it, as wood grows or leather is cut."""
        flat = self.points[:, axes]
        low, high = flat.min(axis=0), flat.max(axis=0)
        return Form(self.points, self.faces, (flat - low) / (high - low))

    def bent(self, bend: Callable[[Floats], Floats]) -> Form:
        """The form with each point moved by a function of all points."""
        return Form(bend(self.points), self.faces, self.uv)


def turning(degrees: float, axis: str = "y") -> Floats:
    """The rotation matrix about one axis."""
    c, s = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    return np.array(
        {
            "x": [[1, 0, 0], [0, c, -s], [0, s, c]],
            "y": [[c, 0, s], [0, 1, 0], [-s, 0, c]],
            "z": [[c, -s, 0], [s, c, 0], [0, 0, 1]],
        }[axis]
    )


def curve(points: Sequence[Sequence[float]], count: int = 80, closed: bool = False) -> Floats:
    """A centripetal Catmull–Rom spline through points (Yuksel et al. 2011), evenly spaced."""
    given = np.asarray(points, dtype=float)
    if closed:
        padded = np.vstack([given[-1], given, given[0], given[1]])
    else:
        padded = np.vstack([2 * given[0] - given[1], given, 2 * given[-1] - given[-2]])
    pieces = []
    for p0, p1, p2, p3 in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        knots = np.cumsum([0, *(np.linalg.norm(b - a) ** 0.5 + 1e-9
                                for a, b in ((p0, p1), (p1, p2), (p2, p3)))])  # fmt: skip
        t = np.linspace(knots[1], knots[2], 24, endpoint=False)[:, None]
        t0, t1, t2, t3 = knots
        a1 = (t1 - t) / (t1 - t0) * p0 + (t - t0) / (t1 - t0) * p1
        a2 = (t2 - t) / (t2 - t1) * p1 + (t - t1) / (t2 - t1) * p2
        a3 = (t3 - t) / (t3 - t2) * p2 + (t - t2) / (t3 - t2) * p3
        b1 = (t2 - t) / (t2 - t0) * a1 + (t - t0) / (t2 - t0) * a2
        b2 = (t3 - t) / (t3 - t1) * a2 + (t - t1) / (t3 - t1) * a3
        pieces.append((t2 - t) / (t2 - t1) * b1 + (t - t1) / (t2 - t1) * b2)
    line = np.vstack([*pieces, given[:1] if closed else given[-1:]])
    along = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(line, axis=0), axis=1))])
    wanted = np.linspace(0, along[-1], count)
    return np.stack([np.interp(wanted, along, line[:, i]) for i in range(line.shape[1])], axis=1)


def _quads(rows: int, columns: int) -> NDArray[np.uint32]:
    r, c = np.meshgrid(np.arange(rows - 1), np.arange(columns - 1), indexing="ij")
    a = (r * columns + c).ravel()
    b, d, e = a + 1, a + columns, a + columns + 1
    return np.concatenate([np.stack([a, b, d], 1), np.stack([b, e, d], 1)]).astype(np.uint32)


def sheet(points: Floats) -> Form:
    """A grid of points, rows × columns × 3, as a surface."""
    rows, columns = points.shape[:2]
    v, u = np.meshgrid(np.linspace(0, 1, rows), np.linspace(0, 1, columns), indexing="ij")
    return Form(
        points.reshape(-1, 3), _quads(rows, columns), np.stack([u.ravel(), v.ravel()], axis=1)
    )


def lathe(profile: Floats, segments: int = 180) -> Form:
    """A profile of radius and height turned about y."""
    angle = np.linspace(0, 2 * np.pi, segments + 1)
    radius, height = profile[:, 0], profile[:, 1]
    return sheet(
        np.stack(
            [
                radius[:, None] * np.sin(angle),
                np.repeat(height[:, None], segments + 1, axis=1),
                radius[:, None] * np.cos(angle),
            ],
            axis=-1,
        )
    )


def sweep(
    path: Floats,
    radius: float | Floats,
    *,
    flat: float = 1.0,
    closed: bool = False,
    segments: int = 24,
) -> Form:
    """A round cord along a path; `flat` below 1 makes it a strap. Ends are rounded off.

    The frame is carried along without twist (double reflection, Wang et al. 2008).
    """
    if closed:
        path = np.vstack([path, path[:1]]) if np.linalg.norm(path[0] - path[-1]) > 1e-6 else path
    widths = np.broadcast_to(np.asarray(radius, dtype=float), (len(path),)).copy()
    tangent = np.gradient(path, axis=0)
    if closed:
        tangent[0] = tangent[-1] = path[1] - path[-2]
    tangent /= np.linalg.norm(tangent, axis=1, keepdims=True)
    if not closed:
        path, tangent, widths = _rounded(path, tangent, widths)
    normal = np.empty_like(path)
    aside = np.array([0.0, 0, 1]) if abs(tangent[0][2]) < 0.9 else np.array([1.0, 0, 0])
    normal[0] = np.cross(tangent[0], aside)
    normal[0] /= np.linalg.norm(normal[0])
    for i in range(len(path) - 1):
        step = path[i + 1] - path[i]
        length = step @ step + 1e-12
        reflected = normal[i] - 2 / length * (step @ normal[i]) * step
        turned = tangent[i] - 2 / length * (step @ tangent[i]) * step
        rest = tangent[i + 1] - turned
        normal[i + 1] = reflected - 2 / (rest @ rest + 1e-12) * (rest @ reflected) * rest
    across = np.cross(tangent, normal)
    angle = np.linspace(0, 2 * np.pi, segments + 1)
    ring = (
        np.cos(angle)[None, :, None] * normal[:, None] * flat
        + np.sin(angle)[None, :, None] * across[:, None]
    )
    return sheet(path[:, None] + ring * widths[:, None, None])


def _rounded(path: Floats, tangent: Floats, widths: Floats) -> tuple[Floats, Floats, Floats]:
    """The path with caps of half a ball at both ends."""
    t = np.linspace(0, np.pi / 2, 7)[:-1]
    first = path[0] - tangent[0] * (np.cos(t) * widths[0])[:, None]
    last = path[-1] + tangent[-1] * (np.cos(t[::-1]) * widths[-1])[:, None]
    return (
        np.vstack([first, path, last]),
        np.vstack([np.repeat(tangent[:1], 6, 0), tangent, np.repeat(tangent[-1:], 6, 0)]),
        np.concatenate([np.sin(t) * widths[0] + 1e-4, widths, np.sin(t[::-1]) * widths[-1] + 1e-4]),
    )


def block(width: float, height: float, depth: float, power: float = 8, count: int = 96) -> Form:
    """A box with soft edges, a superellipsoid standing on y = 0; a higher power is sharper."""
    v = np.linspace(-np.pi / 2, np.pi / 2, count)
    u = np.linspace(-np.pi, np.pi, 2 * count + 1)
    e = 2 / power

    def signed(x: Floats) -> Floats:
        return np.sign(x) * np.abs(x) ** e

    cv, sv = signed(np.cos(v))[:, None], signed(np.sin(v))[:, None]
    return sheet(
        np.stack(
            [
                width / 2 * cv * signed(np.sin(u)),
                height / 2 * (sv + 1) * np.ones_like(u),
                depth / 2 * cv * signed(np.cos(u)),
            ],
            axis=-1,
        )
    )
