"""The tiles of a nine-grid, each drawn on its own and all in one manner: the same margins, a number
and a word at the top, one rule, one palette."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from zhanggui.base.money import format_yuan
from zhanggui.studio.copywriting import Point, Take
from zhanggui.studio.cutting import Cutout
from zhanggui.studio.facts import Facts
from zhanggui.studio.lettering import Colour, Style
from zhanggui.studio.pictures import Box, Pixels, Size
from zhanggui.studio.sets.drawn import Drawn, Still
from zhanggui.studio.sets.laying import LARGEST_SCALE, Laid, lay, put
from zhanggui.studio.sets.palette import Palette
from zhanggui.studio.sets.sheet import Sheet

BOLD, BLACK = Style(weight="bold"), Style(weight="black", leading=1.22)
PLAIN, SERIF = Style(leading=1.6), Style("serif", "bold", leading=1.3)
WHITE: Colour = (255, 255, 255)
ROWS = 7
"""Lines a table of specifications has at most."""


@dataclass
class Tiles:
    """Draws tiles of one size, numbering them as they come."""

    facts: Facts
    take: Take
    palette: Palette
    size: Size
    drawn: int = 0

    @property
    def unit(self) -> float:
        """A thousandth of the shorter side: all measures of a tile are in it."""
        return min(self.size) / 1000

    def at(self, left: float, top: float, right: float, bottom: float) -> Box:
        """A box given in thousandths of the width and of the height."""
        across, down = self.size.width / 1000, self.size.height / 1000
        return Box(
            round(left * across), round(top * down), round(right * across), round(bottom * down)
        )

    def begun(self, word: str, ground: Colour, ink: Colour, soft: Colour) -> Sheet:
        """A sheet with the header every tile has."""
        self.drawn += 1
        sheet = Sheet(self.size.width, self.size.height, ground)
        self.header(sheet, word, ink, soft)
        return sheet

    def header(self, sheet: Sheet, word: str, ink: Colour, soft: Colour) -> None:
        """Number, word, rule and the shop's or brand's name."""
        unit = self.unit
        small = round(30 * unit)
        sheet.write(f"{self.drawn:02d}", "number", BLACK, self.at(72, 64, 150, 112), ink,
                    largest=round(38 * unit), smallest=8, lines=1)  # fmt: skip
        sheet.write(word, "header", BOLD, self.at(146, 70, 560, 112), ink,
                    largest=small, smallest=8, lines=1)  # fmt: skip
        name = self.facts.brand or self.facts.shop
        if name:
            sheet.write(name, "brand", Style(weight="regular", align="right"),
                        self.at(600, 72, 928, 112), ink, largest=round(28 * unit), smallest=8,
                        lines=1)  # fmt: skip
        across = self.at(72, 128, 928, 130)
        sheet.line(across.left, across.top, across.width, soft, max(1, round(2 * unit)))

    def hero(self, cutout: Cutout, source: str | None) -> Drawn:
        """The product large, its name and a headline."""
        colours = self.palette
        sheet = self.begun(_FIRST, colours.tint, colours.ink, colours.line)
        found = lay(sheet.picture, cutout, self.at(110, 340, 890, 940), low=0.9)
        name = self.take.title.text.split()[0]
        sheet.write(headline(self.take, 8, name), "headline", SERIF, self.at(72, 166, 928, 270),
                    colours.ink, largest=round(84 * self.unit), smallest=16, lines=1)  # fmt: skip
        sheet.write(name, "name", PLAIN, self.at(74, 284, 928, 336), colours.muted,
                    largest=round(34 * self.unit), smallest=12, lines=1)  # fmt: skip
        return self._done("hero", sheet, found, source, name)

    def point(self, place: int, cutout: Cutout, window: Box | None, source: str | None) -> Drawn:
        """A selling point beside a close-up of the frame at about its own resolution; cards stand
        right and left by turns."""
        colours, point = self.palette, self.take.points[place]
        sheet = self.begun(_POINT, colours.paper, colours.ink, colours.line)
        right = place % 2 == 0
        card = self.at(420, 172, 928, 928) if right else self.at(72, 172, 580, 928)
        card = card if window is None else lowered(card, cutout)
        found = self.closeup(sheet, cutout, window, card)
        left, end = (72, 392) if right else (612, 928)
        body = told(point)
        first = max(300, round(1000 * card.top / self.size.height) + 60)
        sheet.write(point.head, "point", SERIF, self.at(left, first, end, first + 260), colours.ink,
                    largest=round(60 * self.unit), smallest=14, lines=4)  # fmt: skip
        top = max((text.box[3] for text in sheet.texts), default=0)
        if body:
            across = self.at(left, 0, end, 1)
            rule = top + round(26 * self.unit)
            sheet.line(across.left, rule, round(56 * self.unit), colours.accent,
                       max(2, round(5 * self.unit)))  # fmt: skip
            room = Box(across.left, rule + round(34 * self.unit), across.right,
                       self.at(0, 0, 0, 930).bottom)  # fmt: skip
            sheet.write(body, "body", PLAIN, room, colours.muted, largest=round(33 * self.unit),
                        smallest=12, lines=7)  # fmt: skip
        return self._done("point", sheet, found, source, point.body)

    def closeup(self, sheet: Sheet, cutout: Cutout, window: Box | None, shown: Box) -> Laid:
        """As :func:`into_card`, in the tile's colours."""
        return into_card(sheet, cutout, window, shown, self.palette.tint, round(22 * self.unit))

    def scene(self, still: Still, word: str) -> Drawn:
        """A finished scene, cropped to the tile, with the header on a strip above it."""
        colours = self.palette
        sheet = self.begun(_SCENE, colours.paper, colours.ink, colours.line)
        shown = self.at(72, 162, 928, 820)
        crop, found = cropped(still, shown)
        sheet.paste(shown, crop, round(22 * self.unit))
        sheet.write(word, "caption", _centred(BOLD), self.at(72, 846, 928, 930), colours.ink,
                    largest=round(46 * self.unit), smallest=14, lines=1, middle=True)  # fmt: skip
        return self._done("scene", sheet, found, still.source, word)

    def spec(self, rows: list[tuple[str, str]]) -> Drawn:
        """The specifications as a table."""
        colours = self.palette
        sheet = self.begun(_SPEC, colours.card, colours.ink, colours.line)
        table(sheet, rows[:ROWS], self.at(72, 172, 928, 930), self.palette, self.unit)
        alt = "；".join(f"{name}：{value}" for name, value in rows[:ROWS])
        return Drawn("spec", sheet.picture, tuple(sheet.texts), alt=alt)

    def price(self, cutout: Cutout, source: str | None) -> Drawn:
        """The price exactly as it stands, on a dark band under the product."""
        colours = self.palette
        sheet = self.begun(_PRICE, colours.tint, colours.ink, colours.line)
        sheet.fill(self.at(0, 640, 1000, 1000), colours.deep)
        found = lay(sheet.picture, cutout, self.at(220, 160, 780, 624), low=0.9)
        yuan = format_yuan(self.facts.price_fen or 0)
        name = self.take.title.text.split()[0]
        sheet.write(name, "name", _centred(PLAIN), self.at(72, 678, 928, 730), WHITE,
                    largest=round(34 * self.unit), smallest=12, lines=1)  # fmt: skip
        sheet.write(f"¥{yuan}", "price", _centred(BLACK), self.at(72, 738, 928, 880), WHITE,
                    largest=round(124 * self.unit), smallest=24, lines=1)  # fmt: skip
        badges = " · ".join(line.text for line in self.take.poster.badges[:2])
        below = self.facts.coupon or badges
        if below:
            sheet.write(below, "below", _centred(PLAIN), self.at(72, 892, 928, 950), colours.tint,
                        largest=round(32 * self.unit), smallest=12, lines=1)  # fmt: skip
        return self._done("price", sheet, found, source, f"¥{yuan}")

    def care(self, lines: list[str], word: str) -> Drawn:
        """How it is used and kept, in the shop's own words."""
        colours = self.palette
        sheet = self.begun(word, colours.tint, colours.ink, colours.line)
        room = self.at(72, 176, 928, 930)
        listed(sheet, lines, room, self.palette, self.unit)
        return Drawn("care", sheet.picture, tuple(sheet.texts), alt=" ".join(lines))

    def angle(self, cutout: Cutout, source: str | None, word: str) -> Drawn:
        """The product from another side, where there is nothing else to tell."""
        colours = self.palette
        sheet = self.begun(_ANGLE, colours.paper, colours.ink, colours.line)
        found = lay(sheet.picture, cutout, self.at(130, 180, 870, 800), low=0.8)
        sheet.write(word, "caption", _centred(BOLD), self.at(72, 846, 928, 930), colours.ink,
                    largest=round(46 * self.unit), smallest=14, lines=1, middle=True)  # fmt: skip
        return self._done("angle", sheet, found, source, word)

    def _done(self, name: str, sheet: Sheet, found: Laid, source: str | None, alt: str) -> Drawn:
        texts = tuple(sheet.texts)
        return Drawn(name, sheet.picture, texts, found.affine, found.box, source, alt)


