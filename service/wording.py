"""Keys of records in, what people read for them in Vietnamese out; every page and table uses these words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from pipeline.labels import (
    ASSIGNERS,
    CLAUSE_ROLES,
    FIELDS,
    FLAGS,
    MARKS,
    NATURES,
    PRODUCTS,
    TASK_SOURCES,
    TIMINGS,
    URGENCIES,
)
from service.budget.words import DRIFTS as BUDGET_DRIFTS
from service.budget.words import STANDINGS as BUDGET_STANDINGS
from service.checking.vocabulary import (
    CHECK_FIELDS,
    CONTENTS,
    INSPECTION_KINDS,
    INSPECTION_REASONS,
    INSPECTION_STATES,
    INSPECTION_STEPS,
    INSPECTION_VIEWS,
    MEASURES,
    RESULTS,
)
from service.deskwords import (
    ACTIONS,
    AUDITED,
    CHANGES,
    DELIVERIES,
    DELIVERY_FAULTS,
    EVENTS,
    EXTENTS,
    LOGIN_PROBLEMS,
    REASONS,
    REVIEWS,
    RIGHTS,
    ROLES,
    STATUSES,
)
from service.exchange.words import ANSWERS
from service.importing.words import IMPORT_COLUMNS, IMPORT_REMARKS
from service.incoming.words import STATES as MAIL_STATES
from service.incoming.words import TROUBLES as MAIL_TROUBLES
from service.reporting.words import PERIODS, REPORT_COLUMNS, REPORTS_BY, WRONG_PERIODS
from service.runs.words import OUTCOMES as RUN_OUTCOMES
from service.runs.words import REASONS as RUN_REASONS
from service.runs.words import STATES as RUN_STATES
from service.tracking.words import (
    BOOK_VIEWS,
    BUCKETS,
    DUTY_EVENTS,
    DUTY_FIELDS,
    LIVES,
    NOT_ALLOWED,
    ORIGINS,
    SECRECIES,
    STEP_REASONS,
    STEPS,
)
from service.urging.words import BAD_TEMPLATES, CHANNELS, MAIL_FAULTS, MAILS, REMINDER_KINDS, WEEKDAYS

__all__ = [
    "ACTIONS",
    "ANSWERS",
    "ASSIGNERS",
    "AUDITED",
    "BAD_TEMPLATES",
    "BOOK_VIEWS",
    "BUCKETS",
    "BUDGET_DRIFTS",
    "BUDGET_STANDINGS",
    "CHANGES",
    "CHANNELS",
    "CHECK_FIELDS",
    "CLASSES",
    "CLASS_KEYS",
    "CLAUSE_ROLES",
    "CONTENTS",
    "DEADLINE_KINDS",
    "DELIVERIES",
    "DELIVERY_FAULTS",
    "DOCUMENT_TYPES",
    "DUTY_EVENTS",
    "DUTY_FIELDS",
    "EVENTS",
    "EXTENTS",
    "FIELDS",
    "FLAGS",
    "HEADER_FIELDS",
    "IMPORT_COLUMNS",
    "IMPORT_REMARKS",
    "INSPECTION_KINDS",
    "INSPECTION_REASONS",
    "INSPECTION_STATES",
    "INSPECTION_STEPS",
    "INSPECTION_VIEWS",
    "LIVES",
    "LOGIN_PROBLEMS",
    "MAILS",
    "MAIL_FAULTS",
    "MAIL_STATES",
    "MAIL_TROUBLES",
    "MARKS",
    "MEASURES",
    "NATURES",
    "NOT_ALLOWED",
    "ORIGINS",
    "PERIODS",
    "PROBABILITIES",
    "PRODUCTS",
    "PURPOSES",
    "REASONS",
    "REFUSALS",
    "RELATIONS",
    "REMINDER_KINDS",
    "REPORTS_BY",
    "REPORT_COLUMNS",
    "RESULTS",
    "REVIEWS",
    "RIGHTS",
    "ROLES",
    "RUN_OUTCOMES",
    "RUN_REASONS",
    "RUN_STATES",
    "SECRECIES",
    "STATUSES",
    "STEPS",
    "STEP_REASONS",
    "TASK_SOURCES",
    "TIMINGS",
    "URGENCIES",
    "WEEKDAYS",
    "WRONG_PERIODS",
    "Say",
    "classes",
    "linked",
    "plain",
    "product",
    "words",
]

DOCUMENT_TYPES = {
    "chi_thi": "Chỉ thị",
    "cong_van": "Công văn",
    "cong_dien": "Công điện",
    "thong_bao": "Thông báo",
    "quyet_dinh": "Quyết định",
    "ke_hoach": "Kế hoạch",
    "nghi_quyet": "Nghị quyết",
    "other": "Văn bản khác",
}

DEADLINE_KINDS = {
    "date": "Ngày cụ thể",
    "recurring": "Định kỳ",
    "relative": "Tính từ một mốc",
    "event": "Theo sự kiện",
    "ongoing": "Thường xuyên",
    "none": "Không nêu thời hạn",
}

RELATIONS = {
    "extends": "Gia hạn",
    "amends": "Sửa đổi, điều chỉnh",
    "replaces": "Thay thế",
    "revokes": "Thu hồi, bãi bỏ",
    "carries_out": "Thực hiện",
}

HEADER_FIELDS = {
    "number": "Số, ký hiệu",
    "issued_on": "Ngày ban hành",
    "issuer": "Cơ quan ban hành",
    "type": "Loại văn bản",
    "subject": "Trích yếu",
    "signer": "Người ký",
    "addressees": "Kính gửi",
    "recipients": "Nơi nhận",
    "urgency": "Độ khẩn",
    "secrecy": "Độ mật",
    "exchange": "Đến qua trục từ",
    "purpose": "Mục đích gửi",
    "sender_due": "Hạn nơi gửi ghi",
}

PURPOSES = {"recall": "Thu hồi văn bản", "update": "Cập nhật văn bản", "replace": "Thay thế văn bản"}

PROBABILITIES = {
    "task": "Là nhiệm vụ",
    "text": "Lời văn",
    "leads": "Đơn vị chủ trì",
    "cooperators": "Đơn vị phối hợp",
    "deadline": "Thời hạn",
    "nature": "Tính chất",
    "field": "Lĩnh vực",
    "complete": "Trọn vẹn",
    "confidence": "Độ tin cậy chung",
}

REFUSALS = {
    "mat": "từ chối, văn bản có dấu MẬT (refused: secret)",
    "toi_mat": "từ chối, văn bản có dấu TỐI MẬT (refused: top secret)",
    "tuyet_mat": "từ chối, văn bản có dấu TUYỆT MẬT (refused: top secret)",
    "doubt": "giữ lại, nghi có dấu độ mật (held: perhaps a secrecy mark)",
    "purged": "từ chối, văn bản đã bị xóa hẳn (refused: was purged)",
}


Say = Callable[[str], str]
"""Words in Vietnamese in, what a reader is told out: the same, or another language's."""


