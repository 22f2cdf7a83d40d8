"""A viewer in, the conditions on rows that he may see out: the only place that decides it.

Every query of documents, pages and tasks takes its conditions from here, whatever asks: a page, a search, an
event stream, a feed, an export. A user of the role "unit" sees only what was filed: the tasks that name his
unit, and whole documents only where they were addressed or sent to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Select, and_, exists, false, or_, select, true
from sqlalchemy.orm import aliased

from service.access.roles import Right, Role, rights_of
from service.access.viewer import Viewer
from service.tables import (
    Digest,
    Document,
    DocumentUnit,
    Duty,
    DutyMonth,
    DutyStanding,
    DutyUnit,
    Export,
    Finding,
    Inspection,
    InspectionUnit,
    Measure,
    Task,
    TaskUnit,
    Upload,
    User,
)

FILED = "filed"
APPROVED = "approved"
CONCLUDED = ("concluded", "closed")
"""States of an inspection whose units are shown it."""


def documents_seen(viewer: Viewer) -> ColumnElement[bool]:
    """Which documents he may open, with all their pages."""
    if not viewer.may(Right.READ):
        return false()
    cleared = Document.clearance <= viewer.clearance
    if viewer.role is not Role.UNIT:
        return cleared
    went = exists().where(DocumentUnit.document_id == Document.id, is_his(DocumentUnit, viewer))
    return and_(cleared, Document.review == FILED, went)


def tasks_seen(viewer: Viewer) -> ColumnElement[bool]:
    """Which tasks he may see, in a query that also has `Document`."""
    if not viewer.may(Right.READ):
        return false()
    cleared = Document.clearance <= viewer.clearance
    if viewer.role is not Role.UNIT:
        return cleared
    named = exists().where(
        TaskUnit.document_id == Task.document_id, TaskUnit.task_id == Task.id, is_his(TaskUnit, viewer)
    )
    return and_(cleared, Document.review == FILED, Task.status == APPROVED, named)


def past_seen(viewer: Viewer) -> bool:
    """Whether he may see how a task that he sees read before: to a unit's user only what stands counts."""
    return viewer.may(Right.READ) and viewer.role is not Role.UNIT


def documents_with_tasks_seen(viewer: Viewer) -> ColumnElement[bool]:
    """Which documents he may know of: those that he may open, and those with a task that he may see."""
    if viewer.role is not Role.UNIT:
        return documents_seen(viewer)
    his = select(Task.id).where(Task.document_id == Document.id, tasks_seen(viewer)).correlate(Document)
    return or_(documents_seen(viewer), his.exists())


def tasks_named(viewer: Viewer) -> Select[*tuple[Any, ...]]:
    """The tasks that name one of his units, whatever else keeps them from him: to look these up first."""
    return select(TaskUnit.document_id, TaskUnit.task_id).where(is_his(TaskUnit, viewer))


def documents_named(viewer: Viewer) -> CompoundSelect[*tuple[Any, ...]]:
    """The same of documents that went to one of his units, or hold such a task."""
    went = select(DocumentUnit.document_id).where(is_his(DocumentUnit, viewer))
    return went.union(select(TaskUnit.document_id).where(is_his(TaskUnit, viewer)))


def duties_seen(viewer: Viewer) -> ColumnElement[bool]:
    """Which duties of the book he may see: a unit's user those that name his unit."""
    if not viewer.may(Right.READ):
        return false()
    cleared = Duty.clearance <= viewer.clearance
    if viewer.role is not Role.UNIT:
        return cleared
    return and_(cleared, exists().where(DutyUnit.duty_id == Duty.id, is_his(DutyUnit, viewer)))


def standings_seen(viewer: Viewer) -> ColumnElement[bool]:
    """Which rows of the book's figures count for him: a unit's user is shown what his unit leads."""
    return _led(DutyStanding, viewer)


def months_seen(viewer: Viewer) -> ColumnElement[bool]:
    """Which sums of them count for him: the same."""
    return _led(DutyMonth, viewer)


def digests_seen(viewer: Viewer) -> ColumnElement[bool]:
    """Whose reminders he is shown, in a query that also has `Duty`: a unit's user those to his units."""
    if not viewer.may(Right.READ):
        return false()
    if viewer.role is not Role.UNIT:
        return true()
    return Digest.unit_key.in_(keys_of(viewer))


