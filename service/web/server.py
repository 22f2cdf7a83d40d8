"""uvicorn's server with an end of its own: in order at the first signal, at once at the second."""

from __future__ import annotations

import os
from types import FrameType

import uvicorn
from fastapi import FastAPI

ANSWERED_FOR = 20
"""Seconds for the requests that are under way when the server is told to end."""


class Server(uvicorn.Server):
    """Serves until it is told to end."""

    def __init__(self, app: FastAPI, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._app = app

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Ends: with status 0 after requests were answered and work was given back; with 1 where that is not
        waited for, which leaves no more behind than a crash. Uvicorn's own way would end by the signal."""
        if self.should_exit:
            os._exit(1)
        self._app.state.leaving.set()
        self.should_exit = True
