"""Ids that do not come back, logins by an OpenID provider, what an export's user might see"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TABLES = ("change_groups", "client_tokens", "deliveries", "documents", "jobs", "stubs", "users", "webhooks")
_AUDITED = {"documents": "document", "webhooks": "webhook"}  # whose rows may have gone before


def upgrade() -> None:
    """Brings the schema to this revision."""
    op.create_table(
        "identities",
        sa.Column("user_id", _BIG, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_key", sa.String(), nullable=False),
        sa.Column("issuer", sa.String(), nullable=True),
        sa.Column("subject", sa.String(), nullable=True),
        sa.Column("bound_at", sa.Float(precision=53), nullable=True),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("fk_identities_user_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_identities")),
        sa.UniqueConstraint("name_key", name=op.f("uq_identities_name_key")),
        sa.UniqueConstraint("issuer", "subject", name=op.f("uq_identities_issuer_subject")),
    )
    op.create_table(
        "login_attempts",
        sa.Column("id_hash", sa.String(length=64), nullable=False),
        sa.Column("next", sa.String(), nullable=False),
        sa.Column("expires_at", sa.Float(precision=53), nullable=False),
        sa.PrimaryKeyConstraint("id_hash", name=op.f("pk_login_attempts")),
    )
    op.create_index(op.f("ix_login_attempts_expires_at"), "login_attempts", ["expires_at"])
    op.create_table(
        "export_documents",
        sa.Column("export_id", sa.String(length=32), nullable=False),
        sa.Column("document_id", _BIG, nullable=False),
        sa.ForeignKeyConstraint(
            ["export_id"],
            ["exports.id"],
            name=op.f("fk_export_documents_export_id_exports"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("export_id", "document_id", name=op.f("pk_export_documents")),
    )
    with op.batch_alter_table("exports", schema=None, recreate="never") as batch_op:
        batch_op.add_column(sa.Column("sight", sa.JSON(), nullable=True))
    with op.batch_alter_table("sessions", schema=None, recreate="never") as batch_op:
        batch_op.add_column(sa.Column("vouched", sa.Boolean(), nullable=False, server_default="0"))
    if op.get_bind().dialect.name == "sqlite":
        _number_for_good(op.get_bind())


def _number_for_good(connection: sa.Connection) -> None:
    """SQLite gives the id of the last row again once that is gone, unless a table is made with AUTOINCREMENT.

    The tables are copied, which must remove nothing from those that refer to them.
    """
    if connection.execute(sa.text("PRAGMA foreign_keys")).scalar():
        raise RuntimeError("foreign keys must be off while tables are made anew (service/migrations)")
    for name in _TABLES:
        with op.batch_alter_table(
            name, schema=None, recreate="always", table_kwargs={"sqlite_autoincrement": True}
        ):
            pass
    for name, subject in _AUDITED.items():
        numbers = (
            f"SELECT max(CAST(substr(subject, {len(subject) + 2}) AS INTEGER)) FROM audit"  # noqa: S608
            f" WHERE subject LIKE '{subject}:%'"
        )
        last = max(
            connection.execute(sa.text(query)).scalar() or 0
            for query in (numbers, f"SELECT max(id) FROM {name}")  # noqa: S608
        )
        connection.execute(sa.text("DELETE FROM sqlite_sequence WHERE name = :name"), {"name": name})
        connection.execute(
            sa.text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :last)"),
            {"name": name, "last": last},
        )


def downgrade() -> None:
    """Takes it back; ids that do not come back harm nobody and stay so."""
    with op.batch_alter_table("sessions", schema=None, recreate="never") as batch_op:
        batch_op.drop_column("vouched")
    with op.batch_alter_table("exports", schema=None, recreate="never") as batch_op:
        batch_op.drop_column("sight")
    op.drop_table("export_documents")
    op.drop_table("login_attempts")
    op.drop_table("identities")
