"""Turns of sources: work is claimed by them; what is held or put back has one time and an index"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

_TIME = sa.Float(precision=53)
_PARTIAL = {
    "ix_jobs_open": (["kind", "source", "turn"], "finished_at IS NULL"),
    "ix_jobs_due": (["kind", "due_at"], "due_at IS NOT NULL"),
    "ix_jobs_owner": (["owner"], "owner IS NOT NULL"),
}


def upgrade() -> None:
    """Brings the schema to this revision."""
    op.drop_index("ix_jobs_next", "jobs")
    op.drop_index("ix_jobs_owner", "jobs")
    last = _last_number()
    with op.batch_alter_table("jobs", table_kwargs={"sqlite_autoincrement": True}) as batch_op:
        batch_op.add_column(sa.Column("source", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("turn", _TIME, nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("due_at", _TIME, nullable=True))
        batch_op.alter_column("owner", existing_type=sa.String(), nullable=True)
    _number_on(last)
    op.execute("UPDATE jobs SET turn = id, owner = NULLIF(owner, '')")
    op.execute("UPDATE jobs SET due_at = lease_until WHERE state = 'leased'")
    op.execute(
        "UPDATE jobs SET due_at = next_attempt_at, state = 'later'"
        " WHERE state = 'ready' AND next_attempt_at > created_at"
    )
    with op.batch_alter_table("jobs", recreate="never") as batch_op:
        for column in ("priority", "lease_until", "next_attempt_at"):
            batch_op.drop_column(column)
    op.create_index("ix_jobs_next", "jobs", ["kind", "state", "turn", "id"])
    for name, (columns, condition) in _PARTIAL.items():
        where = sa.text(condition)
        op.create_index(name, "jobs", columns, sqlite_where=where, postgresql_where=where)


def downgrade() -> None:
    """Takes this revision back."""
    for name in ("ix_jobs_next", *_PARTIAL):
        op.drop_index(name, "jobs")
    with op.batch_alter_table("jobs", recreate="never") as batch_op:
        batch_op.add_column(sa.Column("priority", sa.Integer(), nullable=False, server_default="0"))
        for column in ("lease_until", "next_attempt_at"):
            batch_op.add_column(sa.Column(column, _TIME, nullable=False, server_default="0"))
    op.execute("UPDATE jobs SET owner = COALESCE(owner, '')")
    op.execute("UPDATE jobs SET lease_until = due_at WHERE state = 'leased'")
    op.execute("UPDATE jobs SET next_attempt_at = due_at, state = 'ready' WHERE state = 'later'")
    last = _last_number()
    with op.batch_alter_table("jobs", table_kwargs={"sqlite_autoincrement": True}) as batch_op:
        for column in ("source", "turn", "due_at"):
            batch_op.drop_column(column)
        batch_op.alter_column("owner", existing_type=sa.String(), nullable=False)
    _number_on(last)
    op.create_index("ix_jobs_next", "jobs", ["kind", "state", "priority", "id"])
    op.create_index("ix_jobs_owner", "jobs", ["owner"])


def _last_number() -> int | None:
    """The highest id that SQLite ever gave; a table that is copied would forget those of rows that went."""
    if op.get_bind().dialect.name != "sqlite":
        return None
    return op.get_bind().execute(sa.text("SELECT seq FROM sqlite_sequence WHERE name = 'jobs'")).scalar()


def _number_on(last: int | None) -> None:
    if last is not None:
        given = {"last": last}
        op.get_bind().execute(sa.text("DELETE FROM sqlite_sequence WHERE name = 'jobs'"))
        op.get_bind().execute(
            sa.text("INSERT INTO sqlite_sequence (name, seq) VALUES ('jobs', :last)"), given
        )
