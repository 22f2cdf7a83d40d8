"""Keeps the audit's heads signed: when a server starts, every few minutes, and when it ends."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from service.audit.heads import Head, HeadBook
from service.audit.keys import Signer
from service.store import Store

_log = logging.getLogger("dondoc.audit")


def sign(store: Store, key: Path) -> Head | None:
    """Signs the chain's head and writes it down beside the key; None where there is no entry yet. The key is
    made with the first head."""
    with store.reading() as work:
        if not work.audit.head()[0]:
            return None
    signer = Signer(key)
    with store.begin() as work:
        head = work.audit.sign(signer)
    if head:
        HeadBook.beside(key).note(head)
    return head


class Signing:
    """A thread that signs every `seconds`."""

    def __init__(self, store: Store, key: Path, seconds: float) -> None:
        self._sign: Callable[[], Head | None] = lambda: sign(store, key)
        self._seconds = seconds
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, name="audit-signing", daemon=True)

    def start(self) -> None:
        """Signs at once and from then on."""
        self._thread.start()

    def stop(self) -> None:
        """Signs a last time."""
        self._ended.set()
        self._thread.join()

    def _run(self) -> None:
        while True:
            last = self._ended.is_set()
            try:
                self._sign()
            except (SQLAlchemyError, OSError):
                _log.exception("head of the audit not signed")
            if last:
                return
            self._ended.wait(self._seconds)
