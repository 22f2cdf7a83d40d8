"""Runs over archives"""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Brings the schema to this revision."""
    op.create_table(
        "runs",
        sa.Column("id", _BIG, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("who", sa.String(), nullable=False),
        sa.Column("roots", sa.JSON(), nullable=False),
        sa.Column("engine", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("files", _BIG, nullable=False),
        sa.Column("bytes", _BIG, nullable=False),
        sa.Column("pages", _BIG, nullable=False),
        sa.Column("left", sa.Float(precision=53), nullable=True),
        sa.Column("begun_at", sa.Float(precision=53), nullable=False),
        sa.Column("alive_at", sa.Float(precision=53), nullable=False),
        sa.Column("ended_at", sa.Float(precision=53), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_runs")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "run_files",
        sa.Column("run_id", _BIG, nullable=False),
        sa.Column("digest", sa.String(length=32), nullable=False),
        sa.Column("position", _BIG, nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("message", sa.String(), nullable=False),
        sa.Column("earlier", sa.Boolean(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("bytes", _BIG, nullable=False),
        sa.Column("seconds", sa.Float(precision=53), nullable=False),
        sa.ForeignKeyConstraint(
            ["run_id"], ["runs.id"], name=op.f("fk_run_files_run_id_runs"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("run_id", "digest", name=op.f("pk_run_files")),
    )
    op.create_index("ix_run_files_outcomes", "run_files", ["run_id", "outcome", "reason"])
    op.create_index("ix_run_files_slowest", "run_files", ["run_id", "seconds"])
    op.create_index(op.f("ix_run_files_sha256"), "run_files", ["sha256"])


def downgrade() -> None:
    """Takes this revision back."""
    op.drop_table("run_files")
    op.drop_table("runs")
