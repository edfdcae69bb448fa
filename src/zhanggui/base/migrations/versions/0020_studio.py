"""the studio: base pictures, batches, works, masks

Revision: 0020, after 0019.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import zhanggui.base.db

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _pictures_and_brands()
    _batches()
    _works()
    _cuts()


def _moment() -> zhanggui.base.db.UtcDateTime:
    return zhanggui.base.db.UtcDateTime(timezone=True)


def _key(length: int = 40) -> list[sa.Column[str]]:
    return [
        sa.Column("shop_id", sa.String(length=48), nullable=False),
        sa.Column("id", sa.String(length=length), nullable=False),
    ]


def _pictures_and_brands() -> None:
    op.create_table(
        "studio_pictures",
        *_key(),
        sa.Column("product_id", sa.String(length=64), nullable=False),
        sa.Column("sku_id", sa.String(length=64), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("added_at", _moment(), nullable=False),
        sa.PrimaryKeyConstraint("shop_id", "id"),
    )
    op.create_index("studio_pictures_by_product", "studio_pictures", ["shop_id", "product_id"])
    op.create_table(
        "studio_brands",
        sa.Column("shop_id", sa.String(length=48), nullable=False),
        sa.Column("kit", sa.JSON(), nullable=False),
        sa.Column("saved_at", _moment(), nullable=False),
        sa.Column("saved_by", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("shop_id"),
    )


def _batches() -> None:
    op.create_table(
        "studio_batches",
        *_key(),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("plan", sa.JSON(), nullable=False),
        sa.Column("waits_for_review", sa.Boolean(), nullable=False),
        sa.Column("is_remake", sa.Boolean(), nullable=False),
        sa.Column("made_by", sa.String(length=64), nullable=False),
        sa.Column("created_at", _moment(), nullable=False),
        sa.Column("ended_at", _moment(), nullable=True),
        sa.PrimaryKeyConstraint("shop_id", "id"),
    )
    op.create_index("studio_batches_by_time", "studio_batches", ["shop_id", "created_at"])
    op.create_table(
        "studio_items",
        *_key(),
        sa.Column("batch_id", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.String(length=64), nullable=False),
        sa.Column("sku_id", sa.String(length=64), nullable=True),
        sa.Column("title", sa.String(length=400), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("frames", sa.JSON(), nullable=False),
        sa.Column("plan", sa.JSON(), nullable=False),
        sa.Column("replaces", sa.String(length=40), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("lease", sa.String(length=40), nullable=True),
        sa.Column("worker", sa.String(length=64), nullable=True),
        sa.Column("step", sa.String(length=24), nullable=True),
        sa.Column("planned", sa.JSON(), nullable=False),
        sa.Column("steps", sa.JSON(), nullable=False),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.Column("doubts", sa.JSON(), nullable=False),
        sa.Column("cpu_ms", sa.Integer(), nullable=False),
        sa.Column("wall_ms", sa.Integer(), nullable=False),
        sa.Column("cost_micro", sa.BigInteger(), nullable=False),
        sa.Column("error", sa.JSON(), nullable=True),
        sa.Column("started_at", _moment(), nullable=True),
        sa.Column("ended_at", _moment(), nullable=True),
        sa.PrimaryKeyConstraint("shop_id", "id"),
    )
    op.create_index("studio_items_by_batch", "studio_items", ["shop_id", "batch_id", "number"])
    op.create_index("studio_items_by_product", "studio_items", ["shop_id", "product_id"])
    op.create_index("studio_items_by_state", "studio_items", ["shop_id", "state"])


def _works() -> None:
    op.create_table(
        "studio_works",
        *_key(),
        sa.Column("product_id", sa.String(length=64), nullable=False),
        sa.Column("sku_id", sa.String(length=64), nullable=True),
        sa.Column("item_id", sa.String(length=40), nullable=False),
        sa.Column("batch_id", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("slot", sa.String(length=120), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(length=200), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("style", sa.String(length=64), nullable=True),
        sa.Column("deliverable", sa.JSON(), nullable=False),
        sa.Column("doubts", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.String(length=24), nullable=True),
        sa.Column("note", sa.String(length=500), nullable=True),
        sa.Column("made_at", _moment(), nullable=False),
        sa.Column("judged_at", _moment(), nullable=True),
        sa.Column("judged_by", sa.String(length=64), nullable=True),
        sa.Column("published_at", _moment(), nullable=True),
        sa.PrimaryKeyConstraint("shop_id", "id"),
    )
    op.create_index(
        "studio_works_by_slot",
        "studio_works",
        ["shop_id", "product_id", "sku_id", "slot", "version"],
    )
    op.create_index("studio_works_by_time", "studio_works", ["shop_id", "made_at"])
    op.create_index("studio_works_by_item", "studio_works", ["shop_id", "item_id"])
    op.create_table(
        "studio_publications",
        *_key(),
        sa.Column("product_id", sa.String(length=64), nullable=False),
        sa.Column("works", sa.JSON(), nullable=False),
        sa.Column("pictures", sa.JSON(), nullable=False),
        sa.Column("former", sa.JSON(), nullable=False),
        sa.Column("published_at", _moment(), nullable=False),
        sa.Column("published_by", sa.String(length=64), nullable=False),
        sa.Column("undone_at", _moment(), nullable=True),
        sa.PrimaryKeyConstraint("shop_id", "id"),
    )
    op.create_index(
        "studio_publications_by_product", "studio_publications", ["shop_id", "product_id"]
    )


def _cuts() -> None:
    op.create_table(
        "studio_cuts",
        sa.Column("shop_id", sa.String(length=48), nullable=False),
        sa.Column("frame", sa.String(length=64), nullable=False),
        sa.Column("mask", sa.String(length=64), nullable=False),
        sa.Column("product_id", sa.String(length=64), nullable=False),
        sa.Column("sku_id", sa.String(length=64), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("method", sa.String(length=40), nullable=False),
        sa.Column("doubts", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("seen_at", _moment(), nullable=False),
        sa.Column("decided_at", _moment(), nullable=True),
        sa.Column("decided_by", sa.String(length=64), nullable=True),
        sa.PrimaryKeyConstraint("shop_id", "frame"),
    )
    op.create_index("studio_cuts_by_state", "studio_cuts", ["shop_id", "state", "seen_at"])
