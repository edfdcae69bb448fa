"""What a set is made of and what comes out of it."""

from __future__ import annotations

from dataclasses import dataclass

from zhanggui.studio.manifest import Affine, TextBox
from zhanggui.studio.pictures import Box, Pixels


@dataclass(frozen=True)
class Still:
    """A finished picture of the product on a stage: its pixels, the affine by which its frame was
    laid in, where the product is, its frame and its stage's style."""

    picture: Pixels
    affine: Affine
    box: Box
    source: str | None = None
    style: str | None = None


@dataclass(frozen=True)
class Drawn:
    """A picture of a set. `name` says which (`hero`, `point`, `spec`, `price` …); `affine` maps
    pixels of the frame `source` to the picture's, and is None where no product is in it."""

    name: str
    picture: Pixels
    texts: tuple[TextBox, ...] = ()
    affine: Affine | None = None
    box: Box | None = None
    source: str | None = None
    alt: str = ""
    notes: tuple[str, ...] = ()
