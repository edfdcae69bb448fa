"""Questions about the shopper's own orders and after-sales cases, answered from the records."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from zhanggui.ai import CharacterTfidf
from zhanggui.base import clock
from zhanggui.base.words import Text
from zhanggui.knowledge import Entry, ShopIndex, clauses
from zhanggui.service import computing, cues, shipping
from zhanggui.service.context import Context
from zhanggui.service.cues import Topic
from zhanggui.service.evidence import (
    MOST_SOURCES,
    Evidence,
    order_evidence,
    refund_evidence,
    shorten,
)
from zhanggui.service.proposals import Proposal
from zhanggui.service.reading import Reading
from zhanggui.shop.models import Order, Refund

_OPEN = ("unpaid", "paid", "part_shipped", "shipped", "refunding")
_SHIPS = re.compile(
    r"发货|发出|发走|几(时|点|号).{0,3}发|(什么时候|最晚|何时|哪天|多久|今天|明天|今晚).{0,8}(发|寄|走)|还[没不]发|没发|发[了没吗不]|出库|寄给我|寄出"
)
_PAYS = re.compile(r"留|保留|关闭|关了|取消|没了|付款|不付|没付|自动|作废|付多少|应付|还要付")
_UNPAID = re.compile(r"(没有?付款|未付款|不付款|未支付|没有?支付|未付).{0,14}(关闭|取消)")
_MONEY = re.compile(
    r"多少钱|付了多少|实付|花了|扣(了|我)|运费|为什么(扣|付|收)|几块|多少来着|标价|怎么(扣|收)"
)
_NUMBER = re.compile(r"单号|运单|快递单|哪家(快递)?|什么快递|号码|发的什么|走的什么")


def propose(reading: Reading, context: Context, index: ShopIndex) -> list[Proposal]:
    """What the buyer's orders and cases have to say to the message."""
    topics = cues.topics(reading.understood)
    found = _refunds(reading, context, topics)
    choices, sure = choose(reading, context)
    if not choices:
        if (
            reading.asked.buyer is None
            and context.order is None
            and cues.asks_where(reading.understood)
        ):
            asks = _which("请问您要查哪一笔订单？麻烦发一下订单号。", [], topics)
            asks.signals["nobody"] = 1.0
            found.append(asks)
        return found
    if len(choices) > 1 and not sure:
        shown = choices[:MOST_SOURCES]
        names = "；".join(
            f"{order.id}（{'、'.join(computing.titles(context, order)) or '商品'}）"
            for order in shown
        )
        sources = [_evidence(context, order) for order in shown]
        found.append(
            _which(shorten(f"您有几笔订单，请问要查哪一笔？{names}", 200), sources, topics)
        )
    for place, order in enumerate(choices[:2]):
        shared = _signals(
            reading, context, order, topics, place, sure, len(choices), index.retriever.shipping
        )
        found.append(_status(reading, context, order, shared))
        if reading.computes:
            due = _ship_due(context, order, index, shared), _pay_due(context, order, index, shared)
            found += [each for each in due if each is not None]
    return found


def choose(reading: Reading, context: Context) -> tuple[list[Order], bool]:
    """The orders the message may mean, likeliest first, and whether the first is surely meant: the
    open one, else the one whose goods it names, else the only one that is under way."""
    if context.order is not None:
        return [context.order], True
    if not context.orders:
        return [], False
    by_day = _by_day(reading, context.orders)
    named = _named(reading.text, context, context.orders) or (
        _named(reading.whole, context, context.orders) if reading.earlier else []
    )
    both = [order for order in named if order in by_day]
    for chosen in (both, named if len(named) == 1 else [], by_day):
        if len(chosen) == 1:
            return chosen, True
    pending = [order for order in context.orders if order.status in _OPEN]
    among = [order for order in named if order in pending] or named or pending
    if len(among) == 1:
        return among, True
    if not among:
        return context.orders[:2], len(context.orders) == 1
    return among, False


