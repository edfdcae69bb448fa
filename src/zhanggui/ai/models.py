"""The tables of the seam: every call to a model, what a day cost, what may be spent, and what may
leave the house."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, BigInteger, Date, Float, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from zhanggui.base.db import Base, ShopScoped

_ID = String(64)


class ModelCall(ShopScoped, Base):
    """A call to a model: who caused it, for what, how much went to which server (which `is_near` in
    the shop's own house), and what it came to. What was asked and answered is never kept; `masked`
    counts the private values that stayed, by kind. `cost_micro` is in millionths of a yuan, at the
    price configured then."""

    __tablename__ = "model_calls"
    __table_args__ = (Index("model_calls_by_time", "shop_id", "at"),)

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    at: Mapped[datetime]
    room: Mapped[str] = mapped_column(String(24))
    what: Mapped[str] = mapped_column(String(40))
    who: Mapped[str | None] = mapped_column(_ID)
    role: Mapped[str] = mapped_column(String(24))
    model: Mapped[str] = mapped_column(_ID)
    server: Mapped[str] = mapped_column(_ID)
    is_near: Mapped[bool]
    outcome: Mapped[str] = mapped_column(String(12))
    sent_characters: Mapped[int] = mapped_column(Integer)
    sent_pictures: Mapped[int] = mapped_column(Integer)
    masked: Mapped[dict[str, int]] = mapped_column(JSON)
    read: Mapped[int] = mapped_column(Integer)
    written: Mapped[int] = mapped_column(Integer)
    pictures: Mapped[int] = mapped_column(Integer, default=0)
    seconds: Mapped[float] = mapped_column(Float, default=0.0)
    characters: Mapped[int] = mapped_column(Integer, default=0)
    cost_micro: Mapped[int] = mapped_column(BigInteger)
    ms: Mapped[int] = mapped_column(Integer)


class ModelDay(ShopScoped, Base):
    """What a room spent with a model on a day of the shop's zone: what budgets are held against and
    charts are drawn from, without adding up every call."""

    __tablename__ = "model_days"

    day: Mapped[date] = mapped_column(Date, primary_key=True)
    room: Mapped[str] = mapped_column(String(24), primary_key=True)
    model: Mapped[str] = mapped_column(_ID, primary_key=True)
    calls: Mapped[int] = mapped_column(Integer)
    failed: Mapped[int] = mapped_column(Integer)
    read: Mapped[int] = mapped_column(BigInteger)
    written: Mapped[int] = mapped_column(BigInteger)
    pictures: Mapped[int] = mapped_column(BigInteger, default=0)
    seconds: Mapped[float] = mapped_column(Float, default=0.0)
    characters: Mapped[int] = mapped_column(BigInteger, default=0)
    cost_micro: Mapped[int] = mapped_column(BigInteger)
    ms: Mapped[int] = mapped_column(BigInteger)


class ModelBudget(ShopScoped, Base):
    """What a room may spend, or with the room ``*`` the whole shop, in fen a day and a month of the
    shop's zone; null is as much as it likes."""

    __tablename__ = "model_budgets"

    room: Mapped[str] = mapped_column(String(24), primary_key=True)
    daily_fen: Mapped[int | None] = mapped_column(BigInteger)
    monthly_fen: Mapped[int | None] = mapped_column(BigInteger)
    changed_at: Mapped[datetime]
    changed_by: Mapped[str] = mapped_column(_ID)


class ModelSharing(ShopScoped, Base):
    """What of a shop may leave for models: which servers are asked (``anywhere``, ``near`` for
    those in its own house, ``nowhere``), and whether what shoppers wrote and pictures may go to
    others than its own."""

    __tablename__ = "model_sharing"

    asks: Mapped[str] = mapped_column(String(12))
    shoppers_words: Mapped[bool]
    pictures: Mapped[bool]
    changed_at: Mapped[datetime]
    changed_by: Mapped[str] = mapped_column(_ID)
