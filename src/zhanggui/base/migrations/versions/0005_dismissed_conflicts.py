"""what a person said is no conflict

Revision: 0005, after 0004.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import zhanggui.base.db

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "dismissed_conflicts",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("dismissed_at", zhanggui.base.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("dismissed_by", sa.String(length=64), nullable=False),
        sa.Column("shop_id", sa.String(length=48), nullable=False),
        sa.PrimaryKeyConstraint("id", "shop_id"),
    )
