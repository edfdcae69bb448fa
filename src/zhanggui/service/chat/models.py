"""The tables of conversations. What was written is personal and sealed
(:mod:`zhanggui.service.chat.conversations`)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Boolean, Float, Index, Integer, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from zhanggui.base.db import Base, ShopScoped

_ID = String(40)
_RECORD = String(64)


class Conversation(ShopScoped, Base):
    """What a shopper and the shop say to each other.

    `state`: ``ai``, the program answers; ``waiting``, for a person; ``person``, one has spoken, who
    is `assignee`; ``closed``. What waits may be an assignee's already. `cause` is why it was handed
    over, `skill` what whoever takes it has to know, and by `due_at` they ought to have answered;
    null while nobody waits for a person; `promised_at` is what the shopper was told of it, and at
    `reminded_at` the shop was reminded. From `resumes_at` on the program answers again though a
    person was to, null for never. `last_seq` numbers the messages without gaps; `shopper_seq` is
    the shopper's last, and every message of theirs up to `answered_seq` is answered. `version`
    grows with every change. A shopper without `buyer_id` is nobody in particular: `visitor_id`
    tells who holds the conversation's token. What such a one wrote was erased at `emptied_at`.
    """

    __tablename__ = "conversations"
    __table_args__ = (
        Index("conversations_by_time", "shop_id", "last_at"),
        Index("conversations_by_state", "shop_id", "state", "last_at"),
        Index("conversations_by_buyer", "shop_id", "buyer_id"),
    )

    id: Mapped[str] = mapped_column(_ID, primary_key=True)
    channel: Mapped[str] = mapped_column(String(16))
    visitor_id: Mapped[str] = mapped_column(_ID)
    buyer_id: Mapped[str | None] = mapped_column(_ID)
    product_id: Mapped[str | None] = mapped_column(_RECORD)
    order_id: Mapped[str | None] = mapped_column(_RECORD)
    state: Mapped[str] = mapped_column(String(8))
    assignee: Mapped[str | None] = mapped_column(_RECORD)
    cause: Mapped[str | None] = mapped_column(String(12))
    skill: Mapped[str | None] = mapped_column(String(12))
    is_urgent: Mapped[bool] = mapped_column(Boolean, default=False)
    due_at: Mapped[datetime | None]
    promised_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]
    tags: Mapped[list[str]] = mapped_column(default=list)
    resumes_at: Mapped[datetime | None]
    last_seq: Mapped[int] = mapped_column(Integer, default=0)
    shopper_seq: Mapped[int] = mapped_column(Integer, default=0)
    answered_seq: Mapped[int] = mapped_column(Integer, default=0)
    version: Mapped[int] = mapped_column(Integer, default=0)
    started_at: Mapped[datetime]
    last_at: Mapped[datetime]
    waiting_since: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    emptied_at: Mapped[datetime | None]
    rating: Mapped[int | None] = mapped_column(Integer)
    rating_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    rated_at: Mapped[datetime | None]


class Message(ShopScoped, Base):
    """A message of a conversation, the `seq`-th from 1.

    `author`: ``shopper``, ``ai``, ``person``, ``system``, or ``note``, which only staff see.
    `client_id` is the sender's own, so that what is sent again is known again. `answers` is the
    shopper's message that this one answers: none is answered twice. `cause` is why the program
    handed over. `mentions` are the people a note is for. `text_sealed` is null once the buyer was
    erased. `attachments` are pictures (:mod:`zhanggui.service.chat.images`), `sources` ids of
    records as they are cited. `failure` is why it never reached the shopper's channel
    (:mod:`zhanggui.service.channels.failing`), `failed_code` what the other side called it.
    """

    __tablename__ = "messages"
    __table_args__ = (
        Index("messages_by_client", "shop_id", "conversation_id", "client_id", unique=True),
        Index("messages_by_decision", "shop_id", "decision", "at"),
        Index("messages_by_answered", "shop_id", "conversation_id", "answers", unique=True),
    )

    conversation_id: Mapped[str] = mapped_column(_ID, primary_key=True)
    seq: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    client_id: Mapped[str | None] = mapped_column(_RECORD)
    author: Mapped[str] = mapped_column(String(8))
    author_id: Mapped[str | None] = mapped_column(_RECORD)
    text_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    attachments: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    decision: Mapped[str | None] = mapped_column(String(16))
    cause: Mapped[str | None] = mapped_column(String(12))
    confidence: Mapped[float | None] = mapped_column(Float)
    sources: Mapped[list[str]] = mapped_column(default=list)
    work_item_id: Mapped[str | None] = mapped_column(_ID)
    answers: Mapped[int | None] = mapped_column(Integer)
    mentions: Mapped[list[str]] = mapped_column(default=list)
    failure: Mapped[str | None] = mapped_column(String(16))
    failed_code: Mapped[int | None] = mapped_column(Integer)
    at: Mapped[datetime]


class DueTurn(ShopScoped, Base):
    """It is the program's turn in a conversation from `due_at` on. Whoever takes it up holds it
    until `leased_until`; `tries` counts how often that came to nothing. Cross-shop, since the
    answerers of all processes look for turns of any shop: it holds no more than which they are."""

    __tablename__ = "conversation_turns"
    __table_args__ = (
        Index("conversation_turns_by_time", "due_at"),
        {"info": {"cross_shop": True}},
    )

    conversation_id: Mapped[str] = mapped_column(_ID, primary_key=True)
    due_at: Mapped[datetime]
    leased_by: Mapped[str | None] = mapped_column(_RECORD)
    leased_until: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(Integer, default=0)


class DeskAgent(ShopScoped, Base):
    """A person who answers shoppers: whether they take conversations now, which `skills` they have
    (empty for all), and how many they take at a time."""

    __tablename__ = "desk_agents"

    user_id: Mapped[str] = mapped_column(_RECORD, primary_key=True)
    is_on: Mapped[bool] = mapped_column(Boolean)
    skills: Mapped[list[str]] = mapped_column(default=list)
    most: Mapped[int] = mapped_column(Integer)
    given_at: Mapped[datetime | None]
    updated_at: Mapped[datetime]


class DeskLook(ShopScoped, Base):
    """Who has a conversation open, as of `seen_at`, and when they last wrote in it."""

    __tablename__ = "desk_looks"

    conversation_id: Mapped[str] = mapped_column(_ID, primary_key=True)
    user_id: Mapped[str] = mapped_column(_RECORD, primary_key=True)
    seen_at: Mapped[datetime]
    typed_at: Mapped[datetime | None]


class QuickPhrase(ShopScoped, Base):
    """Words that people at the desk say often, found by their title. `user_id` is whose they are,
    null for everybody's."""

    __tablename__ = "quick_phrases"
    __table_args__ = (Index("quick_phrases_by_user", "shop_id", "user_id", "title"),)

    id: Mapped[str] = mapped_column(_ID, primary_key=True)
    user_id: Mapped[str | None] = mapped_column(_RECORD)
    title: Mapped[str] = mapped_column(String(30))
    text: Mapped[str] = mapped_column(Text)
    updated_at: Mapped[datetime]
    updated_by: Mapped[str] = mapped_column(_RECORD)


