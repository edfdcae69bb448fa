"""The sections of a detail page, each drawn 750 wide and as high as what it holds."""

from __future__ import annotations

from dataclasses import dataclass, field

from zhanggui.base.money import format_yuan
from zhanggui.studio.copywriting import Point, Take
from zhanggui.studio.cutting import Cutout
from zhanggui.studio.facts import Facts
from zhanggui.studio.lettering import Style, measure
from zhanggui.studio.pictures import Box, Pixels
from zhanggui.studio.sets.drawn import Drawn, Still
from zhanggui.studio.sets.laying import Laid, lay
from zhanggui.studio.sets.palette import Palette
from zhanggui.studio.sets.sheet import Sheet
from zhanggui.studio.sets.tiles import (
    BLACK,
    BOLD,
    PLAIN,
    SERIF,
    WHITE,
    cropped,
    headline,
    inset,
    into_card,
    told,
)

WIDTH = 750
MARGIN = 48
_BODY = 27
_CLOSE = 500
_ROW = 74


@dataclass
class Section:
    """A section as drawn, with the picture that the page in HTML shows in it (without words)."""

    name: str
    drawn: Drawn
    bare: Pixels | None = None
    heading: str = ""
    alt: str = ""
    lines: tuple[str, ...] = ()
    rows: tuple[tuple[str, str], ...] = field(default=())


