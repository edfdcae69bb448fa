"""when people answer shoppers

Revision: 0007, after 0006.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("service_settings", schema=None) as batch_op:
        batch_op.add_column(sa.Column("opens", sa.String(length=5), nullable=True))
        batch_op.add_column(sa.Column("closes", sa.String(length=5), nullable=True))
