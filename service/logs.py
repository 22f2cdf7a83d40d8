"""Log records in, one JSON object a line out, to stderr; never a document's text, nor an uncleared name.

That goes for the server's own log too: of an error only its kind and place are told, since its words may
quote a document, of a request its path without what was searched for.
"""

from __future__ import annotations

import json
import logging
import sys
import time
import traceback
from contextvars import ContextVar
from pathlib import Path
from types import TracebackType
from typing import Any

REQUEST_ID: ContextVar[str] = ContextVar("request_id", default="")
"""The id of the request that is being answered; "" outside of one."""
_OWN = frozenset(logging.LogRecord("", 0, "", 0, "", None, None).__dict__) | {"message", "taskName"}


class JsonLines(logging.Formatter):
    """The time (UTC), level, event, the request's id within one, and what was passed as `extra`; an
    exception's kind and place only."""

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        line: dict[str, Any] = {
            "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(record.created)),
            "level": record.levelname,
            "event": record.getMessage(),
        }
        if name := REQUEST_ID.get():
            line["request_id"] = name
        line |= {key: value for key, value in record.__dict__.items() if key not in _OWN}
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
            line["at"] = place(record.exc_info[2])
        return json.dumps(line, ensure_ascii=False, default=str)


def place(trace: TracebackType | None) -> str:
    """Where an exception was raised ("intake.py:17"); "" where that is not known."""
    frames = traceback.extract_tb(trace)
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""


def configure(level: str, *more: str) -> None:
    """Sends what `dondoc` logs from this level on, and what `more` loggers do, to stderr."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    for name in ("dondoc", *more):
        log = logging.getLogger(name)
        log.handlers = [handler]
        log.setLevel(level)
        log.propagate = False
