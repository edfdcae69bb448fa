"""channels by which shoppers write and staff are told

Revision: 0011, after 0010.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import zhanggui.base.db

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    moment = zhanggui.base.db.UtcDateTime(timezone=True)
    op.create_table(
        "channels",
        sa.Column("shop_id", sa.String(length=48), nullable=False),
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("url", sa.String(length=2000), nullable=True),
        sa.Column("corp_id", sa.String(length=64), nullable=True),
        sa.Column("open_kfid", sa.String(length=64), nullable=True),
        sa.Column("warn_minutes", sa.Integer(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("former_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("former_until", moment, nullable=True),
        sa.Column("cursor", sa.String(length=128), nullable=True),
        sa.Column("pull_at", moment, nullable=True),
        sa.Column("ticket_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("ticket_at", moment, nullable=True),
        sa.Column("leased_by", sa.String(length=64), nullable=True),
        sa.Column("leased_until", moment, nullable=True),
        sa.Column("last_in_at", moment, nullable=True),
        sa.Column("last_out_at", moment, nullable=True),
        sa.Column("failure", sa.String(length=16), nullable=True),
        sa.Column("failed_code", sa.Integer(), nullable=True),
        sa.Column("failed_at", moment, nullable=True),
        sa.Column("made_at", moment, nullable=False),
        sa.Column("made_by", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("shop_id", "id"),
    )
    op.create_index("channels_by_id", "channels", ["id"], unique=True)
    op.create_table(
        "channel_threads",
        sa.Column("shop_id", sa.String(length=48), nullable=False),
        sa.Column("channel_id", sa.String(length=40), nullable=False),
        sa.Column("sender_index", sa.String(length=32), nullable=False),
        sa.Column("conversation_id", sa.String(length=40), nullable=False),
        sa.Column("sender_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("sent_seq", sa.Integer(), nullable=False),
        sa.Column("sent_parts", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", moment, nullable=False),
        sa.Column("leased_by", sa.String(length=64), nullable=True),
        sa.Column("leased_until", moment, nullable=True),
        sa.Column("made_at", moment, nullable=False),
        sa.PrimaryKeyConstraint("shop_id", "channel_id", "sender_index"),
    )
    op.create_index(
        "channel_threads_by_conversation",
        "channel_threads",
        ["shop_id", "conversation_id"],
        unique=True,
    )
    op.create_table(
        "channel_alerts",
        sa.Column("shop_id", sa.String(length=48), nullable=False),
        sa.Column("channel_id", sa.String(length=40), nullable=False),
        sa.Column("conversation_id", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("mark", moment, nullable=False),
        sa.Column("told_at", moment, nullable=False),
        sa.PrimaryKeyConstraint("shop_id", "channel_id", "conversation_id", "kind"),
    )
