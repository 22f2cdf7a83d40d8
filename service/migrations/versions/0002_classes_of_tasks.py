"""Classes of tasks: timing, source, level of the assigner, urgency, expected product"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_CLASSES = ("timing", "source", "assigner", "urgency", "product")
# what the deadline's kind says of tasks that are stored already; other classes come with the next reading
_TIMING = """UPDATE tasks SET timing = CASE deadline_kind
    WHEN 'date' THEN 'dated' WHEN 'none' THEN 'undated' ELSE deadline_kind END"""


def upgrade() -> None:
    """Brings the schema to this revision."""
    with op.batch_alter_table("tasks", schema=None) as batch_op:
        for name in _CLASSES:
            batch_op.add_column(sa.Column(name, sa.String(), nullable=True))
    op.execute(_TIMING)


def downgrade() -> None:
    """Takes this revision back."""
    with op.batch_alter_table("tasks", schema=None) as batch_op:
        for name in reversed(_CLASSES):
            batch_op.drop_column(name)
