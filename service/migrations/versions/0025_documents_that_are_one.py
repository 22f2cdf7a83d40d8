"""Sketches of documents' texts, and pairs that may be one document"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _of_document(column: str, table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_documents")
    return sa.ForeignKeyConstraint([column], ["documents.id"], name=name, ondelete="CASCADE")


def upgrade() -> None:
    """Brings the schema to this revision."""
    op.create_table(
        "document_sketches",
        sa.Column("document_id", _BIG, autoincrement=False, nullable=False),
        sa.Column("numbers", sa.LargeBinary(), nullable=False),
        sa.Column("shingles", sa.Integer(), nullable=False),
        _of_document("document_id", "document_sketches"),
        sa.PrimaryKeyConstraint("document_id", name=op.f("pk_document_sketches")),
    )
    op.create_table(
        "document_bands",
        sa.Column("band", _BIG, autoincrement=False, nullable=False),
        sa.Column("document_id", _BIG, nullable=False),
        _of_document("document_id", "document_bands"),
        sa.PrimaryKeyConstraint("band", "document_id", name=op.f("pk_document_bands")),
    )
    op.create_index(op.f("ix_document_bands_document_id"), "document_bands", ["document_id"])
    op.create_table(
        "twins",
        sa.Column("id", _BIG, nullable=False),
        sa.Column("first_id", _BIG, nullable=False),
        sa.Column("second_id", _BIG, nullable=False),
        sa.Column("contained", sa.Float(precision=53), nullable=False),
        sa.Column("shared", sa.Float(precision=53), nullable=False),
        sa.Column("figures", sa.Float(precision=53), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("kept_id", _BIG),
        sa.Column("group_id", _BIG),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("found_at", sa.Float(precision=53), nullable=False),
        sa.Column("decided_by", _BIG),
        sa.Column("decided_at", sa.Float(precision=53)),
        _of_document("first_id", "twins"),
        _of_document("second_id", "twins"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_twins")),
        sa.UniqueConstraint("first_id", "second_id", name=op.f("uq_twins_first_id_second_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_twins_second_id"), "twins", ["second_id"])
    op.create_index("ix_twins_state", "twins", ["state", "id"])


def downgrade() -> None:
    """Takes this revision back."""
    op.drop_table("twins")
    op.drop_table("document_bands")
    op.drop_table("document_sketches")
