"""Words over frames: captions, and what stands on the end card and the cover.

They keep clear of where 抖音 and 视频号 have their buttons and texts (`channels.toml`): the lowest
fifth, the right seventh and the top tenth of a frame.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from zhanggui.studio.film.planes import Layer, layer
from zhanggui.studio.film.storyboard import Storyboard
from zhanggui.studio.lettering import Colour, Style, contrast, coverage, fit, measure
from zhanggui.studio.pictures import Box, Pixels, Size

LINE = 12.5
"""Characters of a caption's line."""
PAGE = 2 * LINE - 1
CARD_FOOT = 0.46
"""Where the product stands on the end card, as a share of the height."""

_LEFT, _RIGHT, _TOP, _BOTTOM = 0.06, 0.86, 0.1, 0.78
_WHITE: Colour = (255, 255, 255)
_BLACK: Colour = (0, 0, 0)
_INK: Colour = (40, 34, 32)
_RED: Colour = (190, 24, 38)
_PLATE_OPACITY = 0.64
OVER_WHITE = 6.7
"""The contrast of white on black of this opacity where the picture behind is white."""
_SMALLEST = 0.55
"""How much smaller than it should be a text may be set so that all of it stands there."""
_HARDER = 5.0
"""The contrast that is sought; what compression leaves of it is to be 4.5:1."""


@dataclass(frozen=True)
class Words:
    """A text as drawn: what it says, its pixels with alpha (of even size), where its left upper
    corner is, and its least contrast with what can be behind it."""

    text: str
    rgba: Pixels
    x: int
    y: int
    contrast: float

    @property
    def box(self) -> Box:
        """The pixels of the frame it takes."""
        height, width = self.rgba.shape[:2]
        return Box(self.x, self.y, self.x + width, self.y + height)

    def layer(self) -> Layer:
        """As a layer for frames."""
        return layer(self.rgba[:, :, :3], self.rgba[:, :, 3])


def safe(size: Size) -> Box:
    """Where words may stand."""
    return Box(
        _even(_LEFT * size.width),
        _even(_TOP * size.height),
        _even(_RIGHT * size.width),
        _even(_BOTTOM * size.height),
    )


def caption(text: str, size: Size) -> Words:
    """A caption of one or two lines: white on a dark plate, at the safe area's lower edge."""
    free = safe(size)
    em = free.width / (LINE + 1.6)
    block = _block(text, Style(weight="bold", align="centre"), em, free.width - em, 2)
    plate = _on_plate(block, em, _WHITE, _BLACK, _PLATE_OPACITY)
    x = _even((free.left + free.right - plate.shape[1]) / 2)
    return Words(text, plate, x, _even(free.bottom - plate.shape[0]), OVER_WHITE)


def card(plan: Storyboard, size: Size, ground: Pixels) -> list[Words]:
    """The end card's words, from the top, below :data:`CARD_FOOT`: name, tagline, price, shop."""
    free = safe(size)
    em = size.width / 14
    lower = ground[round(CARD_FOOT * size.height) : free.bottom, free.left : free.right]
    red, green, blue = lower.min(axis=(0, 1)).tolist()
    darkest: Colour = (red, green, blue)
    ink = contrast.toned(_INK, darkest, _HARDER)
    centred = Style(weight="bold", align="centre")
    rows: list[tuple[str, Pixels, float, float]] = []
    for text, share, most, gap in (
        (plan.name, 1.0, 2, 0.3),
        (plan.tagline if plan.tagline != plan.name else None, 0.66, 1, 0.55),
    ):
        if text:
            mask = _block(text, centred, share * em, free.width, most)
            rows.append((text, _inked(mask, ink), gap, contrast.ratio(ink, darkest)))
    if plan.price:
        mask = _block(plan.price, Style(weight="black"), 1.5 * em, free.width, 1)
        sign = contrast.toned(_RED, _WHITE, _HARDER)
        plate = _on_plate(mask, 1.1 * em, _WHITE, sign, 1.0)
        rows.append((plan.price, plate, 0.55, contrast.ratio(_WHITE, sign)))
    if plan.shop:
        mask = _block(plan.shop, centred, 0.6 * em, free.width, 1)
        rows.append((plan.shop, _inked(mask, ink), 0.0, contrast.ratio(ink, darkest)))
    found, top = [], (CARD_FOOT + 0.035) * size.height
    for text, drawn, gap, read in rows:
        found.append(Words(text, drawn, _even((size.width - drawn.shape[1]) / 2), _even(top), read))
        top += drawn.shape[0] + gap * em
    return found


