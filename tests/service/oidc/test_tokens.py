"""Nothing but an honest answer to this browser's own login opens a session."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey
from openid import CLIENT, SECRET, OpenID
from sqlalchemy import text

from service.web.identity import COOKIE

from .conftest import Office


@pytest.fixture(scope="module", autouse=True)
def lan(office: Office) -> None:
    office.add("lan")
    assert office.login(office.browser(), "s-lan", "lan") == "/"


def changed(**values: Any) -> Callable[[OpenID], None]:
    """Claims that are not as they should be; None leaves one out."""

    def spoil(claims: dict[str, Any]) -> None:
        for name, value in values.items():
            claims.pop(name, None)
            if value is not None:
                claims[name] = value

    return lambda provider: setattr(provider, "spoil", spoil)


def signing(sign: Callable[[OpenID, dict[str, Any]], str]) -> Callable[[OpenID], None]:
    return lambda provider: setattr(provider, "sign", lambda claims: sign(provider, claims))


def coded(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def unsigned(provider: OpenID, claims: dict[str, Any], algorithm: str = "none") -> str:
    head = {"alg": algorithm, "kid": provider.key.kid}
    return f"{coded(json.dumps(head).encode())}.{coded(json.dumps(claims).encode())}."


def by_public_key(provider: OpenID, claims: dict[str, Any]) -> str:
    """What is published, taken for a shared secret; the library refuses to make such a token itself."""
    begun = unsigned(provider, claims, "HS256")
    pem = provider.key.as_pem(private=False)
    return begun + coded(hmac.new(pem, begun[:-1].encode(), hashlib.sha256).digest())


def by(key: Any, **header: Any) -> Callable[[OpenID, dict[str, Any]], str]:
    def sign(provider: OpenID, claims: dict[str, Any]) -> str:
        made = key(provider) if callable(key) else key
        algorithm = header.get("alg", "RS256")
        return jwt.encode({"kid": provider.key.kid, "alg": algorithm} | header, claims, made, [algorithm])

    return sign


def altered(provider: OpenID, claims: dict[str, Any]) -> str:
    head, body, signature = provider.signed(claims).split(".")
    assert body
    return f"{head}.{coded(json.dumps(claims | {'sub': 's-ai-do'}).encode())}.{signature}"


OTHER = RSAKey.generate_key(2048)
BAD: dict[str, Callable[[OpenID], None]] = {
    "another nonce": changed(nonce="x"),
    "no nonce": changed(nonce=None),
    "another client": changed(aud="phan-mem-khac"),
    "other clients too, for one of them": changed(aud=[CLIENT, "khac"], azp="khac"),
    "other clients too, for nobody": changed(aud=[CLIENT, "khac"]),
    "no audience": changed(aud=None),
    "another issuer": changed(iss="https://xau.example"),
    "no issuer": changed(iss=None),
    "expired": changed(exp=int(time.time()) - 120),
    "never expires": changed(exp=None),
    "expires at no time": changed(exp="mai"),
    "not valid yet": changed(nbf=int(time.time()) + 3600),
    "made in the future": changed(iat=int(time.time()) + 3600),
    "nobody": changed(sub=None),
    "an empty subject": changed(sub=""),
    "a number for a subject": changed(sub=7),
    "a subject without end": changed(sub="s" * 300),
    "for another access token": changed(at_hash="AAAAAAAAAAAAAAAAAAAAAA"),
    "not signed": signing(unsigned),
    "altered after it was signed": signing(altered),
    "signed by another key": signing(by(OTHER)),
    "signed by a key that is not published": signing(by(OTHER, kid="k9")),
    "signed with the client's secret": signing(by(OctKey.import_key(SECRET), alg="HS256")),
    "signed with the public key as a secret": signing(by_public_key),
    "in a way that the provider does not offer": signing(by(lambda one: one.key, alg="PS256")),
    "no token": signing(lambda provider, claims: "khong.phai.gi"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_token_that_is_not_right_opens_nothing(office: Office, name: str):
    BAD[name](office.provider)
    browser = office.browser()
    assert office.login(browser, "s-lan", "lan") == "/login?problem=distrusted"
    assert COOKIE not in browser.cookies
    office.provider.honest()
    assert office.login(browser, "s-lan", "lan") == "/"


def test_an_answer_is_worth_something_once(office: Office):
    browser = office.browser()
    back = office.back(browser)
    cookies = dict(browser.cookies)
    assert browser.get(back).headers["location"] == "/"
    again = office.browser()
    again.cookies.update(cookies)
    assert again.get(back).headers["location"] == "/login?problem=expired"
    assert COOKIE not in again.cookies


def test_an_answer_to_another_browser_is_worth_nothing_here(office: Office):
    theirs, mine = office.browser(), office.browser()
    back = office.back(theirs)
    assert mine.get(back).headers["location"] == "/login?problem=expired"  # begun nothing
    office.back(mine)
    assert mine.get(back).headers["location"] == "/login?problem=expired"  # begun something else
    assert COOKIE not in mine.cookies


def test_a_code_that_was_taken_from_another_browser_buys_nothing(office: Office):
    theirs, mine = office.browser(), office.browser()
    stolen = httpx.URL(office.back(theirs)).params["code"]
    back = httpx.URL(office.back(mine))
    answer = mine.get(str(back.copy_set_param("code", stolen)))
    assert answer.headers["location"] == "/login?problem=distrusted"


@pytest.mark.parametrize(
    "change", [{"state": "bịa"}, {"state": ""}, {"iss": "https://xau.example"}, {"code": ""}]
)
def test_an_address_that_was_changed_on_the_way_is_worth_nothing(office: Office, change: dict[str, str]):
    browser = office.browser()
    back = httpx.URL(office.back(browser)).copy_merge_params(change)
    where = browser.get(str(back)).headers["location"]
    assert where.startswith("/login?problem=")
    assert COOKIE not in browser.cookies


def test_a_login_does_not_wait_for_ever(office: Office):
    browser = office.browser()
    back = office.back(browser)
    with office.store.begin() as work:
        work._session.execute(text("UPDATE login_attempts SET expires_at = expires_at - 601"))
    assert browser.get(back).headers["location"] == "/login?problem=expired"


def test_what_the_provider_refuses_is_told(office: Office):
    office.provider.refuses = "access_denied"
    assert office.login(office.browser(), "s-lan", "lan") == "/login?problem=denied"


def test_the_provider_may_change_its_keys(office: Office):
    office.login(office.browser(), "s-lan", "lan")
    office.provider.rotate()
    assert office.login(office.browser(), "s-lan", "lan") == "/"


def test_nothing_secret_is_kept_of_a_login_under_way(office: Office):
    browser = office.browser()
    back = httpx.URL(office.back(browser))
    with office.store.engine.connect() as connection:
        kept = str(connection.execute(text("SELECT * FROM login_attempts")).all())
    for secret in (browser.cookies["dondoc_login"], back.params["state"], back.params["code"]):
        assert secret not in kept
