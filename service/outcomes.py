"""The one list of what can become of a file; every command, table and report uses it (docs/outcomes.md)."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from pipeline.errors import Reason


class Outcome(StrEnum):
    """What became of a file."""

    DONE = "done"
    NO_TASKS = "no_tasks"
    NEEDS_REVIEW = "needs_review"
    DUPLICATE_OF = "duplicate_of"
    STATUS_NOTED = "status_noted"
    REFUSED_SECRET = "refused_secret"  # noqa: S105 - no password
    FAILED = "failed"


TITLES = {
    Outcome.DONE: "xong (done)",
    Outcome.NO_TASKS: "không giao việc (no tasks)",
    Outcome.NEEDS_REVIEW: "cần xem lại (needs review)",
    Outcome.DUPLICATE_OF: "trùng tệp đã có (duplicate)",
    Outcome.STATUS_NOTED: "trả lời trạng thái, đã ghi (status noted)",
    Outcome.REFUSED_SECRET: "từ chối: văn bản mật (refused: secret)",
    Outcome.FAILED: "lỗi (failed)",
}


@dataclass(frozen=True, slots=True)
class Result:
    """A file's outcome with what belongs to it: `reason` when failed; `message` one plain line that says
    why it failed, was refused or is to be reviewed; `other` where the document that it repeats was found;
    `earlier` when a previous run settled it; `pages` and `seconds` what its reading now took."""

    outcome: Outcome
    sha256: str = ""
    reason: Reason | None = None
    message: str = ""
    other: str = ""
    earlier: bool = False
    pages: int = field(default=0, compare=False)
    seconds: float = field(default=0.0, compare=False)

    def __str__(self) -> str:
        return f"failed({self.reason})" if self.reason else str(self.outcome)


def failed(reason: Reason, message: str, sha256: str = "", *, earlier: bool = False) -> Result:
    """A failure with its reason from the closed list."""
    return Result(Outcome.FAILED, sha256, reason, message, earlier=earlier)
