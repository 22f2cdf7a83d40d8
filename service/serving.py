"""Settings and an address in, a running server out; ends when it is told to, after the requests under way."""

from __future__ import annotations

import logging

from service.bootstrap import open_store
from service.logs import configure
from service.settings import Settings


def first_password(settings: Settings) -> str | None:
    """The one-time password of the first administrator; None where there are users. Raises `Unavailable`."""
    store = open_store(settings)
    try:
        with store.begin() as work:
            return work.people.first_administrator()
    finally:
        store.engine.dispose()


def run(settings: Settings, host: str, port: int, workers: int | None) -> None:
    """Serves until SIGINT or SIGTERM, with `workers` that read uploads in this process, else with as many as
    the engine reads at a time."""
    import uvicorn

    from service.web.app import create
    from service.web.server import ANSWERED_FOR, Server

    configure(settings.log_level, "uvicorn")
    app = create(settings, readers=workers, warm=True)
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        log_config=None,
        log_level=settings.log_level.lower(),
        server_header=False,
        timeout_graceful_shutdown=ANSWERED_FOR,
    )
    logging.getLogger("uvicorn.access").addFilter(discreet)
    Server(app, config).run()


def discreet(record: logging.LogRecord) -> bool:
    """No line of a calendar's address, which is a secret; of others the path without what was searched."""
    if "/feeds/" in record.getMessage():
        return False
    if isinstance(record.args, tuple):
        record.args = tuple(one.partition("?")[0] if isinstance(one, str) else one for one in record.args)
    return True


def work(settings: Settings, workers: int | None) -> None:
    """Only reads uploads, until SIGINT or SIGTERM; a second one does not wait until what is being read was
    given back. Raises `Unavailable`."""
    import os
    import signal
    import threading

    from service.web.state import opened

    configure(settings.log_level)
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: os._exit(1) if ended.is_set() else ended.set())
    store = open_store(settings)
    state = opened(settings, store, workers)
    ended.wait()
    state.close()
    store.engine.dispose()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)  # all is given back: a late one does not make it a failure
