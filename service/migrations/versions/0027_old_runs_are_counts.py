"""Of old runs over an archive the counts alone are kept"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Brings the schema to this revision."""
    op.add_column("runs", sa.Column("counts", sa.JSON(), nullable=True))


def downgrade() -> None:
    """Takes this revision back."""
    op.drop_column("runs", "counts")
