"""Logs tell what happened and where, never in the words of an error, which may quote a document."""

from __future__ import annotations

import json
import logging

import pytest

from service.logs import configure


def test_an_error_is_told_by_kind_and_place(capsys: pytest.CaptureFixture[str]):
    configure("INFO", "uvicorn")
    try:
        for name in ("dondoc.web", "uvicorn.error"):
            try:
                raise ValueError("kho Hoàng Lan")
            except ValueError:
                logging.getLogger(name).exception("request failed", extra={"path": "/tasks"})
    finally:
        for name in ("dondoc", "uvicorn"):
            logging.getLogger(name).handlers = []
            logging.getLogger(name).propagate = True
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [(one["event"], one["error"], one["path"]) for one in lines] == [
        ("request failed", "ValueError", "/tasks")
    ] * 2
    assert lines[0]["at"].startswith("test_logs.py:")
    assert "Hoàng Lan" not in json.dumps(lines, ensure_ascii=False)
