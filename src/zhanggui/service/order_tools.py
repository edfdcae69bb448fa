"""What a shopper may look up of their orders."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, Field

from zhanggui.base.errors import Invalid
from zhanggui.base.principals import EVERYONE
from zhanggui.base.tools import Call, Input, Output, tool
from zhanggui.base.words import Text
from zhanggui.knowledge import Indexes, ShopIndex
from zhanggui.service import asker, computing, orders, shipping, store
from zhanggui.service.context import Asked, Context, load
from zhanggui.service.evidence import order_evidence, refund_evidence
from zhanggui.service.requests import NAMES, Kind
from zhanggui.shop.models import Order

MOST_ORDERS = 10
_RATE = "120 per minute"
_Id = Annotated[str, Field(min_length=1, max_length=64)]


class WhichOrders(Input):
    """One order, or the newest of a buyer; a shopper's own where neither is named."""

    order_id: _Id | None = None
    buyer: str | None = Field(None, max_length=200, description="The buyer's nick.")


class CaseStatus(BaseModel):
    """Where an after-sales case stands."""

    id: str
    kind: str
    status: str
    said: str
    updated_at: datetime | None


class WishStatus(BaseModel):
    """A request that a person was given, and whether it is open, done or dropped."""

    kind: Kind
    name: str
    status: str
    made_at: datetime


class OrderStatus(BaseModel):
    """Where an order stands. `said` tells it to the shopper; `ships_by` and `pays_by` are what the
    shop's clauses come to, None where they say nothing."""

    order_id: str
    status: str
    said: str
    created_at: datetime | None
    paid_at: datetime | None
    shipped_at: datetime | None
    delivered_at: datetime | None
    carrier: str | None
    tracking_no: str | None
    ships_by: datetime | None
    pays_by: datetime | None
    cases: list[CaseStatus]
    requests: list[WishStatus]


class OrderStatuses(Output):
    """Orders, the newest first."""

    items: list[OrderStatus]


@tool(
    "service.order_status",
    purpose=Text("查订单状态和物流", "Where orders stand"),
    risk="read",
    roles=EVERYONE,
    rate=_RATE,
)
async def order_status(call: Call, given: WhichOrders) -> OrderStatuses:
    """Status, logistics, due times and cases of an order or of a buyer's newest."""
    if given.order_id is not None:
        context = await asker.opened(call, given.order_id, given.buyer)
        shown = [context.order] if context.order is not None else []
    else:
        nick = await asker.nick(call, call.session, given.buyer)
        if nick is None:
            raise Invalid(
                Text("请给出订单号或买家昵称", "Name an order or a buyer"), where="order_id"
            )
        context = await load(call.session, call.shop_id, Asked("", nick), ())
        shown = context.orders[:MOST_ORDERS]
    index = await call.runtime.service(Indexes).current(call.session, call.shop_id)
    work = await store.items_of(call.session, call.shop_id, [order.id for order in shown])
    items = []
    for order in shown:
        status = _status(context, order, index)
        status.requests = [
            WishStatus.model_validate(
                {
                    "kind": row.kind,
                    "name": str(NAMES[row.kind]),  # type: ignore[index]  # Only kinds are written.
                    "status": row.status,
                    "made_at": row.made_at,
                }
            )
            for row in work
            if row.order_id == order.id
        ]
        items.append(status)
    return OrderStatuses(items=items)


def _status(context: Context, order: Order, index: ShopIndex) -> OrderStatus:
    waits = order.status == "paid"
    sends = shipping.due(order, context, index.retriever.shipping) if waits else None
    pays = orders.pay_by(order, index.retriever.clauses) if order.status == "unpaid" else None
    titles = computing.titles(context, order)
    due = (sends or pays).text if sends or pays else ""  # type: ignore[union-attr]
    cases = [case for case in context.refunds if case.order_id == order.id]
    return OrderStatus(
        order_id=order.id,
        status=order.status,
        said=f"{order_evidence(order, titles).text}。{due}",
        created_at=order.created_at,
        paid_at=order.paid_at,
        shipped_at=order.shipped_at,
        delivered_at=order.delivered_at,
        carrier=order.carrier,
        tracking_no=order.tracking_no,
        ships_by=sends.end if sends else None,
        pays_by=pays.end if pays else None,
        cases=[
            CaseStatus(
                id=case.id,
                kind=case.kind,
                status=case.status,
                said=refund_evidence(case, titles).text,
                updated_at=case.updated_at,
            )
            for case in cases
        ],
        requests=[],
    )
