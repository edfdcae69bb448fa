"""views of lists that people save and share

Revision: 0009, after 0008.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import zhanggui.base.db

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "saved_views",
        sa.Column("shop_id", sa.String(length=48), nullable=False),
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("list_name", sa.String(length=40), nullable=False),
        sa.Column("user_id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=30), nullable=False),
        sa.Column("shows", sa.JSON(), nullable=False),
        sa.Column("created_at", zhanggui.base.db.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("shop_id", "id"),
    )
    op.create_index(
        "saved_views_by_name",
        "saved_views",
        ["shop_id", "list_name", "user_id", "name"],
        unique=True,
    )
    op.create_table(
        "default_views",
        sa.Column("shop_id", sa.String(length=48), nullable=False),
        sa.Column("user_id", sa.String(length=64), nullable=False),
        sa.Column("list_name", sa.String(length=40), nullable=False),
        sa.Column("view_id", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("shop_id", "user_id", "list_name"),
    )
