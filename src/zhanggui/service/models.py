"""The tables of the service: what a shop has chosen for it, and what it asks people to do."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, Float, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from zhanggui.base.db import Base, ShopScoped

_ID = String(64)


class ServiceSettings(ShopScoped, Base):
    """What a shop has chosen for its service; a shop without a row has chosen nothing. `ceiling` is
    the share of answers that may be wrong."""

    __tablename__ = "service_settings"

    ceiling: Mapped[float] = mapped_column(Float)
    updated_at: Mapped[datetime]
    updated_by: Mapped[str] = mapped_column(String(64))


class WorkItem(ShopScoped, Base):
    """Something a shopper wants done that a person does where the shop lives.

    `details_sealed` holds what is to be written (:mod:`zhanggui.service.work`); `words` are the
    shopper's own, scrubbed; `why` is ``{"zh", "en", "sources"}``: what the rule says and the ids of
    the records it rests on.
    """

    __tablename__ = "work_items"
    __table_args__ = (
        Index("work_items_by_status", "shop_id", "status", "made_at"),
        Index("work_items_by_order", "shop_id", "order_id"),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    kind: Mapped[str] = mapped_column(String(24))
    status: Mapped[str] = mapped_column(String(8))
    is_urgent: Mapped[bool] = mapped_column(Boolean)
    order_id: Mapped[str] = mapped_column(_ID)
    buyer_id: Mapped[str | None] = mapped_column(String(40))
    product_id: Mapped[str | None] = mapped_column(_ID)
    sku_id: Mapped[str | None] = mapped_column(_ID)
    details_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    words: Mapped[str] = mapped_column(Text)
    why: Mapped[dict[str, Any]]
    made_at: Mapped[datetime]
    made_by: Mapped[str] = mapped_column(String(64))
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str | None] = mapped_column(String(64))
    note: Mapped[str | None] = mapped_column(Text)
