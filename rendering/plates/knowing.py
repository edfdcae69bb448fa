"""What is known of a plate, computed from its scene (zhanggui.studio.stages.Stage says what each
figure means)."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from rendering.plates import developing
from rendering.plates.building import Build
from rendering.plates.camera import HEIGHT, WIDTH
from rendering.plates.plate import Plate


def knowledge(name: str, plate: Plate, build: Build) -> dict[str, Any]:
    """The plate's entry in `plates.json`."""
    camera = build.camera
    share, ambient = developing.light_at_stand(build, plate.kind)
    x, y = camera.seen((0.0, camera.level, 0.0))
    _, line = camera.seen((0.0, camera.level, build.floor_line_z))
    colour = np.array(build.key.colour)
    podium = None
    if build.podium is not None:
        width, depth = build.podium
        left, _ = camera.seen((-width / 2, camera.level, 0.0))
        right, _ = camera.seen((width / 2, camera.level, 0.0))
        _, front = camera.seen((0.0, camera.level, depth / 2))
        podium = {"width": _short(right - left), "front": _short(front)}
    return {
        "id": name,
        "style": plate.style,
        "zh": plate.zh,
        "en": plate.en,
        "file": f"{name}.webp",
        "width": WIDTH,
        "height": HEIGHT,
        "kind": plate.kind,
        "stand": [_short(x), _short(y)],
        "safe": list(build.safe),
        "horizon": _short(camera.horizon),
        "floor_line": _short(line if plate.kind in ("standing", "folded") else 0.0),
        "pitch": camera.pitch,
        "fov": camera.fov,
        "light": {
            "towards": [_short(each, 6) for each in camera.towards(np.array(build.key.towards))],
            "colour": [_short(each) for each in colour / colour.mean()],
            "softness": build.key.softness,
            "share": _short(share),
        },
        "ambient": [_short(float(each)) for each in ambient],
        "reflectivity": build.reflectivity,
        "roughness": build.roughness,
        "podium": podium,
        "grain": 0.6,
        "seasons": list(plate.seasons),
    }


def _short(value: float, digits: int = 4) -> float:
    rounded = round(float(value), digits)
    return 0.0 if math.isclose(rounded, 0.0, abs_tol=10**-digits) else rounded
