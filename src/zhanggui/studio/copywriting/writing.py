"""Writing copy with no language model: facts read, frames chosen, every line checked."""

from __future__ import annotations

import random

from zhanggui.studio.copywriting import points, reading, scripts, shorts, stories, titles
from zhanggui.studio.copywriting.composing import Composer, Lawful
from zhanggui.studio.copywriting.lawful import lawful_in
from zhanggui.studio.copywriting.takes import Copy, Take
from zhanggui.studio.facts import Facts


def write(facts: Facts, *, seed: int = 0, takes: int = 3, lawful: Lawful | None = None) -> Copy:
    """Copy in several takes. Nothing is said that the facts do not say: a line that claims more,
    or in which `lawful` (by default the room `rules`) finds something, is written otherwise or
    left out. The same facts and seed give the same copy."""
    product = reading.read(facts)
    rng = random.Random(f"{seed}:{facts.product_id}:{facts.sku_id}")  # noqa: S311 - no secret
    composer = Composer(product, rng, lawful or lawful_in(product.trade.id))
    written: list[Take] = []
    for place in range(max(1, takes)):
        written.append(_take(composer, place, [each.title.text for each in written]))
    return Copy(
        product_id=facts.product_id,
        sku_id=facts.sku_id,
        takes=tuple(written),
        dropped=tuple(dict.fromkeys(composer.dropped)),
    )


def _take(composer: Composer, place: int, titled: list[str]) -> Take:
    pointed = points.points(composer, place)
    warned = stories.cautions(composer)
    return Take(
        title=titles.title(composer, place, titled),
        points=pointed,
        story=stories.story(composer, pointed),
        cautions=warned,
        care=stories.care(composer),
        note=stories.note(composer, pointed, warned),
        script=scripts.script(composer, pointed, warned),
        poster=shorts.poster_words(composer, pointed),
        captions=shorts.captions(composer, pointed),
    )
