"""Letters by the exchange"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Brings the schema to this revision."""
    op.create_table(
        "sent_letters",
        sa.Column("id", _BIG, nullable=False),
        sa.Column("document_id", sa.String(), nullable=False),
        sa.Column("organ", sa.String(), nullable=False),
        sa.Column("unit_key", sa.String(), nullable=False),
        sa.Column("unit_name", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("packed_at", sa.Float(precision=53), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sent_letters")),
        sa.UniqueConstraint("document_id", name=op.f("uq_sent_letters_document_id")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("sent_letters", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sent_letters_unit_key"), ["unit_key"], unique=False)
    op.create_table(
        "sent_letter_duties",
        sa.Column("letter_id", _BIG, nullable=False),
        sa.Column("duty_id", _BIG, nullable=False),
        sa.ForeignKeyConstraint(
            ["duty_id"],
            ["duties.id"],
            name=op.f("fk_sent_letter_duties_duty_id_duties"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["letter_id"],
            ["sent_letters.id"],
            name=op.f("fk_sent_letter_duties_letter_id_sent_letters"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("letter_id", "duty_id", name=op.f("pk_sent_letter_duties")),
    )
    with op.batch_alter_table("sent_letter_duties", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sent_letter_duties_duty_id"), ["duty_id"], unique=False)


def downgrade() -> None:
    """Takes this revision back."""
    with op.batch_alter_table("sent_letter_duties", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sent_letter_duties_duty_id"))

    op.drop_table("sent_letter_duties")
    with op.batch_alter_table("sent_letters", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sent_letters_unit_key"))

    op.drop_table("sent_letters")
