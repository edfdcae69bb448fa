"""Goods for a wish: within the budget, in stock, of the kind that is named, fit for the number and
size that are told, without what is not wanted."""

from __future__ import annotations

import re

from zhanggui.base.chinese import Dimension, quantities
from zhanggui.base.money import format_yuan
from zhanggui.knowledge import Search
from zhanggui.service import cues
from zhanggui.service.context import Context
from zhanggui.service.cues import Topic, budget_fen
from zhanggui.service.evidence import LONGEST, Evidence, sku_evidence, variant
from zhanggui.service.goods import Meant
from zhanggui.service.proposals import Proposal
from zhanggui.service.reading import Reading
from zhanggui.shop.models import Product, Sku

MOST = 3
_WISH = re.compile(
    r"推荐|求|想(买|要|送|给|找|入|弄|搞)|有没有|适合|哪(款|个|种)|买(哪|什么|个)|送|预算|来(一)?(件|个|条|双|套)|选|挑|够用|能带|办法"
)
_NOT = re.compile(r"(?:不要|不想要|别|不喜欢|不用|不带|不含|讨厌|怕)([一-龥a-z]{1,4})")


def propose(
    reading: Reading, context: Context, search: Search, meant: list[Meant]
) -> list[Proposal]:
    """The goods that suit a wish best, each alone and the first two together."""
    text = reading.understood
    if context.product is not None and Topic.RECOMMEND not in cues.topics(text):
        return []
    most = budget_fen(text)
    named = {each.product.id: each.named for each in meant}
    ranked = []
    for place, candidate in enumerate(search.products):
        product = context.products.get(candidate.entry.id.removeprefix("product:"))
        if product is None:
            continue
        skus = context.skus.get(product.id, [])
        best, score = _best(reading, product, skus, most)
        if best is None:
            continue
        total = candidate.standing + 2.0 * named.get(product.id, 0.0) + score
        ranked.append((total, product, best, skus, candidate.standing, place))
    ranked.sort(key=lambda item: -item[0])
    if not ranked:
        return []
    shown = ranked[:2] if len(ranked) > 1 and ranked[1][0] > ranked[0][0] - 0.6 else ranked[:1]
    parts: list[str] = []
    sources: list[Evidence] = []
    for _, product, sku, skus, _, _ in shown:
        telling = variant(sku, skus)
        name = f"{product.title}（{telling}）" if telling else product.title
        gone = "（暂时没货）" if sku.stock is not None and sku.stock <= 0 else ""
        parts.append(f"{name}{format_yuan(sku.price_fen or 0)}元{gone}{_why(reading, sku)}")
        sources.append(sku_evidence(product, sku, skus))
    total, product, _, _, standing, place = ranked[0]
    signals = {
        "topic_recommend": float(Topic.RECOMMEND in cues.topics(text)),
        "wishes": float(_WISH.search(text) is not None),
        "has_budget": float(most is not None),
        "product_named": named.get(product.id, 0.0),
        "product_standing": standing,
        "product_rank": float(place),
        "margin": total - ranked[1][0] if len(ranked) > 1 else 2.0,
        "count": float(len(shown)),
        "has_page": float(context.product is not None),
        "is_own": float(cues.is_own(text)),
        "asked_yes_no": float(reading.mood.yes_no),
        "asks_amount": float(reading.mood.how_much),
        "asked_length": min(len(reading.text), 60) / 30,
    }
    reply = f"可以看看：{'；'.join(parts)}。"[:LONGEST]
    return [Proposal("recommend", reply, sources, "推荐", signals)]


def _best(
    reading: Reading, product: Product, skus: list[Sku], most: int | None
) -> tuple[Sku | None, float]:
    """The SKU that suits best of those within the budget and in stock, and by how much."""
    unwanted = _unwanted(reading.understood)
    best: tuple[float, Sku] | None = None
    for sku in skus:
        if sku.price_fen is None or (most is not None and sku.price_fen > most):
            continue
        score = -2.0 if sku.stock is not None and sku.stock <= 0 else 0.0
        score += _suits(reading, sku)
        held = f"{product.title} {' '.join(map(str, sku.attributes.values()))}"
        score -= 3.0 * any(word in held for word in unwanted)
        # A budget says what is meant to be spent: of equals the dearer, of the dear none.
        if most:
            score += 0.3 * sku.price_fen / most
        if best is None or score > best[0]:
            best = score, sku
    return (best[1], best[0]) if best else (None, 0.0)


def _unwanted(text: str) -> list[str]:
    """What a message says it does not want, as records put it (不要蓝色的: 蓝)."""
    words = (word.split("的")[0].removesuffix("色") for word in _NOT.findall(text))
    return [word for word in words if word]


def _suits(reading: Reading, sku: Sku) -> float:
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
