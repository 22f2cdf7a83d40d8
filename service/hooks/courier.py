"""Takes deliveries to their webhooks, one after another, until there is none."""

from __future__ import annotations

import http.client
import json
import logging
import time

from service.hooks.outbox import Due
from service.hooks.sending import Fault, Message, Unreachable, send, target
from service.settings import Settings
from service.store import Store

_log = logging.getLogger("dondoc.hooks")


class Courier:
    """The deliveries of one process; shares them with those of others."""

    def __init__(self, settings: Settings, store: Store) -> None:
        self._private = settings.private_webhooks
        self._store = store

    def turn(self) -> bool:
        """Tries the next delivery that is due; whether there was one."""
        with self._store.reading() as work:
            if not work.outbox.waiting():
                return False
        with self._store.begin() as work:
            due = work.outbox.claim()
        if due is None:
            return False
        with self._store.reading() as work:
            viewer = work.people.viewer(due.user)
            may = viewer is not None and work.outbox.may_know(viewer, due.body)
        status = self._sent(due) if may else None
        with self._store.begin() as work:
            work.outbox.settle(due, status, skipped=not may)
        return True

    def _sent(self, due: Due) -> int | Fault:
        """The status of the answer, or why there was none."""
        told = {"id": due.id, "event": due.event, "at": round(due.created_at, 3)} | due.body
        body = json.dumps(told, separators=(",", ":")).encode()
        try:
            to = target(due.url, private=self._private)
            return send(to, Message(body, due.secret, int(time.time())))
        except (Unreachable, OSError, http.client.HTTPException) as error:
            _log.warning("webhook not reached", extra={"webhook": due.webhook, "why": type(error).__name__})
            return error.fault if isinstance(error, Unreachable) else Fault.SILENT
