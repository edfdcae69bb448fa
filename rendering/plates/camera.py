"""The camera of a plate, and where it sees what."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

WIDTH, HEIGHT = 960, 1280
TALL = 2.4
"""How high a usual product is, in the scene's units."""
_FILLS = 0.5
"""How much of the plate's height it takes."""


@dataclass(frozen=True)
class Camera:
    """Looks `pitch` degrees down on a stand that is `level` units above the floor, with an upright
    angle of view of `fov` degrees; the stand comes `stand` of the height from the top.

    From straight above (`pitch` 90) the stand is the middle and the picture `TALL / _FILLS` high.
    """

    pitch: float = 8.0
    fov: float = 28.0
    stand: float = 0.74
    level: float = 0.0
    aperture: float = 0.06

    @property
    def distance(self) -> float:
        """From the camera to the plane in which a product stands, along the axis."""
        return TALL / _FILLS / (2 * math.tan(math.radians(self.fov) / 2))

    @property
    def basis(self) -> NDArray[np.float64]:
        """The camera's right, up and backward in the world's axes, as rows."""
        angle = math.radians(self.pitch)
        cos, sin = math.cos(angle), math.sin(angle)
        return np.array([[1, 0, 0], [0, cos, -sin], [0, sin, cos]])

    @property
    def origin(self) -> NDArray[np.float64]:
        """Where it is."""
        down = (self.stand - 0.5) * TALL / _FILLS
        right, up, back = self.basis
        del right
        return np.array([0, self.level, 0]) + back * self.distance + up * down

    def seen(self, point: tuple[float, float, float]) -> tuple[float, float]:
        """Where a point of the world comes in the picture, as shares of width and height."""
        x, y, z = self.basis @ (np.array(point) - self.origin)
        scale = 1 / (2 * math.tan(math.radians(self.fov) / 2) * -z)
        return 0.5 + x * scale * HEIGHT / WIDTH, 0.5 - y * scale

    def towards(self, direction: NDArray[np.float64]) -> tuple[float, float, float]:
        """A direction of the world in the camera's axes, of length 1."""
        x, y, z = (self.basis @ (direction / np.linalg.norm(direction))).tolist()
        return x, y, z

    @property
    def horizon(self) -> float:
        """The height of the horizon in the picture; may lie outside."""
        tangent = math.tan(math.radians(min(self.pitch, 80)))
        return 0.5 - tangent / (2 * math.tan(math.radians(self.fov) / 2))

    def sensor(self, width: int = WIDTH, height: int = HEIGHT) -> dict[str, Any]:
        """It as Mitsuba describes one; a thin lens in focus on the product."""
        import mitsuba as mi

        _, up, back = self.basis
        origin = self.origin
        return {
            "type": "thinlens",
            "fov": self.fov,
            "fov_axis": "y",
            "aperture_radius": self.aperture,
            "focus_distance": self.distance,
            "to_world": mi.ScalarTransform4f().look_at(
                origin=origin.tolist(), target=(origin - back).tolist(), up=up.tolist()
            ),
            "film": {
                "type": "hdrfilm",
                "width": width,
                "height": height,
                "rfilter": {"type": "box"},
                "component_format": "float32",
            },
            "sampler": {"type": "independent"},
        }
