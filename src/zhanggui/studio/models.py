"""The tables of the studio: base pictures, batches and their items, what came of them, and the
masks that people look at. Files lie in the blobs by SHA-256 (:mod:`zhanggui.studio.keeping`)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Boolean, Float, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from zhanggui.base.db import Base, ShopScoped

_ID = String(40)
_GOODS_ID = String(64)
_DIGEST = String(64)


class BasePicture(ShopScoped, Base):
    """A base picture of a product, or of one of its SKUs; `position` orders them from 0."""

    __tablename__ = "studio_pictures"
    __table_args__ = (Index("studio_pictures_by_product", "shop_id", "product_id"),)

    id: Mapped[str] = mapped_column(_ID, primary_key=True)
    product_id: Mapped[str] = mapped_column(_GOODS_ID)
    sku_id: Mapped[str | None] = mapped_column(_GOODS_ID)
    position: Mapped[int] = mapped_column(Integer)
    name: Mapped[str] = mapped_column(String(200))
    digest: Mapped[str] = mapped_column(_DIGEST)
    size: Mapped[int] = mapped_column(Integer)
    width: Mapped[int] = mapped_column(Integer)
    height: Mapped[int] = mapped_column(Integer)
    added_at: Mapped[datetime]


class Batch(ShopScoped, Base):
    """Things to be made for many products. `state` is running, paused, cancelled or finished."""

    __tablename__ = "studio_batches"
    __table_args__ = (Index("studio_batches_by_time", "shop_id", "created_at"),)

    id: Mapped[str] = mapped_column(_ID, primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    state: Mapped[str] = mapped_column(String(12))
    plan: Mapped[dict[str, Any]]
    waits_for_review: Mapped[bool] = mapped_column(Boolean)
    """Whether a product with a doubtful mask waits until a person has looked at it."""
    is_remake: Mapped[bool] = mapped_column(Boolean)
    made_by: Mapped[str] = mapped_column(_GOODS_ID)
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class Item(ShopScoped, Base):
    """One product (or SKU) of a batch, with what it is made from as that was when it began.

    `state` is waiting (not in the queue yet), queued, running, review, done, failed or cancelled.
    `attempt` is how often it was let go; who carries it on holds it by `lease`. `steps` are the
    finished ones with their figures, `files` all that lies in its folder after the last of them
    (path → SHA-256): from these another worker goes on.
    """

    __tablename__ = "studio_items"
    __table_args__ = (
        Index("studio_items_by_batch", "shop_id", "batch_id", "number"),
        Index("studio_items_by_product", "shop_id", "product_id"),
        Index("studio_items_by_state", "shop_id", "state"),
    )

    id: Mapped[str] = mapped_column(_ID, primary_key=True)
    batch_id: Mapped[str] = mapped_column(_ID)
    number: Mapped[int] = mapped_column(Integer)
    product_id: Mapped[str] = mapped_column(_GOODS_ID)
    sku_id: Mapped[str | None] = mapped_column(_GOODS_ID)
    title: Mapped[str] = mapped_column(String(400))
    facts: Mapped[dict[str, Any]]
    frames: Mapped[dict[str, Any]]
    """The frames' names in order, each with the SHA-256 of its file."""
    plan: Mapped[dict[str, Any]]
    replaces: Mapped[str | None] = mapped_column(_ID)
    """The work of which this makes the next version."""
    state: Mapped[str] = mapped_column(String(12))
    attempt: Mapped[int] = mapped_column(Integer)
    lease: Mapped[str | None] = mapped_column(_ID)
    worker: Mapped[str | None] = mapped_column(_GOODS_ID)
    step: Mapped[str | None] = mapped_column(String(24))
    planned: Mapped[list[str]]
    """The names of its steps in order."""
    steps: Mapped[dict[str, Any]]
    files: Mapped[dict[str, Any]] = mapped_column(deferred=True)
    doubts: Mapped[list[str]]
    cpu_ms: Mapped[int] = mapped_column(Integer)
    wall_ms: Mapped[int] = mapped_column(Integer)
    cost_micro: Mapped[int] = mapped_column(BigInteger)
    error: Mapped[dict[str, Any] | None]
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


