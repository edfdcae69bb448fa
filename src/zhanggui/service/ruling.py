"""How a verdict on a request is put: the order and the clause it rests on, and words that claim
nothing as done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from zhanggui.base.words import Text
from zhanggui.knowledge import Entry
from zhanggui.service import computing, windows
from zhanggui.service.context import Context
from zhanggui.service.evidence import (
    LONGEST,
    MOST_SOURCES,
    Evidence,
    order_evidence,
    refund_evidence,
    shorten,
)
from zhanggui.service.requests import Field, Kind, Request, Verdict
from zhanggui.shop.models import Order, OrderLine

OFFER = "有别的情况，我可以请同事来帮您看。"
"""How a refusal ends."""
_OPEN_CASE = ("pending", "approved", "returning", "received")
WISHES: dict[Kind, str] = {
    "change_address": "修改收货信息", "cancel": "取消", "remind": "尽快发货", "invoice": "开发票",
    "refund": "退款", "return": "退货", "exchange": "换货", "price_protection": "补差价",
    "other": "改动",
}  # fmt: skip
"""What an order is wanted to be, by kind of request."""


@dataclass(frozen=True, slots=True)
class Matter:
    """A request with its order, what else is known and the shop's clauses."""

    request: Request
    order: Order
    context: Context
    rules: Sequence[Entry]

    @property
    def record(self) -> Evidence:
        """The order as it is cited."""
        return order_evidence(self.order, computing.titles(self.context, self.order))

    @property
    def line(self) -> OrderLine | None:
        """The line the request is about; None where there are several and it names none."""
        lines = self.context.lines.get(self.order.id, [])
        wanted = self.request.sku_id
        named = [line for line in lines if wanted is None or line.sku_id == wanted]
        return named[0] if len(named) == 1 else None

    @property
    def product_id(self) -> str | None:
        """The product the request is about."""
        return self.context.product_of(self.line) if self.line is not None else None

    @property
    def sku_id(self) -> str | None:
        """The SKU the request is about."""
        return self.line.sku_id if self.line is not None else self.request.sku_id


def noted(
    matter: Matter,
    until: str,
    reason: Text,
    rules: Sequence[Entry] = (),
    *,
    worked: str = "",
    sources: Sequence[Evidence] = (),
    is_urgent: bool = False,
    asks_photos: bool = False,
) -> Verdict:
    """What a person can do. `until` is what holds in the meantime; of the clauses the first is told
    where there is room; `worked` follows from the sources."""
    wish = WISHES[matter.request.kind]
    said = f"{until}，" if until else ""
    photos = "请把能看清问题的照片发过来；" if asks_photos else ""
    reply = (
        f"您的订单{matter.order.id}要{wish}的要求已记下，转给同事处理；"
        f"{photos}{said}结果会在这里告诉您。{worked}"
    )
    clause = shorten(rules[0].text, max(LONGEST - len(reply) - 6, 0)) if rules else ""
    if clause:
        reply += f"店铺规则：{clause.rstrip('。')}。"
    cited = [*sources, *map(windows.cited, rules)] or [matter.record]
    if all(each.id != matter.record.id for each in cited):
        cited.insert(0, matter.record)
    return Verdict(
        "possible",
        reply,
        reason,
        cited[:MOST_SOURCES],
        is_urgent=is_urgent,
        asks_photos=asks_photos,
        product_id=matter.product_id,
        sku_id=matter.sku_id,
    )


def missing(matter: Matter, asked: str, fields: Sequence[Field], reason: Text) -> Verdict:
    """What has to be asked for first."""
    reply = f"好的，请把{asked}发给我，我转给同事处理。"
    return Verdict("missing", reply, reason, [matter.record], tuple(fields))


def refused(
    matter: Matter,
    why: str,
    reason: Text,
    rules: Sequence[Entry] = (),
    *,
    sources: Sequence[Evidence] = (),
) -> Verdict:
    """What cannot be done, by which clause, with a person offered."""
    reply = f"订单{matter.order.id}{why}。"
    clause = shorten(rules[0].text, max(LONGEST - len(reply) - len(OFFER) - 6, 0)) if rules else ""
    if clause:
        reply += f"店铺规则：{clause.rstrip('。')}。"
    cited = [matter.record, *sources, *map(windows.cited, rules)]
    return Verdict("refused", reply + OFFER, reason, cited[:MOST_SOURCES])


def case_open(matter: Matter) -> Verdict | None:
    """The refusal where a case on the order is under way already; None where none is."""
    for case in matter.context.refunds:
        if case.order_id != matter.order.id or case.status not in _OPEN_CASE:
            continue
        evidence = refund_evidence(case, computing.titles_of(matter.context, case.order_id))
        reason = Text(f"已有售后单{case.id}在处理", f"Case {case.id} is under way")
        why = f"已经有一笔售后在处理：{shorten(evidence.text, 100)}"
        return refused(matter, why, reason, sources=[evidence])
    return None
