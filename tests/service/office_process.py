"""A whole office as it is run: the real server and commands in processes of their own, all that they write in
one folder, every library's log at its most talkative."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from service.access.roles import Role, rights_of
from service.bootstrap import open_store
from service.settings import Settings
from service.store import Store

PASSWORD = "mot mat khau dai"
_RUN = """
import logging, resource, sys
hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))
logging.basicConfig(level=logging.DEBUG, filename=sys.argv.pop(1))
from service.cli import main
main()
"""


class Office:
    """Its folders below `root`; `env` is added to what its processes are told."""

    def __init__(self, root: Path, url: str, env: Mapping[str, str] = {}) -> None:
        self.root, self.url = root, url
        self.data = root / "data"
        for name in ("data", "home", "tmp", "cwd", "logs"):
            (root / name).mkdir(parents=True, exist_ok=True)
        self.settings = Settings(data_dir=self.data, database_url=url)
        self.store: Store = open_store(self.settings)
        self.answers: dict[str, bytes] = {}
        self._env = dict(env)
        self._runs = 0
        self._clients: list[httpx.Client] = []
        self._port = _free_port()

    # ------------------------------------------------------------ processes

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        """A command, its words and log in files."""
        self._runs += 1
        logs = self.root / "logs"
        stem = f"{self._runs:02d}-{words[0]}"
        with (logs / f"{stem}.out").open("wb") as out, (logs / f"{stem}.err").open("wb") as err:
            return subprocess.Popen(
                [sys.executable, "-c", _RUN, str(logs / f"{stem}.log"), *words],
                stdout=out,
                stderr=err,
                env=self._environment(),
                cwd=self.root / "cwd",
            )

    def run(self, *words: str, seconds: float = 300.0) -> int:
        """A command to its end; its exit status."""
        return self.start(*words).wait(seconds)

    def told(self) -> str:
        """All that commands said so far."""
        return "".join(one.read_text("utf-8") for one in sorted((self.root / "logs").glob("*.out")))

    @contextmanager
    def serving(self) -> Iterator[subprocess.Popen[bytes]]:
        """The server, until it is told to end."""
        server = self.start("serve", "--port", str(self._port), "--workers", "1")
        try:
            _wait(lambda: httpx.get(f"{self.address}/readyz").status_code == 200)
            yield server
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(60)

    def close(self) -> None:
        """Lets go of what the tests hold."""
        for client in self._clients:
            client.close()
        self.store.engine.dispose()

    @property
    def address(self) -> str:
        """Where it serves."""
        return f"http://127.0.0.1:{self._port}"

    def _environment(self) -> dict[str, str]:
        root = self.root
        kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
        return (
            kept
            | {
                "HOME": str(root / "home"),
                "TMPDIR": str(root / "tmp"),
                "DONDOC_DATA_DIR": str(self.data),
                "DONDOC_DATABASE_URL": self.url,
                "DONDOC_LOG_LEVEL": "DEBUG",
                "DONDOC_WORKERS": "1",
                "DONDOC_PRIVATE_WEBHOOKS": "true",
                "DONDOC_SECOND_LOOK_SHARE": "0",
                "PYTHONPATH": os.pathsep.join(sys.path),
                "PYTHONDONTWRITEBYTECODE": "1",
            }
            | self._env
        )

    # ------------------------------------------------------------ people

    def software(self, login: str, role: Role, **rest: Any) -> httpx.Client:
        """Who comes with a token; what he is answered is noted."""
        with self.store.begin() as work:
            user = work.people.add(login, login.title(), role, **rest)
            token = work.people.issue_token(user, "máy", rights_of(role))
        return self._client({"authorization": f"Bearer {token}"})

    def person(self, login: str, role: Role, **rest: Any) -> httpx.Client:
        """Who logs in as a browser does, his requests marked as the page's script marks them."""
        with self.store.begin() as work:
            work.people.add(login, login.title(), role, password=PASSWORD, must_change=False, **rest)
        client = self._client({})
        client.post("/login", data={"login": login, "password": PASSWORD})
        found = re.search(r'name="csrf" value="([^"]*)"', client.get("/password").text)
        assert found
        client.headers.update({"x-csrf-token": found[1], "accept": "application/json"})
        return client

    def _client(self, headers: dict[str, str]) -> httpx.Client:
        def note(answer: httpx.Response) -> None:
            answer.read()
            self.answers[f"answer {len(self.answers)} {answer.url.path}"] = answer.content

        hooks = {"response": [note]}
        client = httpx.Client(base_url=self.address, headers=headers, timeout=120, event_hooks=hooks)
        self._clients.append(client)
        return client


def sent(client: httpx.Client, *files: tuple[str, bytes], **fields: str) -> list[dict[str, Any]]:
    """What was sent in, as the API follows it."""
    answer = client.post("/api/v1/uploads", files=[("files", file) for file in files], data=fields)
    assert answer.status_code == 202, answer.text
    found: list[dict[str, Any]] = answer.json()["uploads"]
    return found


def ended(client: httpx.Client, upload: dict[str, Any]) -> dict[str, Any]:
    """The upload at its end, followed by its events."""
    client.get(upload["links"]["events"])
    return _wait(lambda: (now := client.get(upload["links"]["self"]).json())["finished_at"] and now)


def core_limit(process: subprocess.Popen[bytes]) -> str:
    """How large a core file of the process may be, as the system says it."""
    lines = Path(f"/proc/{process.pid}/limits").read_text().splitlines()
    return next(line for line in lines if line.startswith("Max core file size")).split()[4]


def _wait(done, seconds: float = 180.0):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if found := done():
                return found
        except httpx.TransportError:
            pass
        time.sleep(0.2)
    raise AssertionError("nothing came of it")


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