def _by_day(reading: Reading, orders: Sequence[Order]) -> list[Order]:
    found = []
    for order in orders:
        days = [
            clock.local(at).date()
            for at in (order.created_at, order.paid_at, order.shipped_at, order.delivered_at)
            if at is not None
        ]
        for moment in reading.moments:
            if any(
                day == moment.day
                or (
                    moment.month_only
                    and (day.year, day.month) == (moment.day.year, moment.day.month)
                )
                for day in days
            ):
                found.append(order)
                break
    return found


def _named(text: str, context: Context, orders: Sequence[Order]) -> list[Order]:
    """The orders whose goods' titles or variants the message has two neighbouring characters of,
    the most of them; else those it names by the last character of a title (锅, 壶)."""
    words = {order.id: _words_of(context, order) for order in orders}

    def by(parts: Callable[[str], Iterable[str]]) -> list[Order]:
        scores = [
            len({part for word in words[order.id] for part in parts(word) if part in text})
            for order in orders
        ]
        most = max(scores, default=0)
        return [o for o, score in zip(orders, scores, strict=True) if score == most and most > 0]

    pairs = by(
        lambda title: (
            title[i : i + 2] for i in range(len(title) - 1) if not title[i : i + 2].isascii()
        )
    )
    return pairs or by(lambda title: [title[-1:]] if not title[-1:].isascii() else [])


def _words_of(context: Context, order: Order) -> list[str]:
    """The titles of what was ordered, and the first values of its SKUs."""
    skus = computing.skus_of(context, order)
    values = [str(value) for sku in skus for value in list(sku.attributes.values())[:3]]
    return [*computing.titles(context, order), *values]


def _signals(
    reading: Reading,
    context: Context,
    order: Order,
    topics: set[Topic],
    place: int,
    sure: bool,
    count: int,
    rules: Sequence[Entry],
) -> dict[str, float]:
    text = reading.understood
    return {
        "place": float(place),
        "order_sure": float(sure),
        "order_open": float(context.order is order),
        "order_count": float(count),
        "is_unpaid": float(order.status == "unpaid"),
        "is_paid": float(order.status == "paid"),
        "is_shipped": float(order.status in ("shipped", "part_shipped")),
        "is_delivered": float(order.status in ("delivered", "completed")),
        "is_closed": float(order.status == "closed"),
        "has_note": float(bool(order.note)),
        "overdue": overdue(context, order, rules),
        "stalled": min(computing.stalled_hours(order, context), 200.0),
        "topic_order": float(Topic.ORDER in topics),
        "topic_refund": float(Topic.REFUND in topics),
        "topic_change": float(Topic.CHANGE in topics),
        "topic_coupon": float(Topic.COUPON in topics),
        "asks_where": float(cues.asks_where(text)),
        "asks_ship": float(_SHIPS.search(text) is not None),
        "asks_pay": float(_PAYS.search(text) is not None),
        "asks_money": float(_MONEY.search(text) is not None),
        "asks_number": float(_NUMBER.search(text) is not None),
        "is_own": float(cues.is_own(text)),
        "has_case": float(any(c.order_id == order.id for c in context.refunds)),
        "asked_when": float(reading.mood.when or reading.mood.how_long),
        "asked_yes_no": float(reading.mood.yes_no),
        "asks_how": float(reading.mood.how or reading.mood.why),
        "asked_length": min(len(reading.text), 60) / 30,
    }


def overdue(context: Context, order: Order, rules: Sequence[Entry]) -> float:
    """Days by which an order is late to be sent; below 0 where there is time left."""
    due = shipping.due(order, context, rules) if order.status == "paid" else None
    if due is None:
        return 0.0
    return max(-5.0, min((context.now - due.end).total_seconds() / 86400, 5.0))


def _status(reading: Reading, context: Context, order: Order, shared: dict[str, float]) -> Proposal:
    evidence = _evidence(context, order)
    reply = f"{shorten(evidence.text, 190)}。"
    return Proposal("order", reply, [evidence], "订单状态 物流 金额", dict(shared))


