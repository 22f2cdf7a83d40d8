"""Settings and an address in, a running server out; ends when it is told to, after the requests under way."""

from __future__ import annotations

from service.bootstrap import open_store
from service.settings import Settings


def first_password(settings: Settings) -> str | None:
    """The one-time password of the first administrator; None where there are users. Raises `Unavailable`."""
    store = open_store(settings)
    try:
        with store.begin() as work:
            return work.people.first_administrator()
    finally:
        store.engine.dispose()


def run(settings: Settings, host: str, port: int) -> None:
    """Serves until SIGINT or SIGTERM."""
    import uvicorn

    from service.web.app import create

    config = uvicorn.Config(
        create(settings), host=host, port=port, log_level=settings.log_level.lower(), server_header=False
    )
    uvicorn.Server(config).run()
