"""what people's answers teach, and the gaps that were decided on

Revision: 0014, after 0010.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import zhanggui.base.db

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("messages", sa.Column("cause", sa.String(length=12), nullable=True))
    proposals = "knowledge_proposals"
    source = sa.Column("source", sa.String(length=8), nullable=False, server_default="log")
    op.add_column(proposals, source)
    op.add_column(proposals, sa.Column("said", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column(proposals, sa.Column("faq_id", sa.String(length=64), nullable=True))
    op.add_column(proposals, sa.Column("made", sa.JSON(none_as_null=True), nullable=True))
    op.create_table(
        "service_gaps",
        sa.Column("shop_id", sa.String(length=48), nullable=False),
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("status", sa.String(length=12), nullable=False),
        sa.Column("members", sa.JSON(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("wording_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("conversation_id", sa.String(length=40), nullable=False),
        sa.Column("proposal_id", sa.String(length=40), nullable=True),
        sa.Column("decided_at", zhanggui.base.db.UtcDateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("shop_id", "id"),
    )
