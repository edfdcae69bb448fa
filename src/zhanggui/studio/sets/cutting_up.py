"""One picture cut in nine: laid side by side in a feed, they are one poster."""

from __future__ import annotations

from zhanggui.base.money import format_yuan
from zhanggui.studio.copywriting import Copy
from zhanggui.studio.cutting import Cutout
from zhanggui.studio.facts import Facts
from zhanggui.studio.lettering import Style
from zhanggui.studio.manifest import TextBox
from zhanggui.studio.pictures import Box, Size
from zhanggui.studio.sets import palette
from zhanggui.studio.sets.drawn import Drawn
from zhanggui.studio.sets.laying import lay
from zhanggui.studio.sets.sheet import Sheet
from zhanggui.studio.sets.tiles import BLACK, PLAIN, SERIF, WHITE, headline

SIZE = Size(600, 600)
_ACROSS = 3
_MOST = 2.4
"""How far a frame is enlarged here at most: nine pictures together are seen from further off."""


def make(
    facts: Facts,
    copy: Copy,
    hero: tuple[str, Cutout],
    *,
    size: Size = SIZE,
) -> tuple[Drawn, ...]:
    """Nine pictures of a size that lie side by side as one. The product spans the middle; every
    text keeps within one of the nine, so that none is cut."""
    width, height = size
    colours = palette.of(hero[1])
    sheet = Sheet(width * _ACROSS, height * _ACROSS, colours.tint)
    radius = round(1.02 * min(width, height))
    centre = (3 * width // 2, round(1.52 * height))
    disc = Box(centre[0] - radius, centre[1] - radius, centre[0] + radius, centre[1] + radius)
    sheet.fill(disc, colours.paper, radius)
    sheet.fill(Box(0, round(2.42 * height), 3 * width, 3 * height), colours.deep)
    room = Box(round(0.45 * width), round(0.72 * height), round(2.55 * width), round(2.36 * height))
    found = lay(sheet.picture, hero[1], room, low=1.0, most=_MOST)
    _words(sheet, facts, copy, width, height, colours)
    return tuple(_piece(sheet, found.affine, found.box, place, size, hero[0]) for place in range(9))


def _words(
    sheet: Sheet, facts: Facts, copy: Copy, width: int, height: int, colours: palette.Palette
) -> None:
    take, unit = copy.first, min(width, height) / 1000
    name = take.title.text.split()[0]

    def within(row: int, column: int, top: float, bottom: float) -> Box:
        return Box(
            round((column + 0.1) * width), round((row + top) * height),
            round((column + 0.9) * width), round((row + bottom) * height),
        )  # fmt: skip

    def centred(style: Style) -> Style:
        return Style(style.family, style.weight, style.leading, style.tracking, "centre")

    sheet.write(headline(take, 8, name), "headline", centred(SERIF), within(0, 1, 0.12, 0.36),
                colours.ink, largest=round(170 * unit), smallest=18, lines=1)  # fmt: skip
    sheet.write(name, "name", centred(PLAIN), within(0, 1, 0.38, 0.48), colours.muted,
                largest=round(58 * unit), smallest=14, lines=1)  # fmt: skip
    shop = facts.brand or facts.shop
    if shop:
        sheet.write(shop, "brand", PLAIN, within(0, 0, 0.12, 0.22), colours.ink,
                    largest=round(54 * unit), smallest=14, lines=1)  # fmt: skip
    for column, point in zip((0, 2), take.points, strict=False):
        sheet.write(point.head, "point", centred(PLAIN), within(2, column, 0.58, 0.84), WHITE,
                    largest=round(58 * unit), smallest=14, lines=2, middle=True)  # fmt: skip
    if facts.price_fen is not None:
        sheet.write(f"¥{format_yuan(facts.price_fen)}", "price", centred(BLACK),
                    within(2, 1, 0.52, 0.9), WHITE, largest=round(190 * unit), smallest=20,
                    lines=1, middle=True)  # fmt: skip


def _piece(
    sheet: Sheet,
    affine: tuple[tuple[float, float, float], tuple[float, float, float]],
    box: Box,
    place: int,
    size: Size,
    source: str,
) -> Drawn:
    row, column = divmod(place, _ACROSS)
    left, top = column * size.width, row * size.height
    here = Box(left, top, left + size.width, top + size.height)
    texts = tuple(
        TextBox(text=each.text, slot=each.slot, contrast=each.contrast,
                box=(each.box[0] - left, each.box[1] - top, each.box[2] - left, each.box[3] - top))
        for each in sheet.texts if here.holds(Box(*each.box))
    )  # fmt: skip
    picture = sheet.picture[here.top : here.bottom, here.left : here.right].copy()
    if not here.overlaps(box):
        return Drawn("piece", picture, texts)
    (a, b, c), (d, e, f) = affine
    shown = Box(
        max(box.left - left, 0), max(box.top - top, 0),
        min(box.right - left, size.width), min(box.bottom - top, size.height),
    )  # fmt: skip
    return Drawn("piece", picture, texts, ((a, b, c - left), (d, e, f - top)), shown, source)
