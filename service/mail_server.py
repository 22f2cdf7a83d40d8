"""What all that talks to the office's mail server shares: whom it trusts, the password."""

from __future__ import annotations

import ssl
from pathlib import Path


def trusting(ca_file: Path | None) -> ssl.SSLContext:
    """Trusts the system's certificates, and those of the file besides."""
    context = ssl.create_default_context()
    if ca_file:
        context.load_verify_locations(ca_file)
    return context


def password_in(file: Path | None) -> str:
    """The password that the file holds, "" without one; raises `OSError`, `UnicodeError`."""
    return file.read_text(encoding="utf-8").strip() if file else ""
