"""What is to be made for each product."""

from __future__ import annotations

import hashlib
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, field_validator

from zhanggui.base.errors import Invalid
from zhanggui.base.words import Text
from zhanggui.studio import stages
from zhanggui.studio.brand import DEFAULT, Brand
from zhanggui.studio.manifest import KINDS, Kind

VERSION = 2
"""Raised when the same plan would give other bytes: what was made under another is made anew."""


_Name = Annotated[str, Field(max_length=64)]
_MOST_NAMES = 500
"""Stages, layouts and styles together: each item of a batch keeps a copy of its plan."""


class Plan(BaseModel):
    """Which kinds, in which styles, how many of each, in which sizes (width, height).

    `styles` narrows the stages to some styles, with `per_style` scenes in each; without it `scenes`
    stages are chosen, each of another style as far as there are so many. `seed` is mixed with the
    product's id, so that the colours of one product get the same stages. `without` names stages,
    layouts and styles that are not to be used: what a person has sent back. `brand` is whose
    colours and letters posters take. `generated` scenes more have their surroundings from a model,
    where one draws; elsewhere there are none.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kinds: tuple[Kind, ...] = KINDS
    styles: tuple[_Name, ...] = Field(default=(), max_length=_MOST_NAMES)
    per_style: int = Field(default=1, ge=1, le=20)
    scenes: int = Field(default=8, ge=1, le=60)
    generated: int = Field(default=0, ge=0, le=8)
    posters: int = Field(default=4, ge=1, le=20)
    layouts: tuple[_Name, ...] = Field(default=(), max_length=_MOST_NAMES)
    without: tuple[_Name, ...] = Field(default=(), max_length=_MOST_NAMES)
    brand: Brand = DEFAULT
    seed: int = Field(default=0, ge=0, lt=2**63)
    scene_size: tuple[int, int] = (800, 800)
    poster_size: tuple[int, int] = (750, 1000)
    video_size: tuple[int, int] = (720, 1280)
    video_seconds: float = Field(default=14.0, ge=10, le=20)

    @field_validator("kinds")
    @classmethod
    def _in_order(cls, kinds: tuple[Kind, ...]) -> tuple[Kind, ...]:
        """Each once, in the order in which they are made."""
        return tuple(kind for kind in KINDS if kind in kinds)

    @field_validator("scene_size", "poster_size", "video_size")
    @classmethod
    def _a_size(cls, size: tuple[int, int]) -> tuple[int, int]:
        if not all(256 <= side <= 4096 for side in size):
            raise ValueError("sides have 256 to 4,096 pixels")
        return size

    @property
    def digest(self) -> str:
        """By this it is known whether what lies there was made by the same plan."""
        said = f"{VERSION}\n{self.model_dump_json()}"
        return hashlib.sha256(said.encode()).hexdigest()

    def seed_for(self, *names: str) -> int:
        """A seed for one purpose, the same wherever and in whatever order it is asked for."""
        said = "\n".join((str(self.seed), *names))
        return int.from_bytes(hashlib.sha256(said.encode()).digest()[:6], "big")

    def check(self) -> None:
        """Raises Invalid for a style that no stage has."""
        known = sorted({stage.style for stage in stages.stages()})
        for style in self.styles:
            if style not in known:
                raise Invalid(
                    Text("没有这种风格：{style}", "there is no such style: {style}").format(
                        style=style
                    ),
                    hint=Text("可选：{known}", "choose among: {known}").format(
                        known=", ".join(known)
                    ),
                    where="styles",
                )
