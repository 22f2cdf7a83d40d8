"""What the product does by itself: reminds units once a working day, and takes the mails to the mail server.

Each digest is a transaction of its own; any number of workers may look at the same time.
"""

from __future__ import annotations

import datetime as dt
import logging

from service.ending import Ending, never
from service.settings import Settings
from service.store import Store
from service.urging.causes import Rules, is_quiet
from service.urging.message import message
from service.urging.smtp import MailServer, send

_log = logging.getLogger("dondoc.urging")


class Urger:
    """Makes the digests of a day."""

    def __init__(self, settings: Settings, store: Store, ending: Ending = never) -> None:
        self._ending = ending
        self._rules = rules_of(settings)
        self._mails = bool(settings.smtp_host)
        self._store = store

    def turn(self) -> bool:
        """A round; never more to do at once."""
        with self._store.reading() as work:
            if is_quiet(work.book.moment(), self._rules, work.urging.days.calendar()):
                return False
            units = work.urging.reminders.units_due(self._rules)
        for unit in units:
            if self._ending():
                break
            with self._store.begin() as work:
                work.urging.reminders.make(self._rules, unit, mails=self._mails)
        return False


class Postman:
    """Takes mails to the mail server, one after another, until there is none."""

    def __init__(self, settings: Settings, store: Store) -> None:
        self._server = mail_server_of(settings)
        self._url = settings.public_url
        self._store = store

    def turn(self) -> bool:
        """Tries the next mail that is due; whether there was one."""
        if self._server is None:
            return False
        with self._store.reading() as work:
            if not work.urging.mailbox.waiting():
                return False
        with self._store.begin() as work:
            post = work.urging.mailbox.claim()
            items = work.urging.mailbox.items(post.digest) if post else []
        if post is None:
            return False
        fault = send(self._server, message(post, items, self._server.sender, self._url))
        if fault is not None:
            _log.warning("mail did not go out", extra={"digest": post.digest, "why": fault.value})
        with self._store.begin() as work:
            work.urging.mailbox.settle(post, fault)
        return True


def rules_of(settings: Settings) -> Rules:
    """When units are reminded."""
    opens, closes = (dt.time.fromisoformat(one) for one in settings.remind_hours.split("-"))
    before = tuple(int(one) for one in settings.remind_days.split(",") if one)
    return Rules(before, settings.remind_again_days, settings.remind_undated_months, opens, closes)


def mail_server_of(settings: Settings) -> MailServer | None:
    """Where mail is handed in; None where no server is set."""
    if not settings.smtp_host:
        return None
    return MailServer(
        settings.smtp_host,
        settings.smtp_port,
        settings.smtp_from or f"dondoc@{settings.smtp_host}",
        settings.smtp_tls,
        settings.smtp_user,
        settings.smtp_password_file,
        settings.smtp_ca_file,
    )
