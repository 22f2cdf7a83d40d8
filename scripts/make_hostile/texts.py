"""Text that is no text, or too much of it; and files that are nothing at all."""

from __future__ import annotations

from scripts.make_hostile.model import READ, Hostile, fails

ORDER = "Giao Sở Xây dựng kiểm tra các công trình ven sông, báo cáo trước ngày 20/4/2024.\n"
_BIDI = "".join(map(chr, (0x202E, 0x2066, 0x2067, 0x202D)))
_CLOSED = "".join(map(chr, (0x2069, 0x202C)))


def _line(megabytes: int) -> bytes:
    once = ORDER.strip().encode() + b" "
    return once * (megabytes * 2**20 // len(once))


TEXTS = (
    Hostile("nothing.pdf", lambda: b"", fails("empty")),
    Hostile("one-byte.docx", lambda: b"P", READ | fails("empty", "unsupported")),
    Hostile("spaces.txt", lambda: b" \n" * 5000, fails("empty")),
    Hostile("zeros.doc", lambda: b"\0" * 5000, fails("empty")),
    Hostile("zeros-within.txt", lambda: ORDER.encode().replace(b" ", b"\0"), fails("unsupported")),
    Hostile("zeros-behind.txt", lambda: (ORDER * 90).encode() + b"\0\1\2" * 999, READ | fails("unsupported")),
    Hostile("wrong-bytes.txt", lambda: ORDER.encode() * 20 + b"\xff\xfe\xc3\x28\xed\xa0\x80" * 9, READ),
    Hostile("wide.txt", lambda: (ORDER * 20).encode("utf-16-le"), READ),
    Hostile("wide-cut.txt", lambda: b"\xff\xfe" + (ORDER * 20).encode("utf-16-le")[:-1], READ),
    Hostile("turned.txt", (ORDER + _BIDI + ORDER[::-1] + _CLOSED).encode, READ),
    Hostile("marks.txt", ("a" + "\u0301" * 20_000 + " " + ORDER).encode, READ),
    Hostile("controls.txt", (ORDER + "\x1b]0;a\x07\x1b[2J\x08\x7f" + ORDER).encode, READ | fails("unsupported")),
    Hostile("word.pdf", ORDER.encode, frozenset({"needs_review"}), "phần mở rộng"),
    Hostile("program.docx", lambda: b"MZ\x90\0\3\0\0\0" * 400, fails("unsupported")),
    Hostile("tables-deep.html", lambda: b"<html>" + b"<table><tr><td>" * 20_000 + ORDER.encode(), READ | fails("damaged", "too_large", "too_many_pages")),
    Hostile("marks-deep.html", lambda: b"<html>" + b"<div><b>" * 50_000 + ORDER.encode(), READ | fails("damaged")),
    Hostile("marks-deep.md", lambda: b"> " * 20_000 + ORDER.encode() + b"[" * 20_000, READ | fails("damaged")),
    Hostile("web-archive.mht", lambda: b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n" + b"--b\nContent-Type: multipart/related; boundary=b\n\n" * 500, fails("damaged", "no_pages")),
    Hostile("line.txt", lambda: _line(1), READ | fails("timeout", "memory")),
    Hostile("line-of-6-megabytes.txt", lambda: _line(6), READ | fails("timeout", "memory"), heavy=True),
    Hostile("line-of-100-megabytes.txt", lambda: _line(100), fails("too_many_pages", "too_large"), heavy=True),
)  # fmt: skip
