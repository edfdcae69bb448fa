"""How the shop's records are shown: what tools return."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from pydantic import BaseModel, Field

from zhanggui.base.likedays import Compared
from zhanggui.base.tools import Input, Output
from zhanggui.shop.counting import Counts


class PageInput(Input):
    """A page of a list, and what to look for in it."""

    q: str = Field("", max_length=200, description="Text to find.")
    page: int = Field(1, ge=1, le=100_000)
    size: int = Field(50, ge=1, le=500)


class DayFigures(BaseModel):
    """One local day's orders."""

    date: date
    orders: int
    paid_fen: int


class Overview(Counts, Output):
    """What is in the shop."""

    name: str
    is_demo: bool
    refunds: int
    first_order_at: datetime | None
    last_order_at: datetime | None
    days: list[DayFigures]


class Today(Output):
    """The newest day of which orders are known, up to `until`, beside like days; all null in a
    shop without orders. Paid is what was paid for the orders made that day."""

    date: date | None
    until: datetime | None = Field(description="Up to when orders are known; never after now.")
    orders: Compared | None
    paid_fen: Compared | None


class ProductItem(BaseModel):
    """A product in a list."""

    id: str
    title: str
    category: str | None
    picture_url: str | None
    price_min_fen: int | None
    price_max_fen: int | None
    stock: int | None
    sku_count: int
    on_sale: bool


class ProductPage(Output):
    """Products of a page."""

    items: list[ProductItem]
    total: int
    page: int
    size: int


class SkuView(BaseModel):
    """A SKU."""

    id: str
    name: str
    price_fen: int | None
    stock: int | None
    attributes: dict[str, Any]
    code: str | None


class ProductView(ProductItem, Output):
    """A product with its SKUs; `attributes` are those all its SKUs share."""

    brand: str | None
    description: str | None
    pictures: list[str]
    attributes: dict[str, Any]
    skus: list[SkuView]


OrderStatusName = Literal[
    "unpaid",
    "paid",
    "part_shipped",
    "shipped",
    "delivered",
    "completed",
    "closed",
    "refunding",
    "unknown",
]


class OrderItem(BaseModel):
    """An order in a list."""

    id: str
    buyer: str | None
    status: OrderStatusName
    paid_fen: int | None
    created_at: datetime | None
    paid_at: datetime | None
    title: str
    quantity: int | None


class OrderPage(Output):
    """Orders of a page."""

    items: list[OrderItem]
    total: int
    page: int
    size: int


class LineView(BaseModel):
    """A line of an order."""

    product_id: str | None
    sku_id: str | None
    title: str
    attributes: str | None
    quantity: int
    price_fen: int | None


class RefundView(BaseModel):
    """An after-sales case of an order."""

    id: str
    kind: str
    status: str
    status_raw: str | None
    amount_fen: int | None
    reason: str | None
    created_at: datetime | None
    updated_at: datetime | None


class Moment(BaseModel):
    """A step of an order's way; `what` is created, paid, shipped, delivered or refund."""

    at: datetime
    what: Literal["created", "paid", "shipped", "delivered", "refund"]


class OrderView(OrderItem, Output):
    """An order whole, its receiver masked."""

    status_raw: str | None
    total_fen: int | None
    due_fen: int | None
    postage_fen: int | None
    refund_fen: int | None
    receiver_name: str | None
    receiver_phone: str | None
    receiver_address: str | None
    receiver_city: str | None
    carrier: str | None
    tracking_no: str | None
    shipped_at: datetime | None
    delivered_at: datetime | None
    buyer_message: str | None
    note: str | None
    close_reason: str | None
    lines: list[LineView]
    refunds: list[RefundView]
    timeline: list[Moment]


class ReceiverView(Output):
    """Who receives an order, in the clear."""

    name: str | None
    phone: str | None
    address: str | None


class BuyerItem(BaseModel):
    """A buyer in a list."""

    id: str
    nick: str
    orders: int
    paid_fen: int
    last_order_at: datetime | None


class BuyerPage(Output):
    """Buyers of a page."""

    items: list[BuyerItem]
    total: int
    page: int
    size: int
