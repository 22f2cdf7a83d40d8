"""Indexes from which the overview of the book is read"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_TABLE = "duty_standings"
_ASKED = ("counted", "secret", "clearance", "lead_key")
_INDEXES = {
    "ix_duty_standings_span": (("until", "since"), "until IS NOT NULL"),
    "ix_duty_standings_open": (
        ("due_on", "life", "done_on", "assigned_on", "lead_name", "duty_id", *_ASKED),
        "until IS NULL AND life <> 'done' AND life <> 'cancelled'",
    ),
    "ix_duty_standings_done": (("done_on", "due_on", *_ASKED), "until IS NULL AND life = 'done'"),
    "ix_duty_standings_given": (("assigned_on", "life", *_ASKED), "until IS NULL"),
}


def upgrade() -> None:
    """Brings the schema to this revision."""
    op.drop_index("ix_duty_standings_span", _TABLE)
    for name, (columns, which) in _INDEXES.items():
        where = sa.text(which)
        op.create_index(name, _TABLE, columns, sqlite_where=where, postgresql_where=where)


def downgrade() -> None:
    """Takes this revision back."""
    for name in _INDEXES:
        op.drop_index(name, _TABLE)
    op.create_index("ix_duty_standings_span", _TABLE, ["until", "since"])
