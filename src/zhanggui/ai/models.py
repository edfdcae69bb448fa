"""The tables of the seam: every call to a model, what a day cost, what may be spent, what may leave
the house, and the pictures and films that are being made."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

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


class ModelTask(ShopScoped, Base):
    """A picture or film that is being made, for which a server takes its time; `request` is the
    caller's id for it, `digest` of what was asked, and `result` of what decides what comes of it:
    that, and the models as they are configured. It is ``waiting`` until a model is asked;
    ``submitting`` from before the request leaves until its answer is kept; ``running`` while the
    server works, as its task `their_id` or, where it answered at once, with the addresses in
    `found`; at last ``done``, with the keys of the files in `results`, or ``failed``. `attempt`
    counts the requests, each of which is one entry of the ledger; `expected_micro` is what the
    present one will cost, and `missed` which models did not do it and why. What was asked lies in a
    file until it ends. Other shops of the house may use what one made that `is_shared`."""

    __tablename__ = "model_tasks"
    __table_args__ = (
        Index("model_tasks_by_request", "shop_id", "request", unique=True),
        Index("model_tasks_by_their_id", "server", "their_id", unique=True),
        Index("model_tasks_by_time", "shop_id", "made_at"),
        Index("model_tasks_by_result", "result"),
        {"info": {"cross_shop": True}},
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    request: Mapped[str] = mapped_column(_ID)
    digest: Mapped[str] = mapped_column(String(64))
    result: Mapped[str] = mapped_column(String(64))
    is_shared: Mapped[bool]
    made_at: Mapped[datetime]
    room: Mapped[str] = mapped_column(String(24))
    what: Mapped[str] = mapped_column(String(40))
    who: Mapped[str | None] = mapped_column(_ID)
    has_shoppers_words: Mapped[bool]
    role: Mapped[str] = mapped_column(String(24))
    only: Mapped[str | None] = mapped_column(_ID)
    sent_characters: Mapped[int] = mapped_column(Integer)
    sent_pictures: Mapped[int] = mapped_column(Integer)
    masked: Mapped[dict[str, int]] = mapped_column(JSON)
    state: Mapped[str] = mapped_column(String(12))
    attempt: Mapped[int] = mapped_column(Integer)
    tries: Mapped[int] = mapped_column(Integer)
    model: Mapped[str | None] = mapped_column(_ID)
    server: Mapped[str | None] = mapped_column(_ID)
    their_id: Mapped[str | None] = mapped_column(String(128))
    submitted_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    found: Mapped[list[str]] = mapped_column(JSON)
    missed: Mapped[list[list[str]]] = mapped_column(JSON)
    failure: Mapped[str | None] = mapped_column(String(12))
    results: Mapped[list[str]] = mapped_column(JSON)
    used: Mapped[dict[str, Any]] = mapped_column(JSON)
    expected_micro: Mapped[int] = mapped_column(BigInteger)
    cost_micro: Mapped[int] = mapped_column(BigInteger)
