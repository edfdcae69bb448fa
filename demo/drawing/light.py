"""A photographer's table: a seamless ground, a window to the left, a white card to the right."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from drawing.space import Points, Scalars, Shape

_TILE = 60_000
_PENUMBRA = 0.6
_SUN = np.float32([-0.62, 0.74, 0.36]) / np.linalg.norm([-0.62, 0.74, 0.36]).astype(np.float32)
_SUN_COLOUR = np.float32([1.0, 0.955, 0.89]) * np.float32(1.62)
_SKY_COLOUR = np.float32([0.93, 0.97, 1.03]) * np.float32(0.62)


@dataclass(frozen=True)
class Scene:
    """What to draw and from where; `ground` is the linear colour of table and backdrop.

    The camera looks at `look` from `distance` away, `height` degrees above the table and `side`
    degrees around it, with a view `angle` degrees wide.
    """

    shapes: list[Shape]
    ground: tuple[float, float, float]
    look: tuple[float, float, float] = (0, 0.4, 0)
    distance: float = 9.0
    height: float = 24.0
    side: float = 0.0
    angle: float = 22.0


def render(scene: Scene, size: int) -> NDArray[np.uint8]:
    """The picture, `size` × `size` × 3, in sRGB."""
    eye, rays = _camera(scene, size)
    picture = np.empty((size * size, 3), dtype=np.float32)
    for start in range(0, len(rays), _TILE):
        part = slice(start, start + _TILE)
        picture[part] = _shade(scene, eye, rays[part])
    picture *= _vignette(size)
    return _develop(picture).reshape(size, size, 3)


def _camera(scene: Scene, size: int) -> tuple[Points, Points]:
    up_angle, side = np.radians(scene.height), np.radians(scene.side)
    back = np.array(
        [np.sin(side) * np.cos(up_angle), np.sin(up_angle), np.cos(side) * np.cos(up_angle)]
    )
    eye = (np.asarray(scene.look) + back * scene.distance).astype(np.float32)
    right = np.array([np.cos(side), 0, -np.sin(side)])
    up = np.cross(back, right)
    half = np.tan(np.radians(scene.angle / 2))
    across = (np.arange(size) + 0.5) / size * 2 - 1
    x, y = np.meshgrid(across * half, -across * half)
    rays = x.reshape(-1, 1) * right + y.reshape(-1, 1) * up - back
    rays /= np.linalg.norm(rays, axis=1, keepdims=True)
    return eye, rays.astype(np.float32)


def _field(scene: Scene, points: Points, exact: float = 0.03) -> tuple[Scalars, NDArray[np.int8]]:
    """The distance to the nearest shape and its number. Further than `exact` from a shape's
    bounding sphere, the distance to the sphere will do."""
    best = np.full(len(points), 50, dtype=np.float32)
    which = np.full(len(points), -1, dtype=np.int8)
    for number, shape in enumerate(scene.shapes):
        outer = np.linalg.norm(points - shape.world_centre(), axis=1) - np.float32(shape.radius)
        far = np.minimum(best, outer + np.float32(0.01))
        near = np.flatnonzero((outer < exact) & (outer < best))
        if len(near):
            far[near] = np.minimum(best[near], shape.distance(shape.local(points[near])))
        which[far < best] = number
        best = far
    return best, which


def _march(scene: Scene, eye: Points, rays: Points, limit: Scalars) -> tuple[Scalars, NDArray]:
    """How far each ray goes before a shape, and whether it meets one."""
    travelled = np.full(len(rays), np.inf, dtype=np.float32)
    leaves = np.zeros(len(rays), dtype=np.float32)
    for shape in scene.shapes:
        centre = shape.world_centre() - eye
        along = (rays * centre).sum(axis=1)
        gap = (centre * centre).sum(axis=-1) - along**2
        meets = gap < shape.radius**2
        reach = np.sqrt(np.maximum(shape.radius**2 - gap, 0))
        travelled = np.where(meets, np.minimum(travelled, np.maximum(along - reach, 0)), travelled)
        leaves = np.where(meets, np.maximum(leaves, along + reach), leaves)
    limit = np.minimum(limit, leaves)
    active = np.flatnonzero(travelled < limit)
    hit = np.zeros(len(rays), dtype=bool)
    for _ in range(140):
        if not len(active):
            break
        where = _at(eye, active) + rays[active] * travelled[active, None]
        step, _ = _field(scene, where)
        touched = step < 0.0015
        hit[active[touched]] = True
        travelled[active] += np.where(touched, 0, step * np.float32(0.92))
        active = active[~touched & (travelled[active] < limit[active])]
    return travelled, hit


def _at(eye: Points, index: NDArray) -> Points:
    return eye if eye.ndim == 1 else eye[index]


def _shade(scene: Scene, eye: Points, rays: Points) -> Points:
    with np.errstate(divide="ignore"):
        ground_at = np.where(rays[:, 1] < -1e-4, -eye[1] / rays[:, 1], 60).astype(np.float32)
    ground_at = np.minimum(ground_at, 60)
    travelled, hit = _march(scene, eye, rays, ground_at)
    colours = _ground(scene, eye, rays, ground_at)
    index = np.flatnonzero(hit)
    if len(index):
        points = eye + rays[index] * travelled[index, None]
        colours[index] = _surfaces(scene, points, rays[index])
    return colours


def _ground(scene: Scene, eye: Points, rays: Points, ground_at: Scalars) -> Points:
    """Table and backdrop are one sheet of paper: lit, shaded by what stands on it, fading."""
    base = np.float32(scene.ground)
    points = eye + rays * ground_at[:, None]
    away = np.linalg.norm(points[:, [0, 2]] - np.float32(scene.look)[[0, 2]], axis=1)
    near = np.flatnonzero(away < 9)
    lit = np.ones(len(rays), dtype=np.float32)
    open_sky = np.ones(len(rays), dtype=np.float32)
    up = np.zeros((len(near), 3), dtype=np.float32)
    up[:, 1] = 1
    lit[near] = _sunlight(scene, points[near] + up * np.float32(0.004))
    open_sky[near] = _openness(scene, points[near], up)
    shade = lit[:, None] * _SUN_COLOUR * _SUN[1] + open_sky[:, None] * _SKY_COLOUR
    full = _SUN_COLOUR * _SUN[1] + _SKY_COLOUR
    glow = np.exp(-(((points[:, 0] + 0.9) / 4.2) ** 2) - ((points[:, 2] - 0.2) / 5.0) ** 2)
    fall = np.float32(0.80) + np.float32(0.24) * glow[:, None]
    return (base * shade / full * fall * np.float32(1.02)).astype(np.float32)


def _normals(scene: Scene, points: Points, which: NDArray) -> Points:
    tetra = np.float32([[1, -1, -1], [-1, -1, 1], [-1, 1, -1], [1, 1, 1]])
    normals = np.zeros_like(points)
    for number in np.unique(which):
        mine = np.flatnonzero(which == number)
        shape = scene.shapes[number]
        for corner in tetra:
            d = shape.distance(shape.local(points[mine] + corner * np.float32(0.007)))
            normals[mine] += corner * d[:, None]
    return _unit(normals)


def _unit(vectors: Points) -> Points:
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    return (vectors / np.maximum(length, 1e-6)).astype(np.float32)


def _roughen(shape: Shape, points: Points, normals: Points) -> Points:
    """Lean the normals by the material's relief: weave, brush marks, quilting."""
    relief = shape.material.relief
    if relief is None:
        return normals
    step = np.float32(0.006)
    here = relief(shape.local(points))
    slope = np.zeros_like(points)
    for axis in np.eye(3, dtype=np.float32):
        slope += axis * ((relief(shape.local(points + axis * step)) - here) / step)[:, None]
    slope -= normals * (slope * normals).sum(axis=1, keepdims=True)
    return _unit(normals - slope * np.float32(shape.material.relief_size))


