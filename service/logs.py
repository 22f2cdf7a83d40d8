"""Log records in, one JSON object a line out, to stderr; never a document's text, nor an uncleared name."""

from __future__ import annotations

import json
import logging
import sys
import time
from typing import Any

_OWN = frozenset(logging.LogRecord("", 0, "", 0, "", None, None).__dict__) | {"message", "taskName"}


class JsonLines(logging.Formatter):
    """The time (UTC), level, event and what was passed as `extra`; an exception's kind, not its text."""

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        line: dict[str, Any] = {
            "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(record.created)),
            "level": record.levelname,
            "event": record.getMessage(),
        }
        line |= {key: value for key, value in record.__dict__.items() if key not in _OWN}
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
        return json.dumps(line, ensure_ascii=False, default=str)


def configure(level: str) -> None:
    """Sends what `dondoc` logs from this level on to stderr."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    log = logging.getLogger("dondoc")
    log.handlers = [handler]
    log.setLevel(level)
    log.propagate = False
