"""By which models a threshold was found, and how sure others are of what was reviewed"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Brings the schema to this revision."""
    op.add_column("budgets", sa.Column("models", sa.String(), nullable=False, server_default=""))
    op.create_table(
        "estimates",
        sa.Column("document_id", _BIG, nullable=False),
        sa.Column("task_id", sa.String(), nullable=False),
        sa.Column("models", sa.String(), nullable=False),
        sa.Column("likely", sa.Float(precision=53), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id", "task_id"],
            ["tasks.document_id", "tasks.id"],
            name=op.f("fk_estimates_document_id_tasks"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("document_id", "task_id", "models", name=op.f("pk_estimates")),
    )


def downgrade() -> None:
    """Takes this revision back."""
    op.drop_table("estimates")
    op.drop_column("budgets", "models")
