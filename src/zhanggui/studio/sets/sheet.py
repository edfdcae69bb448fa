"""A picture that is written on: no text over another, over the product or beyond the edge."""

from __future__ import annotations

from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from zhanggui.studio.lettering import Colour, Setting, Style, contrast, coverage, draw, fit
from zhanggui.studio.manifest import TextBox
from zhanggui.studio.pictures import Box, Pixels

_CLEAR = 2
"""Pixels between two texts at least."""


class Sheet:
    """An RGB array with what has been written on it."""

    def __init__(self, width: int, height: int, ground: Colour) -> None:
        self.picture: Pixels = np.full((height, width, 3), ground, np.uint8)
        self.texts: list[TextBox] = []
        self.taken: list[Box] = []

    @property
    def width(self) -> int:
        """In pixels."""
        return int(self.picture.shape[1])

    @property
    def height(self) -> int:
        """In pixels."""
        return int(self.picture.shape[0])

    def fill(self, box: Box, colour: Colour, radius: int = 0) -> None:
        """A plain, perhaps rounded, rectangle."""
        self.paste(box, np.full((box.height, box.width, 3), colour, np.uint8), radius)

    def paste(self, box: Box, rgb: Pixels, radius: int = 0) -> None:
        """A picture of the box's own size, with rounded corners where a radius is given."""
        under = self.picture[box.top : box.bottom, box.left : box.right]
        if not radius:
            under[:] = rgb
            return
        kept = under.copy()
        under[:] = rgb
        outside = _corner(radius)
        r = radius
        for down, across in ((False, False), (False, True), (True, False), (True, True)):
            rows = slice(-r, None) if down else slice(0, r)
            columns = slice(-r, None) if across else slice(0, r)
            weight = outside[:: -1 if down else 1, :: -1 if across else 1, None]
            part = kept[rows, columns] * weight + rgb[rows, columns] * (1 - weight)
            under[rows, columns] = np.rint(part).astype(np.uint8)

    def write(
        self,
        text: str,
        slot: str,
        style: Style,
        room: Box,
        colour: Colour,
        *,
        largest: int,
        smallest: int,
        lines: int | None = None,
        middle: bool = False,
    ) -> Box | None:
        """Write a text into a room at the largest size that fits, from its top or in the middle of
        its height; None, and nothing drawn, where it does not fit, meets another text, or has too
        little contrast."""
        found = fit(
            text, style, (room.width, room.height), smallest=smallest, largest=largest,
            most_lines=lines,
        )  # fmt: skip
        if found is None:
            return None
        top = room.top + (room.height - found.height) / 2 if middle else float(room.top)
        share = {"left": 0.0, "centre": 0.5, "right": 1.0}[style.align]
        left = room.left + share * (room.width - found.width)
        return self._lay(found, (left, top), slot, colour)

    def _lay(
        self, found: Setting, at: tuple[float, float], slot: str, colour: Colour
    ) -> Box | None:
        ink = self._ink(found, at)
        inside = Box(0, 0, self.width, self.height).holds(ink)
        grown = Box(*(ink[0] - _CLEAR, ink[1] - _CLEAR, ink[2] + _CLEAR, ink[3] + _CLEAR))
        if not inside or any(grown.overlaps(other) for other in self.taken):
            return None
        reads = contrast.behind(self.picture, ink, colour)
        if reads < contrast.ENOUGH:
            other = contrast.ink_for(self.picture, ink)
            if other is None:
                return None
            colour, reads = other, contrast.behind(self.picture, ink, other)
        box = draw(self.picture, found, at, colour)
        self.texts.append(
            TextBox(
                text=found.text,
                slot=slot,
                box=(box.left, box.top, box.right, box.bottom),
                contrast=round(reads, 2),
            )
        )
        self.taken.append(box)
        return box

    def _ink(self, found: Setting, at: tuple[float, float]) -> Box:
        mask, left, top = coverage(found, at)
        rows, columns = np.nonzero(mask.max(axis=1))[0], np.nonzero(mask.max(axis=0))[0]
        if not len(rows):
            return Box(0, 0, 1, 1)
        return Box(
            left + int(columns[0]), top + int(rows[0]),
            left + int(columns[-1]) + 1, top + int(rows[-1]) + 1,
        )  # fmt: skip

    def line(self, left: int, top: int, width: int, colour: Colour, thick: int = 2) -> None:
        """A rule."""
        self.fill(Box(left, top, left + width, top + thick), colour)


@lru_cache(maxsize=32)
def _corner(radius: int) -> NDArray[np.float32]:
    """How much of each pixel of an upper left corner lies outside its arc, 0–1."""
    fine = np.full((radius * 4, radius * 4), 255, np.uint8)
    cv2.circle(fine, (radius * 4, radius * 4), radius * 4, 0, -1)
    small = cv2.resize(fine, (radius, radius), interpolation=cv2.INTER_AREA)
    return np.asarray(small / 255.0, np.float32)
