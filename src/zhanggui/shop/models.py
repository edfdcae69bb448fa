"""The tables of the shop.

Rows that come from files carry the import that made them and the one that wrote them last
(:class:`Imported`), so that an import can be undone. Personal data of receivers is sealed as one
value (:mod:`zhanggui.shop.receivers`); a phone can be found by its blind index.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Float,
    Index,
    Integer,
    LargeBinary,
    String,
    Text,
)
from sqlalchemy.orm import Mapped, mapped_column

from zhanggui.base.db import Base, ShopScoped
from zhanggui.shop.importing.models import (
    ColumnMappingRow,
    ImportFileRow,
    ImportProblemRow,
    ImportRow,
    ImportUndoRow,
)

__all__ = [
    "Buyer",
    "ColumnMappingRow",
    "Coupon",
    "ImportFileRow",
    "ImportProblemRow",
    "ImportRow",
    "ImportUndoRow",
    "Imported",
    "Order",
    "OrderLine",
    "Product",
    "ProductDay",
    "PromotionDay",
    "Refund",
    "Review",
    "Shop",
    "Sku",
]

_ID = String(64)


class Imported:
    """Mix-in: which import made the row and which wrote it last; None for a person's own hand."""

    created_by: Mapped[str | None] = mapped_column(String(40), sort_order=90)
    written_by: Mapped[str | None] = mapped_column(String(40), sort_order=91)


class Shop(ShopScoped, Base):
    """A shop. Cross-shop, since the list of shops is what a tenant is chosen from."""

    __tablename__ = "shops"
    __table_args__ = ({"info": {"cross_shop": True}},)

    name: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime]
    is_demo: Mapped[bool] = mapped_column(Boolean, default=False)
    profile: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """category, opened, service_hours, tone, promises[] as the shop states them."""


class Product(Imported, ShopScoped, Base):
    """A product (宝贝)."""

    __tablename__ = "products"

    id: Mapped[str] = mapped_column(_ID, primary_key=True)
    title: Mapped[str] = mapped_column(String(400), default="")
    category: Mapped[str | None] = mapped_column(String(200))
    category_id: Mapped[str | None] = mapped_column(_ID)
    price_fen: Mapped[int | None] = mapped_column(BigInteger)
    stock: Mapped[int | None] = mapped_column(Integer)
    outer_id: Mapped[str | None] = mapped_column(String(128))
    brand: Mapped[str | None] = mapped_column(String(128))
    status: Mapped[str | None] = mapped_column(String(64))
    description: Mapped[str | None] = mapped_column(Text)
    pictures: Mapped[list[str]] = mapped_column(default=list)


class Sku(Imported, ShopScoped, Base):
    """A SKU of a product."""

    __tablename__ = "skus"
    __table_args__ = (Index("skus_by_product", "shop_id", "product_id"),)

    id: Mapped[str] = mapped_column(_ID, primary_key=True)
    product_id: Mapped[str] = mapped_column(_ID)
    title: Mapped[str | None] = mapped_column(String(400))
    price_fen: Mapped[int | None] = mapped_column(BigInteger)
    stock: Mapped[int | None] = mapped_column(Integer)
    outer_id: Mapped[str | None] = mapped_column(String(128))
    attributes: Mapped[dict[str, Any]] = mapped_column(default=dict)


class Buyer(Imported, ShopScoped, Base):
    """A buyer known by a whole nick; one whose nick the platform masked is nobody in particular."""

    __tablename__ = "buyers"
    __table_args__ = (Index("buyers_by_nick", "shop_id", "nick"),)

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    nick: Mapped[str] = mapped_column(String(200))


