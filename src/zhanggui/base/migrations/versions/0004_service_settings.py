"""what a shop has chosen for its service

Revision: 0004, after 0003.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import zhanggui.base.db

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "service_settings",
        sa.Column("shop_id", sa.String(length=48), nullable=False),
        sa.Column("ceiling", sa.Float(), nullable=False),
        sa.Column("updated_at", zhanggui.base.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("updated_by", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("shop_id"),
    )