def title(plan: Storyboard, size: Size) -> list[Words]:
    """What stands on the cover: the name, large, and the price."""
    free = safe(size)
    em = size.width / 11
    found: list[Words] = []
    bottom = float(free.bottom)
    black = Style(weight="black")
    if plan.price:
        mask = _block(plan.price, black, 1.05 * em, free.width - em, 1)
        sign = contrast.toned(_RED, _WHITE, _HARDER)
        plate = _on_plate(mask, 0.8 * em, _WHITE, sign, 1.0)
        bottom -= plate.shape[0]
        read = contrast.ratio(_WHITE, sign)
        found.append(Words(plan.price, plate, free.left, _even(bottom), read))
        bottom -= 0.3 * em
    if plan.name:
        mask = _block(plan.name, black, em, free.width - em, 2)
        plate = _on_plate(mask, 0.8 * em, _WHITE, _BLACK, _PLATE_OPACITY)
        y = _even(bottom - plate.shape[0])
        found.append(Words(plan.name, plate, free.left, y, OVER_WHITE))
    return found


def _block(text: str, style: Style, em: float, width: float, most: int) -> Pixels:
    """How much of each pixel a text covers, in at most so many lines of the width: at `em`, or
    smaller where it would not go in; what does not go in at :data:`_SMALLEST` of it is cut."""
    room = (width, 10 * em)
    while True:
        found = fit(
            text, style, room, smallest=max(8.0, _SMALLEST * em), largest=em, most_lines=most
        )
        if found is not None:
            break
        if len(text) < 3:
            found = measure(text, style, _SMALLEST * em)
            break
        text = text.rstrip("…")[:-1].rstrip() + "…"
    mask, left, top = coverage(found)
    return mask[-top : -top + _even(found.height + 1), -left : -left + _even(found.width + 2)]


def _inked(mask: Pixels, colour: Colour) -> Pixels:
    """A mask in a colour."""
    rgba = np.empty((*mask.shape, 4), dtype=np.uint8)
    rgba[:, :, :3] = colour
    rgba[:, :, 3] = mask
    return rgba


def _on_plate(mask: Pixels, em: float, ink: Colour, colour: Colour, opacity: float) -> Pixels:
    """The mask in an ink on a rounded plate with room around it."""
    beside, over = round(0.5 * em), round(0.3 * em)
    height, width = mask.shape[0] + 2 * over, mask.shape[1] + 2 * beside
    share = np.zeros((height, width, 1), dtype=np.float32)
    share[over:-over, beside:-beside, 0] = mask / np.float32(255)
    under = opacity * _rounded(width, height, round(0.3 * em))[:, :, None]
    whole = share + under * (1 - share)
    of_ink = np.where(whole > 0, share / np.maximum(whole, 1e-6), 0)
    rgb = np.array(ink, np.float32) * of_ink + np.array(colour, np.float32) * (1 - of_ink)
    together = np.rint(np.concatenate([rgb, 255 * whole], axis=2))
    return np.asarray(together, dtype=np.uint8)


def _rounded(width: int, height: int, radius: int) -> NDArray[np.float32]:
    """The coverage (0–1) of a rectangle with round corners."""
    x = np.arange(width, dtype=np.float32)[None] + 0.5
    y = np.arange(height, dtype=np.float32)[:, None] + 0.5
    beyond_x = np.maximum(np.maximum(radius - x, x - (width - radius)), 0)
    beyond_y = np.maximum(np.maximum(radius - y, y - (height - radius)), 0)
    return np.asarray(np.clip(radius + 0.5 - np.hypot(beyond_x, beyond_y), 0, 1))


def _even(length: float) -> int:
    return 2 * round(length / 2)