def plain(said: str) -> str:
    """The words as they are."""
    return said


def words(names: dict[str, str], key: str | None) -> str:
    """The words for a key; a key that has none is shown itself."""
    return names.get(key, key) if key else ""


CLASSES = (
    ("Tính chất", "nature", NATURES),
    ("Lĩnh vực", "field", FIELDS),
    ("Loại thời hạn", "timing", TIMINGS),
    ("Nguồn giao", "source", TASK_SOURCES),
    ("Cấp giao", "assigner", ASSIGNERS),
    ("Độ khẩn", "urgency", URGENCIES),
)

# the classes by which tasks can be asked for, with their keys
CLASS_KEYS: dict[str, tuple[str, ...]] = {key: tuple(names) for _, key, names in CLASSES} | {
    "product": tuple(PRODUCTS)
}


def classes(task: Mapping[str, Any], say: Say = plain) -> list[tuple[str, str]]:
    """The classes of a task with their names, those that it has; the product stands with its words."""
    found = [(say(name), words(names, task.get(key))) for name, key, names in CLASSES]
    return [(name, say(said)) for name, said in found if said]


def product(task: Mapping[str, Any], say: Say = plain) -> str:
    """What a task asks to be handed in, with its words: "Kế hoạch …: “kế hoạch kiểm tra”"; "" for nothing."""
    key = task.get("product")
    kind = say(words(PRODUCTS, key)) if key not in (None, "none", "other") else ""
    quoted = f"“{task['output']}”" if task.get("output") else ""
    return ": ".join(filter(None, (kind, quoted)))


def linked(relation: dict[str, Any], say: Say = plain) -> str:
    """A relation to an earlier document in one line: "Gia hạn: mục 3, số 45/TB-UBND ngày 02/03/2024 → …"."""
    number = say("số") + f" {relation['number']}" if relation["number"] else ""
    named = ", ".join(filter(None, (relation["item"], number)))
    issued = say("ngày") + f" {_day(relation['issued_on'])}" if relation["issued_on"] else ""
    deadline = relation["deadline"]
    new = f"→ {_day(deadline['date']) if deadline['date'] else deadline['text']}" if deadline else ""
    said = " ".join(filter(None, (named, issued, new)))
    return f"{say(words(RELATIONS, relation['kind']))}: {said}"


def _day(iso: str) -> str:
    return "/".join(reversed(iso.split("-")))
