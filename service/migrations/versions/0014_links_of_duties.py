"""The central duty under which a proposal would put another"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Brings the schema to this revision."""
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.add_column("proposals", sa.Column("whole_id", number, nullable=True))


def downgrade() -> None:
    """Takes this revision back."""
    with op.batch_alter_table("proposals", schema=None, recreate="never") as batch_op:
        batch_op.drop_column("whole_id")