class Order(Imported, ShopScoped, Base):
    """An order. `version_at` and `exported_at` decide which of two versions is the newer."""

    __tablename__ = "orders"
    __table_args__ = (
        Index("orders_by_time", "shop_id", "created_at"),
        Index("orders_by_buyer", "shop_id", "buyer_id"),
        Index("orders_by_phone", "shop_id", "phone_index"),
    )

    id: Mapped[str] = mapped_column(_ID, primary_key=True)
    buyer_id: Mapped[str | None] = mapped_column(String(40))
    buyer_nick: Mapped[str | None] = mapped_column(String(200))
    status: Mapped[str] = mapped_column(String(16), default="unknown")
    status_raw: Mapped[str | None] = mapped_column(String(100))
    version_at: Mapped[datetime | None]
    exported_at: Mapped[datetime | None]
    paid_fen: Mapped[int | None] = mapped_column(BigInteger)
    paid_by_line: Mapped[bool] = mapped_column(Boolean, default=False)
    """Whether `paid_fen` is the sum of what its lines say was paid."""
    total_fen: Mapped[int | None] = mapped_column(BigInteger)
    due_fen: Mapped[int | None] = mapped_column(BigInteger)
    postage_fen: Mapped[int | None] = mapped_column(BigInteger)
    refund_fen: Mapped[int | None] = mapped_column(BigInteger)
    created_at: Mapped[datetime | None]
    paid_at: Mapped[datetime | None]
    shipped_at: Mapped[datetime | None]
    delivered_at: Mapped[datetime | None]
    carrier: Mapped[str | None] = mapped_column(String(100))
    tracking_no: Mapped[str | None] = mapped_column(String(200))
    receiver_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    phone_index: Mapped[bytes | None] = mapped_column(LargeBinary(16))
    receiver_city: Mapped[str | None] = mapped_column(String(100))
    buyer_message: Mapped[str | None] = mapped_column(Text)
    note: Mapped[str | None] = mapped_column(Text)
    close_reason: Mapped[str | None] = mapped_column(Text)
    titles: Mapped[list[str]] = mapped_column(default=list)
    quantity: Mapped[int | None] = mapped_column(Integer)
    changed_sku: Mapped[str | None] = mapped_column(Text)
    address_changed: Mapped[bool] = mapped_column(Boolean, default=False)
    payment_no: Mapped[str | None] = mapped_column(String(100))


class OrderLine(Imported, ShopScoped, Base):
    """A line of an order. Its order may be in another file, imported later."""

    __tablename__ = "order_lines"

    order_id: Mapped[str] = mapped_column(_ID, primary_key=True)
    position: Mapped[int] = mapped_column(Integer, primary_key=True)
    line_no: Mapped[str | None] = mapped_column(_ID)
    product_id: Mapped[str | None] = mapped_column(_ID)
    sku_id: Mapped[str | None] = mapped_column(_ID)
    outer_id: Mapped[str | None] = mapped_column(String(128))
    title: Mapped[str | None] = mapped_column(String(400))
    attributes: Mapped[str | None] = mapped_column(Text)
    quantity: Mapped[int] = mapped_column(Integer, default=1)
    price_fen: Mapped[int | None] = mapped_column(BigInteger)
    paid_fen: Mapped[int | None] = mapped_column(BigInteger)
    status: Mapped[str] = mapped_column(String(16), default="unknown")
    note: Mapped[str | None] = mapped_column(Text)
    exported_at: Mapped[datetime | None]


class Refund(Imported, ShopScoped, Base):
    """An after-sales case (售后)."""

    __tablename__ = "refunds"
    __table_args__ = (Index("refunds_by_order", "shop_id", "order_id"),)

    id: Mapped[str] = mapped_column(_ID, primary_key=True)
    order_id: Mapped[str] = mapped_column(_ID)
    kind: Mapped[str] = mapped_column(String(24), default="other")
    kind_raw: Mapped[str | None] = mapped_column(String(100))
    status: Mapped[str] = mapped_column(String(16), default="unknown")
    status_raw: Mapped[str | None] = mapped_column(String(100))
    amount_fen: Mapped[int | None] = mapped_column(BigInteger)
    reason: Mapped[str | None] = mapped_column(Text)
    tracking_no: Mapped[str | None] = mapped_column(String(200))
    created_at: Mapped[datetime | None]
    updated_at: Mapped[datetime | None]
    exported_at: Mapped[datetime | None]


