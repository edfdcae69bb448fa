"""Shapes, panels and the product's shadow, painted with skia."""

from __future__ import annotations

import cv2
import numpy as np
import skia
from numpy.typing import NDArray

from zhanggui.studio.layout.blocks import Shape
from zhanggui.studio.layout.solving import Panel
from zhanggui.studio.lettering import Colour
from zhanggui.studio.palettes import Palette
from zhanggui.studio.pictures import Box, Pixels
from zhanggui.studio.posters.grounds import fill


def canvas_of(rgba: Pixels) -> skia.Canvas:
    """A canvas that paints into the array (height × width × 4)."""
    return skia.Surface(rgba, colorType=skia.kRGBA_8888_ColorType).getCanvas()


def panel(canvas: skia.Canvas, what: Panel, palette: Palette, unit: float) -> None:
    """Lay a card or a bar."""
    rect = skia.Rect.MakeLTRB(*map(float, what.box))
    if what.kind == "card":
        shade = fill((0, 0, 0), 0.10)
        shade.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, 2.0 * unit))
        canvas.drawRoundRect(rect.makeOffset(0, 1.0 * unit), 2 * unit, 2 * unit, shade)
        canvas.drawRoundRect(rect, 2 * unit, 2 * unit, fill(palette.panel))
    else:
        colour = palette.accent if what.kind == "accent_bar" else palette.panel
        canvas.drawRect(rect, fill(colour))


def shape(canvas: skia.Canvas, what: Shape, colour: Colour, under: Colour) -> None:
    """Paint a shape; `under` is what it was cut out of (a ticket's notches)."""
    rect = skia.Rect.MakeXYWH(what.x, what.y, what.width, what.height)
    if what.kind == "pill":
        canvas.drawRoundRect(rect, what.height / 2, what.height / 2, fill(colour))
    elif what.kind == "card":
        radius = 0.14 * what.height
        canvas.drawRoundRect(rect, radius, radius, fill(colour))
    elif what.kind == "line":
        canvas.drawRect(rect, fill(colour))
    elif what.kind == "tick":
        _tick(canvas, what, colour, under)
    elif what.kind == "ticket":
        _ticket(canvas, rect, colour)
    elif what.kind == "dash":
        _dash(canvas, what, colour)


def _tick(canvas: skia.Canvas, what: Shape, colour: Colour, under: Colour) -> None:
    size = what.width
    canvas.drawCircle(what.x + size / 2, what.y + size / 2, 0.46 * size, fill(colour))
    path = skia.Path()
    path.moveTo(what.x + 0.28 * size, what.y + 0.52 * size)
    path.lineTo(what.x + 0.44 * size, what.y + 0.67 * size)
    path.lineTo(what.x + 0.73 * size, what.y + 0.36 * size)
    stroke = fill(under)
    stroke.setStyle(skia.Paint.kStroke_Style)
    stroke.setStrokeWidth(0.11 * size)
    stroke.setStrokeCap(skia.Paint.kRound_Cap)
    stroke.setStrokeJoin(skia.Paint.kRound_Join)
    canvas.drawPath(path, stroke)


def _ticket(canvas: skia.Canvas, rect: skia.Rect, colour: Colour) -> None:
    """A rounded rectangle with a bite at either end."""
    whole, bites = skia.Path(), skia.Path()
    radius = 0.14 * rect.height()
    whole.addRoundRect(rect, radius, radius)
    bite = 0.13 * rect.height()
    bites.addCircle(rect.left(), rect.centerY(), bite)
    bites.addCircle(rect.right(), rect.centerY(), bite)
    canvas.drawPath(skia.Op(whole, bites, skia.kDifference_PathOp), fill(colour))


def _dash(canvas: skia.Canvas, what: Shape, colour: Colour) -> None:
    step = max(3.0, what.height / 13)
    paint = fill(colour, 0.7)
    paint.setStrokeWidth(max(1.0, 0.3 * step))
    y = what.y
    while y < what.y + what.height:
        canvas.drawLine(what.x, y, what.x, min(y + 0.55 * step, what.y + what.height), paint)
        y += step


def shadowed(rgba: Pixels, alpha: NDArray[np.float32], box: Box, strength: float) -> None:
    """Darken the ground where a product stands, in place: a thin dark line where it touches and a
    wide faint one around. `alpha` (0–1) is the product's, `box` its bounds."""
    height, width = alpha.shape
    base = box.bottom - max(2, round(0.03 * box.height))
    foot = alpha[max(base - round(0.05 * box.height), 0) : box.bottom]
    columns = np.flatnonzero((foot > 0.5).any(axis=0))
    if not len(columns):
        return
    left, right = float(columns[0]), float(columns[-1] + 1)
    shade = np.zeros((height, width), np.float32)
    middle, half = (left + right) / 2, (right - left) / 2
    for flat, blur, weight, grown in ((0.05, 0.012, 0.75, 0.97), (0.11, 0.05, 0.45, 1.1)):
        layer = np.zeros((height, width), np.float32)
        axes = (max(1, round(half * grown)), max(2, round(half * flat * 2)))
        centre = (round(middle), min(box.bottom - round(0.4 * axes[1]), height - 1))
        cv2.ellipse(layer, centre, axes, 0, 0, 360, weight, -1, cv2.LINE_AA)
        sigma = max(1.0, blur * box.width)
        shade = np.maximum(shade, np.asarray(cv2.GaussianBlur(layer, (0, 0), sigma), np.float32))
    rgb = rgba[..., :3]
    rgb[:] = np.rint(rgb * (1 - strength * shade[..., None])).astype(np.uint8)
