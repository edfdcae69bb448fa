"""Which layouts a product's posters have."""

from __future__ import annotations

import numpy as np

from zhanggui.studio.facts import Facts
from zhanggui.studio.layout import Layout, layouts
from zhanggui.studio.posters.words import PosterWords, from_facts

_FESTIVE = (
    "年货",
    "新年",
    "春节",
    "元宵",
    "中秋",
    "国庆",
    "七夕",
    "端午",
    "618",
    "双11",
    "双12",
    "11.11",
)
_NEW = ("新品", "上新", "首发")


def plan(
    facts: Facts, count: int, seed: int, *, words: PosterWords | None = None
) -> tuple[str, ...]:
    """As many layouts as posters are wanted, each another one as far as there are so many that have
    what they need; what the campaign or the coupon calls for comes first."""
    said = (words or from_facts(facts)).said()
    fitting = [each for each in layouts().values() if all(need in said for need in each.needs)]
    random = np.random.default_rng(seed)
    keyed = [(_calls(each, facts) - random.random(), each.id) for each in fitting]
    ordered = [name for _, name in sorted(keyed, reverse=True)]
    return tuple(ordered[index % len(ordered)] for index in range(count)) if ordered else ()


def _calls(layout: Layout, facts: Facts) -> float:
    """How much a product calls for a layout, in steps that chance (0–1) may overturn or not."""
    told = f"{facts.campaign or ''} {facts.title}"
    calls = {
        "festive": 1.5 if any(word in told for word in _FESTIVE) else -1.5,
        "new": 1.0 if any(word in told for word in _NEW) else -1.0,
        "coupon": 1.0 if facts.coupon else 0.0,
        "campaign": 0.8,
    }
    return calls.get(layout.id, 0.3)