class Coupon(Imported, ShopScoped, Base):
    """A coupon or promotion."""

    __tablename__ = "coupons"

    id: Mapped[str] = mapped_column(_ID, primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    rule: Mapped[str | None] = mapped_column(Text)
    threshold_fen: Mapped[int | None] = mapped_column(BigInteger)
    discount_fen: Mapped[int | None] = mapped_column(BigInteger)
    starts_at: Mapped[datetime | None]
    ends_at: Mapped[datetime | None]
    scope: Mapped[str | None] = mapped_column(Text)


class ProductDay(Imported, ShopScoped, Base):
    """What a product did from `day` through `until` (生意参谋)."""

    __tablename__ = "product_days"

    product_id: Mapped[str] = mapped_column(_ID, primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    until: Mapped[date] = mapped_column(primary_key=True)
    title: Mapped[str | None] = mapped_column(String(400))
    visitors: Mapped[int | None] = mapped_column(Integer)
    views: Mapped[int | None] = mapped_column(Integer)
    carts: Mapped[int | None] = mapped_column(Integer)
    cart_buyers: Mapped[int | None] = mapped_column(Integer)
    favourites: Mapped[int | None] = mapped_column(Integer)
    buyers: Mapped[int | None] = mapped_column(Integer)
    units: Mapped[int | None] = mapped_column(Integer)
    gmv_fen: Mapped[int | None] = mapped_column(BigInteger)
    refund_fen: Mapped[int | None] = mapped_column(BigInteger)
    conversion: Mapped[float | None] = mapped_column(Float)


class PromotionDay(Imported, ShopScoped, Base):
    """What a promotion spent and brought on a day (阿里妈妈), at one level of its reports.

    `target` is the digest of level and ids, since any of the ids may be missing.
    """

    __tablename__ = "promotion_days"

    day: Mapped[date] = mapped_column(primary_key=True)
    target: Mapped[str] = mapped_column(String(40), primary_key=True)
    level: Mapped[str] = mapped_column(String(8))
    subject_id: Mapped[str | None] = mapped_column(_ID)
    subject_type: Mapped[str | None] = mapped_column(String(64))
    subject_name: Mapped[str | None] = mapped_column(String(400))
    plan_id: Mapped[str | None] = mapped_column(_ID)
    plan_name: Mapped[str | None] = mapped_column(String(400))
    scene_id: Mapped[str | None] = mapped_column(_ID)
    scene_name: Mapped[str | None] = mapped_column(String(200))
    spend_fen: Mapped[int] = mapped_column(BigInteger)
    gmv_fen: Mapped[int | None] = mapped_column(BigInteger)
    impressions: Mapped[int | None] = mapped_column(BigInteger)
    clicks: Mapped[int | None] = mapped_column(Integer)
    orders: Mapped[int | None] = mapped_column(Integer)
    carts: Mapped[int | None] = mapped_column(Integer)


class Review(Imported, ShopScoped, Base):
    """A buyer's review; `id` is the digest of who wrote what about which order."""

    __tablename__ = "reviews"
    __table_args__ = (Index("reviews_by_order", "shop_id", "order_id"),)

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    order_id: Mapped[str | None] = mapped_column(_ID)
    buyer_nick: Mapped[str | None] = mapped_column(String(200))
    product_id: Mapped[str | None] = mapped_column(_ID)
    product_title: Mapped[str | None] = mapped_column(String(400))
    content: Mapped[str] = mapped_column(Text)
    rating: Mapped[str | None] = mapped_column(String(32))
    reply: Mapped[str | None] = mapped_column(Text)
    follow_up: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime | None]
