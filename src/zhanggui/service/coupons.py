"""Questions about coupons and promotions: which one is meant, and what it says."""

from __future__ import annotations

from collections.abc import Sequence

from zhanggui.ai import bigrams
from zhanggui.base.money import format_yuan
from zhanggui.service.context import Asked, Context
from zhanggui.service.cues import Topic, amounts, festivals
from zhanggui.service.evidence import MOST_SOURCES, coupon_evidence, shorten
from zhanggui.service.proposals import Proposal
from zhanggui.shop.models import Coupon


def propose(asked: Asked, context: Context, topics: set[Topic]) -> list[Proposal]:
    """What the shop's coupons have to say to the message."""
    if Topic.COUPON not in topics or not context.coupons:
        return []
    named = _named(asked.whole, context.coupons)
    if len(named) == 1:
        evidence = coupon_evidence(named[0], context.now)
        return [Proposal(f"{shorten(evidence.text, 190)}。", [evidence], 0.75)]
    if named:
        return []
    running = [coupon for coupon in context.coupons if _is_running(coupon, context)]
    if not running:
        return []
    shown = [coupon_evidence(coupon, context.now) for coupon in running[:MOST_SOURCES]]
    names = "；".join(f"{c.name}（{c.rule}）" for c in running[:MOST_SOURCES])
    return [Proposal(shorten(f"现在可以用的有：{names}。"), shown, 0.5)]


def _named(text: str, coupons: Sequence[Coupon]) -> list[Coupon]:
    """The coupons a message means: by the amounts it writes, else by the most of their names."""
    text = festivals(text)
    written = amounts(text)
    by_amount = [
        coupon
        for coupon in coupons
        if coupon.discount_fen is not None and format_yuan(coupon.discount_fen) in written
    ]
    pairs = set(bigrams(text))
    scores = {coupon.id: len(pairs & set(bigrams(festivals(coupon.name)))) for coupon in coupons}
    pool = by_amount or list(coupons)
    best = max(scores[coupon.id] for coupon in pool)
    if not by_amount and best == 0:
        return []
    return [coupon for coupon in pool if scores[coupon.id] == best]


def _is_running(coupon: Coupon, context: Context) -> bool:
    begun = coupon.starts_at is None or coupon.starts_at <= context.now
    return begun and (coupon.ends_at is None or context.now <= coupon.ends_at)
