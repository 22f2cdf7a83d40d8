"""When filing without a look stopped by itself"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Brings the schema to this revision."""
    op.create_table(
        "budget_stops",
        sa.Column("id", _BIG, nullable=False),
        sa.Column("budget_id", _BIG, nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("at", sa.Float(precision=53), nullable=False),
        sa.Column("ended_at", sa.Float(precision=53), nullable=True),
        sa.Column("mail", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_attempt_at", sa.Float(precision=53), nullable=False),
        sa.Column("fault", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["budget_id"], ["budgets.id"], name=op.f("fk_budget_stops_budget_id_budgets")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_budget_stops")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_budget_stops_mail", "budget_stops", ["mail", "next_attempt_at"])
    op.create_index(op.f("ix_budget_stops_budget_id"), "budget_stops", ["budget_id"])


def downgrade() -> None:
    """Takes this revision back."""
    op.drop_index(op.f("ix_budget_stops_budget_id"), table_name="budget_stops")
    op.drop_index("ix_budget_stops_mail", table_name="budget_stops")
    op.drop_table("budget_stops")
