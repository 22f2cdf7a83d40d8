"""`make bench-service`: lists, search and review pages over a large store, an upload's way, exports' memory.

    python -m benchmarks.service [--documents N] [--tasks-each N] [--users N] [--seconds S]
                                 [--database sqlite|postgresql|both] [--records FILE] [--keep DIR]

Users ask a server process once every two seconds each; figures are 95th percentiles of what they wait for.
Queries are counted in this process, for pages at the beginning and far behind. Uploads are PDFs of three
pages, one after the other, until the review screen can be opened. `export_peak_mb` is the peak memory of a
process that exports all tasks, in the format that takes most; `export_grows_mb` how much more that is than
for the few of documents that are reviewed. The goal is meant for 100,000 documents with 500,000 tasks; the
default is smaller. `--keep` is a folder whose SQLite store is used again.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import create_engine, event, select, text

from benchmarks import large, mix
from service import demo
from service.access.roles import Role
from service.batch import Batch
from service.bootstrap import READER, open_store
from service.exports.book import FORMATS
from service.settings import Settings
from service.tables import Document
from service.walk import walk

POSTGRES = os.environ.get("DONDOC_BENCH_POSTGRES", "postgresql+psycopg://root@127.0.0.1:5432/test")
PASSWORD = "mot mat khau dai"
PAGES = {
    "list": ("/", "/?review=filed", "/tasks", "/tasks?status=proposed", "/api/v1/tasks?status=proposed"),
    "search": ("/tasks?q={word}", "/tasks?q={word}&status=approved", "/api/v1/tasks?q={word}"),
    "review": ("/documents/{document}",),
}


def main() -> int:
    options = _options()
    records = _records(options.records)
    results = []
    for kind in ("sqlite", "postgresql") if options.database == "both" else (options.database,):
        with tempfile.TemporaryDirectory(prefix="dondoc-bench-") as folder:
            where = options.keep / kind if options.keep else Path(folder)
            with database(kind) as url:
                results.append(
                    {"database": kind}
                    | _measured(Settings(data_dir=where, database_url=url), records, options)
                )
        print(json.dumps(results[-1]))
    worst: dict[str, Any] = {key: max(one[key] for one in results) for key in results[0] if key != "database"}
    print(json.dumps(worst | {"database": "+".join(one["database"] for one in results)}))
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench-service", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--tasks-each", type=int, default=5)
    parser.add_argument("--users", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--uploads", type=int, default=12)
    parser.add_argument("--database", choices=("sqlite", "postgresql", "both"), default="both")
    parser.add_argument("--records", type=Path, help="records to copy, JSONL; else the demonstration is read")
    parser.add_argument("--keep", type=Path)
    return parser.parse_args()


def _records(given: Path | None) -> list[dict[str, Any]]:
    if given:
        return [json.loads(line) for line in given.read_text(encoding="utf-8").splitlines()]
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(settings := Settings(data_dir=Path(folder), database_url=""))
        Batch(settings, store, READER).run(walk(demo.samples()), lambda _: None)
        with store.reading() as work, store.engine.connect() as connection:
            keys = connection.execute(select(Document.key)).scalars().all()
            found = [work.record(key) for key in keys]
        store.engine.dispose()
    return [one for one in found if one]


@contextmanager
def database(kind: str, keep: str = "") -> Iterator[str]:
    """A database URL; "" for SQLite in the data folder. What is made on the server goes at the end, unless it
    has a name under which it is kept."""
    if kind == "sqlite":
        yield ""
        return
    schema = f"dondoc_bench_{keep or os.getpid()}"
    server = create_engine(POSTGRES)
    with server.begin() as connection:
        connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {schema}"))
    try:
        yield f"{POSTGRES}?options=-csearch_path%3D{schema}"
    finally:
        if not keep:
            with server.begin() as connection:
                connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
        server.dispose()


def _measured(
    settings: Settings, records: Sequence[Mapping[str, Any]], options: argparse.Namespace
) -> dict[str, Any]:
    began = time.monotonic()
    store = open_store(settings)

    def told(number: int) -> None:
        if number % 10_000 == 0:
            print(f"  {number} documents, {time.monotonic() - began:.0f} s", file=sys.stderr)

    large.fill(store.engine, records, options.documents, options.tasks_each, told)
    if store.engine.dialect.name == "postgresql":  # does it by itself, a little later; SQLite never does
        with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM (ANALYZE)"))
    with store.begin() as work:
        if not work.people.any():
            work.people.add("bench", "Bench", Role.REVIEWER, password=PASSWORD, must_change=False)
    store.engine.dispose()
    queries = _queries(settings, options.documents)
    with _serving(settings) as address:
        waits = _load(address, options)
        uploads = _uploads(address, options.uploads)
    figures: dict[str, Any] = {f"{name}_p95_ms": round(_p95(many) * 1000) for name, many in waits.items()}
    figures |= {
        "upload_to_reviewable_p95_s": round(_p95(uploads), 2),
        "queries_per_page": max(queries.values()),
        "documents": options.documents,
    }
    print(f"  {json.dumps(figures)}", file=sys.stderr)  # the exports take minutes
    return figures | _exports(settings)


def _p95(values: Sequence[float]) -> float:
    return statistics.quantiles(values, n=20)[-1] if len(values) > 1 else values[0]


def _exports(settings: Settings) -> dict[str, float]:
    """The worst format's peak, and how much more many rows take than few."""
    few = {form: _exported(settings, form, "--review", "reviewed") for form in FORMATS}
    many = {form: _exported(settings, form) for form in FORMATS}
    grown = [many[form]["peak_mb"] - few[form]["peak_mb"] for form in FORMATS]
    for form in FORMATS:
        print(f"  export {form}: {few[form]} → {many[form]}", file=sys.stderr)
    peak = max(one["peak_mb"] for one in many.values())
    return {"export_peak_mb": round(peak), "export_grows_mb": round(max(grown), 1)}


