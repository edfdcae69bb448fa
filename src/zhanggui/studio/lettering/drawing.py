"""Type laid into a picture."""

from __future__ import annotations

import math
from typing import TypeAlias

import numpy as np
import skia

from zhanggui.studio.lettering import fonts
from zhanggui.studio.lettering.setting import Setting, measure, paragraph
from zhanggui.studio.pictures import Box, Pixels

Colour: TypeAlias = tuple[int, int, int]

_SEEN = 20
"""Coverage of 255 from which a pixel counts as ink."""


def coverage(setting: Setting, at: tuple[float, float] = (0.0, 0.0)) -> tuple[Pixels, int, int]:
    """How much of each pixel a set text covers, 0–255, height × width, when its block's upper left
    corner is at `at`; and the column and row of the picture where this array begins."""
    pad = math.ceil(0.3 * setting.size) + 2
    left, top = math.floor(at[0]) - pad, math.floor(at[1]) - pad
    width = math.ceil(setting.width) + 2 * pad + 1
    height = math.ceil(setting.height) + 2 * pad + 1
    mask = np.zeros((height, width), np.uint8)
    canvas = skia.Surface(mask, colorType=skia.kAlpha_8_ColorType).getCanvas()
    paint = _paint(setting)
    for number, (line, indent) in enumerate(zip(setting.lines, setting.indents, strict=True)):
        x, y = at[0] - left + indent, at[1] - top + setting.baseline(number)
        _lay(canvas, setting, line, (x, y), paint)
        if setting.style.struck:
            _strike(canvas, x, y, setting.widths[number], setting.size)
    return mask, left, top


def _lay(
    canvas: skia.Canvas, setting: Setting, line: str, at: tuple[float, float], paint: skia.Paint
) -> None:
    """Paint one line, its baseline beginning at `at`."""
    if any(map(str.isalpha, line)):
        laid = paragraph(line, setting.style, setting.size, paint)
        laid.paint(canvas, at[0], at[1] - laid.AlphabeticBaseline)
        return
    # Signs and figures alone are of no script, and only within one is `locl` heeded: an ideograph
    # goes before them, out of sight.
    lead = measure("一", setting.style, setting.size).width
    lead += setting.style.tracking * setting.size
    laid = paragraph("一" + line, setting.style, setting.size, paint)
    canvas.save()
    canvas.clipRect(skia.Rect.MakeLTRB(at[0], 0, 1e6, 1e6))
    laid.paint(canvas, at[0] - lead, at[1] - laid.AlphabeticBaseline)
    canvas.restore()


def _paint(setting: Setting) -> skia.Paint:
    paint = skia.Paint(AntiAlias=True, Color=skia.ColorBLACK)
    thick = fonts.thickening(setting.style.family, setting.style.weight)
    if thick:
        paint.setStyle(skia.Paint.kStrokeAndFill_Style)
        paint.setStrokeWidth(thick * setting.size)
    return paint


def _strike(canvas: skia.Canvas, x: float, baseline: float, width: float, size: float) -> None:
    """A thin line at the middle of the figures."""
    middle, thick = baseline - 0.36 * size, max(1.0, 0.055 * size)
    rect = skia.Rect.MakeXYWH(x - 0.04 * size, middle - thick / 2, width + 0.08 * size, thick)
    canvas.drawRect(rect, skia.Paint(AntiAlias=True, Color=skia.ColorBLACK))


def ink_box(setting: Setting, at: tuple[float, float]) -> Box:
    """The pixels that :func:`draw` would cover in a picture that is large enough."""
    mask, left, top = coverage(setting, at)
    return _ink(mask, Box(left, top, left + mask.shape[1], top + mask.shape[0]))


def draw(
    rgb: Pixels, setting: Setting, at: tuple[float, float], colour: Colour, *, opacity: float = 1.0
) -> Box:
    """Lay a set text into the array, its block's upper left corner at `at`; returns the pixels that
    its ink covers. What would lie outside the picture is cut off, so ask for its box first."""
    mask, left, top = coverage(setting, at)
    box = Box(
        max(left, 0),
        max(top, 0),
        min(left + mask.shape[1], rgb.shape[1]),
        min(top + mask.shape[0], rgb.shape[0]),
    )
    if box.width <= 0 or box.height <= 0:
        return Box(0, 0, 0, 0)
    mask = mask[box.top - top : box.bottom - top, box.left - left : box.right - left]
    _blend(rgb[box.top : box.bottom, box.left : box.right], mask, colour, opacity)
    return _ink(mask, box)


def _blend(under: Pixels, mask: Pixels, colour: Colour, opacity: float) -> None:
    """Lay the colour over what is there, in place, where the mask covers anything."""
    covered = np.nonzero(mask)
    weight = mask[covered].astype(np.float32)[:, None] * (opacity / 255)
    there = under[covered].astype(np.float32)
    under[covered] = np.rint(there + (np.asarray(colour, np.float32) - there) * weight).astype(
        np.uint8
    )


def _ink(mask: Pixels, box: Box) -> Box:
    seen = mask > _SEEN
    if not seen.any():
        return Box(box.left, box.top, box.left, box.top)
    rows, columns = np.flatnonzero(seen.any(axis=1)), np.flatnonzero(seen.any(axis=0))
    return Box(
        box.left + int(columns[0]),
        box.top + int(rows[0]),
        box.left + int(columns[-1]) + 1,
        box.top + int(rows[-1]) + 1,
    )