def _ship_due(
    context: Context, order: Order, index: ShopIndex, shared: dict[str, float]
) -> Proposal | None:
    if order.status != "paid":
        return None
    due = shipping.due(order, context, index.retriever.shipping)
    if due is None:
        return None
    evidence = _evidence(context, order)
    reply = f"{shorten(evidence.text, 190 - len(due.text))}。{due.text}"
    sources = [evidence, *due.sources][:MOST_SOURCES]
    return Proposal("ship_due", reply, sources, "什么时候发货", dict(shared), due.text)


def _pay_due(
    context: Context, order: Order, index: ShopIndex, shared: dict[str, float]
) -> Proposal | None:
    if order.status not in ("unpaid", "closed"):
        return None
    due = pay_by(order, index.retriever.clauses)
    if due is None:
        return None
    record = _evidence(context, order)
    said = due.text if order.status == "unpaid" else ""
    (clause,) = due.sources
    reply = f"{shorten(record.text, 190 - len(said))}。{said or shorten(clause.text, 60)}"
    return Proposal("pay_due", reply, [record, clause], "付款期限", dict(shared), said)


def pay_by(order: Order, rules: Sequence[Entry]) -> shipping.Due | None:
    """Until when an order may be paid for before it closes by itself; None where no clause says."""
    if order.created_at is None or order.paid_at is not None:
        return None
    for rule in rules:
        unpaid = _UNPAID.search(rule.text)
        if unpaid is None:
            continue
        part = clauses.sentences(rule.text[: unpaid.end()])[-1]
        period = next(iter(clauses.periods(part)), None)
        if period is None or "分钟" in part:
            continue
        end = period.until(clock.local(order.created_at))
        when = f"{end.month}月{end.day}日{end:%H:%M}"
        said = f"请在{when}前付款，过时没有付款会自动关闭。"
        return shipping.Due(end, said, [Evidence(rule.id, rule.text)])
    return None


def _refunds(reading: Reading, context: Context, topics: set[Topic]) -> list[Proposal]:
    cases = context.refunds
    if context.order is not None:
        cases = [case for case in cases if case.order_id == context.order.id]
    if not cases:
        return []
    scores = _case_scores(reading.understood, context, cases)
    order = sorted(range(len(cases)), key=lambda i: -scores[i])
    found = []
    for place, i in enumerate(order[:2]):
        case = cases[i]
        evidence = refund_evidence(case, computing.titles_of(context, case.order_id))
        sources, said = [evidence], ""
        signals = {
            "place": float(place),
            "case_count": float(len(cases)),
            "case_score": scores[i],
            "order_open": float(context.order is not None),
            "topic_refund": float(Topic.REFUND in topics),
            "topic_order": float(Topic.ORDER in topics),
            "topic_change": float(Topic.CHANGE in topics),
            "is_done": float(case.status in ("done", "refused", "cancelled")),
            "asked_when": float(reading.mood.when or reading.mood.how_long),
            "asked_yes_no": float(reading.mood.yes_no),
            "asks_how": float(reading.mood.how or reading.mood.why),
            "asks_money": float(_MONEY.search(reading.text) is not None),
            "is_own": float(cues.is_own(reading.text)),
            "asked_length": min(len(reading.text), 60) / 30,
        }
        reply = f"{shorten(evidence.text, 190)}。"
        found.append(Proposal("refund", reply, sources, "售后进度 退款", signals, said))
    return found


def _case_scores(text: str, context: Context, cases: Sequence[Refund]) -> list[float]:
    words = []
    for case in cases:
        said = (case.kind_raw or "", case.reason or "", case.status_raw or "")
        words.append(" ".join((*computing.titles_of(context, case.order_id), *said)))
    return [float(each) for each in CharacterTfidf(words).similarities(text)]


def _which(reply: str, sources: list[Evidence], topics: set[Topic]) -> Proposal:
    reason = Text("不知道问的是哪一笔订单", "Which order is meant is not known")
    signals = {"topic_order": float(Topic.ORDER in topics)}
    return Proposal(
        "which_order", reply, sources, "哪一笔订单", signals, decision="clarify", reason=reason
    )


def _evidence(context: Context, order: Order) -> Evidence:
    return order_evidence(order, computing.titles(context, order))
