"""The whole product over read sample directives, and browsers in which people work; Debian's Chromium."""

from __future__ import annotations

import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from service.access.roles import Role
from service.batch import Batch
from service.bootstrap import READER, open_store
from service.settings import Settings
from service.store import Store
from service.walk import walk
from service.web.app import create

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed (make setup)")
ROOT = Path(__file__).resolve().parents[3]
SAMPLES = ROOT / "data" / "samples" / "sources"
READ = ("s03-cong-dien-bao.pdf", "s04-ket-luan-dau-tu-cong.docx", "s10-dong-y-chu-truong.docx")
PASSWORD = "mot mat khau dai"
PEOPLE = (("lan", Role.REVIEWER), ("minh", Role.MONITOR), ("hoa", Role.LEADER), ("admin", Role.ADMINISTRATOR))


def chromium() -> str | None:
    """The browser's program: DONDOC_CHROMIUM, else what is installed."""
    given = os.environ.get("DONDOC_CHROMIUM", "")
    names = ("chromium", "chromium-browser", "google-chrome")
    return given or next(filter(None, map(shutil.which, names)), None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.slow)
            if chromium() is None:
                reason = "no Chromium: ./scripts/setup.sh --with-browser, or DONDOC_CHROMIUM=its path"
                item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="session")
def read_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with three directives read and people who work on them."""
    folder = tmp_path_factory.mktemp("read")
    settings = Settings(data_dir=folder, workers=1)
    store = open_store(settings)
    Batch(settings, store, READER).run(walk([SAMPLES / name for name in READ]), lambda _: None)
    with store.begin() as work:
        for login, role in PEOPLE:
            clearance = 9 if role is Role.ADMINISTRATOR else 0
            rest = {"password": PASSWORD, "must_change": False, "clearance": clearance}
            work.people.add(login, login.title(), role, **rest)
    store.engine.dispose()
    return folder


SETTLED = """() => {
  const seek = document.activeElement?.closest(".seek");
  const typed = seek?.value.trim();
  const answered = !typed || seek.closest(".units").querySelector(".found").dataset.for === typed;
  return answered && !document.querySelector(".htmx-request");
}"""


class Site:
    """A running server of a test's own."""

    def __init__(self, folder: Path, port: int = 0, **more: Any) -> None:
        self.settings = Settings(data_dir=folder, workers=1, **more)
        self.app = create(self.settings, readers=1)
        config = uvicorn.Config(self.app, host="127.0.0.1", port=port, log_level="warning", lifespan="on")
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run)
        self._thread.start()
        while not self._server.started and self._thread.is_alive():
            time.sleep(0.02)
        self.address = f"http://127.0.0.1:{self._server.servers[0].sockets[0].getsockname()[1]}"

    @property
    def store(self) -> Store:
        return self.app.state.dondoc.store

    def number(self, name: str) -> int:
        """The row id of a document by its sample's name."""
        from sqlalchemy import select

        from service.tables import Document

        with self.store.engine.connect() as connection:
            return connection.execute(select(Document.id).where(Document.name.startswith(name))).scalar_one()

    def units(self, name: str) -> list[str]:
        """The register's ids of units of this name in tasks."""
        from sqlalchemy import select

        from service.tables import TaskUnit

        query = (
            select(TaskUnit.unit_id).where(TaskUnit.name == name, TaskUnit.unit_id.is_not(None)).distinct()
        )
        with self.store.engine.connect() as connection:
            return list(connection.execute(query).scalars())

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join()


@pytest.fixture
def site(read_once: Path, tmp_path: Path) -> Iterator[Site]:
    shutil.copytree(read_once, tmp_path / "data", ignore=shutil.ignore_patterns("spool"))
    site = Site(tmp_path / "data")
    yield site
    site.stop()


@pytest.fixture(scope="session")
def program() -> Iterator[sync_api.Browser]:
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        yield browser
        browser.close()


class Person:
    """Somebody at a browser; what the page's scripts complain of fails the test at its end."""

    def __init__(self, site: Site, page: sync_api.Page, login: str) -> None:
        self.site, self.page = site, page
        self.complaints: list[str] = []
        page.set_default_timeout(30_000)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.login(login)

    def login(self, login: str) -> None:
        self.page.goto(f"{self.site.address}/login")
        self.page.fill("[name=login]", login)
        self.page.fill("[name=password]", PASSWORD)
        self.page.keyboard.press("Enter")
        self.page.wait_for_selector("header.top")

    def open(self, path: str) -> None:
        self.page.goto(f"{self.site.address}{path}")

    def review(self, name: str) -> None:
        """Opens the review screen of a sample."""
        self.open(f"/documents/{self.site.number(name)}")
        self.page.wait_for_selector(".card.current")

    def press(self, *keys: str) -> None:
        """Presses keys one after the other, each once the screen has answered the last."""
        for key in keys:
            self.page.keyboard.press(key)
            self.settle()

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)

    def settle(self) -> None:
        """Waits until no request of the screen is under way, and what was typed for a unit is answered."""
        self.until(lambda: self.page.evaluate(SETTLED))

    def until(self, holds: Callable[[], object]) -> None:
        """Waits for it; asked from here, since the pages' policy forbids Playwright's own way."""
        end = time.monotonic() + 30
        while not holds():
            assert time.monotonic() < end, "waited in vain"
            self.page.wait_for_timeout(25)

    def until_cards(self, number: int) -> None:
        self.until(lambda: len(self.states) == number)

    def leave(self, key: str) -> None:
        """Presses a key that leads to another page."""
        with self.page.expect_navigation():
            self.page.keyboard.press(key)
        self.page.wait_for_load_state()

    @property
    def states(self) -> list[str]:
        return self.page.eval_on_selector_all(".card", "all => all.map(one => one.dataset.status)")

    @property
    def current(self) -> sync_api.Locator:
        return self.page.locator(".card.current")

    def focused(self, selector: str) -> bool:
        return self.page.evaluate("selector => document.activeElement.matches(selector)", selector)


Enter = Callable[..., Person]


@pytest.fixture
def enter(site: Site, program: sync_api.Browser) -> Iterator[Enter]:
    """Logs somebody in with a browser of his own."""
    people: list[Person] = []

    def enter(login: str = "lan") -> Person:
        context = program.new_context(viewport={"width": 1366, "height": 768}, reduced_motion="reduce")
        people.append(Person(site, context.new_page(), login))
        return people[-1]

    yield enter
    for one in people:
        one.page.context.close()
        assert one.complaints == []
