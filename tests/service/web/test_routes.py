"""No answer of any route shows a user what is not his: each route, each kind of user, each kind of document.

A new route fails `test_every_route_is_in_the_matrix` until it says here how it is asked.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import insert, text
from world import BY_NAME, HEALTH, PEOPLE, Paper, Person, World, allowed, built, knows_job, opens

from service.access.roles import Right
from service.api import routers as api_routers
from service.database import now
from service.runs.book import Plan, Sign
from service.settings import Settings
from service.store import Work
from service.tables import Upload
from service.web.app import create
from service.web.pages import routers as page_routers

Request = tuple[str, dict[str, Any]]
"""A path and what goes with it."""
PLAIN = {"/livez", "/readyz", "/metrics", "/api/v1/openapi.json", "/static"}
UPLOAD = "a" * 32
API = "/api/v1"


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder: Path = tmp_path_factory.mktemp("office")
    app = create(Settings(data_dir=folder / "data"))
    with TestClient(app):
        made = built(app)
        with made.store.begin() as work:
            row = {"id": UPLOAD, "batch": "b" * 32, "position": 0, "files": 1, "size": 1, "reason": ""}
            row |= {"user_id": made.viewers["vanthu"].id, "key": _key(made, made.papers[3]), "message": ""}
            row |= {"state": "done", "outcome": "done", "created_at": now(), "finished_at": now()}
            work._session.execute(insert(Upload).values(row))
            _run_over(made, work)
        yield made


def _run_over(world: World, work: Work) -> None:
    """An archive run that met every paper, under a name that says what only some may read."""
    run = work.runs.begin(Plan("máy chủ: root", ("/kho",), "processes:2", "0", len(world.papers)))
    row = {"kind": "text", "outcome": "done", "reason": "", "message": "", "earlier": False}
    row |= {"pages": 1, "bytes": 1, "seconds": 1.0}
    rows = [
        row
        | {
            "digest": paper.key,
            "position": at,
            "sha256": _key(world, paper),
            "path": f"/kho/{paper.header}.txt",
        }
        for at, paper in enumerate(world.papers)
    ]
    work.runs.note(run, rows, Sign(1, 1, None))


def _key(world: World, paper: Paper) -> str:
    with world.store.reading() as work:
        return work.shelf.document(world.viewers["quantri3"], paper.id).key


# ---------------------------------------------------------------- how each route is asked

Ask = Callable[[World], Iterator[Request]]


def once(path: str, **more: Any) -> Ask:
    return lambda world: iter([(path, more)])


def each_paper(path: str, **more: Any) -> Ask:
    return lambda world: ((path.replace("{document}", str(one.id)), more) for one in world.papers)


def each_job(path: str, names: str = "abcd", **more: Any) -> Ask:
    def asked(world: World) -> Iterator[Request]:
        for paper, job in world.pairs():
            if job.name in names:
                yield path.replace("{document}", str(paper.id)).replace("{task}", job.name), more

    return asked


def each_duty(path: str, **more: Any) -> Ask:
    return lambda world: ((path.replace("{duty}", str(one)), more) for one in world.duties.values())


def each_inspection(path: str, **more: Any) -> Ask:
    return lambda world: ((path.replace("{inspection}", one), more) for one in "12")


def each_inspected(path: str, **more: Any) -> Ask:
    return lambda world: (
        (path.replace("{inspection}", one).replace("{duty}", str(duty)), more)
        for one in "12"
        for duty in world.duties.values()
    )


def each_measure(path: str, **more: Any) -> Ask:
    return lambda world: ((path.replace("{measure}", str(one)), more) for one in world.measures.values())


def searches(path: str, **more: Any) -> Ask:
    """The whole list, and words looked up as people type them: the page may say a word back so."""

    def asked(world: World) -> Iterator[Request]:
        yield path, {"params": more}
        for paper in world.papers:
            for word in (paper.header, paper.jobs[0].marker, paper.jobs[0].old):
                yield path, {"params": more | {"q": word.lower()}}

    return asked


def inboxes(world: World) -> Iterator[Request]:
    kinds = ({"review": "reviewed"}, {"review": "all"}, {"of": "mine"}, {"of": "nobody"}, {"again": "1"})
    for params in ({}, *kinds):
        yield "/", {"params": params}


def reports(path: str, **more: Any) -> Ask:
    """Set out by document, whose numbers are words that only some may read, and by unit."""
    return lambda world: ((path, {"params": more | {"by": by}}) for by in ("document", "unit"))


INS = "/inspections/{inspection}"
D, T = "/documents/{document}", "/documents/{document}/tasks/{task}"
SEEN = {"data": {"seen": 1}}
JSON_SEEN = {"json": {"revision": 1}}
VALUES = {"text": "mới"}
PLAN = {"kind": "signs", "title": "x", "ground": "x", "begins_on": "5/1/2026", "units": "Sở Y tế"}
PLAN |= {"contents": "records"}
PLAN_JSON = PLAN | {"units": [{"name": "Sở Y tế"}], "contents": ["records"]}
PLAN_JSON |= {"begins_on": "2026-01-05", "ends_on": "2026-01-05"}

READS: dict[str, Ask] = {
    f"{API}/uploads": once(f"{API}/uploads"),
    f"{API}/uploads/{{upload}}": once(f"{API}/uploads/{UPLOAD}"),
    f"{API}/uploads/{{upload}}/events": once(f"{API}/uploads/{UPLOAD}/events"),
    f"{API}/documents": searches(f"{API}/documents"),
    f"{API}{D}": each_paper(f"{API}{D}"),
    f"{API}{D}/reviewers": each_paper(f"{API}{D}/reviewers"),
    f"{API}{D}/record": each_paper(f"{API}{D}/record"),
    f"{API}{D}/tasks": each_paper(f"{API}{D}/tasks"),
    f"{API}{D}/relations": each_paper(f"{API}{D}/relations"),
    f"{D}/answer": each_paper(f"{D}/answer"),
    f"{API}{D}/exchange/{{status}}": each_paper(f"{API}{D}/exchange/current"),
    f"{API}{D}/original": each_paper(f"{API}{D}/original"),
    f"{API}{D}/pages/{{number}}": each_paper(f"{API}{D}/pages/1"),
    f"{API}{D}/pages/{{number}}.jpg": each_paper(f"{API}{D}/pages/1.jpg"),
    f"{API}{D}/pages/{{number}}.png": each_paper(f"{API}{D}/pages/1.png"),
    f"{API}{T}/evidence/{{k}}": each_job(f"{API}{T}/evidence/0"),
    f"{API}{T}/evidence/{{k}}.jpg": each_job(f"{API}{T}/evidence/0.jpg", "a"),
    f"{API}{T}/evidence/{{k}}.png": each_job(f"{API}{T}/evidence/1.png", "a"),
    f"{API}/tasks": searches(f"{API}/tasks"),
    f"{API}{T}": each_job(f"{API}{T}"),
    f"{API}{T}/versions": each_job(f"{API}{T}/versions"),
    f"{API}/decisions": once(f"{API}/decisions"),
    f"{API}/exports": once(f"{API}/exports"),
    f"{API}/exports/{{export}}": once(f"{API}/exports/{'e' * 32}"),  # and test_exports_hold_… below
    f"{API}/exports/{{export}}/file": once(f"{API}/exports/{'e' * 32}/file"),
    f"{API}/reports": reports(f"{API}/reports"),
    f"{API}/reports/duties": reports(f"{API}/reports/duties", limit=200),
    f"{API}/webhooks": once(f"{API}/webhooks"),
    f"{API}/webhooks/{{webhook}}/deliveries": once(f"{API}/webhooks/1/deliveries"),
    f"{API}/tokens": once(f"{API}/tokens"),
    "/login": once("/login"),
    "/login/oidc": once("/login/oidc"),  # none is configured: tests/service/oidc
    "/login/oidc/callback": once("/login/oidc/callback"),
    "/login/oidc/logout": once("/login/oidc/logout"),
    "/session": once("/session"),
    "/password": once("/password"),
    "/": inboxes,
    "/tasks": searches("/tasks"),
    "/book": searches("/book", view="all"),
    "/book/new": once("/book/new"),
    "/book/secret": once("/book/secret"),
    "/book/import": once("/book/import"),
    f"{API}/duties": searches(f"{API}/duties", wholes="true"),
    f"{API}/duties/{{duty}}": each_duty(f"{API}/duties/{{duty}}"),
    f"{API}/duties/{{duty}}/events": each_duty(f"{API}/duties/{{duty}}/events"),
    f"{API}/duties/{{duty}}/files/{{file}}": each_duty(f"{API}/duties/{{duty}}/files/1"),
    "/proposals": once("/proposals"),
    "/duplicates": once("/duplicates"),
    "/book/{duty}": each_duty("/book/{duty}"),
    "/letters": lambda world: (
        ("/letters", {"params": {"unit": unit}}) for unit in ("", f"Sở Y tế ({HEALTH})", BY_NAME.name)
    ),
    "/letters/file": lambda world: (
        ("/letters/file", {"params": {"unit": unit}}) for unit in (f"Sở Y tế ({HEALTH})", BY_NAME.name)
    ),
    "/mails": once("/mails"),
    "/letters/template": once("/letters/template"),
    "/letters/template/file": once("/letters/template/file"),
    "/reminders": once("/reminders"),
    "/reminders/count": once("/reminders/count"),
    "/addresses": once("/addresses"),
    "/calendar": once("/calendar"),
    "/inspections": once("/inspections", params={"view": "all"}),
    "/inspections/new": once("/inspections/new"),
    INS: each_inspection(INS),
    f"{INS}/edit": each_inspection(f"{INS}/edit"),
    f"{INS}/letter": each_inspection(f"{INS}/letter"),
    f"{INS}/duties": each_inspection(f"{INS}/duties"),
    f"{API}/inspections": once(f"{API}/inspections"),
    f"{API}{INS}": each_inspection(f"{API}{INS}"),
    f"{API}{INS}/findings": each_inspection(f"{API}{INS}/findings"),
    f"{API}/duties/{{duty}}/measures": each_duty(f"{API}/duties/{{duty}}/measures"),
    "/dashboard": once("/dashboard"),
    "/feed": once("/feed"),
    "/feeds/{token}.ics": once(f"/feeds/{'f' * 43}.ics"),  # and tests/service/web/test_feed.py
    "/reports": reports("/reports"),
    "/reports/duties": reports("/reports/duties"),
    "/reports/file/{kind}": lambda world: (
        (f"/reports/file/{kind}", {"params": {"by": "document"}}) for kind in ("xlsx", "docx")
    ),
    "/users": once("/users"),
    "/users/{user}": once("/users/1"),
    "/tokens": once("/tokens"),
    "/units/options": once("/units/options", params={"unit": "so y te"}),
    "/webhooks": once("/webhooks"),
    "/webhooks/{webhook}": once("/webhooks/1"),
    "/webhooks/{webhook}/deliveries": once("/webhooks/1/deliveries"),
    "/audit": once("/audit"),
    f"{API}/budget": once(f"{API}/budget"),
    "/budget": once("/budget"),
    f"{API}/runs": once(f"{API}/runs"),
    f"{API}/runs/{{run}}": once(f"{API}/runs/1"),
    "/runs": once("/runs"),
    "/runs/{run}": once("/runs/1"),
    "/runs/{run}/standing": once("/runs/1/standing"),
    "/runs/{run}/file/{kind}": once("/runs/1/file/html"),
    "/quarantine": once("/quarantine"),
    "/budget/stopped": once("/budget/stopped"),
    f"{D}/purge": each_paper(f"{D}/purge"),
    D: each_paper(D),
    f"{D}/relations": each_paper(f"{D}/relations"),
    f"{D}/history": each_paper(f"{D}/history"),
    f"{D}/presence": each_paper(f"{D}/presence"),
    f"{T}/edit": each_job(f"{T}/edit", "ab"),
    "/units": lambda world: (("/units", {"params": {"q": "so", "document": one.id}}) for one in world.papers),
    "/deadline": lambda world: (
        ("/deadline", {"params": {"deadline": "31/3", "document": one.id}}) for one in world.papers
    ),
}
CHANGES: dict[str, Ask] = {
    f"POST {API}{T}/accept": each_job(f"{API}{T}/accept", "b", **JSON_SEEN),
    f"POST {API}{T}/edit": each_job(f"{API}{T}/edit", "b", json={"revision": 1, "values": VALUES}),
    f"POST {API}{T}/reject": each_job(f"{API}{T}/reject", "b", json={"revision": 1, "reason": "x"}),
    f"POST {API}{T}/split": each_job(f"{API}{T}/split", "b", json={"revision": 1, "parts": [VALUES, VALUES]}),
    f"POST {API}{D}/tasks/merge": each_paper(
        f"{API}{D}/tasks/merge",
        json={"tasks": [{"task": one, "revision": 1} for one in "bc"], "result": VALUES},
    ),
    f"POST {API}{D}/tasks": each_paper(f"{API}{D}/tasks", json=VALUES),
    f"POST {API}/decisions/bulk": lambda world: (
        (f"{API}/decisions/bulk", {"json": {"accept": [{"document": p.id, "task": "b", "revision": 1}]}})
        for p in world.papers
    ),
    f"POST {API}/decisions/{{group}}/undo": once(f"{API}/decisions/1/undo"),
    f"PUT {API}{D}/assignee": each_paper(f"{API}{D}/assignee", json={"login": None}),
    f"POST {API}{D}/confirm": each_paper(f"{API}{D}/confirm"),
    f"POST {API}{D}/file": each_paper(f"{API}{D}/file"),
    f"POST {API}{D}/reopen": each_paper(f"{API}{D}/reopen"),
    f"DELETE {API}/exports/{{export}}": once(f"{API}/exports/{'e' * 32}"),
    f"POST {T}/accept": each_job(f"{T}/accept", "b", **SEEN),
    f"POST {T}/reject": each_job(f"{T}/reject", "b", **SEEN),
    f"POST {T}/reopen": each_job(f"{T}/reopen", "b", **SEEN),
    f"POST {D}/sure": each_paper(f"{D}/sure", data={"tasks": ["b~1"]}),
    f"POST {D}/missed": each_paper(f"{D}/missed", data={"start": 0, "end": 20}),
    f"POST {T}/split": each_job(f"{T}/split", "b", data={"seen": 1, "part": ["x", "y"]}),
    f"POST {T}/merge": each_job(f"{T}/merge", "b", **SEEN),
    f"POST {D}/undo": each_paper(f"{D}/undo"),
    f"POST {D}/alike": each_paper(f"{D}/alike", data={"group": 1}),
    f"POST {D}/confirm": each_paper(f"{D}/confirm"),
    f"POST {D}/assignee": each_paper(f"{D}/assignee", data={"assignee": ""}),
    f"POST {D}/take": each_paper(f"{D}/take"),
    f"POST {D}/again": each_paper(f"{D}/again"),
    f"POST {D}/file": each_paper(f"{D}/file"),
    f"POST {D}/reopen": each_paper(f"{D}/reopen"),
    f"POST {T}/other": each_job(f"{T}/other", "b", data={"seen": 1, "field": "leads"}),
    f"POST {T}/edit": each_job(
        f"{T}/edit", "b", data={"seen": 1, "text": "mới", "nature": "carry_out", "field": "health"}
    ),
    f"POST {D}/purge": each_paper(f"{D}/purge"),
    "POST /book/{duty}/steps/{action}": each_duty(
        "/book/{duty}/steps/cancel", data={"seen": 1, "note": "thôi"}
    ),
    f"POST {API}/duties/{{duty}}/steps/{{action}}": each_duty(
        f"{API}/duties/{{duty}}/steps/cancel", json={"revision": 1, "note": "thôi"}
    ),
    f"POST {API}/duties/{{duty}}/steps/{{action}}/files": each_duty(
        f"{API}/duties/{{duty}}/steps/cancel/files",
        data={"step": '{"revision": 1, "note": "xong"}'},
        files={"files": ("anh.txt", b"ket qua")},
    ),
    "POST /book/{duty}/steps/{action}/files": each_duty(
        "/book/{duty}/steps/cancel/files",
        data={"seen": 1, "note": "xong"},
        files={"files": ("anh.txt", b"ket qua")},
    ),
    f"POST {API}/duties/{{duty}}/parts": each_duty(
        f"{API}/duties/{{duty}}/parts", json={"revision": 1, "parts": [{"lead": {"name": "Sở Y tế"}}]}
    ),
    "POST /proposals/{proposal}/accept": once("/proposals/1/accept"),
    "POST /proposals/{proposal}/decline": once("/proposals/1/decline"),
    "POST /duplicates/{twin}/join": once("/duplicates/1/join"),
    "POST /duplicates/{twin}/apart": once("/duplicates/1/apart"),
    "POST /duplicates/{twin}/part": once("/duplicates/1/part"),
    "POST /book/{duty}/unlink": each_duty("/book/{duty}/unlink"),
    "POST /book/{duty}/measures": each_duty("/book/{duty}/measures", data={"kind": "reminder", "note": "x"}),
    f"POST {API}/duties/{{duty}}/measures": each_duty(
        f"{API}/duties/{{duty}}/measures", json={"kind": "reminder", "note": "x"}
    ),
    "POST /measures/{measure}/settle": each_measure(
        "/measures/{measure}/settle", data={"duty": 1, "note": "x"}
    ),
    f"POST {API}/measures/{{measure}}/settle": each_measure(
        f"{API}/measures/{{measure}}/settle", json={"note": "x"}
    ),
    f"POST {INS}/edit": each_inspection(f"{INS}/edit", data=PLAN | {"seen": 1}),
    f"PUT {API}{INS}": each_inspection(f"{API}{INS}", json=PLAN_JSON | {"revision": 1}),
    f"POST {INS}/duties": lambda world: (
        (f"/inspections/{one}/duties", {"data": {"duty": [*world.duties.values()]}}) for one in "12"
    ),
    f"POST {API}{INS}/duties": lambda world: (
        (f"{API}/inspections/{one}/duties", {"json": {"duties": [duty]}})
        for one in "12"
        for duty in world.duties.values()
    ),
    f"POST {INS}/duties/{{duty}}": each_inspected(
        f"{INS}/duties/{{duty}}", data={"seen": 1, "result": "not_done", "note": "x"}
    ),
    f"PUT {API}{INS}/duties/{{duty}}/finding": each_inspected(
        f"{API}{INS}/duties/{{duty}}/finding", json={"revision": 1, "result": "not_done", "note": "x"}
    ),
    f"POST {INS}/duties/{{duty}}/remove": each_inspected(f"{INS}/duties/{{duty}}/remove"),
    f"DELETE {API}{INS}/duties/{{duty}}": each_inspected(f"{API}{INS}/duties/{{duty}}"),
    f"POST {INS}/duties/{{duty}}/reopen": each_inspected(f"{INS}/duties/{{duty}}/reopen"),
    f"POST {API}{INS}/duties/{{duty}}/reopen": each_inspected(f"{API}{INS}/duties/{{duty}}/reopen", json={}),
    f"POST {INS}/follow-ups": each_inspection(f"{INS}/follow-ups", data={"text": "x", "lead": "Sở Y tế"}),
    f"POST {API}{INS}/follow-ups": each_inspection(
        f"{API}{INS}/follow-ups", json={"text": "x", "lead": {"name": "Sở Y tế"}}
    ),
    f"PUT {API}{INS}/conclusion": each_inspection(
        f"{API}{INS}/conclusion", json={"revision": 1, "nature": "x"}
    ),
    f"POST {INS}/conclusion": each_inspection(f"{INS}/conclusion", data={"seen": 1, "nature": "x"}),
    f"POST {API}{INS}/conclude": each_inspection(
        f"{API}{INS}/conclude",
        json=dict.fromkeys(("nature", "degree", "cause", "responsibility", "number"), "x")
        | {"revision": 1, "on": "2026-01-06"},
    ),
    f"POST {INS}/steps/{{action}}": each_inspection(f"{INS}/steps/cancel", data={"seen": 1, "note": "x"}),
    f"POST {API}{INS}/steps/{{action}}": each_inspection(
        f"{API}{INS}/steps/cancel", json={"revision": 1, "note": "x"}
    ),
    "POST /measures/{measure}/withdraw": each_measure(
        "/measures/{measure}/withdraw", data={"duty": 1, "note": "x"}
    ),
    f"POST {API}/measures/{{measure}}/withdraw": each_measure(
        f"{API}/measures/{{measure}}/withdraw", json={"note": "x"}
    ),
    "POST /book/{duty}/urge": each_duty("/book/{duty}/urge", data={"note": "gọi"}),
    "POST /book/{duty}/parts": each_duty("/book/{duty}/parts", data={"seen": 1, "parts": "Sở Y tế"}),
}
"""Routes that change documents; they are tried by those who may not see them, and then by those who may."""
ELSEWHERE = {
    f"POST {API}/uploads",  # tests/service/api/test_uploads.py: answers with one's own upload only
    f"POST {API}/exports",  # test_exports_hold_no_more_than_their_user_may_see
    f"POST {API}/webhooks",  # tests/service/api/test_webhooks.py: ids alone, to who may know of them
    f"DELETE {API}/webhooks/{{webhook}}",
    f"POST {API}/webhooks/{{webhook}}/on",
    f"POST {API}/webhooks/{{webhook}}/off",
    f"POST {API}/webhooks/{{webhook}}/test",
    f"POST {API}/webhooks/{{webhook}}/deliveries/{{delivery}}/resend",
    "POST /webhooks",  # tests/service/web/test_webhooks.py: one's own alone
    "POST /webhooks/{webhook}/switch",
    "POST /webhooks/{webhook}/remove",
    "POST /webhooks/{webhook}/test",
    "POST /webhooks/{webhook}/deliveries/{delivery}/resend",
    f"POST {API}/tokens",  # tests/service/api/test_tokens.py, tests/service/web/test_users.py: no documents
    f"DELETE {API}/tokens/{{token}}",
    "POST /letters/package",  # tests/service/web/test_answering.py
    "POST /letters/sent",  # tests/service/web/test_letters.py: who follows, at duties that he sees
    "POST /letters/template",
    "POST /letters/template/reset",
    "POST /reminders/seen",  # tests/service/web/test_reminders.py: one's own mark
    "POST /reminders/{digest}/resend",
    "POST /addresses",
    "POST /inspections/new",  # tests/service/web/test_inspections.py: one's own words alone
    f"POST {API}/inspections",  # tests/service/api/test_inspections.py
    f"PUT {API}/budget",  # tests/service/api/test_budget.py: the same
    "POST /budget",  # tests/service/web/test_budget.py: shares, nothing of documents
    "POST /budget/off",
    "POST /quarantine/release",  # tests/service/web/test_runs.py: hashes alone
    "POST /calendar",  # tests/service/web/test_calendar.py: days, nothing of documents
    "POST /calendar/remove",
    "POST /book/secret",
    "POST /book/import/preview",  # tests/service/web/test_importing.py: one's own workbook alone
    "POST /book/import",
    f"POST {API}/book/imports",  # tests/service/api/test_book_imports.py: the same
    f"POST {API}/duties",
    "POST /book/new",  # tests/service/web/test_book.py: one's own words alone
    "POST /feed",  # tests/service/web/test_feed.py: one's own address alone
    "POST /feed/revoke",
    "POST /login",
    "POST /logout",
    "POST /password",
    "POST /language",
    "POST /users",
    "POST /users/{user}",
    "POST /users/{user}/reset",
    "POST /users/{user}/release",
    "POST /tokens",
    "POST /tokens/{token}/revoke",
}


def routes() -> set[str]:
    """Every route as "METHOD /path"; a GET by its path alone."""
    found = set()
    for prefix, routers in ((API, api_routers()), ("", page_routers())):
        for router in routers:
            for route in router.routes:
                for method in route.methods - {"HEAD"}:
                    found.add(f"{'' if method == 'GET' else method + ' '}{prefix}{route.path}")
    return found


def test_every_route_is_in_the_matrix(world: World):
    assert routes() == READS.keys() | CHANGES.keys() | ELSEWHERE
    plain = {route.path for route in world.app.routes if hasattr(route, "path")}
    assert plain <= PLAIN | {path for path in routes() if " " not in path} | {
        one.split(" ")[-1] for one in routes()
    }


# ---------------------------------------------------------------- what the answers show


def client_of(world: World, person: Person) -> TestClient:
    token = world.tokens[person.login]
    return TestClient(
        world.app,
        headers={"authorization": f"Bearer {token}"},
        raise_server_exceptions=False,
        follow_redirects=False,
    )


def words_in(content: bytes, markers: set[str]) -> set[str]:
    """The markers that an answer shows, in a workbook too."""
    shown = content.decode(errors="replace")
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            shown = "".join(book.read(name).decode(errors="replace") for name in book.namelist())
    return {word for word in markers if word in shown}


@pytest.mark.parametrize("person", PEOPLE, ids=lambda one: one.login)
def test_reading_shows_all_that_is_his_and_nothing_else(world: World, person: Person):
    client, mine, seen = client_of(world, person), allowed(person, world), set()
    for route, ask in READS.items():
        for path, more in ask(world):
            answer = client.get(path, **more)
            assert answer.status_code < 500, (path, answer.text)
            shown = words_in(answer.content, world.markers)
            assert shown <= mine, f"{route}: {path} {more} shows {shown - mine}"
            seen |= shown
    assert seen == mine


def places(person: Person, world: World) -> set[str]:
    """The paths of documents that he may know of."""
    papers = {
        f"/documents/{paper.id}"
        for paper in world.papers
        if opens(person, paper) or any(knows_job(person, paper, job) for job in paper.jobs)
    }
    known = [
        (paper.key, job.name)
        for paper, job in world.pairs()
        if (paper.key, job.name) in world.duties and knows_job(person, paper, job)
    ]
    duties = {f"/{kind}/{world.duties[one]}" for kind in ("book", "duties") for one in known}
    measures = {f"/measures/{world.measures[one]}" for one in known}
    return papers | duties | measures | ({"/inspections/1", "/inspections/2"} if checks(person) else set())


def checks(person: Person) -> bool:
    """Whether he plans and concludes inspections, and takes measures."""
    return person.may(Right.FOLLOW) or person.may(Right.DECIDE)


@pytest.mark.parametrize("person", PEOPLE, ids=lambda one: one.login)
def test_of_what_is_not_his_nothing_can_be_changed(world: World, person: Person):
    client, mine, known = client_of(world, person), allowed(person, world), places(person, world)
    before = state_of(world)
    changes = person.may(Right.REVIEW)
    for route, ask in CHANGES.items():
        for path, more in ask(world):
            of = "/".join(path.removeprefix(API).split("/")[:3])
            if changes and (of in known or "decisions" in path):
                continue
            if checks(person) and of in known and ("/inspections" in path or "/measures" in path):
                continue
            answer = client.request(route.split(" ")[0], path, **more)
            assert answer.status_code in (403, 404, 422), (path, answer.status_code)
            assert words_in(answer.content, world.markers) <= mine, path
    assert state_of(world) == before


KEPT = ("documents", "tasks", "task_versions", "change_groups", "exports", "duties", "duty_events")


def state_of(world: World) -> list[Any]:
    """All that people change."""
    with world.store.engine.connect() as connection:
        return [
            connection.execute(text(f"SELECT * FROM {table} ORDER BY 1, 2")).all()
            for table in (
                "documents",
                "tasks",
                "task_versions",
                "change_groups",
                "exports",
                "duties",
                "duty_events",
                "inspections",
                "inspection_units",
                "findings",
                "follow_ups",
                "measures",
            )
        ]


@pytest.mark.parametrize("form", ["csv", "xlsx", "jsonl"])
def test_exports_hold_no_more_than_their_user_may_see(world: World, form: str):
    asked = {}
    for person in PEOPLE:
        answer = client_of(world, person).post(f"{API}/exports", json={"format": form})
        if answer.status_code == 202:
            asked[person] = answer.json()["id"]
    assert asked.keys() == {one for one in PEOPLE if one.may(Right.READ)}
    while world.app.state.dondoc.exporter.turn():
        pass
    for person, export in asked.items():
        content = client_of(world, person).get(f"{API}/exports/{export}/file").content
        jobs = {job.marker for paper, job in world.pairs() if knows_job(person, paper, job)}
        assert words_in(content, world.markers) & {job.marker for _, job in world.pairs()} == jobs
        assert words_in(content, world.markers) <= allowed(person, world)
        for other in PEOPLE:
            if other != person:
                assert client_of(world, other).get(f"{API}/exports/{export}/file").status_code in (403, 404)


def test_what_happens_to_his_own_tells_nothing_of_others(world: World):
    """Last in this file: it changes the office. Clearance alone decides for these roles, whatever changes."""
    for login in ("rasoat", "theodoi", "quantri"):
        person = next(one for one in PEOPLE if one.login == login)
        client, known = client_of(world, person), places(person, world)
        hidden = {
            word
            for paper in world.papers
            if paper.clearance > person.clearance
            for word in (paper.header, paper.body, *(one.marker for one in paper.jobs))
        }
        for route, ask in CHANGES.items():
            for path, more in ask(world):
                of = "/".join(path.removeprefix(API).split("/")[:3])
                if of in known and "purge" not in path:
                    answer = client.request(route.split(" ")[0], path, **more)
                    assert answer.status_code < 500, (path, answer.text)
                    assert not words_in(answer.content, hidden), path
