"""Type set: how large, in which lines, and what room that takes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import skia

from zhanggui.studio.lettering import breaking, fonts
from zhanggui.studio.lettering.fonts import Family, Weight

Align = Literal["left", "centre", "right"]

_EM = 1000.0
_ENDS_HALF_EMPTY = "。，、；：）】」』》〉”’"
_TAILED = frozenset("gjpqyQ,;()[]{}/|@$ç_")


@dataclass(frozen=True, slots=True)
class Style:
    """How a text looks, but for its size and colour: `leading` is from baseline to baseline and
    `tracking` what is added between letters, both in em; `struck` draws a line through it."""

    family: Family = "sans"
    weight: Weight = "regular"
    leading: float = 1.3
    tracking: float = 0.0
    align: Align = "left"
    struck: bool = False


@dataclass(frozen=True, slots=True)
class Setting:
    """A text as it is set, in pixels. `widths` are the lines'; `width` and `height` are of the
    block: from the first line's em box to the last one's, or to its Latin letters' tails. `indents`
    are where each line begins by the style's alignment within the block; `roughness` is how
    ill the lines' ends look (0 between clauses, 0.15 for each within a word)."""

    text: str
    style: Style
    size: float
    lines: tuple[str, ...]
    widths: tuple[float, ...]
    width: float
    height: float
    roughness: float = 0.0

    @property
    def indents(self) -> tuple[float, ...]:
        """Of each line, from the block's left; the empty half of a closing mark counts for nothing
        where there are other lines to be in line with."""
        share = {"left": 0.0, "centre": 0.5, "right": 1.0}[self.style.align]
        empty = 0.45 * self.size if len(self.lines) > 1 else 0.0
        return tuple(
            share * (self.width - width + (empty if line[-1] in _ENDS_HALF_EMPTY else 0.0))
            for line, width in zip(self.lines, self.widths, strict=True)
        )

    def baseline(self, line: int) -> float:
        """Of a line, from the block's top."""
        return (fonts.ASCENT + line * self.style.leading) * self.size


def paragraph(
    text: str, style: Style, size: float, paint: skia.Paint | None = None
) -> skia.textlayout.Paragraph:
    """One line as skia sets it."""
    look = skia.textlayout.TextStyle()
    look.setFontFamilies([fonts.name(style.family, style.weight)])
    look.setFontSize(size)
    look.setLocale(fonts.LOCALE)
    if style.tracking:
        look.setLetterSpacing(style.tracking * size)
    if paint is not None:
        look.setForegroundPaint(paint)
    whole = skia.textlayout.ParagraphStyle()
    whole.setTextStyle(look)
    builder = skia.textlayout.ParagraphBuilder.make(whole, fonts.collection(), _unicode())
    builder.pushStyle(look)
    builder.addText(text)
    found = builder.Build()
    found.layout(1e6)
    return found


@lru_cache(maxsize=1)
def _unicode() -> skia.Unicode:
    return skia.Unicodes.ICU.Make()


@lru_cache(maxsize=65536)
def _advance(text: str, family: Family, weight: Weight) -> float:
    """A text's width in em. No font here is hinted: widths grow with the size alone."""
    return float(paragraph(text, Style(family, weight), _EM).LongestLine) / _EM


def _width(text: str, style: Style) -> float:
    """In em, with what is tracked after each letter but the last."""
    return _advance(text, style.family, style.weight) + style.tracking * len(text)


def measure(text: str, style: Style, size: float, width: float | None = None) -> Setting:
    """Set a text at a size in pixels, in as few lines of at most `width` as it takes.

    A part that cannot be broken may reach beyond the width: see :func:`fit` for one that must not.
    """
    parts = breaking.atoms(text)
    if not parts:
        return Setting(text, style, size, (), (), 0.0, 0.0)
    widths, space = _widths(parts, style)
    room = float("inf") if width is None else max(width / size, max(widths))
    count = breaking.fewest(parts, widths, space, room)
    return _set(text, style, size, parts, widths, space, min(room, 1e6), count or 1)


def fit(
    text: str,
    style: Style,
    room: tuple[float, float],
    *,
    smallest: float,
    largest: float,
    most_lines: int | None = None,
) -> Setting | None:
    """Set a text as large as goes into a room (width, height) in pixels; None where not even the
    smallest size does. Sizes are whole pixels."""
    parts = breaking.atoms(text)
    if not parts:
        return None
    widths, space = _widths(parts, style)

    def count(size: int) -> int | None:
        lines = breaking.fewest(parts, widths, space, room[0] / size)
        if lines is None or (most_lines is not None and lines > most_lines):
            return None
        return lines if _height(style, size, lines, text) <= room[1] else None

    low, high = int(smallest), int(largest)
    lines = count(low)
    if lines is None:
        return None
    while low < high:
        middle = (low + high + 1) // 2
        found = count(middle)
        low, high, lines = (low, middle - 1, lines) if found is None else (middle, high, found)
    return _set(text, style, low, parts, widths, space, room[0] / low, lines)


def _widths(parts: tuple[breaking.Atom, ...], style: Style) -> tuple[list[float], float]:
    return [_width(part.text, style) for part in parts], _space(style)


def _space(style: Style) -> float:
    return _advance("n n", style.family, style.weight) - 2 * _advance(
        "n", style.family, style.weight
    )


def _set(
    text: str,
    style: Style,
    size: float,
    parts: tuple[breaking.Atom, ...],
    widths: list[float],
    space: float,
    room: float,
    count: int,
) -> Setting:
    spans = [(0, len(parts))]
    if count > 1:
        spans = breaking.broken(parts, widths, space, room, count)
    lines = tuple(breaking.joined(parts[start:end]) for start, end in spans)
    across = tuple((_width(line, style) - style.tracking) * size for line in lines)
    rough = sum(max(parts[start].cost, 0.0) for start, _ in spans[1:] if not parts[start].begins)
    height = _height(style, size, len(lines), lines[-1])
    return Setting(text, style, size, lines, across, max(across), height, rough)


def _height(style: Style, size: float, lines: int, last: str) -> float:
    under = fonts.TAIL if _TAILED.intersection(last) else fonts.DESCENT
    return ((lines - 1) * style.leading + fonts.ASCENT + under) * size