def inspections_seen(viewer: Viewer) -> ColumnElement[bool]:
    """Which inspections he may know of: who follows or decides all; a unit's user those of his unit or of
    what it led, once they are concluded."""
    if not viewer.may(Right.READ):
        return false()
    if viewer.role is not Role.UNIT:
        return true() if viewer.may(Right.FOLLOW) or viewer.may(Right.DECIDE) else false()
    named = exists().where(InspectionUnit.inspection_id == Inspection.id, is_his(InspectionUnit, viewer))
    finding, duty = aliased(Finding), aliased(Duty)
    led = exists().where(
        finding.inspection_id == Inspection.id,
        finding.lead_key.in_(keys_of(viewer)),
        duty.id == finding.duty_id,
        duty.clearance <= viewer.clearance,
    )
    return and_(Inspection.state.in_(CONCLUDED), or_(named, led))


def findings_seen(viewer: Viewer) -> ColumnElement[bool]:
    """What of an inspection he may see, in a query that also has `Inspection` and `Duty`: duties of his
    clearance; a unit's user those that his unit led when they were looked at."""
    cleared = and_(Duty.clearance <= viewer.clearance, inspections_seen(viewer))
    if viewer.role is not Role.UNIT:
        return cleared
    return and_(cleared, Finding.lead_key.in_(keys_of(viewer)))


def measures_seen(viewer: Viewer) -> ColumnElement[bool]:
    """Which measures he may see, in a query that also has `Duty`: a unit's user those against his unit."""
    if not viewer.may(Right.READ):
        return false()
    cleared = Duty.clearance <= viewer.clearance
    if viewer.role is not Role.UNIT:
        return cleared
    return and_(cleared, Measure.unit_key.in_(keys_of(viewer)))


def uploads_seen(viewer: Viewer) -> ColumnElement[bool]:
    """Which uploads he may follow: his own."""
    return Upload.user_id == viewer.id if viewer.may(Right.UPLOAD) else false()


def holder_seen(viewer: Viewer) -> bool:
    """Whether he may see who reviews a document that he sees: no unit's business."""
    return viewer.may(Right.READ) and viewer.role is not Role.UNIT


def may_be_given() -> ColumnElement[bool]:
    """Which users can be given documents to review, those that their clearance covers."""
    roles = [role.value for role in Role if Right.REVIEW in rights_of(role)]
    return and_(User.active, User.role.in_(roles))


def exports_seen(viewer: Viewer) -> ColumnElement[bool]:
    """Which exports he may fetch: his own."""
    return Export.user_id == viewer.id if viewer.may(Right.EXPORT) else false()


def sight_of(viewer: Viewer) -> dict[str, Any]:
    """How far he sees, to be written down with what is made for him now."""
    return {
        "whole": viewer.role is not Role.UNIT,
        "clearance": viewer.clearance,
        "units": sorted(viewer.units),
        "unit_keys": sorted(viewer.unit_keys),
    }


def sees_as_far(viewer: Viewer, sight: Mapping[str, Any]) -> bool:
    """Whether he sees at least as far as somebody of this sight did."""
    if not viewer.may(Right.READ) or viewer.clearance < sight["clearance"]:
        return False
    if viewer.role is not Role.UNIT:
        return True
    named = {*sight["units"]} <= {*viewer.units} and {*sight["unit_keys"]} <= {*viewer.unit_keys}
    return named and not sight["whole"]


def keys_of(viewer: Viewer) -> list[str]:
    """His units as rows that have one column for a unit name them (service/tracking/rows.py)."""
    return [*viewer.units, *(f"~{key}" for key in viewer.unit_keys)]


def _led(table: type[DutyStanding | DutyMonth], viewer: Viewer) -> ColumnElement[bool]:
    if not viewer.may(Right.READ):
        return false()
    cleared = table.clearance <= viewer.clearance
    if viewer.role is not Role.UNIT:
        return cleared
    return and_(cleared, table.lead_key.in_(keys_of(viewer)))


def is_his(
    table: type[DocumentUnit | TaskUnit | DutyUnit | InspectionUnit], viewer: Viewer
) -> ColumnElement[bool]:
    """Whether a row names one of his units: by the register's id, by name where it has none."""
    by_name = and_(table.unit_id.is_(None), table.name_key.in_(viewer.unit_keys))
    return or_(table.unit_id.in_(viewer.units), by_name)
