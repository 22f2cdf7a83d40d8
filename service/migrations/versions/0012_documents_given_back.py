"""Who gave a document, and from whom it came back"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Brings the schema to this revision."""
    op.add_column("documents", sa.Column("assigned_by", _NUMBER, nullable=True))
    op.add_column("documents", sa.Column("returned_from", _NUMBER, nullable=True))
    op.create_index("ix_documents_returned_from", "documents", ["returned_from"])


def downgrade() -> None:
    """Takes this revision back."""
    op.drop_index("ix_documents_returned_from", "documents")
    with op.batch_alter_table("documents", schema=None, recreate="never") as batch_op:
        batch_op.drop_column("returned_from")
        batch_op.drop_column("assigned_by")
