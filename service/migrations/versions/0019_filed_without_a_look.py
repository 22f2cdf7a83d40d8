"""Filed without a look"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Brings the schema to this revision."""
    op.create_table(
        "budgets",
        sa.Column("id", _BIG, nullable=False),
        sa.Column("set_at", sa.Float(precision=53), nullable=False),
        sa.Column("set_by", sa.String(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("wrong_share", sa.Float(precision=53), nullable=False),
        sa.Column("audit_share", sa.Float(precision=53), nullable=False),
        sa.Column("threshold", sa.Float(precision=53), nullable=True),
        sa.Column("reviewed", sa.Integer(), nullable=False),
        sa.Column("reference", sa.JSON(), nullable=False),
        sa.Column("stopped", sa.String(), nullable=False),
        sa.Column("stopped_at", sa.Float(precision=53), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_budgets")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "budget_tasks",
        sa.Column("document_id", _BIG, nullable=False),
        sa.Column("task_id", sa.String(), nullable=False),
        sa.Column("budget_id", _BIG, nullable=False),
        sa.Column("likely", sa.Float(precision=53), nullable=False),
        sa.Column("drawn", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["budget_id"], ["budgets.id"], name=op.f("fk_budget_tasks_budget_id_budgets")
        ),
        sa.ForeignKeyConstraint(
            ["document_id", "task_id"],
            ["tasks.document_id", "tasks.id"],
            name=op.f("fk_budget_tasks_document_id_task_id_tasks"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("document_id", "task_id", name=op.f("pk_budget_tasks")),
    )
    with op.batch_alter_table("budget_tasks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_budget_tasks_budget_id"), ["budget_id"], unique=False)


def downgrade() -> None:
    """Takes this revision back."""
    with op.batch_alter_table("budget_tasks", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_budget_tasks_budget_id"))

    op.drop_table("budget_tasks")
    op.drop_table("budgets")
