"""Somebody logs in by the office's OpenID provider: from the button over its page to his tasks, and out."""

from __future__ import annotations

import shutil
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from openid import CLIENT, SECRET, OpenID
from sqlalchemy import insert, select, update

from service.tables import Identity, User

from .conftest import Site, sync_api
from .test_access import serious_on


@pytest.fixture
def provider() -> Iterator[OpenID]:
    made = OpenID()
    made.asks = True
    yield made
    made.close()


@pytest.fixture
def office(read_once: Path, tmp_path: Path, provider: OpenID) -> Iterator[Site]:
    shutil.copytree(read_once, tmp_path / "data", ignore=shutil.ignore_patterns("spool"))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    public = f"http://127.0.0.1:{port}"
    provider.registered.add(f"{public}/login/oidc/callback")
    more = {"public_url": public, "oidc_issuer": provider.issuer, "oidc_name": "Đăng nhập tỉnh"}
    more |= {"oidc_client_id": CLIENT, "oidc_client_secret": SECRET, "oidc_only": True}
    site = Site(tmp_path / "data", port, **more)
    with site.store.begin() as work:
        lan = work._session.scalar(select(User.id).where(User.login == "lan"))
        work._session.execute(update(User).where(User.id == lan).values(password_hash=None))
        work._session.execute(insert(Identity).values(user_id=lan, name="lan", name_key="lan"))
    yield site
    site.stop()


def test_by_the_button_in_and_out_again(office: Site, program: sync_api.Browser):
    context = program.new_context(viewport={"width": 1366, "height": 768}, reduced_motion="reduce")
    page = context.new_page()
    page.set_default_timeout(30_000)
    page.goto(f"{office.address}/tasks")
    assert page.locator("[name=password]").count() == 0
    assert serious_on(page) == []
    page.click("text=Đăng nhập bằng Đăng nhập tỉnh")
    page.click("text=Đồng ý")
    page.wait_for_selector("header.top")
    assert page.url == f"{office.address}/tasks"
    page.click(".me summary")
    assert page.locator(".me [href='/password']").count() == 0
    page.click("text=Đăng xuất")
    page.wait_for_selector("text=vẫn nhớ bạn trên máy này")
    assert serious_on(page) == []
    page.click("text=Đăng xuất cả ở đó")
    page.wait_for_url(f"{office.address}/login")
    page.click("text=English")
    page.click("text=Administrators log in by password")
    page.fill("[name=login]", "admin")
    page.fill("[name=password]", "mot mat khau dai")
    page.keyboard.press("Enter")
    page.wait_for_selector("header.top")
    context.close()
