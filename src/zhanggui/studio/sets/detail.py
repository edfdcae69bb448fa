"""The detail page, 750 wide: a long picture in slices a channel takes, and the same as HTML."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from zhanggui.base.money import format_yuan
from zhanggui.studio.channels import channel
from zhanggui.studio.copywriting import Copy
from zhanggui.studio.copywriting.lawful import lawful_in
from zhanggui.studio.copywriting.reading import read
from zhanggui.studio.cutting import Cutout
from zhanggui.studio.facts import Facts
from zhanggui.studio.manifest import TextBox
from zhanggui.studio.pictures import Pixels
from zhanggui.studio.sets import html, palette
from zhanggui.studio.sets.drawn import Drawn, Still
from zhanggui.studio.sets.laying import nearby
from zhanggui.studio.sets.sections import Section, Sections
from zhanggui.studio.sets.specs import rows_of

CHANNEL = "taobao_detail"
_LONGEST_VALUE = 120
_SCENES = 4
_SIDES = 4


@dataclass(frozen=True)
class DetailPage:
    """`slices` are the long picture from top to bottom; `html` names its `pictures`, which go
    beside it under the paths they are keyed by; `texts` are all that is drawn, in reading order."""

    slices: tuple[Drawn, ...]
    html: str
    pictures: dict[str, Pixels]

    @property
    def texts(self) -> tuple[TextBox, ...]:
        """Each with its box in its slice."""
        return tuple(text for each in self.slices for text in each.texts)


def make(
    facts: Facts,
    copy: Copy,
    views: Sequence[tuple[str, Cutout]],
    scenes: Sequence[Still] = (),
    *,
    promises: Sequence[str] = (),
) -> DetailPage:
    """The page: hero, story, points with close-ups, scenes, other sides, specifications, use and
    care, what to mind, what the shop promises (its own words; nothing is promised for it).

    A section higher than the channel takes is cut between its rows of text.
    """
    colours = palette.of(views[0][1])
    draw = Sections(facts, copy.first, colours)
    sections = _sections(draw, facts, copy, views, scenes, promises)
    limit = channel(CHANNEL).most_height or 1546
    slices = [piece for each in sections for piece in _cut(each.drawn, limit)]
    price = f"¥{format_yuan(facts.price_fen)}" if facts.price_fen is not None else None
    page = html.page(copy.first.title.text, draw.name, price, sections, colours)
    pictures = {
        html.picture_path(place): each.bare
        for place, each in enumerate(sections, 1) if each.bare is not None
    }  # fmt: skip
    return DetailPage(tuple(slices), page, pictures)


def _sections(
    draw: Sections,
    facts: Facts,
    copy: Copy,
    views: Sequence[tuple[str, Cutout]],
    scenes: Sequence[Still],
    promises: Sequence[str],
) -> list[Section]:
    take = copy.first
    name, hero = views[0]
    made = [draw.hero(hero, name, scenes[0] if scenes else None)]
    if take.story:
        made.append(draw.story(tuple(line.text for line in take.story)))
    near = nearby(views, 5, 1.3)
    words = _words(copy)
    shown = list(scenes[1 : 1 + _SCENES])
    for place, point in enumerate(take.points):
        source, cutout, window = near[place % len(near)]
        made.append(draw.point(place, point, cutout, window if place < len(near) else None, source))
        if shown and place % 2:
            made.append(draw.scene(shown.pop(0), words[len(shown) % len(words)]))
    made += [draw.scene(each, words[place % len(words)]) for place, each in enumerate(shown)]
    sides = _around(views)
    if len(sides) >= 2:
        made.append(draw.side(sides, "多看几面"))
    rows = rows_of(facts, longest=_LONGEST_VALUE)
    if rows:
        made.append(draw.table(rows, "产品参数"))
    if take.care:
        made.append(draw.listing("care", "使用与保养", [line.text for line in take.care]))
    if take.cautions:
        warned = [line.text for line in take.cautions]
        made.append(draw.listing("cautions", "下单前请留意", warned))
    lawful = lawful_in(read(facts).trade.id)
    kept = [each for each in promises if each.strip() and not lawful(each)]
    if kept:
        made.append(draw.listing("promises", "店铺承诺", kept, dark=True))
    return made


def _around(views: Sequence[tuple[str, Cutout]]) -> list[tuple[str, Cutout]]:
    if len(views) < 2:
        return []
    count = min(_SIDES, len(views))
    return [views[place * len(views) // count] for place in range(count)]


def _words(copy: Copy) -> list[str]:
    found = [line.text for take in copy.takes[1:] or copy.takes for line in take.poster.headlines]
    return list(dict.fromkeys(found)) or [copy.first.title.text.split()[0]]


def _cut(drawn: Drawn, limit: int) -> list[Drawn]:
    """A section in pieces of at most `limit` rows, cut where no text is."""
    height = drawn.picture.shape[0]
    if height <= limit:
        return [drawn]
    cuts, start = [0], 0
    while height - start > limit:
        end = start + limit
        while end > start + limit // 2 and any(
            text.box[1] - 2 < end < text.box[3] + 2 for text in drawn.texts
        ):
            end -= 1
        cuts.append(end)
        start = end
    cuts.append(height)
    pieces = []
    for top, bottom in pairwise(cuts):
        texts = tuple(
            text.model_copy(update={"box": (text.box[0], text.box[1] - top, text.box[2],
                                            text.box[3] - top)})
            for text in drawn.texts if top <= text.box[1] and text.box[3] <= bottom
        )  # fmt: skip
        pieces.append(Drawn(drawn.name, drawn.picture[top:bottom], texts))
    return pieces
