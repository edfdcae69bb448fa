"""Goods for a wish: within the budget, in stock, of the kind that is named, fit for the number and
size that are told, without what is not wanted."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from zhanggui.base.chinese import Dimension, quantities
from zhanggui.base.money import format_yuan
from zhanggui.knowledge import Search
from zhanggui.service import cues
from zhanggui.service.context import Context
from zhanggui.service.cues import Topic, budget_fen
from zhanggui.service.evidence import LONGEST, sku_evidence, variant
from zhanggui.service.goods import Meant
from zhanggui.service.proposals import Proposal
from zhanggui.service.reading import Reading
from zhanggui.shop.models import Product, Sku

MOST = 3
_WISH = re.compile(
    r"推荐|求|想(买|要|送|给|找|入|弄|搞)|有没有|适合|哪(款|个|种)|买(哪|什么|个)|送|预算|来(一)?(件|个|条|双|套)|选|挑|够用|能带|办法"
)
_NOT = re.compile(r"(?:不要|不想要|别|不喜欢|不用|不带|不含|讨厌|怕)([一-龥a-z]{1,4})")


@dataclass(frozen=True, slots=True)
class Suited:
    """A product for a wish: of its SKUs the one that suits best, and how it stands in the search.
    `total` orders them."""

    total: float
    product: Product
    sku: Sku
    skus: list[Sku]
    standing: float
    place: int


def ranked(
    reading: Reading,
    context: Context,
    search: Search,
    named: Mapping[str, float],
    most: int | None,
    unwanted: Sequence[str],
) -> list[Suited]:
    """The goods that were found with a SKU for at most `most` fen, the one that suits best first;
    `named` is how plainly the message names each."""
    found = []
    for place, candidate in enumerate(search.products):
        product = context.products.get(candidate.entry.id.removeprefix("product:"))
        if product is None:
            continue
        skus = context.skus.get(product.id, [])
        best, score = _best(reading, product, skus, most, unwanted)
        if best is None:
            continue
        total = candidate.standing + 2.0 * named.get(product.id, 0.0) + score
        found.append(Suited(total, product, best, skus, candidate.standing, place))
    return sorted(found, key=lambda each: -each.total)


def propose(
    reading: Reading, context: Context, search: Search, meant: list[Meant]
) -> list[Proposal]:
    """The goods that suit a wish best, each alone and the first two together."""
    text = reading.understood
    if context.product is not None and Topic.RECOMMEND not in cues.topics(text):
        return []
    most = budget_fen(text)
    named = {each.product.id: each.named for each in meant}
    found = ranked(reading, context, search, named, most, unwanted(text))
    if not found:
        return []
    first = found[0]
    shown = found[:2] if len(found) > 1 and found[1].total > first.total - 0.6 else found[:1]
    signals = {
        "topic_recommend": float(Topic.RECOMMEND in cues.topics(text)),
        "wishes": float(_WISH.search(text) is not None),
        "has_budget": float(most is not None),
        "product_named": named.get(first.product.id, 0.0),
        "product_standing": first.standing,
        "product_rank": float(first.place),
        "margin": first.total - found[1].total if len(found) > 1 else 2.0,
        "count": float(len(shown)),
        "has_page": float(context.product is not None),
        "is_own": float(cues.is_own(text)),
        "asked_yes_no": float(reading.mood.yes_no),
        "asks_amount": float(reading.mood.how_much),
        "asked_length": min(len(reading.text), 60) / 30,
    }
    sources = [sku_evidence(each.product, each.sku, each.skus) for each in shown]
    return [Proposal("recommend", told(reading, shown), sources, "推荐", signals)]


def told(reading: Reading, shown: Sequence[Suited]) -> str:
    """The goods shown to somebody who wishes for something."""
    parts = []
    for each in shown:
        telling = variant(each.sku, each.skus)
        name = f"{each.product.title}（{telling}）" if telling else each.product.title
        gone = "（暂时没货）" if each.sku.stock is not None and each.sku.stock <= 0 else ""
        price = format_yuan(each.sku.price_fen or 0)
        parts.append(f"{name}{price}元{gone}{_why(reading, each.sku)}")
    return f"可以看看：{'；'.join(parts)}。"[:LONGEST]


def _best(
    reading: Reading,
    product: Product,
    skus: list[Sku],
    most: int | None,
    unwanted: Sequence[str],
) -> tuple[Sku | None, float]:
    """The SKU that suits best of those within the budget and in stock, and by how much."""
    best: tuple[float, Sku] | None = None
    for sku in skus:
        if sku.price_fen is None or (most is not None and sku.price_fen > most):
            continue
        score = -2.0 if sku.stock is not None and sku.stock <= 0 else 0.0
        score += suits(reading, sku)
        score -= 3.0 * has_any(product, sku, unwanted)
        # A budget says what is meant to be spent: of equals the dearer, of the dear none.
        if most:
            score += 0.3 * sku.price_fen / most
        if best is None or score > best[0]:
            best = score, sku
    return (best[1], best[0]) if best else (None, 0.0)


def is_fit(reading: Reading, suited: Suited, unwanted: Sequence[str]) -> bool:
    """Whether goods are there, have nothing that is not wanted and contradict no amount told."""
    sku = suited.sku
    there = sku.stock is None or sku.stock > 0
    return there and not has_any(suited.product, sku, unwanted) and suits(reading, sku) >= 0


def has_any(product: Product, sku: Sku, words: Sequence[str]) -> bool:
    """Whether the records of a SKU have one of some words."""
    held = f"{product.title} {' '.join(map(str, sku.attributes.values()))}"
    return any(word in held for word in words)


def unwanted(text: str) -> list[str]:
    """What a message says it does not want, as records put it (不要蓝色的: 蓝)."""
    words = (word.split("的")[0].removesuffix("色") for word in _NOT.findall(text))
    return [word for word in words if word]


def suits(reading: Reading, sku: Sku) -> float:
    """How the amounts told (4口人, 25平, 120斤, 身高165) go with a SKU's ranges."""
    total = 0.0
    text = " ".join(f"{name}{value}" for name, value in sku.attributes.items())
    held = quantities(text)
    for asked in reading.quantities:
        if asked.dimension in (Dimension.MONEY, Dimension.TIME, Dimension.COUNT):
            continue
        same = [q for q in held if q.dimension == asked.dimension]
        ranges = [q for q in same if q.low != q.high or q.bound]
        if any(q.holds(asked.low) for q in ranges):
            total += 1.0
        elif ranges:
            total -= 1.0
        elif same:
            total += 0.5 if any(q.low >= asked.low for q in same) else -0.5
    return total


def _why(reading: Reading, sku: Sku) -> str:
    """The attribute that a told amount falls into."""
    for asked in reading.quantities:
        for name, value in sku.attributes.items():
            ranges = [q for q in quantities(str(value)) if q.dimension == asked.dimension]
            if any(q.holds(asked.low) for q in ranges if q.low != q.high or q.bound):
                return f"，{name}{value}"
    return ""
