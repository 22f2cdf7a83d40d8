"""The overdue duties of a unit in, the values of the official letter that urges it out; the template is the
office's own, else the shipped one."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from service.settings import Settings
from service.tables import Duty
from service.tracking.words import LIVES
from service.urging.template import render

OPEN_NUMBER = "      "
"""Where the clerk writes the number in."""


@dataclass(frozen=True, slots=True)
class Signed:
    """What is filled in for one letter; "" and None are left open for the pen."""

    number: str = ""
    on: dt.date | None = None
    subject: str = "đôn đốc thực hiện các nhiệm vụ quá hạn"
    reply_by: dt.date | None = None
    authority: str = ""
    position: str = ""
    signer: str = ""
    copies: tuple[str, ...] = ()


def values(
    settings: Settings, unit: str, duties: Sequence[Duty], signed: Signed, today: dt.date
) -> dict[str, Any]:
    """What a template can name (docs/tracking.md lists it)."""
    day = signed.on
    return {
        "parent": settings.office_parent,
        "office": settings.office_name,
        "place": settings.office_place,
        "notation": settings.office_letter_notation,
        "letter_number": signed.number or OPEN_NUMBER,
        "day": f"{day:%d}" if day else "    ",
        "month": (f"{day:%m}" if day.month < 3 else str(day.month)) if day else "    ",
        "year": str((day or today).year),
        "subject": signed.subject,
        "unit": unit,
        "as_of": f"{today:%d/%m/%Y}",
        "count": f"{len(duties):02d}",
        "duties": [_row(number, one, today) for number, one in enumerate(duties, start=1)],
        "reply_by": f"{signed.reply_by:%d/%m/%Y}" if signed.reply_by else "……………",
        "copies": list(signed.copies),
        "authority": signed.authority,
        "position": signed.position or settings.office_position,
        "signer": signed.signer,
    }


def sample(settings: Settings) -> dict[str, Any]:
    """Values that a new template is tried with."""
    day = dt.date(2026, 1, 5)
    duty = Duty(
        text="Rà soát các trạm y tế",
        document_number="12/CT-UBND",
        document_on=day,
        due_on=day,
        life="in_progress",
        percent=40,
    )
    signed = Signed("12", day, reply_by=day, authority="TL. CHỦ TỊCH", signer="Nguyễn Văn A", copies=("B",))
    return values(settings, "Sở Y tế", [duty, duty], signed, dt.date(2026, 2, 5))


def own_template(settings: Settings) -> Path:
    """Where the office's own template lies."""
    return settings.data_dir / "templates" / "don-doc.docx"


def template(settings: Settings) -> bytes:
    """The office's own template, else the shipped one."""
    own = own_template(settings)
    return own.read_bytes() if own.exists() else (files(__package__) / "letter.docx").read_bytes()


def keep_template(settings: Settings, content: bytes) -> None:
    """The office's own from now on, once it was tried with sample values. Raises `BadTemplate`."""
    render(content, sample(settings))
    own = own_template(settings)
    own.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = own.with_suffix(f".{os.getpid()}.new")
    draft.write_bytes(content)
    draft.replace(own)


def _row(number: int, duty: Duty, today: dt.date) -> dict[str, str]:
    issued = f" ngày {duty.document_on:%d/%m/%Y}" if duty.document_on else ""
    percent = f" ({duty.percent}%)" if duty.percent is not None else ""
    return {
        "number": str(number),
        "text": duty.text,
        "document": f"{duty.document_number}{issued}".strip(),
        "due": f"{duty.due_on:%d/%m/%Y}" if duty.due_on else "",
        "days": str((today - duty.due_on).days) if duty.due_on else "",
        "state": f"{LIVES.get(duty.life, duty.life)}{percent}",
    }
