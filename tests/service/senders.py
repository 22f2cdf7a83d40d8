"""Software that uses the API: clients that carry a token."""

from __future__ import annotations

import time
from typing import Any

from fastapi import FastAPI
from fastapi.testclient import TestClient

from service.access.roles import Right, Role, rights_of
from service.store import Store


def client_of(app: FastAPI, login: str, role: Role, scopes: frozenset[Right] | None = None, **rest: Any):
    store: Store = app.state.dondoc.store
    with store.begin() as work:
        user = work.people.add(login, login.title(), role, **rest)
        token = work.people.issue_token(user, "phần mềm", scopes or rights_of(role))
    return TestClient(app, headers={"authorization": f"Bearer {token}"}, raise_server_exceptions=False)


def settled(client: TestClient, upload: dict[str, Any], seconds: float = 60.0) -> dict[str, Any]:
    """The upload once it has ended."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        now = client.get(f"/api/v1/uploads/{upload['id']}").json()
        if now["state"] in ("done", "failed", "refused"):
            return now
        time.sleep(0.1)
    raise AssertionError(f"still {now['state']}")
