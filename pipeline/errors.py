"""The one error that a reader raises for a file it cannot or must not read."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """Why a file failed; the `reason` of the outcome `failed(reason)` everywhere in the product."""

    EMPTY = "empty"
    TRUNCATED = "truncated"
    ENCRYPTED = "encrypted"
    NO_PAGES = "no_pages"
    WRONG_TYPE = "wrong_type"
    UNSUPPORTED = "unsupported"
    TOO_LARGE = "too_large"
    TOO_MANY_PAGES = "too_many_pages"
    TOO_MANY_PIXELS = "too_many_pixels"
    BOMB = "bomb"
    DAMAGED = "damaged"
    MISSING_PROGRAM = "missing_program"
    TIMEOUT = "timeout"
    MEMORY = "memory"
    CRASHED = "crashed"
    UNREADABLE_FILE = "unreadable_file"
    INTERNAL = "internal"


class Unreadable(Exception):  # noqa: N818 - reads as what it says: the file is unreadable
    """A file that cannot be read, with a reason from the closed list and one plain sentence.

    The sentence never holds the document's text. A `final` one fails the whole document wherever it is met:
    of a page, a picture or an annex too.
    """

    def __init__(self, reason: Reason, message: str, *, final: bool = False) -> None:
        super().__init__(reason, message)
        self.reason = reason
        self.message = message
        self.final = final

    @property
    def dispensable(self) -> bool:
        """Whether what a missing program would have read may be left out, and an issue tell of it."""
        return self.reason is Reason.MISSING_PROGRAM and not self.final

    def __str__(self) -> str:
        return self.message
