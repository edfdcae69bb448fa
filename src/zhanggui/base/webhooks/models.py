"""The tables of webhooks."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, BigInteger, Boolean, Index, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from zhanggui.base.db import Base, ShopScoped

_ID = String(40)


class WebhookRow(ShopScoped, Base):
    """An address that is told of a shop's events.

    `kinds` are the types of events it listens to, null for all. Until `former_until` the secret
    before the present one signs as well. `stopped` says why the program switched it off: ``gone``
    or ``failing``. Events before `begins_at` are none of its business. `failing_since` is when the
    first of the attempts failed after which none has succeeded. Whoever sends to it holds it until
    `leased_until`. Cross-shop, since the loop of every process looks for those of any shop.
    """

    __tablename__ = "webhooks"
    __table_args__ = ({"info": {"cross_shop": True}},)

    id: Mapped[str] = mapped_column(_ID, primary_key=True)
    url: Mapped[str] = mapped_column(String(2000))
    description: Mapped[str] = mapped_column(String(200))
    kinds: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    secret_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    former_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    former_until: Mapped[datetime | None]
    is_on: Mapped[bool] = mapped_column(Boolean)
    stopped: Mapped[str | None] = mapped_column(String(16))
    begins_at: Mapped[datetime]
    failing_since: Mapped[datetime | None]
    leased_by: Mapped[str | None] = mapped_column(String(64))
    leased_until: Mapped[datetime | None]
    made_at: Mapped[datetime]
    made_by: Mapped[str] = mapped_column(String(64))


class DeliveryRow(ShopScoped, Base):
    """An event on its way to a webhook. `id` is what the receiver knows it by, whenever it is sent.

    `status`: ``pending``, to be sent from `due_at` on; ``delivered``; ``failed``, given up.
    `attempts` counts since it was last asked for; `code` and `failure` are of the last one.
    Cross-shop, for the same reason: it holds no more than which they are.
    """

    __tablename__ = "webhook_deliveries"
    __table_args__ = (
        Index("webhook_deliveries_by_event", "shop_id", "webhook_id", "event_seq", unique=True),
        Index("webhook_deliveries_by_status", "shop_id", "webhook_id", "status", "due_at"),
        Index("webhook_deliveries_by_time", "shop_id", "webhook_id", "made_at"),
        Index("webhook_deliveries_by_try", "shop_id", "webhook_id", "tried_at"),
        {"info": {"cross_shop": True}},
    )

    id: Mapped[str] = mapped_column(_ID, primary_key=True)
    webhook_id: Mapped[str] = mapped_column(_ID)
    event_seq: Mapped[int] = mapped_column(BigInteger)
    type: Mapped[str] = mapped_column(String(64))
    status: Mapped[str] = mapped_column(String(16))
    attempts: Mapped[int] = mapped_column(Integer)
    due_at: Mapped[datetime]
    made_at: Mapped[datetime]
    tried_at: Mapped[datetime | None]
    code: Mapped[int | None] = mapped_column(Integer)
    failure: Mapped[str | None] = mapped_column(String(16))
