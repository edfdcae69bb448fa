"""One plate of the catalogue: its names and how its scene is built."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rendering.plates.building import Build


@dataclass(frozen=True)
class Plate:
    """A plate: its style, names, what stands on it, the seasons it suits, and its scene."""

    style: str
    zh: str
    en: str
    build: Callable[[Path], Build]
    kind: str = "standing"
    seasons: tuple[str, ...] = ()


def plate(style: str, zh: str, en: str, build: Callable[[Path], Build], *seasons: str) -> Plate:
    """A plate on which a product stands."""
    return Plate(style, zh, en, build, seasons=seasons)
