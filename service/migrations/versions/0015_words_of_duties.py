"""Duties are searched by an index of their words"""

from alembic import op

from service.searching.index import DUTIES, install, remove

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Brings the schema to this revision."""
    install(op.get_bind(), DUTIES)


def downgrade() -> None:
    """Takes this revision back."""
    remove(op.get_bind(), DUTIES)
