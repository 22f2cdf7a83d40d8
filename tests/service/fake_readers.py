"""Readers that stand in for the real one: a plain one that takes `key: value` lines, and ones that fail."""

from __future__ import annotations

import hashlib
import os
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from pipeline.errors import Reason, Unreadable
from pipeline.progress import Stage, Step, Tell, unheard
from service.reader import Part, Reader
from service.settings import Settings


def plain(settings: Settings) -> Reader:
    """Reads `number: …`, `issuer: …`, `secrecy: …`, and a task for each other line `unit; text; date`.

    A first line `!verb` makes it fail in that way.
    """
    return _read


def broken(settings: Settings) -> Reader:
    raise ImportError("no such library")


def _read(parts: Sequence[Part], tell: Tell = unheard) -> dict[str, Any]:
    text = "\n".join(part.content.decode() for part in parts)
    if text.startswith(("!pid", "!call", "!write")):
        verb, *arguments = text.split()
        text = f"number: {_TOLD[verb[1:]](*arguments)}"
    if text.startswith("!nap"):
        time.sleep(0.5)
    elif text.startswith("!pages"):
        _turn_pages(tell, *text.split()[1:4])
    elif text.startswith("!held"):
        _hold(Path(text.split()[1]))
    elif text.startswith("!once"):
        _once(Path(text.split()[1]), os.abort)
    elif text.startswith("!lacking"):
        _once(Path(text.split()[1]), _lacking)
    elif text.startswith("!"):
        _FAILURES[text.split()[0][1:]]()
    sha256 = hashlib.sha256(parts[0].content).hexdigest()
    header: dict[str, Any] = {
        "number": None,
        "issued_on": None,
        "issuer": None,
        "type": "chi_thi",
        "subject": "Về việc thử",
        "signer": {"name": "Nguyễn Văn Thử", "position": "CHỦ TỊCH"},
        "urgency": "normal",
        "secrecy": "none",
        "recipients": ["Như Điều 3"],
        "execution_clause": False,
    }
    tasks: list[dict[str, Any]] = []
    issues: list[dict[str, Any]] = []
    for line in text.splitlines():
        key, _, value = line.partition(": ")
        if key == "issue":
            issues.append({"stage": "read", "message": value})
        elif value:
            header[key] = value
        elif line.count(";") == 2:
            tasks.append(_task(f"{sha256[:12]}-{len(tasks)}", *line.split(";")))
    return {
        "id": Path(parts[0].name).stem,
        "source": {
            "name": parts[0].name,
            "sha256": sha256,
            "media_type": "text/plain",
            "pages": len(parts),
            "ocr_pages": [],
        },
        "document": header,
        "tasks": tasks,
        "issues": issues,
    }


def _task(identifier: str, unit: str, text: str, date: str) -> dict[str, Any]:
    lead = {"text": unit, "name": unit, "unit_id": None, "inherited": False}
    deadline = {
        "text": f"trước {date}",
        "kind": "date",
        "date": date.strip(),
        "time": None,
        "rrule": None,
        "inherited": False,
        "rule": "before",
    }
    return {
        "id": identifier,
        "text": text.strip(),
        "path": "1",
        "leads": [lead],
        "cooperators": [],
        "deadline": deadline if date.strip() else None,
        "output": None,
        "nature": "document",
        "field": "other",
        "confidence": 0.9,
        "evidence": [{"page": 1, "box": [1.0, 2.0, 3.0, 4.0], "start": 0, "end": 5}],
    }


def _hog() -> None:
    held = []
    while True:
        held.append(b"x" * 20_000_000)


def _spin() -> None:
    while True:
        pass


def _sleep() -> None:
    time.sleep(600)


def _turn_pages(tell: Tell, count: str, gate: str, end: str = "") -> None:
    """Tells of so many pages and stays on the last until the file `gate` is there; then goes on, or fails."""
    tell(Step(Stage.OPENING))
    for page in range(int(count)):
        tell(Step(Stage.PAGES, page, int(count)))
        time.sleep(0.3)
    while not Path(gate).exists():
        tell(Step(Stage.PAGES, int(count) - 1, int(count)))
        time.sleep(0.05)
    tell(Step(Stage.TASKS))
    if end in _FAILURES:
        _FAILURES[end]()


def _raise() -> None:
    raise ValueError("the document says: một câu bí mật")


def _once(mark: Path, failure: Callable[[], None]) -> None:
    if not mark.exists():
        mark.touch()
        failure()


def _lacking() -> None:
    raise Unreadable(Reason.MISSING_PROGRAM, "thiếu chương trình (a program is missing)")


def _call(port: str) -> str:
    """Whether somebody at a port of this machine can be reached."""
    try:
        socket.create_connection(("127.0.0.1", int(port)), timeout=5).close()
    except OSError:
        return "nobody"
    return "reached"


def _write(size: str) -> str:
    """Whether a temporary file of this size can be written."""
    with tempfile.TemporaryFile(buffering=0) as file:
        try:
            written = sum(file.write(b"x" * 2**20) for _ in range(int(size) // 2**20))
        except OSError as error:
            return str(error.strerror)
    return "written" if written == int(size) else "cut off"


def _hold(gate: Path) -> None:
    """Leaves its process id beside the gate and waits until that is there."""
    pid = gate.with_suffix(".pid")
    pid.with_suffix(".draft").write_text(str(os.getpid()))
    pid.with_suffix(".draft").rename(pid)
    while not gate.exists():
        time.sleep(0.05)


def _unreadable() -> None:
    raise Unreadable(Reason.ENCRYPTED, "tệp có mật khẩu (password-protected)")


def _orphan() -> None:
    """Starts a program in a session of its own, as a converter would, and dies."""
    draft = Path(tempfile.mkdtemp()) / "draft"
    draft.write_text("bản nháp")
    subprocess.Popen(["sleep", "604"], start_new_session=True)
    os.abort()


_TOLD = {"pid": os.getpid, "call": _call, "write": _write}
_FAILURES = {
    "abort": os.abort,
    "exit": lambda: os._exit(3),
    "hog": _hog,
    "spin": _spin,
    "sleep": _sleep,
    "raise": _raise,
    "unreadable": _unreadable,
    "orphan": _orphan,
}


def newer(settings: Settings) -> Reader:
    """Another version of `plain`: it no longer sees tasks of "Sở Cũ", calls "Sở Đổi" otherwise, sees a task
    more where a line says so, another issuer, and cannot read number 9."""

    def read(parts: Sequence[Part], tell: Tell = unheard) -> dict[str, Any]:
        made = _read(parts, tell)
        if str(made["document"]["number"]).startswith("9/"):
            raise Unreadable(Reason.DAMAGED, "tệp hỏng")
        made["document"]["issuer"] = made["document"]["issuer"].replace("Mẫu", "Mới")
        tasks = [one for one in made["tasks"] if one["leads"][0]["name"] != "Sở Cũ"]
        for one in tasks:
            for unit in one["leads"]:
                unit["name"] = unit["text"] = unit["name"].replace("Sở Đổi", "Sở Mới")
        if "thêm: " in parts[0].content.decode():
            tasks.append(_task("new", "Sở Thêm", parts[0].content.decode().split("thêm: ")[1], ""))
        return made | {"tasks": tasks}

    return read


def without_vietnamese(settings: Settings) -> Reader:
    """The real one on a machine that lacks Tesseract's Vietnamese data."""
    from pipeline.read import ocr
    from service.bootstrap import reader

    os.environ.pop("TESSDATA_PREFIX", None)
    ocr._DATA_DIRS = ()
    return reader(settings)