class Work(ShopScoped, Base):
    """A version of a deliverable. `slot` is its place among a product's things (``scenes/01``), the
    same from version to version; one version of a slot is the current one. `state` is fresh,
    approved or rejected; `deliverable` is its entry of the manifest."""

    __tablename__ = "studio_works"
    __table_args__ = (
        Index("studio_works_by_slot", "shop_id", "product_id", "sku_id", "slot", "version"),
        Index("studio_works_by_time", "shop_id", "made_at"),
        Index("studio_works_by_item", "shop_id", "item_id"),
    )

    id: Mapped[str] = mapped_column(_ID, primary_key=True)
    product_id: Mapped[str] = mapped_column(_GOODS_ID)
    sku_id: Mapped[str | None] = mapped_column(_GOODS_ID)
    item_id: Mapped[str] = mapped_column(_ID)
    batch_id: Mapped[str] = mapped_column(_ID)
    kind: Mapped[str] = mapped_column(String(12))
    slot: Mapped[str] = mapped_column(String(120))
    version: Mapped[int] = mapped_column(Integer)
    is_current: Mapped[bool] = mapped_column(Boolean)
    number: Mapped[int] = mapped_column(Integer)
    """Its place in the manifest."""
    path: Mapped[str] = mapped_column(String(200))
    digest: Mapped[str] = mapped_column(_DIGEST)
    size: Mapped[int] = mapped_column(Integer)
    style: Mapped[str | None] = mapped_column(String(64))
    deliverable: Mapped[dict[str, Any]]
    doubts: Mapped[list[str]]
    state: Mapped[str] = mapped_column(String(12))
    reason: Mapped[str | None] = mapped_column(String(24))
    note: Mapped[str | None] = mapped_column(String(500))
    made_at: Mapped[datetime]
    judged_at: Mapped[datetime | None]
    judged_by: Mapped[str | None] = mapped_column(_GOODS_ID)
    published_at: Mapped[datetime | None]


class Cut(ShopScoped, Base):
    """The mask of a frame. `state` is sure, doubtful, accepted (a person found it good) or
    corrected (a person drew it; what is made of the frame takes that one)."""

    __tablename__ = "studio_cuts"
    __table_args__ = (Index("studio_cuts_by_state", "shop_id", "state", "seen_at"),)

    frame: Mapped[str] = mapped_column(_DIGEST, primary_key=True)
    mask: Mapped[str] = mapped_column(_DIGEST)
    product_id: Mapped[str] = mapped_column(_GOODS_ID)
    sku_id: Mapped[str | None] = mapped_column(_GOODS_ID)
    name: Mapped[str] = mapped_column(String(200))
    confidence: Mapped[float] = mapped_column(Float)
    method: Mapped[str] = mapped_column(String(40))
    doubts: Mapped[list[str]]
    state: Mapped[str] = mapped_column(String(12))
    seen_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str | None] = mapped_column(_GOODS_ID)


class Brand(ShopScoped, Base):
    """A shop's brand kit."""

    __tablename__ = "studio_brands"

    kit: Mapped[dict[str, Any]]
    saved_at: Mapped[datetime]
    saved_by: Mapped[str] = mapped_column(_GOODS_ID)


class Publication(ShopScoped, Base):
    """Works that became a product's listing pictures, and the list that was there before."""

    __tablename__ = "studio_publications"
    __table_args__ = (Index("studio_publications_by_product", "shop_id", "product_id"),)

    id: Mapped[str] = mapped_column(_ID, primary_key=True)
    product_id: Mapped[str] = mapped_column(_GOODS_ID)
    works: Mapped[list[str]]
    pictures: Mapped[list[str]]
    former: Mapped[list[str]]
    published_at: Mapped[datetime]
    published_by: Mapped[str] = mapped_column(_GOODS_ID)
    undone_at: Mapped[datetime | None]
