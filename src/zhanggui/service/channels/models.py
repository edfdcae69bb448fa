"""The tables of channels."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Boolean, Index, Integer, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from zhanggui.base.db import Base, ShopScoped

_ID = String(40)
_INDEX = String(32)


class Channel(ShopScoped, Base):
    """A way by which shoppers reach the shop, or its staff are told of those who wait.

    `kind`: ``webhook``, a system of the shop's own; ``wecom``, an account of 微信客服; ``robot``, a
    robot of a group in 企业微信, which only tells staff. `url` is where replies go (webhook);
    `corp_id` and `open_kfid` name the account (wecom); `warn_minutes` is how long before a
    conversation is late staff are told (robot). `sealed` are its secrets
    (:mod:`zhanggui.service.channels.keys`); until `former_until` those before hold as well.

    Of what WeCom has for us everything up to `cursor` is kept; the account was first asked at
    `begins_at`, when it had none. From `pull_at` on there is more to fetch, and `ticket_sealed` is
    what WeCom gave to fetch it with, at `ticket_at`. Whoever fetches or tells holds the channel
    until `leased_until`. `failure` and `failed_code` are of the last attempt that failed, null once
    one has succeeded after it. Cross-shop, since the loop of every process looks after those of any
    shop, and a caller names a channel alone.
    """

    __tablename__ = "channels"
    __table_args__ = (
        Index("channels_by_id", "id", unique=True),
        {"info": {"cross_shop": True}},
    )

    id: Mapped[str] = mapped_column(_ID, primary_key=True)
    kind: Mapped[str] = mapped_column(String(8))
    name: Mapped[str] = mapped_column(String(60))
    is_on: Mapped[bool] = mapped_column(Boolean)
    url: Mapped[str | None] = mapped_column(String(2000))
    corp_id: Mapped[str | None] = mapped_column(String(64))
    open_kfid: Mapped[str | None] = mapped_column(String(64))
    warn_minutes: Mapped[int | None] = mapped_column(Integer)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    former_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    former_until: Mapped[datetime | None]
    cursor: Mapped[str | None] = mapped_column(String(128))
    begins_at: Mapped[datetime | None]
    pull_at: Mapped[datetime | None]
    ticket_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    ticket_at: Mapped[datetime | None]
    leased_by: Mapped[str | None] = mapped_column(String(64))
    leased_until: Mapped[datetime | None]
    last_in_at: Mapped[datetime | None]
    last_out_at: Mapped[datetime | None]
    failure: Mapped[str | None] = mapped_column(String(16))
    failed_code: Mapped[int | None] = mapped_column(Integer)
    failed_at: Mapped[datetime | None]
    made_at: Mapped[datetime]
    made_by: Mapped[str] = mapped_column(String(64))


class ChannelThread(ShopScoped, Base):
    """The conversation of one sender of a channel, and how far it was sent to them.

    `sender_index` finds the sender again, `sender_sealed` is their id in the channel. All that the
    shop said up to `sent_seq` was sent or given up, and of the next message `sent_parts` parts.
    From `due_at` on it is to be looked at, after `attempts` that failed; null where nothing was
    said since, so that threads nobody writes in cost nothing. Whoever sends holds the thread until
    `leased_until`.
    """

    __tablename__ = "channel_threads"
    __table_args__ = (
        Index("channel_threads_by_conversation", "shop_id", "conversation_id", unique=True),
        Index("channel_threads_by_due", "shop_id", "channel_id", "due_at"),
    )

    channel_id: Mapped[str] = mapped_column(_ID, primary_key=True)
    sender_index: Mapped[str] = mapped_column(_INDEX, primary_key=True)
    conversation_id: Mapped[str] = mapped_column(_ID)
    sender_sealed: Mapped[bytes] = mapped_column(LargeBinary)
    sent_seq: Mapped[int] = mapped_column(Integer)
    sent_parts: Mapped[int] = mapped_column(Integer)
    attempts: Mapped[int] = mapped_column(Integer)
    due_at: Mapped[datetime | None]
    leased_by: Mapped[str | None] = mapped_column(String(64))
    leased_until: Mapped[datetime | None]
    made_at: Mapped[datetime]


class ChannelAlert(ShopScoped, Base):
    """Staff were told by a robot of a conversation that waits: `kind` is why, `mark` since when it
    waits or by when it is due, so that they are told once of each."""

    __tablename__ = "channel_alerts"

    channel_id: Mapped[str] = mapped_column(_ID, primary_key=True)
    conversation_id: Mapped[str] = mapped_column(_ID, primary_key=True)
    kind: Mapped[str] = mapped_column(String(8), primary_key=True)
    mark: Mapped[datetime]
    told_at: Mapped[datetime]
