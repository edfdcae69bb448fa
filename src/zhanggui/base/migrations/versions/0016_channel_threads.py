"""what did not reach a shopper, which threads have something to send, and since when we listen

Revision: 0016, after 0014.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import zhanggui.base.db

revision = "0016"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    moment = zhanggui.base.db.UtcDateTime(timezone=True)
    op.add_column("messages", sa.Column("failure", sa.String(length=16), nullable=True))
    op.add_column("messages", sa.Column("failed_code", sa.Integer(), nullable=True))
    op.add_column("channels", sa.Column("begins_at", moment, nullable=True))
    with op.batch_alter_table("channel_threads", schema=None) as batch_op:
        # Every thread is looked at once more, and then only when something was said in it.
        batch_op.alter_column("due_at", existing_type=moment, nullable=True)
    op.create_index(
        "channel_threads_by_due", "channel_threads", ["shop_id", "channel_id", "due_at"]
    )