def _surfaces(scene: Scene, points: Points, rays: Points) -> Points:
    _, which = _field(scene, points)
    which = np.maximum(which, 0)
    normals = _normals(scene, points, which)
    lifted = points + normals * np.float32(0.012)
    facing = np.clip((normals @ _SUN), 0, 1)
    sun = np.zeros(len(points), dtype=np.float32)
    turned = np.flatnonzero(facing > 0)
    sun[turned] = _sunlight(scene, lifted[turned])
    open_sky = _openness(scene, points, normals)
    out = np.empty_like(points)
    bounce_colour = np.float32(scene.ground) * np.float32(0.5)
    for number in np.unique(which):
        mine = np.flatnonzero(which == number)
        shape = scene.shapes[number]
        material = shape.material
        own = shape.local(points[mine])
        bent = _roughen(shape, points[mine], normals[mine])
        colour = material.colour(own, normals[mine] @ shape.place[:, :3])
        light = np.clip(bent @ _SUN, 0, 1)[:, None] * sun[mine, None] * _SUN_COLOUR
        seen = open_sky[mine, None]
        # What a light surface hides from the sky it lights itself.
        seen = seen ** (1 - 0.55 * np.clip(colour, 0, 0.95))
        sky = (0.55 + 0.45 * bent[:, 1:2]) * seen * _SKY_COLOUR
        card = np.clip(bent @ np.float32([0.9, 0.25, 0.3]), 0, 1)[:, None] * seen * 0.13
        bounce = np.clip(0.5 - 0.5 * bent[:, 1:2], 0, 1) * seen * bounce_colour
        view = -(bent * rays[mine]).sum(axis=1, keepdims=True)
        rim = material.sheen * np.clip(1 - view, 0, 1) ** 3 * seen
        body = colour * (light * 0.66 + sky + card + bounce + rim)
        out[mine] = body + _gloss(material.gloss, material.blur, bent, rays[mine], seen)
    return out


