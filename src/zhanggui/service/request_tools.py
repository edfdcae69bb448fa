"""What a shopper may want done: each honours the order's state and the shop's clauses, asks for
what is missing, and gives what is possible to a person. Nothing is ever claimed as done."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from zhanggui.base.principals import WORKERS, Role
from zhanggui.base.tools import Call, Input, Output, tool
from zhanggui.base.words import Text
from zhanggui.knowledge import Indexes
from zhanggui.service import asker, invoices, views, work
from zhanggui.service.judging import judge
from zhanggui.service.requests import Details, InvoiceType, Kind, Request
from zhanggui.service.views import SourceView

SHOPPERS: frozenset[Role] = WORKERS | {"shopper"}
_RATE = "60 per minute"


class OrderRequest(Input):
    """Which order, and for staff whose."""

    order_id: str = Field(min_length=1, max_length=64)
    buyer: str | None = Field(None, max_length=200, description="The buyer's nick.")
    words: str = Field("", max_length=2000, description="What the shopper said.")


class RequestView(Output):
    """What came of a request. `filed` means that a person has it, not that it is done; `reply` is
    for the shopper, in the shop's language; `reason` is for staff."""

    outcome: Literal["filed", "missing", "refused"]
    kind: Kind
    order_id: str
    work_item_id: str | None
    missing: list[str]
    asks_photos: bool
    reply: str
    reason: str
    sources: list[SourceView]


async def _wish(
    call: Call, given: OrderRequest, kind: Kind, details: Details, sku_id: str | None = None
) -> RequestView:
    context = await asker.opened(call, given.order_id, given.buyer)
    index = await call.runtime.service(Indexes).current(call.session, call.shop_id)
    request = Request(kind, given.order_id, details, sku_id, given.words)
    verdict = judge(request, context, index.retriever)
    filed = None
    if verdict.outcome == "possible":
        filed = await work.file(
            call.session, call.runtime.cipher, call.shop_id, request, verdict, context,
            by=call.principal.id,
        )  # fmt: skip
    return RequestView(
        outcome="filed" if verdict.outcome == "possible" else verdict.outcome,
        kind=kind,
        order_id=given.order_id,
        work_item_id=filed,
        missing=list(verdict.missing),
        asks_photos=verdict.asks_photos,
        reply=verdict.reply,
        reason=str(verdict.reason),
        sources=views.sources(verdict.sources),
    )


class AddressRequest(OrderRequest):
    """The new receiver; what is left out stays as it is."""

    address: str | None = Field(None, min_length=1, max_length=300)
    receiver: str | None = Field(None, min_length=1, max_length=50)
    phone: str | None = Field(None, max_length=20, pattern=r"^\+?[\d -]{5,}$")


@tool(
    "service.change_address",
    purpose=Text("申请修改收货地址", "Ask for another address"),
    risk="act",
    roles=SHOPPERS,
    rate=_RATE,
)
async def change_address(call: Call, given: AddressRequest) -> RequestView:
    """Have an order sent elsewhere, before it is sent."""
    details = Details(address=given.address, receiver=given.receiver, phone=given.phone)
    return await _wish(call, given, "change_address", details)


@tool(
    "service.cancel_order",
    purpose=Text("申请取消订单", "Ask to cancel an order"),
    risk="act",
    roles=SHOPPERS,
    rate=_RATE,
)
async def cancel_order(call: Call, given: OrderRequest) -> RequestView:
    """Have an order cancelled, before it is sent."""
    return await _wish(call, given, "cancel", Details())


@tool(
    "service.remind_shipping",
    purpose=Text("催发货", "Ask to hurry the sending"),
    risk="act",
    roles=SHOPPERS,
    rate=_RATE,
)
async def remind_shipping(call: Call, given: OrderRequest) -> RequestView:
    """Remind the shop of an order that waits to be sent; one past its time is urgent."""
    return await _wish(call, given, "remind", Details())


class InvoiceRequest(OrderRequest):
    """What the invoice says. A company's needs its name and tax number."""

    invoice_type: InvoiceType | None = None
    title: str | None = Field(None, min_length=1, max_length=100)
    tax_no: str | None = Field(None, min_length=1, max_length=40)
    bank: str | None = Field(None, min_length=1, max_length=120, description="Bank and account.")
    email: str | None = Field(None, max_length=200, pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")


@tool(
    "service.request_invoice",
    purpose=Text("申请开发票", "Ask for an invoice"),
    risk="act",
    roles=SHOPPERS,
    rate=_RATE,
)
async def request_invoice(call: Call, given: InvoiceRequest) -> RequestView:
    """Have an invoice issued to a person or a company."""
    details = Details(
        invoice_type=given.invoice_type,
        title=given.title,
        tax_no=given.tax_no,
        bank=given.bank,
        email=given.email,
    )
    return await _wish(call, given, "invoice", invoices.tidied(details))


class AfterSaleRequest(OrderRequest):
    """What is wanted and why; of an order of several goods, of which SKU."""

    kind: Literal["refund", "return", "exchange"]
    reason: str | None = Field(None, min_length=1, max_length=500)
    wanted: str | None = Field(None, min_length=1, max_length=200, description="In exchange.")
    sku_id: str | None = Field(None, min_length=1, max_length=64)


@tool(
    "service.request_after_sale",
    purpose=Text("申请退款、退货或换货", "Ask for a refund, return or exchange"),
    risk="act",
    roles=SHOPPERS,
    rate=_RATE,
)
async def request_after_sale(call: Call, given: AfterSaleRequest) -> RequestView:
    """Give goods back or exchange them, within the window of the clause that governs."""
    details = Details(reason=given.reason, wanted=given.wanted)
    return await _wish(call, given, given.kind, details, given.sku_id)


class PriceRequest(OrderRequest):
    """Of an order of several goods, which SKU."""

    sku_id: str | None = Field(None, min_length=1, max_length=64)


@tool(
    "service.protect_price",
    purpose=Text("申请价保补差", "Ask for the price difference"),
    risk="act",
    roles=SHOPPERS,
    rate=_RATE,
)
async def protect_price(call: Call, given: PriceRequest) -> RequestView:
    """Have what a price has fallen since it was paid made good."""
    return await _wish(call, given, "price_protection", Details(), given.sku_id)
