"""Questions about the shopper's own orders and after-sales cases, answered from the records."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from zhanggui.ai import CharacterTfidf
from zhanggui.base.words import Text
from zhanggui.service.context import Asked, Context
from zhanggui.service.cues import Topic, asks_when, asks_where, is_own
from zhanggui.service.evidence import (
    MOST_SOURCES,
    Evidence,
    note_of,
    order_evidence,
    refund_evidence,
    shorten,
)
from zhanggui.service.guards import HANDOFF_REPLY
from zhanggui.service.proposals import Proposal
from zhanggui.shop.models import Order, Refund

UNTOLD = 0.45
"""How sure a record's answer is that does not tell the time that was asked for: not enough."""
_OPEN = ("unpaid", "paid", "part_shipped", "shipped", "refunding")


def propose(asked: Asked, context: Context, topics: set[Topic]) -> list[Proposal]:
    """What the buyer's orders and cases have to say to the message."""
    found: list[Proposal] = []
    if Topic.CHANGE in topics:
        change = _change(asked, context)
        if change is not None:
            found.append(change)
    if Topic.REFUND in topics:
        refund = _refund(asked, context)
        if refund is not None:
            found.append(refund)
    if Topic.ORDER in topics:
        found += _order(asked, context)
    return found


def _change(asked: Asked, context: Context) -> Proposal | None:
    """A change is for a person to make; the order says which."""
    if context.order is None and not (context.orders and is_own(asked.whole)):
        return None
    sources = [_evidence(context, context.order)] if context.order is not None else []
    return Proposal(
        HANDOFF_REPLY,
        sources,
        0.9,
        "handoff",
        Text("要改动订单，由人处理", "Wants an order changed, which a person does"),
    )


def _refund(asked: Asked, context: Context) -> Proposal | None:
    cases = context.refunds
    if context.order is not None:
        cases = [case for case in cases if case.order_id == context.order.id]
    if not cases:
        return None
    chosen, sure = _choose_case(asked.whole, context, cases)
    evidence = refund_evidence(chosen, _goods(context, chosen.order_id))
    if asks_when(asked.text) and chosen.status not in ("done", "refused", "cancelled"):
        sure = False
    return Proposal(f"{shorten(evidence.text, 190)}。", [evidence], 0.85 if sure else UNTOLD)


def _choose_case(text: str, context: Context, cases: Sequence[Refund]) -> tuple[Refund, bool]:
    """The case the message means, and whether there is hardly another."""
    if len(cases) == 1:
        return cases[0], True
    words = [
        " ".join((*_goods(context, case.order_id), case.kind_raw or "", case.reason or ""))
        for case in cases
    ]
    scores = CharacterTfidf(words).similarities(text)
    best = int(scores.argmax())
    rest = max(float(score) for index, score in enumerate(scores) if index != best)
    return cases[best], bool(scores[best] > 2 * rest)


def _order(asked: Asked, context: Context) -> list[Proposal]:
    if context.order is not None:
        return [_status(asked, context, context.order, 0.85)]
    if not context.orders:
        if asked.buyer is None and asks_where(asked.whole):
            return [_which("请问您要查哪一笔订单？麻烦发一下订单号。", [])]
        return []
    named = _named_orders(asked.whole, context)
    pending = [order for order in context.orders if order.status in _OPEN]
    if len(named) == 1:
        return [_status(asked, context, named[0], 0.8)]
    candidates = named or pending or context.orders[:1]
    if len(candidates) == 1:
        return [_status(asked, context, candidates[0], 0.7)]
    shown = candidates[:MOST_SOURCES]
    names = "；".join(
        f"{order.id}（{'、'.join(_goods(context, order.id)) or '商品'}）" for order in shown
    )
    sources = [_evidence(context, order) for order in shown]
    return [_which(shorten(f"您有几笔订单，请问要查哪一笔？{names}", 200), sources)]


def _which(reply: str, sources: list[Evidence]) -> Proposal:
    reason = Text("不知道问的是哪一笔订单", "Which order is meant is not known")
    return Proposal(reply, sources, 0.7, "clarify", reason)


def _named_orders(text: str, context: Context) -> list[Order]:
    """The orders whose goods' titles the message has two neighbouring characters of; where there
    are none, those it names by the last character of a title (锅, 壶)."""
    titles = {order.id: _goods(context, order.id) for order in context.orders}

    def by(parts: Callable[[str], Iterable[str]]) -> list[Order]:
        return [
            order
            for order in context.orders
            if any(part in text for title in titles[order.id] for part in parts(title))
        ]

    pairs = by(lambda title: (title[i : i + 2] for i in range(len(title) - 1)))
    return pairs or by(lambda title: title[-1:])


def _status(asked: Asked, context: Context, order: Order, confidence: float) -> Proposal:
    evidence = _evidence(context, order)
    waits = order.status in ("unpaid", "paid")
    if waits and asks_when(asked.text) and not note_of(order):
        confidence = UNTOLD
    return Proposal(f"{shorten(evidence.text, 190)}。", [evidence], confidence)


def _evidence(context: Context, order: Order) -> Evidence:
    return order_evidence(order, _goods(context, order.id))


def _goods(context: Context, order_id: str) -> list[str]:
    titles = [product.title for product in context.products_of(order_id)]
    if not titles:
        titles = [line.title for line in context.lines.get(order_id, ()) if line.title]
    return list(dict.fromkeys(titles))