_FIRST, _POINT, _SCENE, _SPEC, _PRICE, _ANGLE = "好物", "细节", "场景", "参数", "价格", "多看一面"


def _centred(style: Style) -> Style:
    return Style(style.family, style.weight, style.leading, style.tracking, "centre")


def headline(take: Take, longest: int, name: str) -> str:
    """The longest headline of at most so many characters that is not the name itself."""
    fitting = [
        line.text
        for line in take.poster.headlines
        if len(line.text) <= longest and line.text not in name and name not in line.text
    ]
    return fitting[-1] if fitting else name


def told(point: Point) -> str:
    """What a point's sentence says beyond its head; nothing where the head has said it all."""
    body = point.body.strip()
    if body.rstrip("。") == point.head:
        return ""
    rest = body.removeprefix(point.head).lstrip("，,：:")
    return rest if len(rest) >= 4 else body


def lowered(card: Box, cutout: Cutout) -> Box:
    """The card no higher than the product is at the largest scale, so that no close-up is half
    empty; in the middle of where it was."""
    most = max(round(0.92 * cutout.box.height * LARGEST_SCALE), card.width)
    spare = max(0, card.height - most) // 2
    return Box(card.left, card.top + spare, card.right, card.bottom - spare)


def inset(box: Box, share: float) -> Box:
    """The box without a margin of a share of its sides."""
    across, down = round(share * box.width), round(share * box.height)
    return Box(box.left + across, box.top + down, box.right - across, box.bottom - down)


