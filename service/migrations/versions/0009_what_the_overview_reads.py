"""Indexes from which the overview of the book is read"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_TABLE = "duty_standings"
_NOW = "until IS NULL AND {} AND counted IS {{}} AND secret IS {{}}"
_INDEXES = {
    "ix_duty_standings_span": (("until", "since"), "until IS NOT NULL"),
    "ix_duty_standings_open": (
        ("due_on", "life", "done_on", "assigned_on", "lead_name", "lead_key", "duty_id", "clearance"),
        _NOW.format("life <> 'done' AND life <> 'cancelled'"),
    ),
    "ix_duty_standings_done": (("done_on", "due_on", "clearance"), _NOW.format("life = 'done'")),
    "ix_duty_standings_given": (("assigned_on", "clearance"), _NOW.format("life <> 'cancelled'")),
}


def upgrade() -> None:
    """Brings the schema to this revision."""
    op.drop_index("ix_duty_standings_span", _TABLE)
    for name, (columns, which) in _INDEXES.items():
        here, there = sa.text(which.format(1, 0)), sa.text(which.format("true", "false"))
        op.create_index(name, _TABLE, columns, sqlite_where=here, postgresql_where=there)


def downgrade() -> None:
    """Takes this revision back."""
    for name in _INDEXES:
        op.drop_index(name, _TABLE)
    op.create_index("ix_duty_standings_span", _TABLE, ["until", "since"])
