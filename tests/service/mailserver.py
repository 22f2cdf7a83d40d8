"""A real mail server on this machine for tests (Dovecot, as root or not): mail is read there over IMAP."""

from __future__ import annotations

import imaplib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from pathlib import Path

import pytest
from mailing import certified

PASSWORD = "mat-khau-hop-thu"
_CONFIG = """
base_dir = {place}/run
state_dir = {place}/state
log_path = {place}/log
protocols = imap
listen = 127.0.0.1
ssl = yes
ssl_cert = <{place}/mail.pem
ssl_key = <{place}/mail.key
disable_plaintext_auth = no
default_internal_user = {internal}
default_internal_group = {group}
default_login_user = {login}
first_valid_uid = 1
mail_location = maildir:{place}/mail
mailbox_list_index = no
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={place}/mail
}}
namespace inbox {{
  inbox = yes
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {secure}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
{more}
"""


@dataclass
class MailServer:
    """Where it listens, in clear (and for STARTTLS) and encrypted; the files of password and certificate."""

    port: int
    secure: int
    password: Path
    certificate: Path

    def settings(self, **more: str) -> dict[str, str]:
        """What an office is told to take mail from here, in the name of "vanthu"."""
        told = {"host": "localhost", "port": str(self.secure), "user": "congvan", "as": "vanthu"}
        files = {"password_file": str(self.password), "ca_file": str(self.certificate)}
        return {f"imap_{name}": value for name, value in (told | files | more).items()}

    @contextmanager
    def opened(self, user: str = "congvan", folder: str = "INBOX") -> Iterator[imaplib.IMAP4]:
        """Somebody who reads his mail."""
        with imaplib.IMAP4("127.0.0.1", self.port) as link:
            link.login(user, PASSWORD)
            assert link.select(folder)[0] == "OK", folder
            yield link

    def deliver(self, mail: Message | bytes, folder: str = "INBOX") -> None:
        """A mail arrives."""
        content = mail if isinstance(mail, bytes) else mail.as_bytes()
        with self.opened() as link:
            assert link.append(folder, None, None, content)[0] == "OK"

    def subjects(self, folder: str = "INBOX") -> list[str]:
        """What lies in a folder, [] where there is none."""
        return [
            one.partition("Subject: ")[2].strip()
            for one in self._fetched(folder, "(BODY.PEEK[HEADER.FIELDS (SUBJECT)])")
        ]

    def flags(self, folder: str = "INBOX") -> list[str]:
        """How the mails are marked."""
        return self._fetched(folder, "(FLAGS)")

    def _fetched(self, folder: str, what: str) -> list[str]:
        with imaplib.IMAP4("127.0.0.1", self.port) as link:
            link.login("congvan", PASSWORD)
            if link.select(folder, readonly=True)[0] != "OK":
                return []
            found = link.uid("FETCH", "1:*", what)[1]
        return [
            (part[1] if isinstance(part, tuple) else part).decode() for part in found if part and part != b")"
        ]


def installed() -> str | None:
    """Dovecot's program."""
    return shutil.which("dovecot") or shutil.which("dovecot", path="/usr/sbin")


@contextmanager
def mail_folder(more: str = "") -> Iterator[MailServer]:
    """A server with one mailbox; `more` is added to its configuration. Skips where there is no Dovecot."""
    program = installed()
    if program is None:
        pytest.skip("no Dovecot here (scripts/setup.sh --with-mail)")
    place = Path(tempfile.mkdtemp(prefix="dondoc-dovecot-"))
    try:
        port, secure = _free_port(), _free_port()
        _lay_out(place, port, secure, more)
        config = str(place / "dovecot.conf")
        running = subprocess.Popen([program, "-F", "-c", config], start_new_session=True)
        try:
            _wait_for(port, place)
            yield MailServer(port, secure, place / "password", place / "mail.pem")
        finally:
            running.send_signal(signal.SIGTERM)
            running.wait(30)
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _lay_out(place: Path, port: int, secure: int, more: str) -> None:
    root = os.geteuid() == 0
    owner = pwd.getpwnam("nobody") if root else pwd.getpwuid(os.geteuid())
    place.chmod(0o755)
    certified(place)
    (place / "password").write_text(f"{PASSWORD}\n")
    (place / "mail").mkdir()
    os.chown(place / "mail", owner.pw_uid, owner.pw_gid)
    me = owner.pw_name
    text = _CONFIG.format(
        place=place,
        password=PASSWORD,
        internal="dovecot" if root else me,
        group="dovecot" if root else pwd.getpwnam(me).pw_gid,
        login="dovenull" if root else me,
        uid=owner.pw_uid,
        gid=owner.pw_gid,
        port=port,
        secure=secure,
        more=more,
    )
    (place / "dovecot.conf").write_text(text)


def _wait_for(port: int, place: Path, seconds: float = 30.0) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            with imaplib.IMAP4("127.0.0.1", port) as link:
                link.login("congvan", PASSWORD)
                return
        except (OSError, imaplib.IMAP4.error):
            time.sleep(0.1)
    log = place / "log"
    raise AssertionError(log.read_text() if log.exists() else "Dovecot does not start")


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
