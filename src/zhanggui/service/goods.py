"""Questions about goods: which product and SKU are meant, and what their records say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from zhanggui.ai import bigrams, normalise
from zhanggui.base.money import format_yuan
from zhanggui.service.context import Asked, Context
from zhanggui.service.cues import Topic, budget_fen, is_told, numbers
from zhanggui.service.evidence import (
    MOST_SOURCES,
    Evidence,
    product_evidence,
    sku_evidence,
    variant,
)
from zhanggui.service.proposals import Proposal
from zhanggui.shop.models import Product, Sku

NAMED = 0.5
"""The share of an attribute name that a message must have to be asking for it."""

UNTOLD = 0.45
"""How sure an attribute is that does not tell the amount that was asked for: not enough."""


@dataclass(frozen=True, slots=True)
class _Match:
    name: str
    strength: float


def propose(asked: Asked, context: Context, topics: set[Topic]) -> list[Proposal]:
    """What the records of goods have to say to the message."""
    text = asked.whole
    found: list[Proposal] = []
    product = meant(asked, context)
    if product is not None and context.skus.get(product.id):
        skus = context.skus[product.id]
        chosen = choose_skus(text, skus)
        if Topic.STOCK in topics:
            found.append(_stock(product, chosen, skus))
        if Topic.PRICE in topics:
            found.append(_price(product, chosen, skus))
        attribute = _attribute(text, skus)
        if attribute is not None:
            found.append(_tell(text, product, chosen, skus, attribute))
    if Topic.RECOMMEND in topics:
        found += _recommend(text, context)
    return found


def meant(asked: Asked, context: Context) -> Product | None:
    """The product a message is about: one whose title it names, else the one being looked at, else
    the only one of the open order."""
    named = [p for p in context.products.values() if _names(asked.text, p)]
    if len(named) == 1:
        return named[0]
    if context.product is not None:
        return context.product
    if context.order is not None:
        ordered = context.products_of(context.order.id)
        if len(ordered) == 1:
            return ordered[0]
    return None


def _names(text: str, product: Product) -> bool:
    """Whether the message says enough of the title: its last two characters, which in a Chinese
    title are what the thing is, or most of it."""
    title = normalise(product.title).replace(" ", "")
    plain = normalise(text).replace(" ", "")
    if len(title) < 2:
        return False
    tail = title[-2:]
    share = len(set(bigrams(title)) & set(bigrams(plain))) / max(len(set(bigrams(title))), 1)
    return tail in plain or share >= 0.6


def choose_skus(text: str, skus: Sequence[Sku]) -> list[Sku]:
    """The SKUs that a message narrows down to by values only some of them have; all of them when
    it names none."""
    plain = normalise(text).replace(" ", "")
    written = numbers(plain)
    best = 0
    scored = []
    for sku in skus:
        score = sum(
            _says(plain, written, str(value))
            for name, value in sku.attributes.items()
            if len({str(other.attributes.get(name)) for other in skus}) > 1
        )
        best = max(best, score)
        scored.append((score, sku))
    return [sku for score, sku in scored if score == best]


_UNIT = re.compile(r"(\d+(?:\.\d+)?)([a-z]+|升|斤|寸|码|人)?")


def _says(plain: str, written: set[str], value: str) -> int:
    """How strongly a message names an attribute's value: 2 whole, 1 by its number or a part."""
    value = normalise(value).replace(" ", "")
    if value and value in plain:
        return 2
    number = _UNIT.match(value)
    if number and number[1] in written:
        return 1
    return int(len(value) >= 2 and value.isalpha() and any(pair in plain for pair in (value[:2],)))


def _attribute(text: str, skus: Sequence[Sku]) -> _Match | None:
    """The attribute a message asks for: by its name, else by one of its values."""
    plain = normalise(text).replace(" ", "")
    names = dict.fromkeys(name for sku in skus for name in sku.attributes)
    best: _Match | None = None
    for name in names:
        letters = normalise(name).replace(" ", "")
        if not letters:
            continue
        if letters in plain:
            strength = 1.0
        else:
            pairs = bigrams(letters)
            paired = sum(pair in plain for pair in pairs) / len(pairs)
            scattered = len(letters) > 1 and all(letter in plain for letter in letters)
            strength = max(paired, 0.7 if scattered else 0.0) * 0.9
        if strength >= NAMED and (best is None or strength > best.strength):
            best = _Match(name, strength)
    return best


