"""what people say of the program's replies, and the service's events by time

Revision: 0012, after 0010.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import zhanggui.base.db

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "service_reviews",
        sa.Column("shop_id", sa.String(length=48), nullable=False),
        sa.Column("conversation_id", sa.String(length=40), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("verdict", sa.String(length=8), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("reviewed_at", zhanggui.base.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("reviewed_by", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("shop_id", "conversation_id", "seq"),
    )
    service = sa.text("type >= 'service.' AND type < 'service/'")
    op.create_index(
        "events_of_service_by_time",
        "events",
        ["shop_id", "at"],
        sqlite_where=service,
        postgresql_where=service,
    )
