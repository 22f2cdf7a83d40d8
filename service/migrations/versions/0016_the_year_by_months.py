"""The year by months as sums; indexes of what waits for a decision, and of the lists in their order"""

import sqlalchemy as sa
from alembic import op

from service.tracking.months import recount

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_NOW = "until IS NULL AND {} AND counted IS {{}} AND secret IS {{}}"
_READ_NO_MORE = {
    "ix_duty_standings_done": (("done_on", "due_on", "clearance"), _NOW.format("life = 'done'")),
    "ix_duty_standings_given": (("assigned_on", "clearance"), _NOW.format("life <> 'cancelled'")),
}
_GOING = "life <> 'done' AND life <> 'cancelled' AND life <> 'suspended'"
_WAITING = "life IN ('awaiting', 'adjustment_asked', 'refused') AND counted IS {} AND secret IS {}"


def upgrade() -> None:
    """Brings the schema to this revision."""
    op.create_table(
        "duty_months",
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("lead_key", sa.String(), nullable=False),
        sa.Column("clearance", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.PrimaryKeyConstraint("month", "kind", "lead_key", "clearance", name=op.f("pk_duty_months")),
    )
    recount(op.get_bind())
    for name in _READ_NO_MORE:
        op.drop_index(name, "duty_standings")
    columns = ["due_key", "id", "with_leader", "clearance"]
    _index("ix_duties_waiting", "duties", columns, _WAITING)
    op.create_index("ix_duties_due", "duties", ["due_key", "id"])
    _index("ix_duties_going", "duties", ["due_key", "id"], _GOING)


def downgrade() -> None:
    """Takes this revision back."""
    for name in ("ix_duties_going", "ix_duties_due", "ix_duties_waiting"):
        op.drop_index(name, "duties")
    for name, (columns, which) in _READ_NO_MORE.items():
        _index(name, "duty_standings", list(columns), which)
    op.drop_table("duty_months")


def _index(name: str, table: str, columns: list[str], which: str) -> None:
    here, there = sa.text(which.format(1, 0)), sa.text(which.format("true", "false"))
    op.create_index(name, table, columns, sqlite_where=here, postgresql_where=there)
