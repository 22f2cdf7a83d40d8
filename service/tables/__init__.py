"""The store's tables (SQLAlchemy declarative), the same on SQLite and PostgreSQL.

Times of work are seconds since 1970 by the database's clock; dates of documents are dates.
"""

from service.tables.audit import AuditEntry, AuditHead, AuditValue
from service.tables.base import Base
from service.tables.budget import Budget, BudgetStop, BudgetTask, Estimate
from service.tables.checking import Finding, FollowUp, Inspection, InspectionUnit, Measure
from service.tables.desk import Delivery, Export, ExportDocument, Upload, Webhook
from service.tables.documents import (
    Document,
    DocumentIssue,
    DocumentUnit,
    Refused,
    Source,
    StoredFile,
    Stub,
    Task,
    TaskUnit,
)
from service.tables.duplicates import DocumentBand, DocumentSketch, Twin
from service.tables.exchange import SentLetter, SentLetterDuty
from service.tables.incoming import Mail
from service.tables.jobs import Job
from service.tables.learning import LearnedModel, Promotion
from service.tables.people import (
    CalendarFeed,
    ClientToken,
    Identity,
    LoginAttempt,
    LoginFailure,
    User,
    WebSession,
)
from service.tables.relations import DocumentRelation, Proposal
from service.tables.review import ChangeGroup, Presence, TaskVersion
from service.tables.runs import Run, RunFile
from service.tables.tracking import Duty, DutyEvent, DutyFile, DutyMonth, DutyStanding, DutyUnit
from service.tables.urging import Digest, OfficeDay, Reminder, RemindersSeen, UnitAddress

__all__ = [
    "AuditEntry",
    "AuditHead",
    "AuditValue",
    "Base",
    "Budget",
    "BudgetStop",
    "BudgetTask",
    "CalendarFeed",
    "ChangeGroup",
    "ClientToken",
    "Delivery",
    "Digest",
    "Document",
    "DocumentBand",
    "DocumentIssue",
    "DocumentRelation",
    "DocumentSketch",
    "DocumentUnit",
    "Duty",
    "DutyEvent",
    "DutyFile",
    "DutyMonth",
    "DutyStanding",
    "DutyUnit",
    "Estimate",
    "Export",
    "ExportDocument",
    "Finding",
    "FollowUp",
    "Identity",
    "Inspection",
    "InspectionUnit",
    "Job",
    "LearnedModel",
    "LoginAttempt",
    "LoginFailure",
    "Mail",
    "Measure",
    "OfficeDay",
    "Presence",
    "Promotion",
    "Proposal",
    "Refused",
    "Reminder",
    "RemindersSeen",
    "Run",
    "RunFile",
    "SentLetter",
    "SentLetterDuty",
    "Source",
    "StoredFile",
    "Stub",
    "Task",
    "TaskUnit",
    "TaskVersion",
    "Twin",
    "UnitAddress",
    "Upload",
    "User",
    "WebSession",
    "Webhook",
]
