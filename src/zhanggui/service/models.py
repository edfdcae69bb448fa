"""The tables of the service: what a shop has chosen for it, what it asks people to do, and the
cases by which it judges the answers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Boolean, Float, Index, Integer, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from zhanggui.base.db import Base, ShopScoped
from zhanggui.service.channels.models import Channel, ChannelAlert, ChannelThread
from zhanggui.service.chat.models import (
    Conversation,
    DeskAgent,
    DeskLook,
    DueTurn,
    Message,
    QuickPhrase,
    Widget,
)
from zhanggui.service.gaps.models import GapDecision
from zhanggui.service.quality.models import ServiceReview

__all__ = [
    "Channel",
    "ChannelAlert",
    "ChannelThread",
    "Conversation",
    "DeskAgent",
    "DeskLook",
    "DueTurn",
    "GapDecision",
    "Message",
    "QuickPhrase",
    "ServiceCase",
    "ServiceEvaluation",
    "ServiceOutcome",
    "ServiceReview",
    "ServiceSettings",
    "Widget",
    "WorkItem",
]

_ID = String(64)


class ServiceSettings(ShopScoped, Base):
    """What a shop has chosen for its service; a shop without a row has chosen nothing. `ceiling` is
    the share of answers that may be wrong; `opens` and `closes` are the shop's local times, as
    ``09:00``, between which people answer, both or neither; within `answer_minutes` they ought to
    have answered. Conversations in which nothing was said for `idle_hours` are closed, and what
    anonymous shoppers wrote is erased after `retention_days`. Null is the usual for each."""

    __tablename__ = "service_settings"

    ceiling: Mapped[float] = mapped_column(Float)
    opens: Mapped[str | None] = mapped_column(String(5))
    closes: Mapped[str | None] = mapped_column(String(5))
    answer_minutes: Mapped[int | None] = mapped_column(Integer)
    idle_hours: Mapped[int | None] = mapped_column(Integer)
    retention_days: Mapped[int | None] = mapped_column(Integer)
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


class ServiceCase(ShopScoped, Base):
    """A conversation that the shop keeps to judge its service by, without personal data.

    `turns` are ``{"role", "text"}``, the last one the question; `expect` is what
    :class:`zhanggui.service.scoring.Expectation` holds. Who asks is kept as the buyer's id alone.
    """

    __tablename__ = "service_cases"
    __table_args__ = (Index("service_cases_by_time", "shop_id", "made_at"),)

    id: Mapped[str] = mapped_column(_ID, primary_key=True)
    kind: Mapped[str] = mapped_column(String(24))
    buyer_id: Mapped[str | None] = mapped_column(String(40))
    product_id: Mapped[str | None] = mapped_column(_ID)
    order_id: Mapped[str | None] = mapped_column(_ID)
    turns: Mapped[list[dict[str, str]]] = mapped_column(JSON)
    expect: Mapped[dict[str, Any]]
    made_at: Mapped[datetime]
    made_by: Mapped[str] = mapped_column(String(64))


class ServiceEvaluation(ShopScoped, Base):
    """A playing of all cases. `state` goes queued → running → done or failed; `ceiling` is the
    share of wrong answers that was allowed; `done` of `total` cases have been played."""

    __tablename__ = "service_evaluations"
    __table_args__ = (Index("service_evaluations_by_time", "shop_id", "made_at"),)

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    state: Mapped[str] = mapped_column(String(16))
    ceiling: Mapped[float] = mapped_column(Float)
    total: Mapped[int] = mapped_column(Integer)
    done: Mapped[int] = mapped_column(Integer)
    made_at: Mapped[datetime]
    made_by: Mapped[str] = mapped_column(String(64))
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    error: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


class ServiceOutcome(ShopScoped, Base):
    """What became of a case in an evaluation; `question` is what was asked, since the case may be
    gone by the time somebody reads this."""

    __tablename__ = "service_outcomes"
    __table_args__ = (Index("service_outcomes_by_case", "shop_id", "case_id"),)

    evaluation_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    case_id: Mapped[str] = mapped_column(_ID, primary_key=True)
    kind: Mapped[str] = mapped_column(String(24))
    question: Mapped[str] = mapped_column(Text)
    expected: Mapped[list[str]] = mapped_column(JSON)
    decision: Mapped[str] = mapped_column(String(16))
    reply: Mapped[str] = mapped_column(Text)
    sources: Mapped[list[str]] = mapped_column(JSON)
    confidence: Mapped[float] = mapped_column(Float)
    is_right: Mapped[bool] = mapped_column(Boolean)
    is_wrong: Mapped[bool] = mapped_column(Boolean)
