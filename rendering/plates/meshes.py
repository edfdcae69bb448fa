"""Meshes with edges that are never sharp: light catches on every real edge. The middle of each has
the uv 0, 0, where the middle of a texture comes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]


def mesh(
    folder: Path, points: Points, normals: Points, faces: NDArray[np.int32], uv: Points
) -> dict[str, Any]:
    """A Mitsuba shape from vertices, written as a binary PLY into the folder."""
    path = folder / f"{len(list(folder.glob('*.ply'))):03d}.ply"
    vertices = np.hstack([points, normals, uv]).astype("<f4")
    head = (
        "ply\nformat binary_little_endian 1.0\n"
        f"element vertex {len(points)}\n"
        + "".join(
            f"property float {name}\n" for name in ("x", "y", "z", "nx", "ny", "nz", "u", "v")
        )
        + f"element face {len(faces)}\nproperty list uchar int vertex_indices\nend_header\n"
    )
    rows = np.zeros(len(faces), dtype=[("n", "u1"), ("i", "<i4", (3,))])
    rows["n"], rows["i"] = 3, faces
    path.write_bytes(head.encode() + vertices.tobytes() + rows.tobytes())
    return {"type": "ply", "filename": str(path)}


def _grid_faces(rows: int, columns: int) -> NDArray[np.int32]:
    """Two triangles for each cell of a grid of vertices."""
    index = np.arange(rows * columns, dtype=np.int32).reshape(rows, columns)
    a, b, c, d = index[:-1, :-1], index[:-1, 1:], index[1:, :-1], index[1:, 1:]
    return np.concatenate(
        [np.stack([a, c, b], -1).reshape(-1, 3), np.stack([b, c, d], -1).reshape(-1, 3)]
    )


def surface(folder: Path, grid: NDArray[np.float64], tiles: float = 1.0) -> dict[str, Any]:
    """A surface through a grid of points (rows × columns × 3)."""
    rows, columns = grid.shape[:2]
    across = np.gradient(grid, axis=1)
    down = np.gradient(grid, axis=0)
    normals = np.cross(down, across).reshape(-1, 3)
    normals /= np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-9)
    half = tiles / 2
    v, u = np.meshgrid(
        np.linspace(-half, half, rows), np.linspace(-half, half, columns), indexing="ij"
    )
    uv = np.stack([u, v], -1).reshape(-1, 2)
    return mesh(folder, grid.reshape(-1, 3), normals, _grid_faces(rows, columns), uv)


def lathe(folder: Path, profile: Sequence[tuple[float, float]], turns: int = 96) -> dict[str, Any]:
    """A body of revolution about y from (radius, height) points, from bottom to top."""
    line = np.array(profile)
    angle = np.linspace(0, 2 * math.pi, turns)
    grid = np.stack(
        [
            line[:, 0, None] * np.cos(angle),
            np.repeat(line[:, 1, None], turns, 1),
            line[:, 0, None] * np.sin(angle),
        ],
        axis=-1,
    )
    slope = np.gradient(line, axis=0)
    across = np.stack([slope[:, 1], -slope[:, 0]], axis=1)
    across /= np.maximum(np.linalg.norm(across, axis=1, keepdims=True), 1e-9)
    normals = np.stack(
        [
            across[:, 0, None] * np.cos(angle),
            np.repeat(across[:, 1, None], turns, 1),
            across[:, 0, None] * np.sin(angle),
        ],
        axis=-1,
    )
    # Seen from above, as a board would be that was cut round: a top shows no seam.
    uv = grid[..., [0, 2]].reshape(-1, 2) / (2 * line[:, 0].max())
    faces = _grid_faces(len(line), turns)
    return mesh(folder, grid.reshape(-1, 3), normals.reshape(-1, 3), faces, uv)


def disc_profile(radius: float, height: float, edge: float) -> list[tuple[float, float]]:
    """The profile of a round podium whose edges are rounded."""
    turn = np.linspace(0, math.pi / 2, 9)
    lower = [(radius - edge + edge * math.sin(t), edge - edge * math.cos(t)) for t in turn]
    upper = [(radius - edge + edge * math.cos(t), height - edge + edge * math.sin(t)) for t in turn]
    return [(0.001, 0.0), *lower, *upper, (0.001, height)]


def block(
    folder: Path,
    size: tuple[float, float, float],
    at: tuple[float, float, float],
    edge: float = 0.04,
    turn: float = 0.0,
    tiles: float = 1.0,
) -> dict[str, Any]:
    """A box of width, height and depth whose bottom's middle is `at`, turned about y (degrees),
    with rounded edges."""
    half = np.array(size) / 2
    edge = min(edge, float(half.min()) * 0.98)
    points, normals, uv, faces = [], [], [], []
    for axis in range(3):
        for sign in (1, -1):
            face = _rounded_face(half, edge, axis, sign)
            base = sum(len(each) for each in points)
            points.append(face[0])
            normals.append(face[1])
            uv.append(face[2] * tiles)
            cells = _grid_faces(face[3], face[3])
            faces.append((cells if sign > 0 else cells[:, ::-1]) + base)
    angle = math.radians(turn)
    spin = np.array(
        [[math.cos(angle), 0, math.sin(angle)], [0, 1, 0], [-math.sin(angle), 0, math.cos(angle)]]
    )
    placed = np.concatenate(points) @ spin.T + np.array([at[0], at[1] + half[1], at[2]])
    return mesh(
        folder,
        placed,
        np.concatenate(normals) @ spin.T,
        np.concatenate(faces).astype(np.int32),
        np.concatenate(uv),
    )


def _rounded_face(
    half: Points, edge: float, axis: int, sign: int
) -> tuple[Points, Points, Points, int]:
    """One face of the cube, its rim bent round the edges: points, normals, uv, cells a side."""
    first, second = (axis + 1) % 3, (axis + 2) % 3
    bend = np.sin(np.linspace(0, math.pi / 4, 6)[1:]) / math.sin(math.pi / 4)
    lines = []
    for along in (first, second):
        inner = half[along] - edge
        rim = inner + edge * bend * math.sin(math.pi / 4)
        lines.append(np.concatenate([-rim[::-1], [-inner, inner], rim]))
    a, b = np.meshgrid(*lines, indexing="ij")
    points = np.zeros((*a.shape, 3))
    points[..., first], points[..., second] = a, b
    inside = np.clip(points, -(half - edge), half - edge)
    out = points - inside
    reach = np.sqrt(np.maximum(edge**2 - (out**2).sum(-1), 0))
    normals = out / edge
    normals[..., axis] = sign * reach / edge
    placed = inside + normals * edge
    placed[..., axis] = sign * (half[axis] - edge) + normals[..., axis] * edge
    along, over = (a, b) if axis == 2 else (b, a)  # A grain runs level, on top from left to right.
    uv = np.stack([along, over], -1).reshape(-1, 2) / (2 * half.max())
    return placed.reshape(-1, 3), normals.reshape(-1, 3), uv, a.shape[0]


def blades(folder: Path, feet: Points, tips: Points, width: Points, sag: float) -> dict[str, Any]:
    """Many narrow blades as one mesh, each from foot to tip (n × 3) and hanging through by a share
    `sag` of its length."""
    along = tips - feet
    side = np.cross(along, [0.31, 0.2, 1.0])
    side *= (width / 2 / np.maximum(np.linalg.norm(side, axis=1), 1e-9))[:, None]
    middle = feet + 0.55 * along
    middle[:, 1] += sag * np.linalg.norm(along, axis=1)
    corners = np.stack(
        [feet - 0.6 * side, feet + 0.6 * side, middle - side, middle + side, tips], 1
    )
    normals = np.cross(side, along)
    normals /= np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-9)
    first = 5 * np.arange(len(feet), dtype=np.int32)[:, None, None]
    faces = first + np.array([[0, 1, 2], [1, 3, 2], [2, 3, 4]], dtype=np.int32)
    points = corners.reshape(-1, 3)
    return mesh(
        folder,
        points,
        np.repeat(normals, 5, axis=0),
        faces.reshape(-1, 3),
        np.zeros((len(points), 2)),
    )
