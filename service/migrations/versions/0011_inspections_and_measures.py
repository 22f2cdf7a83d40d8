"""Inspections, what they found, what follows; measures against units"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _to(table: str, column: str, other: str, *, on_delete: str = "CASCADE") -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name, ondelete=on_delete)


def upgrade() -> None:
    """Brings the schema to this revision."""
    op.create_table(
        "inspections",
        sa.Column("id", _BIG, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("ground_number", sa.String(), nullable=False),
        sa.Column("ground_on", sa.Date(), nullable=True),
        sa.Column("ground", sa.String(), nullable=False),
        sa.Column("period_begin", sa.Date(), nullable=True),
        sa.Column("period_end", sa.Date(), nullable=True),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("contents", sa.JSON(), nullable=False),
        sa.Column("members", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("nature", sa.String(), nullable=False),
        sa.Column("degree", sa.String(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("responsibility", sa.String(), nullable=False),
        sa.Column("concluded_number", sa.String(), nullable=False),
        sa.Column("concluded_on", sa.Date(), nullable=True),
        sa.Column("ended_note", sa.String(), nullable=False),
        sa.Column("planned_by", sa.String(), nullable=False),
        sa.Column("entered_at", sa.Float(precision=53), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspections")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_inspections_state", "inspections", ["state", "id"])
    op.create_table(
        "inspection_units",
        sa.Column("id", _BIG, nullable=False),
        sa.Column("inspection_id", _BIG, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_key", sa.String(), nullable=False),
        sa.Column("unit_id", sa.String(), nullable=True),
        _to("inspection_units", "inspection_id", "inspections"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspection_units")),
        sa.UniqueConstraint(
            "inspection_id", "position", name=op.f("uq_inspection_units_inspection_id_position")
        ),
    )
    op.create_index(op.f("ix_inspection_units_name_key"), "inspection_units", ["name_key"])
    op.create_index("ix_inspection_units_unit", "inspection_units", ["unit_id", "inspection_id"])
    op.create_table(
        "findings",
        sa.Column("id", _BIG, nullable=False),
        sa.Column("inspection_id", _BIG, nullable=False),
        sa.Column("duty_id", _BIG, nullable=False),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column("found", sa.JSON(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("snapshot", sa.JSON(), nullable=False),
        sa.Column("lead_name", sa.String(), nullable=False),
        sa.Column("lead_key", sa.String(), nullable=False),
        sa.Column("found_on", sa.Date(), nullable=True),
        sa.Column("found_by", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        _to("findings", "inspection_id", "inspections"),
        _to("findings", "duty_id", "duties"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_findings")),
        sa.UniqueConstraint("inspection_id", "duty_id", name=op.f("uq_findings_inspection_id_duty_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_findings_duty_id"), "findings", ["duty_id"])
    op.create_index(op.f("ix_findings_lead_key"), "findings", ["lead_key"])
    op.create_table(
        "follow_ups",
        sa.Column("duty_id", _BIG, nullable=False),
        sa.Column("inspection_id", _BIG, nullable=False),
        sa.Column("finding_id", _BIG, nullable=True),
        _to("follow_ups", "duty_id", "duties"),
        _to("follow_ups", "inspection_id", "inspections"),
        _to("follow_ups", "finding_id", "findings", on_delete="SET NULL"),
        sa.PrimaryKeyConstraint("duty_id", name=op.f("pk_follow_ups")),
    )
    op.create_index(op.f("ix_follow_ups_inspection_id"), "follow_ups", ["inspection_id"])
    op.create_index(op.f("ix_follow_ups_finding_id"), "follow_ups", ["finding_id"])
    op.create_table(
        "measures",
        sa.Column("id", _BIG, nullable=False),
        sa.Column("duty_id", _BIG, nullable=False),
        sa.Column("finding_id", _BIG, nullable=True),
        sa.Column("unit_name", sa.String(), nullable=False),
        sa.Column("unit_key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.Column("document_number", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("reply_by", sa.Date(), nullable=True),
        sa.Column("taken_by", sa.String(), nullable=False),
        sa.Column("noted_at", sa.Float(precision=53), nullable=False),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.Column("settled_note", sa.String(), nullable=False),
        sa.Column("withdrawn_at", sa.Float(precision=53), nullable=True),
        sa.Column("withdrawn_note", sa.String(), nullable=False),
        _to("measures", "duty_id", "duties"),
        _to("measures", "finding_id", "findings", on_delete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measures")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_measures_duty_id"), "measures", ["duty_id"])
    op.create_index(op.f("ix_measures_finding_id"), "measures", ["finding_id"])
    op.create_index(op.f("ix_measures_taken_on"), "measures", ["taken_on"])
    op.create_index("ix_measures_unit", "measures", ["unit_key", "taken_on"])


def downgrade() -> None:
    """Takes this revision back."""
    for table in ("measures", "follow_ups", "findings", "inspection_units", "inspections"):
        op.drop_table(table)
