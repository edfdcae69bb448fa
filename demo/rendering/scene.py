"""A product on its ground before the camera, by Mitsuba, denoised by Open Image Denoise.

The product turns on a table, the camera and the lamps stay, as in a shop's light box. The mask is
a second rendering of the product alone, whose alpha is the exact cover of every pixel.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import mitsuba as mi
import numpy as np
from numpy.typing import NDArray

mi.set_variant("llvm_ad_rgb")

from demo.rendering.forms import Form, turning  # noqa: E402 - after the variant is set

Pixels = NDArray[np.uint8]


@dataclass(frozen=True)
class Part:
    """A form and what it is made of: a Mitsuba BSDF, textures as arrays of sRGB bytes."""

    form: Form
    bsdf: Mapping[str, Any]
    smooth: bool = True


@dataclass(frozen=True)
class Shot:
    """Where the camera stands: how far it looks down in degrees, and what it must take in."""

    height: float
    radius: float
    pitch: float = 12.0
    fill: float = 0.74


def coat(
    colour: Sequence[float] | Pixels,
    roughness: float = 0.4,
    *,
    metallic: float = 0.0,
    clearcoat: float = 0.0,
    sheen: float = 0.0,
) -> dict[str, Any]:
    """A principled surface; a colour is sRGB in 0–1 or a texture."""
    return {
        "type": "twosided",
        "inner": {
            "type": "principled",
            "base_color": _colour(colour),
            "roughness": roughness,
            "metallic": metallic,
            "specular": 0.5,
            "clearcoat": clearcoat,
            "clearcoat_gloss": 0.95,
            "sheen": sheen,
        },
    }


def cloth(colour: Sequence[float] | Pixels) -> dict[str, Any]:
    """A surface without any gloss."""
    return {"type": "twosided", "inner": {"type": "diffuse", "reflectance": _colour(colour)}}


def _colour(colour: Sequence[float] | Pixels) -> dict[str, Any]:
    if isinstance(colour, np.ndarray):
        bitmap = mi.Bitmap(np.ascontiguousarray(colour[::-1]))
        bitmap.set_srgb_gamma(True)
        return {"type": "bitmap", "bitmap": bitmap, "filter_type": "bilinear"}
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour]
    return {"type": "rgb", "value": linear}


def _mesh(part: Part, turn: float, bsdf: Mapping[str, Any]) -> Any:
    form = part.form
    points = (form.points @ turning(turn).T).astype(np.float32)
    props = mi.Properties()
    props["bsdf"] = mi.load_dict(dict(bsdf))
    mesh = mi.Mesh("part", len(points), len(form.faces), has_vertex_texcoords=True,
                   has_vertex_normals=part.smooth, props=props)  # fmt: skip
    params = mi.traverse(mesh)
    params["vertex_positions"] = points.ravel()
    params["faces"] = form.faces.ravel()
    params["vertex_texcoords"] = form.uv.astype(np.float32).ravel()
    if part.smooth:
        params["vertex_normals"] = _normals(points, form.faces).ravel()
    params.update()
    return mesh


def _normals(points: NDArray[np.float32], faces: NDArray[np.uint32]) -> NDArray[np.float32]:
    """Normals of vertices, those of coincident ones as one, so that seams do not show."""
    _, same = np.unique(np.round(points, 4), axis=0, return_inverse=True)
    same = same.ravel()
    corners = points[faces]
    face = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    total = np.zeros((same.max() + 1, 3))
    for corner in range(3):
        np.add.at(total, same[faces[:, corner]], face)
    normal = total[same]
    length = np.linalg.norm(normal, axis=1, keepdims=True)
    return (normal / np.maximum(length, 1e-12)).astype(np.float32)


def _camera(shot: Shot, size: int) -> dict[str, Any]:
    fov = 24.0
    half = max(shot.height / 2 + 0.2 * shot.radius, shot.radius) / shot.fill
    away = half / np.tan(np.radians(fov / 2)) + shot.radius * 0.4
    middle = shot.height / 2
    pitch = np.radians(shot.pitch)
    origin = [0, middle + away * np.sin(pitch), away * np.cos(pitch)]
    return {
        "type": "perspective",
        "fov": fov,
        "to_world": mi.ScalarTransform4f().look_at(
            origin=origin, target=[0, middle * 0.97, 0], up=[0, 1, 0]
        ),
        "film": {
            "type": "hdrfilm",
            "width": size,
            "height": size,
            "rfilter": {"type": "box"},
            "pixel_format": "rgba",
            "component_format": "float32",
        },
        "sampler": {"type": "multijitter"},
    }


def render(
    parts: Sequence[Part],
    ground: Mapping[str, Any],
    shot: Shot,
    *,
    turn: float,
    size: int,
    samples: int,
    seed: int,
    depth: int = 6,
    exposure: float = 1.0,
) -> Pixels:
    """The picture, sRGB. `depth` is how often light may bounce: glass needs a dozen."""
    import mitsuba_oidn

    scene = mi.load_dict(
        {
            "type": "scene",
            "integrator": {
                "type": "aov",
                "aovs": "albedo:albedo,normal:sh_normal",
                "image": {"type": "path", "max_depth": depth, "rr_depth": 4},
            },
            "camera": _camera(shot, size),
            **ground,
            **{f"part{i}": _mesh(part, turn, part.bsdf) for i, part in enumerate(parts)},
        }
    )
    layers = np.array(mi.render(scene, spp=samples, seed=seed))
    colour, albedo, normal = layers[..., :3], layers[..., 4:7], layers[..., 7:10]
    clean = mitsuba_oidn.denoise(
        *(np.ascontiguousarray(each, dtype=np.float32)
          for each in (np.minimum(colour, 40), np.clip(albedo, 0, 1), np.clip(normal, -1, 1))),
        hdr=True,
    )  # fmt: skip
    return _developed(np.asarray(clean) * exposure, np.random.default_rng(seed))


def _developed(linear: NDArray[np.float32], rng: np.random.Generator) -> Pixels:
    """sRGB with a shoulder over 0.8 and a little of a sensor's noise."""
    linear = np.maximum(linear, 0)
    over = np.maximum(linear - 0.8, 0)
    linear = np.minimum(linear, 0.8) + 0.2 * (1 - np.exp(-over / 0.2))
    bright = np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055)
    noise = rng.normal(0, 0.9, bright.shape[:2])[..., None] + rng.normal(0, 0.5, bright.shape)
    return np.clip(np.round(bright * 255 + noise), 0, 255).astype(np.uint8)


def mask(parts: Sequence[Part], shot: Shot, *, turn: float, size: int, seed: int) -> Pixels:
    """How much of each pixel the product covers, 0–255; what is of glass counts whole."""
    plain = {"type": "twosided", "inner": {"type": "diffuse"}}
    scene = mi.load_dict(
        {
            "type": "scene",
            "integrator": {"type": "path", "max_depth": 2, "hide_emitters": True},
            "camera": _camera(shot, size),
            "light": {"type": "constant"},
            **{f"part{i}": _mesh(part, turn, plain) for i, part in enumerate(parts)},
        }
    )
    alpha = np.array(mi.render(scene, spp=25, seed=seed))[..., 3]
    return np.clip(np.round(alpha * 255), 0, 255).astype(np.uint8)
