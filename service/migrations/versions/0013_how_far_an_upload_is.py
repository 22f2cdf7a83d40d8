"""How far the reading of an upload is"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Brings the schema to this revision."""
    op.add_column("uploads", sa.Column("stage", sa.String(), nullable=False, server_default=""))
    op.add_column("uploads", sa.Column("page", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("uploads", sa.Column("pages", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    """Takes this revision back."""
    with op.batch_alter_table("uploads", schema=None, recreate="never") as batch_op:
        for name in ("pages", "page", "stage"):
            batch_op.drop_column(name)
