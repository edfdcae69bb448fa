"""The live-stream script: opening, demo, points, price, what to do — each with its seconds."""

from __future__ import annotations

import math
from collections.abc import Sequence

from zhanggui.base.money import format_yuan
from zhanggui.base.words import Text
from zhanggui.studio.copywriting.composing import Composer
from zhanggui.studio.copywriting.lexicon import phrases
from zhanggui.studio.copywriting.takes import Line, Part, Point

SPOKEN = 4.3
"""Characters a host says in a second: 260 a minute, the pace of a calm stream."""
_SHORTEST = 5
_NAMES = {
    "opening": Text("开场", "Opening"),
    "demo": Text("展示", "Demo"),
    "points": Text("卖点", "Points"),
    "cautions": Text("提前说明", "Said beforehand"),
    "price": Text("价格", "Price"),
    "call": Text("引导下单", "What to do"),
}


def script(composer: Composer, points: Sequence[Point], warned: Sequence[Line]) -> tuple[Part, ...]:
    """The parts in order; a part with nothing to say (no price) is left out."""
    said: dict[str, list[Line | None]] = {
        "opening": _opening(composer),
        "demo": _demo(composer),
        "points": _points(composer, points),
        "cautions": [Line(text=f"这里要提前说清楚，{warned[0].text}", rests_on=warned[0].rests_on)]
        if warned else [],
        "price": _price(composer),
        "call": [composer.say("script.call", phrases()["calls"])],
    }  # fmt: skip
    parts: list[Part] = []
    start = 0
    for name, lines in said.items():
        kept = tuple(line for line in lines if line and composer.kept(line.text))
        if kept:
            seconds = max(_SHORTEST, math.ceil(sum(len(each.text) for each in kept) / SPOKEN) + 1)
            parts.append(Part(name=_NAMES[name].zh, start=start, end=start + seconds, lines=kept))
            start += seconds
    return tuple(parts)


def _opening(composer: Composer) -> list[Line | None]:
    hello = composer.say("script.open", phrases()["opens"])
    hook = composer.say("script.hook", composer.product.trade.hooks, rests_on=("title",))
    if hello and hook and hook.text.startswith("刚进来"):
        return [hook]
    return [hello, hook]


def _demo(composer: Composer) -> list[Line | None]:
    shown = composer.say("script.demo", phrases()["demos"])
    colours = composer.product.of("colour")
    if not colours:
        return [shown]
    colour = composer.say(
        "script.colour", phrases()["demo_colours"], rests_on=(colours[0].name,),
        colour=colours[0].short,
    )  # fmt: skip
    return [shown, colour]


def _points(composer: Composer, points: Sequence[Point]) -> list[Line | None]:
    leads = composer.turn("script.leads", phrases()["script_leads"][1:])
    leads = [phrases()["script_leads"][0], *leads]
    return [
        Line(text=f"{lead}{point.body}", rests_on=point.rests_on)
        for lead, point in zip(leads, points, strict=False)
    ]


def _price(composer: Composer) -> list[Line | None]:
    facts = composer.product.facts
    if facts.price_fen is None:
        return []
    said: list[Line | None] = [
        composer.say("script.price", phrases()["prices"], rests_on=("price",),
                     yuan=format_yuan(facts.price_fen))
    ]  # fmt: skip
    if facts.coupon:
        said.append(composer.say("script.coupon", phrases()["coupons"], rests_on=("coupon",),
                                 coupon=facts.coupon))  # fmt: skip
    return said