def _stock(product: Product, chosen: Sequence[Sku], skus: Sequence[Sku]) -> Proposal:
    known = [sku for sku in chosen if sku.stock is not None][:MOST_SOURCES]
    parts = []
    for sku in known:
        state = "有货" if (sku.stock or 0) > 0 else "暂时没货"
        parts.append(f"{variant(sku, skus) or product.title}{state}")
    sources = [sku_evidence(product, sku, skus) for sku in known]
    return Proposal(
        f"{product.title}：{'，'.join(parts)}。", sources, 0.8 if len(known) == 1 else 0.6
    )


def _price(product: Product, chosen: Sequence[Sku], skus: Sequence[Sku]) -> Proposal:
    prices = {sku.price_fen for sku in chosen if sku.price_fen is not None}
    if len(prices) == 1:
        reply = f"{product.title}{_told_apart(chosen, skus)}{format_yuan(prices.pop())}元。"
    else:
        parts = [
            f"{variant(sku, skus)} {format_yuan(sku.price_fen)}元"
            for sku in chosen[:5]
            if sku.price_fen is not None
        ]
        reply = f"{product.title}：{'，'.join(parts)}。"
    return Proposal(reply, _sources(product, chosen, skus), 0.8 if len(chosen) == 1 else 0.65)


def _tell(
    text: str,
    product: Product,
    chosen: Sequence[Sku],
    skus: Sequence[Sku],
    match: _Match,
) -> Proposal:
    by_value: dict[str, list[Sku]] = {}
    for sku in chosen:
        if match.name in sku.attributes:
            by_value.setdefault(str(sku.attributes[match.name]), []).append(sku)
    if len(by_value) == 1:
        value = next(iter(by_value))
        reply = f"{product.title}{_told_apart(chosen, skus)}{_say(match.name, value)}。"
    else:
        parts = [
            f"{variant(having[0], skus)}{_say('', value)}" for value, having in by_value.items()
        ]
        reply = f"{product.title}的{match.name}：{'；'.join(parts)}。"
    confidence = 0.8 * match.strength
    if not all(is_told(text, value) for value in by_value):
        confidence = min(confidence, UNTOLD)
    return Proposal(reply, _sources(product, chosen, skus), confidence)


def _say(name: str, value: str) -> str:
    """An attribute as a person says it: 没有夜灯, 有夜灯, 的容量：1.7L."""
    if value in ("无", "没有", "否"):
        return f"没有{name}"
    if value in ("有", "是"):
        return f"有{name}"
    return f"的{name}：{value}" if name else value


def _told_apart(chosen: Sequence[Sku], skus: Sequence[Sku]) -> str:
    telling = variant(chosen[0], skus) if len(chosen) == 1 else ""
    return f"（{telling}）" if telling else ""


def _sources(product: Product, chosen: Sequence[Sku], skus: Sequence[Sku]) -> list[Evidence]:
    if len(chosen) == 1:
        return [sku_evidence(product, chosen[0], skus)]
    return [product_evidence(product, skus)]


def _recommend(text: str, context: Context) -> list[Proposal]:
    """The goods found by words that are in stock and within the budget, the best two."""
    most = budget_fen(text)
    parts: list[str] = []
    sources: list[Evidence] = []
    for product in context.products.values():
        fitting = [
            sku
            for sku in context.skus.get(product.id, ())
            if sku.price_fen is not None
            and (most is None or sku.price_fen <= most)
            and (sku.stock is None or sku.stock > 0)
        ]
        if fitting and product is not context.product:
            cheapest = min(fitting, key=lambda sku: sku.price_fen or 0)
            skus = context.skus[product.id]
            telling = variant(cheapest, skus)
            name = f"{product.title}（{telling}）" if telling else product.title
            parts.append(f"{name}{format_yuan(cheapest.price_fen or 0)}元")
            sources.append(sku_evidence(product, cheapest, skus))
        if len(parts) == 2:
            break
    if not parts:
        return []
    return [Proposal(f"可以看看：{'；'.join(parts)}。", sources, 0.5)]
