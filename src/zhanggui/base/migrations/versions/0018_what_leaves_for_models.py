"""what leaves for models, and what else than tokens they are paid for

Revision: 0018, after 0017.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import zhanggui.base.db

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table, whole in (("model_calls", sa.Integer), ("model_days", sa.BigInteger)):
        with op.batch_alter_table(table) as batch:
            for name in ("pictures", "characters"):
                batch.add_column(sa.Column(name, whole(), nullable=False, server_default="0"))
            batch.add_column(sa.Column("seconds", sa.Float(), nullable=False, server_default="0"))
    with op.batch_alter_table("model_calls") as batch:
        batch.add_column(sa.Column("server", sa.String(64), nullable=False, server_default=""))
        for name in ("sent_characters", "sent_pictures"):
            batch.add_column(sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
        batch.add_column(
            sa.Column("is_near", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch.add_column(sa.Column("masked", sa.JSON(), nullable=False, server_default="{}"))
    op.create_table(
        "model_sharing",
        sa.Column("shop_id", sa.String(length=48), nullable=False),
        sa.Column("asks", sa.String(length=12), nullable=False),
        sa.Column("shoppers_words", sa.Boolean(), nullable=False),
        sa.Column("pictures", sa.Boolean(), nullable=False),
        sa.Column("changed_at", zhanggui.base.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("shop_id"),
    )