def _gloss(gloss: float, blur: float, normals: Points, rays: Points, open_sky: Points) -> Points:
    """What a glaze mirrors: the window with its crossbar, the card, the bright ceiling."""
    if gloss <= 0:
        return np.zeros_like(rays)
    view = -(normals * rays).sum(axis=1, keepdims=True)
    mirrored = rays + 2 * view * normals
    fresnel = 0.04 + 0.5 * np.clip(1 - view, 0, 1) ** 5
    front = np.float32([0.75, 0, 0.66])
    depth = mirrored @ np.float32([-0.62, 0.55, 0.56])
    u = (mirrored @ front) / np.maximum(depth, 0.05)
    v = (mirrored[:, 1] - 0.55) / np.maximum(depth, 0.05)
    soft = max(blur, 0.03)
    window = _edge(0.42 - np.abs(u + 0.1), soft) * _edge(0.5 - np.abs(v), soft) * (depth > 0.05)
    window *= 1 - 0.75 * np.exp(-(((u + 0.1) / (0.03 + soft * 0.4)) ** 2)) * (blur < 0.2)
    card = _edge(mirrored @ np.float32([0.93, 0.2, 0.3]) - 0.86, soft * 0.6) * 0.55
    ceiling = np.clip(mirrored[:, 1], 0, 1) ** 2 * 0.5
    strength = (window * 9.0 / (1 + 6 * soft) + card + ceiling)[:, None]
    return (gloss * fresnel * strength * np.clip(open_sky, 0.15, 1)).astype(np.float32)


def _edge(inside: Scalars, soft: float) -> Scalars:
    t = np.clip(inside / soft * 0.5 + 0.5, 0, 1)
    return t * t * (3 - 2 * t)


def _sunlight(scene: Scene, points: Points) -> Scalars:
    """How much of the window each point sees: rays to four places in it, each with a penumbra."""
    across = np.float32([0.5, 0.0, 0.86])
    lift = np.cross(_SUN, across).astype(np.float32)
    total = np.zeros(len(points), dtype=np.float32)
    for a, b in ((-0.13, -0.05), (0.13, -0.09), (-0.05, 0.12), (0.11, 0.09)):
        way = _SUN + across * np.float32(a) + lift * np.float32(b)
        total += _seen(scene, points, (way / np.linalg.norm(way)).astype(np.float32))
    return total / 4


def _seen(scene: Scene, points: Points, way: Points) -> Scalars:
    rays = np.broadcast_to(way, points.shape)
    clear = np.ones(len(points), dtype=np.float32)
    meets = np.zeros(len(points), dtype=bool)
    leaves = np.zeros(len(points), dtype=np.float32)
    for shape in scene.shapes:
        centre = shape.world_centre() - points
        along = centre @ way
        gap = (centre * centre).sum(axis=1) - along**2
        wide = (shape.radius + 0.6) ** 2
        found = (gap < wide) & (along > -shape.radius)
        meets |= found
        end = along + np.sqrt(np.maximum(wide - gap, 0))
        leaves = np.where(found, np.maximum(leaves, end), leaves)
    active = np.flatnonzero(meets)
    travelled = np.full(len(points), 0.02, dtype=np.float32)
    for _ in range(64):
        if not len(active):
            break
        where = points[active] + rays[active] * travelled[active, None]
        step, _ = _field(scene, where, exact=_PENUMBRA)
        # Further away it is the distance to a bounding sphere, which shades nothing.
        share = np.where(step < _PENUMBRA, np.clip(7 * step / travelled[active], 0, 1), 1)
        clear[active] = np.minimum(clear[active], share)
        travelled[active] += np.clip(step, 0.015, 0.4)
        active = active[(clear[active] > 0.01) & (travelled[active] < leaves[active])]
    return clear * clear * (3 - 2 * clear)


def _openness(scene: Scene, points: Points, normals: Points) -> Scalars:
    """How open each point is to the sky: the table and the shapes close it."""
    closed = np.zeros(len(points), dtype=np.float32)
    weight = np.float32(0.8)
    for reach in (0.04, 0.11, 0.24, 0.45, 0.8):
        where = points + normals * np.float32(reach)
        d, _ = _field(scene, where, exact=1.0)
        d = np.minimum(d, np.maximum(where[:, 1], 0))
        closed += weight * np.clip(reach - d, 0, reach) / np.float32(reach)
        weight *= np.float32(0.62)
    return np.clip(1 - closed * 0.55, 0.06, 1).astype(np.float32)


def _vignette(size: int) -> Points:
    across = (np.arange(size) + 0.5) / size * 2 - 1
    x, y = np.meshgrid(across, across)
    return (1 - 0.07 * (x * x + y * y)).reshape(-1, 1).astype(np.float32)


def _develop(linear: Points) -> NDArray[np.uint8]:
    """A gentle shoulder for the highlights, then sRGB."""
    x = np.maximum(linear * np.float32(1.0), 0)
    x = np.where(x < 0.7, x, 0.7 + 0.3 * (1 - np.exp(-(x - 0.7) / 0.3)))
    srgb = np.where(x <= 0.0031308, x * 12.92, 1.055 * x ** (1 / 2.4) - 0.055)
    return (np.clip(srgb, 0, 1) * 255 + 0.5).astype(np.uint8)
