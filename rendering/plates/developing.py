"""From a scene to a plate: rendered in passes, denoised, developed; and what is known of it."""

from __future__ import annotations

from typing import Any

import mitsuba as mi
import numpy as np
from numpy.typing import NDArray

from rendering.plates.building import Build
from rendering.plates.camera import HEIGHT, WIDTH

Linear = NDArray[np.float32]

_EXPOSURE = 1.34
_PER_PASS = 4
"""Samples at once: 5 million rays, which fit into a gigabyte."""


def render(build: Build, *, samples: int, shrink: int = 1) -> NDArray[np.uint8]:
    """The plate, sRGB."""
    import mitsuba_oidn

    sensor = build.camera.sensor(WIDTH // shrink, HEIGHT // shrink)
    scene = mi.load_dict(
        {
            **build.described(),
            "sensor": sensor,
            "integrator": {
                "type": "aov",
                "aovs": "albedo:albedo,normal:sh_normal",
                "image": {"type": "path", "max_depth": 7, "rr_depth": 4},
            },
        }
    )
    layers: Linear | None = None
    passes = max(samples // _PER_PASS, 1)
    for number in range(passes):
        part = np.array(mi.render(scene, spp=_PER_PASS, seed=number))
        layers = part if layers is None else layers + part
    assert layers is not None
    layers /= passes
    colour, albedo, normal = np.split(layers[..., -9:], 3, axis=-1)
    clean = mitsuba_oidn.denoise(
        *(
            np.ascontiguousarray(each, dtype=np.float32)
            for each in (np.minimum(colour, 60), np.clip(albedo, 0, 1), np.clip(normal, -1, 1))
        ),
        hdr=True,
    )
    return developed(np.asarray(clean))


def developed(linear: Linear) -> NDArray[np.uint8]:
    """sRGB with a soft shoulder: up to 0.7 as it is, what is brighter is drawn together under 1."""
    linear = _EXPOSURE * np.maximum(linear, 0)
    over = np.maximum(linear - 0.7, 0)
    linear = np.minimum(linear, 0.7) + 0.28 * (1 - np.exp(-over / 0.45))
    bright = np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055)
    return np.clip(np.rint(bright * 255), 0, 255).astype(np.uint8)


def light_at_stand(build: Build, kind: str) -> tuple[float, Linear]:
    """The key's share of the light that falls on what a product stands on (for `hanging`, on the
    wall behind), and the colour of the rest, of mean 1: two small renders of a white card, one with
    the key alone and no bounce."""
    whole = _card(build, kind, lights="all", depth=6)
    key = _card(build, kind, lights="key", depth=2)
    rest = np.maximum(whole - key, 1e-4)
    share = float(np.clip(key.mean() / max(float(whole.mean()), 1e-6), 0, 1))
    return share, np.asarray(rest / rest.mean(), np.float32)


def _card(build: Build, kind: str, *, lights: str, depth: int) -> Linear:
    """The mean colour of a white card at the stand."""
    level = build.camera.level
    facing = [0, 0, 1] if kind == "hanging" else [0, 1, 0]
    middle = np.array([0.0, level - 1.0, 0.1] if kind == "hanging" else [0.0, level + 0.03, 0.0])
    white = {"type": "diffuse", "reflectance": {"type": "rgb", "value": 0.8}}
    card = {
        "type": "disk",
        "to_world": mi.ScalarTransform4f()
        .look_at(origin=middle.tolist(), target=(middle + facing).tolist(), up=[0.1, 0.02, 0.99])
        .scale(0.5),
        "bsdf": {"type": "twosided", "inner": white},
    }
    look: dict[str, Any] = {
        "type": "perspective",
        "fov": 4,
        "to_world": mi.ScalarTransform4f().look_at(
            origin=(middle + 3 * np.array(facing) + [0, 0.5, 0.5]).tolist(),
            target=middle.tolist(),
            up=[0, 0.7, -0.7],
        ),
        "film": {"type": "hdrfilm", "width": 24, "height": 24, "component_format": "float32"},
        "sampler": {"type": "independent"},
    }
    scene = mi.load_dict(
        {
            **build.described(lights=lights),
            "card": card,
            "sensor": look,
            "integrator": {"type": "path", "max_depth": depth},
        }
    )
    return np.asarray(
        np.array(mi.render(scene, spp=256, seed=5))[..., :3].mean(axis=(0, 1)), np.float32
    )
