"""webhooks, and what was sent to them

Revision: 0010, after 0009.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import zhanggui.base.db

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    moment = zhanggui.base.db.UtcDateTime(timezone=True)
    op.create_table(
        "webhooks",
        sa.Column("shop_id", sa.String(length=48), nullable=False),
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("url", sa.String(length=2000), nullable=False),
        sa.Column("description", sa.String(length=200), nullable=False),
        sa.Column("kinds", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("secret_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("former_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("former_until", moment, nullable=True),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("stopped", sa.String(length=16), nullable=True),
        sa.Column("begins_at", moment, nullable=False),
        sa.Column("failing_since", moment, nullable=True),
        sa.Column("leased_by", sa.String(length=64), nullable=True),
        sa.Column("leased_until", moment, nullable=True),
        sa.Column("made_at", moment, nullable=False),
        sa.Column("made_by", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("shop_id", "id"),
    )
    op.create_table(
        "webhook_deliveries",
        sa.Column("shop_id", sa.String(length=48), nullable=False),
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("webhook_id", sa.String(length=40), nullable=False),
        sa.Column("event_seq", sa.BigInteger(), nullable=False),
        sa.Column("type", sa.String(length=64), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", moment, nullable=False),
        sa.Column("made_at", moment, nullable=False),
        sa.Column("tried_at", moment, nullable=True),
        sa.Column("code", sa.Integer(), nullable=True),
        sa.Column("failure", sa.String(length=16), nullable=True),
        sa.PrimaryKeyConstraint("shop_id", "id"),
    )
    table, of = "webhook_deliveries", ["shop_id", "webhook_id"]
    op.create_index("webhook_deliveries_by_event", table, [*of, "event_seq"], unique=True)
    op.create_index("webhook_deliveries_by_status", table, [*of, "status", "due_at"])
    op.create_index("webhook_deliveries_by_time", table, [*of, "made_at"])
    op.create_index("webhook_deliveries_by_try", table, [*of, "tried_at"])
    op.create_index("events_by_shops_place", "events", ["shop_id", "xid", "seq"])