@dataclass(frozen=True)
class Sections:
    """Draws the sections of one page."""

    facts: Facts
    take: Take
    palette: Palette

    @property
    def name(self) -> str:
        """What the product is called."""
        return self.take.title.text.split()[0]

    def hero(self, cutout: Cutout, source: str, still: Still | None) -> Section:
        """The product large, on its best scene where there is one, with name and price."""
        colours = self.palette
        sheet = Sheet(WIDTH, 1120, colours.tint)
        if still is None:
            found = lay(sheet.picture, cutout, Box(75, 300, 675, 900), low=0.9)
        else:
            shown = Box(0, 250, WIDTH, 960)
            crop, found = cropped(still, shown)
            sheet.paste(shown, crop)
        bare = sheet.picture[250:960].copy()
        top = headline(self.take, 10, self.name)
        sheet.write(top, "headline", _centred(SERIF), Box(MARGIN, 78, WIDTH - MARGIN, 160),
                    colours.ink, largest=62, smallest=24, lines=1)  # fmt: skip
        sheet.write(self.name, "name", _centred(PLAIN), Box(MARGIN, 172, WIDTH - MARGIN, 222),
                    colours.muted, largest=30, smallest=18, lines=1)  # fmt: skip
        self._foot(sheet)
        drawn = self._drawn("hero", sheet, found, still.source if still else source)
        return Section("hero", drawn, bare, top, f"{self.name}", ())

    def _foot(self, sheet: Sheet) -> None:
        """Badges and price under the picture."""
        heads = [line.text for line in self.take.poster.badges[:3]]
        fen = self.facts.price_fen
        width = WIDTH - 2 * MARGIN - (240 if fen is not None else 0)
        if heads:
            sheet.write(" · ".join(heads), "badges", BOLD, Box(MARGIN, 990, MARGIN + width, 1080),
                        self.palette.ink, largest=28, smallest=16, lines=2,
                        middle=True)  # fmt: skip
        if fen is not None:
            style = Style(weight="black", align="right")
            sheet.write(f"¥{format_yuan(fen)}", "price", style,
                        Box(WIDTH - MARGIN - 220, 990, WIDTH - MARGIN, 1080), self.palette.accent,
                        largest=62, smallest=24, lines=1, middle=True)  # fmt: skip

    def story(self, paragraphs: tuple[str, ...]) -> Section:
        """The detail story, on paper, in a column."""
        sheet = self._column(paragraphs, self.palette.paper)
        return Section("story", self._drawn("story", sheet, None, None), None, "", "", paragraphs)

    def point(
        self, place: int, point: Point, cutout: Cutout, window: Box | None, source: str
    ) -> Section:
        """A point: number, words, and a close-up under them; words alone where no window is given
        and the product has been seen whole."""
        colours = self.palette
        body = told(point)
        setting = measure(body or " ", PLAIN, _BODY, WIDTH - 2 * MARGIN)
        top = 230 + round(setting.height) + (36 if body else 0)
        bare: Pixels | None = None
        found: Laid | None = None
        high = _CLOSE if window is not None else 0
        sheet = Sheet(WIDTH, top + high + 50, colours.paper if place % 2 else colours.card)
        sheet.write(f"{place + 1:02d}", "number", BLACK, Box(MARGIN, 70, 200, 120), colours.accent,
                    largest=40, smallest=20, lines=1)  # fmt: skip
        sheet.write(point.head, "point", SERIF, Box(MARGIN, 128, WIDTH - MARGIN, 204), colours.ink,
                    largest=50, smallest=24, lines=1)  # fmt: skip
        if body:
            room = Box(MARGIN, 222, WIDTH - MARGIN, 226 + round(setting.height) + 20)
            sheet.write(body, "body", PLAIN, room, colours.muted, largest=_BODY, smallest=18)
        if window is not None:
            shown = Box(MARGIN, top, WIDTH - MARGIN, top + high)
            found = into_card(sheet, cutout, window, shown, colours.tint, 18)
            bare = sheet.picture[shown.top : shown.bottom, shown.left : shown.right].copy()
        drawn = self._drawn("point", sheet, found, source)
        return Section("point", drawn, bare, point.head, point.body, (body,) if body else ())

    def scene(self, still: Still, word: str) -> Section:
        """A scene from edge to edge, with its caption beneath."""
        sheet = Sheet(WIDTH, 860, self.palette.card)
        shown = Box(0, 0, WIDTH, 750)
        crop, found = cropped(still, shown)
        sheet.paste(shown, crop)
        sheet.write(word, "caption", _centred(Style("serif", "bold")),
                    Box(MARGIN, 762, WIDTH - MARGIN, 848), self.palette.ink, largest=34,
                    smallest=18, lines=1, middle=True)  # fmt: skip
        drawn = self._drawn("scene", sheet, found, still.source)
        return Section("scene", drawn, crop, word, f"{self.name}，{word}", ())

    def side(self, views: list[tuple[str, Cutout]], word: str) -> Section:
        """The product from other sides, two by two."""
        colours = self.palette
        rows = (len(views) + 1) // 2
        sheet = Sheet(WIDTH, 150 + rows * 340 + 40, colours.card)
        self._heading(sheet, word)
        side = (WIDTH - 2 * MARGIN - 18) // 2
        found: Laid | None = None
        for place, (_, cutout) in enumerate(views):
            down, across = divmod(place, 2)
            left, top = MARGIN + across * (side + 18), 150 + down * 340
            cell = Box(left, top, left + side, top + 322)
            sheet.fill(cell, colours.tint, 18)
            laid = lay(sheet.picture, cutout, inset(cell, 0.12), low=0.8)
            found = found or laid
        bare = sheet.picture[150 : 150 + rows * 340].copy()
        drawn = self._drawn("side", sheet, found, views[0][0])
        return Section("side", drawn, bare, word, f"{self.name}，{word}", ())

    def table(self, rows: list[tuple[str, str]], word: str) -> Section:
        """Specifications as a table; long values take two lines."""
        colours = self.palette
        column = 190
        style = Style(weight="bold", leading=1.4)
        room = WIDTH - 2 * MARGIN - column - 20
        heights = [max(_ROW, round(measure(value, style, 26, room).height) + 40)
                   for _, value in rows]  # fmt: skip
        sheet = Sheet(WIDTH, 160 + sum(heights) + 60, colours.card)
        self._heading(sheet, word)
        top = 160
        for (label, value), high in zip(rows, heights, strict=True):
            sheet.write(label, "spec_name", PLAIN, Box(MARGIN, top, MARGIN + column, top + high),
                        colours.muted, largest=26, smallest=14, lines=2, middle=True)  # fmt: skip
            sheet.write(value, "spec_value", style,
                        Box(MARGIN + column + 20, top + 4, WIDTH - MARGIN, top + high - 4),
                        colours.ink, largest=26, smallest=14, middle=True)  # fmt: skip
            top += high
            sheet.line(MARGIN, top - 1, WIDTH - 2 * MARGIN, colours.line, 1)
        drawn = self._drawn("spec", sheet, None, None)
        return Section("spec", drawn, None, word, word, (), tuple(rows))

    def listing(self, name: str, word: str, lines: list[str], *, dark: bool = False) -> Section:
        """A heading and lines with dots: care, what to mind, what the shop promises."""
        colours = self.palette
        ground, ink = (colours.deep, WHITE) if dark else (colours.tint, colours.ink)
        style = Style(leading=1.55)
        room = WIDTH - 2 * MARGIN - 34
        heights = [round(measure(line, style, _BODY, room).height) + 34 for line in lines]
        sheet = Sheet(WIDTH, 160 + sum(heights) + 50, ground)
        self._heading(sheet, word, dark=dark)
        top = 160
        for line, high in zip(lines, heights, strict=True):
            dot = colours.tint if dark else colours.accent
            sheet.fill(Box(MARGIN, top + 12, MARGIN + 10, top + 22), dot, 5)
            sheet.write(line, name, style, Box(MARGIN + 34, top, WIDTH - MARGIN, top + high), ink,
                        largest=_BODY, smallest=16)  # fmt: skip
            top += high
        return Section(name, self._drawn(name, sheet, None, None), None, word, word, tuple(lines))

    def _heading(self, sheet: Sheet, word: str, *, dark: bool = False) -> None:
        ink = WHITE if dark else self.palette.ink
        sheet.write(word, "heading", SERIF, Box(MARGIN, 62, WIDTH - MARGIN, 122), ink, largest=42,
                    smallest=22, lines=1)  # fmt: skip
        mark = self.palette.tint if dark else self.palette.accent
        sheet.line(MARGIN, 126, 54, mark, 5)

    def _column(self, paragraphs: tuple[str, ...], ground: tuple[int, int, int]) -> Sheet:
        style = Style(leading=1.75)
        settings = [measure(each, style, _BODY, WIDTH - 2 * MARGIN - 40) for each in paragraphs]
        height = sum(round(each.height) + 26 for each in settings) + 120
        sheet = Sheet(WIDTH, height, ground)
        top = 62
        for each, setting in zip(paragraphs, settings, strict=True):
            high = round(setting.height) + 26
            room = Box(MARGIN + 20, top, WIDTH - MARGIN - 20, top + high)
            sheet.write(each, "story", style, room,
                        self.palette.ink, largest=_BODY, smallest=16)  # fmt: skip
            top += high
        return sheet

    def _drawn(self, name: str, sheet: Sheet, found: Laid | None, source: str | None) -> Drawn:
        texts = tuple(sheet.texts)
        if found is None:
            return Drawn(name, sheet.picture, texts)
        return Drawn(name, sheet.picture, texts, found.affine, found.box, source)


def _centred(style: Style) -> Style:
    return Style(style.family, style.weight, style.leading, style.tracking, "centre")
