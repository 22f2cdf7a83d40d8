"""`make screenshots`: the pictures of the main screens in README and docs, of the demonstration's own data.

    python -m benchmarks.screenshots [--into docs]

Needs Chromium (scripts/setup.sh --with-browser). Each picture is a PNG of few colours, so that it is small.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvicorn
from PIL import Image

from service import demo
from service.settings import Settings
from service.web.app import create

ROOT = Path(__file__).resolve().parent.parent
COLOURS = 96


def main() -> int:
    parser = argparse.ArgumentParser(prog="make screenshots", description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--into", type=Path, default=ROOT / "docs")
    into = parser.parse_args().into
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if program is None:
        print("screenshots: no Chromium (./scripts/setup.sh --with-browser)")
        return 1
    with (
        tempfile.TemporaryDirectory(prefix="dondoc-shots-") as folder,
        _served(Path(folder)) as (address, made),
    ):
        from playwright.sync_api import sync_playwright

        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
            page = browser.new_page(viewport={"width": 1366, "height": 768}, reduced_motion="reduce")
            page.set_default_timeout(60_000)
            _shoot(page, address, made.password, into)
            browser.close()
    return 0


@contextmanager
def _served(folder: Path) -> Iterator[tuple[str, demo.Demo]]:
    settings = Settings(data_dir=folder, database_url="")
    made = demo.prepare(settings, lambda _: None)
    server = uvicorn.Server(uvicorn.Config(create(settings, warm=True), port=0, log_level="warning"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}", made
    finally:
        server.should_exit = True
        thread.join()


def _shoot(page: Any, address: str, password: str, into: Path) -> None:
    def shot(name: str) -> None:
        page.wait_for_load_state("networkidle")
        path = into / f"{name}.png"
        page.screenshot(path=path)
        Image.open(path).convert("RGB").quantize(COLOURS).save(path, optimize=True)

    page.goto(f"{address}/login")
    page.fill("[name=login]", "ra-soat")
    page.fill("[name=password]", password)
    page.keyboard.press("Enter")
    page.wait_for_selector("table.queue")
    shot("inbox")
    page.locator("table.queue a").first.click()
    page.wait_for_selector(".card.current")
    page.keyboard.press("j")
    shot("review")
    page.keyboard.press("t")
    page.wait_for_selector("form.edit")
    for key in ("4", "Shift+ArrowRight", "Shift+ArrowRight"):
        page.keyboard.press(key)
    shot("review-words")
    page.keyboard.press("Escape")
    page.keyboard.press("l")
    page.wait_for_selector("form.edit")
    page.keyboard.type("so y te")
    page.wait_for_selector("[role=option]")
    shot("review-edit")
    page.goto(f"{address}/tasks")
    page.wait_for_selector(".card")
    shot("tasks")


if __name__ == "__main__":
    raise SystemExit(main())