class Widget(ShopScoped, Base):
    """What a shop has chosen for the chat on its pages; a shop without a row has chosen nothing.

    `rotation` counts the keys there were before (:mod:`zhanggui.service.chat.doors`). `origins` are
    the addresses whose pages may carry it; `color` and `greeting` are null for the usual ones.
    `product_url` and `order_url` are where the channel shows a product and an order, with ``{id}``.
    After `silence_minutes` the program answers again though a person was to, null for never.
    `seen_at` and `seen_on` are when and where a first conversation was started from such a page.
    """

    __tablename__ = "chat_widgets"

    is_on: Mapped[bool] = mapped_column(Boolean)
    rotation: Mapped[int] = mapped_column(Integer, default=0)
    origins: Mapped[list[str]] = mapped_column(default=list)
    color: Mapped[str | None] = mapped_column(String(7))
    greeting: Mapped[str | None] = mapped_column(String(200))
    product_url: Mapped[str | None] = mapped_column(String(300))
    order_url: Mapped[str | None] = mapped_column(String(300))
    silence_minutes: Mapped[int | None] = mapped_column(Integer)
    seen_at: Mapped[datetime | None]
    seen_on: Mapped[str | None] = mapped_column(String(300))
    updated_at: Mapped[datetime]
    updated_by: Mapped[str] = mapped_column(_RECORD)
