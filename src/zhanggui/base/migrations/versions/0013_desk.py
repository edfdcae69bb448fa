"""promises to shoppers, how long conversations are kept, and quick phrases

Revision: 0013, after 0010.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import zhanggui.base.db

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    moment = zhanggui.base.db.UtcDateTime(timezone=True)
    for name in ("promised_at", "reminded_at", "emptied_at"):
        op.add_column("conversations", sa.Column(name, moment, nullable=True))
    for name in ("idle_hours", "retention_days"):
        op.add_column("service_settings", sa.Column(name, sa.Integer(), nullable=True))
    op.create_table(
        "quick_phrases",
        sa.Column("shop_id", sa.String(length=48), nullable=False),
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("user_id", sa.String(length=64), nullable=True),
        sa.Column("title", sa.String(length=30), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("updated_at", moment, nullable=False),
        sa.Column("updated_by", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("shop_id", "id"),
    )
    op.create_index("quick_phrases_by_user", "quick_phrases", ["shop_id", "user_id", "title"])
