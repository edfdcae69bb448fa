"""What may be asked of the shop's after-sales cases (售后)."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import BaseModel

from zhanggui.base.principals import STAFF
from zhanggui.base.tools import Call, Output, tool
from zhanggui.base.words import Text
from zhanggui.shop import bought, store
from zhanggui.shop.bought import Bought
from zhanggui.shop.models import Order, Refund
from zhanggui.shop.views import PageInput

RefundStatusName = Literal[
    "pending", "approved", "returning", "received", "done", "refused", "cancelled", "unknown"
]
RefundKindName = Literal["refund_only", "return", "exchange", "repair", "price_protection", "other"]


class RefundsInput(PageInput):
    """Which after-sales cases."""

    status: RefundStatusName | None = None
    kind: RefundKindName | None = None


class RefundItem(BaseModel):
    """An after-sales case in a list, with what is known of its order; `paid_fen` is what was paid
    for the whole order."""

    id: str
    order_id: str
    buyer: str | None
    title: str
    kind: RefundKindName
    kind_raw: str | None
    status: RefundStatusName
    status_raw: str | None
    amount_fen: int | None
    paid_fen: int | None
    reason: str | None
    tracking_no: str | None
    created_at: datetime | None
    updated_at: datetime | None


class RefundPage(Output):
    """After-sales cases of a page."""

    items: list[RefundItem]
    total: int
    page: int
    size: int


@tool("shop.list_refunds", purpose=Text("列出售后单", "List after-sales"), risk="read", roles=STAFF)
async def list_refunds(call: Call, given: RefundsInput) -> RefundPage:
    """After-sales cases, newest first."""
    found = await store.refunds_page(
        call.session,
        call.shop_id,
        q=given.q,
        status=given.status,
        kind=given.kind,
        page=given.page,
        size=given.size,
    )
    orders = [order for _, order in found.rows if order is not None]
    goods = await bought.by_order(call.session, call.shop_id, orders)
    items = [_item(refund, order, goods.get(refund.order_id)) for refund, order in found.rows]
    return RefundPage(items=items, total=found.total, page=given.page, size=given.size)


def _item(refund: Refund, order: Order | None, goods: Bought | None) -> RefundItem:
    return RefundItem.model_validate(
        {
            "id": refund.id,
            "order_id": refund.order_id,
            "buyer": order.buyer_nick if order else None,
            "title": goods.title if goods else "",
            "kind": refund.kind,
            "kind_raw": refund.kind_raw,
            "status": refund.status,
            "status_raw": refund.status_raw,
            "amount_fen": refund.amount_fen,
            "paid_fen": order.paid_fen if order else None,
            "reason": refund.reason,
            "tracking_no": refund.tracking_no,
            "created_at": refund.created_at,
            "updated_at": refund.updated_at,
        }
    )
