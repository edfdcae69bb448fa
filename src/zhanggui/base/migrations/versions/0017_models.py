"""what models cost, and what they may

Revision: 0017, after 0016.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import zhanggui.base.db

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "model_calls",
        sa.Column("shop_id", sa.String(length=48), nullable=False),
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("at", zhanggui.base.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("room", sa.String(length=24), nullable=False),
        sa.Column("what", sa.String(length=40), nullable=False),
        sa.Column("who", sa.String(length=64), nullable=True),
        sa.Column("role", sa.String(length=24), nullable=False),
        sa.Column("model", sa.String(length=64), nullable=False),
        sa.Column("outcome", sa.String(length=12), nullable=False),
        sa.Column("read", sa.Integer(), nullable=False),
        sa.Column("written", sa.Integer(), nullable=False),
        sa.Column("cost_micro", sa.BigInteger(), nullable=False),
        sa.Column("ms", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("shop_id", "id"),
    )
    op.create_index("model_calls_by_time", "model_calls", ["shop_id", "at"])
    op.create_table(
        "model_days",
        sa.Column("shop_id", sa.String(length=48), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("room", sa.String(length=24), nullable=False),
        sa.Column("model", sa.String(length=64), nullable=False),
        sa.Column("calls", sa.Integer(), nullable=False),
        sa.Column("failed", sa.Integer(), nullable=False),
        sa.Column("read", sa.BigInteger(), nullable=False),
        sa.Column("written", sa.BigInteger(), nullable=False),
        sa.Column("cost_micro", sa.BigInteger(), nullable=False),
        sa.Column("ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("shop_id", "day", "room", "model"),
    )
    op.create_table(
        "model_budgets",
        sa.Column("shop_id", sa.String(length=48), nullable=False),
        sa.Column("room", sa.String(length=24), nullable=False),
        sa.Column("daily_fen", sa.BigInteger(), nullable=True),
        sa.Column("monthly_fen", sa.BigInteger(), nullable=True),
        sa.Column("changed_at", zhanggui.base.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("shop_id", "room"),
    )
