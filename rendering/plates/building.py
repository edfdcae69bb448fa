"""A scene while it is built: shapes with their materials, a key light, the light of the room."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import mitsuba as mi
import numpy as np
from numpy.typing import NDArray

from rendering.plates import meshes
from rendering.plates.camera import Camera
from rendering.plates.textures import Colour, Picture, rgb

Bsdf = dict[str, Any]

_FAR = 22.0
"""How far off the key stands."""


def _reflectance(colour: Colour | Picture | str, scale: float = 1.0, turn: float = 0.0) -> Any:
    """A colour, or a texture repeated `scale` times over the unit of uv."""
    if isinstance(colour, str):
        colour = rgb(colour)
    if isinstance(colour, np.ndarray):
        # A texture mirrors at its edges; its middle is laid where a shape's is.
        middle = mi.ScalarTransform4f().translate([0.5, 0.5, 0])
        transform = middle.rotate([0, 0, 1], turn).scale([scale, scale, 1])
        bitmap = mi.Bitmap(np.ascontiguousarray(np.clip(colour, 0, 0.92), dtype=np.float32))
        return {
            "type": "bitmap",
            "bitmap": bitmap,
            "raw": True,
            "to_uv": transform,
            "wrap_mode": "mirror",  # No texture ends where it begins.
        }
    return {"type": "rgb", "value": [min(part, 0.92) for part in colour]}


def matte(colour: Colour | Picture | str, scale: float = 1.0, turn: float = 0.0) -> Bsdf:
    """Plaster, paper, cloth."""
    inner = {"type": "diffuse", "reflectance": _reflectance(colour, scale, turn)}
    return {"type": "twosided", "inner": inner}


def satin(
    colour: Colour | Picture | str, roughness: float = 0.25, scale: float = 1.0, turn: float = 0.0
) -> Bsdf:
    """Lacquer, oiled wood, polished stone: a diffuse ground under a coat."""
    inner = {
        "type": "roughplastic",
        "distribution": "ggx",
        "alpha": max(roughness, 0.02),
        "int_ior": 1.45,
        "diffuse_reflectance": _reflectance(colour, scale, turn),
    }
    return {"type": "twosided", "inner": inner}


def metal(name: str = "Cu", roughness: float = 0.25, tint: str = "#ffffff") -> Bsdf:
    """Brushed metal."""
    inner = {
        "type": "roughconductor",
        "material": name,
        "alpha": roughness,
        "distribution": "ggx",
        "specular_reflectance": _reflectance(tint),
    }
    return {"type": "twosided", "inner": inner}


@dataclass(frozen=True)
class Key:
    """The key light: towards it in the world's axes, its linear colour, how bright it makes a white
    card that faces it (1 is white), half its angle in degrees."""

    towards: tuple[float, float, float]
    colour: Colour = (1.0, 1.0, 1.0)
    strength: float = 0.75
    softness: float = 6.0


@dataclass
class Build:
    """A scene of shapes. `floor` is how the floor answers light: reflectivity and roughness."""

    folder: Path
    camera: Camera
    key: Key
    ambient: Colour = (0.35, 0.35, 0.36)
    floor_line_z: float = -4.0
    reflectivity: float = 0.0
    roughness: float = 0.6
    podium: tuple[float, float] | None = None
    safe: tuple[float, float, float, float] = (0.18, 0.16, 0.82, 0.77)
    shapes: dict[str, Any] = field(default_factory=dict)

    def add(self, shape: dict[str, Any], bsdf: Bsdf) -> None:
        """Add a shape of a material."""
        self.shapes[f"shape{len(self.shapes):03d}"] = {**shape, "bsdf": bsdf}

    def emitter(self, shape: dict[str, Any], colour: Colour | str, radiance: float) -> None:
        """Add a shape that shines: a tube, a bulb, a screen."""
        value = rgb(colour) if isinstance(colour, str) else colour
        light = {"type": "area", "radiance": _reflectance_free([radiance * part for part in value])}
        self.shapes[f"shape{len(self.shapes):03d}"] = {**shape, "emitter": light}

    def block(
        self,
        size: tuple[float, float, float],
        at: tuple[float, float, float],
        bsdf: Bsdf,
        *,
        edge: float = 0.04,
        turn: float = 0.0,
    ) -> None:
        """Add a box that stands at a place."""
        self.add(meshes.block(self.folder, size, at, edge, turn), bsdf)

    def drum(
        self,
        radius: float,
        height: float,
        at: tuple[float, float, float],
        bsdf: Bsdf,
        *,
        edge: float = 0.05,
    ) -> None:
        """Add a round podium, jar or disc."""
        self.turned(meshes.disc_profile(radius, height, edge), at, bsdf)

    def turned(
        self, profile: list[tuple[float, float]], at: tuple[float, float, float], bsdf: Bsdf
    ) -> None:
        """Add a body of revolution."""
        moved = [(radius, y + at[1]) for radius, y in profile]
        shape = meshes.lathe(self.folder, moved)
        shape["to_world"] = mi.ScalarTransform4f().translate([at[0], 0, at[2]])
        self.add(shape, bsdf)

    def ball(self, radius: float, at: tuple[float, float, float], bsdf: Bsdf) -> None:
        """Add a sphere by its middle."""
        self.add({"type": "sphere", "center": list(at), "radius": radius}, bsdf)

    def rod(
        self,
        start: tuple[float, float, float],
        end: tuple[float, float, float],
        radius: float,
        bsdf: Bsdf | None,
        shining: tuple[str, float] | None = None,
    ) -> None:
        """Add a rod, or with `shining` (colour, radiance) a tube of light."""
        shape = {"type": "cylinder", "p0": list(start), "p1": list(end), "radius": radius}
        if shining is not None:
            self.emitter(shape, *shining)
        elif bsdf is not None:
            self.add(shape, bsdf)

    def hoop(
        self, radius: float, at: tuple[float, float, float], thick: float, colour: str, light: float
    ) -> None:
        """Add a ring of light that faces the viewer."""
        line = np.linspace(0, 2 * math.pi, 97)
        places = [(at[0] + radius * math.cos(t), at[1] + radius * math.sin(t), at[2]) for t in line]
        for one, other in pairwise(places):
            self.rod(one, other, thick, None, (colour, light))

    def sweep(
        self, bsdf: Bsdf, *, back: float = -4.0, bend: float = 1.6, level: float = 0.0
    ) -> None:
        """A floor that bends up into a wall, as studios have of paper."""
        angle = np.linspace(0, math.pi / 2, 24)
        curve = [(back + bend - bend * math.sin(t), bend - bend * math.cos(t)) for t in angle]
        line = [(10.0, 0.0), (6.0, 0.0), (3.0, 0.0), (0.0, 0.0), *curve, (back, 5.0), (back, 14.0)]
        x = np.linspace(-12, 12, 9)
        grid = np.array([[(each, y + level, z) for each in x] for z, y in line])
        self.add(meshes.surface(self.folder, grid, 3.0), bsdf)
        self.floor_line_z = back + 0.35 * bend

    def floor(self, bsdf: Bsdf, *, level: float = 0.0, near: float = 10, far: float = -10) -> None:
        """A flat floor or table top."""
        x, z = np.linspace(-10, 10, 3), np.linspace(near, far, 3)
        grid = np.array([[(a, level, b) for a in x] for b in z])
        self.add(meshes.surface(self.folder, grid, 2.0), bsdf)

    def wall(self, bsdf: Bsdf, *, z: float = -4.0, bottom: float = -2.0, top: float = 14.0) -> None:
        """A wall behind everything."""
        x, y = np.linspace(-12, 12, 3), np.linspace(bottom, top, 3)
        grid = np.array([[(a, b, z) for a in x] for b in y])
        self.add(meshes.surface(self.folder, grid, 2.0), bsdf)
        self.floor_line_z = z

    def shade(self, shape: dict[str, Any]) -> None:
        """Add something that only keeps light off, as a window's bars or leaves outside do."""
        self.add(shape, matte((0.02, 0.02, 0.02)))

    @property
    def key_place(self) -> NDArray[np.float64]:
        """Where the key stands."""
        direction = np.array(self.key.towards) / np.linalg.norm(self.key.towards)
        return direction * _FAR + np.array([0, self.camera.level + 1, 0])

    def key_light(self) -> dict[str, Any]:
        """The key as a disc far off, whose brightness follows from what it does to a white card:
        E = L · A / d² for a small light, and a white card's radiance is E / π."""
        radius = _FAR * math.tan(math.radians(self.key.softness))
        place = self.key_place
        irradiance = math.pi * self.key.strength
        radiance = irradiance * _FAR**2 / (math.pi * radius**2)
        return {
            "type": "disk",
            "to_world": mi.ScalarTransform4f()
            .look_at(
                origin=place.tolist(),
                target=[0, self.camera.level + 1, 0],
                up=[0.01, 0.99, 0.02],
            )
            .scale([radius, radius, 1]),
            "emitter": {
                "type": "area",
                "radiance": _reflectance_free([radiance * part for part in self.key.colour]),
            },
        }

    def described(self, *, lights: str = "all") -> dict[str, Any]:
        """The scene for Mitsuba, with all lights or the key's alone."""
        found: dict[str, Any] = {
            name: shape
            for name, shape in self.shapes.items()
            if lights == "all" or "emitter" not in shape
        }
        found["type"] = "scene"
        found["key"] = self.key_light()
        if lights == "all":
            found["sky"] = {"type": "constant", "radiance": _reflectance_free(list(self.ambient))}
        return found


def _reflectance_free(value: list[float]) -> dict[str, Any]:
    """Light may be brighter than any surface."""
    return {"type": "rgb", "value": value}