def _exported(settings: Settings, *words: str) -> dict[str, Any]:
    own = {"DONDOC_DATA_DIR": str(settings.data_dir), "DONDOC_DATABASE_URL": settings.database_url}
    command = [sys.executable, "-m", "benchmarks.exporting", *words]
    done = subprocess.run(command, env=os.environ | own, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


# ---------------------------------------------------------------- the server and its users


@contextmanager
def _serving(settings: Settings) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = "import sys; sys.argv[0] = 'dondoc'; from service.cli import main; main()"
    own = {"DONDOC_DATA_DIR": str(settings.data_dir), "DONDOC_DATABASE_URL": settings.database_url}
    command = [sys.executable, "-c", program, "serve", "--port", str(port), "--workers", "1"]
    server = subprocess.Popen(command, env=os.environ | own, stdout=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        end = time.monotonic() + 120
        while time.monotonic() < end:
            try:
                httpx.get(f"{address}/readyz", timeout=5).raise_for_status()
                break
            except httpx.HTTPError:
                time.sleep(0.2)
        yield address
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(30)


def _entered(address: str) -> httpx.Client:
    client = httpx.Client(base_url=address, timeout=60, follow_redirects=True)
    client.post("/login", data={"login": "bench", "password": PASSWORD}).raise_for_status()
    return client


def _load(address: str, options: argparse.Namespace) -> dict[str, list[float]]:
    waits: dict[str, list[float]] = {name: [] for name in PAGES}
    first = _entered(address)
    cookies = dict(first.cookies)
    end = time.monotonic() + options.seconds

    def user(number: int) -> None:
        chance = random.Random(number)
        client = httpx.Client(base_url=address, timeout=60, cookies=cookies)
        time.sleep(2 * number / options.users)
        while time.monotonic() < end:
            name = chance.choice(list(PAGES))
            path = chance.choice(PAGES[name]).format(
                word=" ".join(chance.sample(large.WORDS, 2)), document=chance.randrange(1, options.documents)
            )
            began = time.monotonic()
            client.get(path).raise_for_status()
            waits[name].append(time.monotonic() - began)
            time.sleep(max(0.0, 2 - (time.monotonic() - began)))

    for path in (one for many in PAGES.values() for one in many):  # what is done once is not measured
        first.get(path.format(word="dieu", document=1)).raise_for_status()
    users = [threading.Thread(target=user, args=(number,)) for number in range(options.users)]
    for one in users:
        one.start()
    for one in users:
        one.join()
    return waits


def _uploads(address: str, number: int) -> list[float]:
    client = _entered(address)
    token = client.get("/session", headers={"accept": "application/json"}).json()["csrf"]
    waits = []
    with tempfile.TemporaryDirectory() as folder:
        for place in range(number + 1):
            content = mix.write(Path(folder) / "three.pdf", 3, 0, 1000 + place).read_bytes()
            began = time.monotonic()
            sent = client.post(
                "/api/v1/uploads", files={"files": ("ba-trang.pdf", content)}, headers={"x-csrf-token": token}
            )
            state = sent.raise_for_status().json()["uploads"][0]
            while state["state"] not in ("done", "failed", "refused"):
                time.sleep(0.02)
                state = client.get(f"/api/v1/uploads/{state['id']}").json()
            if state["state"] != "done":
                raise RuntimeError(f"an upload was not read: {state['message'] or state['state']}")
            client.get(f"/documents/{state['document']}").raise_for_status()
            if place:  # the first also waits for the reading child
                waits.append(time.monotonic() - began)
    return waits


def _queries(settings: Settings, documents: int) -> dict[str, int]:
    """The most queries that a page of each kind takes, at the beginning and far behind."""
    from fastapi.testclient import TestClient

    from service.web.app import create

    app = create(settings)
    found: dict[str, int] = {}
    with TestClient(app) as client:
        client.post("/login", data={"login": "bench", "password": PASSWORD})
        counted = 0

        def count(*_: Any) -> None:
            nonlocal counted
            counted += 1

        event.listen(app.state.dondoc.store.engine, "before_cursor_execute", count)
        for name, paths in PAGES.items():
            for path in paths:
                for document in (1, max(1, documents // 2)):
                    counted = 0
                    client.get(path.format(word="dieu", document=document))
                    found[name] = max(found.get(name, 0), counted)
    print(f"  queries a page: {found}")
    return found


if __name__ == "__main__":
    raise SystemExit(main())
