"""The nine-grid: nine pictures that are one set, and one picture cut in nine."""

from __future__ import annotations

from collections.abc import Sequence

from zhanggui.studio.copywriting import Copy
from zhanggui.studio.cutting import Cutout
from zhanggui.studio.facts import Facts
from zhanggui.studio.pictures import Size
from zhanggui.studio.sets import palette
from zhanggui.studio.sets.drawn import Drawn, Still
from zhanggui.studio.sets.laying import nearby
from zhanggui.studio.sets.specs import rows_of
from zhanggui.studio.sets.tiles import Tiles

NINE = 9
SIZE = Size(800, 800)


def make(
    facts: Facts,
    copy: Copy,
    views: Sequence[tuple[str, Cutout]],
    scenes: Sequence[Still] = (),
    *,
    size: Size = SIZE,
) -> tuple[Drawn, ...]:
    """Nine tiles: hero, points with close-ups, scenes, specifications, price, care.

    `views` are frames by name with their cut-outs, the hero first. What there are no facts or
    scenes for (a price, care) gives its place to another side or another point.
    """
    tiles = Tiles(facts, copy.first, palette.of(views[0][1]), size)
    name, hero = views[0]
    rows = rows_of(facts)
    near = nearby(views, 4, 0.67)
    made = [tiles.hero(hero, name)]
    wanted = _order(facts, copy, len(scenes), len(rows))
    point = scene = angle = 0
    words = _words(copy)
    for kind in wanted:
        if kind == "point":
            source, cutout, window = near[point % len(near)]
            made.append(tiles.point(point, cutout, window, source))
            point += 1
        elif kind == "scene":
            made.append(tiles.scene(scenes[scene], words[scene % len(words)]))
            scene += 1
        elif kind == "spec":
            made.append(tiles.spec(rows))
        elif kind == "price":
            made.append(tiles.price(hero, name))
        elif kind == "care":
            lines = [line.text for line in (*copy.first.care, *copy.first.cautions)][:4]
            made.append(tiles.care(lines, "使用与保养"))
        else:
            angle += 1
            other, cutout = views[(angle * max(1, len(views) // 4)) % len(views)]
            made.append(tiles.angle(cutout, other, words[(scene + angle) % len(words)]))
    return tuple(made)


def _order(facts: Facts, copy: Copy, scenes: int, rows: int) -> list[str]:
    """Which eight tiles follow the hero."""
    take = copy.first
    points = min(len(take.points), 4)
    last = [
        *(["spec"] if rows >= 2 else []),
        *(["price"] if facts.price_fen is not None else []),
        *(["care"] if take.care or take.cautions else []),
    ]
    left = NINE - 1 - len(last)
    shown = min(scenes, max(2, left - points))
    points = min(points, left - shown)
    others = ["angle"] * (left - shown - points)
    middle: list[str] = []
    queues = [["point"] * points, ["scene"] * shown, others]
    while any(queues):
        middle += [queue.pop() for queue in queues if queue]
    return [*middle, *last]


def _words(copy: Copy) -> list[str]:
    """Captions for scenes and sides: headlines that are not the hero's."""
    found = [
        line.text for take in copy.takes for line in take.poster.headlines if len(line.text) <= 14
    ]
    return list(dict.fromkeys(reversed(found))) or [copy.first.title.text.split()[0]]
