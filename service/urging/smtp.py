"""A mail in, whether the mail server took it out (SMTP, RFC 5321)."""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass
from email.message import Message
from pathlib import Path

from service.mail_server import password_in, trusting
from service.urging.mailbox import MailFault

_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mail is handed in; `tls` is "starttls", "tls" from the first byte, or "none". `ca_file` holds the
    certificates that are trusted besides the system's, `password_file` the user's password."""

    host: str
    port: int
    sender: str
    tls: str = "starttls"
    user: str = ""
    password_file: Path | None = None
    ca_file: Path | None = None


def send(server: MailServer, mail: Message) -> MailFault | None:
    """Hands a mail in; None where the server took it, else why it did not."""
    try:
        password = password_in(server.password_file)
    except (OSError, UnicodeError):
        return MailFault.LOGIN
    try:
        with _connected(server) as connection:
            if server.user:
                connection.login(server.user, password)
            connection.send_message(mail)
    except smtplib.SMTPAuthenticationError:
        return MailFault.LOGIN
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _ in error.recipients.values()]
        return MailFault.ADDRESS if all(code >= 500 for code in codes) else MailFault.LATER
    except smtplib.SMTPResponseException as error:
        return MailFault.LATER if 400 <= error.smtp_code < 500 else MailFault.REFUSED
    except (ssl.SSLError, smtplib.SMTPNotSupportedError):
        return MailFault.TRUST
    except (OSError, smtplib.SMTPException):
        return MailFault.SILENT
    return None


def _connected(server: MailServer) -> smtplib.SMTP:
    context = trusting(server.ca_file)
    if server.tls == "tls":
        return smtplib.SMTP_SSL(server.host, server.port, timeout=_SECONDS, context=context)
    connection = smtplib.SMTP(server.host, server.port, timeout=_SECONDS)
    if server.tls == "starttls":
        try:
            connection.starttls(context=context)
        except BaseException:
            connection.close()
            raise
    return connection
