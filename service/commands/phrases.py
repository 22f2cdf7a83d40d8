"""A time phrase in; how it is read and by which rules out, or why it sets no deadline."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import typer

from pipeline.types import Deadline

if TYPE_CHECKING:
    from rich.table import Table


def explain_phrase(phrase: str, issued_on: dt.date | None, *, as_json: bool) -> bool:
    """Shows the readings of the whole phrase, else those within it, else why there are none; whether any
    was found."""
    import json

    from pipeline.deadlines import explain, find_deadlines
    from pipeline.text import nfc

    phrase = nfc(phrase).strip()
    whole = explain(phrase, issued_on)
    readings = whole or find_deadlines(phrase, issued_on)
    why = () if readings else why_none(phrase, issued_on)
    if as_json:
        shown = {"phrase": phrase, "readings": [_plain(one) for one in readings], "reasons": list(why)}
        typer.echo(json.dumps(shown, ensure_ascii=False))
        return bool(readings)
    if not readings:
        said = "; ".join(why)
        typer.echo(f"Không đọc được thời hạn nào từ “{phrase}” (no deadline is read): {said}.", err=True)
        return False
    _show(readings, whole=bool(whole))
    return True


def why_none(phrase: str, issued_on: dt.date | None) -> tuple[str, ...]:
    """Why a phrase sets no deadline: what its time words are instead, or that it has none."""
    from pipeline.deadlines import find_lookalikes
    from pipeline.reasons import lookalike_reason, nothing_reason

    plain = nothing_reason(phrase, vague=False)
    if plain:
        return (plain,)
    found = find_lookalikes(phrase, issued_on)
    longest = [
        (reading, name)
        for reading, name in found
        if not any(other.span.covers(reading.span) and other.span != reading.span for other, _ in found)
    ]
    named = dict.fromkeys(f"“{reading.text}” {lookalike_reason(name)}" for reading, name in longest)
    return tuple(named) or (nothing_reason(phrase, vague=True),)


def _plain(reading: Deadline) -> dict[str, Any]:
    return {
        "text": reading.text,
        "kind": reading.kind.value,
        "date": reading.date.isoformat() if reading.date else None,
        "time": reading.time.isoformat("minutes") if reading.time else None,
        "rrule": reading.rrule,
        "words": reading.words,
        "rule": reading.rule,
        "derivation": list(reading.parts),
        "flags": list(reading.flags),
    }


def _show(readings: tuple[Deadline, ...], *, whole: bool) -> None:
    from rich.console import Console

    console = Console()
    if not whole:
        console.print("Cả câu không phải một thời hạn; trong câu có (within the phrase):")
    for reading in readings:
        console.print(_table(reading))


def _table(reading: Deadline) -> Table:
    """One reading: a row a property that it has."""
    from rich.markup import escape
    from rich.table import Table

    from service.wording import DEADLINE_KINDS, FLAGS, words

    rows = {
        "Cụm từ (phrase)": reading.text,
        "Loại (kind)": f"{words(DEADLINE_KINDS, reading.kind.value)} ({reading.kind.value})",
        "Ngày (date)": f"{reading.date:%d/%m/%Y} ({reading.date.isoformat()})" if reading.date else "",
        "Giờ (time)": f"{reading.time:%H:%M}" if reading.time else "",
        "Lặp lại (rrule)": reading.rrule or "",
        "Cách hiểu (reading)": reading.words,
        "Quy tắc (rule)": reading.rule,
        "Suy ra từ (derivation)": "\n".join(reading.parts),
        "Lưu ý (doubts)": "\n".join(words(FLAGS, flag) for flag in reading.flags),
    }
    table = Table(show_header=False)
    for name, value in rows.items():
        if value:
            table.add_row(name, escape(value))
    return table
