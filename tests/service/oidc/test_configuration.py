"""What is configured wrongly is told in one line; a provider that is not as it should be counts as away."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from openid import CLIENT, SECRET
from typer.testing import CliRunner

from service.cli import app as command
from service.oidc.attempt import begun
from service.oidc.configuration import Misconfigured, provider_of
from service.oidc.provider import Away, Provider
from service.settings import Settings
from service.web.app import create

from .conftest import PUBLIC, Office

WHOLE: dict[str, Any] = {
    "oidc_issuer": "https://sso.example",
    "oidc_client_id": CLIENT,
    "public_url": "https://dondoc.example",
}


def configured(**values: Any) -> Provider:
    provider = provider_of(Settings(**WHOLE | values))
    assert provider
    return provider


def test_without_an_issuer_there_is_no_provider_and_no_button(tmp_path: Path):
    with TestClient(create(Settings(data_dir=tmp_path / "data"))) as browser:
        assert "/login/oidc" not in browser.get("/login").text
        for path in ("/login/oidc", "/login/oidc/callback", "/login/oidc/logout"):
            assert browser.get(path).status_code == 404


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ({"oidc_client_id": ""}, "DONDOC_OIDC_CLIENT_ID"),
        ({"public_url": ""}, "DONDOC_PUBLIC_URL"),
        ({"public_url": "dondoc.example"}, "DONDOC_PUBLIC_URL"),
        ({"oidc_issuer": "http://sso.example"}, "DONDOC_OIDC_ISSUER"),
        ({"oidc_client_secret_file": Path("/nirgendwo/x")}, "DONDOC_OIDC_CLIENT_SECRET_FILE"),
    ],
)
def test_what_is_missing_is_named(values: dict[str, Any], named: str):
    with pytest.raises(Misconfigured, match=named):
        configured(**values)


def test_serve_says_it_in_one_line_and_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DONDOC_OIDC_ISSUER", "http://sso.example")
    done = CliRunner().invoke(command, ["serve", "--data", str(tmp_path)])
    assert (done.exit_code, done.output.count("\n")) == (2, 1)
    assert "DONDOC_OIDC_CLIENT_ID" in done.output


def test_the_secret_comes_from_a_file_or_the_setting_and_is_not_shown(secret_file: Path):
    assert configured(oidc_client_secret_file=secret_file).configuration.secret == SECRET
    given = configured(oidc_client_secret=SECRET).configuration
    assert given.secret == SECRET
    assert SECRET not in f"{Settings(**WHOLE, oidc_client_secret=SECRET)!r} {given!r}"


@pytest.mark.parametrize(
    "described",
    [
        {"issuer": "https://xau.example"},
        {"token_endpoint": "http://xau.example/token"},
        {"jwks_uri": None},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"code_challenge_methods_supported": ["plain"]},
    ],
)
def test_a_description_that_is_not_its_own_or_not_safe_is_not_used(office: Office, described: dict[str, Any]):
    provider = configured(oidc_issuer=office.provider.issuer, public_url=PUBLIC)
    office.provider.described = described
    try:
        with pytest.raises(Away):
            provider.leads_to(begun())
    finally:
        office.provider.described = {}
    assert provider.leads_to(begun()).startswith(f"{office.provider.issuer}/auth?")  # once it is mended


def test_a_provider_that_is_gone_is_told_and_passwords_go_on(office: Office, monkeypatch: pytest.MonkeyPatch):
    gone = configured(oidc_issuer="http://127.0.0.1:9", public_url=PUBLIC)
    monkeypatch.setattr(office.app.state.dondoc, "provider", gone)
    browser = office.browser()
    assert browser.get("/login/oidc").headers["location"] == "/login?problem=away"
    assert "không trả lời" in browser.get("/login?problem=away").text
    assert browser.post("/login", data={"login": "x", "password": "y"}).status_code == 401
