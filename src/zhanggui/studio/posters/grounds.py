"""What a poster stands on when it is no stage: fields of colour, shapes, paper."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import skia

from zhanggui.studio.lettering import Colour
from zhanggui.studio.palettes import Palette
from zhanggui.studio.pictures import Box, Size

Ground = Callable[[skia.Canvas, Size, Box, Palette, np.random.Generator], None]


def paint(
    name: str,
    canvas: skia.Canvas,
    size: Size,
    product: Box,
    palette: Palette,
    random: np.random.Generator,
) -> None:
    """Paint a ground by its name; `product` is where the product comes."""
    GROUNDS[name](canvas, size, product, palette, random)


def fill(colour: Colour, opacity: float = 1.0) -> skia.Paint:
    """A paint of one colour."""
    return skia.Paint(AntiAlias=True, Color=skia.Color(*colour, round(255 * opacity)))


def _field(
    canvas: skia.Canvas, size: Size, product: Box, palette: Palette, random: np.random.Generator
) -> None:
    """Lit from behind the product."""
    middle = ((product.left + product.right) / 2, (product.top + product.bottom) / 2)
    shader = skia.GradientShader.MakeRadial(
        middle, 0.95 * max(size), [skia.Color(*palette.ground), skia.Color(*palette.other)]
    )
    canvas.drawPaint(skia.Paint(Shader=shader, Dither=True))


def _slope(
    canvas: skia.Canvas, size: Size, product: Box, palette: Palette, random: np.random.Generator
) -> None:
    """A gradient from corner to corner."""
    ends = [(0, 0), (size.width, size.height)]
    if random.random() < 0.5:
        ends = [(size.width, 0), (0, size.height)]
    colours = [skia.Color(*palette.ground), skia.Color(*palette.other)]
    shader = skia.GradientShader.MakeLinear(ends, colours)
    canvas.drawPaint(skia.Paint(Shader=shader, Dither=True))


def _disc(
    canvas: skia.Canvas, size: Size, product: Box, palette: Palette, random: np.random.Generator
) -> None:
    _field(canvas, size, product, palette, random)
    x, y = (product.left + product.right) / 2, (product.top + product.bottom) / 2
    radius = 0.56 * max(product.width, min(product.height, 1.2 * product.width))
    canvas.drawCircle(x, y, radius, fill(palette.shape))


def _arch(
    canvas: skia.Canvas, size: Size, product: Box, palette: Palette, random: np.random.Generator
) -> None:
    """A niche around the product, down to its foot, and the floor before it."""
    _slope(canvas, size, product, palette, random)
    pad = 0.05 * min(size)
    left, right = product.left - pad, product.right + pad
    foot = product.bottom + 0.6 * pad
    top = max(product.top - 1.2 * pad, 0.02 * size.height)
    radius = min((right - left) / 2, foot - top)
    shape = skia.RRect()
    corners = [(radius, radius), (radius, radius), (pad / 3, pad / 3), (pad / 3, pad / 3)]
    shape.setRectRadii(skia.Rect.MakeLTRB(left, top, right, foot), corners)
    canvas.drawRRect(shape, fill(palette.shape))


def _split(
    canvas: skia.Canvas, size: Size, product: Box, palette: Palette, random: np.random.Generator
) -> None:
    """Two fields: the product's side and the words' side, or a floor under the product."""
    canvas.drawPaint(fill(palette.ground))
    if product.width > 0.62 * size.width:
        floor = product.top + 0.72 * product.height
        canvas.drawRect(skia.Rect.MakeLTRB(0, floor, size.width, size.height), fill(palette.other))
        return
    is_right = product.left + product.right > size.width
    edge = (product.left - 0.01 * size.width) if is_right else (product.right + 0.01 * size.width)
    left, right = (edge, size.width) if is_right else (0.0, edge)
    canvas.drawRect(skia.Rect.MakeLTRB(left, 0, right, size.height), fill(palette.other))


def _floor(
    canvas: skia.Canvas, size: Size, product: Box, palette: Palette, random: np.random.Generator
) -> None:
    """A wall and a table on which the product stands."""
    line = product.bottom - 0.13 * product.height
    wall = skia.GradientShader.MakeLinear(
        [(0, 0), (0, line)], [skia.Color(*palette.ground), skia.Color(*palette.other)]
    )
    canvas.drawPaint(skia.Paint(Shader=wall, Dither=True))
    table = skia.GradientShader.MakeLinear(
        [(0, line), (0, size.height)], [skia.Color(*palette.ground), skia.Color(*palette.other)]
    )
    area = skia.Rect.MakeLTRB(0, line, size.width, size.height)
    canvas.drawRect(area, skia.Paint(Shader=table, Dither=True))
    canvas.drawRect(skia.Rect.MakeLTRB(0, line, size.width, line + 1.5), fill(palette.shape))


def _frame(
    canvas: skia.Canvas, size: Size, product: Box, palette: Palette, random: np.random.Generator
) -> None:
    """Paper with a thin frame."""
    canvas.drawPaint(fill(palette.ground))
    edge = 0.028 * min(size)
    paint = skia.Paint(
        AntiAlias=True,
        Color=skia.Color(*palette.line),
        Style=skia.Paint.kStroke_Style,
        StrokeWidth=max(1.0, 0.002 * min(size)),
    )
    canvas.drawRect(skia.Rect.MakeLTRB(edge, edge, size.width - edge, size.height - edge), paint)


def _rays(
    canvas: skia.Canvas, size: Size, product: Box, palette: Palette, random: np.random.Generator
) -> None:
    """Rays from behind the product."""
    _field(canvas, size, product, palette, random)
    x, y = (product.left + product.right) / 2, (product.top + product.bottom) / 2
    reach, count = 1.5 * max(size), 24
    turn = random.random() * math.pi / count
    paint = fill(palette.shape, 0.28)
    for number in range(count):
        start = turn + 2 * math.pi * number / count
        end = start + math.pi / count
        path = skia.Path()
        path.moveTo(x, y)
        path.lineTo(x + reach * math.cos(start), y + reach * math.sin(start))
        path.lineTo(x + reach * math.cos(end), y + reach * math.sin(end))
        path.close()
        canvas.drawPath(path, paint)
    canvas.drawCircle(x, y, 0.52 * max(product.width, product.height), fill(palette.shape, 0.55))


def _waves(
    canvas: skia.Canvas, size: Size, product: Box, palette: Palette, random: np.random.Generator
) -> None:
    """Soft hills under the product."""
    _field(canvas, size, product, palette, random)
    base = product.bottom - 0.2 * product.height
    for number, opacity in enumerate((0.55, 0.8, 1.0)):
        y = base + 0.06 * number * size.height
        swing = 0.05 * size.height * (1 if random.random() < 0.5 else -1)
        path = skia.Path()
        path.moveTo(0, y)
        path.cubicTo(
            0.35 * size.width, y - swing, 0.65 * size.width, y + swing, size.width, y - 0.3 * swing
        )
        path.lineTo(size.width, size.height)
        path.lineTo(0, size.height)
        path.close()
        canvas.drawPath(path, fill(palette.shape, opacity * 0.6))


def _corners(
    canvas: skia.Canvas, size: Size, product: Box, palette: Palette, random: np.random.Generator
) -> None:
    """Quarter discs in two corners that face each other."""
    _field(canvas, size, product, palette, random)
    is_right = product.left + product.right > size.width
    near, far = (size.width, 0) if is_right else (0, size.width)
    canvas.drawCircle(near, 0, 0.34 * min(size), fill(palette.shape))
    canvas.drawCircle(far, size.height, 0.26 * min(size), fill(palette.shape, 0.7))


def _lanterns(
    canvas: skia.Canvas, size: Size, product: Box, palette: Palette, random: np.random.Generator
) -> None:
    """Festive: rings of gold around the product on red, clouds of scales below."""
    _field(canvas, size, product, palette, random)
    unit = min(size) / 100
    x, y = (product.left + product.right) / 2, (product.top + product.bottom) / 2
    radius = 0.58 * max(product.width, min(product.height, 1.15 * product.width))
    canvas.drawCircle(x, y, radius, fill(palette.shape, 0.9))
    ring = skia.Paint(
        AntiAlias=True,
        Color=skia.Color(*palette.accent, 150),
        Style=skia.Paint.kStroke_Style,
        StrokeWidth=0.35 * unit,
    )
    canvas.drawCircle(x, y, radius + 2.2 * unit, ring)
    scale = 9 * unit
    for row in range(2):
        top = size.height - (1.5 - row) * scale * 0.5
        start = 0.0 if row else -scale / 2
        while start < size.width + scale:
            for share in (1.0, 0.68, 0.36):
                paint = fill(palette.ground if share == 0.68 else palette.shape)
                canvas.drawCircle(start, top + scale * 0.5, share * scale * 0.52, paint)
            start += scale


GROUNDS: dict[str, Ground] = {
    "field": _field,
    "slope": _slope,
    "disc": _disc,
    "arch": _arch,
    "split": _split,
    "floor": _floor,
    "frame": _frame,
    "rays": _rays,
    "waves": _waves,
    "corners": _corners,
    "lanterns": _lanterns,
}
