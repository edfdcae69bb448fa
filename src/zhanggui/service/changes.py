"""What a shopper wants changed in an order, which the channel alone can do: a person is given it
with the order it is about, and nothing is claimed as done."""

from __future__ import annotations

import re

from zhanggui.base.words import Text
from zhanggui.knowledge import ShopIndex
from zhanggui.service import computing, cues, orders
from zhanggui.service.context import Context
from zhanggui.service.cues import Topic
from zhanggui.service.evidence import order_evidence
from zhanggui.service.proposals import Proposal
from zhanggui.service.reading import Reading

ADDRESS = re.compile(r"地址|收货|改送|送到|寄到|转寄|转到|收件人|电话|手机")
_HAS_ADDRESS = re.compile(
    r"[路街道巷弄村镇区号栋幢楼室座单元门牌]{1}.{0,6}\d|\d+[号栋幢楼室座层]|(路|街|道|小区|大厦|广场|花园|公寓).{0,10}"
)
URGE = re.compile(r"催|快点|尽快|加急|赶紧|还不发|怎么还没发|还没发|没动|没更新|一动不动|没挪|停")
INVOICE = re.compile(r"发票|专票|抬头|开票|开个票|开张票")
CANCEL = re.compile(r"取消|不想要|不要了|退单|拦截|拦回|后悔|买重|拍错")
SWAP = re.compile(
    r"换成|改成|换个|改个|合并|一起发|先发|先寄|拆开发|分开发|补发|补一|补寄|少发|漏发|少了"
)


def propose(reading: Reading, context: Context, index: ShopIndex) -> list[Proposal]:
    """Handing a wish to a person, and asking for what is missing."""
    text = reading.text
    topics = cues.topics(reading.understood)
    wants = {
        "wants_address": ADDRESS, "wants_haste": URGE, "wants_invoice": INVOICE,
        "wants_cancel": CANCEL, "wants_swap": SWAP,
    }  # fmt: skip
    signals = {name: float(pattern.search(text) is not None) for name, pattern in wants.items()}
    order = context.order
    if order is None and not context.orders:
        return []
    if not any(signals.values()) and Topic.CHANGE not in topics:
        return []
    sources = [order_evidence(order, computing.titles(context, order))] if order else []
    signals |= {
        "topic_change": float(Topic.CHANGE in topics),
        "topic_refund": float(Topic.REFUND in topics),
        "order_open": float(order is not None),
        "is_unpaid": float(order is not None and order.status == "unpaid"),
        "is_paid": float(order is not None and order.status == "paid"),
        "is_shipped": float(order is not None and order.status in ("shipped", "part_shipped")),
        "is_delivered": float(order is not None and order.status in ("delivered", "completed")),
        "gives_address": float(_HAS_ADDRESS.search(text) is not None),
        "days_waiting": _waiting(context),
        "overdue": orders.overdue(context, order, index.retriever.shipping) if order else 0.0,
        "stalled": min(computing.stalled_hours(order, context), 200.0) if order else 0.0,
        "asked_yes_no": float(reading.mood.yes_no),
        "asks_how": float(reading.mood.how or reading.mood.why),
        "asked_length": min(len(text), 60) / 30,
    }
    reply = "您的要求我转给同事处理，请稍等。"
    reason = Text("要改动订单，由人处理", "Wants an order changed, which a person does")
    found = [
        Proposal("change", reply, sources, "改动订单", signals, decision="handoff", reason=reason)
    ]
    over = order is not None and order.status in ("delivered", "completed", "closed")
    if signals["wants_address"] and not signals["gives_address"] and not over:
        ask = "请把完整的新地址（省市区、街道门牌、收件人和电话）发给我，我转给同事看能不能修改。"
        missing = Text("要改地址，但没有新地址", "Wants the address changed, but gives none")
        found.append(
            Proposal(
                "ask_address",
                ask,
                sources,
                "新地址",
                dict(signals),
                decision="clarify",
                reason=missing,
            )
        )
    return found


def _waiting(context: Context) -> float:
    """Days since the open order was paid for or last moved."""
    order = context.order
    if order is None:
        return 0.0
    at = order.shipped_at or order.paid_at
    return min((context.now - at).total_seconds() / 86400, 10.0) if at else 0.0
