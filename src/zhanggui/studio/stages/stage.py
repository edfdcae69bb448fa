"""What is known of a stage plate: all a product needs to stand on it as if it had been there.

Places are fractions of the plate, x from the left by its width and y from the top by its height.
Directions are in the camera's axes as the picture shows them: x to the right, y up, z towards the
viewer.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

StageKind = Literal["standing", "flat_lay", "hanging", "folded"]


class _Known(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Light(_Known):
    """The key light: unit vector towards it, linear RGB of mean 1, the half-angle it is seen under
    in degrees (a bare sun is 0.3, a window at hand 20), and its share of the light at the stand."""

    towards: tuple[float, float, float]
    colour: tuple[float, float, float]
    softness: float
    share: float = Field(ge=0, le=1)


class Podium(_Known):
    """What is in the scene to stand on: the width of its top and where its front edge is."""

    width: float
    front: float


class Stage(_Known):
    """A plate: where a product stands, how large, and how it is lit.

    `stand` is where the middle of the product's base touches (`standing`, `folded`), where the
    product's middle lies (`flat_lay`) or what its top hangs from (`hanging`). `safe` is left, top,
    right and bottom of the area a product may fill; `horizon` and `floor_line` are the heights of
    the horizon (which may lie outside) and of where the floor ends behind. `pitch` is how far the
    camera looks down, `fov` its upright angle of view, both in degrees. `reflectivity` is how much
    of the product the floor shows (0–1), `roughness` how blurred (0 a mirror, 1 nothing). `ambient`
    is the linear RGB of the light that is not the key's, of mean 1. `grain` is the noise to add, in
    levels of 255.
    """

    id: str
    style: str
    zh: str
    en: str
    file: str
    width: int
    height: int
    kind: StageKind = "standing"
    stand: tuple[float, float]
    safe: tuple[float, float, float, float]
    horizon: float
    floor_line: float
    pitch: float
    fov: float
    light: Light
    ambient: tuple[float, float, float]
    reflectivity: float = Field(ge=0, le=1)
    roughness: float = Field(ge=0, le=1)
    podium: Podium | None = None
    grain: float = 0.0
    seasons: tuple[str, ...] = ()
