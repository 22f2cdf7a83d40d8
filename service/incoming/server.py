"""A mail folder as an IMAP server keeps it (RFC 3501, IDLE: RFC 2177, MOVE: RFC 6851): looked at, taken from,
tidied; no mail is ever deleted."""

from __future__ import annotations

import base64
import contextlib
import imaplib
import re
import select
import ssl
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Any

from service.mail_server import password_in, trusting

TAKEN = "$DondocTaken"
"""Keyword of a mail that needs no second look."""
_SECONDS = 30.0
_PLAIN = re.compile(r"[\x20-\x25\x27-\x7e]+|&|[^\x20-\x7e]+")


class Fault(StrEnum):
    """Why the folder cannot be looked at."""

    SILENT = "silent"  # the server cannot be reached, or broke off
    LOGIN = "login"  # it does not take the user and password
    TRUST = "trust"  # its certificate is not trusted, or it offers no encryption
    FOLDER = "folder"  # it has no such folder


class Unreached(Exception):  # noqa: N818 - says what is the case
    """The folder cannot be looked at."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Server:
    """Where mail comes in; `tls` is "tls" from the first byte, "starttls" or "none". `ca_file` holds the
    certificates that are trusted besides the system's, `password_file` the user's password."""

    host: str
    port: int
    user: str
    tls: str = "tls"
    folder: str = "INBOX"
    password_file: Path | None = None
    ca_file: Path | None = None

    @property
    def account(self) -> str:
        """What tells this folder from others."""
        return f"{self.user}@{self.host}/{self.folder}"


class Connection:
    """The folder, opened; use as a context. Everything raises `Unreached`."""

    def __init__(self, server: Server) -> None:
        try:
            self._link = _connected(server)
        except ssl.SSLError:
            raise Unreached(Fault.TRUST) from None
        except (OSError, imaplib.IMAP4.error):
            raise Unreached(Fault.SILENT) from None
        self._idle = b""
        try:
            self._enter(server)
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Connection:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Takes leave, whatever the server thinks of it."""
        with contextlib.suppress(OSError, imaplib.IMAP4.error):
            self._link.shutdown()

    # ------------------------------------------------------------ looking

    def waiting(self) -> list[int]:
        """The mails that are not marked as taken."""
        found = self._asked("SEARCH", "UNKEYWORD", TAKEN)
        return sorted(int(one) for one in b" ".join(found).split() if one.isdigit())

    def size(self, uid: int) -> int | None:
        """Bytes of a mail; None where it is gone."""
        told = b" ".join(part for part in self._asked("FETCH", str(uid), "(RFC822.SIZE)") if part)
        size = re.search(rb"RFC822\.SIZE (\d+)", told)
        return int(size[1]) if size else None

    def content(self, uid: int) -> bytes | None:
        """A mail's bytes, which stay unread there; None where it is gone."""
        return self._literal(uid, "(BODY.PEEK[])")

    def sender(self, uid: int) -> bytes:
        """The line that says who sent it."""
        return self._literal(uid, "(BODY.PEEK[HEADER.FIELDS (FROM)])") or b""

    # ------------------------------------------------------------ tidying

    @property
    def moves(self) -> bool:
        """Whether the server can move mails."""
        return "MOVE" in self._link.capabilities

    def mark(self, uid: int) -> None:
        """Marks a mail as taken, and as seen."""
        self._asked("STORE", str(uid), "+FLAGS.SILENT", f"({TAKEN} \\Seen)")

    def move(self, uid: int, folder: str) -> None:
        """Moves a mail; the folder is made where it is missing. One that cannot be moved stays, marked."""
        target = _quoted(folder)
        if self._guarded(lambda: self._link.uid("MOVE", str(uid), target))[0] != "OK":
            self._guarded(lambda: self._link.create(target))
            self._asked("MOVE", str(uid), target)

    # ------------------------------------------------------------ waiting for more

    def rest(self) -> None:
        """Asks to be told of new mail, where the server tells (IDLE)."""
        if "IDLE" in self._link.capabilities and not self._idle:
            self._idle = self._link._new_tag()
            self._guarded(lambda: self._sent(self._idle + b" IDLE\r\n", b"+"))

    def stirred(self) -> bool:
        """Whether something was told since `rest`; at once. The server's silence is no news."""
        if not self._idle:
            return False
        pending = getattr(self._link.sock, "pending", lambda: 0)()
        return bool(pending or select.select([self._link.sock], [], [], 0)[0])

    def rise(self) -> None:
        """Ends `rest`."""
        if self._idle:
            tag, self._idle = self._idle, b""
            self._guarded(lambda: self._sent(b"DONE\r\n", tag))

    # ------------------------------------------------------------ talking

    def _enter(self, server: Server) -> None:
        try:
            password = password_in(server.password_file)
        except (OSError, UnicodeError):
            raise Unreached(Fault.LOGIN) from None
        try:
            self._link.login(server.user, password)
        except (imaplib.IMAP4.abort, OSError):
            raise Unreached(Fault.SILENT) from None
        except (imaplib.IMAP4.error, UnicodeError):
            raise Unreached(Fault.LOGIN) from None
        self._guarded(self._link._get_capabilities)  # other ones once logged in
        if self._guarded(lambda: self._link.select(_quoted(server.folder)))[0] != "OK":
            raise Unreached(Fault.FOLDER)
        told = self._link.response("UIDVALIDITY")[1]
        self.validity = int(told[0]) if told and told[0] else 0

    def _asked(self, *words: str) -> list[Any]:
        status, found = self._guarded(lambda: self._link.uid(*words))
        if status != "OK":
            raise Unreached(Fault.SILENT)
        return [part for part in found if part]

    def _literal(self, uid: int, what: str) -> bytes | None:
        parts = [part for part in self._asked("FETCH", str(uid), what) if isinstance(part, tuple)]
        return bytes(parts[0][1]) if parts else None

    def _sent(self, line: bytes, until: bytes) -> None:
        self._link.send(line)
        while not (told := self._link.readline()).startswith(until):
            if not told:
                raise imaplib.IMAP4.abort("connection closed")

    def _guarded(self, action: Any) -> Any:
        try:
            return action()
        except (imaplib.IMAP4.error, OSError):
            raise Unreached(Fault.SILENT) from None


def _connected(server: Server) -> imaplib.IMAP4:
    context = trusting(server.ca_file)
    if server.tls == "tls":
        return imaplib.IMAP4_SSL(server.host, server.port, ssl_context=context, timeout=_SECONDS)
    link = imaplib.IMAP4(server.host, server.port, timeout=_SECONDS)
    if server.tls == "starttls":
        try:
            if link.starttls(context)[0] != "OK":
                raise ssl.SSLError
        except imaplib.IMAP4.abort:
            raise
        except imaplib.IMAP4.error:
            link.shutdown()
            raise ssl.SSLError from None
        except BaseException:
            link.shutdown()
            raise
    return link


def _quoted(folder: str) -> str:
    """A folder's name as the protocol writes it: modified UTF-7 (RFC 3501, 5.1.3), in quotes."""
    return (
        '"' + "".join(map(_shifted, _PLAIN.findall(folder))).replace("\\", "\\\\").replace('"', '\\"') + '"'
    )


def _shifted(run: str) -> str:
    if run == "&":
        return "&-"
    if run.isascii() and run.isprintable():
        return run
    coded = base64.b64encode(run.encode("utf-16-be")).rstrip(b"=").replace(b"/", b",")
    return f"&{coded.decode()}-"
