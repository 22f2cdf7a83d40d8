"""A workbook's bytes in, its sheets and what their rows say out, before anything is entered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from pipeline.errors import Reason
from pipeline.text import nfc
from pipeline.units.register import Register
from service.bootstrap import BOOK_READER
from service.child import Child, Failed, Refused
from service.importing.columns import NEEDED, ROLES, Headings, headings_of
from service.importing.rows import Read, Setting, rows_of
from service.reader import Part
from service.settings import Settings
from service.spool import Spool
from service.store import Store
from service.wording import REFUSALS


class NotRead(ValueError):  # noqa: N818 - says what is the case
    """The workbook cannot be read, or is not to be; the message is for people."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would do: the sheets' names and the one taken, its headings, which column holds what,
    the rows; `known` are the duties of rows that were imported before."""

    sha256: str
    sheets: tuple[str, ...]
    sheet: str
    headings: tuple[str, ...]
    columns: Mapping[str, int]
    likeness: Mapping[str, float]
    rows: tuple[Read, ...]
    known: Mapping[str, int]

    @property
    def missing(self) -> list[str]:
        """What no column was found for, and every row needs."""
        return [role for role in NEEDED if role not in self.columns]

    @property
    def new(self) -> list[Read]:
        """Rows that would be entered."""
        return [one for one in self.rows if one.duty is not None and one.identity not in self.known]

    @property
    def unread(self) -> list[Read]:
        """Rows that cannot be."""
        return [one for one in self.rows if one.cause]

    @property
    def there(self) -> int:
        """How many were entered before."""
        return sum(one.duty is not None and one.identity in self.known for one in self.rows)


@dataclass(frozen=True, slots=True)
class Wish:
    """How the user wants it read: whose book it is, its sheet, its columns; empty values are found out."""

    issuer: str = ""
    sheet: str = ""
    columns: Mapping[str, int] = field(default_factory=dict)


def understood(
    settings: Settings,
    store: Store,
    spool: Spool,
    register: Register,
    name: str,
    content: bytes,
    wish: Wish,
) -> Preview:
    """A workbook from its bytes to what an import would do; raises `NotRead`."""
    sheets = sheets_in(settings, store, spool, name, content)
    with store.reading() as work:
        setting = Setting(register, nfc(wish.issuer)[:300], work.book.today())
        known = work.former.known()
    return preview(content, sheets, setting, known, sheet=wish.sheet, columns=wish.columns)


def sheets_in(
    settings: Settings, store: Store, spool: Spool, name: str, content: bytes
) -> list[Mapping[str, Any]]:
    """The sheets, read in a bounded child; raises `NotRead`. Of a refused workbook only the hash stays."""
    key = sha256(content).hexdigest()
    with store.reading() as work:
        why = work.refused(key)
    if why:
        raise NotRead(REFUSALS.get(why, why))
    bounded = {
        "child_wall_seconds": settings.duty_file_seconds,
        "child_cpu_seconds": settings.duty_file_seconds,
    }
    child = Child(settings.model_copy(update=bounded), BOOK_READER, spool)
    try:
        answer = child.read([Part(name, content)])
    finally:
        child.close()
    if isinstance(answer, Refused):
        with store.begin() as work:
            work.refuse(key, answer.why)
        raise NotRead(REFUSALS.get(answer.why, answer.why))
    if isinstance(answer, Failed):
        raise NotRead(answer.message or Reason(answer.reason).value)
    found: list[Mapping[str, Any]] = answer.record["sheets"]
    return found


def preview(
    content: bytes,
    sheets: Sequence[Mapping[str, Any]],
    setting: Setting,
    known: Mapping[str, int],
    *,
    sheet: str = "",
    columns: Mapping[str, int] | None = None,
) -> Preview:
    """What the sheet's rows say, by the columns that the user names, else by those that are found; raises
    `NotRead` where no sheet has headings of a book."""
    headed = {one["name"]: (one, found) for one in sheets if (found := headings_of(one["rows"], one["ends"]))}
    if not headed:
        raise NotRead("không thấy dòng tiêu đề có cột nội dung nhiệm vụ (no headings of a book found)")
    likeliest = max(headed, key=lambda name: len(headed[name][1].columns))
    taken, found = headed[sheet if sheet in headed else likeliest]
    used = _usable(columns, found) if columns and sheet in headed else dict(found.columns)
    rows = rows_of(taken["rows"], found.end, used, taken["secret"], setting) if {*NEEDED} <= {*used} else []
    return Preview(
        sha256(content).hexdigest(),
        tuple(headed),
        taken["name"],
        found.names,
        used,
        found.likeness,
        tuple(rows),
        known,
    )


def _usable(columns: Mapping[str, int], found: Headings) -> dict[str, int]:
    return {
        role: column for role, column in columns.items() if role in ROLES and 0 <= column < len(found.names)
    }
