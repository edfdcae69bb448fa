"""Five selling points of what the facts say, the most useful first; fewer facts, fewer points."""

from __future__ import annotations

import re
from collections.abc import Sequence

from zhanggui.studio.copywriting.composing import Composer
from zhanggui.studio.copywriting.reading import Aspect
from zhanggui.studio.copywriting.takes import Point

MOST = 5
HEAD = 12
"""Characters a point's head may have: one line on a card of a nine-grid."""
_WORTH = 45
_AT_LEAST = 30
_FEW = 4
_MERGED = ("appliance", "size", "safety", "electric")
_TOGETHER = {
    "appliance": (
        ("{names}都能进", "可进{names}"),
        ("{names}都能进，热饭、清洗少倒一次手。", "可进{names}，厨房里现有的家什都配得上。",
         "{names}都进得去，做饭、收拾能省一道工夫。"),
    ),
    "size": (
        ("{pairs}", "尺寸写明白"),
        ("{pairs}，家里放哪儿，量一量就知道。", "大小看数：{pairs}。",
         "{pairs}，拿尺子比一比再下单。"),
    ),
    "safety": (
        ("有{names}", "带{names}"),
        ("{names}都有，用着多一分踏实。", "{names}都写在参数里。", "带{names}，这几样先看有没有。"),
    ),
    "electric": (
        ("{pairs}",),
        ("{pairs}，家里电路对一对。", "电器先看这一行：{pairs}。", "{pairs}，插座怎么分配先想好。"),
    ),
}  # fmt: skip


def points(composer: Composer, take: int) -> tuple[Point, ...]:
    """At most five points. Later takes weigh the facts otherwise, so that they lead otherwise."""
    found = _merchants(composer)
    ranked = _ranked(composer, take, _WORTH)
    for group in ranked if len(ranked) + len(found) >= _FEW else _ranked(composer, take, _AT_LEAST):
        if len(found) == MOST:
            break
        point = _point(composer, group, found)
        if point:
            found.append(point)
    return tuple(found)


def _merchants(composer: Composer) -> list[Point]:
    """The merchant's own points, as far as they are lawful."""
    found = []
    for text in composer.product.facts.points[:MOST]:
        head = re.split(r"[，,。；;：:]", text.strip())[0]
        if text.strip() and composer.kept(text):
            body = text.strip() if text.strip()[-1] in "。！" else f"{text.strip()}。"
            found.append(Point(head=head[:HEAD], body=body, rests_on=("points",)))
    return found


def _ranked(composer: Composer, take: int, worth: int) -> list[list[Aspect]]:
    """The facts in groups of one matter, those that sell best first."""
    groups: dict[str, list[Aspect]] = {}
    told = "".join(composer.product.facts.points)
    for aspect in composer.product.aspects:
        if len(aspect.short) > 1 and aspect.short in told:
            continue
        if aspect.sign == "cannot" or aspect.kind.care or aspect.kind.sells < worth:
            continue
        if aspect.kind.group == "appliance" and aspect.sign == "said":
            continue
        if aspect.kind.group == "stove" and aspect.sign != "can":
            continue
        groups.setdefault(
            aspect.kind.group if aspect.kind.id != "other" else aspect.name, []
        ).append(aspect)
    spread = 0.0 if take == 0 else 11.0
    weighed = [
        (max(each.kind.sells for each in group) + composer.rng.gauss(0, 1) * spread, place, group)
        for place, group in enumerate(groups.values())
    ]
    return [group for _, _, group in sorted(weighed, key=lambda each: (-each[0], each[1]))]


def _point(composer: Composer, group: list[Aspect], said: Sequence[Point]) -> Point | None:
    bodies, heads = [point.body for point in said], {point.head for point in said}
    matter = group[0].kind.group
    if len(group) > 1 and matter in _MERGED:
        merged = _together(composer, matter, group, bodies)
        if merged:
            return merged
    for aspect in sorted(group, key=lambda each: -each.kind.sells):
        body = composer.told(aspect, unlike=bodies)
        head = composer.head(aspect, HEAD, unlike=heads)
        if body:
            short = head.text if head else _cut(aspect)
            if not composer.kept(short):
                continue
            return Point(head=short, body=body.text, rests_on=(aspect.name,))
    return None


def _cut(aspect: Aspect) -> str:
    """The first items of an enumeration that fit a card; the attribute's name where none does."""
    items = re.split("[、/]", aspect.short)
    while len(items) > 1 and len("、".join(items)) > HEAD:
        items.pop()
    text = "、".join(items)
    return text if len(text) <= HEAD and aspect.sign == "said" else aspect.name


def _together(
    composer: Composer, matter: str, group: list[Aspect], said: Sequence[str]
) -> Point | None:
    """Several facts of one matter in one point: 微波炉、洗碗机都能进."""
    group = group[:3]
    names = "、".join(each.name for each in group)
    pairs = "，".join(f"{each.name}{each.short}" for each in group)
    heads, bodies = _TOGETHER[matter]
    rests_on = tuple(each.name for each in group)
    body = composer.say(
        f"{matter}.together", bodies, rests_on=rests_on, unlike=said, names=names, pairs=pairs
    )
    head = composer.say(
        f"{matter}.together.head", heads, longest=HEAD, names=names.replace("、", ""), pairs=pairs
    )
    if not body:
        return None
    told = [each for each in group if each.sign == "can" and each.rest]
    extra = "；".join(f"{each.name}{each.rest}" for each in told)
    text = f"{body.text[:-1]}（{extra}）。" if extra else body.text
    if not composer.kept(text):
        return None
    first = f"{group[0].name}{group[0].short}" if matter in ("size", "electric") else names
    return Point(head=head.text if head else first[:HEAD], body=text, rests_on=rests_on)