def into_card(
    sheet: Sheet, cutout: Cutout, window: Box | None, shown: Box, ground: Colour, radius: int
) -> Laid:
    """A window of the frame in a rounded card; the whole product where there is no window."""
    card = Sheet(shown.width, shown.height, ground)
    if window is None:
        found = lay(card.picture, cutout, inset(Box(0, 0, shown.width, shown.height), 0.09))
    else:
        scale = max(shown.width / window.width, shown.height / window.height)
        scale = min(scale, LARGEST_SCALE)
        x, y = (window.left + window.right) / 2, (window.top + window.bottom) / 2
        matrix = np.array([[scale, 0.0, shown.width / 2 - scale * x],
                           [0.0, scale, shown.height / 2 - scale * y]])  # fmt: skip
        found = put(card.picture, cutout, matrix)
    sheet.paste(shown, card.picture, radius)
    return found.moved(shown.left, shown.top)


def cropped(still: Still, shown: Box) -> tuple[Pixels, Laid]:
    """A still cropped around its product to a box's proportions and brought to its size."""
    height, width = still.picture.shape[:2]
    scale = max(shown.width / width, shown.height / height)
    across, down = min(round(shown.width / scale), width), min(round(shown.height / scale), height)
    x, y = (still.box.left + still.box.right) // 2, (still.box.top + still.box.bottom) // 2
    left = min(max(x - across // 2, 0), width - across)
    top = min(max(y - down // 2, 0), height - down)
    flags = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    part = still.picture[top : top + down, left : left + across]
    crop = np.asarray(cv2.resize(part, (shown.width, shown.height), interpolation=flags), np.uint8)
    # resize maps pixel middles: x' + 0.5 = (x + 0.5) · s
    sx, sy = shown.width / across, shown.height / down
    (a, b, c), (d, e, f) = still.affine
    ox = 0.5 * sx - 0.5 - left * sx + shown.left
    oy = 0.5 * sy - 0.5 - top * sy + shown.top
    affine = ((a * sx, b * sx, c * sx + ox), (d * sy, e * sy, f * sy + oy))
    box = Box(
        max(shown.left, round(still.box.left * sx + ox)),
        max(shown.top, round(still.box.top * sy + oy)),
        min(shown.right, round(still.box.right * sx + ox)),
        min(shown.bottom, round(still.box.bottom * sy + oy)),
    )
    return crop, Laid(affine, box, sx)


def table(
    sheet: Sheet, rows: list[tuple[str, str]], room: Box, palette: Palette, unit: float
) -> int:
    """Names and values in two columns with rules between; returns where it ends."""
    if not rows:
        return room.top
    step = min(room.height // len(rows), round(112 * unit))
    top = room.top
    column = round(0.27 * room.width)
    for name, value in rows:
        name_room = Box(room.left, top, room.left + column, top + step)
        value_room = Box(room.left + column + round(24 * unit), top, room.right, top + step)
        sheet.write(name, "spec_name", PLAIN, name_room, palette.muted, largest=round(34 * unit),
                    smallest=12, lines=1, middle=True)  # fmt: skip
        strong = Style(weight="bold", leading=1.35)
        sheet.write(value, "spec_value", strong, value_room, palette.ink,
                    largest=round(34 * unit), smallest=12, lines=2, middle=True)  # fmt: skip
        top += step
        sheet.line(room.left, top - 1, room.width, palette.line, max(1, round(1.6 * unit)))
    return top


def listed(sheet: Sheet, lines: list[str], room: Box, palette: Palette, unit: float) -> int:
    """Lines with a dot before each; returns where they end."""
    top = room.top
    step = min(room.height // max(len(lines), 1), round(190 * unit))
    for line in lines:
        dot = round(12 * unit)
        sheet.fill(Box(room.left, top + round(20 * unit), room.left + dot,
                       top + round(20 * unit) + dot), palette.accent, dot // 2)  # fmt: skip
        body = Box(room.left + round(40 * unit), top, room.right, top + step - round(14 * unit))
        sheet.write(line, "care", Style(leading=1.5), body, palette.ink, largest=round(38 * unit),
                    smallest=12, lines=4)  # fmt: skip
        top += step
    return top
