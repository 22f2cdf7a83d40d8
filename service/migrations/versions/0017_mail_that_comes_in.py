"""Mail that comes in"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Brings the schema to this revision."""
    op.create_table(
        "mails",
        sa.Column("id", _BIG, nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("validity", _BIG, nullable=False),
        sa.Column("uid", _BIG, nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("batch", sa.String(length=32), nullable=False),
        sa.Column("trouble", sa.String(), nullable=False),
        sa.Column("sender", sa.String(), nullable=False),
        sa.Column("taken_at", sa.Float(precision=53), nullable=False),
        sa.Column("settled_at", sa.Float(precision=53), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mails")),
        sa.UniqueConstraint("account", "validity", "uid", name=op.f("uq_mails_account_validity_uid")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("mails", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mails_batch"), ["batch"], unique=False)


def downgrade() -> None:
    """Takes this revision back."""
    with op.batch_alter_table("mails", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mails_batch"))

    op.drop_table("mails")
