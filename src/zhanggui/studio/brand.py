"""A shop's brand kit: what makes its pictures its own."""

from __future__ import annotations

import re
from typing import Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, field_validator

Tone = Literal["plain", "warm", "premium", "lively"]
Colour: TypeAlias = tuple[int, int, int]
_HEX = re.compile("[0-9a-fA-F]{6}")


class Brand(BaseModel):
    """What makes a shop's pictures its own: `colours` as #rrggbb, the first being the main one;
    `display` is the family of headlines; `logo` a picture's path or key in the blob store."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str | None = Field(default=None, max_length=100)
    logo: str | None = Field(default=None, max_length=500)
    colours: tuple[str, ...] = Field(default=(), max_length=6)
    display: Literal["sans", "serif"] | None = None
    tone: Tone = "plain"

    @field_validator("colours")
    @classmethod
    def _hexadecimal(cls, colours: tuple[str, ...]) -> tuple[str, ...]:
        for each in colours:
            parsed(each)
        return colours

    @property
    def main(self) -> Colour | None:
        """The brand's first colour."""
        return parsed(self.colours[0]) if self.colours else None


DEFAULT = Brand()


def parsed(text: str) -> Colour:
    """Red, green and blue of `#rrggbb`; raises ValueError for anything else."""
    digits = text.removeprefix("#")
    if not _HEX.fullmatch(digits):
        raise ValueError(f"no colour: {text[:20]!r}")
    return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)
