"""conversations with shoppers, and the chat on a shop's pages

Revision: 0008, after 0007.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import zhanggui.base.db

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    moment = zhanggui.base.db.UtcDateTime(timezone=True)
    op.create_table(
        "conversations",
        sa.Column("shop_id", sa.String(length=48), nullable=False),
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("visitor_id", sa.String(length=40), nullable=False),
        sa.Column("buyer_id", sa.String(length=40), nullable=True),
        sa.Column("product_id", sa.String(length=64), nullable=True),
        sa.Column("order_id", sa.String(length=64), nullable=True),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("assignee", sa.String(length=64), nullable=True),
        sa.Column("cause", sa.String(length=12), nullable=True),
        sa.Column("skill", sa.String(length=12), nullable=True),
        sa.Column("is_urgent", sa.Boolean(), nullable=False),
        sa.Column("due_at", moment, nullable=True),
        sa.Column("tags", sa.JSON(), nullable=False),
        sa.Column("resumes_at", moment, nullable=True),
        sa.Column("last_seq", sa.Integer(), nullable=False),
        sa.Column("shopper_seq", sa.Integer(), nullable=False),
        sa.Column("answered_seq", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("started_at", moment, nullable=False),
        sa.Column("last_at", moment, nullable=False),
        sa.Column("waiting_since", moment, nullable=True),
        sa.Column("closed_at", moment, nullable=True),
        sa.Column("rating", sa.Integer(), nullable=True),
        sa.Column("rating_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("rated_at", moment, nullable=True),
        sa.PrimaryKeyConstraint("shop_id", "id"),
    )
    op.create_index("conversations_by_time", "conversations", ["shop_id", "last_at"])
    op.create_index("conversations_by_state", "conversations", ["shop_id", "state", "last_at"])
    op.create_index("conversations_by_buyer", "conversations", ["shop_id", "buyer_id"])
    op.create_table(
        "messages",
        sa.Column("shop_id", sa.String(length=48), nullable=False),
        sa.Column("conversation_id", sa.String(length=40), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("client_id", sa.String(length=64), nullable=True),
        sa.Column("author", sa.String(length=8), nullable=False),
        sa.Column("author_id", sa.String(length=64), nullable=True),
        sa.Column("text_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("attachments", sa.JSON(), nullable=False),
        sa.Column("decision", sa.String(length=16), nullable=True),
        sa.Column("confidence", sa.Float(), nullable=True),
        sa.Column("sources", sa.JSON(), nullable=False),
        sa.Column("work_item_id", sa.String(length=40), nullable=True),
        sa.Column("answers", sa.Integer(), nullable=True),
        sa.Column("mentions", sa.JSON(), nullable=False),
        sa.Column("at", moment, nullable=False),
        sa.PrimaryKeyConstraint("shop_id", "conversation_id", "seq"),
    )
    place = ["shop_id", "conversation_id"]
    op.create_index("messages_by_client", "messages", [*place, "client_id"], unique=True)
    op.create_index("messages_by_decision", "messages", ["shop_id", "decision", "at"])
    op.create_index("messages_by_answered", "messages", [*place, "answers"], unique=True)
    op.create_table(
        "conversation_turns",
        sa.Column("shop_id", sa.String(length=48), nullable=False),
        sa.Column("conversation_id", sa.String(length=40), nullable=False),
        sa.Column("due_at", moment, nullable=False),
        sa.Column("leased_by", sa.String(length=64), nullable=True),
        sa.Column("leased_until", moment, nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("shop_id", "conversation_id"),
    )
    op.create_index("conversation_turns_by_time", "conversation_turns", ["due_at"])
    op.create_table(
        "chat_widgets",
        sa.Column("shop_id", sa.String(length=48), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("rotation", sa.Integer(), nullable=False),
        sa.Column("origins", sa.JSON(), nullable=False),
        sa.Column("color", sa.String(length=7), nullable=True),
        sa.Column("greeting", sa.String(length=200), nullable=True),
        sa.Column("product_url", sa.String(length=300), nullable=True),
        sa.Column("order_url", sa.String(length=300), nullable=True),
        sa.Column("silence_minutes", sa.Integer(), nullable=True),
        sa.Column("seen_at", moment, nullable=True),
        sa.Column("seen_on", sa.String(length=300), nullable=True),
        sa.Column("updated_at", moment, nullable=False),
        sa.Column("updated_by", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("shop_id"),
    )
    op.create_table(
        "desk_agents",
        sa.Column("shop_id", sa.String(length=48), nullable=False),
        sa.Column("user_id", sa.String(length=64), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("skills", sa.JSON(), nullable=False),
        sa.Column("most", sa.Integer(), nullable=False),
        sa.Column("given_at", moment, nullable=True),
        sa.Column("updated_at", moment, nullable=False),
        sa.PrimaryKeyConstraint("shop_id", "user_id"),
    )
    op.create_table(
        "desk_looks",
        sa.Column("shop_id", sa.String(length=48), nullable=False),
        sa.Column("conversation_id", sa.String(length=40), nullable=False),
        sa.Column("user_id", sa.String(length=64), nullable=False),
        sa.Column("seen_at", moment, nullable=False),
        sa.Column("typed_at", moment, nullable=True),
        sa.PrimaryKeyConstraint("shop_id", "conversation_id", "user_id"),
    )
    op.add_column("service_settings", sa.Column("answer_minutes", sa.Integer(), nullable=True))
