"""pictures and films that are being made

Revision: 0019, after 0018.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import zhanggui.base.db

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    moment = zhanggui.base.db.UtcDateTime(timezone=True)
    op.create_table(
        "model_tasks",
        sa.Column("shop_id", sa.String(length=48), nullable=False),
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("request", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("result", sa.String(length=64), nullable=False),
        sa.Column("is_shared", sa.Boolean(), nullable=False),
        sa.Column("made_at", moment, nullable=False),
        sa.Column("room", sa.String(length=24), nullable=False),
        sa.Column("what", sa.String(length=40), nullable=False),
        sa.Column("who", sa.String(length=64), nullable=True),
        sa.Column("has_shoppers_words", sa.Boolean(), nullable=False),
        sa.Column("role", sa.String(length=24), nullable=False),
        sa.Column("only", sa.String(length=64), nullable=True),
        sa.Column("sent_characters", sa.Integer(), nullable=False),
        sa.Column("sent_pictures", sa.Integer(), nullable=False),
        sa.Column("masked", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("model", sa.String(length=64), nullable=True),
        sa.Column("server", sa.String(length=64), nullable=True),
        sa.Column("their_id", sa.String(length=128), nullable=True),
        sa.Column("submitted_at", moment, nullable=True),
        sa.Column("ended_at", moment, nullable=True),
        sa.Column("found", sa.JSON(), nullable=False),
        sa.Column("missed", sa.JSON(), nullable=False),
        sa.Column("failure", sa.String(length=12), nullable=True),
        sa.Column("results", sa.JSON(), nullable=False),
        sa.Column("used", sa.JSON(), nullable=False),
        sa.Column("expected_micro", sa.BigInteger(), nullable=False),
        sa.Column("cost_micro", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("shop_id", "id"),
    )
    op.create_index("model_tasks_by_request", "model_tasks", ["shop_id", "request"], unique=True)
    op.create_index("model_tasks_by_their_id", "model_tasks", ["server", "their_id"], unique=True)
    op.create_index("model_tasks_by_result", "model_tasks", ["result"])
    op.create_index("model_tasks_by_time", "model_tasks", ["shop_id", "made_at"])
