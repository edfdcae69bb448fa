"""What goes into a table of specifications."""

from __future__ import annotations

from zhanggui.studio.copywriting.grounding import written
from zhanggui.studio.copywriting.reading import read
from zhanggui.studio.facts import Facts

LONGEST = 40
"""Characters of a value that a row of a picture holds; longer ones are for the page's text."""


def rows_of(facts: Facts, *, longest: int = LONGEST) -> list[tuple[str, str]]:
    """Names and values in the shop's order, without what is no property (库存, 预售 …)."""
    product = read(facts)
    kept = [each for each in product.aspects if each.kind.group not in ("unsaid", "care", "gift")]
    rows = [("品牌", facts.brand)] if facts.brand else []
    rows += [(each.name, written(each.full)) for each in kept if len(each.full) <= longest]
    return rows
